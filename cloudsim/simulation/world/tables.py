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

_GOT: Final = re.compile(r"Expected `([^`]+)`(?:, got `(\w+)`| (>=|<=) (-?\d+)| of length >= 1)")
_PATH: Final = re.compile(r" - at (?:`key` in )?`\$(.*)`$")


def read_tables(tables: Mapping[str, Any]) -> WorldSpec:
    """Read a world from its tables, as ``tomllib`` or the builder gives them.

    Args:
        tables: the top level: ``format``, ``profile``, ``limits`` and a list for each kind of table.

    Raises:
        WorldError: something is misspelt, missing or of the wrong kind; every such thing is told.
    """
    findings = Findings()
    _check_format(tables, findings)
    spec = _read(tables, WorldSpec, "", findings)
    findings.refuse()
    assert spec is not None, "what cannot be read is refused"
    return spec


def check_types(spec: WorldSpec) -> None:
    """Check a spec that was made in Python, where nothing keeps a text out of a number's place.

    Raises:
        WorldError: a value is of the wrong kind or out of its bounds; every such value is told.
    """
    read_tables({"format": FORMAT, **msgspec.to_builtins(spec)})


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
            findings.add(path, _complaint(error, kind))
            return None
    keys = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for key in table:
        if key not in keys:
            findings.add(_join(path, key), f"there is no such key; {did_you_mean(str(key), keys)}")
    for name, field in keys.items():
        if name in table:
            _read_value(table[name], field.type, _join(path, name), findings)
        elif field.required:
            findings.add(_join(path, name), "it is missing")
    return None


def _read_value(value: object, kind: object, path: str, findings: Findings) -> None:
    """Note what is wrong with the value of one key."""
    tables = [part for part in get_args(kind) if isinstance(part, type) and issubclass(part, Table)]
    if not tables:
        _try(lambda: msgspec.convert(value, kind), kind, path, findings)
    elif not isinstance(value, list | tuple):
        hint = f"; write [[{path}]]" if isinstance(value, Mapping) and "." not in path else ""
        findings.add(path, f"expected a list of tables{hint}")
    else:
        for index, table in enumerate(value):
            _read(table, tables[0], f"{path}[{index}]", findings)


def _try(convert: Callable[[], object], kind: object, path: str, findings: Findings) -> None:
    try:
        convert()
    except msgspec.ValidationError as error:
        inside = _PATH.search(str(error))
        where = inside[1] if inside else ""
        about = "in one of its values, " if "[...]" in where else ""
        findings.add(path + where.replace("[...]", ""), about + _complaint(error, kind))


def _complaint(error: msgspec.ValidationError, kind: object) -> str:
    """Say in words what msgspec complains about."""
    text = _PATH.sub("", str(error))
    words = get_args(kind)
    if text.startswith("Invalid enum value"):
        wrong = text.removeprefix("Invalid enum value ").strip("'")
        known = [word for part in words for word in (get_args(part) or (part,)) if isinstance(word, str)]
        return f"{wrong!r} is not one of its values; {did_you_mean(wrong, known)}"
    said = _GOT.match(text)
    assert said is not None, f"msgspec says {text!r}, which has no translation"
    expected, got, sign, bound = said.groups()
    if got is None and bound is None:
        return "it may not be empty"
    if got is None:
        return f"expected {'at least' if sign == '>=' else 'at most'} {bound}"
    kinds = " or ".join(_KINDS[part] for part in expected.split(" | ") if part != "null")
    return f"expected {kinds}, not {_KINDS.get(got, got)}"


def _join(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)
