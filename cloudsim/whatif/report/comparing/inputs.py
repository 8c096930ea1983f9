"""Changed inputs of two variants, typed like a plan.

    + event.outage.kind: zone-outage
    - vswitch.vsw-b.cidr: 10.0.1.0/28
    ~ vswitch.vsw-a.cidr: 10.0.0.0/28 -> /27

Keys are those that axes have (:mod:`cloudsim.whatif.experiment.axes`): a world's tables by ``id``, workloads and
events by ``name``. Values are those of the variant, its axes put in. Files that an experiment reads are held against
each other by their hashes, and so is the version of cloudsim.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import PurePath
from typing import Any, Final, Literal

import msgspec

from cloudsim.whatif.report.results import Results
from cloudsim.whatif.report.words import axis_value

_OWN_KEYS: Final = ("axes", "format", "name", "description")
"""What makes no difference, or is told by the values of the axes."""
_NAMES: Final = ("id", "name", "metric")
_WORLD: Final = "world"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A key whose value is another, or that only one of the two has."""

    change: Literal["+", "-", "~"]
    key: str
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        """Write it like a line of a plan."""
        if self.change == "~":
            return f"~ {self.key}: {_said(self.before)} -> {_shortened(self.before, self.after)}"
        return f"{self.change} {self.key}: {_said(self.after if self.change == '+' else self.before)}"


def changed_inputs(before: tuple[Results, int], after: tuple[Results, int]) -> tuple[Change, ...]:
    """Tell which inputs of two variants differ, by key.

    Args:
        before: results, and the number of a variant.
        after: likewise.
    """
    have_tables = before[0].experiment is not None and after[0].experiment is not None
    ours, theirs = (_inputs(*side, with_tables=have_tables) for side in (before, after))
    return tuple(_changes(ours, theirs))


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        if key not in before:
            yield Change(change="+", key=key, after=after[key])
        elif key not in after:
            yield Change(change="-", key=key, before=before[key])
        elif before[key] != after[key]:
            yield Change(change="~", key=key, before=before[key], after=after[key])


def _inputs(results: Results, variant: int, *, with_tables: bool) -> dict[str, Any]:
    """Give all inputs of a variant by key."""
    inputs: dict[str, Any] = {"seed": results.summary.seed, "runs": results.summary.runs}
    if with_tables and results.experiment is not None:
        inputs |= dict(flattened(results.experiment))
    inputs |= results.variants[variant].axes
    provenance = results.provenance
    for path, digest in provenance.get("inputs", {}).items():
        name = PurePath(path).name
        if not (with_tables and name.endswith(".toml")):  # what those say is told key by key
            inputs[f"file.{name}"] = f"sha256:{str(digest)[:12]}"
    version = provenance.get("versions", {}).get("cloudsim")
    return inputs if version is None else inputs | {"version.cloudsim": version}


def flattened(tables: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """List the keys of an experiment as axes address them, with their values; a world's without the word ``world``."""
    for key, value in tables.items():
        if key == _WORLD and isinstance(value, Mapping):
            yield from _below("", {name: inner for name, inner in value.items() if name != "format"})
        elif key not in _OWN_KEYS:
            yield from _below(key, value)


def _below(path: str, value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  whatever tables have
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _below(f"{path}.{key}" if path else key, inner)
    elif isinstance(value, list) and value and all(isinstance(table, Mapping) for table in value):
        for name, table in zip(_names(value), value, strict=True):
            yield from _below(f"{path}.{name}", table)
    elif value is not None and value not in ([], {}):
        yield path, value


def _names(tables: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Name the tables of a list: by what they call themselves, else by their places."""
    key = next((name for name in _NAMES if all(isinstance(table.get(name), str) for table in tables)), None)
    taken: dict[str, None] = {}
    for place, table in enumerate(tables):
        name = str(place) if key is None else str(table[key])
        if name in taken:  # two targets of one figure
            name = next(f"{name}#{more}" for more in count(2) if f"{name}#{more}" not in taken)
        taken[name] = None
        yield name


def _said(value: Any) -> str:  # noqa: ANN401  whatever TOML has
    return axis_value(value)


def _shortened(before: Any, after: Any) -> str:  # noqa: ANN401  whatever TOML has
    """Write the new value; of a block at the same address only how long its mask is."""
    if isinstance(before, str) and isinstance(after, str):
        old, new = before.partition("/"), after.partition("/")
        if old[0] == new[0] and old[2].isdigit() and new[2].isdigit():
            return f"/{new[2]}"
    return _said(after)
