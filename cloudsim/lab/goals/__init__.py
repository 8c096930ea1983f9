"""The sixteen goals of the pool study, measured: each a ratio of things that ran in the same rounds, with its bound.

Source: ip_pools.md, "Performance goals as ratios".
"""
