"""Reading a world file: TOML on disk to a spec that is sound, or an error that says where the file is wrong.

A file whose name ends in ``.json`` has the same tables as JSON, as ``GET /_cloudsim/world`` gives them. What goes wrong
is always a :class:`~cloudsim.errors.own.WorldError` with the file: a missing file, text that does not parse (line and
column), a key that is misspelt or of the wrong kind, a world that contradicts itself (key path).
"""

import json
import tomllib
from os import PathLike
from pathlib import Path
from typing import Any

from cloudsim.errors.own import WorldError
from cloudsim.simulation.world.document import read_document
from cloudsim.simulation.world.spec import WorldSpec
from cloudsim.simulation.world.validate import validate


def load_world(path: str | PathLike[str]) -> WorldSpec:
    """Read a world from a file, TOML or JSON, and check it as a whole.

    Args:
        path: of the file; files that it imports are relative to it.

    Raises:
        WorldError: the file cannot be read, or its world is not sound; every problem that was found is told.
    """
    file = Path(path)
    try:
        spec = read_document(_parse(file), folder=file.parent)
        validate(spec)
    except WorldError as error:
        raise error.in_file(str(path)) from None
    return spec


def _parse(file: Path) -> dict[str, Any]:
    is_json = file.suffix == ".json"
    try:
        text = file.read_text("utf-8")
        return _parse_json(text) if is_json else tomllib.loads(text)
    except OSError as error:
        raise WorldError(f"it cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise WorldError(f"it is not UTF-8 text, as {'JSON' if is_json else 'TOML'} has to be") from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is no TOMLDecodeError
        raise WorldError(f"it is not TOML: {error}") from None


def _parse_json(text: str) -> dict[str, Any]:
    try:
        tables = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WorldError(f"it is not JSON: {error}") from None
    if not isinstance(tables, dict):
        raise WorldError(f"a world is one JSON object, not {type(tables).__name__}")
    return tables
