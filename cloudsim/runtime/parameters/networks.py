"""Typed parameters of the methods on VPCs and vSwitches; what each means stands at the fields of its request."""

from typing import TypedDict

from cloudsim.runtime.parameters.forms import Tags


class CreateVpcParameters(TypedDict, total=False):
    """Of create_vpc."""

    region_id: str
    cidr_block: str
    vpc_name: str
    description: str
    enable_ipv6: bool
    ipv6_cidr_block: str
    resource_group_id: str
    tags: Tags
    dry_run: bool
    client_token: str


class DeleteVpcParameters(TypedDict, total=False):
    """Of delete_vpc."""

    region_id: str
    vpc_id: str
    dry_run: bool
    client_token: str


class DescribeVpcsParameters(TypedDict, total=False):
    """Of describe_vpcs."""

    region_id: str
    vpc_id: str
    vpc_name: str
    is_default: bool
    enable_ipv6: bool
    resource_group_id: str
    tags: Tags
    page_number: int
    page_size: int
    dry_run: bool


class DescribeVpcAttributeParameters(TypedDict, total=False):
    """Of describe_vpc_attribute."""

    region_id: str
    vpc_id: str
    dry_run: bool


class ModifyVpcAttributeParameters(TypedDict, total=False):
    """Of modify_vpc_attribute."""

    region_id: str
    vpc_id: str
    vpc_name: str
    description: str
    enable_ipv6: bool
    ipv6_cidr_block: str


class DescribeRouteTableListParameters(TypedDict, total=False):
    """Of describe_route_table_list."""

    region_id: str
    vpc_id: str
    route_table_id: str
    router_id: str
    router_type: str
    route_table_type: str
    route_table_name: str
    resource_group_id: str
    tags: Tags
    page_number: int
    page_size: int


class CreateVSwitchParameters(TypedDict, total=False):
    """Of create_vswitch."""

    region_id: str
    zone_id: str
    vpc_id: str
    cidr_block: str
    cidr_mask: int
    ipv6_cidr_block: int
    ipv6_cidr_mask: int
    vswitch_name: str
    description: str
    tags: Tags
    client_token: str


class DeleteVSwitchParameters(TypedDict, total=False):
    """Of delete_vswitch."""

    region_id: str
    vswitch_id: str
    dry_run: bool


class DescribeVSwitchesParameters(TypedDict, total=False):
    """Of describe_vswitches."""

    region_id: str
    vswitch_id: str
    vpc_id: str
    zone_id: str
    vswitch_name: str
    is_default: bool
    enable_ipv6: bool
    resource_group_id: str
    tags: Tags
    page_number: int
    page_size: int
    dry_run: bool


class DescribeVSwitchAttributesParameters(TypedDict, total=False):
    """Of describe_vswitch_attributes."""

    region_id: str
    vswitch_id: str
    dry_run: bool


class ModifyVSwitchAttributeParameters(TypedDict, total=False):
    """Of modify_vswitch_attribute."""

    region_id: str
    vswitch_id: str
    vswitch_name: str
    description: str
    enable_ipv6: bool
    ipv6_cidr_block: int
