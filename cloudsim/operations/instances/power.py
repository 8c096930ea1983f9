"""StartInstance and StopInstance: the answer comes while the instance is on its way, and FINISH brings it there.

ENIs are where they are: they stay on a stopped instance, with their addresses. A zone that is out starts nothing.

Source: eni_api.md section 2.10.
"""

from cloudsim.api.requests import StartInstance, StopInstance
from cloudsim.api.responses import StartInstanceResponse, StopInstanceResponse
from cloudsim.errors.parameters import DryRunOperation
from cloudsim.operations.finding import enter, find_own_instance
from cloudsim.operations.instances.turn import turn, turn_touches
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.operations.standing import require_status
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.conditions import zone_key
from cloudsim.resources.instance import InstanceStatus
from cloudsim.resources.ledger import Mode
from cloudsim.values.ids import InstanceId


def start(cloud: Cloud, call: Call[StartInstance], policy: Policy) -> Operation:
    """Start a stopped instance."""
    del policy  # nothing here is left open
    yield Phase.ADMIT
    enter(cloud, call)
    yield Phase.COMMIT
    instance = find_own_instance(cloud, call, call.request.instance_id)
    require_status(instance, InstanceStatus.STOPPED)
    cloud.conditions.require_zone(instance.zone)
    if call.request.dry_run:
        raise DryRunOperation
    instance.status = InstanceStatus.STARTING
    instance.stopped_mode = ""
    cloud.note_instance(instance)
    cloud.answer(StartInstanceResponse(request_id=call.draws.request_id()))
    yield Phase.RESPOND
    yield Phase.FINISH
    turn(cloud, instance, InstanceStatus.STARTING, InstanceStatus.RUNNING)


def stop(cloud: Cloud, call: Call[StopInstance], policy: Policy) -> Operation:
    """Stop a running instance."""
    del policy
    request = call.request
    yield Phase.ADMIT
    enter(cloud, call)
    yield Phase.COMMIT
    instance = find_own_instance(cloud, call, request.instance_id)
    require_status(instance, InstanceStatus.RUNNING)
    if request.dry_run:
        raise DryRunOperation
    instance.status = InstanceStatus.STOPPING
    instance.stopped_mode = request.stopped_mode or "KeepCharging"
    cloud.note_instance(instance)
    cloud.answer(StopInstanceResponse(request_id=call.draws.request_id()))
    yield Phase.RESPOND
    yield Phase.FINISH
    turn(cloud, instance, InstanceStatus.STOPPING, InstanceStatus.STOPPED)


def footprint(cloud: Cloud, call: Call[StartInstance] | Call[StopInstance], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch: the instance, the list of all, and to start it its zone."""
    del policy, phase
    own = turn_touches(cloud, call, call.request.instance_id)
    instance = cloud.instances.get(InstanceId(call.request.instance_id or ""))
    if instance is None or not isinstance(call.request, StartInstance):
        return own
    return (*own, (zone_key(instance.zone), Mode.READ))
