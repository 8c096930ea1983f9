"""The fleet: nodes that come and go, and on each an agent that gives pods addresses.

Read it in this order. ``parts`` has the words: pods, what they want, addresses and ENIs of a node. ``sizes`` is the
arithmetic of instance types. ``agent`` says what an agent is asked, ``builtin`` is the one that we have, with ``enis``
(making and ending ENIs) and ``pooling`` (idle addresses); ``desk`` is what it works with: calls, client-side limits
(``limits``), the choice of a vSwitch (``choice``). ``machines`` puts instances into the cloud, ``node`` is one of them
with its queue, ``fleet`` says which node takes a pod, and ``pods`` is the workload's side. ``tally`` counts.

Source: experiments.md, "Fleet".
"""
