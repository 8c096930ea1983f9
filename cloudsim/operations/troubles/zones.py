"""A zone that is out: whatever works with a vSwitch or an instance in it answers ServiceUnavailable.

Descriptions still answer, and what was asynchronous and under way comes to its end: the control plane of the region
lives, and only what needs the zone does not.
"""

from cloudsim.api.troubles import BringZoneBack, TakeZoneOut
from cloudsim.operations.operation import Call, Touches
from cloudsim.operations.policy import Policy
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.ledger import Mode
from cloudsim.values.ids import ZoneId


def take_out(cloud: Cloud, call: Call[TakeZoneOut], policy: Policy) -> None:
    """Take a zone out; one that is out stays out."""
    del policy
    _touch(cloud, call.request)
    cloud.conditions.zones_out[ZoneId(call.request.zone)] = True
    cloud.ledger.write("zone-out", {"zone": call.request.zone})


def bring_back(cloud: Cloud, call: Call[BringZoneBack], policy: Policy) -> None:
    """Bring a zone back; one that is not out stays as it is."""
    del policy
    _touch(cloud, call.request)
    cloud.conditions.zones_out.pop(ZoneId(call.request.zone), None)
    cloud.ledger.write("zone-back", {"zone": call.request.zone})


def _touch(cloud: Cloud, trouble: TakeZoneOut | BringZoneBack) -> None:
    if cloud.ledger.watcher is not None:
        for key, mode in touches(cloud, trouble):
            cloud.ledger.touch(key, mode)


def touches(cloud: Cloud, trouble: TakeZoneOut | BringZoneBack) -> Touches:
    """Everything in the zone that an operation could stand on."""
    vswitches = [vswitch.key for vswitch in cloud.vswitches.values() if vswitch.zone == trouble.zone]
    instances = [instance.key for instance in cloud.instances.values() if instance.zone == trouble.zone]
    return tuple([(key, Mode.WRITE) for key in (*vswitches, *instances)])
