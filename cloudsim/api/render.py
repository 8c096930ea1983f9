"""Answers and refusals on the wire, as JSON and as XML.

One rendering serves every profile: all fields are written, newer ones too, because clients of today lose their footing
without them (wire.md W16) and none was found that minds one more. The sample answer of the CreateNetworkInterface
reference lacks some fields of its own table; the rendering holds every field of both. What is None is left out.

Lists are wrapped twice, ``{"SecurityGroupIds": {"SecurityGroupId": [...]}}``: clients see nothing at all, and say
nothing about it, where a list is flat. The XML form is mechanical: the names of the JSON form as elements, an item as
often as there are items. Characters that XML 1.0 cannot carry become U+FFFD in it.

Source: wire.md W15 to W22; CreateNetworkInterface reference, sample responses.
"""

import re
from enum import StrEnum
from functools import cache
from typing import Any, Final, NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree as ET

import msgspec

from cloudsim.api.responses import Interface, Response
from cloudsim.errors.base import ApiError

_PROLOGUE: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_SHAPES: Final = {
    "private_ip_addresses": "private_ip_sets",
    "ipv6_addresses": "ipv6_sets",
    "ipv4_prefixes": "ipv4_prefix_sets",
    "ipv6_prefixes": "ipv6_prefix_sets",
    "tags": "tag_pairs",
}
"""Fields of what shows an ENI that a property gives in the documented shape."""


class _WireField(NamedTuple):
    """How one field is written."""

    attribute: str
    name: str
    item: str
    """The inner name of a list; empty for anything else."""


@cache
def _wire_fields(shape: type[msgspec.Struct]) -> tuple[_WireField, ...]:
    is_interface = issubclass(shape, Interface)
    shapes = _SHAPES if is_interface else {}
    fields = [
        _WireField(shapes.get(field.name, field.name), *field.encode_name.partition(".")[::2])
        for field in msgspec.structs.fields(shape)
    ]
    if is_interface:
        fields.append(_WireField("private_ip_address", "PrivateIpAddress", ""))
    return tuple(sorted(fields, key=lambda field: field.name))


def to_wire(answer: msgspec.Struct) -> dict[str, Any]:
    """Give an answer, or a part of one, its documented names and wrapped lists.

    Returns:
        Plain dictionaries, lists, texts, integers and booleans, names in alphabetical order as the reference has them.
    """
    wire: dict[str, Any] = {}
    for attribute, name, item in _wire_fields(type(answer)):
        value = getattr(answer, attribute)
        if item:
            wire[name] = {item: [_plain(member) for member in value]}
        elif value is not None:
            wire[name] = value if type(value) is str else _plain(value)  # most are, and their subclasses are not
    return wire


def _plain(value: object) -> object:
    if isinstance(value, tuple):  # a few lists of the VPC API are flat
        return [_plain(member) for member in value]
    if isinstance(value, StrEnum):
        return value.value  # or whoever prints the answer, or pickles it, is told of our classes
    return to_wire(value) if isinstance(value, msgspec.Struct) else value


def to_json(answer: Response) -> bytes:
    """Write an answer as JSON."""
    return msgspec.json.encode(to_wire(answer))


def to_xml(answer: Response) -> bytes:
    """Write an answer as XML, its root named for the action: ``<CreateNetworkInterfaceResponse>``."""
    return _xml(f"{answer.action}Response", to_wire(answer))


def error_to_wire(error: ApiError, *, request_id: str, host_id: str, product: str = "Ecs") -> dict[str, str]:
    """Give a refusal its documented names.

    Args:
        error: the refusal.
        request_id: of the call.
        host_id: the endpoint that answers, such as ``ecs.cn-hangzhou.aliyuncs.com``.
        product: of which product the API is, ``Ecs`` or ``Vpc``.
    """
    return {
        "Code": error.code,
        "HostId": host_id,
        "Message": error.message,
        "Recommend": f"https://next.api.aliyun.com/troubleshoot?q={quote(error.code)}&product={product}",
        "RequestId": request_id,
    }


def error_to_json(error: ApiError, *, request_id: str, host_id: str, product: str = "Ecs") -> bytes:
    """Write a refusal as JSON."""
    return msgspec.json.encode(error_to_wire(error, request_id=request_id, host_id=host_id, product=product))


def error_to_xml(error: ApiError, *, request_id: str, host_id: str, product: str = "Ecs") -> bytes:
    """Write a refusal as XML, its root ``<Error>``."""
    return _xml("Error", error_to_wire(error, request_id=request_id, host_id=host_id, product=product))


def _xml(root_name: str, wire: dict[str, Any]) -> bytes:
    root = ET.Element(root_name)
    _add(root, wire)
    body: bytes = ET.tostring(root, encoding="utf-8")
    return _PROLOGUE + body


def _add(parent: ET.Element, members: dict[str, Any]) -> None:
    for name, value in members.items():
        for item in value if isinstance(value, list) else [value]:
            child = ET.SubElement(parent, name)
            if isinstance(item, dict):
                _add(child, item)
            else:
                child.text = _text(item)


def _text(value: str | int) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return _NOT_IN_XML.sub("\ufffd", text)
