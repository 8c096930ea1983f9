"""Survival: the share of runs in which it has not happened yet, over time ("no rejection yet").

Kaplan and Meier's curve, which uses a run for as long as it was watched. Where all runs have the same horizon, as in a
sweep, nobody is censored before it; then what has survived is one yes or no per run, and each point's interval is
Clopper-Pearson's. After a censoring (runs of unequal length) it is Greenwood's on the log-log scale, which stays
between 0 and 1. Intervals are for each time by itself, not for the curve as a whole.

Source: Kaplan and Meier, JASA 53 (1958); Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data.
The tests have Freireich's 6-MP data from there.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import exp, log, sqrt

import msgspec

from cloudsim.whatif.statistics.distributions import normal_quantile
from cloudsim.whatif.statistics.estimate import LEVEL
from cloudsim.whatif.statistics.proportions import clopper_pearson


class SurvivalStep(msgspec.Struct, frozen=True, kw_only=True):
    """The curve from this time to the next step's."""

    time: float
    at_risk: int
    """Runs that were watched until just before, without the event."""
    events: int
    """Of these, runs with the event at this time."""
    surviving: float
    """Estimated probability that it has not happened up to and including this time."""
    low: float | None
    """Lower end of its 95 % interval; None with one run, and where Greenwood has none (all or nothing survived)."""
    high: float | None


def kaplan_meier(times: Sequence[float | None], ends: Sequence[float]) -> tuple[SurvivalStep, ...]:
    """Estimate the survival curve.

    Args:
        times: when it happened, one per run; None where it did not while the run was watched.
        ends: until when each run was watched (the horizon), not before its event.

    Returns:
        No step without a run; else a step at time 0 and one at each time of an event. Beyond the last end the curve is
        not known.
    """
    assert len(times) == len(ends), "each run has an end"
    if not times:
        return ()
    n = len(times)
    happened = sorted(time for time in times if time is not None)
    lost = sorted(end for time, end in zip(times, ends, strict=True) if time is None)
    steps, surviving, spread = [], 1.0, 0.0
    for time in sorted({0.0, *happened}):
        before, dead, gone = bisect_left(happened, time), bisect_right(happened, time), bisect_left(lost, time)
        at_risk, events = n - before - gone, dead - before
        surviving = surviving * (at_risk - events) / at_risk if gone else (n - dead) / n
        spread += events / (at_risk * (at_risk - events)) if at_risk > events else 0.0
        low, high = _interval(n, dead, surviving, spread, is_complete=not gone)
        steps.append(SurvivalStep(time=time, at_risk=at_risk, events=events, surviving=surviving, low=low, high=high))
    return tuple(steps)


def _interval(
    n: int, dead: int, surviving: float, spread: float, *, is_complete: bool
) -> tuple[float | None, float | None]:
    if n < 2:
        return None, None
    if is_complete:
        return clopper_pearson(n - dead, n, (1 - LEVEL) / 2)
    if not 0 < surviving < 1:
        return None, None
    centre = log(-log(surviving))
    half = normal_quantile((1 + LEVEL) / 2) * sqrt(spread) / -log(surviving)
    return exp(-exp(centre + half)), exp(-exp(centre - half))
