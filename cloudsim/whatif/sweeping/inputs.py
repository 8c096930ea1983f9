"""Inputs: all files that an experiment came from, found by reading what they say."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from cloudsim.whatif.sweeping.keys import hash_of_file

_SAY_PATHS: Final = ("extends", "world", "file", "files", "prices")


def input_files(path: Path) -> dict[str, str]:
    """Give the hash of each file that an experiment file leads to, itself first.

    Args:
        path: of an experiment that was read and found sound.
    """
    found: dict[str, str] = {}
    _follow(path, found)
    return found


def _follow(path: Path, found: dict[str, str]) -> None:
    name = str(path)
    if name in found or not path.is_file():
        return
    found[name] = hash_of_file(name)
    if path.suffix == ".toml":
        document = tomllib.loads(path.read_text("utf-8"))
        for said in _said(document):
            _follow(path.parent / said, found)


def _said(value: Any, *, is_path: bool = False) -> Iterator[str]:  # noqa: ANN401  whatever TOML has
    """List the texts that are paths: those of keys that say some."""
    if isinstance(value, str) and is_path:
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _said(one, is_path=is_path)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _said(inner, is_path=key.rpartition(".")[2] in _SAY_PATHS)
