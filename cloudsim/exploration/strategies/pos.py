"""Partial-order sampling: every pending step has a drawn priority, and a step that is made redraws its rivals'.

So the chance of an order does not fall with the number of steps that have nothing to do with it. Rivals are found by
their footprints, as they were when the step became pending.

Price: O(log n) a choice, and O(log n) for each rival on the same keys.

Source: Yuan, Yang, Gu, "Partial Order Aware Concurrency Sampling" (CAV 2018).
"""

from heapq import heappop, heappush

from cloudsim.exploration.footprints import EVERYTHING, are_in_conflict, footprint_of, touches_of
from cloudsim.kernel.actor import Ticket
from cloudsim.kernel.strategy import KeepsCancelled
from cloudsim.operations.operation import Footprint
from cloudsim.values.entropy import Entropy


class Pos(KeepsCancelled):
    """Priorities that conflicts draw anew.

    Args:
        seed: of the priorities.
    """

    __slots__ = ("_by_key", "_footprints", "_order", "_priorities", "_stream", "_tickets")

    def __init__(self, seed: int) -> None:
        self._stream = Entropy(seed).stream("schedule", "pos")
        self._tickets: dict[int, Ticket] = {}
        self._footprints: dict[int, Footprint] = {}
        self._priorities: dict[int, int] = {}
        self._order: list[tuple[int, int]] = []
        self._by_key: dict[str, dict[int, None]] = {}

    def push(self, ticket: Ticket) -> None:
        """Add a ticket with a priority of its own."""
        serial = ticket[2]
        footprint = footprint_of(ticket[3])
        self._tickets[serial] = ticket
        self._footprints[serial] = footprint
        for key, _ in touches_of(footprint):
            self._by_key.setdefault(key, {})[serial] = None
        self._draw(serial)

    def _draw(self, serial: int) -> None:
        priority = self._stream.bits32()
        self._priorities[serial] = priority
        heappush(self._order, (-priority, serial))

    def pop(self) -> Ticket:
        """Take the ticket of the highest priority, and draw anew for those in conflict with it."""
        while True:
            lowered, serial = heappop(self._order)
            if self._priorities.get(serial) == -lowered:
                break
        ticket, footprint = self._tickets[serial], self._footprints[serial]
        self._forget(serial, footprint)
        for rival in self._rivals(footprint):
            if are_in_conflict(footprint, self._footprints[rival]):
                self._draw(rival)
        return ticket

    def _rivals(self, footprint: Footprint) -> dict[int, None]:
        """Those that share a key, in the order in which they came; a step that says nothing rivals with all."""
        found: dict[int, None] = {}
        for key, mode in touches_of(footprint):
            if key != EVERYTHING or mode == "write":
                found |= self._by_key.get(key, {})
        return found

    def _forget(self, serial: int, footprint: Footprint) -> None:
        del self._tickets[serial], self._footprints[serial], self._priorities[serial]
        for key, _ in touches_of(footprint):
            del self._by_key[key][serial]

    def __len__(self) -> int:
        return len(self._tickets)
