"""Answers of the operations on VPCs and vSwitches.

Source: eni_api.md section 2.13; VPC SDK, response models.
"""

from typing import ClassVar

from msgspec import field

from cloudsim.api.responses.base import Answer, Shape, VpcTag


class CreateVpcResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of CreateVpc."""

    action: ClassVar[str] = "CreateVpc"

    vpc_id: str
    vrouter_id: str = field(name="VRouterId")
    route_table_id: str
    resource_group_id: str


class DeleteVpcResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of DeleteVpc."""

    action: ClassVar[str] = "DeleteVpc"


class Ipv6CidrBlock(Shape, frozen=True, kw_only=True, gc=False):
    """An IPv6 block of a VPC, and whose network it is."""

    ipv6_cidr_block: str
    ipv6_isp: str = "BGP"


class VpcFields(Shape, frozen=True, kw_only=True, gc=False):
    """What both answers that show a VPC have."""

    vpc_id: str
    vpc_name: str
    description: str
    status: str
    """``Pending``, ``Available`` or ``Deleting``."""
    region_id: str
    owner_id: int
    creation_time: str
    cidr_block: str
    secondary_cidr_blocks: tuple[str, ...] = field(name="SecondaryCidrBlocks.SecondaryCidrBlock")
    user_cidrs: tuple[str, ...] = field(default=(), name="UserCidrs.UserCidr")
    enabled_ipv6: bool
    ipv6_cidr_block: str
    """Empty where IPv6 is not turned on."""
    ipv6_cidr_blocks: tuple[Ipv6CidrBlock, ...] = field(name="Ipv6CidrBlocks.Ipv6CidrBlock")
    is_default: bool
    vrouter_id: str = field(name="VRouterId")
    vswitch_ids: tuple[str, ...] = field(name="VSwitchIds.VSwitchId")
    resource_group_id: str
    tags: tuple[VpcTag, ...] = field(name="Tags.Tag")


class VpcShape(VpcFields, frozen=True, kw_only=True, gc=False):
    """A VPC in a list."""

    router_table_ids: tuple[str, ...] = field(name="RouterTableIds.RouterTableIds")
    nat_gateway_ids: tuple[str, ...] = field(default=(), name="NatGatewayIds.NatGatewayIds")


class DescribeVpcsResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of DescribeVpcs."""

    action: ClassVar[str] = "DescribeVpcs"

    vpcs: tuple[VpcShape, ...] = field(name="Vpcs.Vpc")
    total_count: int
    page_number: int
    page_size: int


class CloudResource(Shape, frozen=True, kw_only=True, gc=False):
    """How many things of a kind lie in a VPC."""

    resource_type: str
    resource_count: int


class DescribeVpcAttributeResponse(VpcFields, frozen=True, kw_only=True, gc=False):
    """Answer of DescribeVpcAttribute."""

    action: ClassVar[str] = "DescribeVpcAttribute"

    request_id: str

    cloud_resources: tuple[CloudResource, ...] = field(name="CloudResources.CloudResourceSetType")
    classic_link_enabled: bool = False


class ModifyVpcAttributeResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of ModifyVpcAttribute."""

    action: ClassVar[str] = "ModifyVpcAttribute"


class RouteTableShape(Shape, frozen=True, kw_only=True, gc=False):
    """A route table in a list: that which the system made with a VPC."""

    route_table_id: str
    route_table_name: str = ""
    description: str = ""
    route_table_type: str = "System"
    status: str
    """``Pending`` while its VPC is made and while that ends, else ``Available``."""
    vpc_id: str
    router_id: str
    router_type: str = "VRouter"
    vswitch_ids: tuple[str, ...] = field(name="VSwitchIds.VSwitchId")
    """Those of its VPC, all of which it routes for."""
    associate_type: str = "VSwitch"
    gateway_ids: tuple[str, ...] = field(default=(), name="GatewayIds.GatewayIds")
    route_propagation_enable: bool = True
    """As of a table that nobody has changed; nothing is propagated here."""
    owner_id: int
    creation_time: str
    resource_group_id: str
    tags: tuple[VpcTag, ...] = field(default=(), name="Tags.Tag")


class DescribeRouteTableListResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of DescribeRouteTableList."""

    action: ClassVar[str] = "DescribeRouteTableList"

    route_tables: tuple[RouteTableShape, ...] = field(name="RouterTableList.RouterTableListType")
    total_count: int
    page_number: int
    page_size: int


class CreateVSwitchResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of CreateVSwitch."""

    action: ClassVar[str] = "CreateVSwitch"

    vswitch_id: str = field(name="VSwitchId")


class DeleteVSwitchResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of DeleteVSwitch."""

    action: ClassVar[str] = "DeleteVSwitch"


class RouteTable(Shape, frozen=True, kw_only=True, gc=False):
    """The route table of a vSwitch: that of its VPC."""

    route_table_id: str
    route_table_type: str = "System"


class VSwitchFields(Shape, frozen=True, kw_only=True, gc=False):
    """What both answers that show a vSwitch have."""

    vswitch_id: str = field(name="VSwitchId")
    vswitch_name: str = field(name="VSwitchName")
    description: str
    vpc_id: str
    zone_id: str
    status: str
    """``Pending`` while it is made and while it ends, else ``Available``."""
    owner_id: int
    creation_time: str
    cidr_block: str
    ipv6_cidr_block: str
    """Empty where IPv6 is not turned on."""
    enabled_ipv6: bool
    available_ip_address_count: int
    """IPv4 addresses that are free; those that are set aside for prefixes are not."""
    is_default: bool
    resource_group_id: str
    route_table: RouteTable
    network_acl_id: str = ""
    share_type: str = ""
    tags: tuple[VpcTag, ...] = field(name="Tags.Tag")


class VSwitchShape(VSwitchFields, frozen=True, kw_only=True, gc=False):
    """A vSwitch in a list."""


class DescribeVSwitchesResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of DescribeVSwitches."""

    action: ClassVar[str] = "DescribeVSwitches"

    vswitches: tuple[VSwitchShape, ...] = field(name="VSwitches.VSwitch")
    total_count: int
    page_number: int
    page_size: int


class DescribeVSwitchAttributesResponse(VSwitchFields, frozen=True, kw_only=True, gc=False):
    """Answer of DescribeVSwitchAttributes."""

    action: ClassVar[str] = "DescribeVSwitchAttributes"

    request_id: str


class ModifyVSwitchAttributeResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of ModifyVSwitchAttribute."""

    action: ClassVar[str] = "ModifyVSwitchAttribute"
