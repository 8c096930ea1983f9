"""The truth of a block and a policy's index over it, kept in step: built late, shared after a clone.

Every change passes here, so that the two are told of it in the right order, and before the first change the pair is
made its own: built if it was never used, copied if a clone shares it. What may be changed and when is decided above,
in ``Pool``; this file knows no request.

Price of being ready: one test per call. A pool that a run never touches costs a hundred bytes, and a clone of any
pool is O(1); the copy that its first change makes is a memcpy of the truth and the index.
"""

from collections.abc import Sequence
from typing import Self

from cloudsim.ipam.edge import AddressSpace, Family
from cloudsim.ipam.invariants import check_map
from cloudsim.ipam.policies.protocol import Policy, PrefixPolicy
from cloudsim.ipam.policies.registry import POLICIES, PREFIX_POLICIES
from cloudsim.ipam.refusals import PrefixUnavailable
from cloudsim.ipam.space import RESERVED_ENDS, Ends, SpaceMap


class IndexedSpace:
    """One block's addresses, free or not, and the choice among the free."""

    __slots__ = (
        "_built", "_own", "_policy", "_prefixes", "_seed", "_truth", "cool_ns", "policy", "prefix_policy", "reserved",
        "space",
    )  # fmt: skip

    _policy: Policy
    _prefixes: PrefixPolicy
    _truth: SpaceMap

    def __init__(
        self,
        space: AddressSpace,
        *,
        seed: int,
        policy: str = "uniform",
        prefix_policy: str | None = None,
        cool_ns: int = 0,
        reserved: Ends | None = None,
    ) -> None:
        """Describe a block in which all but the reserved ends is free.

        Args:
            space: the block.
            seed: 64 bits; the same seed and the same calls hand out the same addresses.
            policy: a name of ``POLICIES``, of one that serves the block's family.
            prefix_policy: a name of ``PREFIX_POLICIES``; unless given, whole blocks are chosen at random where single
                addresses are, and from the lowest up elsewhere.
            cool_ns: how long a released address stays out of use; 0 means it is free at once.
            reserved: the system's addresses; the documented ends of the family if not given.
        """
        assert policy in POLICIES, f"{policy!r} is one of {', '.join(POLICIES)}"
        kind = POLICIES[policy]
        assert kind.sparse is not None or space.family is Family.IPV4, f"{policy!r} is for IPv4: {kind.why_not_sparse}"
        assert prefix_policy is None or prefix_policy in PREFIX_POLICIES, (
            f"{prefix_policy!r} is one of {', '.join(PREFIX_POLICIES)}"
        )
        assert 0 <= seed < 1 << 64, "a seed has 64 bits"
        assert cool_ns >= 0, "addresses cool down forwards in time"
        self.space = space
        self.policy = policy
        self.prefix_policy = kind.prefixes if prefix_policy is None else prefix_policy
        self.cool_ns = cool_ns
        self.reserved = RESERVED_ENDS[space.family] if reserved is None else reserved
        self._seed = seed
        self._built = False
        self._own = False

    def clone(self) -> Self:
        """Return one in the same state that will choose alike, and goes its own way from here.

        O(1): what is large is shared until either of the two is changed, and is copied then.
        """
        if not self._built:
            return type(self)(
                self.space,
                seed=self._seed,
                policy=self.policy,
                prefix_policy=self.prefix_policy,
                cool_ns=self.cool_ns,
                reserved=self.reserved,
            )
        self._own = False
        twin = object.__new__(type(self))
        for name in IndexedSpace.__slots__:
            setattr(twin, name, getattr(self, name))
        return twin

    def check(self) -> None:
        """Assert every invariant, from scratch: the truth in itself, and the index against the truth."""
        truth = self._look()
        check_map(truth)
        self._policy.check(truth)

    # -- getting at it

    def _open(self, now_ns: int) -> SpaceMap:
        """Return the truth to be changed, with every cool-down ended that is due."""
        truth = self._truth if self._own else self._make_own()
        if truth.queue and truth.queue[0][0] <= now_ns:
            for offset in truth.drain(now_ns):
                self._policy.put(offset)
        return truth

    def _look(self) -> SpaceMap:
        """Return the truth to be read, as the last change left it."""
        return self._truth if self._built else self._build()

    def _look_at(self, now_ns: int) -> SpaceMap:
        """Return the truth to be read, as it is at a time: a copy where cool-downs are due, so nothing changes."""
        truth = self._look()
        if truth.queue and truth.queue[0][0] <= now_ns:
            truth = truth.copy()
            truth.drain(now_ns)
        return truth

    def _make_own(self) -> SpaceMap:
        if self._built:
            self._truth = self._truth.copy()
            self._policy = self._policy.clone()
            self._prefixes = self._prefixes.clone()
        else:
            self._build()
        self._own = True
        return self._truth

    def _build(self) -> SpaceMap:
        self._truth = SpaceMap.of(self.space, self.reserved)
        self._policy = POLICIES[self.policy].make(self._seed, sparse=self.space.family is Family.IPV6)
        self._policy.build(self._truth, range(self.space.size))
        self._prefixes = PREFIX_POLICIES[self.prefix_policy](self._seed)
        self._built = True
        return self._truth

    # -- changing it, after _open

    def _pick(self, count: int) -> list[int]:
        """Take addresses that are known to be there."""
        truth = self._truth
        pick = self._policy.pick
        offsets: list[int] = []
        for _ in range(count):
            offset = pick(truth)
            truth.occupy(offset)
            offsets.append(offset)
        return offsets

    def _take(self, offset: int) -> None:
        self._truth.occupy(offset)
        self._policy.drop(offset)

    def _vacate(self, offset: int) -> None:
        self._truth.vacate(offset)
        self._policy.put(offset)

    def _pick_block(self, ranges: Sequence[range]) -> int:
        """Take a whole block from the first range that has one.

        Raises:
            PrefixUnavailable: none has.
        """
        for blocks in ranges:
            block = self._prefixes.choose(self._truth, blocks)
            if block >= 0:
                self._take_block(block)
                return block
        raise PrefixUnavailable(asked=1, free=0)

    def _take_block(self, block: int) -> None:
        self._truth.occupy_block(block)
        drop = self._policy.drop
        for offset in self._truth.members(block):
            drop(offset)

    def _vacate_block(self, block: int) -> None:
        self._truth.vacate_block(block)
        put = self._policy.put
        for offset in self._truth.members(block):
            put(offset)

    def _set_aside(self, blocks: range) -> None:
        members = [offset for block in blocks for offset in self._truth.members(block)]
        self._truth.set_span_aside(blocks)
        for offset in members:
            self._policy.drop(offset)

    def _end_span(self, blocks: range) -> None:
        for offset in self._truth.end_span(blocks):
            self._policy.put(offset)
