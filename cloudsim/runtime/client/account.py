"""The client's methods on regions, zones and quotas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudsim.api.requests import (
    DescribeAccountAttributes,
    DescribeRegions,
    DescribeZones,
)
from cloudsim.api.responses import (
    DescribeAccountAttributesResponse,
    DescribeRegionsResponse,
    DescribeZonesResponse,
)
from cloudsim.runtime.client.asking import Asking

if TYPE_CHECKING:
    from typing import Unpack

    from cloudsim.runtime.parameters.account import (
        DescribeAccountAttributesParameters,
        DescribeRegionsParameters,
        DescribeZonesParameters,
    )


class AccountMethods(Asking):
    """Methods on regions, zones and quotas; what they raise stands at ``Client``."""

    async def describe_regions(self, **parameters: Unpack[DescribeRegionsParameters]) -> DescribeRegionsResponse:
        """List the regions; RegionId is not asked for."""
        return await self._ask(DescribeRegions, DescribeRegionsResponse, parameters)

    async def describe_zones(self, **parameters: Unpack[DescribeZonesParameters]) -> DescribeZonesResponse:
        """List the zones of a region."""
        return await self._ask(DescribeZones, DescribeZonesResponse, parameters)

    async def describe_account_attributes(
        self, **parameters: Unpack[DescribeAccountAttributesParameters]
    ) -> DescribeAccountAttributesResponse:
        """Read the account's quotas in a region."""
        return await self._ask(DescribeAccountAttributes, DescribeAccountAttributesResponse, parameters)
