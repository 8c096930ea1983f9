"""AttachNetworkInterface: the answer comes while the ENI is Attaching, and it is InUse after the time of FINISH.

Here, and not at the create, instance types have their say: slots, addresses, queues. What the catalogue does not know
limits nothing. All checks and the change are one instant. The order of the checks, which no document states: the
instance, the ENI with its type and state, the instance's state, place, generation, trunk, slot, addresses, queues,
RDMA and RSS.

An attach that fails after its answer puts the ENI back to Available and gives the slot back; one that hangs leaves it
Attaching until its instance ends.

Source: eni_api.md sections 1.2, 2.1, 4 and 8; codes about trunks: DetachNetworkInterface, error codes.
"""

from typing import Final

from cloudsim.api.requests import AttachNetworkInterface
from cloudsim.api.responses import AttachNetworkInterfaceResponse
from cloudsim.errors.base import ApiError
from cloudsim.errors.network import (
    InvalidInstanceTypeElasticNetworkInterfaceNotSupported,
    InvalidOperationInvalidEniType,
    InvalidOperationInvalidGeneration,
)
from cloudsim.errors.queues import (
    InvalidOperationEniTypeNotSupportTrunking,
    InvalidOperationInstanceTypeNotSupportEniTrunking,
    InvalidOperationInvalidTrunkEniStatus,
)
from cloudsim.operations.admission import admit
from cloudsim.operations.attachments import (
    begin_attachment,
    end_attachment,
    find_ecs,
    named_touches,
    require_same_place,
)
from cloudsim.operations.fast_network import require_fast_allowed
from cloudsim.operations.finding import find_interface, known_instance
from cloudsim.operations.operation import Call, Footprint, Operation, Phase, Touches
from cloudsim.operations.policy import Policy
from cloudsim.operations.standing import require_own, require_steady
from cloudsim.operations.type_limits import require_addresses_allowed, require_queues_allowed
from cloudsim.resources.cloud import Cloud, eni_key
from cloudsim.resources.conditions import zone_key
from cloudsim.resources.estate import Estate
from cloudsim.resources.instance import Instance
from cloudsim.resources.interface import EniEvent, EniStatus, EniType, NetworkInterface
from cloudsim.resources.ledger import Mode
from cloudsim.values.ids import EniId

_OLD: Final = ("ecs-1", "ecs-2")
"""Generations whose instances take no further ENI; which they are, no document says."""


def attach(cloud: Cloud, call: Call[AttachNetworkInterface], policy: Policy) -> Operation:
    """Put an ENI on an instance."""
    del policy  # nothing here is left open
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.COMMIT
    instance = find_ecs(cloud, estate, request.instance_id)
    eni = find_interface(cloud, estate, request.network_interface_id)
    trunk = _require_attachable(cloud, estate, request, eni, instance)
    begin_attachment(cloud, eni, instance, trunk=trunk, card=request.network_card_index)
    cloud.answer(AttachNetworkInterfaceResponse(request_id=call.draws.request_id()))
    yield Phase.RESPOND
    event = EniEvent.ATTACHED
    try:
        yield Phase.FINISH
    except ApiError:  # a fault: the attach failed after its answer, which nobody is told
        event = EniEvent.ATTACH_FAILED
    if eni.status is not EniStatus.ATTACHING or eni.instance != instance.id:
        return  # its instance has ended meanwhile
    if event is EniEvent.ATTACHED:
        cloud.advance(eni, event)
    else:
        end_attachment(cloud, eni, event)


def _require_attachable(
    cloud: Cloud, estate: Estate, request: AttachNetworkInterface, eni: NetworkInterface, instance: Instance
) -> NetworkInterface | None:
    """Ask everything; give the trunk that the request names.

    Raises:
        ApiError: the documented refusal of what stands against it.
    """
    wanted = request.trunk_network_instance_id
    own_types = (EniType.SECONDARY, EniType.MEMBER) if wanted else (EniType.SECONDARY, EniType.TRUNK)
    if eni.type not in own_types:
        raise InvalidOperationInvalidEniType(eni=eni.id, expecting=" or ".join(own_types), type=eni.type)
    require_own(eni)
    eni.after(EniEvent.ATTACH)
    cloud.busy.require_free(eni_key(eni.id))
    require_steady(instance)
    require_same_place(eni, instance.primary.vswitch, instance.id)
    cloud.conditions.require_zone(instance.zone)
    if instance.type.generation in _OLD:
        raise InvalidOperationInvalidGeneration(
            instance=instance.id, type=instance.type.name, generation=instance.type.generation
        )
    if instance.type.eni_quantity == 1:
        raise InvalidInstanceTypeElasticNetworkInterfaceNotSupported(instance=instance.id, type=instance.type.name)
    if (wanted or eni.type is EniType.TRUNK) and instance.type.eni_trunk_supported is False:
        raise InvalidOperationInstanceTypeNotSupportEniTrunking(instance=instance.id, type=instance.type.name)
    trunk = _find_trunk(cloud, estate, wanted, instance) if wanted else None
    (instance.member_slots if wanted else instance.slots).check(1)  # it is taken below, in the same instant
    require_addresses_allowed(eni, instance)
    require_queues_allowed(eni, instance, eni.queue_number, is_member=trunk is not None)
    require_fast_allowed(eni, instance)
    return trunk


def _find_trunk(cloud: Cloud, estate: Estate, wanted: str, instance: Instance) -> NetworkInterface:
    """Look up the trunk that a member goes on: one that is InUse on the instance."""
    trunk = find_interface(cloud, estate, wanted, mode=Mode.READ)
    if trunk.type is not EniType.TRUNK:
        raise InvalidOperationEniTypeNotSupportTrunking(eni=trunk.id, type=trunk.type)
    if trunk.status is not EniStatus.IN_USE or trunk.instance != instance.id:
        other = trunk.instance or "no instance"
        raise InvalidOperationInvalidTrunkEniStatus(
            trunk=trunk.id, instance=instance.id, status=trunk.status, other=other
        )
    return trunk


def footprint(cloud: Cloud, call: Call[AttachNetworkInterface], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch: the ENI, its trunk, and the instance's slots, which stand for its queues too."""
    del policy, phase
    request = call.request
    wanted, instance = request.trunk_network_instance_id, known_instance(cloud, call, request.instance_id)
    trunk: Touches = ((eni_key(EniId(wanted)), Mode.READ),) if wanted else ()
    zone: Touches = () if instance is None else ((zone_key(instance.zone), Mode.READ),)
    return (*named_touches(cloud, call), *trunk, *zone)
