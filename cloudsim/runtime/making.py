"""How typed parameters become a request.

What a caller may write is a little wider than a request: a list for a tuple, tables for Structs, a table for tags. A
parameter that an action does not have, or a value of the wrong kind, is refused at once: the typed client forgives
nothing, other than HTTP, where unknown names are ignored as the real service ignores them. For the same reason a
parameter that the cloud takes and does nothing with is refused here: whoever writes it expects something of it.
"""

import re
from collections.abc import Mapping
from functools import cache
from math import isfinite
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from cloudsim.api.requests import Request, Tag
from cloudsim.errors.own import SettingError, did_you_mean
from cloudsim.simulation.world.tables import explain

RequestT = TypeVar("RequestT", bound=Request)


def method_of(action: str) -> str:
    """Name the client's method for an action: ``CreateVSwitch`` is ``create_vswitch``."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", action.replace("VSwitch", "Vswitch")).lower()


@cache
def _kinds(request: type[Request]) -> dict[str, Any]:
    """The type of each field of a request."""
    hints = get_type_hints(request)
    return {name: hints[name] for name in request.__struct_fields__}


def make_request(kind: type[RequestT], parameters: Mapping[str, Any]) -> RequestT:
    """Make a request of what a caller wrote.

    Raises:
        SettingError: the action has no such parameter or it has no effect here, or a value is of the wrong kind.
    """
    kinds = _kinds(kind)
    fields: dict[str, Any] = {}
    for name, value in parameters.items():
        if name not in kinds:
            raise SettingError(_why_not(kind, name))
        try:
            fields[name] = _converted(_plain(value, _given(kinds[name])), kinds[name])
        except _Unfit as wrong:
            raise SettingError(f"parameter {name!r} of {kind.action} cannot be {value!r}: {wrong}") from None
    return kind(**fields)


def check_request(request: RequestT) -> RequestT:
    """Check a request that was made in Python, where nothing keeps a text out of a number's place.

    Raises:
        SettingError: a value is of the wrong kind.
    """
    given = {name: getattr(request, name) for name in request.__struct_fields__}
    return make_request(type(request), {name: value for name, value in given.items() if value is not None})


def _why_not(kind: type[Request], name: str) -> str:
    """Say why an action does not take a parameter."""
    letters = name.replace("_", "").lower()
    for idle in kind.without_effect:
        if idle.lower() == letters:
            return f"parameter {name!r} of {kind.action} has no effect here: {idle} is not simulated; leave it out"
    return f"{kind.action} has no parameter {name!r}; {did_you_mean(name, _kinds(kind))}"


class _Unfit(Exception):
    """A value cannot be what a parameter is; the text says why."""


def _converted(value: object, kind: Any) -> Any:  # noqa: ANN401  of that kind, which may be a union
    """Convert a value, and say in words why it cannot be.

    Raises:
        _Unfit: it is of another kind.
    """
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as wrong:
        inside, problem = explain(wrong, kind)
        raise _Unfit(f"at {inside}, {problem}" if inside else problem) from None


def _given(annotation: object) -> Any:  # noqa: ANN401  a type or a generic alias
    """Give ``T`` of ``T | None``; of anything else, itself."""
    members = get_args(annotation)
    return members[0] if NoneType in members else annotation


def _item(kind: object) -> Any:  # noqa: ANN401  a type
    """Give the type of what a list holds; of anything else, itself."""
    return get_args(kind)[0] if get_origin(kind) is tuple else kind


def _plain(value: object, kind: object) -> object:
    """Take what a caller may write for what a field is made of.

    Args:
        value: what was written.
        kind: what it is meant for; whether it is that is checked later, by conversion.

    Raises:
        _Unfit: a part of a Struct is unknown or of the wrong kind; or a set, which has no order of its own.
    """
    if isinstance(value, Mapping):
        return _from_table(value, kind)
    if isinstance(value, list | tuple):
        item = _item(kind)
        return [_plain(member, item) for member in value]
    if isinstance(value, msgspec.Struct):
        return _converted(msgspec.to_builtins(value), type(value))  # a Struct made in Python is not checked yet
    if isinstance(value, str):
        _refuse_surrogates(value)
    elif isinstance(value, float) and not isfinite(value):
        raise _Unfit("it is no finite number")
    if isinstance(value, str | int | float | NoneType):
        return value
    raise _Unfit("it is neither text, a number, a list, a table nor a Struct")


def _from_table(table: Mapping[Any, Any], kind: object) -> object:
    """Take a table for the Struct that it stands for, its parts by their names on the wire.

    Raises:
        _Unfit: the Struct has no such part.
    """
    if _item(kind) is Tag and kind is not Tag:
        return [{"Key": _plain(key, str), "Value": _plain(text, str)} for key, text in table.items()]
    if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        return dict(table)  # for the conversion to complain about
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    on_the_wire = {field.encode_name: field for field in fields.values()}
    parts: dict[str, object] = {}
    for name, value in table.items():
        field = fields.get(name) or on_the_wire.get(name)
        if field is None:
            raise _Unfit(f"it has no part {name!r}; {did_you_mean(str(name), fields)}")
        if field.encode_name in parts:
            raise _Unfit(f"it has {field.encode_name} twice")
        parts[field.encode_name] = _plain(value, _given(field.type))
    return parts


def _refuse_surrogates(text: str) -> None:
    """Refuse what Python holds as a text and nobody can write as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _Unfit("it has half of a surrogate pair, which is no character") from None
