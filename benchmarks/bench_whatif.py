"""What-ifs: calls in planner mode, the kernel against Ciw, and what a sweep costs beside its runs.

    calls      replications as sweeps make them (metrics on), by the CPU time of the thread; ENIs of a Poisson workload
               without and with the journal's digest, and pods on a fleet's ENIs
    Ciw        M/M/12/12 at 8 erlang: an arrival or a departure is an event, in both, and in both each of them draws its
               times with ``random.expovariate``; Ciw writes a record for each customer, the kernel's model counts
    workers    the same sweep by two workers and by one, wall time, in turn; it says nothing on a machine that is busy
    outside    a sweep of 10 000 small runs: CPU time of the driver and its worker beyond that of the runs themselves,
               and wall time when its one worker is not in a run
    memory     of the driver: how much more a sweep of 2 000 runs has in use at its peak than one of 500

Two of the goals are rates, as the issue sets them, and not ratios: they hold for the kind of machine that the README
names. Ciw is optional; without it that row is missing.
"""

import os
import random  # noqa: TID251  as Ciw draws
import resource
import sys
import tracemalloc
from array import array
from collections.abc import Callable, Generator
from functools import partial
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time  # noqa: TID251  a benchmark is where real time is measured
from typing import Any, Final

from benchmarks.harness import Goal, Timing, main, measure
from cloudsim.kernel.actor import Step
from cloudsim.kernel.kernel import Kernel
from cloudsim.values.duration import SECOND
from cloudsim.whatif.analytic import erlang_b
from cloudsim.whatif.experiment.building import from_tables
from cloudsim.whatif.experiment.check import check
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.experiment.worlds import read_world
from cloudsim.whatif.running.replication import RunResult, run_once
from cloudsim.whatif.sweeping.backlog import Backlog
from cloudsim.whatif.sweeping.ledger import TIMINGS
from cloudsim.whatif.sweeping.local import LocalEngine
from cloudsim.whatif.sweeping.sweep import sweep
from cloudsim.whatif.sweeping.work import Outcome, Replicate, perform

HAS_CIW: Final = find_spec("ciw") is not None
PLACES, LOAD = 12, 8
_HOUR: Final = 3600 * SECOND
CALLS_FLOOR, DIGEST_FLOOR = 60_000, 30_000
"""Calls per CPU second."""
CIW_FLOOR, WORKERS_FLOOR = 1.5, 1.7
OUTSIDE_MOST, BYTES_MOST = 0.1, 2048


def pool(*, hours: int, runs: int = 1, cidr: str = "10.0.0.0/24", load: int = 200) -> Experiment:
    """ENIs that come at random and stay for an hour on average."""
    return _experiment(
        cidr, {"kind": "poisson", "rate": f"{load}/h", "lifetime": {"kind": "exponential", "mean": "1h"}}, hours, runs
    )


def fleet(*, hours: int) -> Experiment:
    """Pods on shared ENIs of as many nodes as they need."""
    pods = {
        "kind": "poisson", "rate": "200/h", "lifetime": {"kind": "exponential", "mean": "1h"},
        "holds": "ip", "vswitch": ["vsw-a"],
    }  # fmt: skip
    nodes = {"instance_type": "ecs.g7ne.xlarge", "nodes": "first-fit", "mode": "shared-eni"}
    return _experiment("10.0.0.0/22", pods, hours, 1, fleet=nodes)


def _experiment(cidr: str, workload: dict[str, Any], hours: int, runs: int, **more: Any) -> Experiment:  # noqa: ANN401
    world = {
        "account": [{"id": "acme", "eni_quota": 100_000}],
        "region": [{"id": "cn-hangzhou", "zones": ["cn-hangzhou-h"]}],
        "vpc": [{"id": "vpc-1", "cidr": "10.0.0.0/8"}],
        "vswitch": [{"id": "vsw-a", "zone": "cn-hangzhou-h", "cidr": cidr}],
        "security_group": [{"id": "sg-1", "capacity": 100_000}],
    }
    top = {"format": 1, "name": "bench", "seed": 1, "runs": runs, "horizon": f"{hours}h", "latency": "none"}
    made = from_tables({**top, "workload": [{"name": "pods", **workload}], **more}, read_world(world))
    check(made)
    return made


# -- calls in planner mode


def bench_calls(rounds: int, *, hours: int = 20) -> list[Goal]:
    """Count the calls of a CPU second, replication by replication."""
    enis, pods = pool(hours=hours), fleet(hours=hours)
    timings = measure(
        {
            "ENIs": partial(_calls, enis, with_digest=False),
            "ENIs, with digest": partial(_calls, enis, with_digest=True),
            "pods": partial(_calls, pods, with_digest=False),
        },
        rounds=rounds,
        collects=True,
    )
    floors = {"ENIs": CALLS_FLOOR, "ENIs, with digest": DIGEST_FLOOR}
    return [_rate(f"calls per CPU second: {name}", timing, floors.get(name, 0)) for name, timing in timings.items()]


def _calls(experiment: Experiment, *, with_digest: bool) -> int:
    """Make a run, and give how many API calls were in it."""
    return int(run_once(experiment, 0, with_digest=with_digest).figures["calls"] or 0)


def _rate(what: str, timing: Timing, floor: float) -> Goal:
    return Goal(what=what, ratio=1e9 / timing.ns, bound=floor, is_floor=True, ns=timing.ns)


# -- the kernel against Ciw


class LossModel:
    """M/M/c/c as callbacks of the kernel; it goes on from where it was left."""

    def __init__(self, seed: int) -> None:
        self.kernel, self.draw = Kernel(), random.Random(seed).expovariate  # noqa: S311
        self.taken = self.arrived = self.refused = self.departed = 0
        self._next()

    def run(self, hours: int) -> int:
        """Run for so long, and give how many arrived and departed in it."""
        before = self.arrived + self.departed
        horizon_ns = self.kernel.now_ns + hours * _HOUR
        while self.kernel.run(steps=1_000_000, horizon_ns=horizon_ns) is Step.RAN:
            pass
        return self.arrived + self.departed - before

    def _next(self) -> None:
        self.kernel.call_at(self.kernel.now_ns + int(self.draw(LOAD) * _HOUR), self._arrive, name="arrival")

    def _arrive(self) -> None:
        self.arrived += 1
        if self.taken == PLACES:
            self.refused += 1
        else:
            self.taken += 1
            self.kernel.call_at(self.kernel.now_ns + int(self.draw(1) * _HOUR), self._depart, name="departure")
        self._next()

    def _depart(self) -> None:
        self.taken -= 1
        self.departed += 1


def ciw_run(hours: int, seed: int) -> tuple[int, int, int]:
    """Run the same model in Ciw: arrived, refused, departed."""
    ciw = import_module("ciw")

    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(LOAD)],
        service_distributions=[ciw.dists.Exponential(1)],
        number_of_servers=[PLACES],
        queue_capacities=[0],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(hours)
    served = len(simulation.get_all_records(only=["service"]))
    refused = len(simulation.get_all_records(only=["rejection"]))
    present = simulation.nodes[1].number_of_individuals
    return served + refused + present, refused, served


def bench_ciw(rounds: int, *, hours: int = 1000) -> list[Goal]:
    """Compare events per CPU second on the equal model."""
    if not HAS_CIW:
        return []
    model, seeds = LossModel(1), iter(range(1, 1000))

    def by_ciw() -> int:
        arrived, _, departed = ciw_run(hours, next(seeds))
        return arrived + departed

    timings = measure({"Ciw": by_ciw, "kernel": partial(model.run, hours)}, rounds=rounds, collects=True)
    kernel = timings["kernel"]
    what = f"Ciw / kernel, an event of M/M/{PLACES}/{PLACES}"
    return [Goal(what=what, ratio=timings["Ciw"].ratio(kernel), bound=CIW_FLOOR, is_floor=True, ns=kernel.ns)]


# -- sweeps


def bench_workers(rounds: int, *, runs: int = 60, hours: int = 20) -> list[Goal]:
    """Compare the wall times of two workers and of one, their start included."""
    experiment, taken = pool(hours=hours, runs=runs), {1: array("d"), 2: array("d")}
    for _ in range(max(1, rounds // 3)):
        for jobs, times in taken.items():
            times.append(_swept(experiment, LocalEngine(jobs))[0])
    ratio = median(one / two for one, two in zip(taken[1], taken[2], strict=True))
    busy = f"load {os.getloadavg()[0]:.1f} on {len(os.sched_getaffinity(0))} cores"
    what = f"one worker / two, wall time ({busy})"
    return [Goal(what=what, ratio=ratio, bound=WORKERS_FLOOR, is_floor=True, ns=median(taken[2]) * 1e9)]


def bench_outside(rounds: int, *, runs: int = 10_000) -> list[Goal]:
    """Find how much of a sweep of small runs is not runs; the start of the worker counts as outside."""
    experiment = pool(hours=4, runs=runs, cidr="10.0.0.0/27", load=20)
    sample = max(1, min(runs, 100 * rounds))
    began = process_time()
    for run in range(sample):
        run_once(experiment, run)
    inside = (process_time() - began) / sample * runs
    wall, driver, worker, in_runs = _swept(experiment, LocalEngine(1))
    share = (driver + worker - inside) / (driver + worker)
    what = f"CPU time outside {runs} runs of {inside / runs * 1e3:.1f} ms: driver {driver:.1f} s, worker {worker:.1f} s"
    return [
        Goal(what=what, ratio=share, bound=OUTSIDE_MOST, ns=driver / runs * 1e9),
        Goal(what="wall time of that sweep outside its runs", ratio=1 - in_runs / wall, bound=OUTSIDE_MOST),
    ]


def bench_memory(rounds: int, *, few: int = 500, many: int = 2000) -> list[Goal]:
    """Find what a finished run leaves in the driver."""
    assert rounds, "once is enough: memory does not vary"
    _peak_bytes(few)  # what is imported on the way stays
    few_peak, many_peak = (_peak_bytes(runs) for runs in (few, many))
    ratio = (many_peak - few_peak) / (many - few)
    return [Goal(what="bytes of the driver for a finished run", ratio=ratio, bound=BYTES_MOST)]


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


def bench_whatif_smoke() -> str:
    """Do a little of each, and give the digest of what came of it."""
    model = LossModel(1)
    model.run(100)
    told = [run_once(one, 0, with_digest=True).digest for one in (pool(hours=1), fleet(hours=1))]
    return sha256(repr((told, model.arrived, model.refused, model.departed)).encode()).hexdigest()


def blocked_by_kernel(hours: int) -> tuple[float, float]:
    """Give the share that the kernel's model refuses, and what it should be."""
    model = LossModel(1)
    model.run(hours)
    return model.refused / model.arrived, erlang_b(float(LOAD), PLACES)


BENCHMARKS: Final[tuple[Callable[[int], list[Goal]], ...]] = (
    bench_calls, bench_ciw, bench_workers, bench_outside, bench_memory,
)  # fmt: skip

if __name__ == "__main__":
    names = [name for name in sys.argv[1:] if not name.startswith("-")]
    main([one for one in BENCHMARKS if not names or one.__name__.removeprefix("bench_") in names], rounds=9)
