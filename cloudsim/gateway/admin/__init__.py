"""The admin API under ``/_cloudsim/``: what an operator sees of a served simulation, and does to it.

Read it in this order. ``admin`` is what the server calls: a request in, an answer or a stream out. ``security`` says
who may ask. ``routes`` is the table of all there is, with a handler for each in ``reading``, ``changing``, ``faults``
and ``troubles``; ``bodies`` reads what they are sent, ``verbs`` makes those bodies of the simulation's own methods.
``state`` and ``metrics`` show what is there, ``present`` says it as a world and ``losses`` what a world cannot say;
``tail`` keeps the latest lines of the journal, and ``events`` streams lines and state. ``host`` is the seam to the
gateway: the one simulation that it serves at a time.

Only ``events`` waits; all else is synchronous and touches no socket, file or clock.
"""
