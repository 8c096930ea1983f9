"""Addresses: which of a VSwitch's are free, who decides the next, and how they are written.

Read it in this order. ``edge`` turns text into offsets and back, and is the one home of netaddr; everything else
counts offsets from 0. ``space`` is the truth: the state of every address, and nothing else is authoritative.
``policies`` hold the index from which the next address is chosen, and can always be rebuilt from the truth.
``pool`` joins the three and is what other floors use; ``lease`` is a request's claim on a pool, given back unless
kept. ``refusals`` are the answers other than yes.

The floor knows no API: upper floors turn its refusals into documented codes.
"""
