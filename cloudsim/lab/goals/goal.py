"""A goal, and what it is made of: two variants of the same rounds, and a bound on how they compare."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cloudsim.lab.allocator import Ground
from cloudsim.lab.bounded import Bounded
from cloudsim.lab.catalogue import Entry, chosen
from cloudsim.lab.filling import Effort, cooled, fill
from cloudsim.lab.timing import Timing, Variant
from cloudsim.lab.workloads import STEADY, Nothing, Steady

PAIRS = 1000
"""In a round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Bounded):
    """A number and its bound, as the pool study has them."""

    number: int
    """In the study's table."""

    def document(self) -> dict[str, Any]:
        """Give it for machines."""
        return {
            "number": self.number, "name": self.name, "value": self.value, "op": self.op or None, "goal": self.goal,
            "met": self.met, "note": self.note,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """How carefully it is measured."""

    rounds: int
    warm_turnovers: float
    """How far allocators are churned before."""
    warm_probes: int
    is_quick: bool = False
    """Leave out what takes seconds for a single allocation."""

    @property
    def effort(self) -> Effort:
        """The same, for filling."""
        return Effort(turnovers=self.warm_turnovers, probes=self.warm_probes)


@dataclass(slots=True)
class Prepared:
    """Work in rounds of so many pairs, which is laid out before each round."""

    work: Steady
    pairs: int = PAIRS

    def prepare(self) -> None:
        """Lay out a round."""
        self.work.prepare(self.pairs)

    def run(self) -> int:
        """Do it."""
        done = self.work.run()
        assert done == self.pairs, "every pair of a round succeeds"
        return done


def prepared(
    name: str, where: Ground, share: float, care: Care, *, workload: str = STEADY, pairs: int = PAIRS
) -> Prepared:
    """Bring an allocator to a share of use and into its own steady state.

    Args:
        name: of the allocator.
        where: the block.
        share: of its usable addresses that is held.
        care: how far it is churned.
        workload: what it does.
        pairs: in a round.
    """
    entry: Entry = next(one for one in chosen([name]) if one.name == name)
    return Prepared(fill(entry, cooled(where, workload), int(where.usable * share), workload, care.effort).work, pairs)


def nothing(where: Ground) -> Prepared:
    """Make the allocator that does nothing."""
    return Prepared(Steady(Nothing(), [0] * where.usable, where))


def variants_of(works: Mapping[str, Prepared]) -> tuple[dict[str, Variant], Callable[[], None]]:
    """Give what :func:`~cloudsim.lab.timing.measure` asks for: the variants, and what lays out a round."""

    def prepare() -> None:
        for work in works.values():
            work.prepare()

    return {name: work.run for name, work in works.items()}, prepare


def at_most(number: int, name: str, timings: Mapping[str, Timing], over: str, under: str, bound: float) -> Goal:
    """Ask that one variant takes at most so many times as long as another."""
    return Goal(number=number, name=name, value=timings[over].ratio(timings[under]), op="<=", goal=bound)


def at_least(number: int, name: str, timings: Mapping[str, Timing], over: str, under: str, bound: float) -> Goal:
    """Ask that one variant takes at least so many times as long as another."""
    return Goal(number=number, name=name, value=timings[over].ratio(timings[under]), op=">=", goal=bound)


def repeated(act: Callable[[], object], count: int) -> Variant:
    """Make a variant that does one thing many times."""

    def run() -> int:
        for _ in range(count):
            act()
        return count

    return run
