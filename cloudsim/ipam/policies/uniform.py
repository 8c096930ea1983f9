"""Uniform: every free address is equally likely, as the documents say ("assigned at random").

The free offsets stand in a list, with an inverse that tells where each of them stands (Fisher-Yates, one step per
call): a pick is one draw, and the last of the list moves to the gap; a release appends; a named take is a pick without
the draw. All are O(1) at any fill. Popular "random"
schemes are not uniform: random start and scan gives the address after a used run a share proportional to the run,
and rejection takes thousands of tries near exhaustion.

Price: two entries per address. Up to 1024 addresses these are lists that share their integers (4 KB for a /24), above
that arrays of 16 bits (256 KB for a /16). It scatters addresses, so that few whole /28 blocks survive beyond 15 % use
of a /24 and 40 % of a /16: a closed formula, and what the real cloud does.

A /64 is never filled, so its form for sparse maps guesses, at most 16 times on one draw, and then scans.

Source: CreateNetworkInterface, PrivateIpAddress; Fisher and Yates in the form of Durstenfeld (1964), with inverse.
"""

from array import array
from functools import cache
from itertools import compress
from typing import Self

from cloudsim.ipam.chance import advance, scatter
from cloudsim.ipam.space import SpaceMap
from cloudsim.ipam.sparse import SparseStates

_TRIES = 16


@cache
def _identity(size: int) -> "list[int] | array[int]":
    """Return 0, 1, 2, ... once per size, to be copied: a copy is hundreds of times quicker than a count."""
    if size <= 1 << 10:
        return list(range(size))
    return array("H" if size <= 1 << 16 else "L", range(size))


class Uniform:
    """A list of what is free, and where in it each offset stands."""

    __slots__ = ("free", "order", "place", "state")

    def __init__(self, seed: int) -> None:
        self.state = seed
        """The state of the generator, 64 bits."""
        self.free = 0
        """How long the list is; what stands behind that in ``order`` has no meaning."""
        self.order = _identity(0)
        self.place = _identity(0)

    def build(self, truth: SpaceMap) -> None:
        """Start from the natural order of all, and take out what is not free."""
        assert isinstance(truth.state, bytearray), "a sparse map has no list of all its addresses"
        self.free = truth.size
        self.order = _identity(truth.size)[:]
        self.place = _identity(truth.size)[:]
        for offset in compress(range(truth.size), truth.state):
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

    def pick_block(self, truth: SpaceMap, blocks: range) -> int:
        """Choose a whole block at random, with one draw."""
        draw = advance(self.state)
        block = _pick_block(truth, blocks, draw)
        if block >= 0:
            self.state = draw
        return block

    def clone(self) -> Self:
        """Copy list, inverse and generator."""
        twin = type(self)(self.state)
        twin.free = self.free
        twin.order = self.order[:]
        twin.place = self.place[:]
        return twin

    def check(self, truth: SpaceMap) -> None:
        """Assert that the list holds what is free, each once, and knows where."""
        assert isinstance(truth.state, bytearray), "a sparse map has no list of all its addresses"
        assert self.free == truth.state.count(0), "the list is as long as there are free addresses"
        for at, offset in enumerate(self.order[: self.free]):
            assert self.place[offset] == at, "an offset stands where its place says, so it stands there once"
            assert truth.state[offset] == 0, "only what is free stands in the list"


class SparseUniform:
    """Guesses, and a scan when all are wrong: no index at all."""

    __slots__ = ("state",)

    def __init__(self, seed: int) -> None:
        self.state = seed
        """The state of the generator, 64 bits."""

    def build(self, truth: SpaceMap) -> None:
        """Do nothing but refuse a block that 64 bits of chance could not reach everywhere."""
        assert truth.size <= 1 << 64, "an IPv6 pool is a /64 or smaller"

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

    def pick_block(self, truth: SpaceMap, blocks: range) -> int:
        """Choose a whole block at random, with one draw."""
        draw = advance(self.state)
        block = _pick_block(truth, blocks, draw)
        if block >= 0:
            self.state = draw
        return block

    def clone(self) -> Self:
        """Copy the generator."""
        return type(self)(self.state)

    def check(self, truth: SpaceMap) -> None:
        """Nothing is kept that could be wrong."""


def _pick_block(truth: SpaceMap, blocks: range, draw: int) -> int:
    """Guess a whole block, then choose from the list of all; -1 if there is none."""
    busy = truth.busy
    first = blocks.start
    count = len(blocks)
    for attempt in range(_TRIES if count else 0):
        block = first + scatter(draw, attempt, count)
        if not busy[block]:
            return block
    whole = [block for block in blocks if not busy[block]]
    return whole[scatter(draw, _TRIES, len(whole))] if whole else -1
