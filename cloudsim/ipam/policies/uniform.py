"""Uniform: every free address is equally likely, as the documents say ("assigned at random").

The free offsets stand in a list, with an inverse that tells where each of them stands (Fisher-Yates, one step per
call): a pick is one draw, and the last of the list moves to the gap; a release appends; a named take is a pick without
the draw. All are O(1) at any fill. Popular "random" schemes are not uniform: random start and scan gives the address
after a used run a share proportional to the run, and rejection takes thousands of tries near exhaustion.

Price: two entries per address. Up to 256 addresses these are bytes (512 for a /24), up to 1024 lists that share their
integers, above that arrays of 16 bits (256 KB for a /16). It scatters addresses, so that few whole /28 blocks survive
beyond 15 % use of a /24 and 40 % of a /16: a closed formula, and what the real cloud does.

A /64 is never filled, so its form for sparse maps guesses, at most 16 times on one draw, and then scans.

Source: CreateNetworkInterface, PrivateIpAddress; Fisher and Yates in the form of Durstenfeld (1964), with inverse.
"""

from itertools import compress
from typing import Self

from cloudsim.ipam.chance import advance, scatter
from cloudsim.ipam.policies.numbers import natural, standing
from cloudsim.ipam.space import SpaceMap
from cloudsim.ipam.sparse import SparseStates

_TRIES = 16


class Uniform:
    """A list of what is free, and where in it each offset stands."""

    __slots__ = ("band", "free", "order", "place", "state")

    def __init__(self, seed: int) -> None:
        self.state = seed
        """The state of the generator, 64 bits."""
        self.band = range(0)
        self.free = 0
        """How long the list is; what stands behind that in ``order`` has no meaning."""
        self.order = natural(0)
        self.place = natural(0)

    def build(self, truth: SpaceMap, band: range) -> None:
        """Start from the natural order of all, and take out what is not free."""
        assert isinstance(truth.state, bytearray), "a sparse map has no list of all its addresses"
        self.band = band
        self.free = len(band)
        self.order = natural(band.stop)[band.start :]
        self.place = standing(band)[:]
        for offset in compress(band, truth.state[band.start : band.stop]):
            self.drop(offset)

    def pick(self, truth: SpaceMap) -> int:  # noqa: ARG002 - the list knows
        """Draw a place in the list."""
        self.state = draw = advance(self.state)
        offset = self.order[draw * self.free >> 64]
        self.drop(offset)
        return offset

    def drop(self, offset: int) -> None:
        """Let the last of the list stand where the offset stood."""
        self.free = last = self.free - 1
        at = self.place[offset]
        self.order[at] = moved = self.order[last]
        self.place[moved] = at

    def put(self, offset: int) -> None:
        """Append the offset."""
        self.order[self.free] = offset
        self.place[offset] = self.free
        self.free += 1

    def clone(self) -> Self:
        """Copy list, inverse and generator."""
        twin = type(self)(self.state)
        twin.band = self.band
        twin.free = self.free
        twin.order = self.order[:]
        twin.place = self.place[:]
        return twin

    def check(self, truth: SpaceMap) -> None:
        """Assert that the list holds what is free, each once, and knows where."""
        assert isinstance(truth.state, bytearray), "a sparse map has no list of all its addresses"
        free = truth.state.count(0, self.band.start, self.band.stop)
        assert self.free == free, "the list is as long as there are free addresses"
        for at, offset in enumerate(self.order[: self.free]):
            assert offset in self.band, "the list keeps to its band"
            assert self.place[offset] == at, "an offset stands where its place says, so it stands there once"
            assert truth.state[offset] == 0, "only what is free stands in the list"


class SparseUniform:
    """Guesses, and a scan when all are wrong: no index at all."""

    __slots__ = ("state",)

    def __init__(self, seed: int) -> None:
        self.state = seed
        """The state of the generator, 64 bits."""

    def build(self, truth: SpaceMap, band: range) -> None:
        """Do nothing but refuse a block that 64 bits of chance could not reach everywhere."""
        assert truth.size <= 1 << 64, "an IPv6 pool is a /64 or smaller"
        assert band == range(truth.size), "guesses are at all of the block"

    def pick(self, truth: SpaceMap) -> int:
        """Choose a free offset with one draw."""
        states = truth.state
        assert isinstance(states, SparseStates), "a dense map is for Uniform"
        self.state = draw = advance(self.state)
        for attempt in range(_TRIES):
            offset = scatter(draw, attempt, truth.size)
            if not states[offset]:
                return offset
        return states.nth_free(scatter(draw, _TRIES, truth.free))

    def drop(self, offset: int) -> None:
        """Nothing is kept."""

    def put(self, offset: int) -> None:
        """Nothing is kept."""

    def clone(self) -> Self:
        """Copy the generator."""
        return type(self)(self.state)

    def check(self, truth: SpaceMap) -> None:
        """Nothing is kept that could be wrong."""
