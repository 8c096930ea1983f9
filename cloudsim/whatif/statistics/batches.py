"""One long run, cut into batches long enough to be taken for independent.

Source: Law, Simulation Modeling and Analysis, chapter 9 (batch means).
"""

from collections.abc import Sequence
from itertools import pairwise
from math import fsum, sqrt
from typing import Final

from msgspec.structs import replace

from cloudsim.whatif.statistics.distributions import normal_quantile
from cloudsim.whatif.statistics.estimate import LEVEL, Estimate
from cloudsim.whatif.statistics.means import around, standard_error
from cloudsim.whatif.statistics.ratios import ratio_of_sums

BATCHES: Final = 20
"""Schmeiser, "Batch size effects in the analysis of simulation output" (1982): 10 to 30 are enough."""


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
    found = around(centre, standard_error(means), batches, method="batch-means")
    return replace(found, caution=_correlation_caution(means))


def batch_ratio(parts: Sequence[float], wholes: Sequence[float], *, batches: int = BATCHES) -> Estimate:
    """Estimate a share from a single long run: the ratio estimator over its batches.

    Args:
        parts: numerators, not above their denominators, of equal stretches of time, after the warm-up.
        wholes: their denominators.
        batches: how many, at least 2; the estimate's ``n``.
    """
    above, below = _batched(parts, batches), _batched(wholes, batches)
    found = ratio_of_sums(above, below)
    ratios = [part / whole for part, whole in zip(above, below, strict=True) if whole]
    return replace(found, method=f"batch-{found.method}", caution=found.caution or _correlation_caution(ratios))


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
