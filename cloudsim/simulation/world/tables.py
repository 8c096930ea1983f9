"""Tables to spec: the reader that a TOML file, a builder and an import share.

What is misspelt, missing or of the wrong kind is refused by the path of its key, with what would be right, and all of
it at once. msgspec does the work at the speed of C; only a table that it refuses is looked at again key by key, to say
more than the first thing that is wrong with it.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar, get_args

import msgspec

from cloudsim.errors.own import did_you_mean
from cloudsim.simulation.world.findings import Findings
from cloudsim.simulation.world.spec import FORMAT, Table, WorldSpec

TableT = TypeVar("TableT", bound=Table)


def table_in(kind: object) -> type[Table] | None:
    """Give the kind of table that a list is of; None for what is no list of tables."""
    tables = [part for part in get_args(kind) if isinstance(part, type) and issubclass(part, Table)]
    return tables[0] if tables else None


KINDS_OF_TABLES: Final = tuple(
    field.encode_name for field in msgspec.structs.fields(WorldSpec) if table_in(field.type) is not None
)
"""What a world has lists of: ``account``, ``region``, ..."""

IMPORT: Final = "import"
"""The table of a document that is none of its world: a document may have it, and is read without it."""

_KINDS: Final = {
    "int": "a whole number",
    "float": "a number with a fraction",
    "str": "text",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "null": "nothing",
    "datetime": "a date",
    "date": "a date",
    "time": "a time",
}
"""msgspec's names of kinds, in words."""

_MISSING: Final = "Object missing required field "
_GOT: Final = re.compile(r"Expected `([^`]+)`(?:, got `(\w+)`| (>=|<=) (-?\d+)| of length >= 1)")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_PATH: Final = re.compile(r" - at (?:`key` in )?`\$(.*)`$")


def read_tables(tables: Mapping[str, Any]) -> WorldSpec:
    """Read a world from its tables, as ``tomllib`` or the builder gives them.

    Args:
        tables: the top level: ``format``, ``profile``, ``limits`` and a list for each kind of table.

    Raises:
        WorldError: something is misspelt, missing or of the wrong kind; every such thing is told.
    """
    findings = Findings()
    _check_texts(tables, "", findings)
    findings.refuse()
    _check_format(tables, findings)
    spec = _read(tables, WorldSpec, "", findings)
    findings.refuse()
    assert spec is not None, "what cannot be read is refused"
    return spec


def read_table(table: object, kind: type[TableT], *, path: str) -> TableT:
    """Read a single table.

    Args:
        table: its keys.
        kind: what it is to become.
        path: of its key.

    Raises:
        WorldError: as :func:`read_tables`.
    """
    findings = Findings()
    _check_texts(table, path, findings)
    findings.refuse()
    read = _read(table, kind, path, findings)
    findings.refuse()
    assert read is not None, "what cannot be read is refused"
    return read


def check_types(spec: WorldSpec) -> None:
    """Check a spec that was made in Python, where nothing keeps a text out of a number's place.

    Raises:
        WorldError: a value is of the wrong kind or out of its bounds; every such value is told.
    """
    read_tables({"format": FORMAT, **msgspec.to_builtins(spec)})


def _check_texts(value: object, path: str, findings: Findings) -> None:
    """Note every text, of a key or of a value, that Python holds and nobody can write as UTF-8."""
    if isinstance(value, str):
        if not value.isascii() and _SURROGATE.search(value):
            findings.add(path, f"{value!a} has half of a surrogate pair, which is no character")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            name = str(key)
            if not name.isascii() and _SURROGATE.search(name):
                findings.add(path, f"the key {name!a} has half of a surrogate pair, which is no character")
            else:
                _check_texts(inner, _join(path, key), findings)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            _check_texts(item, f"{path}[{index}]", findings)


def _check_format(tables: Mapping[str, Any], findings: Findings) -> None:
    said = tables.get("format")
    if said is None:
        findings.add("format", f"it is missing; a world begins with format = {FORMAT}")
    elif said != FORMAT:
        findings.add("format", f"this version of cloudsim reads format {FORMAT}, not {said!r}")


def _read(table: object, kind: type[TableT], path: str, findings: Findings) -> TableT | None:
    """Read one table; what is wrong with it is noted, and then there is nothing to return."""
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        if not isinstance(table, Mapping):
            findings.add(path, explain(error, kind)[1])
            return None
    keys = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    known = [*keys, *([IMPORT] if kind is WorldSpec else [])]
    for key in table:
        if key not in keys:
            findings.add(_join(path, key), f"there is no such key; {did_you_mean(str(key), known)}")
    for name, field in keys.items():
        if name in table:
            _read_value(table[name], field.type, _join(path, name), findings)
        elif field.required:
            findings.add(_join(path, name), "it is missing")
    return None


def _read_value(value: object, kind: object, path: str, findings: Findings) -> None:
    """Note what is wrong with the value of one key."""
    table_kind = table_in(kind)
    if table_kind is None:
        _try(lambda: msgspec.convert(value, kind), kind, path, findings)
    elif not isinstance(value, list | tuple):
        hint = f"; write [[{path}]]" if isinstance(value, Mapping) and "." not in path else ""
        findings.add(path, f"expected a list of tables{hint}")
    else:
        for index, table in enumerate(value):
            _read(table, table_kind, f"{path}[{index}]", findings)


def _try(convert: Callable[[], object], kind: object, path: str, findings: Findings) -> None:
    try:
        convert()
    except msgspec.ValidationError as error:
        inside, problem = explain(error, kind)
        findings.add(path + inside, problem)


def explain(error: msgspec.ValidationError, kind: object) -> tuple[str, str]:
    """Say in words what msgspec complains about.

    Args:
        error: its complaint.
        kind: the type that was expected.

    Returns:
        Where it is inside the value, such as ``[2].name``, and what is wrong.
    """
    path = _PATH.search(str(error))
    inside = path[1] if path else ""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        kind = {f".{field.encode_name}": field.type for field in msgspec.structs.fields(kind)}.get(inside)
    problem = _complaint(_PATH.sub("", str(error)), kind)
    if "[...]" in inside:
        return inside.replace("[...]", ""), f"in one of its values, {problem}"
    return inside, problem


def _complaint(text: str, kind: object) -> str:
    if text.startswith("Invalid enum value"):
        wrong = text.removeprefix("Invalid enum value ").strip("'")
        known = [
            word for part in get_args(kind) for word in (get_args(part) or (part,)) if word and isinstance(word, str)
        ]
        return f"{wrong!r} is not one of its values; {did_you_mean(wrong, known)}"
    if text.startswith(_MISSING):
        return f"{text.removeprefix(_MISSING).strip('`')} is missing"
    said = _GOT.match(text)
    assert said is not None, f"msgspec says {text!r}, which has no translation"
    expected, got, sign, bound = said.groups()
    if got is None and bound is None:
        return "it may not be empty"
    if got is None:
        return f"expected {'at least' if sign == '>=' else 'at most'} {bound}"
    kinds = " or ".join(_KINDS.get(part, part) for part in expected.split(" | ") if part != "null")
    return f"expected {kinds}, not {_KINDS.get(got, got)}"


def _join(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)
