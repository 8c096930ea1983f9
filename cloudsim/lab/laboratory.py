"""A run of the laboratory: the table, whole blocks, and goals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf
from time import monotonic  # noqa: TID251 - a quick run ends within a minute
from typing import Final

from cloudsim.lab.bench import Bench, Row, Skipped
from cloudsim.lab.catalogue import Entry
from cloudsim.lab.fragmentation import AfterBurst, Left, study
from cloudsim.lab.goals.every import FULL, QUICK, measure_goals
from cloudsim.lab.goals.goal import Goal
from cloudsim.lab.plan import Plan

QUICK_TABLE_S: Final = 20
"""Seconds of real time after which the table of a quick run measures nothing more."""

Progress = Callable[[int, int, str], None]


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What came of it."""

    is_quick: bool
    goals: Sequence[Goal] = ()
    left: Sequence[Left] = ()
    bursts: Sequence[AfterBurst] = ()
    rows: Sequence[Row] = ()
    skipped: Sequence[Skipped] = ()
    missing: dict[str, str] = field(default_factory=dict)
    """Allocators that need a library that is not installed, and which."""


def run_laboratory(
    entries: Sequence[Entry],
    plan: Plan,
    *,
    with_goals: bool,
    with_table: bool,
    progress: Progress | None = None,
) -> Outcome:
    """Measure.

    Args:
        entries: the allocators, installed or not.
        plan: the table.
        with_goals: measure the goals, which have allocators and blocks of their own.
        with_table: measure the table and the whole blocks.
        progress: is told (done, in all, what is done).
    """
    begun = monotonic()
    told = progress if progress is not None else _nobody
    outcome = Outcome(
        is_quick=plan.is_quick, missing={entry.name: entry.library for entry in entries if not entry.is_installed}
    )
    if with_table:
        until = begun + QUICK_TABLE_S if plan.is_quick else inf
        table = Bench(plan, told, is_over=lambda: monotonic() > until).run()
        outcome.rows, outcome.skipped = table.rows, table.skipped
        lengths = list(dict.fromkeys(group.length for group in plan.groups))
        outcome.left, outcome.bursts = study(plan.entries, lengths=lengths, is_quick=plan.is_quick, progress=told)
    if with_goals:
        outcome.goals = measure_goals(QUICK if plan.is_quick else FULL, told)
    return outcome


def _nobody(done: int, total: int, text: str) -> None:
    """Tell nobody."""
