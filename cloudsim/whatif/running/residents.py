"""Residents: the items that have what they want, so that a zone that fails can end them before their time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cloudsim.kernel.actor import URGENT
from cloudsim.kernel.kernel import Kernel
from cloudsim.values.duration import Ns
from cloudsim.whatif.arrivals.items import Item
from cloudsim.whatif.running.retries import Over, nothing


class Holder(Protocol):
    """Whoever knows what follows when an item is over."""

    then: Over


class Resident:
    """An item that has what it wants; the actor of its end.

    Args:
        everyone: all of the workload, by key.
        item: which.
        zone: where it lives.
        holder: knows what follows when it is over.
        act: ends it.
    """

    __slots__ = ("_act", "_all", "due_ns", "holder", "item", "ticket", "zone")

    def __init__(
        self, everyone: "dict[str, Resident]", item: Item, zone: str, holder: Holder, act: Callable[[], None]
    ) -> None:
        self._all = everyone
        self._act = act
        self.item = item
        self.zone = zone
        self.holder = holder
        self.due_ns: Ns | None = None
        self.ticket: int | None = None
        """Of its end, where that will come."""

    @property
    def name(self) -> str:
        """Whose end it is."""
        return self.item.key

    def resume(self) -> None:
        """Let its time be over."""
        del self._all[self.item.key]
        self._act()


@dataclass(frozen=True, slots=True)
class Lost:
    """An item that was ended before its time."""

    item: Item
    left_ns: Ns | None
    """What was left of its lifetime; None for one that would have stayed beyond every horizon."""
    then: Over
    """What follows when the item that comes in its place is over; nothing for one that is lost for good."""


class Residents:
    """Those of one workload.

    Args:
        kernel: has the time.
    """

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._all: dict[str, Resident] = {}

    def add(self, item: Item, zone: str, holder: Holder, act: Callable[[], None]) -> None:
        """Let an item live in a zone from now on, for its lifetime; at one instant releases come before starts.

        Args:
            item: which.
            zone: where.
            holder: knows what follows when it is over.
            act: ends it.
        """
        resident = self._all[item.key] = Resident(self._all, item, zone, holder, act)
        lifetime_ns = item.lifetime_ns
        if lifetime_ns is not None:
            kernel = self._kernel
            resident.due_ns = kernel.now_ns + lifetime_ns
            resident.ticket = kernel.schedule(resident, lifetime_ns, priority=URGENT)

    def lose(self, zone: str, *, moved: bool) -> list[Lost]:
        """End all in a zone, those that have lived longest first.

        Args:
            zone: which.
            moved: whether they come anew; what follows their end then waits for that one's.
        """
        lost = []
        for resident in [one for one in self._all.values() if one.zone == zone]:
            left_ns = None if resident.due_ns is None else resident.due_ns - self._kernel.now_ns
            if resident.ticket is not None:
                self._kernel.cancel(resident.ticket)
            then = nothing
            if moved:
                then, resident.holder.then = resident.holder.then, nothing
            lost.append(Lost(resident.item, left_ns, then))
            resident.resume()
        return lost
