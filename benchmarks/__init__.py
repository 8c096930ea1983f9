"""Comparisons in one run, with goals that are ratios; run them as modules from the root of the repository."""
