"""JoinSecurityGroup and LeaveSecurityGroup: one group more, or one less, for one ENI.

An instance stands for its primary ENI; an ENI that is named has to be a secondary one. Most refusals are those of every
change of an ENI's groups, but several have names of their own here. The order of the checks, which no document states:
the ENI, its state, the group, whether the ENI is in it, what the groups would be together, and room.

Source: eni_api.md section 2.5; JoinSecurityGroup and LeaveSecurityGroup references, error codes.
"""

from typing import Final, TypeAlias

from cloudsim.api.requests import JoinSecurityGroup, LeaveSecurityGroup
from cloudsim.api.responses import JoinSecurityGroupResponse, LeaveSecurityGroupResponse
from cloudsim.errors.base import ApiError
from cloudsim.errors.groups import (
    GroupsInvalidOperationConflict,
    InstanceLastSecurityGroup,
    InstanceNotInSecurityGroup,
    InstanceSecurityGroupLimitExceeded,
    InvalidInstanceIdAlreadyExists,
    InvalidInstanceIdMismatch,
    InvalidOperationAtLeastInOneGroup,
    InvalidOperationNetworkInterfaceCountExceeded,
    InvalidSecurityGroupAssociationNotFound,
    JoinedMultiGroupType,
    SecurityGroupInstanceLimitExceeded,
)
from cloudsim.errors.network import (
    InvalidEniIdNotFound,
    InvalidOperationEniCountExceeded,
    InvalidOperationInvalidEniType,
    InvalidOperationMultiGroupType,
    InvalidOperationVpcMismatch,
)
from cloudsim.errors.quota import JoinedGroupLimitExceed, SecurityGroupInstanceLimitExceed
from cloudsim.operations.admission import admit
from cloudsim.operations.finding import find_group, find_instance, known_instance, known_interface
from cloudsim.operations.memberships import move, move_touches, require_compatible
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.operations.standing import INSTANCE_AT_REST, require_at_rest, require_own, require_status
from cloudsim.resources.cloud import Cloud, eni_key
from cloudsim.resources.estate import Estate
from cloudsim.resources.interface import EniType, NetworkInterface
from cloudsim.resources.ledger import Mode
from cloudsim.resources.network import SecurityGroup
from cloudsim.values.ids import EniId

MembershipRequest: TypeAlias = JoinSecurityGroup | LeaveSecurityGroup

_SAID_HERE: Final[dict[type[ApiError], type[ApiError]]] = {
    JoinedGroupLimitExceed: InstanceSecurityGroupLimitExceeded,
    InvalidOperationMultiGroupType: JoinedMultiGroupType,
    SecurityGroupInstanceLimitExceed: SecurityGroupInstanceLimitExceeded,
    InvalidOperationEniCountExceeded: InvalidOperationNetworkInterfaceCountExceeded,
}
"""What these operations say in other words than all others."""


def join(cloud: Cloud, call: Call[JoinSecurityGroup], policy: Policy) -> Operation:
    """Put an ENI in a group."""
    del policy  # nothing here is left open
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.COMMIT
    request = call.request
    eni = _find_member(cloud, estate, request)
    group = find_group(cloud, estate, request.security_group_id)
    _require_same_vpc(request, eni, group)
    if group.id in eni.security_group_ids:
        raise InvalidInstanceIdAlreadyExists(member=request.instance_id or eni.id, group=group.id)
    groups = (*cloud.groups_of(eni), group)
    try:
        require_compatible(groups, cloud.profile)
        move(cloud, eni, groups)
    except ApiError as refusal:
        raise _SAID_HERE.get(type(refusal), type(refusal))(**refusal.facts) from None
    cloud.answer(JoinSecurityGroupResponse(request_id=call.draws.request_id()))
    yield Phase.RESPOND


def leave(cloud: Cloud, call: Call[LeaveSecurityGroup], policy: Policy) -> Operation:
    """Take an ENI out of a group."""
    del policy  # nothing here is left open
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.COMMIT
    request = call.request
    eni = _find_member(cloud, estate, request)
    group = find_group(cloud, estate, request.security_group_id)
    had = cloud.groups_of(eni)
    member = request.instance_id or eni.id
    if group not in had:
        outside = InstanceNotInSecurityGroup if request.instance_id else InvalidSecurityGroupAssociationNotFound
        raise outside(member=member, group=group.id)
    if len(had) == 1:
        alone = InstanceLastSecurityGroup if request.instance_id else InvalidOperationAtLeastInOneGroup
        raise alone(member=member, group=group.id)
    move(cloud, eni, [one for one in had if one is not group])
    cloud.answer(LeaveSecurityGroupResponse(request_id=call.draws.request_id()))
    yield Phase.RESPOND


def _find_member(cloud: Cloud, estate: Estate, request: MembershipRequest) -> NetworkInterface:
    """Look up the ENI that is meant, which nobody may be changing.

    Raises:
        ApiError: the documented refusal of what stands against it.
    """
    eni = _primary(cloud, estate, request.instance_id) if request.instance_id else _secondary(cloud, estate, request)
    if eni_key(eni.id) in cloud.busy.by_key:
        raise GroupsInvalidOperationConflict(eni=eni.id)
    return eni


def _primary(cloud: Cloud, estate: Estate, wanted: str) -> NetworkInterface:
    instance = find_instance(cloud, estate, wanted, mode=Mode.READ)
    require_status(instance, *INSTANCE_AT_REST)
    return instance.primary


def _secondary(cloud: Cloud, estate: Estate, request: MembershipRequest) -> NetworkInterface:
    wanted = EniId(request.network_interface_id or "")
    cloud.ledger.touch(eni_key(wanted), Mode.WRITE)
    eni = estate.interfaces.get(wanted)
    if eni is None:
        raise InvalidEniIdNotFound(eni=wanted)
    if eni.type is EniType.PRIMARY:
        raise InvalidOperationInvalidEniType(eni=wanted, expecting=EniType.SECONDARY, type=eni.type)
    require_own(eni)
    require_at_rest(eni)
    return eni


def _require_same_vpc(request: MembershipRequest, eni: NetworkInterface, group: SecurityGroup) -> None:
    """Refuse a group of another VPC, or of the classic network."""
    vpc, group_vpc = eni.vswitch.vpc.id, group.vpc or "the classic network"
    if group_vpc == vpc:
        return
    if request.instance_id:
        raise InvalidInstanceIdMismatch(instance=request.instance_id, vpc=vpc, group=group.id, group_vpc=group_vpc)
    raise InvalidOperationVpcMismatch(vswitch=eni.vswitch.id, vpc=vpc, group=group.id, group_vpc=group_vpc)


def footprint(cloud: Cloud, call: Call[MembershipRequest], policy: Policy, phase: Phase) -> Footprint:
    """Say what the commit may touch; which ENI an instance stands for is seen from the cloud as it is."""
    del policy, phase
    request = call.request
    wanted = request.security_group_id or ""
    named = (f"group:{wanted}", Mode.READ), _member_touch(request)
    if request.instance_id:
        instance = known_instance(cloud, call, request.instance_id)
        eni = None if instance is None else instance.primary
    else:
        eni = known_interface(cloud, call, request.network_interface_id)
    return named if eni is None else (*named, *move_touches(cloud.estate_of(eni.vswitch), eni, (wanted,)))


def _member_touch(request: MembershipRequest) -> tuple[str, Mode]:
    if request.instance_id:
        return f"instance:{request.instance_id}", Mode.READ
    return eni_key(EniId(request.network_interface_id or "")), Mode.WRITE
