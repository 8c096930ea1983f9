"""Verbs: bodies made of the signatures of the simulation's own methods, so that a new method is a new verb at once.

sim.trouble.take_zone_out(zone, *, at=None, lasting=None)
{"trouble": "take_zone_out", "zone": "cn-hangzhou-h", "lasting": "5m"}
"""

from collections.abc import Callable, Mapping
from inspect import Parameter, isfunction, signature
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

import msgspec

from cloudsim.errors.own import did_you_mean
from cloudsim.gateway.admin.answers import BadRequest
from cloudsim.gateway.admin.bodies import NUMBER_MAX, Body, Number, Text
from cloudsim.values.duration import as_duration

_REQUIRED: Final = msgspec.NODEFAULT
Field = tuple[str, Any, Any]
"""Name, type and default of a key."""


def methods_of(kind: type) -> dict[str, Callable[..., Any]]:
    """Give the public methods of a class, in the order of their names."""
    return {
        name: getattr(kind, name) for name in sorted(dir(kind)) if name[0] != "_" and isfunction(getattr(kind, name))
    }


def fields_of(function: Callable[..., Any]) -> list[Field]:
    """Give the keys that say the parameters of a function or the fields of a class, without ``self``."""
    hints = get_type_hints(function)
    return [
        (name, bounded(hints[name]), _REQUIRED if parameter.default is Parameter.empty else parameter.default)
        for name, parameter in signature(function).parameters.items()
        if name != "self"
    ]


def bounded(hint: Any) -> Any:  # noqa: ANN401  any type
    """Give a type with bounds for all numbers and texts in it."""
    if hint is int:
        return Number
    if hint is str:
        return Text
    parts = tuple(map(bounded, get_args(hint)))
    if not parts:
        return hint
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return Union[parts]  # noqa: UP007  made of parts that are known only now
    if not issubclass(origin, Mapping):
        return hint
    key, value = parts
    return dict.__class_getitem__((key, value))


def body_of(verb: str, fields: list[Field]) -> type[Body]:
    """Make the body of a verb."""
    name = "".join(part.capitalize() for part in verb.split("_"))
    made = msgspec.defstruct(name, fields, bases=(Body,), frozen=True, kw_only=True, forbid_unknown_fields=True)
    assert issubclass(made, Body), "it was made of it"
    return made


def split_verb(keys: dict[str, Any], noun: str, known: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Give the verb that a body names, and its other keys.

    Raises:
        BadRequest: it names none that is known.
    """
    verb = keys.get(noun)
    if not isinstance(verb, str):
        raise BadRequest(f"the body names its {noun} by the key {noun!r}; known are: {', '.join(known)}")
    if verb not in known:
        raise BadRequest(f"there is no {noun} {verb!r}; {did_you_mean(verb, known)}")
    return verb, {key: value for key, value in keys.items() if key != noun}


def arguments_of(body: Body, *, now_ns: int) -> dict[str, Any]:
    """Give the keys of a body as arguments, its times as nanoseconds.

    Args:
        body: of :func:`body_of`.
        now_ns: the present instant.

    Raises:
        DurationError: a text is no duration.
        BadRequest: a time is beyond what can be counted from now.
    """
    arguments: dict[str, Any] = {}
    for field in msgspec.structs.fields(type(body)):
        value = getattr(body, field.name)
        is_time = Number in get_args(field.type) and Text in get_args(field.type)
        arguments[field.name] = bounded_time(value, now_ns=now_ns) if is_time and value is not None else value
    return arguments


def bounded_time(value: str | int, *, now_ns: int) -> int:
    """Give a time in nanoseconds that can be counted from now.

    Raises:
        DurationError: the text is no duration.
        BadRequest: the clock would come to its end.
    """
    time_ns = as_duration(value)
    if now_ns + time_ns > NUMBER_MAX:
        raise BadRequest(f"{value!r} from now is beyond the end of the clock, which counts {NUMBER_MAX} ns (146 years)")
    return time_ns
