"""Quantiles over replications, for times that some runs never get to: order statistics, with censoring.

The time to the first rejection is whatever it is: skewed, with two humps, or never. So nothing is assumed of its
distribution. How many of ``n`` runs lie below its q-quantile is binomial(n, q), and from that follows between which of
the sorted runs the quantile lies with 95 % confidence. A run that got to the horizon without the event is later than
all that had it; it keeps its place at the end of the order and is counted in ``n``.

The estimate is the ``ceil(q n)``-th of the sorted runs (the inverse of the empirical distribution, which is also what
Kaplan-Meier gives), so it is always a time that occurred, and it needs no value of a censored run.

Source: David and Nagaraja, Order Statistics, section 7.1; Hyndman and Fan, The American Statistician 50 (1996), type 1.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from cloudsim.whatif.statistics.distributions import binomial_at_most
from cloudsim.whatif.statistics.estimate import LEVEL, Estimate


def quantile(values: Sequence[float | None], q: float | Fraction, *, horizon: float | None = None) -> Estimate:
    """Estimate the q-quantile of a time over the runs.

    Args:
        values: one per run; None where it was not there yet at the horizon.
        q: between 0 and 1, both out; 0.05 is the time that 5 % of all runs do not reach.
        horizon: where all runs ended, in the unit of the values. With it, a lower end that falls on a censored run is
            the horizon, which that run did reach; without it, there is none.

    Returns:
        The estimate is None where the quantile lies among the censored runs. An end that so few runs cannot give is
        None (of the 5 % quantile, a lower one needs 72 runs), and so is an upper end among the censored.
    """
    share = exact_share(q)
    seen = sorted(value for value in values if value is not None)
    n = len(values)
    censored = n - len(seen)

    def at(place: int | None, beyond: float | None = None) -> float | None:
        """Give the run at a place of the order, counted from 1."""
        return None if place is None else seen[place - 1] if place <= len(seen) else beyond

    if n < 2:
        return Estimate(estimate=at(1) if n else None, n=n, method="order-statistics", censored=censored)
    tail = 1 - LEVEL
    return Estimate(
        estimate=at(ceil(share * n)),
        low=at(lower_place(n, share, tail / 2), horizon),
        high=at(upper_place(n, share, tail / 2)),
        n=n,
        method="order-statistics",
        lower_bound=at(lower_place(n, share, tail), horizon),
        upper_bound=at(upper_place(n, share, tail)),
        censored=censored,
    )


def exact_share(q: float | Fraction) -> Fraction:
    """Take 0.07 for seven hundredths: as a binary number it is a little more, and 100 runs times it are more than 7."""
    share = q if isinstance(q, Fraction) else Fraction(str(q))
    assert 0 < share < 1, "the ends of a distribution have no interval"
    return share


def lower_place(n: int, share: Fraction, tail: float) -> int | None:
    """Give the last place that lies above the quantile with probability at most ``tail``; None if even the first may.

    The k-th run lies above it if fewer than k runs lie below: at most k - 1 of n.
    """
    q = float(share)
    low, high = 0, n  # place `low` will do (0 stands for none), place `high + 1` is not looked at
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if binomial_at_most(middle - 1, n, q) <= tail else (low, middle - 1)
    return low or None


def upper_place(n: int, share: Fraction, tail: float) -> int | None:
    """Give the first place that lies below the quantile with probability at most ``tail``: the mirror image."""
    mirrored = lower_place(n, 1 - share, tail)
    return None if mirrored is None else n + 1 - mirrored
