"""Allocators brought to a fill and into their own steady state: each is churned until its own habits show.

An allocator that would take minutes for that gets the addresses that a quick one of the same policy ended with.
Churning ends after some turnovers, or when it took too many probes; how far it came is told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from cloudsim.lab.allocator import Allocator, Ground
from cloudsim.lab.catalogue import Entry, chosen
from cloudsim.lab.workloads import Fifo, Steady, cool_ns_of, make_work

STAND_INS: Final = {
    "ipset-uniform": "uniform",
    "ipset-lowest": "lowest-first",
    "ipaddress-lowest": "lowest-first",
    "go-ipam": "lowest-first",
    "neutron-rebuild": "neutron-window",
}
"""Allocators that are slow to fill, and a quick one that hands out in the same order."""

_CHUNK_MAX: Final = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much is done to reach a steady state."""

    turnovers: float
    """How many pairs there are for each held address."""
    probes: int
    """After so many probes it ends all the same."""


@dataclass(slots=True)
class Filled:
    """An allocator at work."""

    work: Steady
    turnovers: float
    """How many pairs there were for each held address."""


def fill(entry: Entry, where: Ground, held: int, workload: str, effort: Effort, *, counts: bool = False) -> Filled:
    """Make an allocator, fill it and churn it.

    Args:
        entry: which.
        where: the block; its cool-down is that of the workload.
        held: how many addresses are held.
        workload: what it will do; under ``fifo`` it is churned so, under all others as ``steady``.
        effort: how long it is churned.
        counts: make the one that counts probes and draws.
    """
    stand_in = STAND_INS.get(entry.name)
    if stand_in is not None:
        quick = fill(chosen([stand_in])[0], where, held, workload, effort)
        allocator: Any = entry.make(where)
        allocator.preload(quick.work.held)
        return Filled(make_work(workload, allocator, quick.work.held, where), quick.turnovers)
    allocator = (entry.count if counts else entry.make)(where)
    work = make_work(workload, allocator, [allocator.allocate(0) for _ in range(held)], where)
    return Filled(work, _churn(work, allocator, held, effort))


def _churn(work: Steady, allocator: Allocator, held: int, effort: Effort) -> float:
    wanted = int(held * effort.turnovers)
    done = 0
    probed = _probes_of(allocator)
    start = probed()
    goes_on = work.ticks or isinstance(work, Fifo)
    churn = work if goes_on else Steady(allocator, work.held, work.where)
    chunk = 2
    while done < wanted and probed() - start < effort.probes:
        churn.prepare(min(chunk, wanted - done))
        done += churn.run()
        chunk = min(2 * chunk, _CHUNK_MAX)
    return done / held if held else 0.0


def _probes_of(allocator: object) -> Callable[[], int]:
    return lambda: getattr(allocator, "probes", 0)


def cooled(where: Ground, workload: str) -> Ground:
    """Give a block the cool-down of a workload."""
    return Ground(space=where.space, seed=where.seed, cool_ns=cool_ns_of(workload, where.size))
