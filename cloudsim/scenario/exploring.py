"""A scenario as a program that is explored: run after run with one seed, each in another order.

Mode says which orders there are: ``ties`` permutes what is due at one instant, a duration lets everything within it
compete, and ``async``, the usual one, lets every pending step be next. There latencies mean nothing, and there are none
unless the run sets some.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from cloudsim.errors.own import EndlessRun, SettingError
from cloudsim.exploration.program import Program, Run, Wrong
from cloudsim.exploration.ready import Ready
from cloudsim.kernel.kernel import ANY_TIME
from cloudsim.kernel.strategy import Strategy
from cloudsim.linearizability import History, Violation
from cloudsim.operations.operation import ANYTHING
from cloudsim.resources.consistency import IMMEDIATE
from cloudsim.resources.ledger import Mode
from cloudsim.runtime.session import Session
from cloudsim.runtime.sharing import Sharing
from cloudsim.scenario.blame import kinds_of
from cloudsim.scenario.expectation import unmet_in_words
from cloudsim.scenario.manner import Manner
from cloudsim.scenario.outcome import Answers, outcome_of
from cloudsim.scenario.runner import PreparedRun, Result, prepare
from cloudsim.scenario.scenario import Scenario
from cloudsim.scenario.settings import Value
from cloudsim.values.duration import Ns, parse_duration

ASYNC: Final = "async"
TIES: Final = "ties"

STEPS_MAX: Final = 50_000
"""After so many steps a run is broken off, where nothing is said."""
_STEPS_MIN: Final = 2_000
"""Runs that come after the first one may take ten times its steps, and at least so many."""
ENDLESS: Final = f"broken: {EndlessRun.__name__}"
"""The kind of a run that does not end."""

_SCRIPTS: Final = (("scripts", Mode.WRITE),)
_WITH_FACTS: Final = re.compile(r"\S*\d\S*")


def slack_of(mode: str) -> Ns:
    """Read a mode.

    Raises:
        SettingError: it is none.
        DurationError: it is no duration either.
    """
    if mode == ASYNC:
        return ANY_TIME
    if mode == TIES:
        return 0
    if not mode[:1].isdigit():
        raise SettingError(f"there is no mode {mode!r}; modes are {ASYNC}, {TIES}, or a duration such as 5ms")
    return parse_duration(mode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """Which rare paths the runs take."""

    sought: bool = False
    """Whether fault sites fire by chance."""
    number: int = 0
    """Which data tape."""
    strikes: tuple[str, ...] | None = None
    """The visits at which they fire, in place of chance."""


@dataclass(frozen=True, slots=True)
class ScenarioProgram:
    """A scenario with its settings, as exploration runs it."""

    scenario: Scenario
    seed: int
    given: Mapping[str, Value]
    mode: str = ASYNC
    faults: Faults = Faults()
    audits_events: bool = False
    scripts_share: str = ""
    """What was found that scripts share; empty if nothing, or not yet."""
    steps_max: int = STEPS_MAX
    """After so many steps a run is broken off."""

    def prepared(self) -> PreparedRun:
        """Settle what a run needs.

        Raises:
            CloudsimError: as :func:`~cloudsim.scenario.runner.prepare`.
        """
        usual: dict[str, Value] = {"latency": "none"} if self.mode == ASYNC else {}
        return prepare(self.scenario, seed=self.seed, given={**usual, **self.given})

    def run(self, strategy: Strategy) -> Run:
        """Run the scenario once."""
        return self.run_whole(strategy)[0]

    def run_whole(self, strategy: Strategy, **options: Any) -> tuple[Run, Result]:  # noqa: ANN401  those of a run
        """Run the scenario once, and give its own result as well."""
        answers, histories = Answers(), list[tuple[Session, History]]()
        prepared = self.prepared()

        def begin(session: Session) -> None:
            history = History(session, consistency=prepared.consistency)
            histories.append((session, history))
            session.observers += [answers, history]
            session.gate.sharing = Sharing()
            session.gate.steps_max = self.steps_max
            session.properties.is_timed = self.mode != ASYNC
            if self.scripts_share:
                session.script_touches = ANYTHING if self.scripts_share == LOOKED else _SCRIPTS
            if self.faults.sought or self.faults.strikes is not None:
                session.seek_faults(number=self.faults.number, strikes=self.faults.strikes)

        manner = Manner(strategy=strategy, slack_ns=slack_of(self.mode), audits_events=self.audits_events, begin=begin)
        result = prepared.run(watch=True, manner=manner, **options)
        session, history = histories[0]
        is_endless = isinstance(result.raised, EndlessRun)
        is_unfair = is_endless and isinstance(strategy, Ready) and strategy.starves_somebody()
        judged = [] if session.faults.makes_answers_up or is_endless else history.judge(limit=_STATES_MAX).violations
        buggify = session.fault_sites
        run = Run(
            wrong=(*_wrong(result, is_unfair=is_unfair), *_not_linearizable(judged)),
            outcome=BROKEN_OFF if is_endless else outcome_of(answers.endings, session.cloud),
            digest=result.digest,
            events=result.events,
            loose=(
                *_loose(prepared, session),
                *(_UNDECIDED for one in judged if one.undecided),
                *((_UNFAIR if is_unfair else _UNENDED,) if is_endless else ()),
            ),
            sites={} if buggify is None else buggify.fires,
            strikes=() if buggify is None else tuple(buggify.fired),
            codes=_endings(result),
            wanted=dict(session.properties.sometimes),
        )
        return run, result

    def smaller(self) -> Iterator[Program]:
        """Give it with fewer callers, then without one of its faults."""
        callers = {**self.scenario.settings, **self.given}.get("callers")
        if callers is not None and "callers" in self.scenario.settings:
            for fewer in range(1, int(callers)):
                yield replace(self, given={**self.given, "callers": fewer})
        strikes = self.faults.strikes or ()
        for left_out in range(len(strikes)):
            left = strikes[:left_out] + strikes[left_out + 1 :]
            yield replace(self, faults=Faults(strikes=left))

    def numbered(self, number: int) -> "ScenarioProgram":
        """Give it with the data tape of a number, where faults are sought."""
        return replace(self, faults=replace(self.faults, number=number)) if self.faults.sought else self

    def knowing(self, run: Run) -> "ScenarioProgram":
        """Give it with its scripts explored as well, where they share something."""
        shared = next((reason for reason in run.loose if reason == LOOKED or reason.startswith(_SHARE)), "")
        return replace(self, scripts_share=shared, steps_max=min(self.steps_max, max(_STEPS_MIN, 10 * run.events)))


LOOKED: Final = "a script looks past the API, at the simulation itself"
_SHARE: Final = "scripts: "
_UNFAIR: Final = "some runs were broken off in which a script that polls kept others waiting without end"
_UNENDED: Final = "a run was broken off after its steps"
BROKEN_OFF: Final = "broken off, for it does not end"
"""The outcome of a run that took too many steps."""
_STATES_MAX: Final = 2_000
"""After so many states the search for an order that explains the answers is given up, in each run."""
_UNDECIDED: Final = "whether the answers are linearizable was too much to decide"


def _loose(prepared: PreparedRun, session: Session) -> Iterator[str]:
    """Say why the orders of a run's operations do not tell all."""
    if session.scripts_looked:
        yield LOOKED
    assert session.gate.sharing is not None, "exploration watches what scripts share"
    for found in session.gate.sharing.found:
        yield _SHARE + found
    if session.fault_sites is not None and session.fault_sites.is_by_chance:
        yield "faults strike by chance, and each run has one draw of them"
    if session.gate.served_trio:
        yield "a script waits by trio's own timers, whose instants are not permuted; sim.sleep's are"
    if prepared.throttling is not None:
        yield "calls are counted by the minute, so that instants matter"
    if prepared.consistency != IMMEDIATE:
        yield "descriptions are late by a time, so that instants matter"
    if any(vswitch.pool.cool_ns for vswitch in session.cloud.vswitches.values()):
        yield "addresses cool down for a time, so that instants matter"
    if session.now_ns >= prepared.policy.token_window_ns:
        yield "the run outlasts the window of a ClientToken, so that instants matter"
    if session.faults.counted_across_callers:
        yield "a fault counts the calls of several callers, so that it depends on their order whom it strikes"


def _wrong(result: Result, *, is_unfair: bool) -> tuple[Wrong, ...]:
    """Say what is wrong with a run, each with its kind; that an unfair one does not end is the order's fault."""
    found: list[Wrong] = []
    if is_unfair:
        always = [Wrong(kind, text) for kind, text in result.properties.items() if kind.startswith("always:")]
        return (*always, *_audited(result))
    if result.raised is not None:
        kind = "broken: " + ", ".join(kinds_of(result.raised))
        found.append(Wrong(kind, result.broken))
    found += [Wrong(f"expectation: {one.name}", unmet_in_words(one)) for one in result.unmet]
    found += [Wrong(kind, text) for kind, text in result.properties.items()]
    return (*found, *_audited(result))


def _audited(result: Result) -> Iterator[Wrong]:
    for text in result.audit:
        yield Wrong("audit: " + _WITH_FACTS.sub("#", text), f"audit: {text}")


def _not_linearizable(judged: Sequence[Violation]) -> Iterator[Wrong]:
    """Say which answers no order of calls explains."""
    for one in judged:
        if not one.undecided:
            yield Wrong(f"linearizability: {one.key.partition(':')[0]}", one.text)


def _endings(result: Result) -> dict[str, int]:
    """Count how calls ended, of all actions."""
    counts: dict[str, int] = {}
    for endings in result.calls.values():
        for ending, count in endings.items():
            counts[ending] = counts.get(ending, 0) + count
    return counts
