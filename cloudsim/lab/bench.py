"""The table: every allocator on every block, fill and workload that was planned, a row for each.

The cells of a group run in the same rounds, with an allocator that does nothing among them. A cell that would take
too long is not measured: its time is foretold from the largest smaller cell of the same allocator, in proportion to
the work of an allocation (probes, mostly), and it is listed as skipped.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from cloudsim.ipam.edge import Family
from cloudsim.lab.catalogue import Entry
from cloudsim.lab.filling import Effort, fill
from cloudsim.lab.memory import bytes_of
from cloudsim.lab.observing import Observed, observe
from cloudsim.lab.plan import Group, Plan
from cloudsim.lab.theory import expected_free_blocks, whole_blocks
from cloudsim.lab.timing import Timing, cpu_ns, measure
from cloudsim.lab.workloads import STEADY, Many, Nothing, Steady, make_work

PAIRS_MAX: Final = 2000
"""In a round: long enough to time, short enough for the clock not to move within a round."""
_BYTES_MAX: Final = 1_500_000_000
"""What the allocators of a cell may take together."""
_OVERRUN: Final = 4
"""A cell may take so many times its share of time before it is skipped."""
_TOO_LONG: Final = "it would take too long"
_FILLING: Final = 100
"""To fill many allocators may take so many times the share of time of their cell."""
_NO_EFFORT: Final = Effort(turnovers=0, probes=0)

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A cell that was measured. Times are those of a pair: a release and an allocation."""

    name: str
    policy: str
    structure: str
    size: str
    occupancy: str
    held: int
    workload: str
    pools: int
    ns: float
    ns_low: float
    ns_high: float
    floor_ns: float
    """What a pair takes that does nothing, in the same rounds."""
    ratio: float
    """How many times as long as that."""
    probes: float | None
    draws: float | None
    bytes_per_pool: int | None
    free_blocks: float | None
    free_blocks_expected: float | None
    """By the closed form, for addresses spread at random."""
    blocks: int | None
    """How many there are."""
    reuse_distance: float | None
    success: float | None
    """Of named addresses or prefixes, the share that was had."""
    turnovers: float
    pairs: int
    """In each round."""
    rounds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A cell that was not measured."""

    name: str
    policy: str
    size: str
    occupancy: str
    workload: str
    pools: int
    predicted_ns: float | None
    """From a cell that was measured; None if none was."""
    why: str


@dataclass(slots=True)
class Table:
    """What came of it."""

    rows: list[Row] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(slots=True)
class _Cell:
    entry: Entry
    work: Steady | Many
    seen: Observed
    turnovers: float
    pairs: int

    def prepare(self) -> None:
        self.work.prepare(self.pairs)

    def run(self) -> int:
        done = self.work.run()
        assert done >= min(1, self.pairs), "a round does its pairs"
        return done


class Bench:
    """Measures a plan.

    Args:
        plan: what.
        progress: is told (cells done, cells in all, what is done).
        is_over: says when nothing more is to be measured; what is left is foretold.
    """

    def __init__(
        self, plan: Plan, progress: Progress | None = None, *, is_over: Callable[[], bool] = lambda: False
    ) -> None:
        self.plan = plan
        self.table = Table()
        self._progress = progress
        self._is_over = is_over
        self._known: dict[tuple[str, str], tuple[float, float]] = {}
        """By allocator and workload: the time of a pair in the last cell, and the work of an allocation there."""
        self._bytes: dict[tuple[str, int, int], int] = {}
        self._done = 0
        self._total = sum(group.suits(entry) for group in plan.groups for entry in plan.entries)

    def run(self) -> Table:
        """Measure everything."""
        for group in self.plan.groups:
            entries = [entry for entry in self.plan.entries if group.suits(entry)]
            if group.pools == 1:
                self._measure(group, [cell for entry in entries if (cell := self._begun(group, entry)) is not None])
                continue
            for entry in entries:  # so many allocators are in memory alone
                cell = self._begun(group, entry)
                self._measure(group, [] if cell is None else [cell])
        return self.table

    # -- before the rounds

    def _begun(self, group: Group, entry: Entry) -> _Cell | None:
        """Bring an allocator to its fill; None if it would take too long."""
        self._tell(group, entry)
        foretold = self._foretold(group, entry)
        if self._is_over():
            self._skip(group, entry, foretold, "the time for the table was over")
            return None
        if self._is_too_long(group, self._work_of(group, entry) if foretold is None else foretold):
            self._skip(group, entry, self._glanced(group, entry) if foretold is None else foretold, _TOO_LONG)
            return None
        if group.pools > 1 and (why := self._too_many(group, entry)):
            self._skip(group, entry, foretold, why)
            return None
        where, held = group.where, group.held
        filled = fill(entry, where, held, group.workload, self.plan.effort, counts=True)
        limit = int(self.plan.work_ns / self._work_of(group, entry))
        seen = observe(filled.work, max(2, min(self.plan.pairs, limit)))
        work: Steady | Many = filled.work
        if group.pools > 1:
            work = Many([fill(entry, where, held, group.workload, _NO_EFFORT).work for _ in range(group.pools)])
        elif entry.is_ours:
            work = fill(entry, where, held, group.workload, self.plan.effort).work
        cell = _Cell(entry, work, seen, filled.turnovers, 1)
        cell.pairs, pilot_ns = self._tried(cell)
        if self._is_too_long(group, pilot_ns):
            self._skip(group, entry, pilot_ns, _TOO_LONG)
            return None
        return cell

    def _too_many(self, group: Group, entry: Entry) -> str:
        """Say why so many allocators are not measured; nothing if they are."""
        size = self._bytes_of(group, entry) * group.pools
        if size > _BYTES_MAX:
            return f"it would take {size / 1e9:.1f} GB"
        start = cpu_ns()
        fill(entry, group.where, group.held, group.workload, _NO_EFFORT)
        filling_ns = (cpu_ns() - start) * group.pools
        is_too_long = filling_ns > _FILLING * self.plan.cell_ns
        return f"to fill them would take {filling_ns / 1e9:.0f} s" if is_too_long else ""

    def _is_too_long(self, group: Group, pair_ns: float) -> bool:
        """Whether the rounds of a cell would take far more than its share of time."""
        return pair_ns * group.pairs_min * self.plan.rounds > _OVERRUN * self.plan.cell_ns

    def _tried(self, cell: _Cell) -> tuple[int, float]:
        """Choose how many pairs a round has, by trying; and tell how long a pair took."""
        cell.pairs = 2
        cell.prepare()
        start = cpu_ns()
        done = cell.run()
        pilot_ns = (cpu_ns() - start) / done
        share = self.plan.cell_ns / self.plan.rounds
        return max(1, min(PAIRS_MAX, int(share / max(1.0, pilot_ns)))), pilot_ns

    def _foretold(self, group: Group, entry: Entry) -> float | None:
        """Foretell the time of a pair from another cell; None if there is none yet."""
        known = self._known.get((entry.name, group.workload)) or self._known.get((entry.name, STEADY))
        return None if known is None else known[0] * self._work_of(group, entry) / known[1]

    def _glanced(self, group: Group, entry: Entry) -> float:
        """Time a few pairs once, of an allocator of which nothing is known yet."""
        work = fill(entry, group.where, group.held, STEADY, _NO_EFFORT).work
        work.prepare(2)
        start = cpu_ns()
        pairs = work.run()
        pair_ns = (cpu_ns() - start) / pairs
        self._known[entry.name, STEADY] = pair_ns, self._work_of(group, entry)
        return pair_ns

    @staticmethod
    def _work_of(group: Group, entry: Entry) -> float:
        usable = group.where.usable
        return entry.work(usable, max(1, usable - group.held))

    def _bytes_of(self, group: Group, entry: Entry) -> int:
        key = (entry.name, group.length, group.held)
        if key not in self._bytes:
            where, held = group.where, group.held
            self._bytes[key] = bytes_of(lambda: fill(entry, where, held, STEADY, _NO_EFFORT).work.allocator)
        return self._bytes[key]

    # -- the rounds

    def _measure(self, group: Group, cells: list[_Cell]) -> None:
        if not cells:
            return
        floor = make_work(group.workload, Nothing(), [0] * group.held, group.where)

        def prepare() -> None:
            floor.prepare(PAIRS_MAX)
            for cell in cells:
                cell.prepare()

        variants = {"": floor.run, **{cell.entry.name: cell.run for cell in cells}}
        timings = measure(variants, rounds=self.plan.rounds, before=prepare)
        for cell in cells:
            timing = timings[cell.entry.name]
            if group.pools == 1:
                self._known[cell.entry.name, group.workload] = timing.ns, self._work_of(group, cell.entry)
            self.table.rows.append(self._row(group, cell, timing, timings[""]))

    def _row(self, group: Group, cell: _Cell, timing: Timing, floor: Timing) -> Row:
        entry, seen, where = cell.entry, cell.seen, group.where
        low, high = timing.spread
        is_dense = where.space.family is Family.IPV4
        return Row(
            name=entry.name, policy=entry.policy, structure=entry.structure, size=f"/{group.length}",
            occupancy=group.occupancy, held=group.held, workload=group.workload, pools=group.pools,
            ns=timing.ns, ns_low=low, ns_high=high, floor_ns=floor.ns, ratio=timing.ratio(floor),
            probes=seen.probes, draws=seen.draws, bytes_per_pool=self._bytes_of(group, entry),
            free_blocks=seen.free_blocks,
            free_blocks_expected=expected_free_blocks(where, group.held) if is_dense else None,
            blocks=whole_blocks(where) if is_dense else None,
            reuse_distance=seen.reuse_distance, success=seen.success,
            turnovers=cell.turnovers, pairs=cell.pairs, rounds=self.plan.rounds,
        )  # fmt: skip

    def _skip(self, group: Group, entry: Entry, predicted_ns: float | None, why: str) -> None:
        self.table.skipped.append(
            Skipped(
                name=entry.name, policy=entry.policy, size=f"/{group.length}", occupancy=group.occupancy,
                workload=group.workload, pools=group.pools, predicted_ns=predicted_ns, why=why,
            )
        )  # fmt: skip

    def _tell(self, group: Group, entry: Entry) -> None:
        if self._progress is not None:
            said = f"/{group.length} {group.occupancy} {group.workload} {entry.name}"
            self._progress(self._done, self._total, said)
        self._done += 1
