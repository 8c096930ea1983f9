"""``cloudsim search``: the smallest capacity that meets a target, for people and for machines."""

import os
from dataclasses import dataclass
from pathlib import Path

import click
from rich.table import Table

from cloudsim.cli.documents import echo_document
from cloudsim.cli.experiments import experiment_file, told_of
from cloudsim.cli.guard import Exit
from cloudsim.cli.paper import Paper, table
from cloudsim.cli.progress import ProgressBar
from cloudsim.whatif.experiment.load import read_experiment
from cloudsim.whatif.experiment.spec import AxisValue, Experiment
from cloudsim.whatif.extras import need
from cloudsim.whatif.found import Found, Tried
from cloudsim.whatif.replicating import replicate
from cloudsim.whatif.report.words import figure, interval, limit, value_of
from cloudsim.whatif.searching import search
from cloudsim.whatif.sweeping.columns import Columns
from cloudsim.whatif.sweeping.estimating import warnings_of
from cloudsim.whatif.sweeping.local import LocalEngine
from cloudsim.whatif.sweeping.sweep import warnings


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOptions:
    """The options of ``cloudsim search``."""

    path: str
    metric: str | None
    bounds: tuple[int, int] | None
    jobs: int | None
    as_json: bool
    no_color: bool


def search_command(file: Path, options: SearchOptions) -> Exit:
    """Search, and say what was found.

    Raises:
        CloudsimError: the experiment or the path is wrong, or a run failed.
    """
    file = experiment_file(file)
    experiment = read_experiment(file)
    if experiment.runs > 1:
        need("scipy.special", extra="whatif")  # now, and not after all runs
    for text in warnings(experiment):
        click.echo(f"Warning: {text}", err=True)
    with told_of(file), ProgressBar() as bar:
        watched = _Watched(options, bar if ProgressBar.is_wanted() else None)
        found = search(
            experiment, options.path, watched.make, metric=options.metric, bounds=options.bounds, watch=watched.begin
        )
    if options.as_json:
        echo_document(found.document())
    else:
        Paper(no_color=options.no_color).show(*_told(found))
    return Exit.BROKEN if found.answer is None else Exit.OK


class _Watched:
    """Makes runs, and shows how far the search is: at most so many runs to go, which becomes fewer as it narrows."""

    def __init__(self, options: SearchOptions, bar: ProgressBar | None) -> None:
        self._engine = LocalEngine(options.jobs or len(os.sched_getaffinity(0)))
        self._bar = bar
        self._done = self._total = 0
        self._text = ""

    def begin(self, value: AxisValue, runs: int, left: int) -> None:
        """Go on to a value."""
        self._total, self._text = self._done + left, f"{value}: {runs} runs"
        self._show()

    def make(self, experiment: Experiment, columns: Columns) -> None:
        """Make the runs that are missing."""
        replicate(experiment, self._engine, columns, note=self._note)

    def _note(self) -> None:
        self._done += 1
        self._show()

    def _show(self) -> None:
        if self._bar is not None:
            self._bar(self._done, self._total, self._text)


def _told(found: Found) -> list[Table | str]:
    parts: list[Table | str] = [f"{found.experiment}: {len(found.tried)} values tried, {found.runs} runs each"]
    if found.glanced:
        runs = found.glanced[0].runs
        parts[0] = f"{parts[0]}; {len(found.glanced)} more ruled out by {runs} runs each"
    parts += [f"Of the axis {key} the first value was taken: {value}" for key, value in found.taken.items()]
    parts.append(_table(found))
    parts += [f"More is not always better: {text}." for text in found.findings]
    answer = next((one for one in found.tried if one.value == found.answer), None)
    parts += [f"With {answer.value}: {answer.figure.caution}."] if answer is not None and answer.figure.caution else []
    return [*parts, sentence(found)]


def _table(found: Found) -> Table:
    metric = found.target.metric
    made = table(found.path, metric, "95 % interval", "bound", "met", numbers=(metric, "bound"))
    for one in found.tried:
        made.add_row(
            str(one.value), value_of(metric, one.figure), interval(metric, one.figure),
            figure(metric, one.verdict.bound), "yes" if one.verdict.met else "no",
        )  # fmt: skip
    return made


def sentence(found: Found) -> str:
    """Say in one sentence what a planner should do."""
    metric, path = found.target.metric, found.path
    wanted = limit(metric, at_most=found.target.at_most, at_least=found.target.at_least)
    if found.answer is None:
        most = found.tried[-1]
        return f"No {path} that was tried keeps {wanted}, up to {most.value}{_why_not(found, most)}."
    place = next(index for index, one in enumerate(found.tried) if one.value == found.answer)
    answer = found.tried[place]
    less = found.tried[place - 1] if place else None
    below = f"; with {less.value} it is {value_of(metric, less.figure)}" if less else ", and the smallest there is"
    side = "at most" if found.target.at_most is not None else "at least"
    return (
        f"Take {path} = {found.answer}: the smallest that keeps {wanted}, at one-sided 95 % "
        f"({metric} is {value_of(metric, answer.figure)}, {side} {figure(metric, answer.verdict.bound)}){below}."
    )


def _why_not(found: Found, most: Tried) -> str:
    if most.verdict.bound is None:
        return ": one run has no interval, so give the experiment more runs"
    codes = [
        name.removeprefix("rejected.")
        for name, one in most.metrics.items()
        if name.startswith("rejected.") and "@" not in name and one.estimate
    ]
    binds = f"{' and '.join(codes)} refuses" if codes else "nothing refuses"
    if found.is_without_effect:
        return f", and more changes nothing: {binds} there, so lift that limit first"
    few = warnings_of(found.target, most.figure)
    needs = f"; the target {few[-1]}" if few else ""
    return f", where {value_of(found.target.metric, most.figure)} is the estimate and {binds}{needs}"
