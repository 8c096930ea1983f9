"""Reading an experiment file: TOML on disk, with what it extends and its world, to a specification that is sound.

``extends = "base.toml"`` takes everything of another file and changes what is said here: tables key by key; workloads
and events by their ``name``, targets by their ``metric``, a world's tables by their ``id``; anything else as a whole.
Paths are relative to the file that states them.
"""

import copy
import tomllib
from collections.abc import Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, Final

from cloudsim.errors.own import ExperimentError
from cloudsim.whatif.experiment.axes import check_axes
from cloudsim.whatif.experiment.building import flatten_axes, from_tables
from cloudsim.whatif.experiment.check import check
from cloudsim.whatif.experiment.spec import FORMAT, Experiment
from cloudsim.whatif.experiment.worlds import read_world

EXTENDS: Final = "extends"
_NAMED_BY: Final = ("name", "metric", "id")


def read_experiment(path: str | PathLike[str]) -> Experiment:
    """Read an experiment from a TOML file, and check it as a whole.

    Its axes are checked for what they address; what their values lead to is checked by
    :func:`~cloudsim.whatif.experiment.axes.variants`.

    Raises:
        ExperimentError: a file cannot be read, a key is misspelt, missing or of the wrong kind, or something
            contradicts something; every problem that was found is told.
    """
    file = Path(path)
    try:
        return _experiment(_with_base(_parse(file), file.parent, (file.resolve(),)))
    except ExperimentError as error:
        raise error.in_file(str(path)) from None


def experiment_of(document: Mapping[str, Any], *, folder: Path) -> Experiment:
    """Make an experiment of a document in Python, as :func:`read_experiment` does of a file.

    Args:
        document: what a TOML file would say.
        folder: what its paths are relative to.

    Raises:
        ExperimentError: as :func:`read_experiment`.
    """
    return _experiment(_with_base(copy.deepcopy(dict(document)), folder, ()))


def _experiment(document: dict[str, Any]) -> Experiment:
    world = read_world(document.pop("world", None))
    experiment = from_tables(document, world)
    check(experiment)
    check_axes(experiment)
    return experiment


# -- files


def _with_base(document: dict[str, Any], folder: Path, chain: tuple[Path, ...]) -> dict[str, Any]:
    """Lay a document over the one that it extends.

    Args:
        document: what a file says.
        folder: of the file.
        chain: the files from the first one to it.
    """
    _check_format(document)
    document = _anchor(document, folder)
    base = document.pop(EXTENDS, None)
    if base is None:
        return document
    if not isinstance(base, str):
        raise ExperimentError("expected the path of a file as text", key=EXTENDS)
    if "\0" in base:
        raise ExperimentError(f"{base!r} is no path", key=EXTENDS)
    other = folder / base
    if other.resolve() in chain:
        raise ExperimentError(f"{base} extends this file in turn", key=EXTENDS)
    try:
        below = _with_base(_parse(other), other.parent, (*chain, other.resolve()))
    except ExperimentError as error:
        raise error.in_file(str(other)) from None
    merged: dict[str, Any] = _merge(below, document)
    return merged


def _parse(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ExperimentError(f"it cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ExperimentError("it is not UTF-8") from None
    except (ValueError, RecursionError) as error:  # of which one is that it is no TOML
        raise ExperimentError(f"it is not TOML: {error}") from None


def _check_format(document: Mapping[str, Any]) -> None:
    said = document.get("format")
    if said is None:
        raise ExperimentError(f"it is missing; an experiment begins with format = {FORMAT}", key="format")
    if said != FORMAT or isinstance(said, bool):
        raise ExperimentError(f"this version of cloudsim reads format {FORMAT}, not {said!r}", key="format")


def _merge(base: Any, over: Any) -> Any:  # noqa: ANN401  whatever TOML has
    """Lay what a file says over what its base says."""
    if isinstance(base, dict) and isinstance(over, dict):
        if base.get("kind", over.get("kind")) != over.get("kind", base.get("kind")):
            return over  # of another kind, which has other keys
        return {**base, **{key: _merge(base[key], value) if key in base else value for key, value in over.items()}}
    name = _common_name(base, over)
    if name is None:
        return over
    merged = {_name_of(table, name, index): table for index, table in enumerate(base)}
    for index, table in enumerate(over):
        key = _name_of(table, name, len(base) + index)
        merged[key] = _merge(merged[key], table) if key in merged else table
    return list(merged.values())


def _common_name(base: object, over: object) -> str | None:
    """Find the key that names the tables of two lists; None where they are no lists of tables."""
    if not (isinstance(base, list) and isinstance(over, list) and base and over):
        return None
    tables = [*base, *over]
    if not all(isinstance(table, dict) for table in tables):
        return None
    return next((name for name in _NAMED_BY if any(name in table for table in tables)), None)


def _name_of(table: Mapping[str, Any], name: str, index: int) -> object:
    """Give what a table is merged by; one without a name stands for itself."""
    said = table.get(name)
    return said if isinstance(said, str) else index


# -- paths


def _anchor(document: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Make the paths in a document relative to the current folder instead of to its own."""
    for place, key in _paths(document):
        said = place.get(key)
        if isinstance(said, str):
            place[key] = str(folder / said)
    imported = document.get("world")
    imported = imported.get("import") if isinstance(imported, dict) else None
    if isinstance(imported, dict):
        imported["files"] = _each_in(imported.get("files"), folder)
    if isinstance(document.get("axes"), dict):
        axes = document["axes"] = flatten_axes(document["axes"])
        for key in axes:
            if key in ("world", "prices") or key.endswith(".file"):
                axes[key] = _each_in(axes[key], folder)
    return document


def _paths(document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """List the keys whose text is a path, with the table of each."""
    yield from ((document, key) for key in ("world", "prices"))
    for table in (*_tables(document.get("workload")), *_tables(document.get("event"))):
        yield table, "file"
        yield from ((inner, "file") for inner in _tables([table.get("lifetime"), table.get("idle")]))


def _each_in(paths: object, folder: Path) -> object:
    if not isinstance(paths, list):
        return paths
    return [str(folder / path) if isinstance(path, str) else path for path in paths]


def _tables(value: object) -> list[dict[str, Any]]:
    """Give the tables of a list, whatever else may be in it."""
    return [table for table in value if isinstance(table, dict)] if isinstance(value, list) else []
