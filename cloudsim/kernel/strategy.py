"""Strategies: who goes next among all that is due together.

A strategy owns the tickets that compete, so that each can keep them in the form that makes its choice cheap. It sees
every ticket of the group and never the clock. Equal seeds give equal orders.

Source: for the wish to vary more than ties, "determinism is not enough", kotlinx.coroutines issue 1630.
"""

from collections import deque
from collections.abc import Callable
from heapq import heappop, heappush
from typing import Final, Protocol

from cloudsim.kernel.actor import Actor, Ticket
from cloudsim.values.entropy import Entropy


class Strategy(Protocol):
    """The set of competing tickets, and the choice among them."""

    def push(self, ticket: Ticket) -> None:
        """Add a ticket to those that compete."""

    def pop(self) -> Ticket:
        """Choose a ticket and take it out; called only while some compete."""

    def drop(self, serial: int) -> bool:
        """Take a ticket out that is cancelled, and answer True; one that cannot is asked for it all the same."""

    def __len__(self) -> int:
        """Count the tickets that compete."""


class KeepsCancelled:
    """A strategy that leaves cancelled tickets where they are; the kernel passes over them."""

    __slots__ = ()

    def drop(self, _serial: int) -> bool:
        """Drop nothing, for to find a ticket would cost more than to pass over it."""
        return False


class Fifo(KeepsCancelled):
    """The total order itself: first by priority, then by serial. O(log n)."""

    __slots__ = ("_tickets",)

    def __init__(self) -> None:
        self._tickets: list[Ticket] = []

    def push(self, ticket: Ticket) -> None:
        """Add a ticket."""
        heappush(self._tickets, ticket)

    def pop(self) -> Ticket:
        """Take the lowest of the total order."""
        return heappop(self._tickets)

    def __len__(self) -> int:
        return len(self._tickets)


class RunToBlock(KeepsCancelled):
    """Go on with the actor that stepped last as long as it is ready, else take the total order. O(log n).

    Every order is this one with some deviations, so it is the base from which schedules are told and shrunk.
    """

    __slots__ = ("_last", "_others", "_own")

    def __init__(self) -> None:
        self._last: Actor | None = None
        self._own: deque[Ticket] = deque()
        self._others: list[Ticket] = []

    def push(self, ticket: Ticket) -> None:
        """Add a ticket; one of the actor that stepped last goes ahead of the others."""
        if ticket[3] is self._last:
            self._own.append(ticket)
        else:
            heappush(self._others, ticket)

    def pop(self) -> Ticket:
        """Take a ticket of the actor that stepped last, else the lowest of the total order."""
        if self._own:
            return self._own.popleft()
        ticket = heappop(self._others)
        self._last = ticket[3]
        return ticket

    def __len__(self) -> int:
        return len(self._own) + len(self._others)


class RandomOrder(KeepsCancelled):
    """Choose evenly among all that compete. O(1).

    Args:
        seed: any integer; a ticket without rivals draws nothing.
    """

    __slots__ = ("_stream", "_tickets")

    def __init__(self, seed: int) -> None:
        self._stream = Entropy(seed).stream("schedule", "random")
        self._tickets: list[Ticket] = []

    def push(self, ticket: Ticket) -> None:
        """Add a ticket."""
        self._tickets.append(ticket)

    def pop(self) -> Ticket:
        """Take a drawn ticket; the last one fills its place, for nothing depends on the order kept."""
        tickets = self._tickets
        last = tickets.pop()
        if not tickets:
            return last
        rivals = len(tickets)
        place = self._stream.bits32() * (rivals + 1) >> 32
        if place == rivals:
            return last
        chosen, tickets[place] = tickets[place], last
        return chosen

    def __len__(self) -> int:
        return len(self._tickets)


STRATEGIES: Final[dict[str, Callable[[int], Strategy]]] = {
    "fifo": lambda _seed: Fifo(),
    "run-to-block": lambda _seed: RunToBlock(),
    "random": RandomOrder,
}
"""How to make a strategy of each name from a seed."""
