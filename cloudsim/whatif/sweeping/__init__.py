"""Sweeps: all runs of all variants of an experiment, by processes or by Dask, that survive whatever is killed.

Read it in this order. ``keys`` names each run by a hash of what decides its result. ``work`` is what travels between
driver and worker, ``backlog`` cuts what is missing into chunks, ``engine`` says what an engine is; ``local`` with
``worker``, and ``cluster``, are two. ``ledger`` is the folder's journal of finished runs. ``columns`` and
``estimating`` turn figures of runs into estimates, ``results`` says what a sweep found, ``folder`` writes it down,
``inputs`` hashes the files that it came from, and ``sweep`` does it all.

The tables are the same bytes whatever the number of workers, whoever was killed and in whichever order runs ended:
they are written from the journal in the order of variant and run, and no wall time is in them.
"""
