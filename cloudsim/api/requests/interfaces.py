"""ENIs: made, ended, put on instances and taken off, listed and changed.

Source: CreateNetworkInterface reference, request parameters; eni_api.md sections 1.1, 2.1 to 2.5.
"""

from typing import ClassVar

from msgspec import field

from cloudsim.api.requests.base import ConnectionTracking, EnhancedNetwork, Request, Tag, TrafficConfig


class CreateNetworkInterface(Request, frozen=True, kw_only=True, gc=False):
    """Make an ENI; the parameters of the reference come first, then the newer ones."""

    action: ClassVar[str] = "CreateNetworkInterface"
    idle_fields: ClassVar[tuple[str, ...]] = ("EnablePrimaryIPv6", "BusinessType", "Visible")

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
    """Whether some cloud product manages the ENI: it is then in use, and on no instance that is shown."""
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


class AttachNetworkInterface(Request, frozen=True, kw_only=True, gc=False):
    """Put an ENI on an instance; the answer comes while it is Attaching."""

    action: ClassVar[str] = "AttachNetworkInterface"
    without_effect: ClassVar[tuple[str, ...]] = ("WaitForNetworkConfigurationReady",)

    instance_id: str | None = None
    """Required. Running or Stopped, in the ENI's VPC and zone."""
    network_interface_id: str | None = None
    """Required. Available; a secondary ENI or a trunk."""
    network_card_index: int | None = None
    """0 to 255; shown as it is said, since no catalogue tells how many cards there are."""
    trunk_network_instance_id: str | None = None
    """The trunk ENI, InUse on the instance, that the ENI becomes a member of."""


class DetachNetworkInterface(Request, frozen=True, kw_only=True, gc=False):
    """Take an ENI off its instance; the answer comes while it is Detaching."""

    action: ClassVar[str] = "DetachNetworkInterface"

    instance_id: str | None = None
    """Required. The one that the ENI is on, Running or Stopped."""
    network_interface_id: str | None = None
    """Required. InUse, or Detaching for ever; no primary ENI, and no trunk with members."""
    trunk_network_instance_id: str | None = None
    """Of a member: its trunk. It may be left out, but must not be another."""


class DescribeNetworkInterfaceAttribute(Request, frozen=True, kw_only=True, gc=False):
    """Show one ENI, whole; Attribute and Tag select nothing here."""

    action: ClassVar[str] = "DescribeNetworkInterfaceAttribute"
    without_effect: ClassVar[tuple[str, ...]] = ("Attribute", "Tag")

    network_interface_id: str | None = None
    """Required. It has to exist, other than in a list."""


class ModifyNetworkInterfaceAttribute(Request, frozen=True, kw_only=True, gc=False):
    """Change what an ENI is called, its groups, its queues and what becomes of it; what is not given stays."""

    action: ClassVar[str] = "ModifyNetworkInterfaceAttribute"
    without_effect: ClassVar[tuple[str, ...]] = ("EnablePrimaryIPv6",)

    network_interface_id: str | None = None
    """Required. Available or InUse; of a primary ENI only name and description change."""
    connection_tracking_configuration: ConnectionTracking | None = None
    delete_on_release: bool | None = None
    """Whether the ENI dies with its instance."""
    description: str | None = None
    """2 to 255 characters."""
    enhanced_network: EnhancedNetwork | None = None
    """Held against its rules, and shown nowhere."""
    network_interface_name: str | None = None
    """2 to 128 letters, digits, colons, underscores and hyphens, beginning with a letter."""
    network_interface_traffic_config: TrafficConfig | None = None
    """Goes before QueueNumber, RxQueueSize and TxQueueSize; HighPerformance once is HighPerformance for good."""
    queue_number: int | None = None
    """1 to 2048; on an instance only while it is Stopped, and within what its type allows."""
    rx_queue_size: int | None = None
    """8192 or 16384, equal to the other."""
    security_group_ids: tuple[str, ...] | None = field(default=None, name="SecurityGroupId")
    """The security groups that take the place of all that the ENI is in."""
    source_dest_check: bool | None = None
    """Whether source and destination are checked."""
    tx_queue_size: int | None = None
    """8192 or 16384, equal to the other."""
