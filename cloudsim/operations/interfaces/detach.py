"""DetachNetworkInterface: the answer comes while the ENI is Detaching, and it is Available after the time of FINISH.

A detach may hang, when the guest does not help: the ENI then stays Detaching, with its slot, and the call may be
repeated, which completes it. Of several detaches in flight the first to finish takes the ENI off; the others find
nothing left to do.

The order of the checks, which no document states: the instance, the ENI with its type, its place and state, the
instance's state, bonds, members of a trunk.

Source: eni_api.md section 2.2 and the state table of section 4; DetachNetworkInterface, error codes.
"""

from cloudsim.api.requests import DetachNetworkInterface
from cloudsim.api.responses import DetachNetworkInterfaceResponse
from cloudsim.errors.network import InvalidOperationDetachPrimaryEniNotAllowed, InvalidParameterEniNotBelongEcs
from cloudsim.errors.queues import (
    InvalidOperationEniHotPlugNotSupported,
    InvalidOperationHasMemberEniAttached,
    InvalidParameterEniNotBelongTrunk,
)
from cloudsim.operations.admission import admit
from cloudsim.operations.attachments import end_attachment, find_ecs, members_of, named_touches
from cloudsim.operations.bonds import require_unlinked
from cloudsim.operations.finding import find_interface
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.operations.standing import require_own, require_steady
from cloudsim.resources.cloud import Cloud, eni_key
from cloudsim.resources.instance import Instance, InstanceStatus
from cloudsim.resources.interface import EniEvent, EniStatus, EniType, NetworkInterface
from cloudsim.resources.ledger import Mode


def detach(cloud: Cloud, call: Call[DetachNetworkInterface], policy: Policy) -> Operation:
    """Take an ENI off its instance."""
    del policy  # nothing here is left open
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.COMMIT
    instance = find_ecs(cloud, estate, request.instance_id)
    eni = find_interface(cloud, estate, request.network_interface_id)
    _require_detachable(cloud, request, eni, instance)
    cloud.advance(eni, EniEvent.DETACH)
    cloud.answer(DetachNetworkInterfaceResponse(request_id=call.draws.request_id()))
    yield Phase.RESPOND
    yield Phase.FINISH
    if eni.status is EniStatus.DETACHING and eni.instance == instance.id:  # nobody else took it off meanwhile
        end_attachment(cloud, eni, EniEvent.DETACHED)


def _require_detachable(
    cloud: Cloud, request: DetachNetworkInterface, eni: NetworkInterface, instance: Instance
) -> None:
    """Ask everything.

    Raises:
        ApiError: the documented refusal of what stands against it.
    """
    if eni.type is EniType.PRIMARY:
        raise InvalidOperationDetachPrimaryEniNotAllowed(eni=eni.id, instance=eni.instance or "")
    require_own(eni)
    if eni.instance not in (None, instance.id):
        raise InvalidParameterEniNotBelongEcs(eni=eni.id, instance=instance.id, other=eni.instance or "")
    eni.after(EniEvent.DETACH)
    cloud.busy.require_free(eni_key(eni.id))
    require_steady(instance)
    require_unlinked(eni)
    wanted, extras = request.trunk_network_instance_id, eni.extras
    if wanted and (extras is None or extras.trunk != wanted):
        raise InvalidParameterEniNotBelongTrunk(eni=eni.id, trunk=wanted)
    if eni.type is EniType.TRUNK:
        cloud.ledger.touch(instance.member_slots.key, Mode.READ)
        members = members_of(instance, eni)
        if members:
            raise InvalidOperationHasMemberEniAttached(trunk=eni.id, count=len(members), member=members[0].id)
    if extras is not None and extras.traffic_mode == "HighPerformance" and instance.status is InstanceStatus.RUNNING:
        raise InvalidOperationEniHotPlugNotSupported(eni=eni.id, instance=instance.id, status=instance.status)


def footprint(cloud: Cloud, call: Call[DetachNetworkInterface], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch; the slot comes back at FINISH."""
    del policy, phase
    return named_touches(cloud, call)
