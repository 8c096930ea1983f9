"""What a pool does, by example; the laws are in test_laws."""

import pickle

import pytest

from cloudsim.ipam.edge import AddressSpace
from cloudsim.ipam.policies.registry import POLICIES, PREFIX_POLICIES
from cloudsim.ipam.pool import Pool
from cloudsim.ipam.refusals import AddressNotFree, AddressReserved, NotUsed, PoolExhausted, PrefixUnavailable
from cloudsim.ipam.space import Ends
from cloudsim.ipam.states import Counts, State
from tests.ipam.cases import every_policy, every_policy_on


def pool_of(cidr: str = "10.0.0.0/24", *, policy: str = "uniform", seed: int = 1, cool_ns: int = 0) -> Pool:
    return Pool(AddressSpace.parse(cidr), policy=policy, seed=seed, cool_ns=cool_ns)


def test_the_reserved_addresses_are_those_of_the_documents_own_example() -> None:
    pool = pool_of("192.168.1.0/24")
    reserved = [pool.space.text(x) for x in range(256) if pool.state_of(x, 0) is State.RESERVED]
    assert reserved == ["192.168.1.0", "192.168.1.253", "192.168.1.254", "192.168.1.255"]


@pytest.mark.parametrize(
    ("cidr", "usable", "blocks"),
    [("10.0.0.0/16", 65_532, 4_094), ("10.0.0.0/24", 252, 14), ("10.0.0.0/26", 60, 2), ("10.0.0.0/27", 28, 0),
     ("10.0.0.0/28", 12, 0), ("10.0.0.0/29", 4, 0), ("2001:db8::/64", 2**64 - 10, 65_534)],
)  # fmt: skip
def test_the_reserved_ends_cost_their_addresses_and_two_blocks(cidr: str, usable: int, blocks: int) -> None:
    pool = pool_of(cidr)
    assert pool.free_at(0) == usable
    assert pool.whole_free_blocks(0) == blocks
    assert pool.free_at(0) == usable, "the same after it was built"


def test_the_first_and_the_last_nine_of_an_ipv6_block_are_reserved() -> None:
    pool = pool_of("2001:db8::/64")
    last = pool.space.size - 1
    assert pool.state_of(0, 0) is State.RESERVED
    assert pool.state_of(1, 0) is State.FREE
    assert pool.state_of(last - 8, 0) is State.RESERVED
    assert pool.state_of(last - 9, 0) is State.FREE


def test_other_reserved_ends_are_data() -> None:
    pool = Pool(AddressSpace.parse("10.0.0.0/28"), seed=1, reserved=Ends(0, 0))
    assert sorted(pool.allocate_many(16, 0)) == list(range(16))


def test_a_block_smaller_than_a_prefix_has_none_to_give_even_if_nothing_is_reserved() -> None:
    pool = Pool(AddressSpace.parse("10.0.0.0/29"), seed=1, reserved=Ends(0, 0))
    with pytest.raises(PrefixUnavailable):
        pool.allocate_prefix(0)


def test_the_same_seed_hands_out_the_same_addresses() -> None:
    assert pool_of(seed=5).allocate_many(50, 0) == pool_of(seed=5).allocate_many(50, 0)


def test_other_seeds_hand_out_others() -> None:
    assert len({tuple(pool_of(seed=seed).allocate_many(4, 0)) for seed in range(50)}) == 50


@every_policy
def test_many_addresses_are_those_that_would_come_one_by_one(policy: str) -> None:
    many, single = pool_of(policy=policy), pool_of(policy=policy)
    assert many.allocate_many(30, 0) == [single.allocate(0) for _ in range(30)]


@every_policy_on("10.0.0.0/28", "10.0.0.0/21", "2001:db8::/120")
def test_a_pool_gives_every_address_once_and_then_refuses(policy: str, cidr: str) -> None:
    pool = pool_of(cidr, policy=policy)
    free = pool.free_at(0)
    ends = pool.reserved
    assert sorted(pool.allocate_many(free, 0)) == list(range(ends.first, pool.space.size - ends.last))
    with pytest.raises(PoolExhausted, match="1 addresses were asked for, 0 are free"):
        pool.allocate(0)
    pool.check()


def test_a_refused_call_does_not_move_the_stream() -> None:
    refused, spared = pool_of(), pool_of()
    with pytest.raises(PoolExhausted):
        refused.allocate_many(253, 0)
    with pytest.raises(AddressReserved):
        refused.take(0, 0)
    refused.allocate_prefix(0, within=range(16, 32))
    spared.allocate_prefix(0, within=range(16, 32))
    with pytest.raises(PrefixUnavailable):
        refused.allocate_prefix(0, within=range(16, 32))
    assert refused.allocate_many(200, 0) == spared.allocate_many(200, 0)


def test_a_named_address_is_refused_with_its_state() -> None:
    pool = pool_of(cool_ns=10)
    pool.take(20, 0)
    pool.take(21, 0)
    pool.release(21, 0)
    pool.take_prefix(32, 0)
    pool.reserve_range(64, 16, 0)
    states = {20: State.USED, 21: State.COOLING, 40: State.IN_PREFIX, 70: State.SET_ASIDE}
    for offset, state in states.items():
        with pytest.raises(AddressNotFree, match=f"not free but {state.name.lower()}") as refusal:
            pool.take(offset, 5)
        assert (refusal.value.offset, refusal.value.state) == (offset, state)
    with pytest.raises(AddressReserved) as reserved:
        pool.take(255, 5)
    assert reserved.value.offset == 255
    assert pool.counts_at(5) == Counts(free=218, used=1, reserved=4, cooling=1, in_prefix=16, set_aside=16)


def test_an_offset_outside_the_block_is_our_own_fault() -> None:
    for offset in (-1, 256):
        with pytest.raises(AssertionError, match="inside its block"):
            pool_of().take(offset, 0)
        with pytest.raises(AssertionError, match="inside its block"):
            pool_of().state_of(offset, 0)


def test_a_release_of_what_is_not_held_is_refused() -> None:
    pool = pool_of()
    pool.take(9, 0)
    pool.release(9, 0)
    with pytest.raises(NotUsed, match="not used but free"):
        pool.release(9, 0)
    with pytest.raises(NotUsed, match="not used but reserved"):
        pool.release(0, 0)
    with pytest.raises(NotUsed, match="outside the block") as refusal:
        pool.release(256, 0)
    assert (refusal.value.offset, refusal.value.state) == (256, None)


def test_an_address_inside_a_prefix_cannot_be_released_alone() -> None:
    pool = pool_of()
    pool.take_prefix(16, 0)
    with pytest.raises(NotUsed, match="in_prefix"):
        pool.release(16, 0)
    for first in (17, 32, 256, -16):
        with pytest.raises(NotUsed):
            pool.release_prefix(first, 0)
    assert list(pool.prefix_offsets()) == [16]


def test_a_full_looking_pool_may_have_no_prefix_left_and_many_addresses() -> None:
    pool = pool_of()
    for block in range(1, 15):
        pool.take(block * 16 + 3, 0)
    with pytest.raises(PrefixUnavailable, match="1 whole blocks were asked for, 0 are free"):
        pool.allocate_prefix(0)
    assert pool.free_at(0) == 238


def test_a_prefix_is_named_by_where_it_begins() -> None:
    with pytest.raises(AssertionError, match="multiple of its size"):
        pool_of().take_prefix(17, 0)
    with pytest.raises(AssertionError, match="inside its block"):
        pool_of("10.0.0.0/29").take_prefix(0, 0)
    with pytest.raises(PrefixUnavailable, match="at offset 0"):
        pool_of().take_prefix(0, 0)


@pytest.mark.parametrize("cidr", ["10.0.0.0/24", "2001:db8::/64"])
def test_prefixes_come_from_the_reservations_and_from_nowhere_else(cidr: str) -> None:
    pool = pool_of(cidr)
    size = 1 << pool.space.family.block_bits
    pool.reserve_range(4 * size, 2 * size, 0)
    pool.reserve_range(2 * size, size, 0)
    assert pool.reservations() == [range(4 * size, 6 * size), range(2 * size, 3 * size)]
    assert sorted(pool.allocate_prefix(0) for _ in range(2)) == [4 * size, 5 * size], "the first made is emptied first"
    assert pool.allocate_prefix(0) == 2 * size
    with pytest.raises(PrefixUnavailable):
        pool.allocate_prefix(0)
    pool.release_prefix(5 * size, 0)
    assert pool.state_of(5 * size, 0) is State.SET_ASIDE, "it returns to its reservation"
    assert pool.allocate_prefix(0) == 5 * size
    pool.check()


@every_policy
def test_single_addresses_are_never_taken_from_a_reservation(policy: str) -> None:
    pool = pool_of(policy=policy)
    pool.reserve_range(16, 128, 0)
    assert not set(pool.allocate_many(pool.free_at(0), 0)) & set(range(16, 144))
    assert pool.counts_at(0).set_aside == 128


def test_half_of_an_ipv6_block_can_be_set_aside() -> None:
    pool = pool_of("2001:db8::/64", cool_ns=1)
    half = pool.space.size // 2
    pool.reserve_range(half // 2, half, 0)
    assert all(not half // 2 <= x < half // 2 + half for x in pool.allocate_many(100, 0))
    pool.release_prefix(pool.allocate_prefix(0), 0)
    assert pool.counts_at(0).cooling == 2**48
    pool.check()
    assert pool.counts_at(1).set_aside == half


@pytest.mark.parametrize(
    ("first", "length"), [(0, 16), (16, 32), (48, 16), (64, 32)], ids=["system", "used", "cooling", "reserved twice"]
)
def test_a_reservation_of_what_is_not_wholly_free_is_refused(first: int, length: int) -> None:
    pool = pool_of(cool_ns=9)
    pool.take(40, 0)
    pool.take(50, 0)
    pool.release(50, 0)
    pool.reserve_range(80, 16, 0)
    with pytest.raises(PrefixUnavailable, match=f"at offset {first}") as refusal:
        pool.reserve_range(first, length, 1)
    assert (refusal.value.asked, refusal.value.free) == (length // 16, length // 16 - 1)
    assert pool.counts_at(1).set_aside == 16


@pytest.mark.parametrize("cidr", ["10.0.0.0/24", "2001:db8::/64"])
def test_a_reservation_is_given_back_once_its_prefixes_are(cidr: str) -> None:
    pool = pool_of(cidr, cool_ns=5)
    size = 1 << pool.space.family.block_bits
    before = pool.counts_at(0)
    pool.reserve_range(4 * size, 2 * size, 0)
    first = pool.allocate_prefix(0)
    with pytest.raises(PrefixUnavailable) as refusal:
        pool.release_range(4 * size, 2 * size, 0)
    assert (refusal.value.asked, refusal.value.free, refusal.value.offset) == (2, 1, 4 * size)
    assert pool.whole_free_blocks(0, within=range(4 * size, 6 * size)) == 1
    pool.release_prefix(first, 0)
    pool.release_range(4 * size, 2 * size, 1)
    assert pool.counts_at(1).cooling == size, "what cools down goes on cooling"
    assert pool.counts_at(5) == before
    pool.take(first, 5)
    pool.check()


def test_only_a_whole_reservation_is_given_back() -> None:
    pool = pool_of()
    pool.reserve_range(64, 32, 0)
    with pytest.raises(AssertionError, match="set aside, as a whole"):
        pool.release_range(64, 16, 0)


def test_a_reservation_is_made_of_whole_blocks_of_the_pool() -> None:
    for first, length in ((8, 16), (16, 8), (240, 32), (16, 0)):
        with pytest.raises(AssertionError):
            pool_of().reserve_range(first, length, 0)


def test_what_a_pool_cannot_be_is_our_own_fault() -> None:
    space = AddressSpace.parse("10.0.0.0/29")
    with pytest.raises(AssertionError, match="'uniformly' is one of uniform, lowest-first, next-fit"):
        Pool(space, seed=1, policy="uniformly")
    with pytest.raises(AssertionError, match="'highest' is one of uniform, lowest, best-fit"):
        Pool(space, seed=1, prefix_policy="highest")
    with pytest.raises(AssertionError, match=r"'pack' is for IPv4: a /80 has 2\*\*48 addresses"):
        pool_of("2001:db8::/64", policy="pack")
    for seed in (-1, 1 << 64):
        with pytest.raises(AssertionError, match="64 bits"):
            Pool(space, seed=seed)
    with pytest.raises(AssertionError, match="forwards in time"):
        Pool(space, seed=1, cool_ns=-1)
    with pytest.raises(AssertionError, match="at least as large as its reserved ends"):
        Pool(space, seed=1, reserved=Ends(8, 1)).allocate(0)
    with pytest.raises(AssertionError, match="not negative"):
        Pool(space, seed=1).allocate_many(-1, 0)
    with pytest.raises(AssertionError, match="a /64 or smaller"):
        pool_of("2001:db8::/63").allocate(0)


@every_policy_on("10.0.0.0/24", "2001:db8::/64")
def test_a_pool_goes_to_another_process_as_it_is(policy: str, cidr: str) -> None:
    pool = pool_of(cidr, policy=policy, cool_ns=5)
    assert pickle.loads(pickle.dumps(pool)).allocate(0) == pool.clone().allocate(0)  # noqa: S301 - our own
    pool.release(pool.allocate(0), 0)
    pool.allocate_prefix(0)
    there = pickle.loads(pickle.dumps(pool))  # noqa: S301 - our own
    there.check()
    assert there.allocate_many(20, 7) == pool.allocate_many(20, 7)


def test_the_policies_have_the_documented_names() -> None:
    plain = ["uniform", "lowest-first", "next-fit", "longest-free", "longest-free-sequential", "pack"]
    assert list(POLICIES) == [*plain, *(f"banded-{name}" for name in plain)]
    assert list(PREFIX_POLICIES) == ["uniform", "lowest", "best-fit"]
