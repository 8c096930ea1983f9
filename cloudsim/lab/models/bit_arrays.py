"""bitarray: a bit for each address, searched in C."""

from typing import Any

from cloudsim.lab.allocator import Ground
from cloudsim.lab.models.model import BLOCK, BLOCK_BITS, PrefixModel
from cloudsim.whatif.extras import need


class BitarrayLowest(PrefixModel):
    """The first bit that is zero."""

    __slots__ = ("bits", "zeros")

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        make = need("bitarray", extra="lab").bitarray
        self.bits: Any = make(self.size)
        self.bits.setall(1)
        self.bits[self.low : self.high] = 0
        self.zeros: Any = make("0" * BLOCK)

    def choose(self) -> int:
        """Search."""
        self.probes += 1
        return int(self.bits.find(0))

    def is_free(self, offset: int) -> bool:
        """Look at its bit."""
        return not self.bits[offset]

    def occupy(self, offset: int) -> None:
        """Set its bit."""
        self.bits[offset] = 1

    def vacate(self, offset: int) -> None:
        """Clear its bit."""
        self.bits[offset] = 0

    def find_block(self) -> int:
        """Search for sixteen zeros, and go on from the next multiple until they begin at one."""
        at = self.bits.find(self.zeros)
        while at >= 0 and at % BLOCK:
            at = self.bits.find(self.zeros, -(-at // BLOCK) * BLOCK)
        return int(at) >> BLOCK_BITS if at >= 0 else -1


class BitarrayNext(BitarrayLowest):
    """The first zero at or after a cursor, and round again."""

    __slots__ = ("cursor",)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.cursor = 0

    def choose(self) -> int:
        """Search from the cursor, then from the start."""
        self.probes += 1
        offset = int(self.bits.find(0, self.cursor))
        if offset < 0:
            offset = int(self.bits.find(0))
        self.cursor = offset + 1
        return offset
