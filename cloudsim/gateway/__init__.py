"""The HTTP front door: the real ECS and VPC RPC APIs, for unmodified clients.

``http`` has the plain values of a request and an answer. ``exchange`` reads a request and writes an answer,
``signature`` and ``keys`` say who signed, and ``door`` joins them to a simulation; all of that is synchronous and does
no I/O.

What listens and waits is above it. ``wire`` is HTTP without sockets, ``connection`` and ``server`` are the sockets;
``reception`` keeps who waits for which answer, ``timing`` says when the simulation runs, ``transitions`` how far for
somebody who waits for a status. ``gateway`` joins them around one simulation at a time, which ``snapshots`` may bring,
and goes on where ``failures`` strike; ``recording`` writes down what it was asked and ``replaying`` does it again.
``thread`` has a server in a thread, ``admin`` what operators do.
"""
