"""DeleteVSwitch: the answer comes with the vSwitch Pending; it is gone after the time of FINISH.

It has to be Available and empty: no ENI in it, not even one that is Deleting, no request in flight that stands on it,
no reserved block, no address of another product. It is looked at again at FINISH: what has come into it meanwhile,
which takes somebody who sets states by hand, keeps it alive.

Source: eni_api.md section 2.13; VPC SDK, notes of the operation (only an Available one; Pending, then gone).
"""

from cloudsim.api.requests import DeleteVSwitch
from cloudsim.api.responses import DeleteVSwitchResponse
from cloudsim.errors.parameters import DryRunOperation
from cloudsim.errors.vpc import DependencyViolation
from cloudsim.operations.finding import enter, find_vswitch, known_vswitch
from cloudsim.operations.networks.exclusion import (
    deletion_key,
    exclusion_touches,
    require_no_creation_or_deletion,
)
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.operations.standing import AVAILABLE, PENDING, require_available_vswitch
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.ledger import Mode
from cloudsim.resources.pin import pins_key
from cloudsim.resources.vswitch import VSwitch


def delete_vswitch(cloud: Cloud, call: Call[DeleteVSwitch], policy: Policy) -> Operation:
    """End a vSwitch that is empty."""
    del policy
    yield Phase.ADMIT
    enter(cloud, call)
    yield Phase.COMMIT
    vswitch = _doomed(cloud, call)
    with cloud.busy.occupy(deletion_key(vswitch.vpc)):
        vswitch.status = PENDING
        cloud.note_vswitch(vswitch)
        cloud.answer(DeleteVSwitchResponse(request_id=call.draws.request_id()))
        yield Phase.RESPOND
        yield Phase.FINISH
        if _dependents(cloud, vswitch):
            vswitch.status = AVAILABLE
            cloud.note_vswitch(vswitch)
        else:
            cloud.remove_vswitch(vswitch)


def _doomed(cloud: Cloud, call: Call[DeleteVSwitch]) -> VSwitch:
    """Find the vSwitch, which has to be Available, alone and empty.

    Raises:
        InvalidVSwitchIdNotFound: the account has no such vSwitch in the region.
        IncorrectVSwitchStatus: it is being made or ended.
        OperationDeniedOtherSubnetProcessing: another one of the VPC is.
        DependencyViolation: it is not empty.
        DryRunOperation: all is well, and only that was asked.
    """
    vswitch = find_vswitch(cloud, call, call.request.vswitch_id, Mode.WRITE)
    require_available_vswitch(vswitch)
    require_no_creation_or_deletion(cloud, vswitch.vpc)
    dependents = _dependents(cloud, vswitch)
    if dependents:
        raise DependencyViolation(thing=vswitch.id, dependents=dependents)
    if call.request.dry_run:
        raise DryRunOperation
    return vswitch


def _dependents(cloud: Cloud, vswitch: VSwitch) -> str:
    """Say what lies in a vSwitch or stands on it; empty for nothing."""
    for key in (cloud.estate_of(vswitch).interfaces_key, pins_key(vswitch.id), vswitch.pool_key):
        cloud.ledger.touch(key, Mode.READ)
    counts = {
        "ENIs": len(vswitch.interfaces),
        "requests in flight": vswitch.pins,
        "reserved blocks": len(vswitch.reservations),
        "addresses of other products": vswitch.taken_elsewhere,
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)


def footprint(cloud: Cloud, call: Call[DeleteVSwitch], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch."""
    del policy, phase
    wanted = call.request.vswitch_id
    own = (f"vswitch:{wanted}", Mode.WRITE)
    vswitch = known_vswitch(cloud, call, wanted)
    if vswitch is None:
        return (own,)
    estate = cloud.estate_of(vswitch)
    return (
        own,
        (estate.vswitches_key, Mode.ADD),
        (estate.interfaces_key, Mode.READ),
        (pins_key(vswitch.id), Mode.READ),
        (vswitch.pool_key, Mode.READ),
        (vswitch.vpc.vswitch_places.key, Mode.WRITE),
        *exclusion_touches(vswitch.vpc),
    )
