"""The client's methods on tags and resource groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudsim.api.requests import (
    JoinResourceGroup,
    ListTagResources,
    TagResources,
    UntagResources,
)
from cloudsim.api.responses import (
    JoinResourceGroupResponse,
    ListTagResourcesResponse,
    TagResourcesResponse,
    UntagResourcesResponse,
)
from cloudsim.runtime.client.asking import Asking

if TYPE_CHECKING:
    from typing import Unpack

    from cloudsim.runtime.parameters.tagging import (
        JoinResourceGroupParameters,
        ListTagResourcesParameters,
        TagResourcesParameters,
        UntagResourcesParameters,
    )


class TaggingMethods(Asking):
    """Methods on tags and resource groups; what they raise stands at ``Client``."""

    async def tag_resources(self, **parameters: Unpack[TagResourcesParameters]) -> TagResourcesResponse:
        """Bind tags to resources, all or nothing."""
        return await self._ask(TagResources, TagResourcesResponse, parameters)

    async def untag_resources(self, **parameters: Unpack[UntagResourcesParameters]) -> UntagResourcesResponse:
        """Take tags off resources."""
        return await self._ask(UntagResources, UntagResourcesResponse, parameters)

    async def list_tag_resources(self, **parameters: Unpack[ListTagResourcesParameters]) -> ListTagResourcesResponse:
        """List tags of resources, or resources of tags."""
        return await self._ask(ListTagResources, ListTagResourcesResponse, parameters)

    async def join_resource_group(self, **parameters: Unpack[JoinResourceGroupParameters]) -> JoinResourceGroupResponse:
        """Move a resource to another resource group."""
        return await self._ask(JoinResourceGroup, JoinResourceGroupResponse, parameters)
