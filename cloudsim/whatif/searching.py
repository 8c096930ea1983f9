"""The search for the smallest capacity that meets a target: a few runs show where it is, and all runs make sure.

All values meet the same arrivals (common random numbers), so that what differs is the capacity. First the range is
halved by estimates of a few runs each. From the value that they point at, all runs are made: of it, of its neighbours,
and further on, in steps that double, where a neighbour says that the few runs were wrong. Runs that a value has already
are not made again. Only values with all runs count, and only they are told as tried.

This rests on more being better; whatever speaks against it among the values tried is reported: a larger value that does
not meet the target where a smaller one does, or whose figure is worse by more than chance. A count is doubled until it
is enough, and given up where doubling changes no result any more: then something else binds.

Source: experiments.md, "JSON" (search).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from msgspec import structs

from cloudsim.errors.own import ExperimentError, did_you_mean
from cloudsim.whatif.capacities import applied, blocks, count_at, is_block, path_of
from cloudsim.whatif.experiment.axes import with_values
from cloudsim.whatif.experiment.spec import AxisValue, Experiment, Target
from cloudsim.whatif.found import Found, Tried, findings_of
from cloudsim.whatif.statistics import judge
from cloudsim.whatif.sweeping.columns import Columns
from cloudsim.whatif.sweeping.estimating import estimate_of, metrics_of

_LARGEST: Final = 1 << 24
_FIRST: Final = 16

_FEW_MIN, _FEW_MAX, _FEW_SHARE = 2, 50, 8
"""The few runs: an eighth of all, within these."""

Make = Callable[[Experiment, Columns], None]
"""Makes those runs of an experiment without axes that columns do not have yet, in order, and adds their figures."""

Watch = Callable[[AxisValue, int, int], None]
"""Is told which value is tried next, with how many runs, and how many runs there may be to go, these included."""


@dataclass(slots=True, kw_only=True)
class _Search:
    """The values tried so far."""

    experiment: Experiment
    path: str
    target: Target
    make: Make
    watch: Watch | None
    columns: dict[AxisValue, Columns] = field(default_factory=dict)
    tried: dict[AxisValue, Tried] = field(default_factory=dict)
    """With all runs."""
    glanced: dict[AxisValue, Tried] = field(default_factory=dict)
    """With a few."""

    @property
    def runs(self) -> int:
        """All runs."""
        return self.experiment.runs

    @property
    def few(self) -> int:
        """A few runs."""
        return min(self.runs, max(_FEW_MIN, min(_FEW_MAX, self.runs // _FEW_SHARE)))

    def look(self, value: AxisValue, *, more: int = 0) -> Tried:
        """Try a value with all runs, once; ``more`` values may follow."""
        if value not in self.tried:
            self.tried[value] = self._try(value, self.runs, more * self.runs)
        return self.tried[value]

    def glance(self, value: AxisValue, *, more: int) -> Tried:
        """Try a value with a few runs, once; ``more`` glances may follow, and then three looks."""
        if value not in self.glanced:
            self.glanced[value] = self._try(value, self.few, more * self.few + 3 * self.runs)
        return self.glanced[value]

    def _try(self, value: AxisValue, runs: int, more: int) -> Tried:
        varied = structs.replace(with_values(self.experiment, {self.path: value}), runs=runs)
        columns = self.columns.setdefault(value, Columns())
        if self.watch is not None:
            self.watch(value, runs, runs - columns.count + more)
        self.make(varied, columns)
        assert columns.count == runs, "all runs have been made"
        measured = next((one for one in columns.values("measured_seconds") if one is not None), None)
        horizon = None if measured is None else measured + varied.warmup_ns / 10**9
        metrics = {name: estimate_of(name, columns, horizon=horizon) for name in metrics_of(columns)}
        metric = self.target.metric
        figure = metrics.get(metric) or estimate_of(metric, columns, horizon=horizon)
        verdict = judge(figure, at_most=self.target.at_most, at_least=self.target.at_least)
        return Tried(value=value, runs=runs, metrics=metrics, verdict=verdict, figure=figure)

    def seems_enough(self, value: AxisValue, *, more: int = 0) -> bool:
        """Whether the estimate of a few runs is on the good side; a time that did not come is late."""
        one = self.glance(value, more=more)
        estimate, target = one.figure.estimate, self.target
        if estimate is None:
            return one.verdict.met or (target.at_least is not None and bool(one.figure.censored))
        return estimate <= target.at_most if target.at_most is not None else estimate >= (target.at_least or 0)

    def find(self, values: Sequence[AxisValue]) -> AxisValue | None:
        """Find the smallest value that is enough, and try its neighbours."""
        below, enough, step = -1, len(values), 1
        place = min(self._guess(values), len(values) - 1)
        while enough - below > 1:
            is_between = below >= 0 and enough < len(values)
            further = (enough - below - 1).bit_length() if is_between else 2
            if self.look(values[place], more=further).verdict.met:
                enough, next_place = place, place - step
            else:
                below, next_place = place, place + step
            step *= 2
            is_between = below >= 0 and enough < len(values)
            place = (below + enough) // 2 if is_between else min(max(next_place, below + 1), enough - 1)
        # Where nothing is enough, the two largest tell whether more is better at all.
        for neighbour in (enough - 1, enough + 1 if enough < len(values) else enough - 2):
            if 0 <= neighbour < len(values):
                self.look(values[neighbour])
        return values[enough] if enough < len(values) else None

    def _guess(self, values: Sequence[AxisValue]) -> int:
        """Halve the range by a few runs of each value."""
        below, enough = -1, len(values)
        while enough - below > 1:
            middle = (below + enough) // 2
            if self.seems_enough(values[middle], more=(enough - below - 1).bit_length() - 1):
                enough = middle
            else:
                below = middle
        return enough

    def double(self, high: int) -> tuple[int, bool]:
        """Double a count until it seems enough.

        Returns:
            The last count, and whether the last doubling changed no result.
        """
        before: int | None = None
        while not self.seems_enough(high) and high < _LARGEST:
            is_like = before is not None and self.glance(before, more=0).is_like(self.glance(high, more=0))
            if before is not None and is_like and self.look(before, more=1).is_like(self.look(high)):
                return high, not self.look(high).verdict.met
            before, high = high, 2 * high
        # All runs may say that it is not enough where a few said it is.
        while not self.look(high, more=3).verdict.met and high < _LARGEST:
            if self.look(2 * high, more=2).is_like(self.look(high)):
                return 2 * high, True
            high *= 2
        return high, False


def search(
    experiment: Experiment,
    said: str,
    make: Make,
    *,
    metric: str | None = None,
    bounds: tuple[int, int] | None = None,
    watch: Watch | None = None,
) -> Found:
    """Search for the smallest capacity that meets a target.

    Args:
        experiment: its other axes take their first value.
        said: the path of the capacity, ``vswitch.vsw-a.cidr`` or ``account.acme.eni_quota``, or a short word for it.
        make: makes runs.
        metric: of the target; the only one unless given.
        bounds: the smallest and the largest count; from 1 to as many as are needed unless given.
        watch: told before each value.

    Raises:
        ExperimentError: there is no such path or target, or a value makes the experiment unsound.
    """
    path = path_of(experiment, said)
    target = _target(experiment, metric)
    alone, taken = applied(experiment, path)
    looking = _Search(experiment=alone, path=path, target=target, make=make, watch=watch)
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
    answer = None if is_without_effect else looking.find(values)
    tried, glanced = looking.tried, looking.glanced
    seen = [tried.get(value) or glanced[value] for value in values if value in tried or value in glanced]
    return Found(
        experiment=experiment.name,
        path=path,
        target=target,
        runs=experiment.runs,
        answer=answer,
        tried=tuple(one for one in seen if one.value in tried),
        glanced=tuple(one for one in seen if one.value not in tried),
        findings=tuple(findings_of(seen, target, runs=experiment.runs)),
        taken=dict(taken),
        is_without_effect=is_without_effect,
    )


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
