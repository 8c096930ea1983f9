"""The client's methods on VPCs and vSwitches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudsim.api.requests import (
    CreateVpc,
    CreateVSwitch,
    DeleteVpc,
    DeleteVSwitch,
    DescribeRouteTableList,
    DescribeVpcAttribute,
    DescribeVpcs,
    DescribeVSwitchAttributes,
    DescribeVSwitches,
    ModifyVpcAttribute,
    ModifyVSwitchAttribute,
)
from cloudsim.api.responses import (
    CreateVpcResponse,
    CreateVSwitchResponse,
    DeleteVpcResponse,
    DeleteVSwitchResponse,
    DescribeRouteTableListResponse,
    DescribeVpcAttributeResponse,
    DescribeVpcsResponse,
    DescribeVSwitchAttributesResponse,
    DescribeVSwitchesResponse,
    ModifyVpcAttributeResponse,
    ModifyVSwitchAttributeResponse,
)
from cloudsim.runtime.client.asking import Asking

if TYPE_CHECKING:
    from typing import Unpack

    from cloudsim.runtime.parameters.networks import (
        CreateVpcParameters,
        CreateVSwitchParameters,
        DeleteVpcParameters,
        DeleteVSwitchParameters,
        DescribeRouteTableListParameters,
        DescribeVpcAttributeParameters,
        DescribeVpcsParameters,
        DescribeVSwitchAttributesParameters,
        DescribeVSwitchesParameters,
        ModifyVpcAttributeParameters,
        ModifyVSwitchAttributeParameters,
    )


class NetworkMethods(Asking):
    """Methods on VPCs and vSwitches; what they raise stands at ``Client``."""

    async def create_vpc(self, **parameters: Unpack[CreateVpcParameters]) -> CreateVpcResponse:
        """Make a VPC."""
        return await self._ask(CreateVpc, CreateVpcResponse, parameters)

    async def delete_vpc(self, **parameters: Unpack[DeleteVpcParameters]) -> DeleteVpcResponse:
        """End a VPC that nothing lies in."""
        return await self._ask(DeleteVpc, DeleteVpcResponse, parameters)

    async def describe_vpcs(self, **parameters: Unpack[DescribeVpcsParameters]) -> DescribeVpcsResponse:
        """List VPCs, one page; the filters are joined by "and"."""
        return await self._ask(DescribeVpcs, DescribeVpcsResponse, parameters)

    async def describe_vpc_attribute(
        self, **parameters: Unpack[DescribeVpcAttributeParameters]
    ) -> DescribeVpcAttributeResponse:
        """Show one VPC."""
        return await self._ask(DescribeVpcAttribute, DescribeVpcAttributeResponse, parameters)

    async def modify_vpc_attribute(
        self, **parameters: Unpack[ModifyVpcAttributeParameters]
    ) -> ModifyVpcAttributeResponse:
        """Change what a VPC is called, and turn its IPv6 on."""
        return await self._ask(ModifyVpcAttribute, ModifyVpcAttributeResponse, parameters)

    async def describe_route_table_list(
        self, **parameters: Unpack[DescribeRouteTableListParameters]
    ) -> DescribeRouteTableListResponse:
        """List route tables, one page: the one that the system made with each VPC."""
        return await self._ask(DescribeRouteTableList, DescribeRouteTableListResponse, parameters)

    async def create_vswitch(self, **parameters: Unpack[CreateVSwitchParameters]) -> CreateVSwitchResponse:
        """Make a vSwitch: a block of addresses in one zone of a VPC."""
        return await self._ask(CreateVSwitch, CreateVSwitchResponse, parameters)

    async def delete_vswitch(self, **parameters: Unpack[DeleteVSwitchParameters]) -> DeleteVSwitchResponse:
        """End a vSwitch that is empty."""
        return await self._ask(DeleteVSwitch, DeleteVSwitchResponse, parameters)

    async def describe_vswitches(self, **parameters: Unpack[DescribeVSwitchesParameters]) -> DescribeVSwitchesResponse:
        """List vSwitches, one page with their free addresses; RegionId or VpcId is required."""
        return await self._ask(DescribeVSwitches, DescribeVSwitchesResponse, parameters)

    async def describe_vswitch_attributes(
        self, **parameters: Unpack[DescribeVSwitchAttributesParameters]
    ) -> DescribeVSwitchAttributesResponse:
        """Show one vSwitch."""
        return await self._ask(DescribeVSwitchAttributes, DescribeVSwitchAttributesResponse, parameters)

    async def modify_vswitch_attribute(
        self, **parameters: Unpack[ModifyVSwitchAttributeParameters]
    ) -> ModifyVSwitchAttributeResponse:
        """Change what a vSwitch is called, and turn its IPv6 on."""
        return await self._ask(ModifyVSwitchAttribute, ModifyVSwitchAttributeResponse, parameters)
