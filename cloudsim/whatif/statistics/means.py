"""Means and ratios over replications, and over the batches of one long run.

The ratio estimator: rejected over offered is the ratio of two means, not the mean of ratios, since a busy run weighs
more. The estimate is sum over sum, which anybody can check; its interval is a jackknife's (leave one run out), with
Student's t. The delta method gives the same to within 1 % of the width (measured); the jackknife serves differences of
two ratios too, without derivatives. Fieller's interval can be unbounded or in two pieces, which no table can show.

What it covers is measured in tests/whatif/statistics/test_coverage.py, on pools with 8 erlang: the interval holds the
truth in 95 % of cases with 5 to 20 runs of 500 arrivals where 5 % are refused, in 93 % with 20 runs where 0.5 % are, in
94.5 % with 40 longer ones, and in 90 % where a run is so short that two or three are refused in it. Rejections come in
heaps, so the distribution leans to the right: the upper bound holds in 93 to 94 % (90 % where rejections are rare), a
little less than the 95 it says, and the lower one in more. No formula mends that, only longer runs and more of them.

Source: Law, Simulation Modeling and Analysis, chapter 9 (replication/deletion, batch means); Miller, "The
jackknife: a review", Biometrika 61 (1974); Tukey's variance formula.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import fsum, inf, sqrt
from typing import Final

from msgspec.structs import replace

from cloudsim.whatif.statistics.distributions import normal_quantile, student_quantile
from cloudsim.whatif.statistics.estimate import LEVEL, Estimate

BATCHES: Final = 20
"""Schmeiser, "Batch size effects in the analysis of simulation output" (1982): 10 to 30 are enough."""


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
    return _around(fsum(known) / n, standard_error(known), n, method="student-t")


def ratio_of_sums(
    parts: Sequence[float], wholes: Sequence[float], *, within: tuple[float, float] | None = None
) -> Estimate:
    """Estimate the ratio of two means, such as rejected over offered.

    Args:
        parts: the numerator of each run.
        wholes: its denominator, not negative.
        within: where the ratio lies by nature; the interval is cut there, which costs no coverage.

    Returns:
        Estimate None where the denominators sum to 0; no interval where all but one are 0.
    """
    assert len(parts) == len(wholes), "each run has both"
    n, whole = len(parts), fsum(wholes)
    if whole == 0:
        return Estimate(estimate=None, n=n, method="ratio-jackknife")
    ratio = fsum(parts) / whole
    left_out = leave_one_out(parts, wholes)
    error = None if left_out is None else _jackknife_error(left_out)
    found = _around(ratio, error, n, method="ratio-jackknife", within=within)
    if n > 1 and not any(parts):
        return _with_caution(found, f"none in any of {n} runs: the interval has no width, which proves little")
    return found


def batch_means(values: Sequence[float], *, batches: int = BATCHES) -> Estimate:
    """Estimate the mean of a single long run, cut into batches long enough to be taken for independent.

    Args:
        values: equally spaced in time, after the warm-up. What does not fill a batch is left out at the beginning.
        batches: how many, at least 2; the estimate's ``n``.

    Returns:
        With a caution where neighbouring batches are correlated, that is, too short.
    """
    means = [total / (len(values) // batches) for total in _batched(values, batches)]
    centre = fsum(means) / batches
    found = _around(centre, standard_error(means), batches, method="batch-means")
    return _with_caution(found, _correlation_caution(means))


def batch_ratio(
    parts: Sequence[float],
    wholes: Sequence[float],
    *,
    batches: int = BATCHES,
    within: tuple[float, float] | None = None,
) -> Estimate:
    """Estimate a ratio from a single long run: the ratio estimator over its batches.

    Args:
        parts: numerators of equal stretches of time, after the warm-up.
        wholes: their denominators.
        batches: how many, at least 2; the estimate's ``n``.
        within: where the ratio lies by nature.
    """
    above, below = _batched(parts, batches), _batched(wholes, batches)
    found = ratio_of_sums(above, below, within=within)
    ratios = [part / whole for part, whole in zip(above, below, strict=True) if whole]
    return replace(found, method="batch-ratio-jackknife", caution=found.caution or _correlation_caution(ratios))


def standard_error(values: Sequence[float]) -> float | None:
    """Give the standard error of the mean of independent values; None for fewer than two."""
    n = len(values)
    if n < 2:
        return None
    if min(values) == max(values):
        return 0.0  # what rounding would leave of it is no spread
    centre = fsum(values) / n
    return sqrt(fsum((value - centre) ** 2 for value in values) / (n - 1) / n)


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


def _around(
    centre: float, error: float | None, n: int, *, method: str, within: tuple[float, float] | None = None
) -> Estimate:
    """Make the estimate whose interval is ``centre`` plus and minus so many standard errors as Student's t says."""
    if error is None:
        return Estimate(estimate=centre, n=n, method=method)
    two_sided = error * student_quantile((1 + LEVEL) / 2, n - 1)
    one_sided = error * student_quantile(LEVEL, n - 1)
    least, most = within or (-inf, inf)
    return Estimate(
        estimate=centre,
        low=max(centre - two_sided, least),
        high=min(centre + two_sided, most),
        n=n,
        method=method,
        lower_bound=max(centre - one_sided, least),
        upper_bound=min(centre + one_sided, most),
    )


def _batched(values: Sequence[float], batches: int) -> list[float]:
    """Sum equal batches; what does not fill one is left out at the beginning, where the run is least settled."""
    size = len(values) // batches
    assert batches >= 2, "one batch has no spread"
    assert size >= 1, "a batch needs at least one value"
    begin = len(values) - size * batches
    return [fsum(values[at : at + size]) for at in range(begin, len(values), size)]


def _correlation_caution(means: Sequence[float]) -> str | None:
    """Say so where neighbouring batches are alike: von Neumann's ratio, one-sided at 5 %, as a lag-1 correlation."""
    n = len(means)
    centre = fsum(means) / n if n else 0.0
    spread = fsum((one - centre) ** 2 for one in means)
    if n < 3 or spread == 0:
        return None
    neighbours = fsum((one - other) ** 2 for one, other in pairwise(means))
    correlation = 1 - neighbours / (2 * spread)
    limit = normal_quantile(LEVEL) * sqrt((n - 2) / (n * n - 1))
    if correlation <= limit:
        return None
    return f"neighbouring batches are correlated ({correlation:.2f}): the run is too short for {n} batches"


def _with_caution(estimate: Estimate, caution: str | None) -> Estimate:
    return estimate if caution is None else replace(estimate, caution=caution)
