"""DeleteInstance: the instance and its primary ENI end in one instant, before the answer.

A secondary ENI dies with it if it was told so (DeleteOnRelease), and is Available again if not, wherever it was on its
way to or from the instance; a member of a trunk is a secondary one then. Attaches and detaches in flight find out by
themselves. An ENI whose addresses are just being changed keeps the instance alive: Operation.Conflict, try again.
So does a bond of one of its ENIs, until that ends.

With Force an instance that runs, starts or stops is ended as well. One that is Pending is never: its making is under
way. Which statuses Force covers, beside Running, no document says.

Source: eni_api.md section 2.10 and the state table of section 4.
"""

from typing import Final

from cloudsim.api.requests import DeleteInstance
from cloudsim.api.responses import DeleteInstanceResponse
from cloudsim.errors.instances import InvalidOperationDeletionProtection
from cloudsim.errors.parameters import DryRunOperation
from cloudsim.operations.attachments import attachment_touches, end_attachment
from cloudsim.operations.bonds import require_unlinked
from cloudsim.operations.finding import enter, find_own_instance, known_own_instance
from cloudsim.operations.instances.turn import turn_touches
from cloudsim.operations.operation import Call, Footprint, Operation, Phase, Touches
from cloudsim.operations.policy import Policy
from cloudsim.operations.standing import require_status
from cloudsim.resources.cloud import Cloud, eni_key
from cloudsim.resources.instance import Instance, InstanceStatus
from cloudsim.resources.interface import EniEvent, EniType, NetworkInterface
from cloudsim.resources.ledger import Mode

_FORCED: Final = (
    InstanceStatus.STOPPED, InstanceStatus.RUNNING, InstanceStatus.STARTING, InstanceStatus.STOPPING
)  # fmt: skip


def delete(cloud: Cloud, call: Call[DeleteInstance], policy: Policy) -> Operation:
    """End an instance."""
    del policy  # nothing here is left open
    request = call.request
    yield Phase.ADMIT
    enter(cloud, call)
    yield Phase.COMMIT
    instance = find_own_instance(cloud, call, request.instance_id)
    _require_mortal(cloud, request, instance)
    for eni in list(instance.interfaces.values()):
        if _dies(eni):
            end_attachment(cloud, eni, EniEvent.INSTANCE_ENDED)
            cloud.remove_interface(eni)
        else:
            end_attachment(cloud, eni, EniEvent.RELEASED)
    cloud.remove_instance(instance)
    cloud.answer(DeleteInstanceResponse(request_id=call.draws.request_id()))
    yield Phase.RESPOND


def _require_mortal(cloud: Cloud, request: DeleteInstance, instance: Instance) -> None:
    """Ask everything, before anything changes.

    Raises:
        InvalidOperationDeletionProtection: it is protected.
        IncorrectInstanceStatus: it is not Stopped, and not forced; or it is Pending.
        OperationConflict: addresses of one of its ENIs are being changed.
        InvalidOperationEniLinked: one of its ENIs is bonded with another one.
        DryRunOperation: all is well, and the call was for that.
    """
    if instance.deletion_protection:
        raise InvalidOperationDeletionProtection(instance=instance.id)
    require_status(instance, *(_FORCED if request.force else (InstanceStatus.STOPPED,)))
    for eni in instance.interfaces.values():
        cloud.busy.require_free(eni_key(eni.id))
        require_unlinked(eni)
    if request.dry_run:
        raise DryRunOperation


def _dies(eni: NetworkInterface) -> bool:
    return eni.type is EniType.PRIMARY or (eni.extras is not None and eni.extras.delete_on_release)


def footprint(cloud: Cloud, call: Call[DeleteInstance], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch; what the instance has is seen from the cloud as it is."""
    del policy, phase
    own = turn_touches(cloud, call, call.request.instance_id)
    instance = known_own_instance(cloud, call, call.request.instance_id)
    if instance is None:
        return own
    estate = cloud.estate(instance.account, instance.region)
    touches: Touches = (*own, (estate.quota.key, Mode.WRITE), (estate.vcpu_places.key, Mode.WRITE))
    for eni in instance.interfaces.values():
        touches += attachment_touches(cloud, eni, instance)
        if _dies(eni):
            touches += eni.vswitch.pool_touches
            touches += tuple([(group.places.key, Mode.WRITE) for group in cloud.groups_of(eni)])
    return tuple(dict.fromkeys(touches))
