"""Pack: an address of the fullest block that has one, so that as many blocks as can be stay whole for prefixes.

Of each block (/28) the index holds how many of its addresses are free, one byte, and of each such number how many
blocks have it. The lowest number above zero that any block has is one bit operation, the lowest block that has it one
search (memchr, over 4 KiB in a /16), and the lowest free address in it another, over 16 bytes. Takes and releases
move a block by one: O(1). Index: 4 KiB for a /16, 16 bytes for a /24, and it follows from the map alone.

It comes closest of all to perfect packing, also after a burst, when lowest-first takes longer to get there. The price
is that of lowest-first: a released address comes back at once, since its block is likely among the fullest.
"""

from typing import Self

from cloudsim.ipam.space import SpaceMap

_BUT_NONE = ~1
"""All numbers of free addresses, as bits, but zero."""


class Pack:
    """How many addresses are free, by block, and how many blocks have so many."""

    __slots__ = ("band", "bits", "blocks", "free", "numbers")

    def __init__(self) -> None:
        self.band = range(0)
        self.bits = 0
        self.free = bytearray()
        """Of each block, how many of its addresses the index holds."""
        self.blocks: list[int] = []
        """Of each such number, how many blocks have it."""
        self.numbers = 0
        """Which of the numbers any block has, as bits."""

    def build(self, truth: SpaceMap, band: range) -> None:
        """Count what is free."""
        assert isinstance(truth.state, bytearray), "a block of a sparse map never fills"
        self.band = band
        self.bits = truth.block_bits
        self.free = self._recount(truth)
        self.blocks = [self.free.count(number) for number in range((1 << self.bits) + 1)]
        self.numbers = sum(1 << number for number, blocks in enumerate(self.blocks) if blocks)

    def _recount(self, truth: SpaceMap) -> bytearray:
        free = bytearray(-(-truth.size >> self.bits))
        for offset in self.band:
            free[offset >> self.bits] += not truth.state[offset]
        return free

    def pick(self, truth: SpaceMap) -> int:
        """Take the lowest address of the lowest of the fullest blocks."""
        numbers = self.numbers & _BUT_NONE
        number = (numbers & -numbers).bit_length() - 1
        block = self.free.find(number)
        self._move(block, number, number - 1)
        return truth.state.find(0, block << self.bits, self.band.stop)

    def drop(self, offset: int) -> None:
        """Count one less in its block."""
        block = offset >> self.bits
        number = self.free[block]
        self._move(block, number, number - 1)

    def put(self, offset: int) -> None:
        """Count one more in its block."""
        block = offset >> self.bits
        number = self.free[block]
        self._move(block, number, number + 1)

    def _move(self, block: int, number: int, other: int) -> None:
        """Give a block another number of free addresses."""
        blocks = self.blocks
        self.free[block] = other
        blocks[number] = left = blocks[number] - 1
        blocks[other] = more = blocks[other] + 1
        if not left:
            self.numbers ^= 1 << number
        if more == 1:
            self.numbers ^= 1 << other

    def clone(self) -> Self:
        """Copy the numbers."""
        twin = type(self)()
        twin.band = self.band
        twin.bits = self.bits
        twin.free = self.free[:]
        twin.blocks = self.blocks[:]
        twin.numbers = self.numbers
        return twin

    def check(self, truth: SpaceMap) -> None:
        """Assert that the numbers are those of a recount."""
        assert self.free == self._recount(truth), "a block has as many free addresses as the index says"
        for number, blocks in enumerate(self.blocks):
            assert blocks == self.free.count(number), "as many blocks have the number as the index says"
            assert self.numbers >> number & 1 == (blocks > 0), "a bit says that a block has the number"
