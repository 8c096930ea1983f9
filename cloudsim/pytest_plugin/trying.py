"""One marked test: run once as things come, in many orders, or again in one that failed.

The body of the test is the drive of a scenario that is made for it. A run that fails is made small and run a last time;
what the body raises in that run is what pytest shows, so that an assertion is explained by its values there.
"""

import inspect
from collections.abc import Callable
from pathlib import Path
from traceback import extract_tb
from typing import Any, Final

import pytest

from cloudsim.errors.own import CloudsimError, NotDeterministic, ScenarioError
from cloudsim.exploration.ready import Ready, Recorded
from cloudsim.exploration.replay import Replayed
from cloudsim.exploration.shrinking import Failing
from cloudsim.exploration.strategies.named import make_strategy
from cloudsim.pytest_plugin.keys import SIM, TOLD, VERDICT, Options
from cloudsim.pytest_plugin.taking import EachSession, of_test
from cloudsim.pytest_plugin.telling import Story, tell
from cloudsim.pytest_plugin.wanted import FIFO, Wanted, wanted_of
from cloudsim.runtime.session import Session
from cloudsim.scenario.explore import Budget, Exploration, Findings, Found
from cloudsim.scenario.exploring import Faults, ScenarioProgram, slack_of
from cloudsim.scenario.failures import FOLDER, Failures
from cloudsim.scenario.replay import Way, replay
from cloudsim.scenario.runner import Result
from cloudsim.scenario.scenario import Scenario
from cloudsim.scenario.schedule import SUFFIX, Schedule, from_token, read_schedule, schedule_of
from cloudsim.simulation.world.builder import World
from cloudsim.simulation.world.spec import WorldSpec

_LEAVES: Final = (pytest.skip.Exception, pytest.xfail.Exception, pytest.exit.Exception)
"""What a test says to pytest, rather than raises."""


def try_test(each: EachSession, function: Callable[..., Any], args: tuple[object, ...], given: dict[str, Any]) -> None:
    """Run a test in all the orders that are wanted.

    Args:
        each: what stood for the session.
        function: the async test.
        args: what comes first, such as the instance of its class.
        given: its other parameters; the same objects in every run.

    Raises:
        BaseException: what is wrong with the test, as the smallest run that fails has it.
    """
    __tracebackhide__ = True
    request, world = of_test(each)
    item = request.node
    body = Body(function, args, given)
    failure: BaseException | None
    try:
        scenario = body.scenario(item.nodeid, spec_of(given.get("cloud_world", world)))
        failure = Trial(item, body, scenario, wanted_of(item)).run()
    except ScenarioError as error:
        failure = error.__cause__  # what the body met, if it did
        failure = failed(str(error)) if failure is None else failure
    except NotDeterministic as error:
        failure = failed(_UNEQUAL.format(error))
    except CloudsimError as error:
        failure = failed(str(error))
    if failure is not None:
        raise failure


def failed(why: str) -> BaseException:
    """Make a failure that is told in words alone."""
    return pytest.fail.Exception(why, pytrace=False)


_UNEQUAL: Final = (
    "the test does not do the same in two runs with the same order: {}\n"
    "Its fixtures are shared by all its runs: what a run changes in them, the next one finds changed."
)


def spec_of(world: object) -> WorldSpec:
    """Take what ``cloud_world`` gave.

    Raises:
        ScenarioError: it is no world.
        WorldError: it is a wrong one.
    """
    if isinstance(world, World):
        return world.spec
    if isinstance(world, WorldSpec):
        return world
    raise ScenarioError(f"cloud_world is a World or a WorldSpec, not {type(world).__name__}")


class Body:
    """The body of a test, as a drive.

    Args:
        function: the async test.
        args: what comes first.
        given: its parameters but for the session.
    """

    def __init__(self, function: Callable[..., Any], args: tuple[object, ...], given: dict[str, Any]) -> None:
        self._function = function
        self._args = args
        self._given = given
        self.left: BaseException | None = None
        """What it said to pytest: that it is skipped, or expected to fail."""

    def scenario(self, name: str, spec: WorldSpec) -> Scenario:
        """Make a scenario of it."""
        return Scenario(name=name, world=lambda: spec, drive=self._drive(), check=_check_nothing)

    def _drive(self) -> Callable[..., Any]:
        async def drive(session: Session) -> None:
            try:
                await self._function(*self._args, **self._given, **{SIM: session})
            except _LEAVES as said:
                self.left = said
                raise

        # Whose fault an error is goes by the file of the test; and parameters of a test are no settings.
        drive.__wrapped__ = self._function  # type: ignore[attr-defined]
        drive.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [inspect.Parameter("session", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
        )
        return drive

    def look(self, *_: int) -> None:
        """Pass on what the test has said to pytest, if it has."""
        __tracebackhide__ = True
        if self.left is not None:
            raise self.left


def _check_nothing(_session: Session, _expect: object, _driven: object) -> None:
    """Do nothing: the body has its own assertions."""


class Trial:
    """One test and what is wanted of it.

    Args:
        item: the test.
        body: its body.
        scenario: made of it.
        wanted: how it is to be run.
    """

    def __init__(self, item: pytest.Item, body: Body, scenario: Scenario, wanted: Wanted) -> None:
        self._item = item
        self._body = body
        self._scenario = scenario
        self._wanted = wanted

    def run(self) -> BaseException | None:
        """Run it as is wanted.

        Returns:
            What it fails with; None if it passes.

        Raises:
            CloudsimError: it cannot be run.
            NotDeterministic: something outlives its runs.
        """
        __tracebackhide__ = True
        schedule = Options.of(self._item.config).schedule
        if schedule is not None:
            return self._again(schedule)
        return self._once() if self._wanted.is_single else self._explore()

    def _program(self, *, faults: Faults) -> ScenarioProgram:
        wanted = self._wanted
        slack_of(wanted.mode)
        return ScenarioProgram(self._scenario, wanted.seed, wanted.given, mode=wanted.mode, faults=faults)

    def _once(self) -> BaseException | None:
        __tracebackhide__ = True
        program = self._program(faults=Faults(sought=self._wanted.seeks_faults))
        program.prepared()
        ready = Recorded(make_strategy(FIFO, program.seed))
        run, result = program.run_whole(ready)
        self._body.look()
        if run.wrong:
            failing = Failing(program, run, ready.log)
            return self._failure(failing, result, "failed in its only run", schedule_of(failing, self._item.nodeid))
        self._pass(f"1 run  seed {program.seed}")
        return None

    def _explore(self) -> BaseException | None:
        __tracebackhide__ = True
        wanted = self._wanted
        exploration = Exploration(
            wanted=self._item.nodeid, scenario=self._scenario, seed=wanted.seed, given=wanted.given, mode=wanted.mode,
            strategy=wanted.strategy, seeks_faults=wanted.seeks_faults,
            budget=Budget(schedules=wanted.schedules, stops_at_first=True),
        )  # fmt: skip
        findings = exploration.run(progress=self._body.look)
        if findings.was_interrupted:
            raise KeyboardInterrupt
        self._body.look()
        if findings.found:
            return self._small_failure(findings)
        if findings.tally.unseen:
            names = ", ".join(map(repr, findings.tally.unseen))
            return failed(f"never seen in {findings.tally.orders} orders, and sometimes expected: {names}")
        self._pass(f"{findings.verdict}  seed {wanted.seed}  strategy {findings.strategy}")
        return None

    def _small_failure(self, findings: Findings) -> BaseException:
        found = min(findings.found, key=_shown_first)
        small = found.failing
        # Once more, for what the body raises: findings keep words only.
        assert isinstance(small.program, ScenarioProgram), "shrinking keeps to the program's kind"
        run, result = small.program.run_whole(Ready(Replayed(dict(found.schedule.choices), is_strict=False)))
        if found.kind not in run.kinds:
            raise NotDeterministic(f"it failed ({found.what}), and in the same order it did not")
        tried, size = findings.tally.orders, found.deviations
        headline = (
            f"failed in order {tried}, strategy {findings.strategy}; "
            f"made small: {size} {'deviation' if size == 1 else 'deviations'} from run-to-block"
        )
        return self._failure(small, result, headline, found.schedule)

    def _again(self, said: str) -> BaseException | None:
        """Run it in one order."""
        __tracebackhide__ = True
        folder = self._item.config.invocation_params.dir
        is_file = said.endswith(SUFFIX)
        schedule = read_schedule(folder / said) if is_file else from_token(said, self._item.nodeid)
        program = ScenarioProgram(
            self._scenario, schedule.seed, schedule.settings, mode=schedule.mode,
            faults=Faults(strikes=schedule.strikes), scripts_share=schedule.scripts,
        )  # fmt: skip
        made = replay(schedule, program)
        self._body.look()
        if made.way is Way.LEFT:
            return failed(f"the schedule cannot be followed: {made.why}")
        why = f" ({made.why})" if made.why else ""
        if made.failing.run.wrong:
            return self._failure(made.failing, made.result, f"the schedule was followed {made.way}{why}", schedule)
        self._pass(f"the schedule was followed {made.way}{why}, and nothing was wrong")
        return None

    def _pass(self, verdict: str) -> None:
        properties = self._item.user_properties
        properties[:] = [each for each in properties if each[0] != VERDICT]
        properties.append((VERDICT, verdict))

    def _failure(self, failing: Failing, result: Result, headline: str, schedule: Schedule) -> BaseException:
        """Give what the body raised, or our findings in words; and note all that there is to tell besides."""
        story = Story(headline=headline, failing=failing, schedule=schedule, file=self._keep(schedule))
        self._item.stash[TOLD] = tell(self._item, story)
        raised = result.raised
        if raised is not None and self._is_seen_in(raised):
            return raised
        return failed("\n".join(one.text for one in failing.run.wrong))

    def _is_seen_in(self, raised: BaseException) -> bool:
        """Whether a traceback shows the test; that of a deadlock does not, whose text says who waits where."""
        frames = extract_tb(raised.__traceback__)
        return any(frame.filename == self._scenario.file for frame in frames)

    def _keep(self, schedule: Schedule) -> Path | None:
        """Write the schedule down, where that can be done and it was not read from somewhere."""
        if not schedule.order:
            return None
        folder = self._item.config.rootpath / FOLDER
        try:
            return Failures(folder).keep(schedule)
        except OSError:
            return None


def _shown_first(found: Found) -> bool:
    """Sort what the body raised first, for it says most."""
    return not found.kind.startswith("broken: ")
