"""Things that are set to a state, and changes of ENIs that will meet a snag."""

from typing import Final

from cloudsim.api.troubles import (
    FailAttach,
    HangAttach,
    HangDelete,
    HangDetach,
    SetInstanceStatus,
    SetVSwitchStatus,
    Snagging,
)
from cloudsim.errors.instances import InvalidInstanceIdNotFound
from cloudsim.errors.network import InvalidEniIdNotFound
from cloudsim.operations.operation import Call, Touches
from cloudsim.operations.policy import Policy
from cloudsim.operations.troubles.striking import find_vswitch
from cloudsim.resources.cloud import Cloud, eni_key
from cloudsim.resources.conditions import Snag
from cloudsim.resources.instance import InstanceStatus
from cloudsim.resources.ledger import Mode
from cloudsim.values.ids import EniId, InstanceId, VSwitchId

SNAGS: Final[dict[type[Snagging], tuple[str, Snag]]] = {
    HangAttach: ("AttachNetworkInterface", Snag.HANG),
    FailAttach: ("AttachNetworkInterface", Snag.FAIL),
    HangDetach: ("DetachNetworkInterface", Snag.HANG),
    HangDelete: ("DeleteNetworkInterface", Snag.HANG),
}
"""For each, the action that meets it, and what it meets."""


def set_instance_status(cloud: Cloud, call: Call[SetInstanceStatus], policy: Policy) -> None:
    """Set an instance's status; what is under way with it finds that out by itself.

    Raises:
        InvalidInstanceIdNotFound: there is none of that id.
    """
    del policy
    instance = cloud.instances.get(InstanceId(call.request.instance_id))
    if instance is None:
        raise InvalidInstanceIdNotFound(instance=call.request.instance_id)
    instance.status = InstanceStatus(call.request.status)
    cloud.note_instance(instance)


def instance_touches(cloud: Cloud, trouble: SetInstanceStatus) -> Touches:
    """The instance, and the list that shows it."""
    instance = cloud.instances.get(InstanceId(trouble.instance_id))
    if instance is None:
        return ()
    estate = cloud.estate(instance.account, instance.region)
    return ((instance.key, Mode.WRITE), (estate.instances_key, Mode.ADD))


def set_vswitch_status(cloud: Cloud, call: Call[SetVSwitchStatus], policy: Policy) -> None:
    """Set a vSwitch's status.

    Raises:
        InvalidVSwitchIdNotFound: there is none of that id.
    """
    del policy
    vswitch = find_vswitch(cloud, call.request.vswitch_id)
    vswitch.status = call.request.status
    cloud.note_vswitch(vswitch)


def vswitch_touches(cloud: Cloud, trouble: SetVSwitchStatus) -> Touches:
    """The vSwitch, and the list that shows it."""
    vswitch = cloud.vswitches.get(VSwitchId(trouble.vswitch_id))
    if vswitch is None:
        return ()
    return ((vswitch.key, Mode.WRITE), (cloud.estate_of(vswitch).vswitches_key, Mode.ADD))


def lay_snag(cloud: Cloud, call: Call[Snagging], policy: Policy) -> None:
    """Lay a snag before the next call of an action about an ENI; a later one takes an earlier one's place.

    Raises:
        InvalidEniIdNotFound: there is no ENI of that id.
    """
    del policy
    eni = EniId(call.request.network_interface_id)
    cloud.ledger.touch(eni_key(eni), Mode.WRITE)
    if eni not in cloud.interface_ids:
        raise InvalidEniIdNotFound(eni=eni)
    action, snag = SNAGS[type(call.request)]
    cloud.conditions.snags[action, eni] = snag
    cloud.ledger.write("snag-laid", {"of": eni, "action": action, "snag": snag})


def snag_touches(cloud: Cloud, trouble: Snagging) -> Touches:
    """The ENI."""
    del cloud
    return ((eni_key(EniId(trouble.network_interface_id)), Mode.WRITE),)
