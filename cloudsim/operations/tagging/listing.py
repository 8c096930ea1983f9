"""ListTagResources: the tags of the resources that fit, one line for each tag.

Resources are gone through oldest first. What is asked for by id, by tag and by filter is joined by "and", and a
resource that fits shows all its tags. Ids that are unknown find nothing, as in every list.

Source: eni_api.md section 2.12; ListTagResources reference. The size of a page is our choice.
"""

from collections.abc import Iterable
from typing import Final

from cloudsim.api.requests import ListTagResources, TagFilter
from cloudsim.api.responses import ListTagResourcesResponse
from cloudsim.api.responses.tagging import TagResourceItem
from cloudsim.operations.admission import admit
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.paging import page_by_token
from cloudsim.operations.policy import Policy
from cloudsim.operations.tagging.resources import Resource, ResourceType, type_of
from cloudsim.operations.tags import has_tags
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.ledger import Mode

PAGE_SIZE: Final = 50


def list_tags(cloud: Cloud, call: Call[ListTagResources], policy: Policy) -> Operation:
    """List tags."""
    del policy  # nothing here is left open
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.READ
    filters = [one.tag_key or "" for one in request.tag_filters or ()]
    estate.account.require_tags(call.user, (*(one.key or "" for one in request.tags or ()), *filters))
    kind = type_of(request.resource_type)
    cloud.ledger.touch(*kind.list_touch(call.account, request.region_id, Mode.READ))
    lines = [
        TagResourceItem(resource_id=resource.id, resource_type=kind.name, tag_key=key, tag_value=value)
        for resource in _candidates(kind, estate, request.resource_ids)
        if has_tags(resource.tags, request.tags) and _passes(resource, request.tag_filters or ())
        for key, value in resource.tags
    ]
    page = page_by_token(lines, request.next_token, PAGE_SIZE)
    cloud.answer(
        ListTagResourcesResponse(
            request_id=call.draws.request_id(), tag_resources=tuple(page.things), next_token=page.next_token
        )
    )
    yield Phase.RESPOND


def _candidates(kind: ResourceType, estate: Estate, ids: tuple[str, ...] | None) -> Iterable[Resource]:
    table = kind.table(estate)
    if not ids:
        return table.values()
    return [table[one] for one in dict.fromkeys(ids) if one in table]


def _passes(resource: Resource, filters: tuple[TagFilter, ...]) -> bool:
    """Whether a resource passes every one of these filters."""
    return all(any(_is_meant(one, key, value) for key, value in resource.tags) for one in filters)


def _is_meant(wanted: TagFilter, key: str, value: str) -> bool:
    """Whether a filter finds a tag: by its exact key and one of its values, or without values by its key."""
    if wanted.tag_values:
        return key == wanted.tag_key and any(_is_like(value, pattern) for pattern in wanted.tag_values)
    return _is_like(key, wanted.tag_key or "")


def _is_like(text: str, pattern: str) -> bool:
    """Whether a text is a pattern, or begins with it before ``*``, or contains it between two."""
    if not pattern.endswith("*"):
        return text == pattern
    if pattern.startswith("*"):
        return pattern[1:-1] in text
    return text.startswith(pattern[:-1])


def footprint(cloud: Cloud, call: Call[ListTagResources], policy: Policy, phase: Phase) -> Footprint:
    """Say what reading touches: the list, which everything that changes one of its things adds to."""
    del cloud, policy, phase
    request = call.request
    return (type_of(request.resource_type).list_touch(call.account, request.region_id, Mode.READ),)
