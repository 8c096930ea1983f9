"""A request takes all of its addresses or none, and gives them back unless it keeps them."""

from typing import Any

import pytest

from cloudsim.ipam.edge import AddressSpace
from cloudsim.ipam.policies.registry import POLICIES
from cloudsim.ipam.pool import Pool
from cloudsim.ipam.refusals import AddressNotFree, AddressReserved, PoolExhausted, PrefixUnavailable, Refusal
from cloudsim.ipam.states import State

every_policy = pytest.mark.parametrize("policy", POLICIES)


def pool_of(cidr: str = "10.0.0.0/24", *, policy: str = "uniform", cool_ns: int = 0) -> Pool:
    return Pool(AddressSpace.parse(cidr), seed=3, policy=policy, cool_ns=cool_ns)


def test_the_named_addresses_come_first_and_in_the_order_of_the_request() -> None:
    pool = pool_of()
    with pool.lease(named=[30, 10, 20], count=2, prefixes=1, named_prefixes=[64], now_ns=0) as lease:
        lease.keep()
    assert list(lease.offsets[:3]) == [30, 10, 20]
    assert lease.prefixes[0] == 64
    assert sorted(lease.offsets) == list(pool.used_offsets())
    assert sorted(lease.prefixes) == list(pool.prefix_offsets())


def test_a_lease_of_one_address_hands_out_what_allocate_would() -> None:
    one, other = pool_of(), pool_of()
    for _ in range(20):
        with one.lease(count=1, now_ns=0) as lease:
            lease.keep()
        assert list(lease.offsets) == [other.allocate(0)]


def test_a_lease_of_nothing_is_empty() -> None:
    with pool_of().lease(now_ns=0) as lease:
        lease.keep()
    assert (list(lease.offsets), list(lease.prefixes)) == ([], [])


@pytest.mark.parametrize("cool_ns", [0, 100])
def test_what_is_not_kept_is_free_at_once_whatever_the_cool_down(cool_ns: int) -> None:
    pool = pool_of(cool_ns=cool_ns)
    with pool.lease(named=[9], count=3, prefixes=1, named_prefixes=[32], now_ns=0):
        assert pool.free_at(0) == 252 - 4 - 32
    assert pool.free_at(0) == 252
    assert pool.whole_free_blocks(0) == 14
    pool.check()


def test_what_was_set_aside_is_set_aside_again_after_a_lease_that_is_not_kept() -> None:
    pool = pool_of()
    pool.reserve_range(32, 32, 0)
    with pool.lease(prefixes=2, now_ns=0) as lease:
        assert sorted(lease.prefixes) == [32, 48]
    assert pool.state_of(40, 0) is State.SET_ASIDE


def test_an_error_in_the_block_gives_back_and_goes_on() -> None:
    pool = pool_of()
    with pytest.raises(KeyError), pool.lease(count=5, now_ns=0):
        raise KeyError
    assert list(pool.used_offsets()) == []


def test_an_error_after_keeping_gives_nothing_back() -> None:
    pool = pool_of()
    lease = pool.lease(count=5, now_ns=0)
    lease.keep()
    with pytest.raises(KeyError), lease:
        raise KeyError
    assert len(list(pool.used_offsets())) == 5


def test_a_lease_is_kept_once_and_never_after_it_was_given_back() -> None:
    pool = pool_of()
    with pool.lease(count=1, now_ns=0) as kept:
        kept.keep()
        with pytest.raises(AssertionError, match="once"):
            kept.keep()
    with pool.lease(count=1, now_ns=0) as left:
        pass
    with pytest.raises(AssertionError, match="once"):
        left.keep()


def test_releasing_what_a_lease_still_holds_is_our_own_fault() -> None:
    pool = pool_of()
    with pytest.raises(AssertionError, match="holds its addresses"), pool.lease(count=1, now_ns=0) as lease:
        pool.release(lease.offsets[0], 0)
    with pytest.raises(AssertionError, match="holds its prefixes"), pool.lease(prefixes=1, now_ns=0) as lease:
        pool.release_prefix(lease.prefixes[0], 0)


def test_two_leases_in_one_request_unwind_together() -> None:
    ipv4, ipv6 = pool_of("10.0.0.0/29"), pool_of("2001:db8::/64")
    with pytest.raises(PoolExhausted), ipv6.lease(count=2, now_ns=0):
        ipv4.lease(count=5, now_ns=0)
    assert list(ipv6.used_offsets()) == []


def test_two_requests_at_a_time_never_share_the_last_address() -> None:
    pool = pool_of("10.0.0.0/29")
    pool.allocate_many(3, 0)
    with pool.lease(count=1, now_ns=0), pytest.raises(PoolExhausted):
        pool.lease(count=1, now_ns=0)
    assert pool.free_at(0) == 1


def test_a_clone_made_while_a_lease_is_open_keeps_its_own_view() -> None:
    pool = pool_of()
    with pool.lease(count=2, now_ns=0):
        clone = pool.clone()
    assert (len(list(pool.used_offsets())), len(list(clone.used_offsets()))) == (0, 2)
    pool.check()
    clone.check()


@every_policy
@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        ({"named": [9, 0], "count": 1}, AddressReserved),
        ({"named": [9, 100]}, AddressNotFree),
        ({"named": [9, 9]}, AddressNotFree),
        ({"named": [9], "count": 251}, PoolExhausted),
        ({"named": [20], "named_prefixes": [16]}, PrefixUnavailable),
        ({"named_prefixes": [16, 16]}, PrefixUnavailable),
        ({"named_prefixes": [96]}, PrefixUnavailable),
        ({"prefixes": 14, "count": 1}, PrefixUnavailable),
        ({"prefixes": 13, "named": [20]}, PrefixUnavailable),
        ({"prefixes": 13, "named_prefixes": [16]}, PrefixUnavailable),
        ({"prefixes": 13, "count": 252 - 13 * 16}, PoolExhausted),
        ({"named_prefixes": [16, 32], "count": 252 - 32}, PoolExhausted),
    ],
)
def test_a_request_that_cannot_have_all_changes_nothing(
    policy: str, wish: dict[str, Any], refusal: type[Refusal]
) -> None:
    pool = pool_of(policy=policy)
    pool.take(100, 0)
    spared = pool.clone()
    with pytest.raises(refusal):
        pool.lease(**wish, now_ns=0)
    pool.check()
    assert pool.counts_at(0) == spared.counts_at(0)
    assert pool.allocate_many(251, 0) == spared.allocate_many(251, 0)


def test_a_refusal_counts_what_the_named_ones_leave() -> None:
    pool = pool_of()
    with pytest.raises(PoolExhausted) as addresses:
        pool.lease(named=[9], named_prefixes=[16], count=300, now_ns=0)
    assert (addresses.value.asked, addresses.value.free) == (300, 252 - 1 - 16)
    with pytest.raises(PrefixUnavailable) as blocks:
        pool.lease(named=[9, 20], named_prefixes=[32], prefixes=20, now_ns=0)
    assert (blocks.value.asked, blocks.value.free) == (20, 12)


def test_prefixes_are_chosen_before_addresses_that_could_break_their_blocks() -> None:
    pool = pool_of("10.0.0.0/26")
    with pool.lease(count=28, prefixes=2, now_ns=0) as lease:
        lease.keep()
    assert pool.free_at(0) == 0
    assert sorted(lease.prefixes) == [16, 32]


def test_a_prefix_from_a_reservation_leaves_the_free_ones_alone() -> None:
    pool = pool_of("10.0.0.0/26")
    pool.reserve_range(16, 16, 0)
    with pool.lease(prefixes=1, count=44, now_ns=0) as lease:
        lease.keep()
    assert (list(lease.prefixes), pool.free_at(0)) == ([16], 0)


def test_a_prefix_named_inside_a_reservation_leaves_the_free_ones_alone() -> None:
    pool = pool_of("10.0.0.0/26")
    pool.reserve_range(16, 16, 0)
    with pool.lease(named_prefixes=[16], count=44, now_ns=0) as lease:
        lease.keep()
    assert pool.free_at(0) == 0
