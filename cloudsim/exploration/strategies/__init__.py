"""Strategies that look for trouble: PCT, partial-order sampling, SURW, and a portfolio of them.

Each is a strategy of the kernel, and may be as long as the calls that compete are many.
"""
