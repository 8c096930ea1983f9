"""Typed parameters of the methods on tags and resource groups; what each means stands at the fields of its request."""

from collections.abc import Sequence
from typing import TypedDict

from cloudsim.api.requests import TagFilter
from cloudsim.runtime.parameters.forms import Part, Tags


class TagResourcesParameters(TypedDict, total=False):
    """Of tag_resources."""

    region_id: str
    resource_ids: Sequence[str]
    resource_type: str
    tags: Tags


class UntagResourcesParameters(TypedDict, total=False):
    """Of untag_resources."""

    region_id: str
    resource_ids: Sequence[str]
    resource_type: str
    all: bool
    tag_keys: Sequence[str]


class ListTagResourcesParameters(TypedDict, total=False):
    """Of list_tag_resources."""

    region_id: str
    resource_type: str
    next_token: str
    resource_ids: Sequence[str]
    tags: Tags
    tag_filters: Sequence[TagFilter | Part]


class JoinResourceGroupParameters(TypedDict, total=False):
    """Of join_resource_group."""

    region_id: str
    resource_group_id: str
    resource_id: str
    resource_type: str
