"""The client's methods on addresses of ENIs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudsim.api.requests import (
    AssignIpv6Addresses,
    AssignPrivateIpAddresses,
    UnassignIpv6Addresses,
    UnassignPrivateIpAddresses,
)
from cloudsim.api.responses import (
    AssignIpv6AddressesResponse,
    AssignPrivateIpAddressesResponse,
    UnassignIpv6AddressesResponse,
    UnassignPrivateIpAddressesResponse,
)
from cloudsim.runtime.client.asking import Asking

if TYPE_CHECKING:
    from typing import Unpack

    from cloudsim.runtime.parameters.addresses import (
        AssignIpv6AddressesParameters,
        AssignPrivateIpAddressesParameters,
        UnassignIpv6AddressesParameters,
        UnassignPrivateIpAddressesParameters,
    )


class AddressMethods(Asking):
    """Methods on addresses of ENIs; what they raise stands at ``Client``."""

    async def assign_private_ip_addresses(
        self, **parameters: Unpack[AssignPrivateIpAddressesParameters]
    ) -> AssignPrivateIpAddressesResponse:
        """Give an ENI more IPv4 addresses or prefixes; both may be asked for together."""
        return await self._ask(AssignPrivateIpAddresses, AssignPrivateIpAddressesResponse, parameters)

    async def unassign_private_ip_addresses(
        self, **parameters: Unpack[UnassignPrivateIpAddressesParameters]
    ) -> UnassignPrivateIpAddressesResponse:
        """Take IPv4 addresses or prefixes from an ENI, all or none; at least one is to be named."""
        return await self._ask(UnassignPrivateIpAddresses, UnassignPrivateIpAddressesResponse, parameters)

    async def assign_ipv6_addresses(
        self, **parameters: Unpack[AssignIpv6AddressesParameters]
    ) -> AssignIpv6AddressesResponse:
        """Give an ENI more IPv6 addresses or prefixes; both may be asked for together."""
        return await self._ask(AssignIpv6Addresses, AssignIpv6AddressesResponse, parameters)

    async def unassign_ipv6_addresses(
        self, **parameters: Unpack[UnassignIpv6AddressesParameters]
    ) -> UnassignIpv6AddressesResponse:
        """Take IPv6 addresses or prefixes from an ENI, all or none; at least one is to be named."""
        return await self._ask(UnassignIpv6Addresses, UnassignIpv6AddressesResponse, parameters)
