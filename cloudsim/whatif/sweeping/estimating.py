"""Which estimate each figure gets, by its name.

    rejection_ratio    ratio estimator over offered and rejected
    p_any_...          share of runs, Clopper-Pearson
    time_to_....q05    quantile over the runs, those that never got there censored; without a part the median
    anything else      mean of the runs that have it, Student t

Source: experiments.md, "Figures".
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from cloudsim.whatif.experiment.spec import Target
from cloudsim.whatif.statistics import Estimate, cautions, mean, proportion, quantile, ratio_of_sums
from cloudsim.whatif.sweeping.columns import Columns
from cloudsim.whatif.sweeping.stretches import stretch_of

RATIO: Final = "rejection_ratio"
_ANY: Final = "p_any_"
_TIME: Final = "time_to_"
_QUANTILES: Final = ("q05", "q10", "q25", "q50", "q75", "q90", "q95")
_MEDIAN: Final = Fraction(1, 2)


def is_time(metric: str) -> bool:
    """Whether a metric is an instant, in seconds from the beginning."""
    return metric.startswith(_TIME)


def metrics_of(columns: Columns) -> Iterator[str]:
    """Name all metrics that some runs give."""
    for figure in columns:
        yield figure
        if is_time(figure):
            base, at, scope = figure.partition("@")
            yield from (f"{base}.{part}{at}{scope}" for part in _QUANTILES)


def estimate_of(metric: str, columns: Columns, *, horizon: float | None) -> Estimate:
    """Estimate a metric.

    Args:
        metric: its name.
        columns: the runs.
        horizon: where all runs ended, in seconds; None where no run says so.
    """
    base, at, scope = metric.partition("@")
    if base == RATIO:
        offered, rejected = f"offered{at}{scope}", f"rejected{at}{scope}"
        stretch = stretch_of(columns, offered=offered, rejected=rejected)
        return ratio_of_sums(columns.numbers(rejected), columns.numbers(offered), stretch=stretch)
    if base.startswith(_ANY):
        return proportion([value != 0 for value in columns.values(metric)])
    if is_time(base):
        family = base.partition(".")[0]
        return quantile(columns.values(f"{family}{at}{scope}"), share_of(metric), horizon=horizon)
    return mean(columns.values(metric))


def share_of(metric: str) -> Fraction:
    """Give which quantile a time is."""
    part = metric.partition("@")[0].partition(".")[2]
    return Fraction(int(part.removeprefix("q")), 100) if part else _MEDIAN


def warnings_of(target: Target, estimate: Estimate) -> tuple[str, ...]:
    """Say what speaks against resting a target on so many runs."""
    q = share_of(target.metric) if is_time(target.metric) else None
    return cautions(estimate, at_most=target.at_most, at_least=target.at_least, q=q)


def method_of(metric: str) -> str:
    """Name the method that a metric will be estimated by, before any run."""
    return estimate_of(metric, Columns(), horizon=None).method
