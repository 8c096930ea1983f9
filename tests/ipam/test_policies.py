"""What is particular to each policy, by example; that all keep the contract is in test_laws."""

from collections import Counter
from collections.abc import Callable

import pytest

from cloudsim.ipam.edge import AddressSpace
from cloudsim.ipam.policies.banded import Banded, low_band_of
from cloudsim.ipam.policies.longest_free import LongestFree
from cloudsim.ipam.policies.pack import Pack
from cloudsim.ipam.policies.registry import POLICIES
from cloudsim.ipam.policies.uniform import SparseUniform, Uniform
from cloudsim.ipam.pool import Pool
from cloudsim.ipam.refusals import PrefixUnavailable
from cloudsim.ipam.space import Ends, SpaceMap
from tests.ipam.test_uniform import chi_square, limit


def pool_of(cidr: str = "10.0.0.0/24", *, policy: str, seed: int = 1, prefix_policy: str | None = None) -> Pool:
    return Pool(AddressSpace.parse(cidr), seed=seed, policy=policy, prefix_policy=prefix_policy)


# -- longest-free


@pytest.mark.parametrize("policy", ["longest-free", "longest-free-sequential"])
def test_a_released_address_comes_back_after_all_others(policy: str) -> None:
    pool = pool_of("10.0.0.0/28", policy=policy)
    first, second = pool.allocate_many(2, 0)
    pool.release(second, 0)
    pool.release(first, 0)
    assert pool.allocate_many(12, 0)[-2:] == [second, first]


def test_in_order_the_unused_addresses_come_from_the_lowest_up() -> None:
    assert pool_of(policy="longest-free-sequential").allocate_many(252, 0) == list(range(1, 253))


def test_at_random_every_order_of_the_unused_addresses_is_equally_likely() -> None:
    hands = Counter(
        tuple(pool_of("10.0.0.0/29", policy="longest-free", seed=s).allocate_many(4, 0)) for s in range(2000)
    )
    assert len(hands) == 24
    assert chi_square(hands.values()) < limit(24)


def test_a_block_of_which_the_first_address_is_not_the_systems_gives_all() -> None:
    pool = Pool(AddressSpace.parse("10.0.0.0/28"), seed=1, policy="longest-free", reserved=Ends(0, 0))
    assert sorted(pool.allocate_many(16, 0)) == list(range(16))
    pool.release(0, 0)
    pool.check()
    assert pool.allocate(0) == 0


# -- pack


def test_pack_fills_the_fullest_block_before_it_opens_another() -> None:
    pool = pool_of("10.0.0.0/25", policy="pack")
    pool.take(70, 0)
    for offset in range(33, 40):
        pool.take(offset, 0)
    assert pool.allocate_many(9, 0) == [32, *range(40, 48)]
    assert pool.allocate_many(28, 0) == [*range(112, 125), *range(1, 16)]
    assert pool.allocate(0) == 64


# -- banded


@pytest.mark.parametrize(
    ("length", "low"), [(16, 256), (20, 256), (21, 128), (24, 16), (26, 16), (27, 16), (28, 0), (29, 0)]
)
def test_a_low_band_has_a_sixteenth_but_16_to_256_and_a_tiny_block_has_none(length: int, low: int) -> None:
    assert low_band_of(1 << (32 - length)) == low


@pytest.mark.parametrize("policy", [name for name in POLICIES if name.startswith("banded-")])
def test_low_addresses_are_left_for_who_names_them_until_no_other_is_free(policy: str) -> None:
    pool = pool_of("10.0.0.0/25", policy=policy)
    assert all(offset >= 16 for offset in pool.allocate_many(109, 0))
    pool.take(5, 0)
    pool.release(100, 0)
    assert pool.allocate(0) == 100
    assert sorted(pool.allocate_many(14, 0)) == [offset for offset in range(1, 16) if offset != 5]


@pytest.mark.parametrize("policy", ["banded-lowest-first", "banded-next-fit"])
def test_an_ipv6_block_has_a_low_band_too(policy: str) -> None:
    pool = pool_of("2001:db8::/64", policy=policy)
    pool.take(256, 0)
    assert pool.allocate_many(2, 0) == [257, 258]


def test_the_low_band_of_a_sparse_map_lies_in_a_block_that_is_never_whole() -> None:
    space = AddressSpace.parse("2001:db8::/64")
    with pytest.raises(AssertionError, match="never whole"):
        Pool(space, seed=1, policy="banded-next-fit", reserved=Ends(0, 0)).allocate(0)


# -- whole blocks


def test_best_fit_takes_from_the_smallest_hole_and_keeps_the_large_ones() -> None:
    pool = pool_of(policy="uniform", prefix_policy="best-fit")
    pool.reserve_range(64, 128, 0)  # blocks 4 to 11
    for block in (5, 10):
        pool.take_prefix(block * 16, 0)
    taken = [pool.allocate_prefix(0) // 16 for _ in range(6)]
    assert taken == [4, 11, 6, 7, 8, 9], "holes of one, of one, of two, and of two"


def test_best_fit_keeps_room_for_a_reservation_where_the_lowest_does_not() -> None:
    best_fit, lowest = (pool_of(policy="uniform", prefix_policy=choice) for choice in ("best-fit", "lowest"))
    assert [best_fit.allocate_prefix(0) // 16 for _ in range(4)] == [1, 14, 2, 3]
    assert [lowest.allocate_prefix(0) // 16 for _ in range(4)] == [1, 2, 3, 4]
    best_fit.reserve_range(64, 64, 0)
    with pytest.raises(PrefixUnavailable):
        lowest.reserve_range(64, 64, 0)


def test_whole_blocks_are_chosen_at_random_beside_addresses_at_random_and_from_the_lowest_elsewhere() -> None:
    chosen = {policy: pool_of(policy=policy).prefix_policy for policy in POLICIES}
    assert [policy for policy, choice in chosen.items() if choice == "uniform"] == [
        "uniform", "longest-free", "banded-uniform", "banded-longest-free",
    ]  # fmt: skip
    assert set(chosen.values()) == {"uniform", "lowest"}


def test_a_prefix_moves_no_draw_of_a_single_address() -> None:
    plain, other = (pool_of("10.0.0.0/16", policy="uniform") for _ in range(2))
    other.allocate_prefix(0)
    for pool in (plain, other):
        pool.allocate(0)
    states = [pool._policy.state for pool in (plain, other) if isinstance(pool._policy, Uniform)]
    assert states == [states[0]] * 2


# -- what is kept wrong is found


def ring_to_nowhere(policy: LongestFree) -> None:
    policy.after[5] = 9


def ring_one_way(policy: LongestFree) -> None:
    policy.before[policy.hub] = 3


def miscounted_block(policy: Pack) -> None:
    policy.free[0] -= 1


def miscounted_number(policy: Pack) -> None:
    policy.blocks[3] += 1


def forgotten_number(policy: Pack) -> None:
    policy.numbers ^= 4


def miscounted_band(policy: Banded) -> None:
    policy.low_free += 1


@pytest.mark.parametrize(
    ("policy", "damage"),
    [("longest-free-sequential", ring_to_nowhere), ("longest-free-sequential", ring_one_way),
     ("pack", miscounted_block), ("pack", miscounted_number), ("pack", forgotten_number),
     ("banded-uniform", miscounted_band)],
)  # fmt: skip
def test_the_check_finds_an_index_that_is_wrong_in_itself(policy: str, damage: Callable[[object], None]) -> None:
    pool = pool_of("10.0.0.0/27", policy=policy)
    pool.allocate(0)
    damage(pool._policy)
    with pytest.raises(AssertionError):
        pool.check()


@pytest.mark.parametrize("policy", ["longest-free", "pack", "banded-pack", "banded-uniform", "banded-longest-free"])
@pytest.mark.parametrize("change", ["drop", "put"])
def test_the_check_finds_an_index_that_was_told_of_what_was_not_so(policy: str, change: str) -> None:
    pool = pool_of("10.0.0.0/27", policy=policy)
    offset = pool.allocate(0)
    getattr(pool._policy, change)(offset if change == "put" else next(x for x in range(20, 29) if x != offset))
    with pytest.raises(AssertionError):
        pool.check()


def test_an_index_of_all_addresses_is_not_for_a_sparse_map() -> None:
    sparse = SpaceMap.of(AddressSpace.parse("2001:db8::/64"), Ends(1, 9))
    for policy in (LongestFree(1), LongestFree(), Pack()):
        with pytest.raises(AssertionError):
            policy.build(sparse, range(sparse.size))
    with pytest.raises(AssertionError):
        LongestFree().check(sparse)


def test_bands_are_not_divided_and_guesses_are_at_all_of_a_block() -> None:
    sparse = SpaceMap.of(AddressSpace.parse("2001:db8::/64"), Ends(1, 9))
    with pytest.raises(AssertionError, match="all of the block"):
        SparseUniform(1).build(sparse, range(16))
    with pytest.raises(AssertionError, match="not divided"):
        Banded(Pack(), Pack()).build(sparse, range(16))
