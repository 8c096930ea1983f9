"""``cloudsim search``: the smallest capacity that meets a target, for people and for machines."""

import os
from dataclasses import dataclass
from pathlib import Path

import click
from rich.table import Table

from cloudsim.cli.documents import echo_document
from cloudsim.cli.guard import Exit
from cloudsim.cli.paper import Paper, table
from cloudsim.cli.progress import ProgressBar
from cloudsim.whatif.experiment.load import read_experiment
from cloudsim.whatif.experiment.spec import Experiment, Target
from cloudsim.whatif.extras import need
from cloudsim.whatif.replicating import replicate
from cloudsim.whatif.searching import Found, Make, Tried, search
from cloudsim.whatif.sweeping.columns import Columns
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
    experiment = read_experiment(file)
    if experiment.runs > 1:
        need("scipy.special", extra="whatif")  # now, and not after all runs
    for text in warnings(experiment):
        click.echo(f"Warning: {text}", err=True)
    with ProgressBar() as progress:
        make = _maker(options, progress if ProgressBar.is_wanted() else None)
        found = search(experiment, options.path, make, metric=options.metric, bounds=options.bounds)
    if options.as_json:
        echo_document(found.document())
    else:
        Paper(no_color=options.no_color).show(*_told(found))
    return Exit.BROKEN if found.answer is None else Exit.OK


def _maker(options: SearchOptions, progress: ProgressBar | None) -> Make:
    """Make what makes runs; the bar is about the value that is tried."""
    engine = LocalEngine(options.jobs or len(os.sched_getaffinity(0)))

    def make(experiment: Experiment) -> Columns:
        done = 0

        def note() -> None:
            nonlocal done
            done += 1
            if progress is not None:
                progress(done, experiment.runs)

        return replicate(experiment, engine, note=note)

    return make


def _told(found: Found) -> list[Table | str]:
    parts: list[Table | str] = [f"{found.experiment}: {len(found.tried)} values tried, {found.runs} runs each"]
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
        low, high = one.figure.low, one.figure.high
        interval = "-" if low is None or high is None else f"{low:.5g} .. {high:.5g}"
        made.add_row(
            str(one.value), _number(one.figure.estimate), interval, _number(one.verdict.bound),
            "yes" if one.verdict.met else "no",
        )  # fmt: skip
    return made


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.5g}"


def sentence(found: Found) -> str:
    """Say in one sentence what a planner should do."""
    wanted, path = _wanted(found.target), found.path
    if found.answer is None:
        most = found.tried[-1]
        why = _why_not(found, most)
        return f"No {path} that was tried keeps {wanted}, up to {most.value}{why}."
    place = next(index for index, one in enumerate(found.tried) if one.value == found.answer)
    answer = found.tried[place]
    less = (
        f"; with {found.tried[place - 1].value} it is {_number(found.tried[place - 1].figure.estimate)}"
        if place
        else ""
    )
    return (
        f"Take {path} = {found.answer}: the smallest that keeps {wanted}, at one-sided 95 % "
        f"({found.target.metric} is {_number(answer.figure.estimate)}, bound {_number(answer.verdict.bound)}{less})."
    )


def _wanted(target: Target) -> str:
    if target.at_most is not None:
        return f"{target.metric} at most {target.at_most:g}"
    return f"{target.metric} at least {target.at_least:g}"


def _why_not(found: Found, most: Tried) -> str:
    codes = [
        name.removeprefix("rejected.")
        for name, one in most.metrics.items()
        if name.startswith("rejected.") and "@" not in name and one.estimate
    ]
    binds = f"{' and '.join(codes)} refuses" if codes else "nothing refuses"
    if found.is_without_effect:
        return f", and more changes nothing: {binds} there, so lift that limit first"
    if most.verdict.bound is None:
        return ": one run has no interval, so give the experiment more runs"
    return f", where {_number(most.figure.estimate)} is the estimate and {binds}"
