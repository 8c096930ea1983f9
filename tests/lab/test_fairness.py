"""Who chooses evenly and who does not: our uniform policy passes the tests that two popular schemes fail."""

from collections import Counter
from itertools import islice

import pytest

from cloudsim.ipam.chance import advance
from cloudsim.ipam.edge import AddressSpace
from cloudsim.ipam.pool import Pool
from cloudsim.ipam.space import Ends
from cloudsim.lab.allocator import Ground, ground
from cloudsim.lab.models.kea import KeaRandom
from cloudsim.lab.models.scans import KubernetesScan
from tests.lab.conftest import ENTRIES, entry

TRIALS = 3000


class Bare(Ground):
    """A block without reserved ends."""

    @property
    def reserved(self) -> Ends:
        return Ends(0, 0)


def seeds(count: int) -> list[int]:
    found, state = [], 1
    for _ in range(count):
        state = advance(state)
        found.append(state)
    return found


def share_after_a_run(name: str) -> float:
    """How often the first free address after a long used run is chosen, over an even share."""
    hits = 0
    where = ground(24)
    run = range(1, 101)
    for seed in seeds(TRIALS // 10):
        allocator = entry(name).make(ground(24, seed=seed))
        for offset in run:
            allocator.take(offset, 0)
        hits += allocator.allocate(0) == run.stop
    return hits / (TRIALS // 10) * (where.usable - len(run))


def test_kubernetes_scan_prefers_the_address_after_a_used_run() -> None:
    assert share_after_a_run("kubernetes") > 30  # a hundred times the chance of one start, over an even share


@pytest.mark.parametrize("name", ["uniform", "set-rejection", "sortedlist-uniform"])
def test_who_is_uniform_does_not(name: str) -> None:
    assert share_after_a_run(name) < 5


def orders(make: type[KeaRandom], count: int) -> Counter[tuple[int, ...]]:
    """In which orders the addresses of a tiny block come, over many seeds."""
    space = AddressSpace.parse(f"10.0.0.0/{32 - (count - 1).bit_length()}")
    found: Counter[tuple[int, ...]] = Counter()
    for seed in seeds(TRIALS):
        allocator = make(Bare(space=space, seed=seed))
        found[tuple(allocator.allocate(0) for _ in range(count))] += 1
    return found


def test_keas_permutation_makes_6_of_24_orders_and_never_begins_with_the_last_address() -> None:
    found = orders(KeaRandom, 4)
    assert len(found) == 6
    assert all(order[0] != 3 for order in found)


def test_our_uniform_policy_makes_all_24_orders_about_equally_often() -> None:
    space = AddressSpace.parse("10.0.0.0/30")
    found: Counter[tuple[int, ...]] = Counter()
    for seed in seeds(TRIALS):
        pool = Pool(space, seed=seed, reserved=Ends(0, 0))
        found[tuple(pool.allocate_many(4, 0))] += 1
    assert len(found) == 24
    expected = TRIALS / 24
    chi_square = sum((count - expected) ** 2 / expected for count in found.values())
    assert chi_square < 49.7  # 23 degrees of freedom, one in a thousand


def chi_square_when_clustered(name: str) -> float:
    """How unevenly an allocator chooses among 24 free addresses that stand in clusters; 23 degrees of freedom."""
    free = [*range(10, 14), *range(40, 42), *range(60, 70), *range(100, 108)]
    where = ground(25)
    counts: Counter[int] = Counter()
    allocator = entry(name).make(where)
    for offset in range(1, where.size - 3):
        if offset not in free:
            allocator.take(offset, 0)
    for _ in range(2400):
        offset = allocator.allocate(0)
        counts[offset] += 1
        allocator.release(offset, 0)
    return sum((counts[offset] - 100) ** 2 / 100 for offset in free)


UNIFORM = [name for name, one in ENTRIES.items() if one.policy == "uniform" and name != "ipset-uniform"]


@pytest.mark.parametrize("name", UNIFORM)
def test_who_says_uniform_is_so_among_clusters(name: str) -> None:
    assert chi_square_when_clustered(name) < 49.7


def test_kubernetes_scan_is_not() -> None:
    assert chi_square_when_clustered("kubernetes") > 1000


def test_neutron_draws_among_the_lowest_thousand() -> None:
    allocator = entry("neutron-window").make(ground(20))
    first = [allocator.allocate(0) for _ in range(200)]
    assert max(first) <= 1 + 1000 + 200


def test_keas_permutation_begins_anew_when_it_is_used_up() -> None:
    allocator = KeaRandom(ground(28))
    for _ in range(5):
        held = [allocator.allocate(0) for _ in range(allocator.free)]
        assert sorted(held) == list(range(1, 13))
        for offset in held:
            allocator.release(offset, 0)


def test_the_scan_goes_round() -> None:
    allocator = KubernetesScan(ground(28))
    held = list(islice(iter(lambda: allocator.allocate(0), -1), 12))
    assert sorted(held) == list(range(1, 13))
    assert allocator.probes > allocator.draws == 12
