"""Uniform means uniform: exactly, by enumeration, and by chi-square where popular allocators fail it.

Random start and scan gives the first address after a used run a share that grows with the run; a permutation that
never swaps with its own end yields only some of the orders. Both would be caught here.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import product
from math import comb, sqrt

import pytest

from cloudsim.ipam.chance import INCREMENT, MASK, MULTIPLIER, advance, scatter
from cloudsim.ipam.edge import AddressSpace
from cloudsim.ipam.policies.uniform import SparseUniform, Uniform
from cloudsim.ipam.pool import Pool
from cloudsim.ipam.space import Ends, SpaceMap

INVERSE = pow(MULTIPLIER, -1, 1 << 64)


def pool_of(cidr: str, seed: int = 1) -> Pool:
    return Pool(AddressSpace.parse(cidr), seed=seed)


def chi_square(counts: Iterable[int]) -> float:
    seen = list(counts)
    mean = sum(seen) / len(seen)
    return sum((count - mean) * (count - mean) for count in seen) / mean


def limit(choices: int) -> float:
    """Six standard deviations above what chi-square is on average: passed by all but one in millions."""
    freedom = choices - 1
    return freedom + 6 * sqrt(2 * freedom) + 6


def state_that_draws(place: int, count: int) -> int:
    """The generator's state whose next draw among ``count`` is ``place``."""
    wanted = -(-(place << 64) // count)
    return (wanted - INCREMENT) * INVERSE & MASK


def test_every_sequence_of_draws_gives_another_order_so_all_orders_are_equally_likely() -> None:
    pool = pool_of("10.0.0.0/29")
    orders = Counter[tuple[int, ...]]()
    for places in product(range(4), range(3), range(2), range(1)):
        each = pool.clone()
        order = []
        for count, place in zip((4, 3, 2, 1), places, strict=True):
            each.check()
            policy = each._policy
            assert isinstance(policy, Uniform)
            policy.state = state_that_draws(place, count)
            order.append(each.allocate(0))
        orders[tuple(order)] += 1
    assert len(orders) == 24
    assert set(orders.values()) == {1}


@pytest.mark.parametrize("cidr", ["10.0.0.0/29", "2001:db8::/124"])
def test_over_the_seeds_every_address_is_equally_likely_at_every_position(cidr: str) -> None:
    free = pool_of(cidr).free_at(0)
    hands = [pool_of(cidr, seed).allocate_many(free, 0) for seed in range(3000)]
    for position in zip(*hands, strict=True):
        assert chi_square(Counter(position).values()) < limit(free)
    if free == 4:
        orders = Counter(map(tuple, hands))
        assert len(orders) == 24
        assert chi_square(orders.values()) < limit(24)


@pytest.mark.parametrize(
    ("cidr", "taken"),
    [("10.0.0.0/24", range(1, 150)), ("10.0.0.0/24", [*range(1, 100), *range(110, 250)]),
     ("10.0.0.0/21", range(1, 1990)), ("2001:db8::/121", range(1, 100)), ("2001:db8::/120", range(4, 246))],
)  # fmt: skip
def test_an_address_beside_a_used_run_is_no_likelier_than_any_other(cidr: str, taken: Iterable[int]) -> None:
    pool = pool_of(cidr)
    for offset in taken:
        pool.take(offset, 0)
    free = pool.free_at(0)
    counts = Counter[int]()
    for _ in range(60 * free):
        offset = pool.allocate(0)
        pool.release(offset, 0)
        counts[offset] += 1
    assert len(counts) == free
    assert chi_square(counts.values()) < limit(free)


@pytest.mark.parametrize("cidr", ["10.0.0.0/24", "2001:db8::/76"])
@pytest.mark.parametrize("left", [14, 5, 1])
def test_every_whole_block_is_equally_likely_however_few_are_left(cidr: str, left: int) -> None:
    pool = pool_of(cidr)
    size = 1 << pool.space.family.block_bits
    for block in range(1, 15 - left):
        pool.take(block * size + 2, 0)
    counts = Counter[int]()
    for _ in range(200 * left):
        first = pool.allocate_prefix(0)
        pool.release_prefix(first, 0)
        counts[first] += 1
    assert len(counts) == left
    assert chi_square(counts.values()) < limit(left)


def test_the_few_whole_blocks_of_many_are_equally_likely_though_most_guesses_miss() -> None:
    pool = pool_of("10.0.0.0/20")
    for block in range(1, 255):
        if block not in (7, 130, 254):
            pool.take(block * 16, 0)
    counts = Counter[int]()
    for _ in range(600):
        first = pool.allocate_prefix(0)
        pool.release_prefix(first, 0)
        counts[first // 16] += 1
    assert sorted(counts) == [7, 130, 254]
    assert chi_square(counts.values()) < limit(3)


def test_the_last_block_of_many_is_found_though_every_guess_misses() -> None:
    pool = pool_of("10.0.0.0/16")
    for block in range(1, 4095):
        if block != 3000:
            pool.take(block * 16, 0)
    assert pool.allocate_prefix(0) == 3000 * 16


def test_uniform_breaks_up_the_blocks_as_the_closed_formula_says() -> None:
    used, samples = 25, 400
    free_blocks = [0] * samples
    for seed in range(samples):
        pool = pool_of("10.0.0.0/24", seed)
        pool.allocate_many(used, 0)
        free_blocks[seed] = pool.whole_free_blocks(0)
    one = comb(252 - 16, used) / comb(252, used)
    both = comb(252 - 32, used) / comb(252, used)
    variance = 14 * one * (1 - one) + 14 * 13 * (both - one * one)
    mean = sum(free_blocks) / samples
    assert abs(mean - 14 * one) < 4 * sqrt(variance / samples)


def test_a_draw_of_a_sparse_pool_is_one_step_of_the_generator_however_often_it_guesses() -> None:
    pool = pool_of("2001:db8::/120")
    for offset in range(1, 246):
        pool.take(offset, 0)
    assert pool.allocate(0) == 246
    policy = pool._policy
    assert isinstance(policy, SparseUniform)
    assert policy.state == advance(1)


def test_the_candidates_of_one_draw_spread_over_all_64_bits() -> None:
    candidates = [scatter(draw, attempt, 1 << 64) for draw in range(200) for attempt in range(10)]
    assert len(set(candidates)) == 2000
    for bit in range(64):
        ones = sum(candidate >> bit & 1 for candidate in candidates)
        assert abs(ones - 1000) < 6 * sqrt(500)


def test_the_generator_comes_back_only_after_all_its_states() -> None:
    assert MULTIPLIER % 4 == 1, "Hull and Dobell: the period is 2**64 if this is so"
    assert INCREMENT % 2 == 1, "and this"


def test_a_list_of_all_addresses_is_not_for_a_sparse_map_nor_guesses_for_a_dense_one() -> None:
    dense, sparse = (SpaceMap.of(AddressSpace.parse(cidr), Ends(1, 3)) for cidr in ("10.0.0.0/29", "2001:db8::/64"))
    with pytest.raises(AssertionError):
        Uniform(1).build(sparse, range(sparse.size))
    with pytest.raises(AssertionError):
        Uniform(1).check(sparse)
    with pytest.raises(AssertionError):
        SparseUniform(1).pick(dense)
