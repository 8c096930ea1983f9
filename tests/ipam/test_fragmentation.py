"""What each policy leaves of whole blocks: by the closed formula, against perfect packing, and after a burst.

The expected numbers are those of reference runs of the same workloads: lifetimes without memory at a constant number
of addresses (``churn``), a fleet that grows and shrinks (``burst``), and addresses that live equally long (``queue``).
"""

from itertools import pairwise
from math import comb, sqrt
from statistics import fmean

import pytest

from cloudsim.ipam.chance import advance
from cloudsim.ipam.edge import AddressSpace
from cloudsim.ipam.pool import Pool


class Workload:
    """A pool, what is held of it, and a generator for who leaves."""

    def __init__(self, policy: str, cidr: str = "10.0.0.0/20", *, seed: int = 1) -> None:
        self.pool = Pool(AddressSpace.parse(cidr), seed=seed, policy=policy)
        self.usable = self.pool.free_at(0)
        self.held: list[int] = []
        self.state = seed

    def grow(self, count: int) -> None:
        self.held += self.pool.allocate_many(count, 0)

    def shrink(self, count: int) -> None:
        """Release addresses at random."""
        for _ in range(count):
            self.state = advance(self.state)
            at = self.state * len(self.held) >> 64
            self.pool.release(self.held[at], 0)
            self.held[at] = self.held[-1]
            self.held.pop()

    def churn(self, turnovers: int) -> None:
        """Replace one address after the other, so that each is replaced so often on average."""
        for _ in range(turnovers * len(self.held)):
            self.shrink(1)
            self.grow(1)

    def churn_in_batches(self, turnovers: int) -> None:
        """Do so by 2 % of the block at a time."""
        batch = self.usable // 50
        for _ in range(turnovers * len(self.held) // batch):
            self.shrink(batch)
            self.grow(batch)

    def queue(self, turnovers: int) -> None:
        """Release always the oldest."""
        for _ in range(turnovers * len(self.held)):
            self.pool.release(self.held.pop(0), 0)
            self.grow(1)

    @property
    def whole(self) -> int:
        return self.pool.whole_free_blocks(0)


def best(used: int, blocks: int) -> int:
    """Whole blocks that perfect packing leaves: the two at the ends, which cannot be whole, take 28 addresses."""
    return blocks - max(0, -(-(used - 28) // 16))


@pytest.mark.parametrize(("cidr", "share", "runs"), [("10.0.0.0/24", 0.1, 60), ("10.0.0.0/20", 0.1, 12)])
def test_uniform_in_its_steady_state_breaks_up_the_blocks_as_the_closed_formula_says(
    cidr: str, share: float, runs: int
) -> None:
    left = []
    for seed in range(runs):
        work = Workload("uniform", cidr, seed=seed)
        work.grow(int(work.usable * share))
        work.churn(2)
        left.append(work.whole)
    usable, used, blocks = work.usable, len(work.held), work.pool.space.size // 16 - 2
    one = comb(usable - 16, used) / comb(usable, used)
    both = comb(usable - 32, used) / comb(usable, used)
    variance = blocks * one * (1 - one) + blocks * (blocks - 1) * (both - one * one)
    assert abs(fmean(left) - blocks * one) < 4 * sqrt(variance / runs)


@pytest.mark.parametrize("share", [0.05, 0.1, 0.2, 0.3, 0.5, 0.7])
def test_lowest_first_and_pack_reach_perfect_packing_under_churn(share: float) -> None:
    for policy, missing in (("lowest-first", 1), ("pack", 0)):
        work = Workload(policy)
        work.grow(int(work.usable * share))
        for _ in range(3):
            work.churn(1)
            assert work.whole >= best(len(work.held), 254) - missing


def after_a_burst(policy: str, turnovers: list[int], *, seed: int) -> list[int]:
    """Whole blocks after a block was filled to 80 % and left to 20 % at random, and after so many turnovers."""
    work = Workload(policy, seed=seed)
    work.grow(int(work.usable * 0.8))
    work.shrink(len(work.held) - int(work.usable * 0.2))
    left = [work.whole]
    for before, after in pairwise([0, *turnovers]):
        work.churn_in_batches(after - before)
        left.append(work.whole)
    return left


def test_after_a_burst_what_packs_recovers_and_what_spreads_does_not() -> None:
    assert max(after_a_burst("uniform", [1, 5], seed=1)) < 20
    for policy in ("lowest-first", "pack"):
        at_once, one_turnover, five = after_a_burst(policy, [1, 5], seed=1)
        assert 40 < at_once < 65
        assert 80 < one_turnover < 110
        assert five >= 200


BURST = {
    "uniform": [7.5, 8.2, 6.2, 8.2],
    "lowest-first": [52, 90, 201, 203],
    "next-fit": [52, 50, 91, 92],
    "longest-free": [7, 7, 6, 7],
    "longest-free-sequential": [52, 50, 12, 7],
    "pack": [53, 98, 203, 204],
}
"""After the drop, and 1, 5 and 20 turnovers later, of 254; 204 would be best."""


@pytest.mark.deep
@pytest.mark.parametrize(("policy", "expected"), BURST.items())
def test_a_burst_leaves_what_the_reference_runs_say(policy: str, expected: list[float]) -> None:
    runs = [after_a_burst(policy, [1, 5, 20], seed=seed) for seed in range(8)]
    for seen, wanted in zip(map(fmean, zip(*runs, strict=True)), expected, strict=True):
        assert abs(seen - wanted) < 6


STEADY = {
    "uniform": [113, 49, 6.8, 0.8, 0, 0],
    "lowest-first": [242, 229, 203, 178, 127, 75],
    "next-fit": [211, 170, 86, 33, 1, 0],
    "longest-free": [112, 49, 8, 0.5, 0, 0],
    "longest-free-sequential": [211, 147, 18, 1, 0, 0],
    "pack": [242, 230, 204, 179, 127, 76],
}
"""After 10 turnovers at 5, 10, 20, 30, 50 and 70 %, of 254."""


@pytest.mark.deep
@pytest.mark.parametrize(("policy", "expected"), STEADY.items())
def test_churn_leaves_what_the_reference_runs_say(policy: str, expected: list[float]) -> None:
    for share, wanted in zip((0.05, 0.1, 0.2, 0.3, 0.5, 0.7), expected, strict=True):
        left = []
        for seed in range(8):
            work = Workload(policy, seed=seed)
            work.grow(int(work.usable * share))
            work.churn(10)
            left.append(work.whole)
        assert abs(fmean(left) - wanted) < 6


@pytest.mark.deep
def test_where_all_live_equally_long_next_fit_and_the_longest_free_in_order_stay_perfect() -> None:
    for policy in ("next-fit", "longest-free-sequential"):
        work = Workload(policy)
        work.grow(int(work.usable * 0.2))
        work.queue(10)
        assert work.whole >= best(len(work.held), 254) - 1
