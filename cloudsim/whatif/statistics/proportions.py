"""One yes or no per replication, such as "was anything rejected?": the share of runs that say yes.

Only for that. The items within a run are not independent, so a share of items is a ratio (``ratios.ratio_of_sums``),
however large its denominator.

Source: Clopper and Pearson, Biometrika 26 (1934), as beta quantiles; Wilson, JASA 22 (1927); both compared with others
in Newcombe, Statistics in Medicine 17 (1998), whose examples are in the tests.
"""

from collections.abc import Sequence
from math import sqrt

from cloudsim.whatif.statistics.distributions import beta_quantile, normal_quantile
from cloudsim.whatif.statistics.estimate import LEVEL, Estimate


def proportion(answers: Sequence[bool]) -> Estimate:
    """Estimate a probability by Clopper and Pearson's exact interval, which covers at least 95 % whatever the truth.

    Args:
        answers: one per run.
    """
    yes, n = sum(answers), len(answers)
    if n < 2:
        return Estimate(estimate=yes / n if n else None, n=n, method="clopper-pearson")
    low, high = clopper_pearson(yes, n, (1 - LEVEL) / 2)
    lower_bound, upper_bound = clopper_pearson(yes, n, 1 - LEVEL)
    return Estimate(
        estimate=yes / n,
        low=low,
        high=high,
        n=n,
        method="clopper-pearson",
        lower_bound=lower_bound,
        upper_bound=upper_bound,
    )


def wilson(answers: Sequence[bool]) -> Estimate:
    """Estimate a probability by Wilson's interval: narrower, and right on average rather than for every truth.

    Args:
        answers: one per run.
    """
    yes, n = sum(answers), len(answers)
    if n < 2:
        return Estimate(estimate=yes / n if n else None, n=n, method="wilson")
    low, high = _score_interval(yes, n, normal_quantile((1 + LEVEL) / 2))
    lower_bound, upper_bound = _score_interval(yes, n, normal_quantile(LEVEL))
    return Estimate(
        estimate=yes / n, low=low, high=high, n=n, method="wilson", lower_bound=lower_bound, upper_bound=upper_bound
    )


def clopper_pearson(yes: int, n: int, tail: float) -> tuple[float, float]:
    """Give the two bounds beyond each of which the truth lies with probability at most ``tail``."""
    assert 0 <= yes <= n, "no more runs say yes than there are"
    assert n >= 1, "there is a run"
    low = beta_quantile(tail, yes, n - yes + 1) if yes else 0.0
    high = beta_quantile(1 - tail, yes + 1, n - yes) if yes < n else 1.0
    return low, high


def _score_interval(yes: int, n: int, z: float) -> tuple[float, float]:
    """Solve ``|yes/n - p| = z sqrt(p (1 - p) / n)`` for p; at the ends the solution is 0 or 1 to the last bit."""
    centre = yes + z * z / 2
    half = z * sqrt(yes * (n - yes) / n + z * z / 4)
    low = (centre - half) / (n + z * z) if yes else 0.0
    high = (centre + half) / (n + z * z) if yes < n else 1.0
    return low, high
