"""Reading: tables of keys to the specification of an experiment, with words for everything that is wrong.

msgspec does the work; what it refuses is looked at again key by key, so that all problems are told, each by the path of
its key. Unlike a world's, the tables here come in kinds: ``kind`` says which keys a table may have.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import UnionType
from typing import Annotated, Any, Final, Literal, TypeVar, Union, get_args, get_origin

import msgspec

from cloudsim.errors.own import did_you_mean
from cloudsim.simulation.world.findings import Findings
from cloudsim.simulation.world.spec import Table
from cloudsim.simulation.world.tables import explain
from cloudsim.whatif.experiment.scalars import from_text, to_text

T = TypeVar("T")

_PATH: Final = re.compile(r" - at (?:`key` in )?`\$(.*)`$")
_FRACTION: Final = re.compile(r"Expected `float` (>=|<=|>|<) (\S+)")
_LENGTH: Final = re.compile(r"Expected `(?:array|str)` of length >= (\d+)")
_WORDS: Final = {">": "more than", ">=": "at least", "<": "less than", "<=": "at most"}
_KINDS: Final = re.compile(r"Expected `[^`]+`")


def convert(table: object, kind: type[T]) -> T:
    """Make a specification of tables.

    Raises:
        msgspec.ValidationError: they are none.
    """
    return msgspec.convert(table, kind, dec_hook=from_text)


def to_tables(spec: object) -> Any:  # noqa: ANN401  a table, for a Struct
    """Write a specification as tables again, of texts, numbers, truths and lists alone.

    Equal experiments give equal tables, whatever of them was said and what was a default: hash these, or compare them.
    """
    return msgspec.to_builtins(spec, enc_hook=to_text, str_keys=True)


def read(table: object, kind: type[T], path: str, findings: Findings) -> T | None:
    """Read a value; what is wrong with it is noted, and then there is nothing to return.

    Args:
        table: what a file says.
        kind: what it is to become.
        path: of its key.
        findings: where problems go.
    """
    with suppress(msgspec.ValidationError):
        return convert(table, kind)
    noted = _Noted(findings)
    noted.value(table, kind, path)
    assert noted.count, "what msgspec refuses is found again key by key"
    return None


class _Noted:
    """The descent into a value that was refused."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self.count = 0

    def add(self, path: str, problem: str) -> None:
        self.count += 1
        self._findings.add(path, problem)

    def value(self, value: object, kind: Any, path: str) -> None:  # noqa: ANN401  a type form
        """Note what is wrong with one value."""
        kinds = kinds_of_tables(kind)
        item = _item_of_list(kind)
        if kinds and isinstance(value, Mapping):
            self._table(value, kinds, path)
        elif item is not None and kinds_of_tables(item) and isinstance(value, Sequence) and not isinstance(value, str):
            for index, inner in enumerate(value):
                self.value(inner, item, f"{path}[{index}]")
        elif item is not None and kinds_of_tables(item) and isinstance(value, Mapping) and "." not in path:
            self.add(path, f"expected a list of tables; write [[{path}]]")
        else:
            self._plain(value, kind, path)

    def _table(self, table: Mapping[str, Any], kinds: dict[str, type[Table]], path: str) -> None:
        if "" in kinds:
            self._keys(table, kinds[""], path)
            return
        said = table.get("kind")
        if said is None:
            self.add(join(path, "kind"), f"it is missing; {did_you_mean('', kinds)}")
        elif not isinstance(said, str) or said not in kinds:
            self.add(join(path, "kind"), f"there is no kind {said!r}; {did_you_mean(str(said), kinds)}")
        else:
            self._keys(table, kinds[said], path)

    def _keys(self, table: Mapping[str, Any], kind: type[Table], path: str) -> None:
        fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
        tag = kind.__struct_config__.tag_field
        known = [*fields, *([tag] if tag else [])]
        for key in table:
            if key not in known:
                self.add(join(path, key), f"there is no such key; {did_you_mean(str(key), known)}")
        for name, field in fields.items():
            if name in table:
                self.value(table[name], field.type, join(path, name))
            elif field.required:
                self.add(join(path, name), "it is missing")

    def _plain(self, value: object, kind: Any, path: str) -> None:  # noqa: ANN401  a type form
        try:
            msgspec.convert(value, kind, dec_hook=from_text)
        except msgspec.ValidationError as error:
            inside, problem = _explain(error, kind, value)
            self.add(path + inside, problem)


def _explain(error: msgspec.ValidationError, kind: Any, value: object) -> tuple[str, str]:  # noqa: ANN401
    """Say where inside a value something is wrong, and what."""
    at = _PATH.search(str(error))
    inside = at[1].replace("[...]", "") if at else ""
    text = _PATH.sub("", str(error))
    fraction, length = _FRACTION.fullmatch(text), _LENGTH.fullmatch(text)
    words = _literals(kind)
    if fraction:
        return inside, f"expected {_WORDS[fraction[1]]} {float(fraction[2]):g}"
    if length:
        return inside, "it may not be empty"
    if words and isinstance(value, str) and not inside:
        return inside, f"{value!r} is not one of its values; {did_you_mean(value, words)}"
    if _KINDS.match(text) or text.startswith("Invalid enum value"):
        return _said_by_world(error, kind, inside)
    return inside, text  # said by a scalar of ours


def _said_by_world(error: msgspec.ValidationError, kind: Any, inside: str) -> tuple[str, str]:  # noqa: ANN401
    """Let the reader of worlds say it, without the places where our kinds have scalars of their own."""
    _, problem = explain(error, kind)
    return inside, problem.removeprefix("in one of its values, ")


def kinds_of_tables(kind: Any) -> dict[str, type[Table]]:  # noqa: ANN401  a type form
    """Give the kinds of table that a value may be, by ``kind``; one without a kind by the empty text."""
    if isinstance(kind, type) and issubclass(kind, Table):
        tag = kind.__struct_config__.tag
        return {str(tag or ""): kind}
    found: dict[str, type[Table]] = {}
    if get_origin(kind) in (Union, UnionType, Annotated):
        for part in get_args(kind):
            found |= kinds_of_tables(part)
    return found


def _item_of_list(kind: Any) -> Any:  # noqa: ANN401  a type form
    """Give what a list is of; None for what is no list."""
    if get_origin(kind) is tuple:
        return get_args(kind)[0]
    if get_origin(kind) in (Union, UnionType, Annotated):
        return next((item for item in map(_item_of_list, get_args(kind)) if item is not None), None)
    return None


def _literals(kind: Any) -> list[str]:  # noqa: ANN401  a type form
    """Give the words that a value may be."""
    if get_origin(kind) is Literal:
        return [word for word in get_args(kind) if isinstance(word, str)]
    if get_origin(kind) in (Union, UnionType, Annotated):
        return [word for part in get_args(kind) for word in _literals(part)]
    return []


def join(path: str, key: object) -> str:
    """Write the path of a key."""
    return f"{path}.{key}" if path else str(key)
