"""PCT: the thread of the highest priority goes on, and at a few drawn steps the one under way falls to the bottom.

A bug that needs ``depth`` orderings is hit with a chance of at least ``1 / (threads * steps ** (depth - 1))`` a run.
It shines where one thread simply has to lose, and is weak where two must interleave.

Price: O(log n) a choice, and a second one at each change.

Source: Burckhardt, Kothari, Musuvathi, Nagarakatti, "A Randomized Scheduler with Probabilistic Guarantees of Finding
Bugs" (ASPLOS 2010).
"""

from heapq import heappop, heappush

from cloudsim.exploration.threads import Threads
from cloudsim.kernel.actor import Ticket
from cloudsim.kernel.strategy import KeepsCancelled
from cloudsim.values.entropy import Entropy


class Pct(KeepsCancelled):
    """Priorities with change points.

    Args:
        seed: of the priorities and the change points.
        depth: how many orderings the bug may need, at least 1; one less is the number of change points.
        steps: how many steps a run has, about.
    """

    __slots__ = ("_changes", "_lowest", "_made", "_priorities", "_stream", "_threads", "_tickets")

    def __init__(self, seed: int, *, depth: int, steps: int) -> None:
        assert depth >= 1, "a depth is at least 1"
        self._stream = Entropy(seed).stream("schedule", "pct")
        self._priorities: dict[str, int] = {}
        self._threads = Threads()
        self._tickets: list[tuple[int, Ticket]] = []
        self._changes = {1 + self._stream.below(max(steps, 1)) for _ in range(depth - 1)}
        self._made = 0
        self._lowest = 0

    def push(self, ticket: Ticket) -> None:
        """Add a ticket with the priority of its thread; the first one of a thread draws it."""
        thread = self._threads.push(ticket[3].name)
        priority = self._priorities.get(thread)
        if priority is None:
            # Drawn above all that changes give; a tie goes to the older ticket.
            priority = self._priorities[thread] = 1 + self._stream.bits32()
        heappush(self._tickets, (-priority, ticket))

    def pop(self) -> Ticket:
        """Take a ticket of the thread with the highest priority."""
        self._made += 1
        if self._made in self._changes:
            ticket = heappop(self._tickets)[1]
            self._lowest -= 1
            thread = self._threads.pop(ticket[3].name)
            self._priorities[thread] = self._lowest
            self.push(ticket)
        ticket = heappop(self._tickets)[1]
        self._threads.pop(ticket[3].name)
        return ticket

    def __len__(self) -> int:
        return len(self._tickets)
