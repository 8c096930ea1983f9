"""A clone is the same pool until one of the two changes; a pool that nobody used is nearly nothing."""

import pickle
import sys

from cloudsim.ipam.edge import AddressSpace
from cloudsim.ipam.pool import Pool
from tests.ipam.cases import every_policy_on

everywhere = every_policy_on("10.0.0.0/24", "10.0.0.0/21", "2001:db8::/64")


def worn(cidr: str, policy: str) -> Pool:
    """A pool with a past: used, cooling and in prefixes."""
    pool = Pool(AddressSpace.parse(cidr), seed=5, policy=policy, cool_ns=50)
    pool.allocate_prefix(0)
    offsets = pool.allocate_many(9, 1)
    for offset in offsets[::3]:
        pool.release(offset, 2)
    return pool


@everywhere
def test_a_restored_pool_answers_the_same_calls_alike(policy: str, cidr: str) -> None:
    pool = worn(cidr, policy)
    snapshot = pool.clone()
    restored = snapshot.clone()
    hands = [
        (each.allocate_prefix(9), each.allocate_many(60, 10), each.allocate_many(60, 60)) for each in (pool, restored)
    ]
    assert hands[0] == hands[1]


@everywhere
def test_writes_to_one_never_show_in_the_other(policy: str, cidr: str) -> None:
    pool = worn(cidr, policy)
    clone = pool.clone()
    clone_of_clone = clone.clone()
    before = (list(pool.used_offsets()), pool.counts_at(10))
    clone.allocate_many(5, 10)
    pool.release(next(pool.used_offsets()), 10)
    pool.release_prefix(next(pool.prefix_offsets()), 10)
    assert clone.counts_at(10).used == before[1].used + 5
    assert (list(clone_of_clone.used_offsets()), clone_of_clone.counts_at(10)) == before
    for each in (pool, clone, clone_of_clone):
        each.check()


@everywhere
def test_built_late_is_as_good_as_built_early(policy: str, cidr: str) -> None:
    late, early = (Pool(AddressSpace.parse(cidr), seed=9, policy=policy) for _ in range(2))
    early.check()
    clone_of_late, clone_of_early = late.clone(), early.clone()
    hands = [pool.allocate_many(60, 0) for pool in (late, early, clone_of_late, clone_of_early)]
    assert hands == [hands[0]] * 4


def test_a_pool_that_nobody_used_takes_less_than_a_quarter_of_a_kilobyte() -> None:
    pool = Pool(AddressSpace.parse("10.0.0.0/16"), seed=1)
    assert pool.free_at(0) == 65_532
    assert pool.counts_at(0).free == 65_532
    own = [getattr(pool, name) for name in ("_truth", "_policy") if hasattr(pool, name)]
    assert own == []
    assert sys.getsizeof(pool) + sys.getsizeof(1 << 63) <= 256


@every_policy_on("10.0.0.0/24", "2001:db8::/64")
def test_no_number_of_allocations_and_releases_makes_a_pool_grow(policy: str, cidr: str) -> None:
    def weight(pool: Pool) -> int:
        return len(pickle.dumps(pool)) // 100

    pool = Pool(AddressSpace.parse(cidr), seed=1, policy=policy, cool_ns=10)
    held = pool.allocate_many(20, 0)
    full = 0
    for now_ns in range(3000):
        held.append(pool.allocate(now_ns))
        pool.release(held.pop(now_ns % 20), now_ns)
        if now_ns == 1000:
            full = weight(pool)
    assert weight(pool) <= full + 2, "in hundreds of bytes"
    pool.check()
