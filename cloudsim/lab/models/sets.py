"""A set of what is used, and guessing: what is written first by nearly everybody.

Uniform, and quick while the block is half empty. Near exhaustion it takes as many guesses as there are addresses for
each that is free.
"""

from cloudsim.ipam.chance import advance
from cloudsim.ipam.refusals import NotUsed, PoolExhausted
from cloudsim.lab.allocator import IPV6, PREFIXES, Ground
from cloudsim.lab.models.model import BLOCK, BLOCK_BITS, PrefixModel


class Rejection(PrefixModel):
    """Guesses until one is not in the set."""

    __slots__ = ("used",)

    supports = (PREFIXES, IPV6)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.used: set[int] = set()

    @staticmethod
    def work(usable: int, free: int) -> float:
        """As many guesses as there are addresses for each free one."""
        return 1000 + 70 * usable / free

    def allocate(self, _now_ns: int) -> int:
        """Guess."""
        if not self.free:
            raise PoolExhausted(asked=1, free=0)
        used, low, count, state = self.used, self.low, self.high - self.low, self.state
        probes = 0
        while True:
            probes += 1
            state = advance(state)
            offset = low + (state * count >> 64)
            if offset not in used:
                break
        self.state = state
        self.probes += probes
        self.draws += probes
        used.add(offset)
        self.free -= 1
        return offset

    def release(self, offset: int, _now_ns: int) -> None:
        """Forget it."""
        if offset not in self.used or offset >> BLOCK_BITS in self.prefixes:
            raise NotUsed(offset, None)
        self.used.remove(offset)
        self.free += 1

    def is_free(self, offset: int) -> bool:
        """Look it up."""
        return offset not in self.used

    def occupy(self, offset: int) -> None:
        """Add it."""
        self.used.add(offset)

    def vacate(self, offset: int) -> None:
        """Remove it."""
        self.used.remove(offset)

    def find_block(self) -> int:
        """Look at one block after the other."""
        used = self.used
        for first in range(-(-self.low // BLOCK) * BLOCK, self.high - BLOCK + 1, BLOCK):
            if used.isdisjoint(range(first, first + BLOCK)):
                return first >> BLOCK_BITS
        return -1
