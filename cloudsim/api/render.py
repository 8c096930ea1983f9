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
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, Final, NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree as ET

import msgspec

from cloudsim.api.responses import Interface, Response
from cloudsim.errors.base import ApiError

_PROLOGUE: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_PLAIN: Final = frozenset({str, int, bool})
"""Types of most values, which are written as they are; what is of a type derived from them is not."""
_SHAPES: Final = {
    "private_ip_addresses": "private_ip_sets",
    "ipv6_addresses": "ipv6_sets",
    "ipv4_prefixes": "ipv4_prefix_sets",
    "ipv6_prefixes": "ipv6_prefix_sets",
    "tags": "tag_pairs",
}
"""Fields of what shows an ENI that a property gives in the documented shape."""


class _WireShape(NamedTuple):
    """How a Struct is written."""

    names: tuple[str, ...]
    """Of its fields, in alphabetical order."""
    read: Callable[[msgspec.Struct], tuple[Any, ...]]
    """Gives the values of all of them."""
    lists: tuple[tuple[str, str], ...]
    """Outer and inner names of those that are lists."""


@cache
def _wire_shape(shape: type[msgspec.Struct]) -> _WireShape:
    is_interface = issubclass(shape, Interface)
    shapes = _SHAPES if is_interface else {}
    fields = [(field.encode_name, shapes.get(field.name, field.name)) for field in msgspec.structs.fields(shape)]
    if is_interface:
        fields.append(("PrivateIpAddress", "private_ip_address"))
    fields.sort()
    attributes = [attribute for _, attribute in fields]

    def read_few(answer: msgspec.Struct) -> tuple[Any, ...]:
        return tuple([getattr(answer, attribute) for attribute in attributes])

    outer_and_inner = [name.partition(".")[::2] for name, _ in fields]
    return _WireShape(
        names=tuple([outer for outer, _ in outer_and_inner]),
        read=attrgetter(*attributes) if len(attributes) > 1 else read_few,  # attrgetter gives a tuple for several
        lists=tuple([(outer, inner) for outer, inner in outer_and_inner if inner]),
    )


def to_wire(answer: msgspec.Struct) -> dict[str, Any]:
    """Give an answer, or a part of one, its documented names and wrapped lists.

    Returns:
        Plain dictionaries, lists, texts, integers and booleans, names in alphabetical order as the reference has them.
    """
    shape = _wire_shape(type(answer))
    wire: dict[str, Any] = dict(zip(shape.names, shape.read(answer), strict=True))
    for outer, inner in shape.lists:
        wire[outer] = {inner: [_plain(member) for member in wire[outer]]}
    for name in [name for name, value in wire.items() if type(value) not in _PLAIN]:
        value = wire[name]
        if value is None:
            del wire[name]
        elif type(value) is not dict:
            wire[name] = _plain(value)
    return wire


def _plain(value: object) -> object:
    if type(value) in _PLAIN:
        return value
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
