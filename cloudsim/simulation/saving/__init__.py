"""Saving: a simulation at rest as a file, and the simulation that goes on from there.

Read it in this order. ``saving`` is what others call. ``file`` is the file: its head, its checksum, and how it comes
to the disk without the old one ever being lost. ``records`` says what is written, ``whole`` makes it of a simulation
and a simulation of it; ``interfaces``, ``tokens``, ``conditions`` and ``settings`` each do a part.
"""
