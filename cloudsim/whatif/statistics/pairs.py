"""B against A over runs that met the same arrivals: paired differences, and Holm's adjustment for many of them.

Run k of A and run k of B draw the same arrivals and lifetimes (common random numbers), so they go up and down together
and most of the noise is gone from their difference. That is only so if the pairs are used as pairs.

Whoever looks at forty figures finds two "significant" ones where there is nothing; so the p-values of one comparison
are adjusted together. Holm's way holds the family-wise error at 5 % whatever the figures have to do with each other.

Source: Law, Simulation Modeling and Analysis, section 10.2.1 (paired t); McNemar, Psychometrika 12 (1947), exact form;
Agresti and Min, Statistics in Medicine 24 (2005) (interval for paired proportions); Holm, Scandinavian Journal of
Statistics 6 (1979).
"""

from collections.abc import Mapping, Sequence
from math import fsum, sqrt

from msgspec.structs import replace

from cloudsim.whatif.statistics.distributions import (
    binomial_at_most,
    normal_quantile,
    student_quantile,
    student_two_sided,
)
from cloudsim.whatif.statistics.estimate import LEVEL, Difference
from cloudsim.whatif.statistics.means import standard_error
from cloudsim.whatif.statistics.ratios import leave_one_out


def paired_difference(before: Sequence[float | None], after: Sequence[float | None]) -> Difference:
    """Estimate the mean of B minus A by Student's t on the differences of the runs.

    Args:
        before: one value per run of A; None where it has none, which leaves the pair out.
        after: the values of B, in the same order of runs.
    """
    pairs = zip(before, after, strict=True)
    changes = [new - old for old, new in pairs if old is not None and new is not None]
    n = len(changes)
    centre = fsum(changes) / n if n else None
    return _around(centre, standard_error(changes), n, method="paired-student-t")


def paired_ratio_difference(
    before: tuple[Sequence[float], Sequence[float]], after: tuple[Sequence[float], Sequence[float]]
) -> Difference:
    """Estimate the difference of two ratios of sums, leaving out the same run of both at a time.

    Args:
        before: numerators and denominators of A, one per run.
        after: those of B, in the same order of runs.
    """
    method = "paired-ratio-jackknife"
    n = len(before[0])
    assert all(len(values) == n for values in (*before, *after)), "each run has all four"
    (part, whole), (new_part, new_whole) = [(fsum(parts), fsum(wholes)) for parts, wholes in (before, after)]
    if whole == 0 or new_whole == 0:
        return Difference(estimate=None, n=n, method=method)
    centre = new_part / new_whole - part / whole
    old, new = leave_one_out(*before), leave_one_out(*after)
    if old is None or new is None:
        return Difference(estimate=centre, n=n, method=method)
    error = standard_error([second - first for first, second in zip(old, new, strict=True)])
    assert error is not None, "there are at least two"
    return _around(centre, error * (n - 1), n, method=method)


def paired_proportion_difference(before: Sequence[bool], after: Sequence[bool]) -> Difference:
    """Estimate the difference of two probabilities from one yes or no per run of each.

    The p-value is McNemar's exact one, from the runs that changed their answer; the interval is Agresti and Min's (half
    a run more in each of the four cells, then Wald).

    Args:
        before: the answers of A, one per run.
        after: those of B, in the same order of runs.
    """
    method, n = "paired-agresti-min", len(before)
    gained = sum(new and not old for old, new in zip(before, after, strict=True))
    lost = sum(old and not new for old, new in zip(before, after, strict=True))
    if n < 2:
        return Difference(estimate=float(gained - lost) if n else None, n=n, method=method)
    centre = (gained - lost) / (n + 2)
    error = sqrt((gained + lost + 1) / (n + 2) - centre * centre) / sqrt(n + 2)
    two_sided, one_sided = error * normal_quantile((1 + LEVEL) / 2), error * normal_quantile(LEVEL)
    return Difference(
        estimate=(gained - lost) / n,
        low=max(-1.0, centre - two_sided),
        high=min(1.0, centre + two_sided),
        n=n,
        method=method,
        lower_bound=max(-1.0, centre - one_sided),
        upper_bound=min(1.0, centre + one_sided),
        p=min(1.0, 2 * binomial_at_most(min(gained, lost), gained + lost, 0.5)),
    )


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjust p-values for being asked together; the order is kept, and an adjusted one is at most 1."""
    count = len(p_values)
    result, floor = [0.0] * count, 0.0
    for rank, index in enumerate(sorted(range(count), key=p_values.__getitem__)):
        floor = max(floor, min(1.0, (count - rank) * p_values[index]))
        result[index] = floor
    return tuple(result)


def adjusted(differences: Mapping[str, Difference]) -> dict[str, Difference]:
    """Give the differences of one comparison their adjusted p-values. Those without a p-value are not counted."""
    asked = {name: one.p for name, one in differences.items() if one.p is not None}
    by_name = dict(zip(asked, holm(list(asked.values())), strict=True))
    return {name: replace(one, p_adjusted=by_name.get(name)) for name, one in differences.items()}


def _around(centre: float | None, error: float | None, n: int, *, method: str) -> Difference:
    if centre is None or error is None:
        return Difference(estimate=centre, n=n, method=method)
    two_sided = error * student_quantile((1 + LEVEL) / 2, n - 1)
    one_sided = error * student_quantile(LEVEL, n - 1)
    return Difference(
        estimate=centre,
        low=centre - two_sided,
        high=centre + two_sided,
        n=n,
        method=method,
        lower_bound=centre - one_sided,
        upper_bound=centre + one_sided,
        p=student_two_sided(centre / error, n - 1) if error else _without_spread(centre, n),
    )


def _without_spread(centre: float, n: int) -> float:
    """Where all pairs differ by the same, Student's t would be sure after two; the sign test knows better: 2 / 2^n."""
    return 1.0 if centre == 0 else 2.0 ** (1 - n)
