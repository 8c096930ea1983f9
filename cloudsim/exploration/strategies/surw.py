"""SURW: a uniform random walk over interleavings: a thread goes on with a chance in proportion to its steps left.

How many steps a thread has is known from a run before. A thread that was not seen there, or that has outlived it,
counts as one step.

Price: O(log n) a choice, by a tree of sums.

Source: Zhao, Wolff, Mathur, Roychoudhury, "Selectively Uniform Concurrency Testing" (ASPLOS 2025).
"""

from collections import deque
from collections.abc import Mapping

from cloudsim.exploration.threads import Threads
from cloudsim.kernel.actor import Ticket
from cloudsim.kernel.strategy import KeepsCancelled
from cloudsim.values.entropy import Entropy


class Surw(KeepsCancelled):
    """A walk weighted by steps left.

    Args:
        seed: of the walk.
        steps: how many each thread has, about.
    """

    __slots__ = ("_left", "_places", "_size", "_stream", "_threads", "_waiting", "_weights")

    def __init__(self, seed: int, *, steps: Mapping[str, int]) -> None:
        self._stream = Entropy(seed).stream("schedule", "surw")
        self._left = dict(steps)
        self._threads = Threads()
        self._places: dict[str, int] = {}
        self._waiting: list[deque[Ticket]] = []
        self._weights = Weights()
        self._size = 0

    def push(self, ticket: Ticket) -> None:
        """Add a ticket; those of one thread keep their order."""
        thread = self._threads.push(ticket[3].name)
        place = self._places.get(thread)
        if place is None:
            place = self._places[thread] = len(self._waiting)
            self._waiting.append(deque())
            self._weights.append()
        self._size += 1
        if not self._waiting[place]:
            self._weights.set(place, max(1, self._left.get(thread, 1)))
        self._waiting[place].append(ticket)

    def pop(self) -> Ticket:
        """Take a ticket of a thread that is drawn by its steps left."""
        total = self._weights.total
        place = self._weights.find(self._stream.bits32() * total >> 32)
        waiting = self._waiting[place]
        ticket = waiting.popleft()
        thread = self._threads.pop(ticket[3].name)
        self._size -= 1
        self._left[thread] = left = self._left.get(thread, 1) - 1
        self._weights.set(place, max(1, left) if waiting else 0)
        return ticket

    def __len__(self) -> int:
        return self._size


class Weights:
    """Weights by place, their sum, and the place at which a running sum passes a number; a Fenwick tree, O(log n)."""

    __slots__ = ("_sums", "_values", "total")

    def __init__(self) -> None:
        self._values: list[int] = []
        self._sums = [0]
        self.total = 0

    def append(self) -> None:
        """Add a place of weight 0."""
        self._values.append(0)
        node = len(self._sums)
        covered = node & -node
        self._sums.append(sum(self._values[node - covered : node]))

    def set(self, place: int, weight: int) -> None:
        """Give a place a weight."""
        change = weight - self._values[place]
        self._values[place] = weight
        self.total += change
        node = place + 1
        while node < len(self._sums):
            self._sums[node] += change
            node += node & -node

    def find(self, number: int) -> int:
        """The place within which a number of ``[0, total)`` falls."""
        node, bit = 0, 1 << (len(self._sums).bit_length() - 1)
        while bit:
            upper = node + bit
            if upper < len(self._sums) and self._sums[upper] <= number:
                node = upper
                number -= self._sums[upper]
            bit >>= 1
        return node
