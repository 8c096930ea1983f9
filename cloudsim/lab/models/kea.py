"""Kea's three allocators: iterative, random, and the free lease queue.

The random one walks a permutation that it makes as it goes. It draws each position from a range that leaves the
current end out, so that it makes only (n-1)! of the n! orders, and the last address is never offered first.

Source: ISC Kea, ``src/lib/dhcpsrv/iterative_allocator.cc``, ``ip_range_permutation.cc``, ``flq_allocator.cc``.
"""

from collections import OrderedDict

from cloudsim.ipam.refusals import NotUsed, PoolExhausted
from cloudsim.lab.allocator import Ground
from cloudsim.lab.models.model import Model


class Leases(Model):
    """A table of leases, and offers that are looked up in it until one is free."""

    __slots__ = ("leases",)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.leases: set[int] = set()

    @staticmethod
    def work(usable: int, free: int) -> float:
        """As many offers as there are addresses for each free one."""
        return 1000 + 60 * usable / free

    def offer(self) -> int:
        """Return the next candidate."""
        raise NotImplementedError

    def allocate(self, _now_ns: int) -> int:
        """Take the first offer that has no lease."""
        if not self.free:
            raise PoolExhausted(asked=1, free=0)
        leases, offer = self.leases, self.offer
        probes = 1
        while (offset := offer()) in leases:
            probes += 1
        self.probes += probes
        leases.add(offset)
        self.free -= 1
        return offset

    def release(self, offset: int, _now_ns: int) -> None:
        """End the lease."""
        if offset not in self.leases:
            raise NotUsed(offset, None)
        self.leases.remove(offset)
        self.free += 1

    def is_free(self, offset: int) -> bool:
        """Look for a lease."""
        return offset not in self.leases

    def occupy(self, offset: int) -> None:
        """Begin a lease."""
        self.leases.add(offset)

    def vacate(self, offset: int) -> None:
        """End a lease."""
        self.leases.remove(offset)


class KeaIterative(Leases):
    """The one after the last that was offered, and round again."""

    __slots__ = ("last",)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.last = self.low - 1

    def allocate(self, _now_ns: int) -> int:
        """Walk on from the last; the walk is inline, since it is most of what is done."""
        if not self.free:
            raise PoolExhausted(asked=1, free=0)
        leases, low, high = self.leases, self.low, self.high
        offset = self.last
        probes = 0
        while True:
            probes += 1
            offset += 1
            if offset >= high:
                offset = low
            if offset not in leases:
                break
        self.probes += probes
        self.last = offset
        leases.add(offset)
        self.free -= 1
        return offset


class KeaRandom(Leases):
    """The next of a permutation, which begins anew when it is used up."""

    __slots__ = ("cursor", "moved")

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.moved: dict[int, int] = {}
        self.cursor = self.high - self.low - 1

    @staticmethod
    def work(usable: int, free: int) -> float:
        """As many offers as there are addresses for each free one, and each is made."""
        return 1000 + 400 * usable / free

    def offer(self) -> int:
        """Draw a position before the end, and let the end move there."""
        moved, cursor = self.moved, self.cursor
        if not cursor:
            self.cursor = self.high - self.low - 1
            last = moved.get(0, 0)
            moved.clear()
            return self.low + last
        at = self.draw(cursor)
        found = moved.get(at, at)
        moved[at] = moved.get(cursor, cursor)
        self.cursor = cursor - 1
        return self.low + found


class KeaQueue(Model):
    """A queue of what is free, in a random order at first: the free lease queue."""

    __slots__ = ("queue",)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        order = list(range(self.low, self.high))
        self.arrange(order)
        self.draws = 0
        self.queue = OrderedDict.fromkeys(order)

    def arrange(self, order: list[int]) -> None:
        """Shuffle."""
        for last in range(len(order) - 1, 0, -1):
            at = self.draw(last + 1)
            order[at], order[last] = order[last], order[at]

    def allocate(self, _now_ns: int) -> int:
        """Take the first."""
        if not self.free:
            raise PoolExhausted(asked=1, free=0)
        self.probes += 1
        self.free -= 1
        return self.queue.popitem(last=False)[0]

    def release(self, offset: int, _now_ns: int) -> None:
        """Append."""
        if offset in self.queue or not self.low <= offset < self.high:
            raise NotUsed(offset, None)
        self.queue[offset] = None
        self.free += 1

    def is_free(self, offset: int) -> bool:
        """Look it up."""
        return offset in self.queue

    def occupy(self, offset: int) -> None:
        """Take it out of the middle."""
        del self.queue[offset]

    def vacate(self, offset: int) -> None:
        """Append it."""
        self.queue[offset] = None


class KeaQueueInOrder(KeaQueue):
    """The same queue, in the natural order at first."""

    __slots__ = ()

    def arrange(self, order: list[int]) -> None:
        """Leave it."""
