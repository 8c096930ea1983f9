"""The allocator laboratory: our pools beside models of others' allocators, on the same work, in the same rounds.

Read ``allocator`` first (what every allocator can do), then ``models`` (those of others) and ``catalogue`` (all of
them, ours too). ``contract`` says when an allocator is right; only what is right is measured. ``workloads`` is the
work, ``observing`` counts what is done, ``timing`` takes the time, ``bench`` makes the rows, ``fragmentation`` the
curves of whole blocks, ``goals`` the ratios that should hold, and ``page`` the report. ``engine`` is apart: what the
simulation itself costs, beside its peers.

Source: the pool study (ip_pools.md), whose tables D, E and F this repeats.
"""
