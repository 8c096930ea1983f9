"""Means over replications, by Student's t.

Source: Law, Simulation Modeling and Analysis, chapter 9 (replication/deletion).
"""

from collections.abc import Sequence
from math import fsum, sqrt

from cloudsim.whatif.statistics.distributions import student_quantile
from cloudsim.whatif.statistics.estimate import LEVEL, Estimate


def mean(values: Sequence[float | None]) -> Estimate:
    """Estimate a mean by Student's t.

    Args:
        values: one per run; None where a run does not have the figure (no wait was ever measured), which is left out,
            so that ``n`` is how many have it. Times that may never come are for ``quantile``, which leaves none out.
    """
    known = [value for value in values if value is not None]
    n = len(known)
    if n == 0:
        return Estimate(estimate=None, n=0, method="student-t")
    return around(fsum(known) / n, standard_error(known), n, method="student-t")


def standard_error(values: Sequence[float]) -> float | None:
    """Give the standard error of the mean of independent values; None for fewer than two."""
    n = len(values)
    if n < 2:
        return None
    if min(values) == max(values):
        return 0.0  # what rounding would leave of it is no spread
    centre = fsum(values) / n
    return sqrt(fsum((value - centre) ** 2 for value in values) / (n - 1) / n)


def around(centre: float, error: float | None, n: int, *, method: str) -> Estimate:
    """Make the estimate whose interval is ``centre`` plus and minus so many standard errors as Student's t says."""
    if error is None:
        return Estimate(estimate=centre, n=n, method=method)
    two_sided = error * student_quantile((1 + LEVEL) / 2, n - 1)
    one_sided = error * student_quantile(LEVEL, n - 1)
    return Estimate(
        estimate=centre,
        low=centre - two_sided,
        high=centre + two_sided,
        n=n,
        method=method,
        lower_bound=centre - one_sided,
        upper_bound=centre + one_sided,
    )
