"""JoinResourceGroup: one resource moves to another resource group.

Source: JoinResourceGroup reference, error codes.
"""

from cloudsim.api.requests import JoinResourceGroup
from cloudsim.api.responses import JoinResourceGroupResponse
from cloudsim.operations.admission import admit
from cloudsim.operations.finding import find_resource_group
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.operations.tagging.resources import type_of
from cloudsim.resources.cloud import Cloud


def join(cloud: Cloud, call: Call[JoinResourceGroup], policy: Policy) -> Operation:
    """Move a resource."""
    del policy  # nothing here is left open
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.COMMIT
    kind = type_of(request.resource_type)
    (resource,) = kind.find(cloud, estate, (request.resource_id or "",))
    wanted = find_resource_group(cloud, estate, request.resource_group_id)
    with kind.changing(cloud, resource):
        resource.resource_group = wanted
    cloud.answer(JoinResourceGroupResponse(request_id=call.draws.request_id()))
    yield Phase.RESPOND


def footprint(cloud: Cloud, call: Call[JoinResourceGroup], policy: Policy, phase: Phase) -> Footprint:
    """Say what the commit may touch: the resource, and the list that it is in."""
    del cloud, policy, phase
    request = call.request
    kind = type_of(request.resource_type)
    return kind.change_touches(call.account, request.region_id, (request.resource_id or "",))
