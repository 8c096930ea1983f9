"""Reading a world file: TOML on disk to a spec that is sound, or an error that says where the file is wrong.

What goes wrong is always a :class:`~cloudsim.errors.own.WorldError` with the file: a missing file, TOML that does not
parse (line and column), a key that is misspelt or of the wrong kind, a world that contradicts itself (key path).
"""

import tomllib
from os import PathLike
from pathlib import Path
from typing import Any

from cloudsim.errors.own import WorldError
from cloudsim.simulation.world.document import read_document
from cloudsim.simulation.world.spec import WorldSpec
from cloudsim.simulation.world.validate import validate


def load_world(path: str | PathLike[str]) -> WorldSpec:
    """Read a world from a TOML file, and check it as a whole.

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
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise WorldError(f"it cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise WorldError("it is not UTF-8 text, as TOML has to be") from None
    except tomllib.TOMLDecodeError as error:
        raise WorldError(f"it is not TOML: {error}") from None
