"""Running a scenario: settle its settings, drive its world, check it, audit it, and say what came of it.

:func:`prepare` meets all that can be wrong with what a user wrote, before anything runs; what comes after it is a
result, also where the drive breaks off: then there is a digest, the calls so far and the audit all the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic  # noqa: TID251  how long the run took is told beside the result, never in it
from typing import Any, Final

from cloudsim.errors.own import CloudsimError, ScenarioError
from cloudsim.exploration.program import BROKEN_OFF
from cloudsim.exploration.strategies.named import make_strategy, require_strategy
from cloudsim.operations.policy import Policy
from cloudsim.resources.consistency import Consistency
from cloudsim.resources.journal import Journal
from cloudsim.resources.throttle import Throttling
from cloudsim.runtime.session import Session
from cloudsim.scenario.blame import why_broken
from cloudsim.scenario.dials import consistency_from, is_dial, of_group, policy_from, throttling_from
from cloudsim.scenario.expectation import Expectation, Expectations, unmet_in_words
from cloudsim.scenario.manner import Manner
from cloudsim.scenario.scenario import Scenario
from cloudsim.scenario.settings import Value, apply, used_by
from cloudsim.simulation.latency import LatencyProfile, latency_named
from cloudsim.simulation.world.builder import World
from cloudsim.simulation.world.spec import WorldSpec
from cloudsim.values.duration import Ns

FORMAT_VERSION: Final = 1
"""Of the JSON document; additions keep it, anything else raises it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one run."""

    scenario: str
    summary: str
    seed: int
    settings: dict[str, Value]
    """The scenario's own, and the dials of the simulation that were given."""
    digest: str
    virtual_ns: Ns
    events: int
    calls: dict[str, dict[str, int]]
    """For each action, how many calls ended how: ``ok`` or a code."""
    expectations: list[Expectation]
    broken: str
    """Why drive or check broke off: a deadlock, a refusal nobody handled, an exception; empty if they did not."""
    properties: dict[str, str]
    """What does not hold always, or did not come: by kind, in words; empty when all is well."""
    audit: list[str]
    """What the audit found; empty when all is well."""
    wall_s: float
    raised: BaseException | None = None
    """What drive or check broke off with, for those who want its traceback; not in the document."""

    @property
    def ok(self) -> bool:
        """Whether the run came to its end, every expectation was met and the audit is clean."""
        expected = all(expectation.ok for expectation in self.expectations)
        return expected and not self.broken and not self.properties and not self.audit

    @property
    def unmet(self) -> list[Expectation]:
        """The expectations that were not met."""
        return [one for one in self.expectations if not one.ok]

    def failures(self) -> list[str]:
        """Say what is not as it should be, a line each; empty when all is well."""
        return [
            *self.broken.splitlines(),
            *(unmet_in_words(one) for one in self.unmet),
            *self.properties.values(),
            *(f"audit: {found}" for found in self.audit),
        ]

    def document(self) -> dict[str, Any]:
        """The result for machines. Wall time is not in it: equal runs give equal documents."""
        return {
            "format_version": FORMAT_VERSION,
            "scenario": self.scenario,
            "seed": self.seed,
            "settings": self.settings,
            "ok": self.ok,
            "digest": self.digest,
            "virtual_ns": self.virtual_ns,
            "events": self.events,
            "calls": self.calls,
            "expectations": [
                {"name": one.name, "ok": one.ok, "measured": one.measured, "wanted": one.wanted}
                for one in self.expectations
            ],
            "broken": self.broken or None,
            "properties": list(self.properties.values()),
            "audit": self.audit,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedRun:
    """A scenario with everything settled that a user may have got wrong; it can be run any number of times."""

    scenario: Scenario
    seed: int
    settings: dict[str, Value]
    """The scenario's own."""
    dials: dict[str, Value]
    """What was given of the settings that every scenario has."""
    world: WorldSpec
    latency: LatencyProfile
    strategy: str
    policy: Policy
    throttling: Throttling | None
    consistency: Consistency

    def run(
        self,
        *,
        journal: Journal | None = None,
        progress: Callable[[int, int], None] | None = None,
        watch: bool = False,
        manner: Manner | None = None,
    ) -> Result:
        """Run it once.

        Args:
            journal: where events go.
            progress: is told (done, total) by scenarios that take long.
            watch: hold every step against its footprint, and audit after every event.
            manner: what else is otherwise than usual.

        Raises:
            WorldError: the world contradicts itself.
            ScenarioError: the drive met a wrong setting, or made a call with a parameter that does not exist.
            RedundantOrder: the strategy broke it off; so with whatever else it ends a run by.
        """
        started_s = monotonic()
        how = manner if manner is not None else Manner()
        session = Session(
            self.world,
            seed=self.seed,
            latency=self.latency,
            strategy=how.strategy if how.strategy is not None else make_strategy(self.strategy, self.seed),
            policy=self.policy,
            throttling=self.throttling,
            consistency=self.consistency,
            journal=journal,
            watch=watch,
            audit_events=how.audits_events,
            slack_ns=how.slack_ns,
            progress=progress,
        )
        how.begin(session)
        expectations = Expectations()
        raised = self._drive_and_check(session, expectations)
        if isinstance(raised, BROKEN_OFF):
            session.close()
            raise raised
        broken = "" if raised is None else why_broken(raised, self.scenario.file)
        session.properties.end(session.now_ns)
        audit = session.close()
        return self._result(session, expectations, broken, audit, started_s, raised)

    def _result(
        self,
        session: Session,
        expectations: Expectations,
        broken: str,
        audit: list[str],
        started_s: float,
        raised: BaseException | None,
    ) -> Result:
        return Result(
            scenario=self.scenario.name,
            summary=self.scenario.summary,
            seed=self.seed,
            settings={**self.settings, **self.dials},
            digest=session.digest(),
            virtual_ns=session.now_ns,
            events=session.cloud.journal.events,
            calls={action: dict(sorted(endings.items())) for action, endings in sorted(session.calls.items())},
            expectations=expectations.found,
            broken=broken,
            properties=session.properties.broken,
            audit=audit,
            wall_s=monotonic() - started_s,
            raised=raised,
        )

    def _drive_and_check(self, session: Session, expect: Expectations) -> BaseException | None:
        """Let the scenario's own code run, and give what it raises."""
        scenario, settings = self.scenario, self.settings

        async def drive() -> object:
            return await self._phases(session)

        try:
            driven = session.drive(drive)
            scenario.check(session, expect, driven, **used_by(scenario.check, settings))
        except BaseException as error:  # noqa: BLE001  the code is the user's: whatever it raises is sorted later
            return error
        return None

    async def _phases(self, session: Session) -> object:
        """Go through the phases in which scripts run: safety, and liveness where the scenario has it."""
        scenario, settings = self.scenario, self.settings
        driven = await scenario.drive(session, **used_by(scenario.drive, settings))
        if scenario.recover is not None:
            session.calm()
            await scenario.recover(session, driven, **used_by(scenario.recover, settings))
        return driven


def run_scenario(
    scenario: Scenario,
    *,
    seed: int = 0,
    given: Mapping[str, Value] | None = None,
    journal: Journal | None = None,
    progress: Callable[[int, int], None] | None = None,
    watch: bool = False,
) -> Result:
    """Run a scenario once: :func:`prepare` and :meth:`PreparedRun.run` together, with their parameters and errors."""
    return prepare(scenario, seed=seed, given=given).run(journal=journal, progress=progress, watch=watch)


def prepare(scenario: Scenario, *, seed: int = 0, given: Mapping[str, Value] | None = None) -> PreparedRun:
    """Settle everything that a run needs.

    Args:
        scenario: what to run.
        seed: of all chance.
        given: settings in place of the defaults; also the dials of :mod:`cloudsim.scenario.dials`.

    Raises:
        SettingError: a setting is unknown, or its value cannot be.
        DurationError: a dial's value is no duration.
        WorldError: the world's file is wrong.
        ScenarioError: ``world`` does not make a world.
    """
    said, own = _split(scenario, given or {})
    dials = {**scenario.dials, **said}
    settings = apply(scenario.settings, own)
    strategy = require_strategy(str(dials.get("strategy", scenario.strategy)))
    return PreparedRun(
        scenario=scenario,
        seed=seed if scenario.seed is None else scenario.seed,
        settings=settings,
        dials=dials,
        latency=_latency(dials.get("latency", scenario.latency)),
        strategy=strategy,
        policy=policy_from(of_group(dials, "policy")),
        throttling=throttling_from(dials, scenario.throttling),
        consistency=consistency_from(dials, scenario.consistency),
        world=_make_world(scenario, settings),
    )


def _split(scenario: Scenario, given: Mapping[str, Value]) -> tuple[dict[str, Value], dict[str, Value]]:
    """Tell the dials of the simulation from the scenario's own settings, which go first where both have a name."""
    dials: dict[str, Value] = {}
    own: dict[str, Value] = {}
    for name, value in given.items():
        (dials if is_dial(name) and name not in scenario.settings else own)[name] = value
    return dials, own


def _make_world(scenario: Scenario, settings: Mapping[str, Value]) -> WorldSpec:
    try:
        made = scenario.world(**used_by(scenario.world, settings))
    except CloudsimError:
        raise
    except (Exception, SystemExit) as error:  # as for the drive
        raise ScenarioError(why_broken(error, scenario.file)) from error
    if isinstance(made, World):
        return made.spec
    if isinstance(made, WorldSpec):
        return made
    raise ScenarioError(f"scenario {scenario.name}: world() returned {type(made).__name__}, not a World")


def _latency(chosen: Value | LatencyProfile) -> LatencyProfile:
    """Take a profile as it is, or look it up by its name."""
    return chosen if isinstance(chosen, LatencyProfile) else latency_named(str(chosen))
