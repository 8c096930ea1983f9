"""Work: what travels to a worker, what comes back, and the doing of it, the same for every engine.

A chunk is some runs of one variant. What comes back of a run is the line of the journal as bytes, encoded where the run
was made, so that the driver neither decodes nor keeps it.
"""

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter  # noqa: TID251  how long a run took is told beside the results, never in them
from typing import Final

import msgspec

from cloudsim.errors.own import CloudsimError
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.running.replication import RunResult
from cloudsim.whatif.running.series import INSTANTS, Series

Replicate = Callable[..., RunResult]
"""Makes a run: ``replicate(experiment, run, with_digest=...)``; a function that processes can import by its name.

Where the course of a run over time is wanted, it is given ``series_cells=...`` too.
"""

ATTEMPTS: Final = 3
"""A run that has killed so many workers is given up."""
KILLER: Final = f"it killed its worker {ATTEMPTS} times"


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line of the journal of finished runs."""

    key: str
    variant: int
    run: int
    figures: dict[str, int | float | None] = {}
    result_digest: str = ""
    digest: str | None = None
    events: int = 0
    failed: str | None = None
    """Why there is no result."""
    series: Series | None = None
    """How it went over time, where that is wanted."""


@dataclass(frozen=True, slots=True)
class Task:
    """One run that is to be made."""

    run: int
    key: str
    with_digest: bool
    with_series: bool = False


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some runs of one variant."""

    variant: int
    experiment: bytes
    """Pickled."""
    tasks: tuple[Task, ...]

    def without(self, done: int) -> "Chunk":
        """Give what is left after some tasks."""
        return Chunk(self.variant, self.experiment, self.tasks[done:])

    def alone(self) -> "tuple[Chunk, ...]":
        """Give each task as a chunk of its own."""
        return tuple(Chunk(self.variant, self.experiment, (task,)) for task in self.tasks)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run."""

    variant: int
    run: int
    line: bytes
    seconds: float
    offered: int
    rejected: int
    is_failed: bool = False


def pickled(experiment: Experiment) -> bytes:
    """Pack an experiment for the way to a worker."""
    return pickle.dumps(experiment, protocol=pickle.HIGHEST_PROTOCOL)


def perform(chunk: Chunk, replicate: Replicate) -> Iterator[Outcome]:
    """Make the runs of a chunk in order; a run that raises is failed, and the others go on."""
    experiment = pickle.loads(chunk.experiment)  # noqa: S301  the driver's own bytes
    for task in chunk.tasks:
        began = perf_counter()
        try:
            more = {"series_cells": INSTANTS} if task.with_series else {}
            result = replicate(experiment, task.run, with_digest=task.with_digest, **more)
        except Exception as error:  # noqa: BLE001  whatever one run meets, the others are worth finishing
            yield failure(chunk.variant, task, _told(error), perf_counter() - began)
        else:
            yield _success(chunk.variant, task, result, perf_counter() - began)


def _success(variant: int, task: Task, result: RunResult, seconds: float) -> Outcome:
    figures = result.figures
    line = Line(
        key=task.key,
        variant=variant,
        run=task.run,
        figures=figures,
        result_digest=result.result_digest,
        digest=result.digest if task.with_digest else None,
        events=result.events,
        series=result.series if task.with_series else None,
    )
    offered, rejected = int(figures.get("offered") or 0), int(figures.get("rejected") or 0)
    return Outcome(variant, task.run, msgspec.json.encode(line) + b"\n", seconds, offered, rejected)


def failure(variant: int, task: Task, why: str, seconds: float) -> Outcome:
    """Say that a run has no result."""
    line = Line(key=task.key, variant=variant, run=task.run, failed=why)
    return Outcome(variant, task.run, msgspec.json.encode(line) + b"\n", seconds, 0, 0, is_failed=True)


def _told(error: Exception) -> str:
    """Say what a run met; of a bug also where, by the name of the module, which is the same on every machine."""
    text = f"{type(error).__name__}: {error}"
    if isinstance(error, CloudsimError):
        return text
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    assert trace is not None, "it was raised"
    return f"{text} ({trace.tb_frame.f_globals.get('__name__')}, line {trace.tb_lineno})"
