"""The world of an experiment: of a file or inline, with its problems told as those of the experiment."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cloudsim.errors.own import ExperimentError, WorldError
from cloudsim.scenario.load_world import load_world
from cloudsim.simulation.world.document import read_document
from cloudsim.simulation.world.spec import FORMAT, WorldSpec
from cloudsim.simulation.world.validate import validate


@contextmanager
def told_as_experiment(prefix: str = "") -> Iterator[None]:
    """Tell the problems of a world, or of findings, as those of an experiment.

    Args:
        prefix: put before the keys of problems that name no file of their own.

    Raises:
        ExperimentError: whatever was found.
    """
    try:
        yield
    except WorldError as error:
        first, *others = (_told(problem, prefix) for problem in error.problems)
        raise ExperimentError(first.problem, key=first.key, file=first.file, others=tuple(others)) from None


def _told(problem: WorldError, prefix: str) -> ExperimentError:
    key = problem.key if problem.file else ".".join(part for part in (prefix, problem.key) if part)
    return ExperimentError(problem.problem, key=key, file=problem.file)


def read_world(said: object) -> WorldSpec:
    """Read what an experiment says of its world.

    Args:
        said: the path of a world's file, or its tables.

    Raises:
        ExperimentError: it is neither, or the world is not sound.
    """
    if isinstance(said, str):
        if "\0" in said:
            raise ExperimentError(f"{said!r} is no path", key="world")
        with told_as_experiment():
            return load_world(said)
    if said is None:
        raise ExperimentError("it is missing; give the path of a world, or its tables under [world]", key="world")
    if not isinstance(said, dict):
        raise ExperimentError("expected the path of a world as text, or its tables under [world]", key="world")
    with told_as_experiment("world"):
        world = read_document({"format": FORMAT, **said}, folder=Path())
        validate(world)
    return world
