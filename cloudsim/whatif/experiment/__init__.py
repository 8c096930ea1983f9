"""Experiments: what a file says about a world, what happens in it, what is varied and what must hold.

Read it in this order. ``scalars``, ``lifetimes``, ``workloads``, ``fleets``, ``events`` and ``spec`` have every key
with its default. ``reading`` turns tables into them and refuses what is misspelt or of the wrong kind; ``load`` reads
files, with what they extend and their worlds. ``check`` holds an experiment against itself and its world, ``figures``
knows what can be asked for, ``axes`` makes the variants, and ``schema`` prints the format.

Every refusal is an :class:`~cloudsim.errors.own.ExperimentError` with file and key path, and all problems are told at
once.
"""
