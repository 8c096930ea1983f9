"""How benchmarks here measure: variants side by side in one process, and goals that are ratios.

Machines are shared and their clocks move, so a number of nanoseconds alone says little. Each round runs every variant
once, in turn, on thread CPU time; a ratio is the median of the ratios inside the rounds, so that what slows a whole
round cancels out. Goals are bounds on such ratios, never on seconds. The garbage collector is off, unless what is
measured makes objects by the million, as a user's run would; then it is on.

Run a benchmark from the root of the repository: ``python -m benchmarks.bench_pools``, with ``--json`` for machines.
"""

import gc
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from time import thread_time_ns  # noqa: TID251 - a benchmark is where real time is measured

Variant = Callable[[], int]
"""Runs one round and returns how many operations it did."""


@dataclass(frozen=True, slots=True)
class Timing:
    """What one round after the other took, in ns per operation."""

    rounds: tuple[float, ...]

    @property
    def ns(self) -> float:
        """The median round."""
        return median(self.rounds)

    def ratio(self, base: "Timing") -> float:
        """How many times as long as another variant, which ran in the same rounds."""
        return median(own / other for own, other in zip(self.rounds, base.rounds, strict=True))


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


def measure(variants: Mapping[str, Variant], *, rounds: int, collects: bool = False) -> dict[str, Timing]:
    """Time variants in interleaved rounds, after one round that is not counted.

    Args:
        variants: what to time, by name; a variant goes on from where its last round left it.
        rounds: how many rounds; odd numbers have a median that was measured.
        collects: whether the garbage collector is on; each variant then begins with nothing to collect.
    """
    taken: dict[str, list[float]] = {name: [] for name in variants}
    gc.collect()
    gc.disable()
    try:
        for number in range(rounds + 1):
            for name, variant in variants.items():
                if collects:
                    gc.collect()
                    gc.enable()
                start = thread_time_ns()
                operations = variant()
                elapsed = thread_time_ns() - start
                if number:
                    taken[name].append(elapsed / operations)
    finally:
        gc.enable()
    return {name: Timing(tuple(each)) for name, each in taken.items()}


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
