"""What the models share: the ends, the generator, the counters, and the calls in terms of four small steps.

A model says ``choose``, ``is_free``, ``occupy`` and ``vacate``. Where the price of these calls would be most of what is
measured, it has ``allocate`` and ``release`` of its own.
"""

from collections.abc import Iterable
from typing import ClassVar, Final

from cloudsim.ipam.chance import advance
from cloudsim.ipam.refusals import AddressNotFree, NotUsed, PoolExhausted, PrefixUnavailable
from cloudsim.ipam.states import State
from cloudsim.lab.allocator import PREFIXES, Ground

BLOCK_BITS: Final = 4
"""A prefix is a /28."""
BLOCK: Final = 1 << BLOCK_BITS


class Model:
    """An allocator of somebody else."""

    __slots__ = ("draws", "free", "high", "low", "probes", "size", "state")

    supports: ClassVar[tuple[str, ...]] = ()
    """What it can do beside single addresses."""

    def __init__(self, ground: Ground) -> None:
        self.size = ground.size
        self.low = ground.reserved.first
        self.high = ground.size - ground.reserved.last
        self.free = self.high - self.low
        self.state = ground.seed
        self.probes = 0
        self.draws = 0

    @staticmethod
    def work(usable: int, free: int) -> float:  # noqa: ARG004 - most are equally quick always
        """Say how long a pair takes, roughly and in ns of some machine: its growth foretells the time of larger blocks.

        Args:
            usable: addresses of the block.
            free: how many of them are free, at least 1.
        """
        return 1500.0

    # -- what a model says

    def choose(self) -> int:
        """Choose a free offset; there is one."""
        raise NotImplementedError

    def is_free(self, offset: int) -> bool:
        """Tell whether an offset between the ends is free."""
        raise NotImplementedError

    def occupy(self, offset: int) -> None:
        """Make a free offset a used one."""
        raise NotImplementedError

    def vacate(self, offset: int) -> None:
        """Make a used offset a free one."""
        raise NotImplementedError

    def preload(self, offsets: Iterable[int]) -> None:
        """Take many offsets of an unused block at once, where one after the other would take minutes."""
        for offset in offsets:
            self.take(offset, 0)

    # -- what can be asked of it

    def allocate(self, _now_ns: int) -> int:
        """Choose and take."""
        if not self.free:
            raise PoolExhausted(asked=1, free=0)
        offset = self.choose()
        self.occupy(offset)
        self.free -= 1
        return offset

    def release(self, offset: int, _now_ns: int) -> None:
        """Give back what is held."""
        if not self.is_held(offset):
            raise NotUsed(offset, None)
        self.vacate(offset)
        self.free += 1

    def take(self, offset: int, _now_ns: int) -> None:
        """Take what is free."""
        if not (self.low <= offset < self.high and self.is_free(offset)):
            raise AddressNotFree(offset, State.USED)
        self.occupy(offset)
        self.free -= 1

    def free_at(self, _now_ns: int) -> int:
        """Count the free addresses."""
        return self.free

    def is_held(self, offset: int) -> bool:
        """Tell whether an offset is held as a single address."""
        return self.low <= offset < self.high and not self.is_free(offset)

    # -- chance

    def draw(self, count: int) -> int:
        """Draw a number from 0 to before ``count``."""
        self.draws += 1
        self.state = state = advance(self.state)
        return state * count >> 64


class PrefixModel(Model):
    """A model that finds whole blocks; the addresses of a prefix are used ones of which it knows the block."""

    __slots__ = ("prefixes",)

    supports: ClassVar[tuple[str, ...]] = (PREFIXES,)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.prefixes: set[int] = set()

    def find_block(self) -> int:
        """Find the lowest block that is wholly free; -1 if there is none."""
        raise NotImplementedError

    def is_held(self, offset: int) -> bool:
        """Tell whether an offset is held as a single address."""
        return super().is_held(offset) and offset >> BLOCK_BITS not in self.prefixes

    def allocate_prefix(self, _now_ns: int) -> int:
        """Take the lowest whole block."""
        block = self.find_block()
        if block < 0:
            raise PrefixUnavailable(asked=1, free=0)
        first = block << BLOCK_BITS
        for offset in range(first, first + BLOCK):
            self.occupy(offset)
        self.free -= BLOCK
        self.prefixes.add(block)
        return first

    def release_prefix(self, first: int, _now_ns: int) -> None:
        """Give a block back."""
        block = first >> BLOCK_BITS
        if first % BLOCK or block not in self.prefixes:
            raise NotUsed(first, None)
        self.prefixes.remove(block)
        for offset in range(first, first + BLOCK):
            self.vacate(offset)
        self.free += BLOCK
