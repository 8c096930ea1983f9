"""Axes: what is varied, and the variants that come of it.

    [axes]
    "vswitch.vsw-a.cidr" = ["10.0.0.0/28", "10.0.0.0/27"]      # a world's table by its id
    "account.acme.eni_quota" = [100]
    "workload.pods.lifetime.mean" = ["1h", "2h"]               # a workload, or an event, by its name
    "fleet.instance_type" = ["ecs.g7ne.xlarge", "ecs.g7.xlarge"]
    "policy.quota" = ["hold", "check-then-count"]              # a dial
    latency = ["none", "measured"]                             # a key of the top level
    world = ["small.toml", "large.toml"]                       # another world

A variant is an experiment of its own, read anew from the tables with the values put in: whatever a value leads to is
refused as if a file said so. Order: as the axes stand in the file, the last one fastest.
"""

import copy
from collections.abc import Mapping
from itertools import product
from math import prod
from typing import Any, Final

from msgspec import structs

from cloudsim.errors.own import ExperimentError
from cloudsim.simulation.world.findings import Findings
from cloudsim.simulation.world.spec import FORMAT as WORLD_FORMAT
from cloudsim.simulation.world.spec import Table, WorldSpec
from cloudsim.simulation.world.tables import read_tables
from cloudsim.whatif.experiment.addresses import NoSuchKey, find
from cloudsim.whatif.experiment.building import from_tables, written_out_in_workload
from cloudsim.whatif.experiment.check import check
from cloudsim.whatif.experiment.reading import read, to_tables
from cloudsim.whatif.experiment.spec import AxisValue, Experiment
from cloudsim.whatif.experiment.worlds import read_world, told_as_experiment

WORLD: Final = "world"


class Variant(Table, frozen=True, kw_only=True):
    """One combination of the values of all axes."""

    index: int
    """Its place, from 0."""
    axes: dict[str, AxisValue]
    """What it has of each axis."""
    experiment: Experiment
    """The experiment with these values."""
    world: WorldSpec
    """Its world with these values; that of ``experiment``."""


def variant_count(experiment: Experiment) -> int:
    """How many variants there are."""
    return prod(len(values) for values in experiment.axes.values())


def variants(experiment: Experiment) -> tuple[Variant, ...]:
    """Make all variants; one without values where there are no axes.

    Price: a reading of world and experiment each.

    Raises:
        ExperimentError: a combination is not sound; the text says which.
    """
    made: list[Variant] = []
    for index, values in enumerate(product(*experiment.axes.values())):
        chosen = dict(zip(experiment.axes, values, strict=True))
        varied = with_values(experiment, chosen)
        made.append(Variant(index=index, axes=chosen, experiment=varied, world=varied.world))
    return tuple(made)


def with_values(experiment: Experiment, values: Mapping[str, AxisValue]) -> Experiment:
    """Put values in place of what an experiment says.

    Args:
        experiment: a sound one.
        values: by the keys that axes have.

    Raises:
        ExperimentError: a key addresses nothing, or the experiment is not sound with the values.
    """
    if not values:
        return experiment
    try:
        varied = _with_values(experiment, values)
        check(varied)
    except ExperimentError as error:
        said = ", ".join(f"{key} = {_shown(value)}" for key, value in values.items())
        problems = [
            f"{problem.key}: {problem.problem}" if problem.key else problem.problem for problem in error.problems
        ]
        first, *others = [ExperimentError(f"with {said}: {problem}", key="axes") for problem in problems]
        raise ExperimentError(first.problem, key="axes", others=tuple(others)) from None
    return varied


def _with_values(experiment: Experiment, values: Mapping[str, AxisValue]) -> Experiment:
    tables = to_tables(experiment)
    if WORLD in values:
        tables[WORLD] = to_tables(read_world(values[WORLD]))
    for key, value in values.items():
        if key != WORLD:
            place = _find(tables, key)
            place.container[place.name] = copy.deepcopy(value)
    with told_as_experiment(WORLD):
        world = read_tables({"format": WORLD_FORMAT, **tables.pop(WORLD)})
    return from_tables(tables, world)


def _find(tables: dict[str, Any], key: str) -> Any:  # noqa: ANN401  a Place
    try:
        return find(tables, key)
    except NoSuchKey as error:
        raise ExperimentError(str(error), key=f'axes."{key}"') from None


def _shown(value: AxisValue) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def check_axes(experiment: Experiment) -> None:
    """Check that each axis addresses a key, and that its values are of that key's kind.

    Raises:
        ExperimentError: something is wrong with an axis; all such things are told.
    """
    findings = Findings()
    tables = to_tables(experiment)
    for key, values in experiment.axes.items():
        path = f'axes."{key}"'
        if not values:
            findings.add(path, "it may not be empty; an axis has at least one value")
        for index, value in enumerate(values):
            if value in values[:index] and type(value) is type(values[values.index(value)]):
                findings.add(f"{path}[{index}]", f"{_shown(value)} is there already")
        if key == WORLD:
            continue
        try:
            place = find(tables, key)
        except NoSuchKey as error:
            findings.add(path, str(error))
            continue
        for index, value in enumerate(values):
            read(written_out_in_workload(place.name, value), place.kind, f"{path}[{index}]", findings)
    with told_as_experiment():
        findings.refuse()


def without_axes(experiment: Experiment) -> Experiment:
    """Give the experiment alone, with what the file says and nothing varied."""
    return structs.replace(experiment, axes={})
