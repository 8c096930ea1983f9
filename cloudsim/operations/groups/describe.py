"""DescribeSecurityGroups: filters joined by "and", both styles of paging; those that look at groups which are named.

Groups are listed by falling id, as the documents have it. A page of the new style goes on below the last id that was
shown, so its token is that id, and groups that come and go meanwhile move no others. An id that is unknown is no error
in a list; where a single group is asked for it is, and where the groups are that refer to some.

An account has a hundred groups in a region, so they are simply gone through.

Source: eni_api.md section 2.11; DescribeSecurityGroups, DescribeSecurityGroupAttribute and
DescribeSecurityGroupReferences references.
"""

import re
from typing import Final

from cloudsim.api.requests import (
    DescribeSecurityGroupAttribute,
    DescribeSecurityGroupReferences,
    DescribeSecurityGroups,
)
from cloudsim.api.responses import (
    DescribeSecurityGroupAttributeResponse,
    DescribeSecurityGroupReferencesResponse,
    DescribeSecurityGroupsResponse,
)
from cloudsim.errors.parameters import DryRunOperation, InvalidParameter
from cloudsim.operations.admission import admit
from cloudsim.operations.finding import find_group
from cloudsim.operations.groups.presentation import described
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.paging import Page, is_new_style, page_by_number, size_in
from cloudsim.operations.policy import Policy
from cloudsim.operations.tags import has_tags
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.ledger import Mode
from cloudsim.resources.network import SecurityGroup
from cloudsim.values.ids import AccountId, RegionId

MAX_RESULTS_MAX: Final = 100
_ID: Final = re.compile(r"sg-[A-Za-z0-9._:-]+")
"""The form of a group's id."""


def describe(cloud: Cloud, call: Call[DescribeSecurityGroups], policy: Policy) -> Operation:
    """List security groups."""
    del policy  # nothing here is left open
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.READ
    if request.dry_run:
        raise DryRunOperation
    cloud.ledger.touch(estate.groups_key, Mode.READ)
    _require_token(estate, request.next_token)
    found = [group for group in estate.groups.values() if _fits(group, request)]
    found.sort(key=lambda group: group.id, reverse=True)
    page = _page(found, request)
    instances = _instances(cloud, estate) if request.is_query_ecs_count else None
    cloud.answer(
        DescribeSecurityGroupsResponse(
            request_id=call.draws.request_id(),
            region_id=estate.region.id,
            security_groups=tuple([described(cloud, group, instances) for group in page.things]),
            total_count=page.total,
            page_number=page.number,
            page_size=page.size,
            next_token=page.next_token,
        )
    )
    yield Phase.RESPOND


def _require_token(estate: Estate, token: str | None) -> None:
    """Refuse a token that is neither the id of a group there nor, the group being gone, one such as we draw.

    Raises:
        InvalidParameter: no answer gave it.
    """
    if token and token not in estate.groups and not _ID.fullmatch(token):
        raise InvalidParameter(parameter="NextToken", reason=f"{token[:40]!r} is not from an answer")


def _fits(group: SecurityGroup, request: DescribeSecurityGroups) -> bool:
    """Whether a group passes every filter that is given."""
    ids, managed = request.security_group_ids, request.service_managed
    network = "vpc" if group.vpc is not None else "classic"
    wanted = (
        (request.vpc_id, group.vpc),
        (request.security_group_id, group.id),
        (request.security_group_type, group.kind),
        (request.resource_group_id, group.resource_group),
        (request.network_type, network),
    )
    return (
        all(not asked or asked == had for asked, had in wanted)
        and (ids is None or group.id in ids)
        and (managed is None or managed is group.service_managed)
        and _is_called(group, request)
        and has_tags(group.tags, request.tags)
    )


def _is_called(group: SecurityGroup, request: DescribeSecurityGroups) -> bool:
    wanted = request.security_group_name
    if not wanted:
        return True
    return wanted in group.name if request.fuzzy_query else wanted == group.name


def _page(found: list[SecurityGroup], request: DescribeSecurityGroups) -> Page[SecurityGroup]:
    if not is_new_style(request.max_results, request.next_token):
        return page_by_number(found, request.page_number, request.page_size)
    size = size_in(request.max_results, MAX_RESULTS_MAX)
    below = [group for group in found if not request.next_token or group.id < request.next_token]
    things = below[:size]
    return Page(things, len(found), 1, size, things[-1].id if len(below) > size else "")


def _instances(cloud: Cloud, estate: Estate) -> dict[str, int]:
    """Count the instances of every group: those that have an ENI in it."""
    cloud.ledger.touch(estate.interfaces_key, Mode.READ)
    members = {
        (group, eni.instance): None
        for eni in estate.interfaces.values()
        if eni.instance is not None
        for group in eni.security_group_ids
    }
    counts: dict[str, int] = {}
    for group, _ in members:
        counts[group] = counts.get(group, 0) + 1
    return counts


def footprint(cloud: Cloud, call: Call[DescribeSecurityGroups], policy: Policy, phase: Phase) -> Footprint:
    """Say what reading touches; the counts that IsQueryEcsCount asks for come from the ENIs and the groups' places."""
    del policy, phase
    where = f"{call.account}/{call.request.region_id}"
    lists = ((f"groups:{where}", Mode.READ),)
    if not call.request.is_query_ecs_count:
        return lists
    estate = cloud.estates[AccountId(call.account), RegionId(call.request.region_id or "")]  # ADMIT has made it
    places = tuple((group.places.key, Mode.READ) for group in estate.groups.values())
    return (*lists, (estate.interfaces_key, Mode.READ), *places)


def describe_attribute(cloud: Cloud, call: Call[DescribeSecurityGroupAttribute], policy: Policy) -> Operation:
    """Show one security group."""
    del policy  # nothing here is left open
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.READ
    group = find_group(cloud, estate, call.request.security_group_id)
    cloud.answer(
        DescribeSecurityGroupAttributeResponse(
            request_id=call.draws.request_id(),
            region_id=group.region,
            security_group_id=group.id,
            security_group_name=group.name,
            description=group.description,
            vpc_id=group.vpc,
            inner_access_policy=group.inner_access_policy,
        )
    )
    yield Phase.RESPOND


def attribute_footprint(
    cloud: Cloud, call: Call[DescribeSecurityGroupAttribute], policy: Policy, phase: Phase
) -> Footprint:
    """Say what reading touches: the group."""
    del cloud, policy, phase
    return ((f"group:{call.request.security_group_id}", Mode.READ),)


def describe_references(cloud: Cloud, call: Call[DescribeSecurityGroupReferences], policy: Policy) -> Operation:
    """List the groups that refer to some: none, since no group has rules; but those that are named have to be there."""
    del policy  # nothing here is left open
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.READ
    for wanted in call.request.security_group_ids or ():
        find_group(cloud, estate, wanted)
    cloud.answer(DescribeSecurityGroupReferencesResponse(request_id=call.draws.request_id()))
    yield Phase.RESPOND


def references_footprint(
    cloud: Cloud, call: Call[DescribeSecurityGroupReferences], policy: Policy, phase: Phase
) -> Footprint:
    """Say what reading touches: the groups that are named."""
    del cloud, policy, phase
    return tuple((f"group:{wanted}", Mode.READ) for wanted in call.request.security_group_ids or ())
