"""The client's methods on ENIs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudsim.api.requests import (
    AttachNetworkInterface,
    CreateNetworkInterface,
    DeleteNetworkInterface,
    DescribeNetworkInterfaceAttribute,
    DescribeNetworkInterfaces,
    DetachNetworkInterface,
    ModifyNetworkInterfaceAttribute,
)
from cloudsim.api.responses import (
    AttachNetworkInterfaceResponse,
    CreateNetworkInterfaceResponse,
    DeleteNetworkInterfaceResponse,
    DescribeNetworkInterfaceAttributeResponse,
    DescribeNetworkInterfacesResponse,
    DetachNetworkInterfaceResponse,
    ModifyNetworkInterfaceAttributeResponse,
)
from cloudsim.runtime.client.asking import Asking

if TYPE_CHECKING:
    from typing import Unpack

    from cloudsim.runtime.parameters.interfaces import (
        AttachNetworkInterfaceParameters,
        CreateNetworkInterfaceParameters,
        DeleteNetworkInterfaceParameters,
        DescribeNetworkInterfaceAttributeParameters,
        DescribeNetworkInterfacesParameters,
        DetachNetworkInterfaceParameters,
        ModifyNetworkInterfaceAttributeParameters,
    )


class InterfaceMethods(Asking):
    """Methods on ENIs; what they raise stands at ``Client``."""

    async def create_network_interface(
        self, **parameters: Unpack[CreateNetworkInterfaceParameters]
    ) -> CreateNetworkInterfaceResponse:
        """Make an ENI; ``vswitch_id`` and a security group are required."""
        return await self._ask(CreateNetworkInterface, CreateNetworkInterfaceResponse, parameters)

    async def delete_network_interface(
        self, **parameters: Unpack[DeleteNetworkInterfaceParameters]
    ) -> DeleteNetworkInterfaceResponse:
        """Delete an ENI that is not on an instance."""
        return await self._ask(DeleteNetworkInterface, DeleteNetworkInterfaceResponse, parameters)

    async def describe_network_interfaces(
        self, **parameters: Unpack[DescribeNetworkInterfacesParameters]
    ) -> DescribeNetworkInterfacesResponse:
        """List ENIs, one page; the filters are joined by "and", and an unknown id is not in the list."""
        return await self._ask(DescribeNetworkInterfaces, DescribeNetworkInterfacesResponse, parameters)

    async def attach_network_interface(
        self, **parameters: Unpack[AttachNetworkInterfaceParameters]
    ) -> AttachNetworkInterfaceResponse:
        """Put an ENI on an instance; the answer comes before it is there."""
        return await self._ask(AttachNetworkInterface, AttachNetworkInterfaceResponse, parameters)

    async def detach_network_interface(
        self, **parameters: Unpack[DetachNetworkInterfaceParameters]
    ) -> DetachNetworkInterfaceResponse:
        """Take an ENI off its instance; the answer comes before it is off."""
        return await self._ask(DetachNetworkInterface, DetachNetworkInterfaceResponse, parameters)

    async def describe_network_interface_attribute(
        self, **parameters: Unpack[DescribeNetworkInterfaceAttributeParameters]
    ) -> DescribeNetworkInterfaceAttributeResponse:
        """Show one ENI."""
        return await self._ask(DescribeNetworkInterfaceAttribute, DescribeNetworkInterfaceAttributeResponse, parameters)

    async def modify_network_interface_attribute(
        self, **parameters: Unpack[ModifyNetworkInterfaceAttributeParameters]
    ) -> ModifyNetworkInterfaceAttributeResponse:
        """Change what an ENI is called, its groups, its queues and what becomes of it."""
        return await self._ask(ModifyNetworkInterfaceAttribute, ModifyNetworkInterfaceAttributeResponse, parameters)
