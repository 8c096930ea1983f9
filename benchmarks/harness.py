"""What benchmarks here have in common: goals that are ratios, their report, and the command line.

Variants are timed by :mod:`cloudsim.lab.timing`: side by side, in interleaved rounds. Goals are bounds on ratios, never
on seconds.

Run a benchmark from the root of the repository: ``python -m benchmarks.bench_engine``, with ``--json`` for machines.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from cloudsim.lab.timing import Timing, Variant, measure

__all__ = ["Goal", "Timing", "Variant", "main", "measure", "report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A ratio and its bound."""

    what: str
    ratio: float
    bound: float
    is_floor: bool = False
    """The ratio should be at least the bound, not at most."""
    ns: float = 0.0
    """What the numerator took, for the report; nothing is decided by it."""

    @property
    def is_met(self) -> bool:
        """Whether the ratio is on the right side of the bound."""
        return self.ratio >= self.bound if self.is_floor else self.ratio <= self.bound


def report(goals: Sequence[Goal], *, as_json: bool) -> None:
    """Print the goals, as a table or as JSON."""
    if as_json:
        print(json.dumps([asdict(goal) | {"is_met": goal.is_met} for goal in goals], indent=1))
        return
    width = max(len(goal.what) for goal in goals)
    print(f"{'':{width}}  {'ns':>8}  {'ratio':>7}  {'goal':>8}")
    for goal in goals:
        bound = f"{'>=' if goal.is_floor else '<='} {goal.bound:g}"
        print(
            f"{goal.what:{width}}  {goal.ns:8.0f}  {goal.ratio:7.2f}  {bound:>8}  {'pass' if goal.is_met else 'MISS'}"
        )


def main(benchmarks: Sequence[Callable[[int], list[Goal]]], *, rounds: int) -> None:
    """Run benchmarks and report, as the command line asks: ``--json``."""
    report([goal for each in benchmarks for goal in each(rounds)], as_json="--json" in sys.argv[1:])
