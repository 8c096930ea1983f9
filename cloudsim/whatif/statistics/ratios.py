"""Shares over replications, such as rejected over offered: the ratio estimator, with bounds that hold.

Rejected over offered is the ratio of two means, not the mean of ratios, since a busy run weighs more. The estimate is
sum over sum, which anybody can check; its standard error is a jackknife's (leave one run out; the delta method gives
the same to within 1 %).

Rejections come in heaps, so their sum leans to the right, and with it goes its standard error: a low sum looks surer
than it is. On the scale of log odds both are mended. So the interval is Student's t there, with one degree of freedom
less than there are runs *with* a rejection, since a run without any says nothing of how large heaps are; it stays
between 0 and 1. How often in 100 the truth lies below the upper bound, within the interval, above the lower bound, by
simulation of pools with 8 erlang (600 trials for 100 runs, to 12 000 for 5; their error is 0.9 to 0.2):

    rejected  per run   runs: 5             20               40               100
    5.1 %     5.3       96 / 97 / 96        95 / 95 / 95     96 / 95 / 95     95 / 95 / 95
    5.1 %     26        95 / 95 / 95        95 / 95 / 96     96 / 95 / 96     96 / 96 / 96
    1.7 %     3.5       97 / 97 / 96        95 / 95 / 96     95 / 95 / 95     94 / 95 / 95
    0.45 %    0.23      100 / 100 / 99      100 / 99 / 98    100 / 98 / 96    98 / 97 / 95
    0.45 %    0.9       100 / 99 / 98       98 / 98 / 97     95 / 96 / 96     94 / 95 / 97
    0.45 %    9.1       95 / 95 / 95        95 / 95 / 95     96 / 95 / 95     97 / 96 / 95
    0.094 %   0.47      100 / 100 / 99      100 / 99 / 97    97 / 98 / 96     95 / 94 / 95
    0.094 %   1.9       100 / 98 / 96       95 / 96 / 96     95 / 95 / 96     94 / 95 / 95

(Student's t on the ratio itself: 87 to 94 for the upper bound. Johnson's and Hall's corrections for skewness: 91 to 95;
a gamma law of the sum is as good as log odds and less simple.)

Where fewer than two runs have a rejection, nothing is known of heaps. Then the bound is the binomial one of Clopper and
Pearson over *stretches* of time: whatever happens within one may have one cause, and it is taken for wholly refused or
not at all. A run is one stretch unless the caller knows that what is further apart has nothing to do with each other;
so no rejection in 299 runs shows 1 %, and the same in 20 runs of 15 stretches each.

Source: Law, Simulation Modeling and Analysis, chapter 9; Miller, "The jackknife: a review", Biometrika 61 (1974);
Clopper and Pearson, Biometrika 26 (1934); for shares p of unequal stretches with weights up to w, that their sum is
largest where all weights are w follows from (1 - x)^w <= 1 - w x.
"""

from collections.abc import Sequence
from math import exp, fsum, sqrt

from cloudsim.whatif.statistics.distributions import beta_quantile, rounded, student_quantile
from cloudsim.whatif.statistics.estimate import LEVEL, Estimate
from cloudsim.whatif.statistics.means import standard_error

_FEW = 2
"""Fewer runs than this with the event, or without, say nothing of how runs differ."""


def ratio_of_sums(parts: Sequence[float], wholes: Sequence[float], *, stretch: float = 1.0) -> Estimate:
    """Estimate the share that the sum of some counts is of the sum of others.

    Args:
        parts: the numerator of each run, from 0 to its denominator.
        wholes: its denominator.
        stretch: the largest share of a run's items in one stretch of time; stretches are taken for independent. 1 where
            nothing is known, 0 where the runs are all alike since no chance is in them.

    Returns:
        Estimate None where the denominators sum to 0; no interval where all but one are 0.
    """
    assert len(parts) == len(wholes), "each run has both"
    assert all(0 <= part <= whole for part, whole in zip(parts, wholes, strict=True)), "a share lies in [0, 1]"
    assert 0 <= stretch <= 1, "it is a share"
    n, whole = len(parts), fsum(wholes)
    if whole == 0:
        return Estimate(estimate=None, n=n, method="ratio-log-odds")
    rests = [whole - part for part, whole in zip(parts, wholes, strict=True)]
    left_out, ratio = leave_one_out(parts, wholes), fsum(parts) / whole
    if left_out is None:
        return Estimate(estimate=ratio, n=n, method="ratio-log-odds")
    if stretch == 0:
        return _of_one(ratio, n)
    hits = min(sum(part > 0 for part in parts), sum(rest > 0 for rest in rests))
    error = _jackknife_error(left_out) or sqrt(ratio * (1 - ratio) / whole)  # alike by chance: as if items were alone

    runs = sum(one > 0 for one in wholes)

    def above(parts: Sequence[float], ratio: float, tail: float) -> float:
        most = _above_by_stretches(parts, ratio, runs, stretch, tail)
        return most if hits < _FEW else min(most, _above_by_odds(ratio, error, hits, tail))

    two_sided, one_sided = (1 - LEVEL) / 2, 1 - LEVEL
    return Estimate(
        estimate=ratio,
        low=rounded(1 - above(rests, 1 - ratio, two_sided)),
        high=above(parts, ratio, two_sided),
        n=n,
        method="ratio-log-odds" if hits >= _FEW else "ratio-clopper-pearson",
        lower_bound=rounded(1 - above(rests, 1 - ratio, one_sided)),
        upper_bound=above(parts, ratio, one_sided),
        caution=None if hits >= _FEW else _few(parts, rests),
    )


def leave_one_out(parts: Sequence[float], wholes: Sequence[float]) -> list[float] | None:
    """Give the ratios that remain when each run is left out once; None where one of them would not exist."""
    part, whole = fsum(parts), fsum(wholes)
    rests = [whole - one for one in wholes]
    if len(parts) < 2 or min(rests) <= 0:
        return None
    return [(part - one) / rest for one, rest in zip(parts, rests, strict=True)]


def _jackknife_error(left_out: Sequence[float]) -> float:
    """Tukey: the values with one run left out differ n - 1 times less than the runs do."""
    error = standard_error(left_out)
    assert error is not None, "there are at least two"
    return error * (len(left_out) - 1)


def _above_by_odds(ratio: float, error: float, hits: int, tail: float) -> float:
    """Go up by so many standard errors as Student's t says, on the scale of log odds."""
    step = student_quantile(1 - tail, hits - 1) * error / (ratio * (1 - ratio))
    return rounded(ratio / (ratio + (1 - ratio) * exp(-step)))


def _above_by_stretches(parts: Sequence[float], ratio: float, runs: int, stretch: float, tail: float) -> float:
    """Take each stretch with an event, at most one for each, for one in which all is event."""
    stretches = runs / stretch
    hit = max(fsum(min(part, 1 / stretch) for part in parts), ratio * stretches)  # a run of many items counts as more
    return beta_quantile(1 - tail, hit + 1, stretches - hit) if hit < stretches else 1.0


def _of_one(ratio: float, n: int) -> Estimate:
    return Estimate(
        estimate=ratio, low=ratio, high=ratio, n=n, method="ratio-without-chance", lower_bound=ratio, upper_bound=ratio
    )


def _few(parts: Sequence[float], rests: Sequence[float]) -> str:
    some, unlike, n = sum(map(bool, parts)), sum(map(bool, rests)), len(parts)
    if some < _FEW:
        told = f"any in only 1 of {n} runs" if some else f"none in any of {n} runs"
    else:
        told = f"all in all but 1 of {n} runs" if unlike else f"all in each of {n} runs"
    return f"{told}: the bounds are what so many runs can prove"
