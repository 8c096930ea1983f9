"""Validation: worlds whose figures are known without simulation, run as experiments are run, and held against them.

Each case is an experiment that :func:`~cloudsim.whatif.running.replication.run_once` replicates, so workloads,
operations, resources and figures are all in it; the formulas are those of :mod:`cloudsim.whatif.analytic`. A case says
beforehand how often it runs. Seeds come of its name and are not chosen, so about one check in 16 000 would be off by
four standard errors were everything right (with few runs somewhat more).

Read ``case`` first, then the families (``losses``, ``sharing``, ``clients``, ``throttles``, ``growing``, ``naming``),
``catalogue``, and ``judging``, which runs them.
"""
