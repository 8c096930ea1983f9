"""``cloudsim check EXPERIMENT.toml``: the same errors as a sweep's, and what the sweep would be: runs, calls, time.

Calls and time are those of run 0 of the first variant, or of its beginning where it is long, times the number of runs.
"""

import os
import tomllib
from pathlib import Path
from time import process_time  # noqa: TID251  how long a sweep will take is told, and is in no result
from typing import Final

import msgspec
from rich.table import Table

from cloudsim.cli.experiments import told_of
from cloudsim.cli.paper import Paper, table
from cloudsim.values.duration import SECOND, format_duration
from cloudsim.whatif.experiment.axes import Variant, variants
from cloudsim.whatif.experiment.load import EXTENDS, read_experiment
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.report.words import axis_value, number, span
from cloudsim.whatif.report.words import limit as limit_said
from cloudsim.whatif.running.replication import horizon_of, run_once
from cloudsim.whatif.sweeping.sweep import warnings

_OWN: Final = ("workload", "axes", "target", "event", "fleet", "runs", "horizon", "warmup", "world", EXTENDS)
"""Keys of experiments that worlds do not have."""
_ENOUGH_S: Final = 0.5
_FIRST_SHARE: Final = 64
_AXIS_MAX: Final = 6


def is_experiment(file: Path) -> bool:
    """Whether a file is an experiment; one that cannot be read is not."""
    if file.suffix != ".toml":
        return False
    try:
        document = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return any(key in document for key in _OWN)


def check_experiment(file: Path, *, no_color: bool) -> None:
    """Check an experiment with all its variants, and print what a sweep of it would be.

    Raises:
        CloudsimError: it is not sound; the text has a line for each problem.
    """
    experiment = read_experiment(file)
    with told_of(file):
        cases = variants(experiment)
    parts: list[Table | str] = [f"{file}: a sound experiment", _facts(experiment, cases)]
    if experiment.axes:
        parts.append(_axes(experiment))
    parts += [f"target: {limit_said(t.metric, at_most=t.at_most, at_least=t.at_least)}" for t in experiment.targets]
    parts += [f"Careful: {text}." for text in warnings(experiment)]
    Paper(no_color=no_color).show(*parts)


def _facts(experiment: Experiment, cases: tuple[Variant, ...]) -> Table:
    horizon_ns = horizon_of(cases[0].experiment)
    runs = len(cases) * experiment.runs
    calls, seconds = _expected(cases[0].experiment, horizon_ns)
    cores = len(os.sched_getaffinity(0))
    facts = [
        ("experiment", experiment.name),
        ("workloads", ", ".join(workload.name for workload in experiment.workloads)),
        ("horizon", format_duration(horizon_ns)),
        ("begins", "" if experiment.start_date is None else experiment.start_date.isoformat()),
        ("variants", str(len(cases))),
        ("runs", f"{number(runs)}, {experiment.runs} of each variant"),
        ("calls", f"about {number(_rounded(calls * runs))}, {number(_rounded(calls))} a run"),
        ("time", f"about {span(_rounded(seconds * runs / min(cores, runs)))} with {min(cores, runs)} processes"),
    ]
    made = table("what", "value", whole=("what",))
    for name, value in facts:
        if value:
            made.add_row(name, value)
    return made


def _axes(experiment: Experiment) -> Table:
    made = table("axis", "values", whole=("axis",))
    for key, values in experiment.axes.items():
        more = f" ... ({len(values)})" if len(values) > _AXIS_MAX else ""
        made.add_row(key, ", ".join(axis_value(value) for value in values[:_AXIS_MAX]) + more)
    return made


def _expected(experiment: Experiment, horizon_ns: int) -> tuple[float, float]:
    """Try a run, a longer part of it each time until that takes long enough to tell.

    Returns:
        Calls and processor seconds of a whole run.
    """
    share = _FIRST_SHARE
    while True:
        part_ns = max(SECOND, horizon_ns // share)
        begun = msgspec.structs.replace(experiment, horizon_ns=part_ns, warmup_ns=0)
        started_s = process_time()
        figures = run_once(begun, 0).figures
        took_s = process_time() - started_s
        if took_s >= _ENOUGH_S or share == 1:
            whole = horizon_ns / part_ns
            return whole * (figures["calls"] or 0), whole * took_s
        share //= 2


def _rounded(value: float) -> float:
    """Keep two digits: it is an estimate."""
    return float(f"{value:.2g}")
