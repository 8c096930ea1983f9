"""What a sweep costs beside its runs.

workers    the same sweep by two workers and by one, wall time, in turn; it says nothing on a machine that is busy
outside    a sweep of small runs: CPU time of the driver and its worker beyond that of the runs themselves, and
           wall time when its one worker is not in a run
memory     of the driver: how much more a long sweep has in use at its peak than a short one
"""

import os
import resource
import tracemalloc
from collections.abc import Generator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time  # noqa: TID251  a benchmark is where real time is measured

from cloudsim.lab.engine.planner import pool
from cloudsim.lab.engine.ratio import Effort, Ratio, once, ratio
from cloudsim.lab.timing import Timing
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.running.replication import RunResult, run_once
from cloudsim.whatif.sweeping.backlog import Backlog
from cloudsim.whatif.sweeping.ledger import TIMINGS
from cloudsim.whatif.sweeping.local import LocalEngine
from cloudsim.whatif.sweeping.sweep import sweep
from cloudsim.whatif.sweeping.work import Outcome, Replicate, perform


def sweeps_part(effort: Effort) -> Iterator[Ratio]:
    """Measure it."""
    if effort.is_quick:
        yield from outside_ratios(10, runs=200)
        yield memory_ratio(few=100, many=400)
    else:
        yield workers_ratio(3)
        yield from outside_ratios(9)
        yield memory_ratio()


def workers_ratio(rounds: int, *, runs: int = 60, hours: int = 20) -> Ratio:
    """Compare the wall times of two workers and of one, their start included."""
    experiment = pool(hours=hours, runs=runs)
    taken: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(rounds):
        for jobs, times in taken.items():
            times.append(_swept(experiment, LocalEngine(jobs))[0] * 1e9)
    timings = {f"{jobs}": Timing(tuple(times)) for jobs, times in taken.items()}
    busy = f"load {os.getloadavg()[0]:.1f} on {len(os.sched_getaffinity(0))} cores"
    return ratio("one worker / two, wall time", timings, "1", "2", at_least=1.7, note=busy)


def outside_ratios(rounds: int, *, runs: int = 10_000) -> Iterator[Ratio]:
    """Find how much of a sweep of small runs is not runs.

    The start of the worker counts as outside, so there is a goal for a thousand runs and more alone.
    """
    bound = 0.1 if runs >= 1000 else None
    experiment = pool(hours=4, runs=runs, cidr="10.0.0.0/27", load=20)
    sample = max(1, min(runs, 100 * rounds))
    began = process_time()
    for run in range(sample):
        run_once(experiment, run)
    inside = (process_time() - began) / sample * runs
    wall, driver, worker, in_runs = _swept(experiment, LocalEngine(1))
    share = (driver + worker - inside) / (driver + worker)
    yield once(f"share of CPU time outside {runs} small runs", share, at_most=bound, ns=driver / runs * 1e9)
    yield once("share of the wall time of that sweep outside its runs", 1 - in_runs / wall, at_most=bound)


def memory_ratio(*, few: int = 500, many: int = 2000) -> Ratio:
    """Find what a finished run leaves in the driver."""
    _peak_bytes(few)  # what is imported on the way stays
    few_peak, many_peak = (_peak_bytes(runs) for runs in (few, many))
    return once("bytes of the driver for a finished run", (many_peak - few_peak) / (many - few), at_most=2048)


class Inline:
    """An engine of the driver's own process."""

    jobs = 1

    def __init__(self, replicate: Replicate) -> None:
        self._replicate = replicate

    def outcomes(self, backlog: Backlog) -> Generator[Outcome, None, None]:
        """Make the runs."""
        while (chunk := backlog.take()) is not None:
            yield from perform(chunk, self._replicate)


def _peak_bytes(runs: int) -> int:
    """Sweep with the figures of a real run, each time a little different."""
    experiment = pool(hours=4, runs=runs, cidr="10.0.0.0/27", load=20)
    real = run_once(experiment, 0)

    def like(_: Experiment, run: int, *, with_digest: bool = False) -> RunResult:
        figures = {name: None if value is None else value + run % 7 for name, value in real.figures.items()}
        figures |= {"rejected": run % 3}
        digest = real.result_digest
        return RunResult(figures=figures, result_digest=digest, digest=digest if with_digest else None)

    tracemalloc.start()
    try:
        _swept(experiment, Inline(like))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _swept(experiment: Experiment, engine: LocalEngine | Inline) -> tuple[float, float, float, float]:
    """Sweep into a folder that is thrown away: wall time, CPU time of driver and workers, wall time within runs."""
    with TemporaryDirectory() as folder:
        wall, own, others = perf_counter(), process_time(), _of_children()
        sweep(experiment, engine, Path(folder) / "results")
        wall, own, others = perf_counter() - wall, process_time() - own, _of_children() - others
        timings = (Path(folder) / "results" / TIMINGS).read_text("utf-8").splitlines()
        return wall, own, others, sum(float(line.rpartition(",")[2]) for line in timings)


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
