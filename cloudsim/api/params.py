"""Flat RPC parameters, read into a request and written from one.

On the wire a request is a table of texts: ``VSwitchId=vsw-1``, ``Tag.2.Key=app``,
``ConnectionTrackingConfiguration.UdpTimeout=30``. Which names there are, and what they hold, is derived once from the
request Structs, so a new field is a new parameter. Lists may have gaps and come in any order; numbers decide. A blank
value counts as not given, but for tags, whose value may be empty and whose key must not be.

Lists may nest (``NetworkInterface.1.SecurityGroupIds.2``), and a few are a JSON array in one text.

Real clients send names that the action does not know, so those are returned and not refused; whoever called decides.

Source: wire.md W9 to W12; eni_api.md section 7 (common parameters).
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import NoneType
from typing import Annotated, Any, Final, NamedTuple, get_args, get_origin

import msgspec

from cloudsim.api.requests import ACTIONS, Request
from cloudsim.errors.parameters import InvalidAction, InvalidParameter

COMMON: Final = frozenset(
    {
        *("Action", "Version", "Format", "AccessKeyId", "SecurityToken", "Timestamp"),
        *("Signature", "SignatureMethod", "SignatureVersion", "SignatureNonce", "SignatureType"),
        *("OwnerId", "OwnerAccount", "ResourceOwnerId", "ResourceOwnerAccount"),
    }
)
"""Parameters of every action, which belong to the envelope and not to the request."""


class Level(NamedTuple):
    """One level of the way to a parameter."""

    field: str
    is_list: bool
    struct: type[msgspec.Struct] | None
    """The Struct that the field holds; None at the last level."""


class Parameter(NamedTuple):
    """Where a parameter lies in its request."""

    path: tuple[Level, ...]
    kind: type
    """``str``, ``int``, ``float`` or ``bool``."""
    is_json: bool
    """Whether it is a list that one text carries as JSON."""
    depth: int
    """How many numbers its name has: the lists on the way to it, its own too."""

    @property
    def field(self) -> str:
        """The field of the request."""
        return self.path[0].field

    @property
    def is_list_part(self) -> bool:
        """Whether it is a part of a Struct of which there is a list, such as a tag's value, which may be empty."""
        return len(self.path) > 1 and self.path[0].is_list


class ParsedRequest(NamedTuple):
    """What was read from flat parameters."""

    request: Request
    unknown: tuple[str, ...]
    """Names that the action does not know, sorted."""
    without_effect: tuple[str, ...] = ()
    """Documented names that are taken and change nothing here, sorted."""


def _given(annotation: object) -> Any:  # noqa: ANN401  a type or a generic alias
    """Give ``T`` of ``T | None``."""
    (given,) = (member for member in get_args(annotation) if member is not NoneType)
    return given


def _parameters_of(
    struct: type[msgspec.Struct], prefix: str, path: tuple[Level, ...]
) -> Iterator[tuple[str, Parameter]]:
    for field in msgspec.structs.fields(struct):
        given = _given(field.type)
        name = prefix + field.encode_name
        if get_origin(given) is Annotated:
            yield name, _parameter((*path, Level(field.name, is_list=False, struct=None)), str, is_json=True)
            continue
        is_list = get_origin(given) is tuple
        kind = get_args(given)[0] if is_list else given
        name = f"{name}.N" if is_list else name
        if issubclass(kind, msgspec.Struct):
            yield from _parameters_of(kind, f"{name}.", (*path, Level(field.name, is_list, kind)))
        else:
            yield name, _parameter((*path, Level(field.name, is_list, None)), kind)


def _parameter(path: tuple[Level, ...], kind: type, *, is_json: bool = False) -> Parameter:
    return Parameter(path, kind, is_json=is_json, depth=sum(level.is_list for level in path))


PARAMETERS: Final[dict[str, dict[str, Parameter]]] = {
    action: dict(_parameters_of(request, "", ())) for action, request in ACTIONS.items()
}
"""Parameters of each action by documented name, in which ``N`` stands for a number: ``Tag.N.Key``."""

VALUE_LENGTH_MAX: Final = 4_096
"""Characters of a text. The longest that any rule lets through has a few hundred, and an array of a hundred ids has
some 2,500; what a call says may be kept for hours, with its ClientToken or in the journal."""

_NUMBER: Final = re.compile(r"\.([1-9][0-9]{0,3})(?=\.|$)", re.ASCII)
_INTEGER: Final = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_DECIMAL: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?", re.ASCII)
_BOOLEANS: Final = {"true": True, "false": False}


def from_parameters(action: str, parameters: Mapping[str, str]) -> ParsedRequest:
    """Read a request.

    Args:
        action: the documented name of the action.
        parameters: all of the call, the common ones too.

    Raises:
        InvalidAction: there is no such action.
        InvalidParameter: an integer or a boolean is wanted and something else is given, or a text is longer than
            :data:`VALUE_LENGTH_MAX`.
    """
    table = PARAMETERS.get(action)
    if table is None:
        raise InvalidAction(action=action)
    kind = ACTIONS[action]
    given: dict[str, Any] = {}
    unknown: list[str] = []
    idle: list[str] = []
    for name, text in parameters.items():
        numbers = [int(number) for number in _NUMBER.findall(name)] if "." in name else []
        parameter = table.get(_NUMBER.sub(".N", name) if numbers else name)
        if parameter is not None and parameter.depth == len(numbers):  # or else the letter N stood in the name
            value = _value(name, text, parameter)
            if value is not None:
                _put(given, parameter, numbers, value)
        elif name in COMMON:
            continue
        elif name.partition(".")[0] in kind.without_effect:
            idle.append(name)
        else:
            unknown.append(name)
    return ParsedRequest(kind(**_fields(kind, given)), tuple(sorted(unknown)), tuple(sorted(idle)))


def _value(name: str, text: str, parameter: Parameter) -> str | int | float | bool | tuple[str, ...] | None:
    """Read one value; None stands for a blank one."""
    if len(text) > VALUE_LENGTH_MAX and parameter.kind is str:
        reason = f"it has {len(text)} characters, and at most {VALUE_LENGTH_MAX} are read"
        raise InvalidParameter(parameter=name, reason=reason)
    if parameter.is_json:
        return _texts(name, text) if text else None
    if parameter.kind is str:
        return text if text or parameter.is_list_part else None
    if not text:
        return None
    if parameter.kind is bool:
        truth = _BOOLEANS.get(text.lower())
        if truth is None:
            raise InvalidParameter(parameter=name, reason=f'"{text}" is neither true nor false')
        return truth
    if parameter.kind is float:
        if not _DECIMAL.fullmatch(text):
            raise InvalidParameter(parameter=name, reason=f'"{text}" is no number')
        return float(text)
    if not _INTEGER.fullmatch(text):
        raise InvalidParameter(parameter=name, reason=f'"{text}" is no integer of at most 18 digits')
    return int(text)


def _texts(name: str, text: str) -> tuple[str, ...]:
    try:
        return msgspec.json.decode(text, type=tuple[str, ...])
    except msgspec.DecodeError:
        raise InvalidParameter(parameter=name, reason=f'"{text[:80]}" is no JSON array of texts') from None


def _put(given: dict[str, Any], parameter: Parameter, numbers: list[int], value: object) -> None:
    """Put a value where it belongs: fields by name, items of lists by number."""
    if len(parameter.path) == 1 and not numbers:
        given[parameter.field] = value
        return
    place: dict[Any, Any] = given
    counted = iter(numbers)
    for level in parameter.path[:-1]:
        place = place.setdefault(level.field, {})
        if level.is_list:
            place = place.setdefault(next(counted), {})
    last = parameter.path[-1]
    if last.is_list:
        place.setdefault(last.field, {})[next(counted)] = value
    else:
        place[last.field] = value


def _fields(struct: type[msgspec.Struct], given: dict[str, Any]) -> dict[str, Any]:
    """Make fields of what was gathered: parts to Structs, numbers to lists."""
    kinds = _kinds(struct)
    return {
        name: _field(kinds[name], value) if type(value) is dict else value  # what is no dictionary is whole already
        for name, value in given.items()
    }


@cache
def _kinds(struct: type[msgspec.Struct]) -> dict[str, Any]:
    """The types of a Struct's fields by name; to ask msgspec each time would cost ten times the rest of a reading."""
    return {field.name: _given(field.type) for field in msgspec.structs.fields(struct)}


def _field(kind: Any, value: Any) -> object:  # noqa: ANN401  any field's
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        return tuple([_field(item, value[number]) for number in sorted(value)])
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind(**_fields(kind, value))
    return value


def to_parameters(request: Request) -> dict[str, str]:
    """Write a request as flat parameters, Action and Version among them.

    What is empty is left out, but for the parts of a tag and for JSON lists.
    """
    parameters = {"Action": request.action, "Version": request.version}
    for name, parameter in PARAMETERS[request.action].items():
        for numbers, said in _said(request, parameter.path):
            if said is None or (said == "" and not parameter.is_list_part):
                continue
            written = name
            for number in numbers:
                written = written.replace(".N", f".{number}", 1)
            parameters[written] = _text(said, parameter)
    return parameters


def _said(struct: msgspec.Struct, path: tuple[Level, ...]) -> Iterator[tuple[tuple[int, ...], Any]]:
    """Every value at the end of a path, with the numbers on the way to it."""
    level, rest = path[0], path[1:]
    value = getattr(struct, level.field)
    if value is None:
        return
    for number, item in enumerate(value, start=1) if level.is_list else ((0, value),):
        numbers = (number,) if level.is_list else ()
        if not rest:
            yield numbers, item
            continue
        for further, said in _said(item, rest):
            yield (*numbers, *further), said


def _text(said: object, parameter: Parameter) -> str:
    if parameter.is_json:
        return msgspec.json.encode(said).decode()
    return str(said).lower() if parameter.kind is bool else str(said)
