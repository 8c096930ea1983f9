"""How many runs a claim needs, and a warning where there are fewer.

Source: zero failures in n runs bound p by ``(1 - p)^n <= 1 - confidence`` (Clopper-Pearson with 0 of n; "the rule of
three" is its short form); with failures, the binomial tail; quantiles as in ``quantiles``; of a ratio, the distance
from the estimate to its bound shrinks on the scale of log odds as the root of the runs grows.
"""

from collections.abc import Callable, Sequence
from decimal import ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from math import ceil, log, sqrt
from typing import Final

from cloudsim.whatif.statistics.distributions import binomial_at_most, student_quantile
from cloudsim.whatif.statistics.estimate import LEVEL, Estimate
from cloudsim.whatif.statistics.means import standard_error
from cloudsim.whatif.statistics.quantiles import exact_share

_EXACT: Final = Context(prec=60)
"""Enough digits that a power which meets the confidence exactly (0.5 ** 2 at 75 %) is not missed by rounding."""

_OF_RATIOS: Final = "ratio-"
"""So the methods of ``ratios`` begin."""

_ROUNDING: Final = 1e-6
"""Of a number of runs: bounds are rounded to twelve digits."""


def runs_needed(p: float, confidence: float = LEVEL, *, failures: int = 0) -> int:
    """Count the runs after which so many failures still prove that the probability of one is at most ``p``.

    ``runs_needed(0.01)`` is 299. The confidence is one-sided.

    Args:
        p: the claim, between 0 and 1, both out.
        confidence: how sure, likewise.
        failures: how many of the runs fail. With more than none, scipy is needed.
    """
    assert 0 < p < 1, "a claim lies between never and always"
    assert 0 < confidence < 1, "nothing is sure"
    least = _runs_without_failure(p, confidence)
    if failures == 0:
        return least
    return _least(lambda n: binomial_at_most(failures, n, p) <= 1 - confidence, least)


def runs_for_quantile(q: float | Fraction, *, one_sided: bool = False) -> int:
    """Count the runs from which a quantile has both ends of its interval, or the bound on its scarce side.

    Args:
        q: between 0 and 1; 0.05 needs 72 runs, or 59 for a one-sided bound.
        one_sided: whether it is about the bound that a target is held against.
    """
    share = exact_share(q)
    scarce = min(share, 1 - share)
    return _runs_without_failure(float(scarce), LEVEL if one_sided else (1 + LEVEL) / 2)


def runs_for_half_width(values: Sequence[float], half_width: float) -> int | None:
    """Count the runs after which an interval of the mean would be so narrow, judging by the runs so far.

    Args:
        values: the figure in the runs so far.
        half_width: the wanted distance from the estimate to either end, above 0.

    Returns:
        None with fewer than two runs, which know no spread.
    """
    assert half_width > 0, "no number of runs makes an interval vanish"
    error = standard_error(values)
    if error is None:
        return None
    spread = error * sqrt(len(values))

    def suffices(n: int) -> bool:
        return spread / sqrt(n) * student_quantile((1 + LEVEL) / 2, n - 1) <= half_width

    return _least(suffices, 2)


def cautions(
    estimate: Estimate,
    *,
    at_most: float | None = None,
    at_least: float | None = None,
    q: float | Fraction | None = None,
) -> tuple[str, ...]:
    """Say what speaks against resting a claim on an estimate, most of all that it has too few runs.

    Args:
        estimate: of the claim's metric.
        at_most: the claim, if it is one; or
        at_least: the claim.
        q: which quantile the metric is, if it is one.
    """
    allowed = _allowed(at_most, at_least)
    if allowed is not None and estimate.method.startswith(_OF_RATIOS):
        return _cautions_of_ratio(estimate, allowed, is_least=at_most is None)
    found = [estimate.caution] if estimate.caution else []
    needed = _needed(estimate, allowed, is_least=at_most is None, q=q)
    if estimate.n < needed:
        found.append(f"needs {needed} runs or more at one-sided 95 %, and has {estimate.n}")
    return tuple(found)


def _allowed(at_most: float | None, at_least: float | None) -> float | None:
    """Give how often the opposite of a claim may be, were it one on a share."""
    return at_most if at_most is not None else None if at_least is None else float(1 - Decimal(repr(at_least)))


def _needed(estimate: Estimate, allowed: float | None, *, is_least: bool, q: float | Fraction | None) -> int:
    """Count the runs below which the claim cannot be shown, however they come out."""
    if q is not None:
        share = exact_share(q)
        return max(2, _runs_without_failure(float(share if is_least else 1 - share), LEVEL))
    if estimate.method in ("clopper-pearson", "wilson") and allowed is not None and 0 < allowed < 1:
        return max(2, runs_needed(allowed))
    return 2


def _cautions_of_ratio(estimate: Estimate, allowed: float, *, is_least: bool) -> tuple[str, ...]:
    """Say how many runs would show a claim that the estimate supports and its bound does not."""
    bound = estimate.lower_bound if is_least else estimate.upper_bound
    if bound is None or estimate.estimate is None:
        return (f"needs 2 runs or more at one-sided 95 %, and has {estimate.n}",) if estimate.n < 2 else ()
    ratio, most = (1 - estimate.estimate, 1 - bound) if is_least else (estimate.estimate, bound)
    if most <= allowed or (ratio >= allowed and ratio > 0):
        return ()
    told = () if estimate.caution is None else (estimate.caution,)
    if allowed <= 0:
        return (*told, "that it is never cannot be shown by any number of runs")
    if ratio == 0:
        needed = ceil(estimate.n * log(1 - most) / log(1 - allowed) - _ROUNDING) if most < 1 else estimate.n + 1
        return (*told, f"needs {needed} runs or more at one-sided 95 %, and has {estimate.n}")
    if most >= 1:
        return (*told, f"needs more runs than {estimate.n}")
    away, wanted = (_log_odds(one) - _log_odds(ratio) for one in (most, allowed))
    needed = ceil(estimate.n * (away / wanted) ** 2)
    return (*told, f"needs about {needed} runs, judging by these, and has {estimate.n}")


def _log_odds(share: float) -> float:
    return log(share / (1 - share))


def _runs_without_failure(p: float, confidence: float) -> int:
    """Find the least n with ``(1 - p) ** n <= 1 - confidence``, both taken as the decimal numbers that were written."""
    good, doubt = 1 - Decimal(repr(p)), 1 - Decimal(repr(confidence))
    guess = _EXACT.divide(_EXACT.ln(doubt), _EXACT.ln(good))
    n = max(1, int(guess.to_integral_value(ROUND_FLOOR)))
    return n if _EXACT.power(good, n) <= doubt else n + 1


def _least(suffices: Callable[[int], bool], low: int) -> int:
    """Find the least number from ``low`` on that suffices, where all larger ones do."""
    high = low
    while not suffices(high):
        low, high = high + 1, 2 * high
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if suffices(middle) else (middle + 1, high)
    return low
