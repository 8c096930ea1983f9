"""The choices of a whole block: at random, the lowest, the one whose loss breaks up the least.

All three look at the map's count of obstacles by block, so they need no index and nothing to be told. Where a block
is taken from (a reservation, or everywhere) is the pool's business; they are given the range.
"""

from typing import Self

from cloudsim.ipam.chance import advance, scatter
from cloudsim.ipam.space import SpaceMap

_TRIES = 16


class UniformPrefix:
    """Every whole block is equally likely.

    Guesses, at most 16 on one draw, which is O(1) while a good part of the blocks is whole; then a walk over those
    that are left, one search for each. The generator is its own: a prefix moves no draw of a single address.
    """

    __slots__ = ("state",)

    def __init__(self, seed: int) -> None:
        self.state = seed
        """The state of the generator, 64 bits."""

    def choose(self, truth: SpaceMap, blocks: range) -> int:
        """Choose with one draw, or none if nothing is whole."""
        draw = advance(self.state)
        block = _guess(truth, blocks, draw)
        if block < 0:
            whole = truth.count_whole(blocks)
            if not whole:
                return -1
            block = _nth(truth, blocks, scatter(draw, _TRIES, whole))
        self.state = draw
        return block

    def clone(self) -> Self:
        """Copy the generator."""
        return type(self)(self.state)


def _guess(truth: SpaceMap, blocks: range, draw: int) -> int:
    """Guess a whole block; -1 if all guesses are wrong."""
    busy = truth.busy
    first = blocks.start
    count = len(blocks)
    for attempt in range(_TRIES if count else 0):
        block = first + scatter(draw, attempt, count)
        if not busy[block]:
            return block
    return -1


def _nth(truth: SpaceMap, blocks: range, index: int) -> int:
    """Return the whole block that has so many whole ones before it."""
    block = truth.busy.find(0, blocks.start, blocks.stop)
    for _ in range(index):
        block = truth.busy.find(0, block + 1, blocks.stop)
    return block


class LowestPrefix:
    """The lowest whole block: one search (memchr, 0.1 us at any size; in a sparse map O(log n))."""

    __slots__ = ()

    def choose(self, truth: SpaceMap, blocks: range) -> int:
        """Search from the start."""
        return truth.busy.find(0, blocks.start, blocks.stop)

    def clone(self) -> Self:
        """Return this one, which has nothing to change."""
        return self


class BestFitPrefix:
    """The block that lies in the smallest hole, so that the large ones stay for reservations and larger requests.

    A hole is the largest aligned block (a CIDR) of whole blocks around it, as in a buddy allocator. The smallest hole
    of a run of whole blocks is at one of its ends, so one look at each run is enough; the search ends at the first
    hole of a single block, which a used pool nearly always has near its front. O(runs) if it has none.
    """

    __slots__ = ()

    def choose(self, truth: SpaceMap, blocks: range) -> int:
        """Search for the smallest hole, the lowest of these."""
        best, smallest = -1, len(blocks) + 1
        for run in truth.whole_runs(blocks):
            longest = 1 << len(run).bit_length() - 1
            at_start = min(run.start & -run.start or longest, longest)
            at_stop = min(run.stop & -run.stop, longest)
            for size, block in ((at_start, run.start), (at_stop, run.stop - at_stop)):
                if size < smallest:
                    best, smallest = block, size
            if smallest == 1:
                break
        return best

    def clone(self) -> Self:
        """Return this one, which has nothing to change."""
        return self
