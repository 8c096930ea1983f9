"""How time is measured: variants side by side in one process, interleaved rounds, thread CPU time, medians.

Machines are shared and their clocks move, so a number of nanoseconds alone says little. Each round runs every variant
once, in turn; a ratio is the median of the ratios inside the rounds, so that what slows a whole round cancels out. The
garbage collector is off, unless what is measured makes objects by the million, as a user's run would; then it is on.
"""

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median, quantiles
from time import thread_time_ns  # noqa: TID251 - a benchmark is where real time is measured

cpu_ns = thread_time_ns
"""The CPU time of this thread."""

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

    @property
    def spread(self) -> tuple[float, float]:
        """The quartiles of the rounds; of a single round, itself twice."""
        if len(self.rounds) < 2:
            return self.ns, self.ns
        low, _, high = quantiles(self.rounds, n=4, method="inclusive")
        return low, high

    def ratio(self, base: "Timing") -> float:
        """How many times as long as another variant, which ran in the same rounds."""
        return self.to(base).ns

    def to(self, base: "Timing") -> "Timing":
        """Give the ratios to another variant, which ran in the same rounds, one for each round."""
        return Timing(tuple(own / other for own, other in zip(self.rounds, base.rounds, strict=True)))


def measure(
    variants: Mapping[str, Variant],
    *,
    rounds: int,
    collects: bool = False,
    before: Callable[[], object] | None = None,
    warmup: int = 1,
) -> dict[str, Timing]:
    """Time variants in interleaved rounds, after some that are not counted.

    Args:
        variants: what to time, by name; a variant goes on from where its last round left it.
        rounds: how many rounds; odd numbers have a median that was measured.
        collects: whether the garbage collector is on; each variant then begins with nothing to collect.
        before: what is done before each round, and not timed.
        warmup: how many rounds are not counted.
    """
    taken: dict[str, list[float]] = {name: [] for name in variants}
    gc.collect()
    gc.disable()
    try:
        for number in range(rounds + warmup):
            if before is not None:
                before()
            for name, variant in variants.items():
                if collects:
                    gc.collect()
                    gc.enable()
                start = thread_time_ns()
                operations = variant()
                elapsed = thread_time_ns() - start
                if number >= warmup:
                    taken[name].append(elapsed / operations)
    finally:
        gc.enable()
    return {name: Timing(tuple(each)) for name, each in taken.items()}
