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
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Any, Final, NamedTuple, get_args
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


class _WireShape(NamedTuple):
    """How a Struct is written."""

    read: Callable[[msgspec.Struct], tuple[Any, ...]]
    """Gives the values of its fields, in the alphabetical order of their documented names."""
    lists: tuple[tuple[int, str], ...]
    """Places of those that are lists, with the inner name of each."""
    others: tuple[int, ...]
    """Places of those that hold Structs or flat lists."""
    make: Callable[..., msgspec.Struct]
    """Makes of those values what msgspec writes as documented, the ones that are None left out."""


@cache
def _wire_shape(shape: type[msgspec.Struct]) -> _WireShape:
    is_interface = issubclass(shape, Interface)
    shapes = _SHAPES if is_interface else {}
    fields = [
        (field.encode_name, shapes.get(field.name, field.name), field.type) for field in msgspec.structs.fields(shape)
    ]
    if is_interface:
        fields.append(("PrivateIpAddress", "private_ip_address", str))
    fields.sort(key=lambda field: field[0])
    attributes = [attribute for _, attribute, _ in fields]

    def read_few(answer: msgspec.Struct) -> tuple[Any, ...]:
        return tuple([getattr(answer, attribute) for attribute in attributes])

    names = [name.partition(".")[::2] for name, _, _ in fields]
    written = [(f"f{place}", Any, msgspec.field(default=None, name=outer)) for place, (outer, _) in enumerate(names)]
    return _WireShape(
        read=attrgetter(*attributes) if len(attributes) > 1 else read_few,  # attrgetter gives a tuple for several
        lists=tuple([(place, inner) for place, (_, inner) in enumerate(names) if inner]),
        others=tuple([place for place, (_, _, kind) in enumerate(fields) if not names[place][1] and not _is_one(kind)]),
        make=msgspec.defstruct(f"Written{shape.__name__}", written, omit_defaults=True, gc=False),
    )


def _is_one(annotation: Any) -> bool:  # noqa: ANN401  a type or a generic alias
    """Whether values of a type are single ones: texts, numbers, booleans, members of enumerations, None."""
    kinds = get_args(annotation) or (annotation,)
    return all(isinstance(kind, type) and issubclass(kind, (str, int, float, NoneType)) for kind in kinds)


def _written(answer: msgspec.Struct) -> msgspec.Struct:
    """Give what msgspec writes as the answer, or a part of it, is documented."""
    read, lists, others, make = _wire_shape(type(answer))
    values = list(read(answer))
    for place, inner in lists:
        values[place] = {inner: [_written(one) if isinstance(one, msgspec.Struct) else one for one in values[place]]}
    for place in others:
        value = values[place]
        if isinstance(value, msgspec.Struct):
            values[place] = _written(value)
        elif value is not None:  # a few lists of the VPC API are flat
            values[place] = [_written(one) if isinstance(one, msgspec.Struct) else one for one in value]
    return make(*values)


def to_wire(answer: msgspec.Struct) -> dict[str, Any]:
    """Give an answer, or a part of one, its documented names and wrapped lists.

    Returns:
        Plain dictionaries, lists, texts, integers and booleans, names in alphabetical order as the reference has them.
    """
    wire: dict[str, Any] = msgspec.to_builtins(_written(answer))
    return wire


def to_json(answer: Response) -> bytes:
    """Write an answer as JSON."""
    return msgspec.json.encode(_written(answer))


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
