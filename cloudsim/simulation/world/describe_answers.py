"""Answers of real Describe calls: the fields of them that a world needs; every other field is ignored.

Names are those of the API in snake case, with its lists as it nests them. What has no default is in every real answer.

Source: models of the SDK for DescribeVpcs, DescribeVSwitches (2016-04-28), DescribeSecurityGroups, DescribeInstances
and DescribeNetworkInterfaces (2014-05-26).
"""

from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

import msgspec

from cloudsim.errors.own import WorldError

ItemT = TypeVar("ItemT", bound="Item")


class Item(msgspec.Struct, frozen=True, kw_only=True, rename="pascal"):
    """A thing in an answer, or a part of one."""


class VpcBlocks(Item, frozen=True, kw_only=True):
    """SecondaryCidrBlocks of a VPC."""

    secondary_cidr_block: tuple[str, ...] = ()


class VpcItem(Item, frozen=True, kw_only=True):
    """A VPC of DescribeVpcs."""

    vpc_id: str
    cidr_block: str
    region_id: str = ""
    ipv6_cidr_block: str = ""
    secondary_cidr_blocks: VpcBlocks = VpcBlocks()
    owner_id: int | str = ""


class VSwitchItem(Item, frozen=True, kw_only=True):
    """A vSwitch of DescribeVSwitches."""

    v_switch_id: str
    vpc_id: str
    zone_id: str
    cidr_block: str
    available_ip_address_count: int | None = None
    ipv6_cidr_block: str = ""
    status: Literal["Available", "Pending"] = "Available"
    owner_id: int | str = ""


class SecurityGroupItem(Item, frozen=True, kw_only=True):
    """A security group of DescribeSecurityGroups; one without a VPC is of the classic network."""

    security_group_id: str
    vpc_id: str = ""
    security_group_type: Literal["normal", "enterprise"] = "normal"


class Groups(Item, frozen=True, kw_only=True):
    """SecurityGroupIds."""

    security_group_id: tuple[str, ...] = ()


class PrivateIp(Item, frozen=True, kw_only=True):
    """An address of an ENI."""

    private_ip_address: str
    primary: bool = False


class PrivateIps(Item, frozen=True, kw_only=True):
    """PrivateIpSets."""

    private_ip_set: tuple[PrivateIp, ...] = ()


class Ipv6(Item, frozen=True, kw_only=True):
    """An IPv6 address of an ENI."""

    ipv6_address: str


class Ipv6s(Item, frozen=True, kw_only=True):
    """Ipv6Sets."""

    ipv6_set: tuple[Ipv6, ...] = ()


class Ipv4Prefix(Item, frozen=True, kw_only=True):
    """A delegated /28."""

    ipv4_prefix: str


class Ipv4Prefixes(Item, frozen=True, kw_only=True):
    """Ipv4PrefixSets."""

    ipv4_prefix_set: tuple[Ipv4Prefix, ...] = ()


class Ipv6Prefix(Item, frozen=True, kw_only=True):
    """A delegated /80."""

    ipv6_prefix: str


class Ipv6Prefixes(Item, frozen=True, kw_only=True):
    """Ipv6PrefixSets."""

    ipv6_prefix_set: tuple[Ipv6Prefix, ...] = ()


class TagItem(Item, frozen=True, kw_only=True):
    """A tag of an ENI."""

    tag_key: str
    tag_value: str = ""


class Tags(Item, frozen=True, kw_only=True):
    """Tags of an ENI."""

    tag: tuple[TagItem, ...] = ()


class EniItem(Item, frozen=True, kw_only=True):
    """An ENI of DescribeNetworkInterfaces."""

    network_interface_id: str
    v_switch_id: str
    private_ip_address: str
    vpc_id: str = ""
    zone_id: str = ""
    type: Literal["Primary", "Secondary", "Trunk", "Member", ""] = ""
    """Empty is Secondary, as clients of the real API read it."""
    status: Literal["Available", "Attaching", "InUse", "Detaching", "Deleting", "Creating", "CreateFailed"] = (
        "Available"
    )
    instance_id: str = ""
    mac_address: str = ""
    network_interface_name: str = ""
    description: str = ""
    resource_group_id: str = ""
    queue_number: int = 0
    security_group_ids: Groups = Groups()
    private_ip_sets: PrivateIps = PrivateIps()
    ipv6_sets: Ipv6s = Ipv6s()
    ipv4_prefix_sets: Ipv4Prefixes = Ipv4Prefixes()
    ipv6_prefix_sets: Ipv6Prefixes = Ipv6Prefixes()
    tags: Tags = Tags()
    owner_id: int | str = ""


class IpAddresses(Item, frozen=True, kw_only=True):
    """PrivateIpAddress of an instance."""

    ip_address: tuple[str, ...] = ()


class VpcAttributes(Item, frozen=True, kw_only=True):
    """Where an instance lies; an instance of the classic network lies in no vSwitch."""

    v_switch_id: str = ""
    vpc_id: str = ""
    private_ip_address: IpAddresses = IpAddresses()


class InstanceItem(Item, frozen=True, kw_only=True):
    """An instance of DescribeInstances."""

    instance_id: str
    instance_type: str
    region_id: str = ""
    zone_id: str = ""
    status: Literal["Pending", "Starting", "Running", "Stopping", "Stopped"] = "Running"
    vpc_attributes: VpcAttributes = VpcAttributes()
    security_group_ids: Groups = Groups()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[ItemT]):
    """A thing, and where it was found."""

    item: ItemT
    file: str
    path: str

    def error(self, problem: str, name: str = "") -> WorldError:
        """Say what is wrong with one of its fields."""
        return WorldError(problem, key=f"{self.path}.{name}" if name else self.path, file=self.file)


@dataclass(slots=True, kw_only=True)
class Answers:
    """All that was found, each thing by its id, in the order of the files."""

    vpcs: dict[str, Found[VpcItem]] = field(default_factory=dict)
    vswitches: dict[str, Found[VSwitchItem]] = field(default_factory=dict)
    groups: dict[str, Found[SecurityGroupItem]] = field(default_factory=dict)
    instances: dict[str, Found[InstanceItem]] = field(default_factory=dict)
    enis: dict[str, Found[EniItem]] = field(default_factory=dict)
    regions: dict[str, None] = field(default_factory=dict)
    """RegionId of the answers themselves, where they have one."""
