"""Requests: what may be said, one frozen Struct for each action, with every documented parameter.

A field that is ``None`` was not given, and so was an empty text or an empty list. The field's wire name stands beside
it where it is not simply the same in capitals; ``params`` reads and writes the flat RPC form by these names. Structs,
because they cost a tenth of dataclasses to import and less to make; making the usual create takes 0.1 microseconds, its
fingerprint 1.

Source: CreateNetworkInterface reference, request parameters; eni_api.md sections 1.1 (newer parameters), 2.3 and 2.4.
"""

from collections.abc import Callable
from hashlib import blake2b
from operator import attrgetter
from typing import ClassVar, Final

import msgspec
from msgspec import field


class Request(msgspec.Struct, frozen=True, kw_only=True, rename="pascal", gc=False):
    """What every action has."""

    action: ClassVar[str]
    """The documented name of the action."""
    version: ClassVar[str] = "2014-05-26"
    """Of the API that has the action; this one is ECS."""

    region_id: str | None = None
    """Required. Where."""


class Tag(msgspec.Struct, frozen=True, kw_only=True, rename="pascal", gc=False):
    """A tag to bind; both parts may be an empty text, which is wrong for the key."""

    key: str | None = None
    """1 to 128 characters, not beginning with ``aliyun`` or ``acs:``."""
    value: str | None = None
    """0 to 128 characters, not beginning with ``acs:``."""


class TrafficConfig(msgspec.Struct, frozen=True, kw_only=True, rename="pascal", gc=False):
    """NetworkInterfaceTrafficConfig: queues and traffic mode in one place, by invitation."""

    network_interface_traffic_mode: str | None = None
    """``Standard`` or ``HighPerformance``."""
    queue_number: int | None = None
    """1 to 2048."""
    queue_pair_number: int | None = None
    """Queues for RDMA; only with ``HighPerformance``."""
    rx_queue_size: int | None = None
    """8192 or 16384, equal to the other."""
    tx_queue_size: int | None = None
    """8192 or 16384, equal to the other."""


class ConnectionTracking(msgspec.Struct, frozen=True, kw_only=True, rename="pascal", gc=False):
    """ConnectionTrackingConfiguration: time-outs in seconds."""

    tcp_established_timeout: int | None = None
    """30, 60, 80, 100, 200, 300, 500, 700 or 910."""
    tcp_closed_and_time_wait_timeout: int | None = None
    """3 to 15."""
    udp_timeout: int | None = None
    """10, 20, 30, 60, 80 or 100."""


class EnhancedNetwork(msgspec.Struct, frozen=True, kw_only=True, rename="pascal", gc=False):
    """EnhancedNetwork: virtual functions; not public."""

    enable_sriov: bool | None = None
    enable_rss: bool | None = None
    enable_express: bool | None = None
    virtual_function_quantity: int | None = None
    """1 to 256, only with ``enable_sriov``."""
    virtual_function_total_queue_number: int | None = None
    """Required with ``enable_sriov``, and only then."""


class CreateNetworkInterface(Request, frozen=True, kw_only=True, gc=False):
    """Make an ENI; the parameters of the reference come first, then the newer ones."""

    action: ClassVar[str] = "CreateNetworkInterface"

    vswitch_id: str | None = field(default=None, name="VSwitchId")
    """Required. Decides the VPC and the zone."""
    security_group_id: str | None = None
    """The one security group; either this or the list is required."""
    security_group_ids: tuple[str, ...] | None = None
    """The security groups, in the vSwitch's VPC."""
    primary_ip_address: str | None = None
    """The primary address; chosen by the pool if absent."""
    private_ip_addresses: tuple[str, ...] | None = field(default=None, name="PrivateIpAddress")
    """Secondary addresses, at most 10."""
    secondary_private_ip_address_count: int | None = None
    """How many secondary addresses the pool chooses; not together with the list."""
    network_interface_name: str | None = None
    """2 to 128 letters, digits, colons, underscores and hyphens, beginning with a letter."""
    description: str | None = None
    """2 to 256 characters."""
    tags: tuple[Tag, ...] | None = field(default=None, name="Tag")
    """At most 20."""
    resource_group_id: str | None = None
    """An existing resource group; the account's default one if absent."""
    queue_number: int | None = None
    """1 to 2048; the instance type has its say when the ENI is attached."""
    client_token: str | None = None
    """Makes a repeat harmless: at most 64 ASCII characters."""

    ipv4_prefixes: tuple[str, ...] | None = field(default=None, name="Ipv4Prefix")
    """/28 blocks, at most 10."""
    ipv4_prefix_count: int | None = None
    """How many /28 blocks the pool chooses, 1 to 10; not together with the list."""
    ipv6_addresses: tuple[str, ...] | None = field(default=None, name="Ipv6Address")
    """At most 10."""
    ipv6_address_count: int | None = None
    """1 to 10; not together with the list."""
    ipv6_prefixes: tuple[str, ...] | None = field(default=None, name="Ipv6Prefix")
    """/80 blocks, at most 10."""
    ipv6_prefix_count: int | None = None
    """1 to 10; not together with the list."""
    instance_type: str | None = None
    """The kind of ENI, not of an instance: ``Secondary`` or ``Trunk``."""
    network_interface_traffic_mode: str | None = None
    """``Standard`` or ``HighPerformance``."""
    queue_pair_number: int | None = None
    """Queues for RDMA; only with ``HighPerformance``."""
    rx_queue_size: int | None = None
    """8192 or 16384, equal to the other."""
    tx_queue_size: int | None = None
    """8192 or 16384, equal to the other."""
    delete_on_release: bool | None = None
    """Whether the ENI dies with its instance."""
    source_dest_check: bool | None = None
    """Whether source and destination are checked; by default not."""
    enable_primary_ipv6: bool | None = field(default=None, name="EnablePrimaryIPv6")
    """Known to SDKs, explained nowhere."""
    network_interface_traffic_config: TrafficConfig | None = None
    connection_tracking_configuration: ConnectionTracking | None = None
    enhanced_network: EnhancedNetwork | None = None
    business_type: str | None = None
    """Known to SDKs, hidden."""
    visible: bool | None = None
    """Known to SDKs, hidden."""


class DeleteNetworkInterface(Request, frozen=True, kw_only=True, gc=False):
    """Delete an ENI that is not on an instance."""

    action: ClassVar[str] = "DeleteNetworkInterface"

    network_interface_id: str | None = None
    """Required."""


class DescribeNetworkInterfaces(Request, frozen=True, kw_only=True, gc=False):
    """List ENIs; the filters are joined by "and", and an id that is unknown is simply not in the list."""

    action: ClassVar[str] = "DescribeNetworkInterfaces"

    vswitch_id: str | None = field(default=None, name="VSwitchId")
    vpc_id: str | None = None
    instance_id: str | None = None
    network_interface_ids: tuple[str, ...] | None = field(default=None, name="NetworkInterfaceId")
    """At most 100."""
    primary_ip_address: str | None = None
    private_ip_addresses: tuple[str, ...] | None = field(default=None, name="PrivateIpAddress")
    """At most 100."""
    ipv6_addresses: tuple[str, ...] | None = field(default=None, name="Ipv6Address")
    """At most 100."""
    security_group_id: str | None = None
    """Finds secondary ENIs only."""
    network_interface_name: str | None = None
    type: str | None = None
    """``Primary`` or ``Secondary``."""
    service_managed: bool | None = None
    status: str | None = None
    """``Available``, ``Attaching``, ``InUse``, ``Detaching`` or ``Deleting``."""
    tags: tuple[Tag, ...] | None = field(default=None, name="Tag")
    """At most 20; a tag without a value finds every value."""
    resource_group_id: str | None = None
    page_number: int | None = None
    """Old paging: from 1, 1 by default."""
    page_size: int | None = None
    """Old paging: 1 to 100, 10 by default."""
    max_results: int | None = None
    """New paging: at least 10, at most 500; beyond that it is moved to the nearer end, and 10 by default."""
    next_token: str | None = None
    """New paging: from the answer before."""


ACTIONS: Final[dict[str, type[Request]]] = {
    request.action: request for request in (CreateNetworkInterface, DeleteNetworkInterface, DescribeNetworkInterfaces)
}
"""Every action that can be asked for."""

_encode: Final = msgspec.msgpack.Encoder().encode


def _parameters(request: type[Request]) -> Callable[[Request], tuple[object, ...]]:
    return attrgetter(*(name for name in request.__struct_fields__ if name != "client_token"))


_PARAMETERS: Final = {request: _parameters(request) for request in ACTIONS.values()}


def fingerprint(request: Request) -> bytes:
    """Tell requests of one action apart by their parameters, the client token aside.

    Returns:
        16 bytes, equal for equal parameters on every platform. An empty text or list, which the wire never brings here,
        differs from an absent one.
    """
    return blake2b(_encode(_PARAMETERS[type(request)](request)), digest_size=16).digest()
