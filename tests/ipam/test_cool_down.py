"""A released address rests for its cool-down, to the nanosecond, whoever looks in the meantime."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cloudsim.ipam.edge import AddressSpace
from cloudsim.ipam.pool import Pool
from cloudsim.ipam.refusals import AddressNotFree, AddressReserved, PoolExhausted
from cloudsim.ipam.states import State
from tests.ipam.cases import every_policy_on

everywhere = every_policy_on("10.0.0.0/28", "2001:db8::/124")


def pool_of(cidr: str, policy: str = "uniform", *, cool_ns: int) -> Pool:
    return Pool(AddressSpace.parse(cidr), seed=11, policy=policy, cool_ns=cool_ns)


def test_an_address_is_free_again_at_exactly_its_time() -> None:
    pool = pool_of("10.0.0.0/28", cool_ns=100)
    pool.take(5, 7)
    pool.release(5, 10)
    assert pool.state_of(5, 109) is State.COOLING
    with pytest.raises(AddressNotFree):
        pool.take(5, 109)
    assert pool.state_of(5, 110) is State.FREE
    pool.take(5, 110)


def test_a_cooling_address_is_not_counted_free_and_keeps_its_block_busy() -> None:
    pool = pool_of("10.0.0.0/26", cool_ns=100)
    pool.take(20, 0)
    pool.release(20, 0)
    assert (pool.free_at(99), pool.free_at(100)) == (59, 60)
    assert (pool.whole_free_blocks(99), pool.whole_free_blocks(100)) == (1, 2)


def test_a_prefix_cools_down_as_a_whole() -> None:
    pool = pool_of("10.0.0.0/26", cool_ns=100)
    pool.take_prefix(16, 0)
    pool.release_prefix(16, 0)
    assert {pool.state_of(offset, 99) for offset in range(16, 32)} == {State.COOLING}
    assert pool.counts_at(99).cooling == 16
    pool.take_prefix(16, 100)


@everywhere
def test_with_an_endless_cool_down_each_address_is_given_once(policy: str, cidr: str) -> None:
    pool = pool_of(cidr, policy, cool_ns=1 << 70)
    free = pool.free_at(0)
    given_out = []
    for now_ns in range(free):
        given_out.append(pool.allocate(now_ns))
        pool.release(given_out[-1], now_ns)
    assert len(set(given_out)) == free
    with pytest.raises(PoolExhausted):
        pool.allocate(free)


def test_time_does_not_run_backwards() -> None:
    pool = pool_of("10.0.0.0/28", cool_ns=5)
    one, other = pool.allocate_many(2, 0)
    pool.release(one, 10)
    with pytest.raises(AssertionError, match="backwards"):
        pool.release(other, 9)


STEPS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), st.integers(0, 3)), min_size=5, max_size=80)


@everywhere
@settings(max_examples=25)
@given(steps=STEPS)
def test_what_is_handed_out_does_not_depend_on_who_looks_or_fails_meanwhile(
    policy: str, cidr: str, steps: list[tuple[int, int, int]]
) -> None:
    alone, watched = pool_of(cidr, policy, cool_ns=4), pool_of(cidr, policy, cool_ns=4)
    now_ns = 0
    held: list[int] = []
    for wait, what, look in steps:
        for _ in range(wait):
            now_ns += 1
            if look == 1:  # a question
                watched.counts_at(now_ns)
                watched.whole_free_blocks(now_ns)
            elif look == 2:  # a call that is refused, and ends the cool-downs that are due
                with pytest.raises(AddressReserved):
                    watched.take(0, now_ns)
        if look == 3:
            watched = watched.clone()
        if what < 3 and alone.free_at(now_ns):
            offset = alone.allocate(now_ns)
            assert watched.allocate(now_ns) == offset
            held.append(offset)
        elif held:
            offset = held.pop(what % len(held))
            alone.release(offset, now_ns)
            watched.release(offset, now_ns)
        watched.check()
