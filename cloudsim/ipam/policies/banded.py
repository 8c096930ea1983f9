"""Banded: addresses above a low band come first, so that requests that name a low one rarely find it taken.

Two policies of one kind, one for each band: the low one is asked only when nothing is free above it. It has
min(max(16, n / 16), 256) of n addresses: 16 of a /24, 256 of a /20 or larger; a block of 16 addresses or fewer has no
low band. The price is one comparison for a pick and one for a change, beside what the inner policy takes.

In a sparse map a block that is taken whole is not told of, so the count of the low band's free addresses relies on
its block being never whole; it holds the system's first address.

Source: Kubernetes, calculateRangeOffset (KEP-3070, "Reserve Service IP Ranges for Dynamic and Static IP Allocation").
"""

from typing import Self

from cloudsim.ipam.policies.protocol import Policy
from cloudsim.ipam.space import SpaceMap
from cloudsim.ipam.states import State


def low_band_of(size: int) -> int:
    """Return how many addresses at the start of a block are its low band: a multiple of 16."""
    return 0 if size <= 16 else min(max(16, size // 16), 256)


class Banded:
    """A policy for each band."""

    __slots__ = ("edge", "high", "low", "low_free")

    def __init__(self, high: Policy, low: Policy) -> None:
        self.high = high
        self.low = low
        self.edge = 0
        """The first offset above the low band."""
        self.low_free = 0
        """How many addresses of the low band are free."""

    def build(self, truth: SpaceMap, band: range) -> None:
        """Build both."""
        assert band == range(truth.size), "bands are not divided further"
        self.edge = low_band_of(truth.size)
        if not isinstance(truth.state, bytearray):
            assert self.edge == 0 or truth.state[0] == State.RESERVED, "the low band's block is never whole"
        self.low.build(truth, range(self.edge))
        self.high.build(truth, range(self.edge, truth.size))
        self.low_free = self._recount(truth)

    def _recount(self, truth: SpaceMap) -> int:
        return sum(not truth.state[offset] for offset in range(self.edge))

    def pick(self, truth: SpaceMap) -> int:
        """Ask above while anything is free there."""
        if truth.free > self.low_free:
            return self.high.pick(truth)
        self.low_free -= 1
        return self.low.pick(truth)

    def drop(self, offset: int) -> None:
        """Tell the policy of its band."""
        if offset >= self.edge:
            self.high.drop(offset)
        else:
            self.low_free -= 1
            self.low.drop(offset)

    def put(self, offset: int) -> None:
        """Tell the policy of its band."""
        if offset >= self.edge:
            self.high.put(offset)
        else:
            self.low_free += 1
            self.low.put(offset)

    def clone(self) -> Self:
        """Clone both."""
        twin = type(self)(self.high.clone(), self.low.clone())
        twin.edge = self.edge
        twin.low_free = self.low_free
        return twin

    def check(self, truth: SpaceMap) -> None:
        """Check both, and the count of the low band."""
        self.high.check(truth)
        self.low.check(truth)
        assert self.low_free == self._recount(truth), "the low band has as many free addresses as counted"
