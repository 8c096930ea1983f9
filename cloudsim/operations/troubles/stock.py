"""Instance types that a zone has no more of: RunInstances answers OperationDenied.NoStock there.

What runs goes on, and what was deleted does not come back into stock: how much a zone has is not counted, only that
there is none, since no public figure says more. Starting a stopped instance asks for no stock here.

Source: eni_api.md section 2.10; section 3, rule 6 (a new token after such a refusal).
"""

from cloudsim.api.troubles import Restock, SellOut
from cloudsim.operations.operation import Call, Touches
from cloudsim.operations.policy import Policy
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.conditions import stock_key
from cloudsim.resources.ledger import Mode
from cloudsim.values.ids import ZoneId


def sell_out(cloud: Cloud, call: Call[SellOut], policy: Policy) -> None:
    """Let a zone have no more of a type, or of all; what it has none of stays so."""
    del policy
    zone, type_name = call.request.zone, call.request.instance_type or ""
    cloud.ledger.touch(stock_key(zone), Mode.WRITE)
    cloud.conditions.sold_out[ZoneId(zone), type_name] = True
    cloud.ledger.write("sold-out", {"zone": zone, "type": type_name})


def restock(cloud: Cloud, call: Call[Restock], policy: Policy) -> None:
    """End that; a type alone stays sold out while all types are, and the other way round."""
    del policy
    zone, type_name = call.request.zone, call.request.instance_type or ""
    cloud.ledger.touch(stock_key(zone), Mode.WRITE)
    cloud.conditions.sold_out.pop((ZoneId(zone), type_name), None)
    cloud.ledger.write("restocked", {"zone": zone, "type": type_name})


def touches(cloud: Cloud, trouble: SellOut | Restock) -> Touches:
    """What the zone has, which every launch in it reads."""
    del cloud
    return ((stock_key(trouble.zone), Mode.WRITE),)
