"""Experiments as commands name them: the path of a file, or the name of one that comes with cloudsim."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cloudsim.errors.own import ExperimentError, did_you_mean
from cloudsim.scenario.load import bundled_folder

_WORLD = "world"


def bundled_experiments() -> dict[str, Path]:
    """The experiments that come with cloudsim, by name."""
    found = sorted((bundled_folder() / "experiments").glob("*.toml"))
    return {path.stem: path for path in found if path.stem != _WORLD}


def experiment_file(said: Path) -> Path:
    """Give the file that a command means.

    Raises:
        ExperimentError: it is a bare name, and neither a file nor an experiment that comes with cloudsim.
    """
    if said.is_file() or said.suffix or len(said.parts) > 1:
        return said
    known = bundled_experiments()
    if said.name not in known:
        raise ExperimentError(
            f"{said} is no file, and no experiment of that name comes along; {did_you_mean(said.name, known)}"
        )
    return known[said.name]


@contextmanager
def told_of(file: Path) -> Iterator[None]:
    """Say in which file something is wrong that shows only once the values of its axes are put in."""
    try:
        yield
    except ExperimentError as error:
        raise error.in_file(str(file)) from None
