"""Addresses of keys: from the text of an axis to the place in an experiment's tables that it means.

The first word says where: a kind of a world's tables (then the ``id``), ``workload`` or ``event`` (then the ``name``),
``fleet``, a group of dials, ``limits`` of the world, or a key of the top level. Ids and names may have dots themselves,
so the longest that fits is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from msgspec import Meta, structs

from cloudsim.errors.own import did_you_mean
from cloudsim.simulation.world.spec import Table, WorldSpec
from cloudsim.simulation.world.tables import KINDS_OF_TABLES, table_in
from cloudsim.whatif.experiment.events import AnyEvent
from cloudsim.whatif.experiment.fleets import Fleet
from cloudsim.whatif.experiment.reading import kinds_of_tables
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.experiment.workloads import AnyWorkload

_TOP: Final = ("horizon", "warmup", "profile", "latency", "start_date", "prices", "throttling", "consistency")
_NOT_VARIED: Final = {
    "seed": "the seed is the same for all variants, so that they meet the same arrivals",
    "runs": "all variants have as many runs",
    "name": "the name is that of the whole experiment",
    "format": "the format is that of the file",
    "target": "targets hold for all variants",
    "axes": "an axis cannot vary axes",
}
_DIALS: Final = ("policy", "throttling", "consistency", "latency")
_NAMING: Final = ("id", "name", "kind")


class NoSuchKey(Exception):
    """A text addresses nothing; its own text says what would."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key is: ``container[name]``, of a kind."""

    container: dict[str, Any]
    name: str
    kind: Any


def find(tables: dict[str, Any], key: str) -> Place:
    """Find the place that a key means.

    Args:
        tables: an experiment as tables, its world included; tables that are not there yet may be put in.
        key: such as ``vswitch.vsw-a.cidr``.

    Raises:
        NoSuchKey: there is no such place.
    """
    head, _, rest = key.partition(".")
    if head in _NOT_VARIED:
        raise NoSuchKey(f"it cannot be varied: {_NOT_VARIED[head]}")
    if head == "world" and rest:
        head, _, rest = rest.partition(".")
        return _in_world(tables["world"], head, rest, key)
    if head in KINDS_OF_TABLES or head == "limits":
        return _in_world(tables["world"], head, rest, key)
    return _in_experiment(tables, head, rest, key)


def _in_experiment(tables: dict[str, Any], head: str, rest: str, key: str) -> Place:
    if head in ("workload", "event"):
        table, inner = _named(tables.get(head, []), "name", head, rest)
        return _inside(table, inner, kinds_of_tables(AnyWorkload if head == "workload" else AnyEvent), key)
    if head == "fleet" and rest:
        if "fleet" not in tables:
            raise NoSuchKey("there is no [fleet]")
        return _inside(tables["fleet"], rest, kinds_of_tables(Fleet), key)
    if head in _DIALS and rest:
        return _of_dial(tables, head, rest)
    if head in ("throttling", "consistency"):
        return Place(tables[head], "kind", str)
    if head in _TOP and not rest:
        kinds = {field.encode_name: field.type for field in structs.fields(Experiment)}
        return Place(tables, head, kinds[head])
    known = [*KINDS_OF_TABLES, "limits", "workload", "event", "fleet", "policy", "world", *_TOP]
    raise NoSuchKey(f"it addresses nothing; {did_you_mean(head, known)}")


def _in_world(world: dict[str, Any], head: str, rest: str, key: str) -> Place:
    if head == "limits" and rest:
        return Place(world.setdefault("limits", {}), rest, int | bool)
    if head == "profile" and not rest:
        raise NoSuchKey('write "profile"')
    if head not in KINDS_OF_TABLES:
        raise NoSuchKey(f"a world has no {head!r}; {did_you_mean(head, [*KINDS_OF_TABLES, 'limits'])}")
    kind = next(field.type for field in structs.fields(WorldSpec) if field.encode_name == head)
    table_kind = table_in(kind)
    assert table_kind is not None, "a kind of tables has them"
    table, inner = _named(world.get(head, []), "name" if head == "instance_type" else "id", head, rest)
    return _inside(table, inner, {"": table_kind}, key)


def _named(tables: Sequence[dict[str, Any]], naming: str, what: str, rest: str) -> tuple[dict[str, Any], str]:
    """Find the table that the rest of a key begins with the name of, and what follows."""
    names = [table[naming] for table in tables if isinstance(table.get(naming), str)]
    fitting = [name for name in names if rest == name or rest.startswith(f"{name}.")]
    if not fitting:
        wanted = rest.partition(".")[0]
        raise NoSuchKey(f"there is no {what} {wanted!r}; {did_you_mean(wanted, names)}")
    name = max(fitting, key=len)
    return next(table for table in tables if table.get(naming) == name), rest[len(name) + 1 :]


def _inside(table: dict[str, Any], rest: str, kinds: dict[str, type[Table]], key: str) -> Place:
    """Go into a table, key by key."""
    kind = kinds[table.get("kind", "") if "" not in kinds else ""]
    fields = {field.encode_name: field for field in structs.fields(kind)}
    name, _, further = rest.partition(".")
    known = [word for word in fields if word not in _NAMING]
    if not name:
        raise NoSuchKey(f"it says no key; {did_you_mean('', [f'{key}.{word}' for word in known])}")
    if name in _NAMING and (name in fields or name == kind.__struct_config__.tag_field):
        raise NoSuchKey(f"{name} cannot be varied, since it says which table is meant")
    if name not in fields:
        raise NoSuchKey(f"there is no key {name!r}; {did_you_mean(name, known)}")
    if not further:
        return Place(table, name, fields[name].type)
    inner_kinds = kinds_of_tables(fields[name].type)
    if not isinstance(table.get(name), dict):
        if name in table or not (_has_default_table(fields[name], inner_kinds) or _is_free_table(fields[name].type)):
            raise NoSuchKey(f"{name} is no table here, so it has no {further!r}")
        table[name] = {}
    if inner_kinds:
        return _inside(table[name], further, inner_kinds, key)
    return Place(table[name], further, _value_kind(fields[name].type))


def _has_default_table(field: structs.FieldInfo, kinds: dict[str, type[Table]]) -> bool:
    return "" in kinds and field.default_factory is kinds[""]


def _is_free_table(kind: Any) -> bool:  # noqa: ANN401  a type form
    return _value_kind(kind) is not Any


def _value_kind(kind: Any) -> Any:  # noqa: ANN401  a type form
    """Give what a table of free keys has; anything where there is none."""
    parts = [kind, *getattr(kind, "__args__", ())]
    return next((part.__args__[1] for part in parts if getattr(part, "__origin__", None) is dict), Any)


def _of_dial(tables: dict[str, Any], head: str, rest: str) -> Place:
    """Find one setting of a group of dials."""
    kinds = {"policy": str, "latency": str, "throttling": Annotated[int, Meta(ge=0)], "consistency": str}
    said = tables.setdefault(head, {})
    if not isinstance(said, dict):
        raise NoSuchKey(f"{head} is {said!r} here, so it has no {rest!r}")
    return Place(said, rest, kinds[head])
