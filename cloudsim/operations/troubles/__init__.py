"""Troubles: what happens to a cloud, said as operations that no API has."""

from typing import Any, Final

from cloudsim.api import troubles
from cloudsim.api.requests import Request
from cloudsim.operations.operation import OperationKind
from cloudsim.operations.troubles import limits, links, states, stock, supply, zones
from cloudsim.operations.troubles.striking import at_once

KINDS: Final[dict[type[Request], OperationKind[Any]]] = {
    troubles.TakeZoneOut: at_once(zones.take_out, zones.touches),
    troubles.BringZoneBack: at_once(zones.bring_back, zones.touches),
    troubles.SellOut: at_once(stock.sell_out, stock.touches),
    troubles.Restock: at_once(stock.restock, stock.touches),
    troubles.BondEni: at_once(links.bond, links.touches),
    troubles.SetInstanceStatus: at_once(states.set_instance_status, states.instance_touches),
    troubles.SetVSwitchStatus: at_once(states.set_vswitch_status, states.vswitch_touches),
    troubles.OccupyAddresses: at_once(supply.occupy, supply.touches),
    troubles.FreeAddresses: at_once(supply.free, supply.touches),
    troubles.AliasShortage: at_once(supply.say_alias, supply.touches),
    troubles.BurnToken: at_once(limits.burn_token, limits.token_touches),
    troubles.SetQuota: at_once(limits.set_quota, limits.quota_touches),
    **{kind: at_once(states.lay_snag, states.snag_touches) for kind in states.SNAGS},
}
"""Which operation does which request."""
