"""A zone that is out: whatever would put something into it answers ServiceUnavailable.

That is making ENIs, vSwitches and instances, attaching, starting, and every change of an ENI's addresses. Descriptions
still answer, things can be taken off, stopped and deleted, and what has been answered comes to its end: the control
plane of the region lives, and only what needs the zone does not. A create or a launch that has found its vSwitch, and a
vSwitch that is being made, go on as well; a change of an ENI's addresses is asked once more at its COMMIT, and is then
refused. No document says how the real one behaves; this is our choice.
"""

from cloudsim.api.troubles import BringZoneBack, TakeZoneOut
from cloudsim.operations.operation import Call, Touches
from cloudsim.operations.policy import Policy
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.conditions import zone_key
from cloudsim.resources.ledger import Mode
from cloudsim.values.ids import ZoneId


def take_out(cloud: Cloud, call: Call[TakeZoneOut], policy: Policy) -> None:
    """Take a zone out; one that is out stays out."""
    del policy
    cloud.ledger.touch(zone_key(call.request.zone), Mode.WRITE)
    cloud.conditions.zones_out[ZoneId(call.request.zone)] = True
    cloud.ledger.write("zone-out", {"zone": call.request.zone})


def bring_back(cloud: Cloud, call: Call[BringZoneBack], policy: Policy) -> None:
    """Bring a zone back; one that is not out stays as it is."""
    del policy
    cloud.ledger.touch(zone_key(call.request.zone), Mode.WRITE)
    cloud.conditions.zones_out.pop(ZoneId(call.request.zone), None)
    cloud.ledger.write("zone-back", {"zone": call.request.zone})


def touches(cloud: Cloud, trouble: TakeZoneOut | BringZoneBack) -> Touches:
    """The zone, which every operation reads that would put something into it."""
    del cloud
    return ((zone_key(trouble.zone), Mode.WRITE),)
