"""Keys of runs: hashes of all that decides what comes of a run, so that a result is never taken for another's.

A run's key covers the variant's experiment with its world, the values of the axes, the number of the run (which with
the seed gives all its chance) and the version of cloudsim. Files count by their content and not by their path, so a
sweep can be moved, or resumed from another folder. How many runs there are, what they are held against and what the
experiment is called decide no run, so more runs can be added to a sweep that is done.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import file_digest, sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import msgspec

from cloudsim.errors.own import SweepError
from cloudsim.version import __version__
from cloudsim.whatif.experiment.axes import Variant
from cloudsim.whatif.experiment.reading import to_tables

_DECIDES_NOTHING: Final = ("name", "description", "runs", "axes", "target")
_PATHS: Final = ("file", "files", "prices")
_DIGITS: Final = 32

Hash = Callable[[str], str]
"""Gives the hash of a file's content."""


def hash_of_file(path: str) -> str:
    """Hash the content of a file.

    Raises:
        SweepError: it cannot be read.
    """
    try:
        with Path(path).open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SweepError(f"{path} cannot be read: {error.strerror}") from None


def keys_of_variants(variants: Sequence[Variant]) -> tuple[str, ...]:
    """Give the key of each variant; each file is read once.

    Raises:
        SweepError: a file cannot be read.
    """
    hash_once = lru_cache(maxsize=None)(hash_of_file)
    return tuple(_key_of_variant(variant, hash_once) for variant in variants)


def key_of_sweep(keys: Sequence[str]) -> str:
    """Give the key of a sweep out of those of its variants: what makes a folder of results its own."""
    return _hashed(["sweep", *keys])


def key_of_run(variant_key: str, run: int) -> str:
    """Give the key of a run."""
    return sha256(f"{variant_key}/{run}".encode()).hexdigest()[:_DIGITS]


def _key_of_variant(variant: Variant, hash_once: Hash) -> str:
    tables = {key: value for key, value in to_tables(variant.experiment).items() if key not in _DECIDES_NOTHING}
    axes = {
        key: hash_once(value) if key == "world" or key.endswith(".file") else value
        for key, value in variant.axes.items()
    }
    agent = (tables.get("fleet") or {}).get("agent")
    code = hash_of_module(agent, hash_once) if isinstance(agent, str) else None
    return _hashed([__version__, _by_content(tables, hash_once), axes, code])


def hash_of_module(agent: str, hash_once: Hash = hash_of_file) -> str | None:
    """Hash the file of a user's own agent, ``module:Class``; None where it has none."""
    try:
        spec = find_spec(agent.partition(":")[0])
    except (ImportError, ValueError):
        return None  # whoever imports it says what is wrong
    return hash_once(spec.origin) if spec is not None and spec.has_location and spec.origin else None


def _by_content(value: Any, hash_once: Hash) -> Any:  # noqa: ANN401  whatever tables have
    """Put the hash of its content in the place of the path of each file."""
    if isinstance(value, list | tuple):
        return [_by_content(one, hash_once) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _hashes(inner, hash_once) if key in _PATHS else _by_content(inner, hash_once)
        for key, inner in value.items()
    }


def _hashes(said: Any, hash_once: Hash) -> Any:  # noqa: ANN401  a path, or several
    if isinstance(said, str):
        return hash_once(said)
    return [hash_once(one) for one in said] if isinstance(said, list | tuple) else said


def _hashed(content: object) -> str:
    return sha256(msgspec.json.encode(content, order="sorted")).hexdigest()[:_DIGITS]
