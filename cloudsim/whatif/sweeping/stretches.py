"""Stretches: how large a part of a run may have one cause.

Pods that come and go forget the past: a pool's use at one time says little of its use two mean stays later, other pods
hold it then. (Two mean stays are the integrated autocorrelation time of a pool with exponential lifetimes: so many
independent looks at it are in a run.) So a run is cut into stretches of two mean stays, of the workload whose items
stay longest on average, and what lies in different ones is taken for independent, given the world, its events and its
rates, which are the same in each run. A stretch has at most as many items as the busiest hours (minutes, seconds)
together. Where items stay as long as the run, it is one stretch, and only runs count.

It is asked only where hardly any run has a rejection (:func:`~cloudsim.whatif.statistics.ratio_of_sums`): how much do
quiet runs prove? A stretch is taken there for wholly refused or not at all, though one in which a pool runs full loses
a tenth of its items or so; this reserve stands against lifetimes with heavy tails, which forget more slowly.

Source: Law, Simulation Modeling and Analysis, section 9.5 (correlated output).
"""

from math import ceil, inf
from typing import Final

from cloudsim.whatif.sweeping.columns import Columns

_STAYS: Final = 2
_HELD: Final = "mean_holders"
_WINDOWS_S: Final = (1, 10, 60, 3600)


def stretch_of(columns: Columns, *, offered: str, rejected: str) -> float:
    """Give the largest share of a run's items that lie in one stretch.

    Args:
        columns: the runs.
        offered: the figure that counts the items.
        rejected: and the one that counts those refused.

    Returns:
        1 where the figures do not say; 0 where all runs are alike to the nanosecond, so that no chance is in them.
    """
    if _are_alike(columns, offered) and _are_alike(columns, _HELD):
        return 0.0
    length_s, mean_offered = _STAYS * _longest_stay_s(columns), sum(columns.numbers(offered)) / max(columns.count, 1)
    if mean_offered == 0 or length_s == inf:
        return 1.0
    starts = [
        ceil(length_s / window_s) * max(known)
        for window_s in _WINDOWS_S
        if (known := _known(columns, f"max_starts.{window_s}s"))
    ]
    most = min(starts, default=inf) + max(columns.numbers(rejected))
    return min(1.0, most / mean_offered)


def _longest_stay_s(columns: Columns) -> float:
    """Give the mean stay of the workload whose items stay longest, by Little's law."""
    held = [name for name in columns if name.partition("@")[0] == _HELD]
    measured_s = sum(_known(columns, "measured_seconds")) / max(columns.count, 1)
    longest = 0.0
    for name in held:
        _, at, scope = name.partition("@")
        accepted, area = sum(columns.numbers(f"accepted{at}{scope}")), sum(_known(columns, name)) * measured_s
        longest = max(longest, area / accepted if accepted else inf if area else 0.0)
    return longest if held else inf


def _are_alike(columns: Columns, name: str) -> bool:
    known = _known(columns, name)
    return len(known) == columns.count > 1 and min(known) == max(known)


def _known(columns: Columns, name: str) -> list[float]:
    return [value for value in columns.values(name) if value is not None]
