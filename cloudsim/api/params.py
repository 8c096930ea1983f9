"""Flat RPC parameters, read into a request and written from one.

On the wire a request is a table of texts: ``VSwitchId=vsw-1``, ``Tag.2.Key=app``,
``ConnectionTrackingConfiguration.UdpTimeout=30``. Which names there are, and what they hold, is derived once from the
request Structs, so a new field is a new parameter. Lists may have gaps and come in any order; numbers decide. A blank
value counts as not given, but for tags, whose value may be empty and whose key must not be.

Real clients send names that the action does not know, so those are returned and not refused; whoever called decides.

Source: wire.md W9 to W12; eni_api.md section 7 (common parameters).
"""

import re
from collections.abc import Mapping
from types import NoneType
from typing import Any, Final, NamedTuple, get_args, get_origin

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


class Parameter(NamedTuple):
    """Where a parameter lies in its request."""

    field: str
    part: str
    """The field within the nested Struct; empty where the parameter is the field itself."""
    struct: type[msgspec.Struct] | None
    """The nested Struct."""
    kind: type
    """``str``, ``int`` or ``bool``."""
    is_list: bool


class ParsedRequest(NamedTuple):
    """What was read from flat parameters."""

    request: Request
    unknown: tuple[str, ...]
    """Names that the action does not know, sorted."""


def _given(annotation: object) -> type[Any]:
    """Give ``T`` of ``T | None``."""
    given: type[Any]
    (given,) = (member for member in get_args(annotation) if member is not NoneType)
    return given


def _parameters_of(request: type[Request]) -> dict[str, Parameter]:
    parameters: dict[str, Parameter] = {}
    for field in msgspec.structs.fields(request):
        given = _given(field.type)
        is_list = get_origin(given) is tuple
        kind, name = (get_args(given)[0], f"{field.encode_name}.N") if is_list else (given, field.encode_name)
        if not issubclass(kind, msgspec.Struct):
            parameters[name] = Parameter(field.name, "", None, kind, is_list)
            continue
        for part in msgspec.structs.fields(kind):
            parameters[f"{name}.{part.encode_name}"] = Parameter(
                field.name, part.name, kind, _given(part.type), is_list
            )
    return parameters


PARAMETERS: Final[dict[str, dict[str, Parameter]]] = {
    action: _parameters_of(request) for action, request in ACTIONS.items()
}
"""Parameters of each action by documented name, in which ``N`` stands for a number: ``Tag.N.Key``."""

_NUMBER: Final = re.compile(r"\.([1-9][0-9]{0,3})(?=\.|$)", re.ASCII)
_INTEGER: Final = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_BOOLEANS: Final = {"true": True, "false": False}


def from_parameters(action: str, parameters: Mapping[str, str]) -> ParsedRequest:
    """Read a request.

    Args:
        action: the documented name of the action.
        parameters: all of the call, the common ones too.

    Raises:
        InvalidAction: there is no such action.
        InvalidParameter: an integer or a boolean is wanted and something else is given.
    """
    table = PARAMETERS.get(action)
    if table is None:
        raise InvalidAction(action=action)
    given: dict[Parameter, dict[int, Any]] = {}
    unknown: list[str] = []
    for name, text in parameters.items():
        number = _NUMBER.search(name)
        documented = f"{name[: number.start()]}.N{name[number.end() :]}" if number else name
        parameter = table.get(documented)
        if parameter is not None and parameter.is_list == (number is not None):
            value = _value(name, text, parameter)
            if value is not None:
                given.setdefault(parameter, {})[int(number[1]) if number else 0] = value
        elif name not in COMMON:
            unknown.append(name)
    return ParsedRequest(ACTIONS[action](**_fields(given)), tuple(sorted(unknown)))


def _value(name: str, text: str, parameter: Parameter) -> str | int | bool | None:
    """Read one value; None stands for a blank one."""
    if parameter.kind is str:
        may_be_blank = parameter.is_list and parameter.part != ""
        return text if text or may_be_blank else None
    if not text:
        return None
    if parameter.kind is bool:
        truth = _BOOLEANS.get(text.lower())
        if truth is None:
            raise InvalidParameter(parameter=name, reason=f'"{text}" is neither true nor false')
        return truth
    if not _INTEGER.fullmatch(text):
        raise InvalidParameter(parameter=name, reason=f'"{text}" is no integer')
    return int(text)


def _fields(given: dict[Parameter, dict[int, Any]]) -> dict[str, Any]:
    """Put values together to the fields of the request: parts to Structs, numbers to lists."""
    gathered: dict[str, dict[int, Any]] = {}
    shapes: dict[str, Parameter] = {}
    for parameter, values in given.items():
        shapes[parameter.field] = parameter
        items = gathered.setdefault(parameter.field, {})
        if parameter.struct is None:
            items.update(values)
            continue
        for number, value in values.items():
            items.setdefault(number, {})[parameter.part] = value
    return {field: _field(shapes[field], items) for field, items in gathered.items()}


def _field(shape: Parameter, items: dict[int, Any]) -> object:
    ordered = [items[number] for number in sorted(items)]
    if shape.struct is not None:
        ordered = [shape.struct(**parts) for parts in ordered]
    return tuple(ordered) if shape.is_list else ordered[0]


def to_parameters(request: Request) -> dict[str, str]:
    """Write a request as flat parameters, Action and Version among them.

    What is empty is left out, but for the parts of a tag.
    """
    parameters = {"Action": request.action, "Version": request.version}
    for name, parameter in PARAMETERS[request.action].items():
        value = getattr(request, parameter.field)
        if value is None:
            continue
        for number, item in enumerate(value if parameter.is_list else (value,), start=1):
            said = getattr(item, parameter.part) if parameter.part else item
            if said is None or (said == "" and not (parameter.is_list and parameter.part)):
                continue
            text = str(said).lower() if parameter.kind is bool else str(said)
            parameters[name.replace(".N", f".{number}", 1) if parameter.is_list else name] = text
    return parameters
