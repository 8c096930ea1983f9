"""One integer with a bit for each address: Python's own bit set. Every change copies all of it."""

from cloudsim.lab.allocator import Ground
from cloudsim.lab.models.model import BLOCK, BLOCK_BITS, PrefixModel


class BigIntLowest(PrefixModel):
    """The lowest bit that is set."""

    __slots__ = ("aligned", "mask")

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.mask = ((1 << self.high) - 1) >> self.low << self.low
        """What is free."""
        self.aligned = sum(1 << first for first in range(0, self.size - BLOCK + 1, BLOCK))

    @staticmethod
    def work(usable: int, free: int) -> float:  # noqa: ARG004 - all words are copied, whatever is free
        """It copies all."""
        return 2000 + 0.05 * usable

    def choose(self) -> int:
        """Isolate a bit."""
        self.probes += 1
        return (self.mask & -self.mask).bit_length() - 1

    def is_free(self, offset: int) -> bool:
        """Look at its bit."""
        return bool(self.mask >> offset & 1)

    def occupy(self, offset: int) -> None:
        """Clear its bit."""
        self.mask ^= 1 << offset

    def vacate(self, offset: int) -> None:
        """Set its bit."""
        self.mask |= 1 << offset

    def find_block(self) -> int:
        """Shift and combine, four times, then look at multiples of 16."""
        runs = self.mask
        for step in (1, 2, 4, 8):
            runs &= runs >> step
        runs &= self.aligned
        return ((runs & -runs).bit_length() - 1) >> BLOCK_BITS if runs else -1


class BigIntNext(BigIntLowest):
    """The lowest bit at or above a cursor, and round again."""

    __slots__ = ("cursor",)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.cursor = 0

    def choose(self) -> int:
        """Shift, and isolate a bit."""
        self.probes += 1
        mask = self.mask >> self.cursor << self.cursor or self.mask
        self.cursor = (mask & -mask).bit_length()
        return self.cursor - 1
