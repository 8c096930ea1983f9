"""DeleteSecurityGroup.

Nobody may be in the group, neither an ENI nor a member outside of this world, and no request in flight may stand on it:
what a create has pinned counts as if its ENI were there already. No rule of another group can name it, since groups
have no rules here.

Source: eni_api.md section 2.11; DeleteSecurityGroup reference, error codes.
"""

from cloudsim.api.requests import DeleteSecurityGroup
from cloudsim.api.responses import DeleteSecurityGroupResponse
from cloudsim.errors.groups import GroupDependencyViolation
from cloudsim.operations.admission import admit
from cloudsim.operations.finding import find_group
from cloudsim.operations.memberships import require_unmanaged
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.ledger import Mode
from cloudsim.resources.network import SecurityGroup
from cloudsim.resources.pin import pins_key


def delete(cloud: Cloud, call: Call[DeleteSecurityGroup], policy: Policy) -> Operation:
    """End a security group."""
    del policy  # nothing here is left open
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.COMMIT
    group = find_group(cloud, estate, call.request.security_group_id)
    require_unmanaged((group,))
    _require_unused(cloud, group)
    cloud.remove_group(group)
    cloud.answer(DeleteSecurityGroupResponse(request_id=call.draws.request_id()))
    yield Phase.RESPOND


def _require_unused(cloud: Cloud, group: SecurityGroup) -> None:
    """Refuse a group that somebody is in, or is about to be in.

    Raises:
        GroupDependencyViolation: somebody is.
    """
    cloud.ledger.touch(group.places.key, Mode.READ)  # who is in the group has taken places
    cloud.ledger.touch(pins_key(group.id), Mode.READ)
    if group.members or group.taken_elsewhere:
        reason = f"{group.members} ENIs are in it, and other members have {group.taken_elsewhere} places"
    elif group.pins:
        reason = f"{group.pins} requests in flight stand on it"
    else:
        return
    raise GroupDependencyViolation(group=group.id, reason=reason)


def footprint(cloud: Cloud, call: Call[DeleteSecurityGroup], policy: Policy, phase: Phase) -> Footprint:
    """Say what the commit may touch."""
    del cloud, policy, phase
    where, group = f"{call.account}/{call.request.region_id}", call.request.security_group_id or ""
    return (
        (f"group:{group}", Mode.WRITE),
        (f"group-places:{group}", Mode.READ),
        (pins_key(group), Mode.READ),
        (f"group-quota:{where}", Mode.WRITE),
        (f"groups:{where}", Mode.ADD),
    )
