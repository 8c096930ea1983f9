"""Exploring a scenario: many orders of one run, what came of them, and for each failure the smallest run that shows it.

A failure that was found is shrunk and kept under ``.cloudsim/failures/``; the next exploration of the same scenario
tries it first.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from time import monotonic  # noqa: TID251  a budget of wall time is the user's wish; nothing in a run depends on it
from typing import Any, Final

from cloudsim.errors.own import CloudsimError, SettingError
from cloudsim.exploration.order import Guided, from_texts
from cloudsim.exploration.program import Run
from cloudsim.exploration.ready import Ready
from cloudsim.exploration.search import AUTO, SYSTEMATIC, Attempt, Plan, Search, attempted
from cloudsim.exploration.shrinking import Failing, Shrinking
from cloudsim.exploration.tally import Outcome, Tally, Violation
from cloudsim.exploration.threads import threads_of
from cloudsim.scenario.exploring import ASYNC, ENDLESS, STEPS_MAX, TIES, Faults, ScenarioProgram, slack_of
from cloudsim.scenario.jobs import sampled_by_processes, walked_by_processes
from cloudsim.scenario.load import load_scenario
from cloudsim.scenario.outcome import outcome_in_words
from cloudsim.scenario.scenario import Scenario
from cloudsim.scenario.schedule import Schedule, schedule_of, to_token
from cloudsim.scenario.settings import Value

FORMAT_VERSION: Final = 1
"""Of the JSON document; additions keep it, anything else raises it."""
REMEMBERED: Final = "remembered"
"""What stands for the strategy of a run that tries a failure of an earlier exploration."""
SCHEDULES: Final = 500
"""How many orders are sampled where nothing is said,"""
CHECKED_EVERY: Final = 100
"""After so many runs one is made twice, to see that nothing beside seed and order decides."""
SCHEDULES_SYSTEMATIC: Final = 10_000
"""and how many the systematic search may take, as long as nothing is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """When a search ends, beside having tried all.

    Raises:
        SettingError: a number is below 1.
    """

    schedules: int | None = None
    """How many runs; the usual number for the strategy if None."""
    seconds: float | None = None
    """How long, by the wall clock; what is found then depends on the machine."""
    events: int | None = None
    """How many events in all runs together."""
    steps: int = STEPS_MAX
    """How many steps of one run, after which it is broken off."""
    stops_at_first: bool = False
    """End with the first failure."""

    def __post_init__(self) -> None:
        for name in ("schedules", "seconds", "events", "steps"):
            number = getattr(self, name)
            if number is not None and number <= 0:
                raise SettingError(f"a budget of {name} is more than 0, not {number}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A failure, made small."""

    kind: str
    what: str
    """In words, as the small run has it."""
    count: int
    """In how many runs it was seen."""
    failing: Failing
    schedule: Schedule
    shrink_runs: int
    """How many runs it took to make it small."""
    deviations_before: int
    """How many deviations from run-to-block it had before."""

    @property
    def callers(self) -> int:
        """How many callers take part in the small run; one who makes calls at the same time counts as several."""
        threads = threads_of(self.failing.log)
        return len({threads[step.key] for step in self.failing.log if step.phase})

    @property
    def deviations(self) -> int:
        """At how many steps the small run is not run-to-block."""
        return self.failing.deviations


def by_run(found: Iterable[Found]) -> list[list[Found]]:
    """Put failures together that have one small run."""
    runs: dict[str, list[Found]] = {}
    for one in found:
        runs.setdefault(to_token(one.schedule), []).append(one)
    return list(runs.values())


@dataclass(slots=True, kw_only=True)
class Findings:
    """What came of an exploration."""

    wanted: str
    """How the scenario was asked for."""
    program: ScenarioProgram
    strategy: str
    is_covered: bool = False
    """Whether every order was tried."""
    tally: Tally = field(default_factory=Tally)
    found: list[Found] = field(default_factory=list)
    tried_first: list[ScenarioProgram] = field(default_factory=list)
    """What was run to try failures of earlier explorations first, each with its own callers and faults."""
    was_interrupted: bool = False
    wall_s: float = 0.0

    @property
    def remembered(self) -> int:
        """How many failures of earlier explorations were tried first."""
        return len(self.tried_first)

    @property
    def is_proved(self) -> bool:
        """Whether all orders were tried and orders of labelled steps tell the whole story."""
        return self.is_covered and not self.tally.loose

    @property
    def ok(self) -> bool:
        """Whether nothing was wrong in any order, and everything was seen that was to be seen."""
        return not self.tally.violations and not self.tally.unseen

    @property
    def verdict(self) -> str:
        """``proved: 90 of 90 orders``, or ``bounded: 500 tried`` with the reason; ``complete`` where some are wrong."""
        orders = self.tally.orders
        noun = "order" if orders == 1 else "orders"
        if self.is_proved:
            return f"{'proved' if self.ok else 'complete'}: {orders} of {orders} {noun}"
        if self.is_covered:
            return f"bounded: all {orders} {noun} of the operations tried, but {next(iter(self.tally.loose))}"
        return f"bounded: {orders} tried"

    def outcomes(self) -> list[Outcome]:
        """The outcomes, most frequent first."""
        return sorted(self.tally.outcomes.values(), key=lambda outcome: -outcome.count)

    def token_of(self, attempt: Attempt) -> str:
        """The token that brings a run back."""
        assert attempt.run is not None, "a run that was broken off is nothing to come back to"
        program = self.program
        return to_token(
            Schedule(
                scenario=self.wanted, settings=dict(sorted(program.given.items())), seed=program.seed,
                mode=program.mode, choices=tuple(attempt.choices), strikes=attempt.run.strikes,
                scripts=program.scripts_share, steps_max=program.steps_max,
            )
        )  # fmt: skip

    def program_of(self, attempt: Attempt) -> ScenarioProgram:
        """What an attempt ran."""
        return self.tried_first[attempt.number] if attempt.strategy == REMEMBERED else self.program

    def document(self, files: dict[str, str]) -> dict[str, Any]:
        """The findings for machines.

        Args:
            files: for each kind of failure the file that its schedule was written to.
        """
        return {
            "format_version": FORMAT_VERSION,
            "scenario": self.program.scenario.name,
            "seed": self.program.seed,
            "settings": dict(self.program.given),
            "mode": self.program.mode,
            "strategy": self.strategy,
            "schedules": self.tally.schedules,
            "orders": self.tally.orders,
            "exhaustive": self.is_proved,
            "covered": self.is_covered,
            "loose": list(self.tally.loose),
            "verdict": self.verdict,
            "interrupted": self.was_interrupted,
            "events": self.tally.events,
            "outcomes": [
                {"outcome": outcome_in_words(one.text), "count": one.count, "schedule": self.token_of(one.witness)}
                for one in self.outcomes()
            ],
            "violations": [
                {
                    "what": one.what, "kind": one.kind, "count": one.count, "schedule_file": files.get(one.kind),
                    "schedule": to_token(one.schedule), "callers": one.callers, "deviations": one.deviations,
                    "shrink_runs": one.shrink_runs,
                }
                for one in self.found
            ],
            "unseen": self.tally.unseen,
            "seen": {"sites": dict(sorted(self.tally.sites.items())), "codes": dict(sorted(self.tally.codes.items()))},
            "ok": self.ok,
            "wall_s": round(self.wall_s, 3),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Exploration:
    """What is explored, and how.

    Raises:
        SettingError: a part of it cannot be.
    """

    wanted: str
    """A bundled scenario or a file."""
    scenario: Scenario | None = None
    """What is explored; loaded by what is wanted if None."""
    seed: int = 0
    given: dict[str, Value] = field(default_factory=dict)
    mode: str = ASYNC
    strategy: str = "auto"
    preemptions_max: int | None = None
    seeks_faults: bool = False
    """Whether fault sites fire."""
    audits_events: bool = False
    budget: Budget = Budget()
    jobs: int = 1
    """How many processes sample; the result is the same whatever the number."""
    shrinks: bool = True

    def program(self) -> ScenarioProgram:
        """Load what is explored.

        Raises:
            CloudsimError: it cannot be loaded, or a setting is wrong.
        """
        slack_of(self.mode)
        program = ScenarioProgram(
            self.scenario or load_scenario(self.wanted), self.seed, self.given, mode=self.mode,
            faults=Faults(sought=self.seeks_faults), audits_events=self.audits_events,
            steps_max=self.budget.steps,
        )  # fmt: skip
        program.prepared()
        return program

    def run(
        self, *, progress: Callable[[int, int], None] | None = None, remembered: Iterable[Schedule] = ()
    ) -> Findings:
        """Explore.

        Args:
            progress: is told (runs made, runs at most).
            remembered: schedules of failures to try first.

        Raises:
            CloudsimError: the scenario, a setting or the world is wrong.
            NotDeterministic: the same choices led to other steps.
        """
        started_s = monotonic()
        search = self.search()
        assert isinstance(search.program, ScenarioProgram), "it makes its own kind"
        findings = Findings(wanted=self.wanted, program=search.program, strategy=search.strategy)
        try:
            self._try_remembered(findings, remembered)
            self._take(findings, search, started_s, progress)
            findings.is_covered = search.is_covered
        except KeyboardInterrupt:
            findings.was_interrupted = True
        self._shrink(findings)
        findings.wall_s = monotonic() - started_s
        return findings

    def search(self) -> Search:
        """Make the search, and its first run.

        Raises:
            CloudsimError: as :meth:`run`.
        """
        has_window = self.mode not in (ASYNC, TIES)
        # All orders of one data tape say little of faults; samples have a tape each.
        takes_tapes = self.seeks_faults and self.strategy == AUTO and self.preemptions_max is None
        strategy = "portfolio" if takes_tapes else self.strategy
        plan = Plan(strategy=strategy, seed=self.seed, preemptions_max=self.preemptions_max, has_slack=has_window)
        return Search(self.program(), plan)

    def _take(
        self,
        findings: Findings,
        search: Search,
        started_s: float,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        """Tally attempts until a budget is spent."""
        budget, tally = self.budget, findings.tally
        usual = SCHEDULES_SYSTEMATIC if search.strategy == SYSTEMATIC else SCHEDULES
        schedules = budget.schedules if budget.schedules is not None else usual
        if tally.violations and budget.stops_at_first:
            return
        for tried, attempt in enumerate(self._attempts(search, schedules), start=1):
            is_new = tally.add(attempt)
            if tried % CHECKED_EVERY == 1:
                search.require_same_again(attempt)
            if progress is not None:
                progress(tried, schedules)
            if tried >= schedules or (is_new and budget.stops_at_first):
                return
            if tally.violations and budget.schedules is None and tried >= SCHEDULES:
                return  # nothing is left to be proved
            if ENDLESS in tally.violations:
                return  # each run takes its time, and says the same
            if budget.events is not None and tally.events >= budget.events:
                return
            if budget.seconds is not None and monotonic() - started_s >= budget.seconds:
                return

    def _attempts(self, search: Search, schedules: int) -> Iterator[Attempt]:
        if self.jobs == 1:
            return search.attempts()
        if search.strategy == SYSTEMATIC:
            return walked_by_processes(self, search)
        return sampled_by_processes(self, search, schedules)

    def _try_remembered(self, findings: Findings, schedules: Iterable[Schedule]) -> None:
        """Try failures of earlier explorations by their orders.

        What is wrong with them is found again; as orders they do not count, for they have callers of their own.
        """
        for schedule in schedules:
            ready = Ready(Guided(from_texts(schedule.order)))
            try:
                program = schedule.program()
                run = program.run(ready)
            except CloudsimError:
                continue  # of a scenario that has changed so much that it does not fit
            attempt = attempted(len(findings.tried_first), REMEMBERED, run, ready.log)
            findings.tried_first.append(program)
            findings.tally.add_wrong(attempt)

    def _shrink(self, findings: Findings) -> None:
        """Make every failure small; those that are left after Ctrl-C are told as they were seen."""
        for violation in findings.tally.violations.values():
            witness = violation.witness
            assert witness.run is not None, "what is wrong was seen in a run"
            program = self._without_chance(findings.program_of(witness), witness.run)
            shrinking = Shrinking(Failing(program, witness.run, witness.log), kind=violation.kind)
            try:
                if self.shrinks and not findings.was_interrupted and violation.kind != ENDLESS:
                    shrinking.shrink()
            except KeyboardInterrupt:
                findings.was_interrupted = True
            findings.found.append(self._found(violation, shrinking))

    def _without_chance(self, program: ScenarioProgram, run: Run) -> ScenarioProgram:
        """Let the faults strike where they did, so that they can be taken away one by one."""
        return replace(program, faults=Faults(strikes=run.strikes)) if program.faults.sought else program

    def _found(self, violation: Violation, shrinking: Shrinking) -> Found:
        small = shrinking.found
        text = next((one.text for one in small.run.wrong if one.kind == violation.kind), violation.text)
        return Found(
            kind=violation.kind, what=text, count=violation.count, failing=small,
            schedule=schedule_of(small, self.wanted), shrink_runs=shrinking.runs,
            deviations_before=len(violation.witness.choices),
        )  # fmt: skip
