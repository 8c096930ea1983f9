"""The runs of one variant by an engine of sweeps, without a folder: for searches, whose variants come of each other."""

from collections.abc import Callable
from contextlib import closing

import msgspec

from cloudsim.errors.own import SweepError
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.sweeping.backlog import Backlog
from cloudsim.whatif.sweeping.columns import Columns
from cloudsim.whatif.sweeping.engine import Engine
from cloudsim.whatif.sweeping.work import Line, Task, pickled


def replicate(
    experiment: Experiment, engine: Engine, columns: Columns, *, note: Callable[[], None] | None = None
) -> None:
    """Make the runs of an experiment that columns do not have yet, and add their figures in order.

    Args:
        experiment: one without axes.
        engine: makes them.
        columns: those of the first runs, or of none.
        note: called after each.

    Raises:
        SweepError: a run failed.
    """
    tasks = [Task(run=run, key="", with_digest=False) for run in range(columns.count, experiment.runs)]
    lines: dict[int, Line] = {}
    backlog = Backlog([(0, pickled(experiment), tasks)], count=len(tasks), jobs=engine.jobs)
    with closing(engine.outcomes(backlog)) as outcomes:
        for outcome in outcomes:
            lines[outcome.run] = line = msgspec.json.decode(outcome.line, type=Line)
            if line.failed is not None:
                raise SweepError(f"run {outcome.run}: {line.failed}")
            if note is not None:
                note()
    for run in sorted(lines):
        columns.add(lines[run].figures)
