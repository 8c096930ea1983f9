"""The typed parameters of a client's methods, and how they become a request.

What a caller may write is a little wider than a request: a list for a tuple, a dictionary for tags. A parameter that an
action does not have, or a value of the wrong kind, is refused at once: the typed client forgives nothing, other than
HTTP, where unknown names are ignored as the real service ignores them.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from types import NoneType
from typing import Any, TypedDict, TypeVar, get_type_hints

import msgspec

from cloudsim.api.requests import ConnectionTracking, EnhancedNetwork, Request, Tag, TrafficConfig
from cloudsim.errors.own import SettingError, did_you_mean
from cloudsim.simulation.world.tables import explain

RequestT = TypeVar("RequestT", bound=Request)


class CreateParameters(TypedDict, total=False):
    """Of create_network_interface; what each means stands at the fields of ``CreateNetworkInterface``."""

    region_id: str
    vswitch_id: str
    security_group_id: str
    security_group_ids: Sequence[str]
    primary_ip_address: str
    private_ip_addresses: Sequence[str]
    secondary_private_ip_address_count: int
    network_interface_name: str
    description: str
    tags: Mapping[str, str] | Sequence[Tag]
    resource_group_id: str
    queue_number: int
    client_token: str
    ipv4_prefixes: Sequence[str]
    ipv4_prefix_count: int
    ipv6_addresses: Sequence[str]
    ipv6_address_count: int
    ipv6_prefixes: Sequence[str]
    ipv6_prefix_count: int
    instance_type: str
    network_interface_traffic_mode: str
    queue_pair_number: int
    rx_queue_size: int
    tx_queue_size: int
    delete_on_release: bool
    source_dest_check: bool
    enable_primary_ipv6: bool
    network_interface_traffic_config: TrafficConfig
    connection_tracking_configuration: ConnectionTracking
    enhanced_network: EnhancedNetwork
    business_type: str
    visible: bool


class DeleteParameters(TypedDict, total=False):
    """Of delete_network_interface."""

    region_id: str
    network_interface_id: str


class DescribeParameters(TypedDict, total=False):
    """Of describe_network_interfaces."""

    region_id: str
    vswitch_id: str
    vpc_id: str
    instance_id: str
    network_interface_ids: Sequence[str]
    primary_ip_address: str
    private_ip_addresses: Sequence[str]
    ipv6_addresses: Sequence[str]
    security_group_id: str
    network_interface_name: str
    type: str
    service_managed: bool
    status: str
    tags: Mapping[str, str] | Sequence[Tag]
    resource_group_id: str
    page_number: int
    page_size: int
    max_results: int
    next_token: str


@cache
def _kinds(request: type[Request]) -> dict[str, Any]:
    """The type of each field of a request."""
    hints = get_type_hints(request)
    return {name: hints[name] for name in request.__struct_fields__}


def make_request(kind: type[RequestT], parameters: Mapping[str, Any]) -> RequestT:
    """Make a request of what a caller wrote.

    Raises:
        SettingError: the action has no such parameter, or a value is of the wrong kind.
    """
    kinds = _kinds(kind)
    fields: dict[str, Any] = {}
    for name, value in parameters.items():
        if name not in kinds:
            raise SettingError(f"{kind.action} has no parameter {name!r}; {did_you_mean(name, kinds)}")
        try:
            fields[name] = _converted(_plain(name, value), kinds[name])
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


def _plain(name: str, value: object) -> object:
    """Take what a caller may write for what a field is made of.

    Raises:
        _Unfit: a part of a Struct is of the wrong kind; or a set, which has no order of its own.
    """
    if name == "tags" and isinstance(value, Mapping):
        return [{"Key": key, "Value": text} for key, text in value.items()]
    if isinstance(value, list | tuple):
        return [_plain("", item) for item in value]
    if isinstance(value, msgspec.Struct):
        return _converted(msgspec.to_builtins(value), type(value))  # a Struct made in Python is not checked yet
    if isinstance(value, str):
        _refuse_surrogates(value)
    if isinstance(value, str | int | NoneType):
        return value
    raise _Unfit("it is neither text, a whole number, a list nor a Struct")


def _refuse_surrogates(text: str) -> None:
    """Refuse what Python holds as a text and nobody can write as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _Unfit("it has half of a surrogate pair, which is no character") from None
