"""Answers of the operations on tags and resource groups.

Source: eni_api.md section 2.12; ListTagResources reference.
"""

from typing import ClassVar

from msgspec import field

from cloudsim.api.responses.base import Answer, Shape


class TagResourceItem(Shape, frozen=True, kw_only=True, gc=False):
    """One tag of one resource."""

    resource_id: str
    resource_type: str
    """In lower case, however it was asked for."""
    tag_key: str
    tag_value: str


class TagResourcesResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of TagResources."""

    action: ClassVar[str] = "TagResources"


class UntagResourcesResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of UntagResources."""

    action: ClassVar[str] = "UntagResources"


class ListTagResourcesResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of ListTagResources."""

    action: ClassVar[str] = "ListTagResources"

    tag_resources: tuple[TagResourceItem, ...] = field(name="TagResources.TagResource")
    next_token: str


class JoinResourceGroupResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of JoinResourceGroup."""

    action: ClassVar[str] = "JoinResourceGroup"
