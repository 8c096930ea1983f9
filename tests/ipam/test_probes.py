"""How much work a choice is, counted: one candidate looked at, one draw if chance decides, at any fill and size.

What an allocation looks at is counted in the map and in the policy's index; what a *named* take looks at in the
index is bookkeeping that both have. The difference is what choosing costs. Of a search (memchr) what it found counts.
"""

from array import array
from collections import Counter
from typing import Any

from cloudsim.ipam.edge import AddressSpace
from cloudsim.ipam.policies.banded import Banded
from cloudsim.ipam.policies.protocol import Policy
from cloudsim.ipam.pool import Pool
from cloudsim.ipam.sparse import SparseStates
from tests.ipam.cases import every_policy, every_policy_on

LOOKS = Counter[str]()


class Counted:
    """Mixed into a sequence: every read is a look, and every search that finds something."""

    def __getitem__(self, index: Any) -> Any:
        LOOKS["read"] += 1
        return super().__getitem__(index)  # type: ignore[misc]

    def find(self, *args: int) -> int:
        found: int = super().find(*args)  # type: ignore[misc]
        LOOKS["found"] += found >= 0
        return found


class CountedBytes(Counted, bytearray): ...  # type: ignore[misc]


class CountedList(Counted, list): ...  # type: ignore[type-arg]


class CountedArray(Counted, array): ...  # type: ignore[type-arg]


class CountedStates(Counted, SparseStates): ...


def counted(value: object) -> object:
    """The same, with every look counted."""
    if isinstance(value, bytearray):
        return CountedBytes(value)
    if isinstance(value, array):
        return CountedArray(value.typecode, value)
    return CountedList(value) if isinstance(value, list) else value


def with_counted_looks(pool: Pool) -> Pool:
    truth, policy = pool._truth, pool._policy
    if isinstance(truth.state, SparseStates):
        states = CountedStates(truth.state.length, truth.block_bits)
        states.addresses, states.blocks = truth.state.addresses, truth.state.blocks
        truth.state = states
    else:
        truth.state = CountedBytes(truth.state)
    bands: tuple[Policy, ...] = (policy.high, policy.low) if isinstance(policy, Banded) else (policy,)
    for index in bands:
        for name in getattr(index, "__slots__", ()):
            setattr(index, name, counted(getattr(index, name)))
    return pool


def looks() -> int:
    """How many looks there were since the last question."""
    count = LOOKS.total()
    LOOKS.clear()
    return count


def numbers_left(pool: Pool) -> list[int]:
    """How many are to be left free: half, a tenth, a thousandth, one; nobody fills a /64."""
    free = pool.free_at(0)
    return [free // 2, free // 10, free // 1000 + 1, 1] if free < 1 << 32 else [free - 2000]


@every_policy_on("10.0.0.0/24", "10.0.0.0/20", "2001:db8::/64")
def test_a_choice_looks_at_one_candidate_at_any_fill(policy: str, cidr: str) -> None:
    empty = Pool(AddressSpace.parse(cidr), seed=1, policy=policy)
    for left in numbers_left(empty):
        pool = empty.clone()
        held = pool.allocate_many(pool.free_at(0) - left, 0)
        with_counted_looks(pool)
        for turn in range(40):
            at = turn * 37 % len(held)
            pool.release(held[at], 0)
            looks()
            pool.take(held[at], 0)
            bookkeeping = looks() - 1  # one look was whether the named address is free
            pool.release(held[at], 0)
            looks()
            held[at] = pool.allocate(0)
            assert looks() - bookkeeping == 1


@every_policy
def test_only_random_policies_ask_chance(policy: str) -> None:
    def hand(seed: int) -> list[int]:
        pool = Pool(AddressSpace.parse("10.0.0.0/24"), seed=seed, policy=policy, prefix_policy="lowest")
        return [pool.allocate_prefix(0), *pool.allocate_many(pool.free_at(0), 0)]

    assert (hand(1) == hand(2)) == (policy.removeprefix("banded-") not in {"uniform", "longest-free"})
