"""Longest-free: the address that has been free for the longest time, so that reuse is as late as it can be.

The free offsets stand in a ring, in the order in which they became free: a pick is the first, a release goes to the
end, a named take leaves from the middle. Two arrays say of each offset which stands before and after it, so all three
are O(1) at any fill. The ring is closed by one node more, the *hub*: the system's first address, which is never free,
or else a number behind the last.

Addresses that were never used are ahead of all that were. They stand in their natural order, or in a random one,
which costs one draw for each of them when the index is built (20 ms for a /16) and none ever after. The order of
release is not in the map: an index built anew from a used block holds the same addresses as if nobody had used any.

Price: two entries per address, and the whole blocks: what rests long is spread wide, as with uniform. The order of
Kea's free lease queue (random start), and of many a DHCP server.
"""

from itertools import pairwise
from typing import Self

from cloudsim.ipam.chance import advance
from cloudsim.ipam.policies.numbers import natural
from cloudsim.ipam.space import SpaceMap
from cloudsim.ipam.states import State


class LongestFree:
    """A ring of what is free, in two arrays."""

    __slots__ = ("after", "band", "before", "hub", "seed")

    def __init__(self, seed: int | None = None) -> None:
        """Choose the order of what was never used.

        Args:
            seed: 64 bits for a random order; the natural one if not given.
        """
        self.seed = seed
        self.band = range(0)
        self.hub = 0
        self.after = natural(0)
        self.before = natural(0)

    def build(self, truth: SpaceMap, band: range) -> None:
        """Link all that is free."""
        assert isinstance(truth.state, bytearray), "a sparse map has no list of all its addresses"
        free = [offset for offset in band if not truth.state[offset]]
        if self.seed is not None:
            _shuffle(free, self.seed)
        self.band = band
        self.hub = 0 if band.start or truth.state[0] == State.RESERVED else band.stop
        self.after = natural(max(self.hub + 1, band.stop))[:]
        self.before = self.after[:]
        for offset, following in pairwise([self.hub, *free, self.hub]):
            self.after[offset] = following
            self.before[following] = offset

    def pick(self, truth: SpaceMap) -> int:  # noqa: ARG002 - the ring knows
        """Take out the first."""
        offset = self.after[self.hub]
        self.drop(offset)
        return offset

    def drop(self, offset: int) -> None:
        """Join the two beside the offset."""
        before = self.before[offset]
        after = self.after[offset]
        self.after[before] = after
        self.before[after] = before

    def put(self, offset: int) -> None:
        """Link the offset in as the last."""
        hub = self.hub
        last = self.before[hub]
        self.after[last] = self.before[hub] = offset
        self.before[offset] = last
        self.after[offset] = hub

    def clone(self) -> Self:
        """Copy both arrays."""
        twin = type(self)(self.seed)
        twin.band = self.band
        twin.hub = self.hub
        twin.after = self.after[:]
        twin.before = self.before[:]
        return twin

    def check(self, truth: SpaceMap) -> None:
        """Assert that the ring holds each free address of the band once, and is the same both ways."""
        assert isinstance(truth.state, bytearray), "a sparse map has no list of all its addresses"
        left = truth.state.count(0, self.band.start, self.band.stop)
        offset = self.hub
        while (following := self.after[offset]) != self.hub:
            assert self.before[following] == offset, "who stands after one has it before"
            assert following in self.band, "the ring keeps to its band"
            assert truth.state[following] == 0, "only what is free stands in the ring"
            offset, left = following, left - 1
            assert left >= 0, "the ring is as long as there are free addresses"
        assert self.before[self.hub] == offset, "the ring is closed"
        assert left == 0, "all that is free stands in the ring"


def _shuffle(offsets: list[int], seed: int) -> None:
    """Bring offsets into a random order, all equally likely (Durstenfeld, 1964)."""
    state = seed
    for last in range(len(offsets) - 1, 0, -1):
        state = advance(state)
        at = state * (last + 1) >> 64
        offsets[at], offsets[last] = offsets[last], offsets[at]
