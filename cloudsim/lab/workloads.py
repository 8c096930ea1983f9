"""The work that allocators are given: pairs of a release and an allocation, in the orders that matter.

- ``steady``: a constant population whose members live exponentially long, so that any of them may be the next to go.
- ``fifo``: the oldest goes first.
- ``burst``: most go at once, those who stay churn in batches, and all come back.
- ``named``: one allocation of four asks for a certain address, and takes any if it cannot be had.
- ``prefixes``: one pair of eight gives a prefix back and asks for another one.
- ``cool-down``: steady, and a released address rests while a twentieth of the block's size is allocated.

What is chosen at random is laid out before a round, so that a round does nothing but the work. All is a function of
the seed.

Source: ip_pools.md, "What the IP allocator benchmark command should offer", and the burst test of table F.
"""

from collections.abc import Sequence
from typing import Any, Final

from cloudsim.ipam.chance import advance
from cloudsim.ipam.refusals import PrefixUnavailable, Refusal
from cloudsim.lab.allocator import COOLS, PREFIXES, Ground

STEADY: Final = "steady"
FIFO: Final = "fifo"
BURST: Final = "burst"
NAMED: Final = "named"
PREFIX_MIX: Final = "prefixes"
COOL_DOWN: Final = "cool-down"
WORKLOADS: Final = (STEADY, FIFO, BURST, NAMED, PREFIX_MIX, COOL_DOWN)

NEEDS: Final = {PREFIX_MIX: PREFIXES, COOL_DOWN: COOLS}
"""What an allocator must support for a workload."""

_NAMED_EVERY: Final = 4
_PREFIX_EVERY: Final = 8
_COOLING_SHARE: Final = 20
_BURST_LEFT: Final = 4
_BATCHES: Final = 50
_SIZE_MAX: Final = 1 << 16
"""A /64 is worked on as if it were as large as a /16."""


class Nothing:
    """An allocator that does nothing: the price of the calls alone."""

    __slots__ = ()

    def allocate(self, _now_ns: int) -> int:
        """Return."""
        return 0

    def release(self, _offset: int, _now_ns: int) -> None:
        """Return."""

    def take(self, _offset: int, _now_ns: int) -> None:
        """Return."""

    def allocate_prefix(self, _now_ns: int) -> int:
        """Return."""
        return 0

    def release_prefix(self, _first: int, _now_ns: int) -> None:
        """Return."""


class Steady:
    """A population from which any may be the next to go.

    Args:
        allocator: at its fill.
        held: what is held of it; goes on as the work does.
        where: the block.
        seed: of the work.
    """

    ticks = 0
    """How far time moves at each pair, in ns."""

    def __init__(self, allocator: Any, held: list[int], where: Ground, *, seed: int = 7) -> None:  # noqa: ANN401
        self.allocator = allocator
        self.held = held
        self.where = where
        self.state = seed
        self.now_ns = 0
        self.places: Sequence[int] = ()
        self.asked = 0
        """How many named addresses or prefixes were asked for."""
        self.had = 0
        """How many of these were had."""

    def draw(self, count: int) -> int:
        """Draw a number from 0 to before ``count``."""
        self.state = advance(self.state)
        return self.state * count >> 64

    def prepare(self, pairs: int) -> None:
        """Lay out a round."""
        count = len(self.held)
        self.places = [self.draw(count) for _ in range(pairs)]

    def run(self) -> int:
        """Do it, and return how many pairs it was."""
        release, allocate, held = self.allocator.release, self.allocator.allocate, self.held
        now_ns, ticks = self.now_ns, self.ticks
        for place in self.places:
            release(held[place], now_ns)
            held[place] = allocate(now_ns)
            now_ns += ticks
        self.now_ns = now_ns
        return len(self.places)


class Fifo(Steady):
    """A population from which the oldest goes next."""

    at = 0

    def prepare(self, pairs: int) -> None:
        """Go round."""
        count = len(self.held)
        self.places = [(self.at + step) % count for step in range(pairs)]
        self.at = (self.at + pairs) % count


class Cooled(Steady):
    """A population whose addresses rest."""

    ticks = 1


class Named(Steady):
    """A population of which some want a certain address."""

    names: Sequence[int] = ()
    """The address that is wanted, or -1."""

    def prepare(self, pairs: int) -> None:
        """Lay out who goes, and who wants what."""
        super().prepare(pairs)
        first, usable = self.where.reserved.first, self.where.usable
        self.names = [-1 if step % _NAMED_EVERY else first + self.draw(usable) for step in range(pairs)]

    def run(self) -> int:
        """Do it, and return how many pairs it was."""
        release, allocate, take, held = (
            self.allocator.release, self.allocator.allocate, self.allocator.take, self.held
        )  # fmt: skip
        asked = had = 0
        for place, name in zip(self.places, self.names, strict=True):
            release(held[place], 0)
            if name >= 0:
                asked += 1
                try:
                    take(name, 0)
                except Refusal:
                    held[place] = allocate(0)
                else:
                    had += 1
                    held[place] = name
            else:
                held[place] = allocate(0)
        self.asked += asked
        self.had += had
        return len(self.places)


class PrefixMix(Steady):
    """A population some of which hold prefixes."""

    slots: Sequence[int] = ()
    """Which prefix is given back, or -1 for a single address."""

    def __init__(self, allocator: Any, held: list[int], where: Ground, *, seed: int = 7) -> None:  # noqa: ANN401
        super().__init__(allocator, held, where, seed=seed)
        self.prefixes = [-1] * max(1, min(where.size, _SIZE_MAX) // 512)
        """Their first addresses, or -1 where none was to be had."""

    def prepare(self, pairs: int) -> None:
        """Lay out who goes."""
        super().prepare(pairs)
        count = len(self.prefixes)
        self.slots = [-1 if step % _PREFIX_EVERY else self.draw(count) for step in range(pairs)]

    def run(self) -> int:
        """Do it, and return how many pairs it was."""
        allocator, held, prefixes = self.allocator, self.held, self.prefixes
        release, allocate = allocator.release, allocator.allocate
        release_prefix, allocate_prefix = allocator.release_prefix, allocator.allocate_prefix
        asked = had = 0
        for place, slot in zip(self.places, self.slots, strict=True):
            if slot < 0:
                release(held[place], 0)
                held[place] = allocate(0)
                continue
            if prefixes[slot] >= 0:
                release_prefix(prefixes[slot], 0)
            asked += 1
            try:
                prefixes[slot] = allocate_prefix(0)
            except PrefixUnavailable:
                prefixes[slot] = -1
            else:
                had += 1
        self.asked += asked
        self.had += had
        return len(self.places)


class Burst(Steady):
    """A population most of which go at once and come back, while those who stay churn in batches."""

    def prepare(self, pairs: int) -> None:  # noqa: ARG002 - a burst is as long as it is
        """Lay out who goes, as shares of 64 bits."""
        count = len(self.held)
        going = count - count // _BURST_LEFT + _BATCHES * self._batch
        numbers = []
        for _ in range(going):
            self.state = advance(self.state)
            numbers.append(self.state)
        self.places = numbers

    @property
    def _batch(self) -> int:
        return max(1, len(self.held) // _BURST_LEFT // _BATCHES)

    def run(self) -> int:
        """Do it, and return how many pairs it was."""
        release, allocate, held = self.allocator.release, self.allocator.allocate, self.held
        count, batch = len(held), self._batch
        going = count - count // _BURST_LEFT
        places = iter(self.places)

        def drop(many: int) -> None:
            for _, number in zip(range(many), places, strict=False):
                at = number * len(held) >> 64
                held[at], held[-1] = held[-1], held[at]
                release(held.pop(), 0)

        drop(going)
        for _ in range(_BATCHES if held else 0):
            drop(min(batch, len(held)))
            while len(held) < count - going:
                held.append(allocate(0))
        while len(held) < count:
            held.append(allocate(0))
        return len(self.places)


class Many:
    """Steady work on one of many allocators after the other: cold in the cache if there are enough.

    What is held of all of them is one list, so that nearly all that is cold is the allocators' own.
    """

    def __init__(self, works: Sequence[Steady], *, seed: int = 7) -> None:
        self.allocators = [work.allocator for work in works]
        self.held = [offset for work in works for offset in work.held]
        self.state = seed
        self.order: Sequence[tuple[int, int]] = ()

    def draw(self, count: int) -> int:
        """Draw a number from 0 to before ``count``."""
        self.state = advance(self.state)
        return self.state * count >> 64

    def prepare(self, pairs: int) -> None:
        """Lay out whose turn it is, and who goes."""
        count = len(self.allocators)
        each = len(self.held) // count
        numbers = [self.draw(count) for _ in range(pairs)]
        self.order = [(number, number * each + self.draw(each)) for number in numbers]

    def run(self) -> int:
        """Do it, and return how many pairs it was."""
        allocators, held = self.allocators, self.held
        for number, place in self.order:
            allocator = allocators[number]
            allocator.release(held[place], 0)
            held[place] = allocator.allocate(0)
        return len(self.order)


_KINDS: Final = {
    STEADY: Steady, FIFO: Fifo, BURST: Burst, NAMED: Named, PREFIX_MIX: PrefixMix, COOL_DOWN: Cooled,
}  # fmt: skip


def make_work(workload: str, allocator: Any, held: list[int], where: Ground) -> Steady:  # noqa: ANN401
    """Make the work of a name."""
    return _KINDS[workload](allocator, held, where)


def cool_ns_of(workload: str, size: int) -> int:
    """Say how long an address rests under a workload: 0 but for one of them."""
    return max(1, min(size, _SIZE_MAX) // _COOLING_SHARE) if workload == COOL_DOWN else 0
