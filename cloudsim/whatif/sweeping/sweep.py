"""A sweep: all runs of all variants of an experiment, from the reading to the folder of results."""

import platform
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from cloudsim.errors.own import SweepError
from cloudsim.version import __version__
from cloudsim.whatif.experiment.axes import Variant, variants
from cloudsim.whatif.experiment.reading import to_tables
from cloudsim.whatif.experiment.spec import Experiment, Target
from cloudsim.whatif.extras import need
from cloudsim.whatif.statistics import Estimate, judge
from cloudsim.whatif.sweeping.backlog import Backlog
from cloudsim.whatif.sweeping.columns import Columns
from cloudsim.whatif.sweeping.engine import Engine
from cloudsim.whatif.sweeping.estimating import estimate_of, method_of, metrics_of, warnings_of
from cloudsim.whatif.sweeping.folder import EXPERIMENT, PROVENANCE, Tables, write_document, write_summary
from cloudsim.whatif.sweeping.inputs import input_files
from cloudsim.whatif.sweeping.keys import key_of_sweep, keys_of_variants
from cloudsim.whatif.sweeping.ledger import Ledger
from cloudsim.whatif.sweeping.results import FailedRun, SweepResult, TargetResult, VariantResult
from cloudsim.whatif.sweeping.work import Line, Outcome, Task, pickled


@dataclass(slots=True)
class Progress:
    """How far a sweep is, and what it looks like so far."""

    total: int
    done: int = 0
    failed: int = 0
    offered: dict[int, int] = field(default_factory=dict)
    """Items so far, by variant."""
    rejected: dict[int, int] = field(default_factory=dict)

    def note(self, outcome: Outcome) -> None:
        """Count a run."""
        self.done += 1
        self.failed += outcome.is_failed
        self.offered[outcome.variant] = self.offered.get(outcome.variant, 0) + outcome.offered
        self.rejected[outcome.variant] = self.rejected.get(outcome.variant, 0) + outcome.rejected


def sweep(
    experiment: Experiment,
    engine: Engine,
    folder: Path,
    *,
    resume: bool = False,
    all_digests: bool = False,
    series_runs: int = 0,
    path: Path | None = None,
    command: Sequence[str] = (),
    progress: Callable[[Progress], None] | None = None,
) -> SweepResult:
    """Make all runs of an experiment, and write the results down.

    Args:
        experiment: as it was read.
        engine: makes the runs.
        folder: of the results; it must be new or empty, unless the sweep is resumed.
        resume: whether to go on with what is there.
        all_digests: whether each run has the journal's digest, and not only run 0 of each variant.
        series_runs: of how many runs of each variant, the first ones, the course over time is kept, for plots.
        path: of the experiment's file, for the provenance.
        command: how it was asked for, likewise.
        progress: called after each run.

    Raises:
        SweepError: the folder is another's, nobody can work, or all runs failed.
        ExperimentError: a combination of the axes is not sound.
        MissingExtra: intervals, or the engine, need a library.
    """
    if experiment.runs > 1:
        need("scipy.special", extra="whatif")  # now, and not after all runs
    cases = variants(experiment)
    keys = keys_of_variants(cases)
    with Ledger(
        folder,
        name=experiment.name,
        keys=keys,
        runs=experiment.runs,
        all_digests=all_digests,
        series_runs=series_runs,
        resume=resume,
    ) as ledger:
        write_document(folder / PROVENANCE, _provenance(experiment, keys, path, command))
        write_document(folder / EXPERIMENT, to_tables(experiment))
        _make_runs(cases, engine, ledger, progress)
        with Tables(folder, with_series=series_runs > 0) as tables:
            found = tuple(_found(experiment, case, ledger, tables) for case in cases)
        result = SweepResult(
            experiment=experiment.name,
            seed=experiment.seed,
            runs=experiment.runs,
            variants=found,
            start_date=None if experiment.start_date is None else experiment.start_date.isoformat(),
        )
        write_summary(folder, result)
    if result.failed_count == len(cases) * experiment.runs:
        raise SweepError(f"no run has a result; run 0 of variant 0: {result.variants[0].failed[0].why}")
    return result


def warnings(experiment: Experiment) -> Iterator[str]:
    """Say which targets cannot be shown by so few runs, before any is made."""
    for target in experiment.targets:
        blank = Estimate(estimate=None, n=experiment.runs, method=method_of(target.metric))
        for text in warnings_of(target, blank):
            yield f"target {target.metric} {text}"


def _make_runs(
    cases: Sequence[Variant], engine: Engine, ledger: Ledger, report: Callable[[Progress], None] | None
) -> None:
    missing = ledger.missing_count
    progress = Progress(total=len(cases) * ledger.runs, done=len(cases) * ledger.runs - missing)

    def wanted() -> Iterator[tuple[int, bytes, Iterator[Task]]]:
        for case in cases:
            yield case.index, pickled(case.experiment), ledger.missing(case.index)

    with closing(engine.outcomes(Backlog(wanted(), count=missing, jobs=engine.jobs))) as outcomes:
        for outcome in outcomes:
            ledger.add(outcome)
            progress.note(outcome)
            if report is not None:
                report(progress)


def _found(experiment: Experiment, case: Variant, ledger: Ledger, tables: Tables) -> VariantResult:
    """Read the runs of a variant, and estimate."""
    columns, digests, failed = Columns(), sha256(), []
    first: Line | None = None
    for line in ledger.lines(case.index):
        first = first or line
        tables.add(line)
        digests.update(f"{line.result_digest}\n".encode())
        if line.failed is None:
            columns.add(line.figures)
        else:
            failed.append(line)
    assert first is not None, "there is a run"
    measured = next((value for value in columns.values("measured_seconds") if value is not None), None)
    horizon = None if measured is None else measured + case.experiment.warmup_ns / 10**9
    metrics = {name: estimate_of(name, columns, horizon=horizon) for name in metrics_of(columns)}
    return VariantResult(
        index=case.index,
        axes=case.axes,
        metrics=metrics,
        targets=tuple(_judged(target, metrics, columns, horizon) for target in experiment.targets),
        result_digest=digests.hexdigest(),
        digest=first.digest,
        failed=tuple(FailedRun(run=line.run, why=line.failed or "") for line in failed),
    )


def _judged(target: Target, metrics: dict[str, Estimate], columns: Columns, horizon: float | None) -> TargetResult:
    estimate = metrics.get(target.metric) or estimate_of(target.metric, columns, horizon=horizon)
    verdict = judge(estimate, at_most=target.at_most, at_least=target.at_least)
    return TargetResult(
        metric=target.metric,
        at_most=target.at_most,
        at_least=target.at_least,
        bound=verdict.bound,
        met=verdict.met,
        warnings=warnings_of(target, estimate),
    )


def _provenance(
    experiment: Experiment, keys: Sequence[str], path: Path | None, command: Sequence[str]
) -> dict[str, Any]:
    """Say where results come from."""
    return {
        "format_version": 1,
        "experiment": experiment.name,
        "key": key_of_sweep(keys),
        "variant_keys": list(keys),
        "seed": experiment.seed,
        "runs": experiment.runs,
        "command": list(command),
        "inputs": {} if path is None else input_files(path),
        "versions": {
            "cloudsim": __version__,
            "python": platform.python_version(),
            "platform": platform.platform(),
        },
    }
