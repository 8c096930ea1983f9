"""The truth: the state of every address of a block, and nothing else is authoritative.

A byte per address says its state, and a number per delegated block (/28, IPv6 /80) says how many of its addresses
stand in the way of giving the block away whole. So "the lowest free address" and "a whole free block" are both one
``find(0)``, which is memchr: about 0.1 us at any size and fill. A policy may keep an index beside it, which can
always be rebuilt from here.

An IPv4 block has its bytes in a ``bytearray``; an IPv6 block, of 2**64 addresses, in sparse arrays that answer the
same questions. What the shapes cannot share (filling, walking) is asked of ``members`` and branches here.

Memory is 64 KiB + 4 KiB for a /16, 272 bytes for a /24. Every method that changes one address is O(1).
"""

import re
from collections import deque
from collections.abc import Iterator
from typing import Final, NamedTuple, Self

from cloudsim.ipam.edge import AddressSpace, Family
from cloudsim.ipam.refusals import AddressNotFree, AddressReserved, PrefixUnavailable
from cloudsim.ipam.sparse import SparseArray, SparseStates
from cloudsim.ipam.states import Counts, State

# Plain integers, because comparing with a member of an IntEnum is several times slower.
USED: Final = State.USED.value
_RESERVED: Final = State.RESERVED.value
_COOLING: Final = State.COOLING.value
_IN_PREFIX: Final = State.IN_PREFIX.value
_SET_ASIDE: Final = State.SET_ASIDE.value
_OBSTACLE: Final = re.compile(rb"[^\0]")


class Ends(NamedTuple):
    """How many addresses at the two ends of a block belong to the system."""

    first: int
    last: int


RESERVED_ENDS: Final = {Family.IPV4: Ends(1, 3), Family.IPV6: Ends(1, 9)}
"""The documented ends. For 192.168.1.0/24 they are .0, .253, .254 and .255. Source: CreateVSwitch."""


class SpaceMap:
    """The states of one block's addresses."""

    __slots__ = (
        "block_bits", "busy", "cooling", "free", "in_prefix", "queue", "reserved", "set_aside", "size", "spans",
        "state", "whole",
    )  # fmt: skip

    def __init__(self, size: int, block_bits: int, reserved: Ends, *, sparse: bool) -> None:
        assert reserved.first + reserved.last <= size, "a block is at least as large as its reserved ends"
        self.size = size
        self.block_bits = block_bits
        blocks = -(-size >> block_bits)
        self.state = SparseStates(size, block_bits) if sparse else bytearray(size)
        """State of each address, as the value of a ``State``."""
        self.busy = SparseArray(blocks) if sparse else bytearray(blocks)
        """Of each block, how many addresses are neither free nor set aside: 0 means it can be given away whole."""
        self.whole = range(size >> block_bits)
        """The blocks that are complete: none where all addresses are fewer than a prefix has."""
        self.reserved = sum(reserved)
        self.free = size - self.reserved
        self.cooling = 0
        self.in_prefix = 0
        self.set_aside = 0
        self.queue: deque[tuple[int, int, int]] = deque()
        """What cools down: due time in ns, first offset, how many; the due times never fall."""
        self.spans: list[range] = []
        """Reservations for prefixes, as ranges of blocks, in the order in which they were made."""
        for offset in (*range(reserved.first), *range(size - reserved.last, size)):
            self.state[offset] = _RESERVED
            self.busy[offset >> block_bits] += 1

    @classmethod
    def of(cls, space: AddressSpace, reserved: Ends) -> Self:
        """Make the map of a block in which all but the reserved ends is free; IPv6 is sparse."""
        family = space.family
        return cls(space.size, family.block_bits, reserved, sparse=family is Family.IPV6)

    # -- one address

    def occupy(self, offset: int) -> None:
        """Turn a free address into a used one."""
        self.state[offset] = USED
        self.busy[offset >> self.block_bits] += 1
        self.free -= 1

    def vacate(self, offset: int) -> None:
        """Turn a used address into a free one."""
        self.state[offset] = 0
        self.busy[offset >> self.block_bits] -= 1
        self.free += 1

    def cool(self, offset: int, due_ns: int) -> None:
        """Turn a used address into one that becomes free at a time; it keeps its block busy until then."""
        self.state[offset] = _COOLING
        self.cooling += 1
        self._enqueue(due_ns, offset, 1)

    def refuse_unless_free(self, offset: int) -> None:
        """Pass if the address is free.

        Raises:
            AddressReserved: it is the system's.
            AddressNotFree: it is in any other state.
        """
        assert 0 <= offset < self.size, "an offset lies inside its block, as AddressSpace.offset makes sure"
        state = self.state[offset]
        if state == _RESERVED:
            raise AddressReserved(offset)
        if state:
            raise AddressNotFree(offset, State(state))

    # -- a whole block

    @property
    def prefix_ranges(self) -> list[range]:
        """Where prefixes are taken from unless a block is named: the reservations if there are any."""
        return self.spans or [self.whole]

    def blocks_of(self, offsets: range) -> range:
        """Return the blocks that make up a range of offsets exactly."""
        blocks = range(offsets.start >> self.block_bits, offsets.stop >> self.block_bits)
        assert (offsets.start | offsets.stop) & ((1 << self.block_bits) - 1) == 0, "the range is made of whole blocks"
        assert 0 <= blocks.start < blocks.stop <= self.whole.stop, "the range lies inside its block"
        return blocks

    def refuse_unless_whole(self, first: int) -> int:
        """Return the block that begins at an offset if it can be given away whole.

        Raises:
            PrefixUnavailable: an address of it is neither free nor set aside.
        """
        block = first >> self.block_bits
        assert first == block << self.block_bits, "a prefix begins at a multiple of its size"
        assert block in self.whole, "a prefix lies inside its block, as AddressSpace.prefix_offset makes sure"
        if self.busy[block]:
            raise PrefixUnavailable(asked=1, free=0, offset=first)
        return block

    def is_set_aside(self, block: int) -> bool:
        """Tell whether a block lies in a reservation, whatever its state."""
        return bool(self.spans) and any(block in span for span in self.spans)

    def members(self, block: int) -> range:
        """Return the offsets of a block of which a policy's index should know.

        None in a reservation, whose addresses are never handed out singly, and none in a sparse map, where no index
        could hold 2**48 of them.
        """
        if isinstance(self.state, SparseStates) or self.is_set_aside(block):
            return range(0)
        return range(block << self.block_bits, (block + 1) << self.block_bits)

    def count_whole(self, blocks: range) -> int:
        """Count the blocks of a range that can be given away whole."""
        return self.busy.count(0, blocks.start, blocks.stop)

    def whole_runs(self, blocks: range) -> Iterator[range]:
        """Walk the runs of blocks of a range that can be given away whole, lowest first; each is as long as can be."""
        start = self.busy.find(0, blocks.start, blocks.stop)
        while start >= 0:
            stop = self._next_busy(start, blocks.stop)
            yield range(start, stop)
            start = self.busy.find(0, stop, blocks.stop)

    def _next_busy(self, start: int, end: int) -> int:
        if isinstance(self.busy, SparseArray):
            return self.busy.next_held(start, end)
        match = _OBSTACLE.search(self.busy, start, end)
        return end if match is None else match.start()

    def occupy_block(self, block: int) -> None:
        """Turn a whole free block, or one that is set aside, into a prefix."""
        self.busy[block] = self._move_block(block, _IN_PREFIX)

    def vacate_block(self, block: int) -> None:
        """Turn a prefix back into free addresses, or into what is set aside, and do so too when it has cooled."""
        self._move_block(block, _SET_ASIDE if self.is_set_aside(block) else 0)
        self.busy[block] = 0

    def cool_block(self, block: int, due_ns: int) -> None:
        """Turn a prefix into addresses that become available together at a time."""
        self._enqueue(due_ns, block << self.block_bits, self._move_block(block, _COOLING))

    def set_span_aside(self, blocks: range) -> None:
        """Reserve whole free blocks for prefixes."""
        for block in blocks:
            self._move_block(block, _SET_ASIDE)
        self.spans.append(blocks)

    def end_span(self, blocks: range) -> list[int]:
        """End a reservation of which no prefix is held, and return what a policy should index.

        A prefix that cools down stays as it is, and becomes single addresses when it has cooled.
        """
        self.spans.remove(blocks)
        freed: list[int] = []
        for block in blocks:
            if not self.busy[block]:
                self._move_block(block, 0)
                freed.extend(self.members(block))
        return freed

    def _move_block(self, block: int, state: int) -> int:
        """Change the state of all addresses of a block, keep the counters, and return how many there are."""
        bits = self.block_bits
        length = 1 << bits
        first = block << bits
        self._count(self.state[first], -length)
        if isinstance(self.state, SparseStates):
            self.state.fill(block, state)
        else:
            self.state[first : first + length] = bytes((state,)) * length
        self._count(state, length)
        return length

    def _count(self, state: int, change: int) -> None:
        if state == _IN_PREFIX:
            self.in_prefix += change
        elif state == _SET_ASIDE:
            self.set_aside += change
        elif state == _COOLING:
            self.cooling += change
        else:
            assert state == 0, "a whole block is free, in a prefix, cooling or set aside"
            self.free += change

    # -- time

    def _enqueue(self, due_ns: int, offset: int, length: int) -> None:
        assert not self.queue or self.queue[-1][0] <= due_ns, "time does not run backwards"
        self.queue.append((due_ns, offset, length))

    def drain(self, now_ns: int) -> list[int]:
        """End the cool-down of all that is due, in the order of release, and return what a policy should index."""
        freed: list[int] = []
        queue = self.queue
        while queue and queue[0][0] <= now_ns:
            _, offset, length = queue.popleft()
            if length == 1:
                self.cooling -= 1
                self.vacate(offset)
                freed.append(offset)
            else:
                block = offset >> self.block_bits
                self.vacate_block(block)
                freed.extend(self.members(block))
        return freed

    # -- the whole map

    def counts(self) -> Counts:
        """Count the addresses by state. O(1)."""
        others = self.free + self.reserved + self.cooling + self.in_prefix + self.set_aside
        return Counts(
            free=self.free,
            used=self.size - others,
            reserved=self.reserved,
            cooling=self.cooling,
            in_prefix=self.in_prefix,
            set_aside=self.set_aside,
        )

    def used_offsets(self) -> Iterator[int]:
        """Walk the single used addresses, lowest first."""
        if isinstance(self.state, SparseStates):
            yield from self.state.offsets(USED)
            return
        offset = self.state.find(USED)
        while offset >= 0:
            yield offset
            offset = self.state.find(USED, offset + 1)

    def prefix_offsets(self) -> Iterator[int]:
        """Walk the first addresses of the prefixes that are given away, lowest first."""
        bits = self.block_bits
        if isinstance(self.state, SparseStates):
            blocks = [block for block, state in self.state.blocks.items() if state == _IN_PREFIX]
        else:
            blocks = [block for block in self.whole if self.state[block << bits] == _IN_PREFIX]
        return (block << bits for block in blocks)

    def copy(self) -> Self:
        """Return an independent copy."""
        twin = object.__new__(type(self))
        for name in SpaceMap.__slots__:
            setattr(twin, name, getattr(self, name))
        twin.state = self.state.copy()
        twin.busy = self.busy.copy()
        twin.queue = self.queue.copy()
        twin.spans = self.spans.copy()
        return twin
