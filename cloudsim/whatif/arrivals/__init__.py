"""Arrivals: what comes when, and how long it stays; drawn from laws, or read from a trace.

- ``normal.py``, ``shapes.py``, ``tables.py``: integer tables of inverse distribution functions, equal on every platform
- ``lifetimes.py``, ``processes.py``: the laws that an experiment may name
- ``items.py``: one item of a workload, all of them in order of time, and their digest
- ``files.py``, ``rows.py``, ``trace.py``: traces, from a file to items
- ``workload.py``: the same by the tables of an experiment
- ``describing.py``, ``fitting.py``: what a trace is like, and the laws that are nearest to it

Every draw is keyed by the item that it is for (workload and ordinal), never by how many draws came before it, so that
all variants of an experiment meet the same arrivals: common random numbers.
"""
