"""The pending steps of one run, by stable keys, and the log of what was chosen among them.

A key is the name of the actor; a second pending turn of the same name gets ``~2``, and so on. The log says of each step
who made it, what it might touch, in which step it was scheduled, and who would have gone on *run-to-block*: the actor
that stepped last if it can go on at once, else the first of the total order. Every schedule is run-to-block with some
deviations, so that is how schedules are told, saved and shrunk.

Price: a choice costs O(log n) for the base, and what the chooser takes.
"""

from heapq import heappop, heappush
from typing import Final, Protocol

import msgspec

from cloudsim.exploration.footprints import footprint_of
from cloudsim.exploration.naming import DurableNames
from cloudsim.kernel.actor import Ticket
from cloudsim.kernel.strategy import Strategy
from cloudsim.operations.operation import Footprint
from cloudsim.values.duration import Ns

BEFORE_ALL: Final = -1
"""The step in which a ticket was scheduled that was there before the first step."""


class Step(msgspec.Struct, frozen=True, gc=False):
    """One step of a run."""

    key: str
    """Who made it."""
    footprint: Footprint
    """What it might touch, as asked just before it."""
    base: str
    """Who would have made it on run-to-block."""
    rivals: int
    """How many could have made it."""
    cause: int
    """The step in which it was scheduled, or before it became possible; ``BEFORE_ALL`` if none."""
    at_ns: Ns = 0
    """The instant at which it was made."""
    phase: str = ""
    """The phase of an operation that it did; empty for other actors."""
    action: str = ""
    """What whoever made it does; empty for others than calls."""
    mark: str = ""
    """What the ids of the things end with that the call makes."""

    @property
    def is_deviation(self) -> bool:
        """Whether run-to-block would have gone on otherwise."""
        return self.key != self.base


class Chooser(Protocol):
    """Who says which of the pending keys is next."""

    def choose(self, ready: "Ready") -> str:
        """Name a key of ``ready.tickets``."""


class Ready:
    """A strategy for the kernel that keeps tickets by key, asks a chooser, and logs.

    Args:
        chooser: who says.
    """

    def __init__(self, chooser: Chooser) -> None:
        self._chooser = chooser
        self.tickets: dict[str, Ticket] = {}
        """Who is pending, in the order in which they came."""
        self.log: list[Step] = []
        self._keys: dict[int, str] = {}
        self._causes: dict[int, int] = {}
        self._by_order: list[tuple[int, int, int]] = []
        self._last = ""
        self._now_ns: Ns = 0
        self.who = DurableNames()
        self._noted: set[str] = set()

    def push(self, ticket: Ticket) -> None:
        """Add a ticket."""
        name = ticket[3].name
        key, turn = name, 1
        while key in self.tickets:
            turn += 1
            key = f"{name}~{turn}"
        serial = ticket[2]
        if key not in self._noted:
            actor = ticket[3]
            self._noted.add(key)
            self.who.note(key, getattr(actor, "action", ""), getattr(actor, "mark", ""))
        self.tickets[key] = ticket
        self._keys[serial] = key
        self._causes[serial] = len(self.log) - 1
        heappush(self._by_order, ticket[:3])

    def pop(self) -> Ticket:
        """Take the ticket that the chooser names, and log the step."""
        key = self._chooser.choose(self)
        ticket = self.tickets[key]
        serial = ticket[2]
        actor = ticket[3]
        base, rivals = self.base(), len(self.tickets)
        self._now_ns = max(self._now_ns, ticket[0])
        phase, action, mark = (str(getattr(actor, name, "")) for name in ("phase", "action", "mark"))
        cause, now_ns = self._causes[serial], self._now_ns
        step = Step(key, footprint_of(actor), base, rivals, cause, now_ns, phase, action, mark)
        self.log.append(step)
        self._forget(serial)
        self._last = key
        return ticket

    def drop(self, serial: int) -> bool:
        """Take a cancelled ticket out."""
        if serial not in self._keys:
            return False
        self._forget(serial)
        return True

    def __len__(self) -> int:
        return len(self.tickets)

    def _forget(self, serial: int) -> None:
        del self.tickets[self._keys.pop(serial)]
        del self._causes[serial]

    def base(self) -> str:
        """Who goes next on run-to-block."""
        last = self.tickets.get(self._last)
        if last is not None and last[0] <= self._now_ns:
            return self._last
        by_order, keys = self._by_order, self._keys
        while by_order[0][2] not in keys:
            heappop(by_order)
        return keys[by_order[0][2]]

    def starves_somebody(self) -> bool:
        """Whether somebody could have gone on all through the second half of the run, and was never chosen."""
        half = len(self.log) // 2
        return any(ticket[0] < self._now_ns and self._causes[ticket[2]] < half for ticket in self.tickets.values())

    def instant_of(self, key: str) -> Ns:
        """When a pending step would be made, were it the next one: one that is late is made now."""
        return max(self._now_ns, self.tickets[key][0])

    def footprint(self, key: str) -> Footprint:
        """What the next step of a pending key may touch, as the world is now."""
        return footprint_of(self.tickets[key][3])


class RunsToBlock:
    """The chooser of the base itself."""

    def choose(self, ready: Ready) -> str:
        """Name the base."""
        return ready.base()


class Recorded(Ready):
    """A log of the choices of any strategy of the kernel, at the price of a dictionary entry for each ticket.

    Args:
        strategy: who chooses.
    """

    def __init__(self, strategy: Strategy) -> None:
        super().__init__(self)
        self._strategy = strategy

    def push(self, ticket: Ticket) -> None:
        """Add a ticket."""
        super().push(ticket)
        self._strategy.push(ticket)

    def choose(self, _ready: Ready) -> str:
        """Name the ticket that the strategy takes; those that were cancelled are gone already."""
        while True:
            key = self._keys.get(self._strategy.pop()[2])
            if key is not None:
                return key

    def drop(self, serial: int) -> bool:
        """Take a cancelled ticket out, whether or not the strategy can."""
        self._strategy.drop(serial)
        return super().drop(serial)


def deviations(log: list[Step]) -> list[tuple[int, str]]:
    """The steps at which a run was not run-to-block, and who made them."""
    return [(number, step.key) for number, step in enumerate(log) if step.key != step.base]
