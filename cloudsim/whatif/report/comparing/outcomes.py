"""Outcomes of two variants, run by run: run k of both met the same arrivals, so their difference has little noise.

    rejection_ratio    jackknife of the difference of two ratios, leaving out the same run of both
    p_any_...          exact McNemar
    time_to_...        Student t on the differences of min(time, horizon): a run that never got there counts as one that
                       did at the horizon, so what is told is the change of the time up to it
    anything else      Student t on the differences of the runs that both have

All differences of one comparison are adjusted together (Holm).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from cloudsim.whatif.report.results import Results
from cloudsim.whatif.report.runs import Runs, common_numbers
from cloudsim.whatif.statistics import (
    Difference,
    Estimate,
    adjusted,
    paired_difference,
    paired_proportion_difference,
    paired_ratio_difference,
)

HEADLINES: Final = (
    "rejection_ratio", "p_any_rejection", "rejected", "pending", "time_to_first_rejection", "p_any_exhaustion",
    "time_to_exhaustion", "time_share_full", "longest_outage", "wait.p50", "wait.p95", "peak_backlog", "mean_backlog",
    "recovery_time", "peak_addresses", "mean_addresses", "mean_idle_addresses", "peak_holders", "mean_holders",
    "peak_enis", "mean_enis", "peak_nodes", "calls", "peak_calls", "cost",
)  # fmt: skip
"""What is compared unless something else is asked for: each figure more makes all others harder to tell from chance."""

Pair = tuple[Results, int]
"""Results, and the number of a variant."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of two variants."""

    before: Estimate
    after: Estimate
    difference: Difference


def outcomes(pairs: Sequence[tuple[Pair, Pair]], figures: Iterable[str] | None = None) -> list[dict[str, Outcome]]:
    """Compare outcomes of some pairs of variants; one answer a pair.

    Args:
        pairs: before and after.
        figures: which; the headlines and all that is a target, unless given.
    """
    asked = [list(figures) if figures is not None else list(_headlines(*pair)) for pair in pairs]
    found: dict[tuple[int, str], Difference] = {}
    for place, (before, after) in enumerate(pairs):
        for figure in asked[place]:
            difference = difference_of(figure, before, after)
            if difference is not None:
                found[place, figure] = difference
    together = adjusted({f"{place} {figure}": one for (place, figure), one in found.items()})
    told: list[dict[str, Outcome]] = [{} for _ in pairs]
    for place, figure in found:
        (ours, our), (theirs, their) = pairs[place]
        told[place][figure] = Outcome(
            before=ours.variants[our].metrics[figure],
            after=theirs.variants[their].metrics[figure],
            difference=together[f"{place} {figure}"],
        )
    return told


def comparable(before: Pair, after: Pair) -> tuple[str, ...]:
    """Name the figures that can be compared: those that the runs of both have."""
    ours, theirs = _runs(before), _runs(after)
    have = before[0].variants[before[1]].metrics, after[0].variants[after[1]].metrics
    return tuple(
        figure
        for figure in dict.fromkeys([*ours, *theirs])
        if figure != "measured_seconds" and all(figure in metrics for metrics in have)
    )


def _headlines(before: Pair, after: Pair) -> Iterator[str]:
    targets = [target.metric for target in after[0].variants[after[1]].targets]
    have: Mapping[str, None] = dict.fromkeys(comparable(before, after))
    yield from (figure for figure in dict.fromkeys([*targets, *HEADLINES]) if figure in have)


def difference_of(figure: str, before: Pair, after: Pair) -> Difference | None:
    """Estimate B less A of a figure; None where it is not of both."""
    if figure not in comparable(before, after):
        return None
    ours, theirs = _runs(before), _runs(after)
    numbers = common_numbers(ours, theirs)
    base, at, scope = figure.partition("@")
    if base == "rejection_ratio":
        parts = [f"{name}{at}{scope}" for name in ("rejected", "offered")]
        old, new = ([runs.counts(part, numbers) for part in parts] for runs in (ours, theirs))
        return paired_ratio_difference((old[0], old[1]), (new[0], new[1]))
    first, second = ours.values(figure, numbers), theirs.values(figure, numbers)
    if base.startswith("p_any_"):
        return paired_proportion_difference([value == 1 for value in first], [value == 1 for value in second])
    if base.startswith("time_to_"):
        ends = before[0].horizon_s(before[1]), after[0].horizon_s(after[1])
        if ends[0] is None or ends[0] != ends[1]:
            return None  # up to different horizons nothing is the same
        cut = ([ends[0] if value is None else value for value in values] for values in (first, second))
        return replace(paired_difference(*cut), method="paired-student-t, restricted to the horizon")
    return paired_difference(first, second)


def have_same_arrivals(before: Pair, after: Pair) -> bool:
    """Whether as many items were offered in each run of both: else the difference has the noise of two samples."""
    ours, theirs = _runs(before), _runs(after)
    numbers = common_numbers(ours, theirs)
    return ours.counts("offered", numbers) == theirs.counts("offered", numbers)


def _runs(pair: Pair) -> Runs:
    return pair[0].runs[pair[1]]
