"""A comparison of two sweeps, or of two variants: changed inputs, paired changes of outcomes, and what must fail."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from cloudsim.errors.own import ResultsError, did_you_mean
from cloudsim.whatif.report.comparing.condition import Condition, value_for
from cloudsim.whatif.report.comparing.inputs import Change, changed_inputs
from cloudsim.whatif.report.comparing.matching import Match, Side, match
from cloudsim.whatif.report.comparing.outcomes import (
    Outcome,
    Pair,
    comparable,
    difference_of,
    have_same_arrivals,
    outcomes,
)
from cloudsim.whatif.report.results import Variant

FORMAT_VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two variants side by side."""

    a: Variant
    b: Variant
    inputs: tuple[Change, ...]
    metrics: dict[str, Outcome]
    has_same_arrivals: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A condition, and the pairs of variants of which it holds."""

    condition: Condition
    values: tuple[float, ...]
    """Of each pair."""

    @property
    def holds(self) -> bool:
        """Whether it holds of any."""
        return any(map(self.condition.holds_of, self.values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that there is to say of two sweeps."""

    a: Side
    b: Side
    match: Match
    pairs: tuple[Compared, ...]
    checks: tuple[Check, ...]
    cautions: tuple[str, ...]

    @property
    def fails(self) -> bool:
        """Whether a condition holds."""
        return any(check.holds for check in self.checks)

    def document(self) -> dict[str, Any]:
        """Give the document of ``compare --json``."""
        return {
            "format_version": FORMAT_VERSION,
            "a": _side(self.a),
            "b": _side(self.b),
            "cautions": list(self.cautions),
            "variants": [_compared(pair) for pair in self.pairs],
            "only_a": [self.a.results.variants[number].axes for number in self.match.only_a],
            "only_b": [self.b.results.variants[number].axes for number in self.match.only_b],
            "fail_on": [
                {"condition": check.condition.text, "values": list(map(_finite, check.values)), "holds": check.holds}
                for check in self.checks
            ],
        }


def compare(
    a: Side, b: Side, *, conditions: Sequence[Condition] = (), figures: Iterable[str] | None = None, every: bool = False
) -> Comparison:
    """Compare two sides.

    Args:
        a: before.
        b: after.
        conditions: what must not hold.
        figures: which outcomes; the headlines and the targets unless given.
        every: compare all figures instead.

    Raises:
        ResultsError: variants cannot be paired, or there is no such figure.
        MissingExtra: intervals need a library.
    """
    matched = match(a, b)
    sides = [((a.results, ours), (b.results, theirs)) for ours, theirs in matched.pairs]
    told = outcomes(sides, _asked(figures, sides, every=every))
    pairs = tuple(
        Compared(
            a=before[0].variants[before[1]],
            b=after[0].variants[after[1]],
            inputs=changed_inputs(before, after),
            metrics=metrics,
            has_same_arrivals=have_same_arrivals(before, after),
        )
        for (before, after), metrics in zip(sides, told, strict=True)
    )
    checks = tuple(_check(condition, sides) for condition in conditions)
    return Comparison(a=a, b=b, match=matched, pairs=pairs, checks=checks, cautions=tuple(_cautions(a, b, pairs)))


def _asked(figures: Iterable[str] | None, sides: Sequence[tuple[Pair, Pair]], *, every: bool) -> list[str] | None:
    if figures is None and not every:
        return None
    known = list(dict.fromkeys(figure for pair in sides for figure in comparable(*pair)))
    if every:
        return known
    asked = list(figures or ())
    for figure in asked:
        if figure not in known:
            raise ResultsError(f"both have no runs with {figure!r}; {did_you_mean(figure, known)}")
    return asked


def _check(condition: Condition, sides: Sequence[tuple[Pair, Pair]]) -> Check:
    values = []
    for before, after in sides:
        metrics = after[0].variants[after[1]].metrics
        if condition.is_change:
            estimate = difference_of(condition.metric, before, after)
            values.append(value_for(condition, comparable(before, after), estimate))
        else:
            values.append(value_for(condition, metrics, metrics.get(condition.metric)))
    return Check(condition=condition, values=tuple(values))


def _cautions(a: Side, b: Side, pairs: Sequence[Compared]) -> Iterable[str]:
    """Say what speaks against resting anything on it."""
    seeds = a.results.summary.seed, b.results.summary.seed
    if seeds[0] != seeds[1]:
        yield f"the seeds differ ({seeds[0]} and {seeds[1]}): the runs met other arrivals, so intervals are wider"
    elif not all(pair.has_same_arrivals for pair in pairs):
        yield "other items were offered (the workload differs): part of the differences is that"
    runs = a.results.summary.runs, b.results.summary.runs
    if runs[0] != runs[1]:
        yield f"A has {runs[0]} runs and B {runs[1]}: changes are over the {min(runs)} that both have, A and B over all"
    if min(runs) < 2:
        yield "with a single run there is no interval: what differs may be chance"
    if a.results.experiment is None or b.results.experiment is None:
        yield "a folder does not have its experiment: of the inputs only axes, seed, runs and files are compared"


def _side(side: Side) -> dict[str, Any]:
    summary = side.results.summary
    return {"path": side.name, "experiment": summary.experiment, "seed": summary.seed, "runs": summary.runs}


def _compared(pair: Compared) -> dict[str, Any]:
    return {
        "a": pair.a.axes,
        "b": pair.b.axes,
        "inputs": [msgspec.to_builtins(change) for change in pair.inputs],
        "same_arrivals": pair.has_same_arrivals,
        "metrics": {
            name: {
                "a": outcome.before.as_json(),
                "b": outcome.after.as_json(),
                "difference": outcome.difference.as_json(),
            }
            for name, outcome in pair.metrics.items()
        },
    }


def _finite(value: float) -> float | None:
    """JSON has no infinity; what is later than everything is null, as elsewhere."""
    return value if abs(value) != float("inf") else None
