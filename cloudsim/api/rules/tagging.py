"""Rules of tags and resource groups.

The order, which no document states: what is missing, how many, which type of resources, the tags themselves.

Source: eni_api.md section 2.12; TagResources, UntagResources, ListTagResources and JoinResourceGroup references.
"""

from typing import Final, TypeAlias

from cloudsim.api.requests import JoinResourceGroup, ListTagResources, Request, TagResources, UntagResources
from cloudsim.api.rules.bounds import require_short
from cloudsim.api.rules.describing import require_keys
from cloudsim.api.rules.naming import require_tags
from cloudsim.api.rules.rule import Rule
from cloudsim.errors.parameters import InvalidParameterConflict
from cloudsim.errors.tagging import (
    InvalidParameterTagValue,
    InvalidResourceTypeNotFound,
    MissingForResourceGroup,
    MissingParameterRegionId,
    MissingParameterResourceIds,
    MissingParameterResourceType,
    MissingParameterTags,
    NumberExceedResourceIds,
    NumberExceedTags,
)
from cloudsim.errors.tags import InvalidTagKeyMalformed
from cloudsim.values.profile import Profile

RESOURCE_TYPES: Final = ("eni", "instance", "securitygroup", "vpc", "vswitch")
"""The types of resources that exist here, as ECS writes them; the VPC API writes its own in capitals."""

_FILTERS_MAX: Final = 5

_TagRequest: TypeAlias = TagResources | UntagResources | ListTagResources


def place_is_given(request: _TagRequest, _profile: Profile) -> None:
    """Require RegionId and ResourceType."""
    if not request.region_id:
        raise MissingParameterRegionId
    if not request.resource_type:
        raise MissingParameterResourceType


def resources_are_given(request: TagResources | UntagResources, _profile: Profile) -> None:
    """Require ResourceId.N."""
    if not request.resource_ids:
        raise MissingParameterResourceIds


def tags_are_given(request: TagResources, _profile: Profile) -> None:
    """Require Tag.N."""
    if not request.tags:
        raise MissingParameterTags


def keys_are_given(request: UntagResources, profile: Profile) -> None:
    """Require TagKey.N, or All, and not too many keys."""
    if not request.tag_keys and not request.all:
        raise MissingParameterTags
    _require_few(request.tag_keys, profile)


def something_is_sought(request: ListTagResources, profile: Profile) -> None:
    """Require resources, tags or filters; tags and filters exclude each other."""
    if not request.resource_ids and not request.tags and not request.tag_filters:
        raise MissingParameterTags
    if request.tags and request.tag_filters:
        raise InvalidParameterConflict(parameter="Tag.N", other="TagFilter.N")
    _require_few(request.tags, profile)
    for tag in request.tags or ():
        if not tag.key and tag.value:
            raise InvalidParameterTagValue(value=tag.value)
    require_keys(request.tags)
    require_short("TagFilter.N", request.tag_filters, _FILTERS_MAX)
    for one in request.tag_filters or ():
        if not one.tag_key:
            raise InvalidTagKeyMalformed(key="")
        require_short("TagFilter.N.TagValues.N", one.tag_values, _FILTERS_MAX)


def _require_few(tags: tuple[object, ...] | None, profile: Profile) -> None:
    if tags and len(tags) > profile.tags_per_request_max:
        raise NumberExceedTags(asked=len(tags), limit=profile.tags_per_request_max)


def resources_are_few(request: _TagRequest, profile: Profile) -> None:
    """Refuse more resources than one request may name, and types that there are not."""
    asked = len(request.resource_ids or ())
    if asked > profile.ids_per_tag_call_max:
        raise NumberExceedResourceIds(asked=asked, limit=profile.ids_per_tag_call_max)
    type_is_known(request, profile)


def tags_are_well_formed(request: TagResources, profile: Profile) -> None:
    """Refuse too many tags, malformed ones, and a key that is said twice."""
    _require_few(request.tags, profile)
    require_tags(request.tags, profile)


def type_is_known(request: _TagRequest | JoinResourceGroup, _profile: Profile) -> None:
    """Refuse a type of resources that does not exist here; capitals do not matter."""
    if (request.resource_type or "").lower() not in RESOURCE_TYPES:
        raise InvalidResourceTypeNotFound(type=request.resource_type or "")


def move_is_complete(request: JoinResourceGroup, _profile: Profile) -> None:
    """Require everything, in the order of the documents' error codes; ResourceType last."""
    for name, value in (
        ("ResourceId", request.resource_id),
        ("ResourceGroupId", request.resource_group_id),
        ("RegionId", request.region_id),
        ("ResourceType", request.resource_type),
    ):
        if not value:
            raise MissingForResourceGroup(parameter=name)


RULES: Final[dict[type[Request], tuple[Rule, ...]]] = {
    TagResources: (place_is_given, resources_are_given, tags_are_given, resources_are_few, tags_are_well_formed),
    UntagResources: (place_is_given, resources_are_given, keys_are_given, resources_are_few),
    ListTagResources: (place_is_given, something_is_sought, resources_are_few),
    JoinResourceGroup: (move_is_complete, type_is_known),
}
"""The rules of each action in the order in which they are asked."""
