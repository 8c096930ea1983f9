"""Shrinking: of a failing run the smallest that fails in the same way: few actors, few faults, few deviations.

First smaller programs are tried, with the order of the failing run and with a few others; then the run is told anew by
its order, which leaves only the deviations that the order needs, and these are taken away one by one.

Source: Zeller, Hildebrandt, "Simplifying and Isolating Failure-Inducing Input" (2002), for the greedy removal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cloudsim.exploration.order import Guided, order_of
from cloudsim.exploration.program import Program, Run
from cloudsim.exploration.ready import Ready, Recorded, RunsToBlock, Step, deviations
from cloudsim.exploration.replay import Replayed
from cloudsim.exploration.strategies.named import PORTFOLIO, Profile, make_strategy
from cloudsim.exploration.threads import steps_by_thread

SAMPLES: Final = 10
"""How many orders of a smaller program are tried besides the known one."""


@dataclass(frozen=True, slots=True)
class Failing:
    """A run that fails, and how it came to it."""

    program: Program
    run: Run
    log: Sequence[Step]

    @property
    def deviations(self) -> int:
        """At how many steps it was not run-to-block."""
        return len(deviations(list(self.log)))


@dataclass(slots=True)
class Shrinking:
    """Shrinks one failure.

    Args:
        found: the failing run.
        kind: what has to be wrong with a smaller one; anything that was wrong with the failing one if None.
        runs_max: how many runs it may take.
    """

    found: Failing
    kind: str | None = None
    runs_max: int = 200
    runs: int = 0
    """How many it has taken."""

    def shrink(self) -> Failing:
        """Give the smallest failing run that was found; the one that was given if nothing smaller fails."""
        self._take_smaller_programs()
        self._tell_by_order()
        self._take_deviations_away()
        return self.found

    def _try(self, program: Program, ready: Ready) -> Failing | None:
        """Run once, and give the run if it fails in the same way."""
        if self.runs >= self.runs_max:
            return None
        self.runs += 1
        run = program.run(ready)
        wanted = self.found.run.kinds if self.kind is None else {self.kind}
        return Failing(program, run, ready.log) if run.kinds & wanted else None

    def _take_smaller_programs(self) -> None:
        while True:
            for program in self.found.program.smaller():
                smaller = self._seek(program)
                if smaller is not None:
                    self.found = smaller
                    break
            else:
                return

    def _seek(self, program: Program) -> Failing | None:
        """Look for the failure in a smaller program: by the order that is known, then in a few others.

        The order alone seldom helps where callers were left out, for those who failed may be among them.
        """
        first = Ready(RunsToBlock())
        return (
            self._try(program, Ready(Guided(order_of(self.found.log))))
            or self._try(program, first)
            or self._sample(program, Profile(len(first.log), steps_by_thread(first.log)))
        )

    def _sample(self, program: Program, profile: Profile) -> Failing | None:
        for number in range(SAMPLES):
            failing = self._try(program, Recorded(make_strategy(PORTFOLIO, number, number=number, profile=profile)))
            if failing is not None:
                return failing
        return None

    def _tell_by_order(self) -> None:
        told = self._try(self.found.program, Ready(Guided(order_of(self.found.log))))
        if told is not None and told.deviations <= self.found.deviations:
            self.found = told

    def _take_deviations_away(self) -> None:
        is_smaller = True
        while is_smaller:
            is_smaller = False
            choices = dict(deviations(list(self.found.log)))
            for number in sorted(choices, reverse=True):
                if self._take_away(choices, number):
                    is_smaller = True
                    break

    def _take_away(self, choices: Mapping[int, str], number: int) -> bool:
        left = {at: who for at, who in choices.items() if at != number}
        tried = self._try(self.found.program, Ready(Replayed(left, is_strict=False)))
        if tried is None or tried.deviations >= self.found.deviations:
            return False
        self.found = tried
        return True
