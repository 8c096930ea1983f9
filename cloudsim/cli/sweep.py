"""``cloudsim sweep``: make all runs of an experiment, and say what came of them."""

import os
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cloudsim.cli.documents import echo_document
from cloudsim.cli.experiments import experiment_file, told_of
from cloudsim.cli.guard import Exit
from cloudsim.whatif.experiment.load import read_experiment
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.report import read_results, write_report
from cloudsim.whatif.report.findings import findings_of
from cloudsim.whatif.sweeping.cluster import DaskEngine
from cloudsim.whatif.sweeping.engine import Engine
from cloudsim.whatif.sweeping.local import LocalEngine
from cloudsim.whatif.sweeping.results import SweepResult
from cloudsim.whatif.sweeping.sweep import Progress, sweep, warnings

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

RESULTS: Final = "cloudsim-results"


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepOptions:
    """The options of ``cloudsim sweep``."""

    jobs: int | None
    engine: str
    scheduler: str | None
    folder: Path | None
    resume: bool
    fail_on_target: bool
    digest: str
    as_json: bool
    quiet: bool
    no_color: bool
    series: int = 20
    no_report: bool = False


def sweep_command(path: Path, options: SweepOptions) -> Exit:
    """Make a sweep.

    Raises:
        CloudsimError: the experiment, or the folder, is wrong.
    """
    path = experiment_file(path)
    experiment = read_experiment(path)
    folder = options.folder or free_folder(experiment.name, resume=options.resume)
    for text in warnings(experiment):
        click.echo(f"Warning: {text}", err=True)
    with told_of(path):
        result = _swept(experiment, path, folder, options)
    results = read_results(folder)
    if not options.no_report:
        write_report(results, with_plots=find_spec("plotly") is not None)
    if options.as_json:
        echo_document(result.document())
    elif not options.quiet:
        from cloudsim.cli.sweep_view import print_result

        print_result(result, list(findings_of(results)), folder, no_color=options.no_color)
    for variant in result.variants:
        for failed in variant.failed[:3]:
            click.echo(f"Warning: run {failed.run} of variant {variant.index} failed: {failed.why}", err=True)
    is_broken = bool(result.failed_count) or (options.fail_on_target and not result.meets_targets)
    return Exit.BROKEN if is_broken else Exit.OK


def _swept(experiment: Experiment, path: Path, folder: Path, options: SweepOptions) -> SweepResult:
    shown = None if options.quiet else _progress()
    try:
        return sweep(
            experiment,
            _engine(options),
            folder,
            resume=options.resume,
            all_digests=options.digest == "all",
            series_runs=options.series,
            path=path,
            command=["cloudsim", *sys.argv[1:]],
            progress=shown,
        )
    except KeyboardInterrupt:
        click.echo(f"\nWhat is finished is kept; go on with: cloudsim sweep {path} --dir {folder} --resume", err=True)
        raise
    finally:
        if shown is not None:
            shown.close()


def _engine(options: SweepOptions) -> Engine:
    jobs = options.jobs or len(os.sched_getaffinity(0))
    return LocalEngine(jobs) if options.engine == "local" else DaskEngine(jobs, scheduler=options.scheduler)


def free_folder(name: str, *, resume: bool) -> Path:
    """Choose the folder of results where none is named: the first that is free, or to resume the last that is not."""
    base = Path(RESULTS) / "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in name)
    folder, number = base, 1
    while folder.exists():
        number += 1
        before, folder = folder, base.with_name(f"{base.name}-{number}")
        if resume and not folder.exists():
            return before
    return folder


def _progress() -> "_Shown | None":
    return _Shown() if sys.stderr.isatty() else None


class _Shown:
    """A bar with the time that is left and the estimates so far; shows nothing before the first run is done."""

    def __init__(self) -> None:
        self._shown: tuple[Bar, TaskID] | None = None

    def __call__(self, progress: Progress) -> None:
        """Show how far it is."""
        bar, task = self._shown if self._shown is not None else self._begin(progress)
        bar.update(task, completed=progress.done, description=running_estimates(progress))

    def _begin(self, progress: Progress) -> "tuple[Bar, TaskID]":
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        bar = Bar(
            BarColumn(), MofNCompleteColumn(), "left:", TimeRemainingColumn(), TextColumn("{task.description}"),
            console=Console(stderr=True), transient=True, refresh_per_second=5,
        )  # fmt: skip
        bar.start()
        self._shown = (bar, bar.add_task("", total=progress.total, completed=progress.done))
        return self._shown

    def close(self) -> None:
        """Take it away."""
        if self._shown is not None:
            self._shown[0].stop()


def running_estimates(progress: Progress) -> str:
    """Say what the rejection ratios look like so far, of the first few variants."""
    ratios = [
        f"{progress.rejected[variant] / offered:.3g}"
        for variant, offered in sorted(progress.offered.items())[:6]
        if offered
    ]
    more = " ..." if len(progress.offered) > 6 else ""
    failed = f", {progress.failed} failed" if progress.failed else ""
    return f"rejected: {', '.join(ratios)}{more}{failed}" if ratios else failed.removeprefix(", ")
