"""Estimates with controls: the part of the noise that comes of what is known is taken out by linear regression.

Over the replications, pseudo-values of the ratio (the jackknife's; for a mean they are the values) are regressed on the
controls, whose means are 0; what the line says there is the estimate. By how many more calls the same precision would
be had without is from 2 (a pool that is seldom full) to 40 (long lifetimes, often full).

Source: Lavenberg, Moeller and Welch, "Statistical results on control variables", Operations Research 30 (1982);
Srikant and Whitt, "Simulation run lengths to estimate blocking probabilities", ACM TOMACS 6 (1996) (Little's law).
"""

from collections.abc import Sequence
from math import fsum, sqrt
from typing import Final

from cloudsim.whatif.statistics.ratios import leave_one_out

_TINY: Final = 1e-12
"""A control whose rest, after the controls before it, is so small a share of it says nothing new."""


def controlled(
    parts: Sequence[float], wholes: Sequence[float], controls: Sequence[Sequence[float]]
) -> tuple[float, float, int]:
    """Estimate a ratio of means.

    Args:
        parts: one per run.
        wholes: likewise; 1 where the mean of the parts is wanted.
        controls: likewise, for each control.

    Returns:
        The estimate, its standard error, and how many degrees of freedom that has.
    """
    values = pseudo_values(parts, wholes)
    n = len(values)
    columns = _orthogonal([[1.0] * n, *controls])
    free = n - len(columns)
    assert free >= 1, "there are more runs than controls"
    rest = list(values)
    at_zero = [1.0, *([0.0] * len(controls))]
    estimate = spread = 0.0
    for column, combined in columns:
        factor = _dot(rest, column) / _dot(column, column)
        rest = [value - factor * one for value, one in zip(rest, column, strict=True)]
        here = _dot(combined, at_zero)
        estimate += factor * here
        spread += here * here / _dot(column, column)
    return estimate, sqrt(_dot(rest, rest) / free * spread), free


def pseudo_values(parts: Sequence[float], wholes: Sequence[float]) -> list[float]:
    """Give each run's own say in a ratio of sums; their mean is the ratio, with the jackknife's correction of bias."""
    left_out = leave_one_out(parts, wholes)
    assert left_out is not None, "there are two runs or more that offer something"
    n, ratio = len(parts), fsum(parts) / fsum(wholes)
    return [n * ratio - (n - 1) * one for one in left_out]


def _orthogonal(columns: Sequence[Sequence[float]]) -> list[tuple[list[float], list[float]]]:
    """Make columns orthogonal (Gram and Schmidt), each with what it is made of; what says nothing new is left out."""
    found: list[tuple[list[float], list[float]]] = []
    for place, column in enumerate(columns):
        rest, combined = list(column), [float(place == other) for other in range(len(columns))]
        for _ in range(2):  # once more for what rounding leaves
            for other, made_of in found:
                factor = _dot(rest, other) / _dot(other, other)
                rest = [value - factor * one for value, one in zip(rest, other, strict=True)]
                combined = [value - factor * one for value, one in zip(combined, made_of, strict=True)]
        if _dot(rest, rest) > _TINY * _dot(column, column):
            found.append((rest, combined))
    return found


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return fsum(a * b for a, b in zip(one, other, strict=True))
