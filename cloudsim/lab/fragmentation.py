"""Whole blocks against use: what is left for prefixes under each policy, beside what is known by formula.

Two studies. In the first the population is constant and its members live exponentially long; with it goes how soon
addresses come back, which is what a policy buys with the blocks that it breaks up. In the second most of the
population goes at once and those who stay churn: a policy that never tidies up shows there.

Source: ip_pools.md, table F and the burst test below it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from cloudsim.ipam.chance import advance
from cloudsim.lab.allocator import Ground, ground
from cloudsim.lab.catalogue import Entry
from cloudsim.lab.filling import STAND_INS, Effort, fill
from cloudsim.lab.observing import Watched, observe
from cloudsim.lab.theory import deviation_of_free_blocks, expected_free_blocks, packed_free_blocks, whole_blocks
from cloudsim.lab.workloads import STEADY

USES: Final = {24: (10, 20, 50), 20: (5, 10, 20, 30, 50, 70), 16: (10, 20, 30, 40, 50, 90)}
"""Per cent of use at which each block is looked at, by prefix length: those of table F."""
RUNS: Final = {24: 20, 20: 4, 16: 1}
"""How many seeds are averaged."""
TURNOVERS: Final = 10
AFTER: Final = (0, 1, 5, 20)
"""Turnovers after a burst at which the blocks are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left at one use."""

    name: str
    policy: str
    size: str
    use: float
    """Share of the usable addresses."""
    used: int
    runs: int
    blocks: int
    free_blocks: float
    """On average over the runs."""
    expected: float
    """By the closed form, if addresses were spread at random."""
    deviation: float
    """Standard deviation of that, of one run."""
    packed: float
    """If the addresses filled one block after the other."""
    reuse_distance: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterBurst:
    """What is left after a burst."""

    name: str
    policy: str
    size: str
    turnovers: int
    """Since then."""
    used: int
    free_blocks: float
    packed: float


def one_of_each(entries: Iterable[Entry]) -> list[Entry]:
    """Choose a quick allocator of each policy."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.name not in STAND_INS and entry.is_installed:
            found.setdefault(entry.name if entry.policy == "own" else entry.policy, entry)
    return list(found.values())


def steady_use(entry: Entry, length: int, percent: int, *, runs: int, turnovers: float = TURNOVERS) -> Left:
    """Churn a constant population, and count what is left.

    Args:
        entry: the allocator.
        length: of the block.
        percent: of the usable addresses that are used.
        runs: seeds to be averaged over.
        turnovers: before it is looked at.
    """
    blocks, distances = [], []
    where = ground(length)
    used = where.usable * percent // 100
    for seed in range(1, runs + 1):
        where = ground(length, seed=seed)
        filled = fill(entry, where, used, STEADY, Effort(turnovers=turnovers, probes=5_000_000))
        seen = observe(filled.work, min(20_000, 4 * where.usable))
        assert seen.free_blocks is not None, "an IPv4 block has whole blocks of 16"
        blocks.append(seen.free_blocks)
        distances += [] if seen.reuse_distance is None else [seen.reuse_distance]
    return Left(
        name=entry.name, policy=entry.policy, size=f"/{length}", use=percent / 100, used=used, runs=runs,
        blocks=whole_blocks(where), free_blocks=fmean(blocks), expected=expected_free_blocks(where, used),
        deviation=deviation_of_free_blocks(where, used), packed=packed_free_blocks(where, used),
        reuse_distance=fmean(distances) if len(distances) == runs else None,
    )  # fmt: skip


def after_burst(entry: Entry, length: int = 20, *, seed: int = 1, after: Sequence[int] = AFTER) -> Iterator[AfterBurst]:
    """Fill to 80 %, let go to 20 % at random, churn in batches of 2 %, and count at some turnovers after.

    Args:
        entry: the allocator.
        length: of the block.
        seed: of the allocator and of who goes.
        after: turnovers, rising.
    """
    where = ground(length, seed=seed)
    crowd = _Crowd(entry, where, where.usable * 80 // 100, seed)
    crowd.go(len(crowd.held) - where.usable * 20 // 100)
    used, churned = len(crowd.held), 0
    batch = max(1, where.usable * 2 // 100)
    for turnovers in after:
        while churned < turnovers * used:
            crowd.go(batch)
            crowd.come(batch)
            churned += batch
        yield AfterBurst(
            name=entry.name, policy=entry.policy, size=f"/{length}", turnovers=turnovers, used=used,
            free_blocks=crowd.free_blocks(), packed=packed_free_blocks(where, used),
        )  # fmt: skip


class _Crowd:
    """Addresses that are held, and who goes of them."""

    def __init__(self, entry: Entry, where: Ground, count: int, seed: int) -> None:
        self.allocator = Watched(entry.make(where), where, [])
        self.held: list[int] = []
        self.state = seed
        self.come(count)

    def come(self, count: int) -> None:
        self.held += [self.allocator.allocate(0) for _ in range(count)]

    def go(self, count: int) -> None:
        held = self.held
        for _ in range(count):
            self.state = advance(self.state)
            at = self.state * len(held) >> 64
            held[at], held[-1] = held[-1], held[at]
            self.allocator.release(held.pop(), 0)

    def free_blocks(self) -> float:
        blocks = self.allocator.free_blocks(0)
        assert blocks is not None, "an IPv4 block has whole blocks of 16"
        return float(blocks)


def study(
    entries: Sequence[Entry], *, lengths: Sequence[int], is_quick: bool, progress: Callable[[int, int, str], None]
) -> tuple[list[Left], list[AfterBurst]]:
    """Make both studies, with an allocator of each policy.

    Args:
        entries: the allocators.
        lengths: of the blocks; those that table F has no row for are left out.
        is_quick: fewer turnovers and runs.
        progress: is told (done, in all, what).
    """
    chosen = one_of_each(entries)
    cells = [
        (entry, length, percent)
        for entry in chosen
        for length in lengths
        if length in USES
        for percent in USES[length][:: 2 if is_quick else 1]
    ]
    left, bursts = [], []
    for done, (entry, length, percent) in enumerate(cells):
        progress(done, len(cells), f"whole blocks /{length} {percent} % {entry.name}")
        runs = max(1, RUNS[length] // 5) if is_quick else RUNS[length]
        left.append(steady_use(entry, length, percent, runs=runs, turnovers=2 if is_quick else TURNOVERS))
    for entry in chosen:
        bursts += list(after_burst(entry, after=AFTER[:-1] if is_quick else AFTER))
    return left, bursts
