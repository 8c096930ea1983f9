"""Our pools in the laboratory: as they are where time is taken, and watched where probes and draws are counted.

A probe is a candidate that was looked at. What a policy takes from an index of its own is one candidate; what it asks
the map about (a search that finds, a look at one address) is one for each. Draws are read off the generators: how
often they moved on.
"""

from collections.abc import Iterator
from typing import Any, Final, Self

from cloudsim.ipam.chance import advance
from cloudsim.ipam.policies.protocol import Policy
from cloudsim.ipam.pool import Pool
from cloudsim.ipam.space import SpaceMap
from cloudsim.ipam.sparse import SparseStates
from cloudsim.lab.allocator import Ground

_DRAWS_MAX: Final = 1000
"""Of one choice; a generator that is further away did something else than draw."""


def make_pool(policy: str, ground: Ground) -> Pool:
    """Make one of our pools."""
    return Pool(ground.space, seed=ground.seed, policy=policy, cool_ns=ground.cool_ns, reserved=ground.reserved)


class CountingPool(Pool):
    """A pool that says what its choices took. Much slower, so never timed; it is not cloned."""

    __slots__ = ("draws", "looks", "probes")

    draws: int
    looks: int
    probes: int

    @classmethod
    def of(cls, policy: str, ground: Ground) -> Self:
        """Make one."""
        pool = cls(ground.space, seed=ground.seed, policy=policy, cool_ns=ground.cool_ns, reserved=ground.reserved)
        pool.draws = pool.looks = pool.probes = 0
        return pool

    def _build(self) -> SpaceMap:
        truth = super()._build()
        if isinstance(truth.state, SparseStates):
            states = _WatchedStates(truth.size, truth.block_bits)
            states.addresses, states.blocks = truth.state.addresses, truth.state.blocks
            states.pool = self
            truth.state = states
        else:
            watched = _WatchedBytes(truth.state)
            watched.pool = self
            truth.state = watched
        return truth

    def allocate(self, now_ns: int) -> int:
        """Allocate, and count."""
        self._open(now_ns)
        policy, looks = self._policy, self.looks
        before = list(generators(policy))
        offset = super().allocate(now_ns)
        self.probes += max(1, self.looks - looks)
        self.draws += moves(before, list(generators(policy)))
        return offset

    def allocate_prefix(self, now_ns: int, *, within: range | None = None) -> int:
        """Allocate a whole block, and count the draws."""
        self._open(now_ns)
        prefixes = self._prefixes
        before = list(generators(prefixes))
        first = super().allocate_prefix(now_ns, within=within)
        self.draws += moves(before, list(generators(prefixes)))
        return first


def generators(policy: object) -> Iterator[int]:
    """Walk the states of a policy's generators: its own, and those of the policies of its bands."""
    state = getattr(policy, "state", None)
    if isinstance(state, int):
        yield state
    for name in ("high", "low"):
        inner: Policy | None = getattr(policy, name, None)
        if inner is not None:
            yield from generators(inner)


def moves(before: list[int], after: list[int]) -> int:
    """Count how often generators moved on."""
    count = 0
    for old, new in zip(before, after, strict=True):
        state, steps = old, 0
        while state != new:
            state = advance(state)
            steps += 1
            assert steps <= _DRAWS_MAX, "a generator moves only by draws"
        count += steps
    return count


class _WatchedBytes(bytearray):
    """States that count how often they are asked."""

    pool: CountingPool

    def find(self, *asked: Any) -> int:  # noqa: ANN401  as bytearray has it
        found = super().find(*asked)
        self.pool.looks += found >= 0
        return found


class _WatchedStates(SparseStates):
    """Sparse states that count how often they are asked."""

    __slots__ = ("pool",)

    pool: CountingPool

    def __getitem__(self, offset: int) -> int:
        self.pool.looks += 1
        return super().__getitem__(offset)
