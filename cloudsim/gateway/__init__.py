"""The HTTP front door: the real ECS and VPC RPC APIs, for unmodified clients.

``http`` has the plain values of a request and an answer. ``exchange`` reads a request and writes an answer,
``signature`` and ``keys`` say who signed, and ``door`` joins them to a simulation; all of that is synchronous and does
no I/O. What listens, waits and records is above it in the same package.
"""
