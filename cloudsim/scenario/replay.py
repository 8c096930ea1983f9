"""Replay: a schedule is run again, exactly or by its order, and it is said which, and what came of it.

First its choices are made one by one. That brings the very same run back if nothing has been edited, and the digest
says whether it did. Where a choice cannot be made, or the digest is another one, the order for each resource is kept
instead, which survives edits; a replay never goes on silently from where it has left the schedule.
"""

from dataclasses import dataclass
from enum import StrEnum

from cloudsim.exploration.order import Guided, from_texts
from cloudsim.exploration.program import Diverged
from cloudsim.exploration.ready import Chooser, Ready, deviations
from cloudsim.exploration.replay import Replayed
from cloudsim.exploration.shrinking import Failing
from cloudsim.resources.journal import Journal
from cloudsim.scenario.exploring import ScenarioProgram
from cloudsim.scenario.runner import Result
from cloudsim.scenario.schedule import Schedule


class Way(StrEnum):
    """How a schedule was followed."""

    EXACT = "exact"
    """Every choice was made, and the digest is the one that was written down."""
    BY_CHOICES = "by choices"
    """Every choice was made; the digest is another one, or none was written down."""
    BY_ORDER = "by order"
    """The order for each resource was kept."""
    LEFT = "left"
    """Neither could be followed to the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What came of a replay."""

    way: Way
    why: str
    """Why it is not exact; empty if it is."""
    failing: Failing
    """The run, which need not fail."""
    result: Result
    expected: tuple[str, ...]
    """The kinds of what was wrong when the schedule was written."""

    @property
    def is_same(self) -> bool:
        """Whether it fails as it did, or nothing was wrong then and is now."""
        kinds = self.failing.run.kinds
        return bool(kinds & set(self.expected)) if self.expected else not kinds


def replay(schedule: Schedule, program: ScenarioProgram | None = None, *, journal: Journal | None = None) -> Replay:
    """Run a schedule again.

    Args:
        schedule: what to follow.
        program: what to run; loaded by the schedule if None.
        journal: where the events of the run go whose result is given.

    Raises:
        ScenarioError: the scenario cannot be loaded.
        SettingError: it does not have the settings of the schedule.
    """
    chosen = program if program is not None else schedule.program()
    made = _by_choices(chosen, schedule)
    if isinstance(made, str) or not (made.way is Way.EXACT or not schedule.order or made.is_same):
        made = _by_order(chosen, schedule, made if isinstance(made, str) else made.why)
    if journal is not None:
        # Once more, for only now it is known which run is the one to be told of.
        chosen.run_whole(Ready(Replayed(dict(deviations(list(made.failing.log))))), journal=journal)
    return made


def _by_choices(program: ScenarioProgram, schedule: Schedule) -> Replay | str:
    """Make the choices, or say why they cannot be made."""
    try:
        found, result = _run(program, Replayed(dict(schedule.choices)))
    except Diverged as diverged:
        return f"the choices cannot be made any more: {diverged}"
    known = schedule.expect.digest
    is_exact = bool(known) and found.run.digest == known
    why = "" if is_exact or not known else "the choices can be made, and lead to another run: its digest is another one"
    way = Way.EXACT if is_exact else Way.BY_CHOICES
    return Replay(way=way, why=why, failing=found, result=result, expected=schedule.expect.wrong)


def _by_order(program: ScenarioProgram, schedule: Schedule, why: str) -> Replay:
    """Keep the order for each resource as far as it goes."""
    guided = Guided(from_texts(schedule.order))
    found, result = _run(program, guided)
    way = Way.BY_ORDER if guided.is_kept and schedule.order else Way.LEFT
    if way is Way.LEFT:
        why += "; the order cannot be kept to the end either" if schedule.order else "; it has no order to go by"
    return Replay(way=way, why=why, failing=found, result=result, expected=schedule.expect.wrong)


def _run(program: ScenarioProgram, chooser: Chooser) -> tuple[Failing, Result]:
    ready = Ready(chooser)
    run, result = program.run_whole(ready)
    return Failing(program, run, ready.log), result
