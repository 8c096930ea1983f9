"""Conditions: what the service lays on every call, beside what exists: limits of calls, lag, zones that are out.

They belong to a run and not to its world, so a cloud begins without any: no throttling, nothing lags, every zone is up.
The Simulation sets them; troubles change them.
"""

from enum import StrEnum

from cloudsim.errors.service import ServiceUnavailable
from cloudsim.resources.consistency import IMMEDIATE, Consistency, Lag
from cloudsim.resources.ledger import Counted, Ledger, Mode
from cloudsim.resources.throttle import Throttle, Throttling
from cloudsim.values.ids import AccountId, CallName, EniId, VSwitchId, ZoneId
from cloudsim.values.members import quick_members


@quick_members
class Snag(StrEnum):
    """What happens to an asynchronous change of an ENI at its end."""

    HANG = "hang"
    """It never ends: the ENI stays Attaching, Detaching or Deleting until somebody repeats the call."""
    FAIL = "fail"
    """It fails, after its call was answered."""


class Conditions:
    """The conditions of one cloud.

    Args:
        ledger: of the cloud.
    """

    __slots__ = ("lag", "ledger", "occupied", "snags", "sold_out", "throttle", "zones_out")

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.throttle: Throttle | None = None
        """What counts calls, and refuses them where there were too many; None where all are let through."""
        self.lag: Lag | None = None
        """What descriptions show late; None while nothing is."""
        self.zones_out: dict[ZoneId, bool] = {}
        """Zones that are out."""
        self.sold_out: dict[tuple[ZoneId, str], bool] = {}
        """Instance types that a zone has no more of; an empty name is every type."""
        self.snags: dict[tuple[str, EniId], Snag] = {}
        """What the next call of an action meets at its FINISH; the steps that set and meet it write the ENI's key."""
        self.occupied: dict[VSwitchId, list[tuple[CallName, str]]] = {}
        """Addresses that troubles gave to other products, with the call that did, oldest first."""

    def set(self, throttling: Throttling | None, consistency: Consistency) -> None:
        """Lay limits on calls, and lag on descriptions; before the first call."""
        self.throttle = None if throttling is None else Throttle(throttling, self.ledger)
        self.lag = None if consistency == IMMEDIATE else Lag(consistency, self.ledger)
        self.ledger.count_watcher = self.lag

    def twin(self, ledger: Ledger) -> "Conditions":
        """Give the same conditions for another cloud.

        Args:
            ledger: of that cloud.
        """
        twin = Conditions(ledger)
        twin.throttle = None if self.throttle is None else self.throttle.twin(ledger)
        twin.lag = None if self.lag is None else self.lag.twin(ledger)
        ledger.count_watcher = twin.lag
        twin.zones_out, twin.sold_out = dict(self.zones_out), dict(self.sold_out)
        twin.snags = dict(self.snags)
        twin.occupied = {vswitch: list(taken) for vswitch, taken in self.occupied.items()}
        return twin

    def shown_count(self, vswitch: Counted) -> int:
        """AvailableIpAddressCount as descriptions show it, which may be old. The step reads the pool."""
        return vswitch.available_count() if self.lag is None else self.lag.shown_count(vswitch)

    def admission_touches(self, account: AccountId, action: str, region: str | None) -> tuple[tuple[str, Mode], ...]:
        """Say what admitting a call touches: the account's count of calls, where calls are limited."""
        return () if self.throttle is None else self.throttle.touches(account, action, region or "")

    def require_near_page(self, number: int, size: int) -> None:
        """Refuse a page that begins too deep in its list, where calls are limited.

        Raises:
            ThrottlingDeepPageSkip: it does.
        """
        if self.throttle is not None:
            self.throttle.require_near(number, size)

    def require_zone(self, zone: ZoneId) -> None:
        """Refuse while a zone is out; reads ``zone:<id>``.

        Raises:
            ServiceUnavailable: it is out.
        """
        if self.ledger.watcher is not None:
            self.ledger.touch(zone_key(zone), Mode.READ)
        if zone in self.zones_out:
            raise ServiceUnavailable


def stock_key(zone: str) -> str:
    """Give the name in footprints of what a zone has of instances."""
    return f"stock:{zone}"


def zone_key(zone: str) -> str:
    """Give a zone's name in footprints."""
    return f"zone:{zone}"
