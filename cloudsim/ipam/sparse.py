"""Arrays that are zero nearly everywhere, for blocks too large to have a byte for each address.

An IPv6 VSwitch is a /64. ``SparseArray`` answers what the pool asks of a ``bytearray`` (subscript, ``find(0)``,
``count(0)``, ``copy``) in space that grows with what is not zero; what becomes zero again is forgotten.
``SparseStates`` is the state of every address, with whole blocks held as one entry each.

Reading and writing are O(1). ``find`` is O(log n) with a sorted index that the first ``find`` builds, so a policy
that never searches (uniform) never pays for it. ``count`` and the scan behind ``nth_free`` are O(n log n) at worst.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Self

from sortedcontainers import SortedList


class SparseArray:
    """An array of integers, ``length`` long and zero where nothing was written."""

    __slots__ = ("_order", "_values", "length")

    def __init__(self, length: int, values: dict[int, int] | None = None) -> None:
        self.length = length
        self._values = {} if values is None else values
        self._order: SortedList[int] | None = None

    def __getitem__(self, index: int) -> int:
        return self._values.get(index, 0)

    def __setitem__(self, index: int, value: int) -> None:
        order = self._order
        if order is not None and (index in self._values) != (value != 0):
            if value:
                order.add(index)
            else:
                order.remove(index)
        if value:
            self._values[index] = value
        else:
            self._values.pop(index, None)

    def items(self) -> Iterator[tuple[int, int]]:
        """Walk what is not zero, by index."""
        return iter(sorted(self._values.items()))

    def count(self, value: int, start: int, end: int) -> int:
        """Count the zeroes from ``start`` to before ``end``; only zero can be asked for."""
        assert value == 0, "a sparse array counts only what it does not hold"
        return end - start - sum(start <= index < end for index in self._values)

    def find(self, value: int, start: int = 0, end: int | None = None) -> int:
        """Return the first index at or after ``start`` that holds zero, or -1 if there is none before ``end``."""
        assert value == 0, "a sparse array finds only what it does not hold"
        order = self._sorted()
        index = start
        low = order.bisect_left(start)
        if low < len(order) and order[low] == start:
            # Within the run that begins here, order[i] - i stays what it is; the run ends where it first grows.
            high = len(order)
            gap = start - low
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if order[middle] - middle == gap else (low, middle)
            index = low + gap + 1
        return index if index < (self.length if end is None else end) else -1

    def next_held(self, start: int, end: int) -> int:
        """Return the first index at or after ``start`` that does not hold zero, ``end`` if there is none before it."""
        order = self._sorted()
        place = order.bisect_left(start)
        return min(order[place], end) if place < len(order) else end

    def _sorted(self) -> "SortedList[int]":
        if self._order is None:
            self._order = SortedList(self._values)
        return self._order

    def copy(self) -> Self:
        """Return an independent copy; its sorted index is built again if it is needed."""
        return type(self)(self.length, self._values.copy())


class SparseStates:
    """The state of every address of a large block: zero is free."""

    __slots__ = ("_block_bits", "addresses", "blocks", "length")

    def __init__(self, length: int, block_bits: int) -> None:
        self.length = length
        self._block_bits = block_bits
        self.addresses = SparseArray(length)
        """Single addresses."""
        self.blocks = SparseArray(-(-length >> block_bits))
        """Blocks that are in one state as a whole; no single address lies in one."""

    def __getitem__(self, offset: int) -> int:
        return self.addresses[offset] or self.blocks[offset >> self._block_bits]

    def __setitem__(self, offset: int, state: int) -> None:
        self.addresses[offset] = state

    def fill(self, block: int, state: int) -> None:
        """Set the state of a whole block."""
        self.blocks[block] = state

    def find(self, value: int, start: int, end: int) -> int:
        """Return the first free offset at or after ``start``, or -1 if there is none before ``end``."""
        while start < end:
            offset = self.addresses.find(value, start, end)
            block = offset >> self._block_bits
            if offset < 0 or not self.blocks[block]:
                return offset
            block = self.blocks.find(0, block)
            if block < 0:
                return -1
            start = block << self._block_bits
        return -1

    def nth_free(self, index: int) -> int:
        """Return the free offset that has ``index`` free ones before it; the scan for when guessing fails."""
        bits = self._block_bits
        singles = ((offset, 1) for offset, _ in self.addresses.items())
        wholes = ((block << bits, 1 << bits) for block, _ in self.blocks.items())
        for first, length in sorted(chain(singles, wholes)):
            if first > index:
                break
            index += length
        return index

    def offsets(self, state: int) -> Iterator[int]:
        """Walk the single addresses that are in a state."""
        return (offset for offset, found in self.addresses.items() if found == state)

    def copy(self) -> Self:
        """Return an independent copy."""
        twin = type(self)(self.length, self._block_bits)
        twin.addresses = self.addresses.copy()
        twin.blocks = self.blocks.copy()
        return twin
