"""The client's methods on security groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudsim.api.requests import (
    CreateSecurityGroup,
    DeleteSecurityGroup,
    DescribeSecurityGroupAttribute,
    DescribeSecurityGroupReferences,
    DescribeSecurityGroups,
    JoinSecurityGroup,
    LeaveSecurityGroup,
    ModifySecurityGroupAttribute,
    ModifySecurityGroupPolicy,
)
from cloudsim.api.responses import (
    CreateSecurityGroupResponse,
    DeleteSecurityGroupResponse,
    DescribeSecurityGroupAttributeResponse,
    DescribeSecurityGroupReferencesResponse,
    DescribeSecurityGroupsResponse,
    JoinSecurityGroupResponse,
    LeaveSecurityGroupResponse,
    ModifySecurityGroupAttributeResponse,
    ModifySecurityGroupPolicyResponse,
)
from cloudsim.runtime.client.asking import Asking

if TYPE_CHECKING:
    from typing import Unpack

    from cloudsim.runtime.parameters.groups import (
        CreateSecurityGroupParameters,
        DeleteSecurityGroupParameters,
        DescribeSecurityGroupAttributeParameters,
        DescribeSecurityGroupReferencesParameters,
        DescribeSecurityGroupsParameters,
        JoinSecurityGroupParameters,
        LeaveSecurityGroupParameters,
        ModifySecurityGroupAttributeParameters,
        ModifySecurityGroupPolicyParameters,
    )


class GroupMethods(Asking):
    """Methods on security groups; what they raise stands at ``Client``."""

    async def create_security_group(
        self, **parameters: Unpack[CreateSecurityGroupParameters]
    ) -> CreateSecurityGroupResponse:
        """Make a security group."""
        return await self._ask(CreateSecurityGroup, CreateSecurityGroupResponse, parameters)

    async def delete_security_group(
        self, **parameters: Unpack[DeleteSecurityGroupParameters]
    ) -> DeleteSecurityGroupResponse:
        """End a security group that nobody is in."""
        return await self._ask(DeleteSecurityGroup, DeleteSecurityGroupResponse, parameters)

    async def describe_security_groups(
        self, **parameters: Unpack[DescribeSecurityGroupsParameters]
    ) -> DescribeSecurityGroupsResponse:
        """List security groups, one page; the filters are joined by "and"."""
        return await self._ask(DescribeSecurityGroups, DescribeSecurityGroupsResponse, parameters)

    async def describe_security_group_attribute(
        self, **parameters: Unpack[DescribeSecurityGroupAttributeParameters]
    ) -> DescribeSecurityGroupAttributeResponse:
        """Show one security group; its list of rules is always empty, since this cloud counts rules and has none."""
        return await self._ask(DescribeSecurityGroupAttribute, DescribeSecurityGroupAttributeResponse, parameters)

    async def modify_security_group_attribute(
        self, **parameters: Unpack[ModifySecurityGroupAttributeParameters]
    ) -> ModifySecurityGroupAttributeResponse:
        """Change what a security group is called."""
        return await self._ask(ModifySecurityGroupAttribute, ModifySecurityGroupAttributeResponse, parameters)

    async def modify_security_group_policy(
        self, **parameters: Unpack[ModifySecurityGroupPolicyParameters]
    ) -> ModifySecurityGroupPolicyResponse:
        """Say whether the members of a basic security group reach each other."""
        return await self._ask(ModifySecurityGroupPolicy, ModifySecurityGroupPolicyResponse, parameters)

    async def describe_security_group_references(
        self, **parameters: Unpack[DescribeSecurityGroupReferencesParameters]
    ) -> DescribeSecurityGroupReferencesResponse:
        """List the groups whose rules name some groups: none, since this cloud counts rules and has none."""
        return await self._ask(DescribeSecurityGroupReferences, DescribeSecurityGroupReferencesResponse, parameters)

    async def join_security_group(self, **parameters: Unpack[JoinSecurityGroupParameters]) -> JoinSecurityGroupResponse:
        """Put an instance's primary ENI, or a secondary ENI, in a security group."""
        return await self._ask(JoinSecurityGroup, JoinSecurityGroupResponse, parameters)

    async def leave_security_group(
        self, **parameters: Unpack[LeaveSecurityGroupParameters]
    ) -> LeaveSecurityGroupResponse:
        """Take an instance's primary ENI, or a secondary ENI, out of a security group."""
        return await self._ask(LeaveSecurityGroup, LeaveSecurityGroupResponse, parameters)
