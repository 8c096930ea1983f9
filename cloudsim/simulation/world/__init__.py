"""Worlds: what exists at the beginning, said in TOML or in Python, checked as a whole, then built.

Read it in this order. ``spec`` has every key with its default. ``tables`` turns tables of keys into a spec and refuses
what is misspelt or of the wrong kind; ``builder`` writes the same tables in Python, and ``describe_import`` makes them
of real Describe answers, so that a file, a builder and an import meet one reader. ``validate`` holds the spec against
itself and the documents, and gives the plan of it; ``build`` makes the cloud of the plan.

Every refusal is a :class:`~cloudsim.errors.own.WorldError` with the key's path, and all problems are told at once.
"""
