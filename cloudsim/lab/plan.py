"""What is measured: the axes, their values unless a user chooses, and the groups of cells that run side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cloudsim.errors.own import SettingError
from cloudsim.ipam.edge import Family
from cloudsim.lab.allocator import IPV6, PREFIXES, Ground, ground
from cloudsim.lab.catalogue import Entry
from cloudsim.lab.filling import Effort, cooled
from cloudsim.lab.workloads import BURST, NEEDS, STEADY, WORKLOADS

OCCUPANCIES: Final = {"50": 0.5, "90": 0.9, "99": 0.99, "99.9": 0.999, "last": 1.0}
"""The share of usable addresses that is held, by name; with ``last`` each allocation finds the last free one."""

LENGTHS: Final = (*range(16, 30), 64)
"""Prefix lengths that there can be."""

SPARSE_HELD: Final = 10_000
"""How many addresses of a /64 are held."""
SPARSE: Final = "10000"
"""The occupancy of a /64: so many are held."""

MANY: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Cells that are measured side by side: they differ in the allocator alone."""

    length: int
    occupancy: str
    workload: str
    pools: int

    @property
    def where(self) -> Ground:
        """The block."""
        return cooled(ground(self.length), self.workload)

    @property
    def held(self) -> int:
        """How many addresses are held."""
        return SPARSE_HELD if self.occupancy == SPARSE else int(self.where.usable * OCCUPANCIES[self.occupancy])

    def suits(self, entry: Entry) -> bool:
        """Whether an allocator can do it."""
        needed = NEEDS.get(self.workload)
        is_sparse = self.where.space.family is Family.IPV6
        if is_sparse and (IPV6 not in entry.supports or (needed == PREFIXES and not entry.is_ours)):
            return False  # the prefixes of others are blocks of 16 addresses
        return needed is None or needed in entry.supports

    @property
    def pairs_min(self) -> int:
        """How many pairs there are at least in a round."""
        return self.held if self.workload == BURST else 1

    @property
    def makes_sense(self) -> bool:
        """Whether there is anything to do: somebody to go, and room for what rests."""
        where = self.where
        has_room = self.held + where.cool_ns <= where.usable
        return self.held > 0 and has_room and (self.pools == 1 or self.workload == STEADY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that is measured."""

    entries: Sequence[Entry]
    groups: Sequence[Group]
    rounds: int
    """Rounds that count, of each cell."""
    cell_ns: int
    """Thread CPU time that the rounds of a cell take together, about."""
    effort: Effort
    """How far allocators are churned before."""
    pairs: int
    """Pairs that are observed, at most."""
    work_ns: int
    """After so much work (see ``Model.work``) fewer pairs are observed."""
    is_quick: bool


def lengths_of(texts: Sequence[str]) -> list[int]:
    """Read prefix lengths, such as ``/24``.

    Raises:
        SettingError: a text is none that there can be.
    """
    lengths = []
    for text in texts:
        digits = text.removeprefix("/")
        if not digits.isdecimal() or int(digits) not in LENGTHS:
            raise SettingError(f"there are no blocks of size {text!r} here; there are /16 to /29, and /64")
        lengths.append(int(digits))
    return list(dict.fromkeys(lengths))


def make_plan(
    entries: Sequence[Entry],
    *,
    lengths: Sequence[int] = (),
    occupancies: Sequence[str] = (),
    workloads: Sequence[str] = (),
    pools: Sequence[int] = (),
    is_quick: bool = False,
) -> Plan:
    """Lay out what is measured; what is not chosen has the values of a full or a quick run.

    Args:
        entries: the allocators.
        lengths: of the blocks.
        occupancies: names.
        workloads: names.
        pools: how many allocators work in turn.
        is_quick: everything in less than a minute.
    """
    sizes = lengths or ((24, 20) if is_quick else (29, 28, 24, 20, 16, 64))
    groups = [
        Group(length=length, occupancy=occupancy, workload=workload, pools=count)
        for length in sorted(sizes, key=lambda length: (length > 32, -length))
        for workload in workloads or WORKLOADS
        for count in pools or ((1,) if is_quick or length < 24 or length > 32 else (1, MANY))
        for occupancy in _occupancies(length, workload, count, occupancies, is_quick=is_quick)
    ]
    # The steady workload of all sizes first: it says most, and foretells the others.
    groups.sort(key=lambda group: group.workload != STEADY)
    return Plan(
        entries=[entry for entry in entries if entry.is_installed],
        groups=[group for group in groups if group.makes_sense],
        rounds=5 if is_quick else 11,
        cell_ns=3_000_000 if is_quick else 150_000_000,
        effort=Effort(turnovers=0.2 if is_quick else 3, probes=20_000 if is_quick else 2_000_000),
        pairs=400 if is_quick else 20_000,
        work_ns=2_000_000 if is_quick else 400_000_000,
        is_quick=is_quick,
    )


def _occupancies(length: int, workload: str, pools: int, asked: Sequence[str], *, is_quick: bool) -> Iterator[str]:
    """Choose the fills of a workload: all of them where it is steady, which is where they matter most."""
    if length > 32:
        yield SPARSE
    elif asked:
        yield from asked
    elif workload == STEADY and pools == 1:
        yield from ("50", "90", "99.9", "last") if is_quick else OCCUPANCIES
    elif not is_quick or length == 24:
        yield from ("50",) if is_quick else ("50", "90")
