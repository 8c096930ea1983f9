"""The search for the smallest capacity that meets a target: bisection over masks or counts.

All values meet the same arrivals (common random numbers), so that what differs is the capacity. Bisection rests on more
being better; the neighbours of the answer are always tried too, and whatever speaks against it is reported: a larger
value that does not meet the target where a smaller one does, or whose figure is worse by more than chance. A count is
doubled until it is enough, and given up where doubling changes no result any more: then something else binds.

Source: experiments.md, "JSON" (search).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cloudsim.errors.own import ExperimentError, did_you_mean
from cloudsim.whatif.capacities import applied, blocks, count_at, is_block, path_of
from cloudsim.whatif.experiment.axes import with_values
from cloudsim.whatif.experiment.spec import AxisValue, Experiment, Target
from cloudsim.whatif.statistics import Estimate, Verdict, judge
from cloudsim.whatif.sweeping.columns import Columns
from cloudsim.whatif.sweeping.estimating import estimate_of, metrics_of

FORMAT_VERSION: Final = 1
_LARGEST: Final = 1 << 24
_FIRST: Final = 16

Make = Callable[[Experiment], Columns]
"""Makes all runs of an experiment without axes, and gives their figures."""

_OUTCOMES: Final = ("accepted", "rejected", "pending")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of one value."""

    value: AxisValue
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
    """Smallest first."""
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
            "monotone": not self.findings,
            "findings": list(self.findings),
            "axes": self.taken,
        }


@dataclass(slots=True)
class _Search:
    """The values tried so far."""

    experiment: Experiment
    path: str
    target: Target
    make: Make
    tried: dict[AxisValue, Tried] = field(default_factory=dict)

    def look(self, value: AxisValue) -> Tried:
        """Try a value, once."""
        if value not in self.tried:
            self.tried[value] = self._try(value)
        return self.tried[value]

    def _try(self, value: AxisValue) -> Tried:
        varied = with_values(self.experiment, {self.path: value})
        columns = self.make(varied)
        measured = next((one for one in columns.values("measured_seconds") if one is not None), None)
        horizon = None if measured is None else measured + varied.warmup_ns / 10**9
        metrics = {name: estimate_of(name, columns, horizon=horizon) for name in metrics_of(columns)}
        metric = self.target.metric
        figure = metrics.get(metric) or estimate_of(metric, columns, horizon=horizon)
        verdict = judge(figure, at_most=self.target.at_most, at_least=self.target.at_least)
        return Tried(value=value, metrics=metrics, verdict=verdict, figure=figure)

    def bisect(self, values: Sequence[AxisValue]) -> AxisValue | None:
        """Find the smallest value that is enough, and try its neighbours."""
        below, enough = -1, len(values)
        while enough - below > 1:
            middle = (below + enough) // 2
            if self.look(values[middle]).verdict.met:
                enough = middle
            else:
                below = middle
        for neighbour in (enough - 1, enough + 1):
            if 0 <= neighbour < len(values):
                self.look(values[neighbour])
        return values[enough] if enough < len(values) else None

    def double(self, high: int) -> tuple[int, bool]:
        """Double a count until it is enough.

        Returns:
            The last count, and whether the last doubling changed no result.
        """
        before: Tried | None = None
        while True:
            one = self.look(high)
            if one.verdict.met or high >= _LARGEST:
                return high, False
            if before is not None and before.is_like(one):
                return high, True
            before, high = one, 2 * high


def search(
    experiment: Experiment,
    said: str,
    make: Make,
    *,
    metric: str | None = None,
    bounds: tuple[int, int] | None = None,
) -> Found:
    """Search for the smallest capacity that meets a target.

    Args:
        experiment: its other axes take their first value.
        said: the path of the capacity, ``vswitch.vsw-a.cidr`` or ``account.acme.eni_quota``, or a short word for it.
        make: makes runs.
        metric: of the target; the only one unless given.
        bounds: the smallest and the largest count; from 1 to as many as are needed unless given.

    Raises:
        ExperimentError: there is no such path or target, or a value makes the experiment unsound.
    """
    path = path_of(experiment, said)
    target = _target(experiment, metric)
    alone, taken = applied(experiment, path)
    looking = _Search(alone, path, target, make)
    is_without_effect = False
    if is_block(path):
        if bounds is not None:
            raise ExperimentError("a range is for counts; masks go as far as the world lets them", key=path)
        values: Sequence[AxisValue] = blocks(alone, path)
    elif bounds is not None:
        count_at(alone, path)
        values = range(bounds[0], bounds[1] + 1)
    else:
        high, is_without_effect = looking.double(_first(experiment, alone, path))
        values = range(1, high + 2)  # with the neighbour of the last
    # Where more changes nothing, less would be no better.
    answer = None if is_without_effect else looking.bisect(values)
    tried = tuple(looking.tried[value] for value in values if value in looking.tried)
    return Found(
        experiment=experiment.name,
        path=path,
        target=target,
        runs=experiment.runs,
        answer=answer,
        tried=tried,
        findings=tuple(_findings(tried, target)),
        taken=dict(taken),
        is_without_effect=is_without_effect,
    )


def _outcomes(tried: Tried) -> dict[str, Estimate]:
    return {name: one for name, one in tried.metrics.items() if name.partition("@")[0].partition(".")[0] in _OUTCOMES}


def _first(experiment: Experiment, alone: Experiment, path: str) -> int:
    """Where doubling begins: with the most that the experiment speaks of."""
    present = count_at(alone, path)
    on_axis = [value for value in experiment.axes.get(path, ()) if isinstance(value, int)]
    return max([1, *on_axis, *([] if present is None else [present])]) if on_axis or present is not None else _FIRST


def _target(experiment: Experiment, metric: str | None) -> Target:
    known = [target.metric for target in experiment.targets]
    if metric is None and len(known) == 1:
        return experiment.targets[0]
    if metric is None:
        problem = "there is none to search for" if not known else f"there are {len(known)}: name one with --target"
        raise ExperimentError(problem, key="target")
    if metric not in known:
        raise ExperimentError(f"none is about {metric!r}; {did_you_mean(metric, known)}", key="target")
    return experiment.targets[known.index(metric)]


def _findings(tried: Sequence[Tried], target: Target) -> list[str]:
    """Say what speaks against more being better, from a value to the next larger one that was tried."""
    found = []
    for place, larger in enumerate(tried):
        for smaller in tried[:place]:
            if smaller.verdict.met and not larger.verdict.met:
                found.append(f"{smaller.value} meets the target and {larger.value} does not")
            elif _is_worse(larger.figure, smaller.figure, target):
                found.append(f"{target.metric} is worse with {larger.value} than with {smaller.value}")
    return found


def _is_worse(larger: Estimate, smaller: Estimate, target: Target) -> bool:
    """Whether the whole interval of the larger value lies on the wrong side of the smaller value's."""
    if target.at_most is not None:
        return larger.low is not None and smaller.high is not None and larger.low > smaller.high
    return larger.high is not None and smaller.low is not None and larger.high < smaller.low
