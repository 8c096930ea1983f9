"""Running a scenario: build the world, drive it, check it, audit it, and say what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic  # noqa: TID251  how long the run took is told beside the result, never in it
from typing import Any, Final

from cloudsim.errors.own import SettingError, did_you_mean
from cloudsim.kernel.strategy import STRATEGIES, Strategy
from cloudsim.resources.journal import Journal
from cloudsim.runtime.session import Session
from cloudsim.scenario.expectation import Expectation, Expectations
from cloudsim.scenario.scenario import Scenario
from cloudsim.scenario.settings import Value, apply, policy_from, used_by
from cloudsim.simulation.latency import latency_named
from cloudsim.simulation.world.builder import World
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
    digest: str
    virtual_ns: Ns
    events: int
    calls: dict[str, dict[str, int]]
    expectations: list[Expectation]
    audit: list[str]
    """What the audit found; empty when all is well."""
    wall_s: float

    @property
    def ok(self) -> bool:
        """Whether every expectation was met and the audit is clean."""
        return not self.audit and all(expectation.ok for expectation in self.expectations)

    def document(self) -> dict[str, Any]:
        """The result for machines. Wall time is not in it: equal runs give equal documents."""
        return {
            "format_version": FORMAT_VERSION,
            "scenario": self.scenario,
            "seed": self.seed,
            "settings": self.settings,
            "digest": self.digest,
            "virtual_ns": self.virtual_ns,
            "events": self.events,
            "calls": self.calls,
            "expectations": [
                {"name": one.name, "ok": one.ok, "measured": one.measured, "wanted": one.wanted}
                for one in self.expectations
            ],
            "audit": self.audit,
        }


def run_scenario(
    scenario: Scenario,
    *,
    seed: int = 0,
    given: Mapping[str, Value] | None = None,
    journal: Journal | None = None,
    progress: Callable[[int, int], None] | None = None,
    watch: bool = False,
) -> Result:
    """Run a scenario once.

    Args:
        scenario: what to run.
        seed: of all chance.
        given: settings in place of the defaults; also ``latency``, ``strategy`` and ``policy.NAME``.
        journal: where events go.
        progress: is told (done, total) by scenarios that take long.
        watch: hold every step against its footprint, and audit after every event.

    Raises:
        SettingError: a setting is unknown, or its value cannot be.
        WorldError: the world contradicts itself.
        Deadlock: everybody waits for ever.
    """
    dials, own = _split(scenario, given or {})
    settings = apply(scenario.settings, own)
    made = scenario.world(**used_by(scenario.world, settings))
    started_s = monotonic()
    session = Session(
        made.spec if isinstance(made, World) else made,
        seed=seed,
        latency=latency_named(str(dials.pop("latency", scenario.latency))),
        strategy=strategy_named(str(dials.pop("strategy", "fifo")), seed),
        policy=policy_from({name.removeprefix("policy."): str(value) for name, value in dials.items()}),
        journal=journal,
        watch=watch,
        progress=progress,
    )
    driven = session.drive(lambda: scenario.drive(session, **used_by(scenario.drive, settings)))
    expectations = Expectations()
    scenario.check(session, expectations, driven, **used_by(scenario.check, settings))
    audit = session.close()
    return Result(
        scenario=scenario.name,
        summary=scenario.summary,
        seed=seed,
        settings=settings,
        digest=session.digest(),
        virtual_ns=session.now_ns,
        events=session.cloud.journal.events,
        calls={action: dict(sorted(endings.items())) for action, endings in sorted(session.calls.items())},
        expectations=expectations.found,
        audit=audit,
        wall_s=monotonic() - started_s,
    )


def _split(scenario: Scenario, given: Mapping[str, Value]) -> tuple[dict[str, Value], dict[str, Value]]:
    """Tell the dials of the simulation from the scenario's own settings, which go first where both have a name."""
    dials: dict[str, Value] = {}
    own: dict[str, Value] = {}
    for name, value in given.items():
        is_dial = name not in scenario.settings and (name in ("latency", "strategy") or name.startswith("policy."))
        (dials if is_dial else own)[name] = value
    return dials, own


def strategy_named(name: str, seed: int) -> Strategy:
    """Make a strategy by its name.

    Raises:
        SettingError: there is none of that name.
    """
    if name not in STRATEGIES:
        raise SettingError(f"there is no strategy {name!r}; {did_you_mean(name, STRATEGIES)}")
    return STRATEGIES[name](seed)
