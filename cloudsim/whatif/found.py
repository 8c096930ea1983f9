"""What a search found: the values tried, the smallest that is enough, and whatever speaks against more being better.

Source: experiments.md, "JSON" (search).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from cloudsim.whatif.experiment.spec import AxisValue, Target
from cloudsim.whatif.statistics import Estimate, Verdict

FORMAT_VERSION: Final = 1
_OUTCOMES: Final = ("accepted", "rejected", "pending")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of one value."""

    value: AxisValue
    runs: int
    """How many were made."""
    metrics: dict[str, Estimate]
    verdict: Verdict
    figure: Estimate
    """That of the target."""

    def is_like(self, other: "Tried") -> bool:
        """Whether the same became of all items, and the target's figure is the same."""
        return self.figure == other.figure and _outcomes(self) == _outcomes(other)

    def document(self) -> dict[str, Any]:
        """Give it as JSON has it."""
        metrics = {name: one.as_json() for name, one in self.metrics.items()}
        return {"value": self.value, "metrics": metrics, "bound": self.verdict.bound, "met": self.verdict.met}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer of a search."""

    experiment: str
    path: str
    target: Target
    runs: int
    answer: AxisValue | None
    """The smallest value tried that meets the target; None if none does."""
    tried: tuple[Tried, ...]
    """With all runs, the smallest first."""
    glanced: tuple[Tried, ...]
    """With a few runs only, which were enough to see that the answer is elsewhere."""
    findings: tuple[str, ...]
    """What speaks against more being better."""
    taken: dict[str, AxisValue]
    """Of the experiment's other axes with several values the one that was taken."""
    is_without_effect: bool
    """Whether more changed nothing at last, so that something else binds."""

    def document(self) -> dict[str, Any]:
        """Give it as ``search --json`` has it."""
        limit = {"at_most": self.target.at_most, "at_least": self.target.at_least}
        return {
            "format_version": FORMAT_VERSION,
            "experiment": self.experiment,
            "runs": self.runs,
            "path": self.path,
            "target": {
                "metric": self.target.metric,
                **{name: value for name, value in limit.items() if value is not None},
            },
            "answer": self.answer,
            "tried": [one.document() for one in self.tried],
            "glanced": [
                {"value": one.value, "runs": one.runs, "estimate": one.figure.estimate} for one in self.glanced
            ],
            "monotone": not self.findings,
            "findings": list(self.findings),
            "axes": self.taken,
        }


def _outcomes(tried: Tried) -> dict[str, Estimate]:
    return {name: one for name, one in tried.metrics.items() if name.partition("@")[0].partition(".")[0] in _OUTCOMES}


def findings_of(seen: Sequence[Tried], target: Target, *, runs: int) -> list[str]:
    """Say what speaks against more being better, from a value to each larger one.

    Args:
        seen: smallest first; some of them perhaps with a few runs.
        target: what they are held against.
        runs: how many all runs are; whether a target is met is told of these only.
    """
    found = []
    for place, larger in enumerate(seen):
        for smaller in seen[:place]:
            is_decided = smaller.runs == larger.runs == runs
            if is_decided and smaller.verdict.met and not larger.verdict.met:
                found.append(f"{smaller.value} meets the target and {larger.value} does not")
            elif _is_worse(larger.figure, smaller.figure, target):
                found.append(f"{target.metric} is worse with {larger.value} than with {smaller.value}")
    return found


def _is_worse(larger: Estimate, smaller: Estimate, target: Target) -> bool:
    """Whether the whole interval of the larger value lies on the wrong side of the smaller value's."""
    if target.at_most is not None:
        return larger.low is not None and smaller.high is not None and larger.low > smaller.high
    return larger.high is not None and smaller.low is not None and larger.high < smaller.low
