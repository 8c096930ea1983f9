"""Answers of the operations on instances.

Source: eni_api.md sections 2.9 and 2.10; wire.md W15 and section 4 (what clients cannot do without).
"""

from typing import ClassVar

from msgspec import field

from cloudsim.api.responses.base import Answer, Shape, TagPair
from cloudsim.api.responses.interfaces import Ipv4PrefixSet, Ipv6PrefixSet, Ipv6Set, PrivateIpSet


class RunInstancesResponse(Answer, frozen=True, kw_only=True, gc=False):
    """The instances are Pending."""

    action: ClassVar[str] = "RunInstances"

    instance_id_sets: tuple[str, ...] = field(name="InstanceIdSets.InstanceIdSet")


class StartInstanceResponse(Answer, frozen=True, kw_only=True, gc=False):
    """The instance is Starting."""

    action: ClassVar[str] = "StartInstance"


class StopInstanceResponse(Answer, frozen=True, kw_only=True, gc=False):
    """The instance is Stopping."""

    action: ClassVar[str] = "StopInstance"


class DeleteInstanceResponse(Answer, frozen=True, kw_only=True, gc=False):
    """The instance is gone."""

    action: ClassVar[str] = "DeleteInstance"


class InstanceNetworkInterface(Shape, frozen=True, kw_only=True, gc=False):
    """An ENI in the description of its instance."""

    network_interface_id: str
    mac_address: str
    primary_ip_address: str
    type: str
    private_ip_sets: tuple[PrivateIpSet, ...] = field(name="PrivateIpSets.PrivateIpSet")
    ipv6_sets: tuple[Ipv6Set, ...] = field(name="Ipv6Sets.Ipv6Set")
    ipv4_prefix_sets: tuple[Ipv4PrefixSet, ...] = field(name="Ipv4PrefixSets.Ipv4PrefixSet")
    ipv6_prefix_sets: tuple[Ipv6PrefixSet, ...] = field(name="Ipv6PrefixSets.Ipv6PrefixSet")


class VpcAttributes(Shape, frozen=True, kw_only=True, gc=False):
    """Where an instance is."""

    vpc_id: str
    vswitch_id: str = field(name="VSwitchId")
    private_ip_address: tuple[str, ...] = field(name="PrivateIpAddress.IpAddress")
    """The primary address of the primary ENI, alone."""
    nat_ip_address: str = ""


class EipAddress(Shape, frozen=True, kw_only=True, gc=False):
    """The public address of an instance; empty, since there are none in this cloud."""

    allocation_id: str = ""
    ip_address: str = ""
    internet_charge_type: str = ""


class InstanceShown(Shape, frozen=True, kw_only=True, gc=False):
    """One instance of a list."""

    instance_id: str
    instance_name: str
    """The id where no name was given."""
    description: str
    host_name: str
    image_id: str
    status: str
    stopped_mode: str
    """How it was stopped, while it is; ``Not-applicable`` else."""
    instance_type: str
    instance_type_family: str
    """The type without its size."""
    cpu: int | None = None
    memory: int | None = None
    """MiB."""
    region_id: str
    zone_id: str
    creation_time: str
    """To the minute: ``2017-12-10T04:04Z``."""
    deletion_protection: bool
    resource_group_id: str
    instance_network_type: str = "vpc"
    instance_charge_type: str = "PostPaid"
    io_optimized: bool = True
    vpc_attributes: VpcAttributes
    network_interfaces: tuple[InstanceNetworkInterface, ...] = field(name="NetworkInterfaces.NetworkInterface")
    """The primary one first; also those that come and go."""
    security_group_ids: tuple[str, ...] = field(name="SecurityGroupIds.SecurityGroupId")
    """Of the primary ENI."""
    tags: tuple[TagPair, ...] = field(name="Tags.Tag")
    eip_address: EipAddress = EipAddress()
    inner_ip_address: tuple[str, ...] = field(default=(), name="InnerIpAddress.IpAddress")
    public_ip_address: tuple[str, ...] = field(default=(), name="PublicIpAddress.IpAddress")
    operation_locks: tuple[str, ...] = field(default=(), name="OperationLocks.LockReason")


class DescribeInstancesResponse(Answer, frozen=True, kw_only=True, gc=False):
    """One page of instances."""

    action: ClassVar[str] = "DescribeInstances"

    instances: tuple[InstanceShown, ...] = field(name="Instances.Instance")
    total_count: int
    page_number: int
    page_size: int
    next_token: str = ""
    """For the next page in the new style of paging; empty on the last one."""


class InstanceStatusShown(Shape, frozen=True, kw_only=True, gc=False):
    """The status of one instance."""

    instance_id: str
    status: str


class DescribeInstanceStatusResponse(Answer, frozen=True, kw_only=True, gc=False):
    """One page of instances with nothing but their status."""

    action: ClassVar[str] = "DescribeInstanceStatus"

    instance_statuses: tuple[InstanceStatusShown, ...] = field(name="InstanceStatuses.InstanceStatus")
    total_count: int
    page_number: int
    page_size: int


class EnhancedNetworkSupport(Shape, frozen=True, kw_only=True, gc=False):
    """What of EnhancedNetwork a type has; left out where that is not known."""

    rss_support: bool


class InstanceTypeShown(Shape, frozen=True, kw_only=True, gc=False):
    """One type of the catalogue; a number that is not known is left out."""

    instance_type_id: str
    instance_type_family: str
    """The type without its size."""
    cpu_core_count: int | None = None
    memory_size: int | float | None = None
    """GiB; with a fraction only where it has one."""
    eni_quantity: int | None = None
    """ENIs on one instance, the primary one included."""
    eni_private_ip_address_quantity: int | None = None
    """Addresses of one ENI, its primary one included."""
    eni_ipv6_address_quantity: int | None = None
    eni_total_quantity: int | None = None
    """ENIs with the members of trunks."""
    eni_trunk_supported: bool | None = None
    primary_eni_queue_number: int | None = None
    secondary_eni_queue_number: int | None = None
    maximum_queue_number_per_eni: int | None = None
    total_eni_queue_quantity: int | None = None
    eri_quantity: int | None = None
    """ENIs in HighPerformance traffic mode on one instance."""
    queue_pair_number: int | None = None
    """Queues for RDMA of one ENI."""
    enhanced_network: EnhancedNetworkSupport | None = None


class DescribeInstanceTypesResponse(Answer, frozen=True, kw_only=True, gc=False):
    """One page of types."""

    action: ClassVar[str] = "DescribeInstanceTypes"

    instance_types: tuple[InstanceTypeShown, ...] = field(name="InstanceTypes.InstanceType")
    next_token: str = ""
    """For the next page; empty on the last one."""
