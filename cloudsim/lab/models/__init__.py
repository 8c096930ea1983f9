"""Models of others' allocators: the way each chooses, in Python, with no more around it than the contract asks for.

Kea, Kubernetes, Neutron and go-ipam are written in other languages or sit on a database. Their models have the same
choices and the same number of probes; their nanoseconds are those of Python. Where the original takes a wrong release
in silence, the model refuses it, as the contract asks of all.
"""
