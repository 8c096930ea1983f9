"""TagResources and UntagResources: all or nothing over all resources of one request.

A resource that has as many tags as it may have refuses a further one by another code than one that would come to have
too many; the documents have both codes and do not say when which is given. A RAM user may be denied single tags, which
he can then not bind, take off (also not with all others) or look for.

Source: eni_api.md sections 2.12 and 6; TagResources and UntagResources references.
"""

from collections.abc import Mapping

from cloudsim.api.requests import TagResources, UntagResources
from cloudsim.api.responses import TagResourcesResponse, UntagResourcesResponse
from cloudsim.errors.tagging import OperationDeniedQuotaExceed, ResourceQuotaExceedTags
from cloudsim.operations.admission import admit
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.operations.tagging.resources import Resource, ResourceType, type_of
from cloudsim.resources.cloud import Cloud


def tag(cloud: Cloud, call: Call[TagResources], policy: Policy) -> Operation:
    """Bind tags to resources."""
    del policy  # nothing here is left open
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.COMMIT
    kind = type_of(request.resource_type)
    new = {one.key or "": one.value or "" for one in request.tags or ()}
    estate.account.require_tags(call.user, new)
    found = kind.find(cloud, estate, request.resource_ids or ())
    after = [dict(resource.tags) | new for resource in found]
    for resource, tags in zip(found, after, strict=True):
        _require_room(resource, len(tags), cloud.profile.tags_per_resource_max)
    for resource, tags in zip(found, after, strict=True):
        _set(cloud, kind, resource, tags)
    cloud.answer(TagResourcesResponse(request_id=call.draws.request_id()))
    yield Phase.RESPOND


def _require_room(resource: Resource, wanted: int, limit: int) -> None:
    had = len(resource.tags)
    if wanted <= max(limit, had):
        return  # new values for keys that it has are always possible
    if had >= limit:
        raise OperationDeniedQuotaExceed(resource=resource.id, used=had, limit=limit)
    raise ResourceQuotaExceedTags(resource=resource.id, used=had, limit=limit, asked=wanted)


def _set(cloud: Cloud, kind: ResourceType, resource: Resource, tags: Mapping[str, str]) -> None:
    """Give a resource other tags; what would be no change is not written down."""
    pairs = tuple(tags.items())
    if pairs != resource.tags:
        with kind.changing(cloud, resource):
            resource.tags = pairs


def untag(cloud: Cloud, call: Call[UntagResources], policy: Policy) -> Operation:
    """Take tags off resources."""
    del policy  # nothing here is left open
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.COMMIT
    kind = type_of(request.resource_type)
    keys = request.tag_keys
    found = kind.find(cloud, estate, request.resource_ids or ())
    estate.account.require_tags(call.user, keys or (key for resource in found for key, _ in resource.tags))
    for resource in found:
        _set(cloud, kind, resource, {key: value for key, value in resource.tags if keys and key not in keys})
    cloud.answer(UntagResourcesResponse(request_id=call.draws.request_id()))
    yield Phase.RESPOND


def footprint(cloud: Cloud, call: Call[TagResources | UntagResources], policy: Policy, phase: Phase) -> Footprint:
    """Say what the commit may touch: the resources, and the list that they are in."""
    del cloud, policy, phase
    request = call.request
    kind = type_of(request.resource_type)
    return kind.change_touches(call.account, request.region_id, request.resource_ids or ())
