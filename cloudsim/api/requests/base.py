"""What requests are made of: the fields of every action, and the Structs that parameters nest.

A field that is ``None`` was not given, and so was an empty text or an empty list. The field's wire name stands beside
it where it is not simply the same in capitals; ``params`` reads and writes the flat RPC form by these names. Structs,
because they cost a tenth of dataclasses to import and less to make; making the usual create takes 0.1 microseconds.

Source: CreateNetworkInterface reference, request parameters; eni_api.md section 1.1 (newer parameters).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, ClassVar, Final, TypeAlias

import msgspec

from cloudsim.errors.base import ApiError

VPC_VERSION: Final = "2016-04-28"
"""Of the VPC API."""

JsonList: TypeAlias = Annotated[tuple[str, ...], msgspec.Meta(extra={"wire": "json"})]
"""A list that the wire carries as a JSON array in one text; an empty one is given, and finds nothing."""

Variants: TypeAlias = Mapping[type[ApiError], type[ApiError]]
"""Refusals that an action gives with a status, a text or a spelling of its own, and how."""


class Request(msgspec.Struct, frozen=True, kw_only=True, rename="pascal", gc=False):
    """What every action has."""

    action: ClassVar[str]
    """The documented name of the action."""
    version: ClassVar[str] = "2014-05-26"
    """Of the API that has the action; this one is ECS."""
    without_effect: ClassVar[tuple[str, ...]] = ()
    """Documented parameters that are taken and change nothing here."""
    idle_fields: ClassVar[tuple[str, ...]] = ()
    """Likewise, but of those that are fields, since an older profile refuses them and a ClientToken stands for them:
    their documented names in full, such as ``EnhancedNetwork.EnableRss``."""
    variants: ClassVar[Variants] = MappingProxyType({})
    """What admission refuses otherwise than for other actions."""

    region_id: str | None = None
    """Where; required but where the action's own text says otherwise."""


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
    """Whether there are virtual functions; of a trunk it is turned on only while that is on no instance."""
    enable_rss: bool | None = None
    """Receive side scaling, where the type of the instance has it."""
    enable_express: bool | None = None
    """Kept and shown, and nothing else."""
    virtual_function_quantity: int | None = None
    """1 to 256, only with ``enable_sriov``."""
    virtual_function_total_queue_number: int | None = None
    """Required with ``enable_sriov``, and only then."""


class TagFilter(msgspec.Struct, frozen=True, kw_only=True, rename="pascal", gc=False):
    """A tag key with the values that will do; any value where none is given."""

    tag_key: str | None = None
    tag_values: tuple[str, ...] | None = None


class InstanceInterface(msgspec.Struct, frozen=True, kw_only=True, rename="pascal", gc=False):
    """NetworkInterface.N of RunInstances: an ENI to make with each instance, or one that exists, to be put on it.

    Where one is of type Primary, it says what the flat parameters VSwitchId, SecurityGroupId, SecurityGroupIds.N,
    PrivateIpAddress, Ipv6Address.N, Ipv6AddressCount and NetworkInterfaceQueueNumber say else, and none of them goes
    with it.
    """

    instance_type: str | None = None
    """``Primary`` or ``Secondary`` (by default)."""
    vswitch_id: str | None = msgspec.field(default=None, name="VSwitchId")
    """Required of a primary one; that of the instance by default. In the zone and the VPC of the instance."""
    network_interface_id: str | None = None
    """An ENI that exists and is Available, to be attached instead of a new one; only with an Amount of 1, and with no
    other parameter but the type Secondary."""
    primary_ip_address: str | None = None
    """Of a primary one: the address of the first instance, from which the others count on. Of a secondary one: only
    with an Amount of 1."""
    secondary_private_ip_address_count: int | None = None
    """1 to 49, as the type of the instance allows."""
    ipv6_addresses: tuple[str, ...] | None = msgspec.field(default=None, name="Ipv6Address")
    """1 to 10; only of a primary one, and with an Amount of 1."""
    ipv6_address_count: int | None = None
    """1 to 10; only of a primary one."""
    security_group_id: str | None = None
    """Required of a primary one, in one of two forms; the groups of the instance by default."""
    security_group_ids: tuple[str, ...] | None = None
    """The other form."""
    network_interface_name: str | None = None
    """2 to 128 characters."""
    description: str | None = None
    """2 to 256 characters."""
    delete_on_release: bool | None = None
    """Whether a secondary one dies with its instance; true by default, which is our choice."""
    network_card_index: int | None = None
    """Shown in the attachment, and not held against the cards of the type, which no public list has."""
    network_interface_traffic_mode: str | None = None
    """``Standard`` (by default) or ``HighPerformance``."""
    queue_number: int | None = None
    """1 to 2048, as the type of the instance allows."""
    queue_pair_number: int | None = None
    """At least 1; only with ``HighPerformance``."""
    rx_queue_size: int | None = None
    """8192 or 16384, equal to the other."""
    tx_queue_size: int | None = None
    """8192 or 16384, equal to the other."""
    source_dest_check: bool | None = None
    """False by default."""
