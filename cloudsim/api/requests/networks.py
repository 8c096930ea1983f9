"""VPCs and vSwitches.

Source: eni_api.md section 2.13.
"""

from typing import ClassVar

from msgspec import field

from cloudsim.api.requests.base import VPC_VERSION, Request, Tag


class CreateVpc(Request, frozen=True, kw_only=True, gc=False):
    """Make a VPC; it is Pending when the answer comes, and Available soon after."""

    action: ClassVar[str] = "CreateVpc"
    version: ClassVar[str] = VPC_VERSION
    without_effect: ClassVar[tuple[str, ...]] = (
        "EnableDnsHostname",
        "Ipv4CidrMask",
        "Ipv4IpamPoolId",
        "Ipv6CidrMask",
        "Ipv6IpamPoolId",
        "Ipv6Isp",
        "UserCidr",
    )

    cidr_block: str | None = None
    """Its IPv4 block, /16 (in the classic profile /8) to /28; 172.16.0.0/12 unless given."""
    vpc_name: str | None = None
    """1 to 128 characters, not beginning with ``http://`` or ``https://``."""
    description: str | None = None
    """1 to 256 characters, not beginning with ``http://`` or ``https://``."""
    enable_ipv6: bool | None = None
    """Whether it gets an IPv6 block, a /56; false unless given."""
    ipv6_cidr_block: str | None = None
    """Which IPv6 block it gets, a /56; turns IPv6 on. Need not have been allocated before, as the real one has to."""
    resource_group_id: str | None = None
    """The account's default one unless given."""
    tags: tuple[Tag, ...] | None = field(default=None, name="Tag")
    """At most 20."""
    dry_run: bool | None = None
    """Whether to check only: what passes is answered by DryRunOperation, a refusal."""
    client_token: str | None = None
    """At most 64 ASCII characters."""


class DeleteVpc(Request, frozen=True, kw_only=True, gc=False):
    """End a VPC that nothing lies in; it is Deleting when the answer comes, and gone soon after."""

    action: ClassVar[str] = "DeleteVpc"
    version: ClassVar[str] = VPC_VERSION
    without_effect: ClassVar[tuple[str, ...]] = ("ForceDelete",)

    vpc_id: str | None = None
    """Required; RegionId may be left out."""
    dry_run: bool | None = None
    """Whether to check only: what passes is answered by DryRunOperation, a refusal."""
    client_token: str | None = None
    """At most 64 ASCII characters."""


class DescribeVpcs(Request, frozen=True, kw_only=True, gc=False):
    """List VPCs; the filters are joined by "and"."""

    action: ClassVar[str] = "DescribeVpcs"
    version: ClassVar[str] = VPC_VERSION
    without_effect: ClassVar[tuple[str, ...]] = (
        "DhcpOptionsSetId",
        "VpcOwnerId",
    )

    vpc_id: str | None = None
    """One, or up to 20 divided by commas; one that is unknown is no error."""
    vpc_name: str | None = None
    """The whole name."""
    is_default: bool | None = None
    """All unless given."""
    enable_ipv6: bool | None = None
    """Those with IPv6, or those without; all unless given."""
    resource_group_id: str | None = None
    """Those of one resource group."""
    tags: tuple[Tag, ...] | None = field(default=None, name="Tag")
    """At most 20; one without a value finds every value of its key."""
    page_number: int | None = None
    """1 unless given."""
    page_size: int | None = None
    """1 to 50, 10 unless given."""
    dry_run: bool | None = None
    """Whether to check only: what passes is answered by DryRunOperation, a refusal."""


class DescribeVpcAttribute(Request, frozen=True, kw_only=True, gc=False):
    """Show one VPC."""

    action: ClassVar[str] = "DescribeVpcAttribute"
    version: ClassVar[str] = VPC_VERSION
    without_effect: ClassVar[tuple[str, ...]] = ("IsDefault",)

    vpc_id: str | None = None
    """Required; RegionId may be left out."""
    dry_run: bool | None = None
    """Whether to check only: what passes is answered by DryRunOperation, a refusal."""


class ModifyVpcAttribute(Request, frozen=True, kw_only=True, gc=False):
    """Change what a VPC is called, and turn its IPv6 on; what is not given stays as it is."""

    action: ClassVar[str] = "ModifyVpcAttribute"
    version: ClassVar[str] = VPC_VERSION
    without_effect: ClassVar[tuple[str, ...]] = (
        "CidrBlock",
        "EnableDnsHostname",
        "Ipv6Isp",
    )

    vpc_id: str | None = None
    """Required; RegionId may be left out."""
    vpc_name: str | None = None
    """1 to 128 characters, not beginning with ``http://`` or ``https://``."""
    description: str | None = None
    """1 to 256 characters, not beginning with ``http://`` or ``https://``."""
    enable_ipv6: bool | None = field(default=None, name="EnableIPv6")
    """True turns IPv6 on, with a block that is chosen unless one is given; false turns nothing off."""
    ipv6_cidr_block: str | None = None
    """Which IPv6 block it gets, a /56; turns IPv6 on."""


class DescribeRouteTableList(Request, frozen=True, kw_only=True, gc=False):
    """List route tables, of which each VPC has the one of the system alone; the filters are joined by "and"."""

    action: ClassVar[str] = "DescribeRouteTableList"
    version: ClassVar[str] = VPC_VERSION

    vpc_id: str | None = None
    """That of one VPC; one that is unknown is no error."""
    route_table_id: str | None = None
    """One; one that is unknown is no error."""
    router_id: str | None = None
    """That of one router, CreateVpc's VRouterId."""
    router_type: str | None = None
    """``VRouter`` (by default) or ``VBR``, of which there are none; out of force where VpcId is given."""
    route_table_type: str | None = None
    """``System`` or ``Custom``, of which there are none."""
    route_table_name: str | None = None
    """The whole name; tables of the system have none."""
    resource_group_id: str | None = None
    """Those of VPCs of one resource group."""
    tags: tuple[Tag, ...] | None = field(default=None, name="Tag")
    """At most 20; tables of the system have none."""
    page_number: int | None = None
    """1 unless given."""
    page_size: int | None = None
    """1 to 50, 10 unless given."""


class CreateVSwitch(Request, frozen=True, kw_only=True, gc=False):
    """Make a vSwitch, a block of addresses in one zone of a VPC; it is Pending first, and Available soon after."""

    action: ClassVar[str] = "CreateVSwitch"
    version: ClassVar[str] = VPC_VERSION
    without_effect: ClassVar[tuple[str, ...]] = ("VpcIpv6CidrBlock",)

    zone_id: str | None = None
    """Required."""
    vpc_id: str | None = None
    """Required; RegionId may be left out."""
    cidr_block: str | None = None
    """Its IPv4 block, /16 to /29, inside one block of the VPC; this or the mask is required."""
    cidr_mask: int | None = None
    """16 to 29: the lowest block of this length that is free in the VPC."""
    ipv6_cidr_block: int | None = None
    """0 to 255: which /64 of the VPC's IPv6 block it gets; none unless given."""
    ipv6_cidr_mask: int | None = None
    """64, if given."""
    vswitch_name: str | None = field(default=None, name="VSwitchName")
    """1 to 128 characters, not beginning with ``http://`` or ``https://``."""
    description: str | None = None
    """1 to 256 characters, not beginning with ``http://`` or ``https://``."""
    tags: tuple[Tag, ...] | None = field(default=None, name="Tag")
    """At most 20."""
    client_token: str | None = None
    """At most 64 ASCII characters."""


class DeleteVSwitch(Request, frozen=True, kw_only=True, gc=False):
    """End a vSwitch that is empty; it is Pending when the answer comes, and gone soon after."""

    action: ClassVar[str] = "DeleteVSwitch"
    version: ClassVar[str] = VPC_VERSION

    vswitch_id: str | None = field(default=None, name="VSwitchId")
    """Required; RegionId may be left out."""
    dry_run: bool | None = None
    """Whether to check only: what passes is answered by DryRunOperation, a refusal."""


class DescribeVSwitches(Request, frozen=True, kw_only=True, gc=False):
    """List vSwitches with their free addresses; RegionId or VpcId is required, and the filters are joined by "and"."""

    action: ClassVar[str] = "DescribeVSwitches"
    version: ClassVar[str] = VPC_VERSION
    without_effect: ClassVar[tuple[str, ...]] = (
        "RouteTableId",
        "VSwitchOwnerId",
    )

    vswitch_id: str | None = field(default=None, name="VSwitchId")
    """One; one that is unknown is no error."""
    vpc_id: str | None = None
    """Those of one VPC; an unknown one is an error only where it has to tell the region."""
    zone_id: str | None = None
    """Those in one zone."""
    vswitch_name: str | None = field(default=None, name="VSwitchName")
    """The whole name."""
    is_default: bool | None = None
    """All unless given."""
    enable_ipv6: bool | None = None
    """Those with IPv6, or those without; all unless given."""
    resource_group_id: str | None = None
    """Those of one resource group."""
    tags: tuple[Tag, ...] | None = field(default=None, name="Tag")
    """At most 20; one without a value finds every value of its key."""
    page_number: int | None = None
    """1 unless given."""
    page_size: int | None = None
    """1 to 50, 10 unless given."""
    dry_run: bool | None = None
    """Whether to check only: what passes is answered by DryRunOperation, a refusal."""


class DescribeVSwitchAttributes(Request, frozen=True, kw_only=True, gc=False):
    """Show one vSwitch."""

    action: ClassVar[str] = "DescribeVSwitchAttributes"
    version: ClassVar[str] = VPC_VERSION

    vswitch_id: str | None = field(default=None, name="VSwitchId")
    """Required; RegionId may be left out."""
    dry_run: bool | None = None
    """Whether to check only: what passes is answered by DryRunOperation, a refusal."""


class ModifyVSwitchAttribute(Request, frozen=True, kw_only=True, gc=False):
    """Change what a vSwitch is called, and turn its IPv6 on; what is not given stays as it is."""

    action: ClassVar[str] = "ModifyVSwitchAttribute"
    version: ClassVar[str] = VPC_VERSION
    without_effect: ClassVar[tuple[str, ...]] = (
        "Ipv6CidrMask",
        "VpcIpv6CidrBlock",
    )

    vswitch_id: str | None = field(default=None, name="VSwitchId")
    """Required; RegionId may be left out."""
    vswitch_name: str | None = field(default=None, name="VSwitchName")
    """1 to 128 characters, not beginning with ``http://`` or ``https://``."""
    description: str | None = None
    """1 to 256 characters, not beginning with ``http://`` or ``https://``."""
    enable_ipv6: bool | None = field(default=None, name="EnableIPv6")
    """True turns IPv6 on, with the lowest free /64 of the VPC unless one is named; false turns nothing off."""
    ipv6_cidr_block: int | None = None
    """0 to 255: which /64 of the VPC's IPv6 block it gets; turns IPv6 on."""
