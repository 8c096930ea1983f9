"""Floor 1: small values that everything else is made of.

Ids and their makers, durations as integer nanoseconds, entropy as named streams, and the profiles of numbers that the
documents changed over the years.
"""
