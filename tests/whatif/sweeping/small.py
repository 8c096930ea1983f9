"""A small experiment, and runs of it that are quick, slow, wrong or deadly: what sweeps are tried on."""

import os
import signal
from collections.abc import Generator
from hashlib import sha256
from pathlib import Path
from time import sleep  # noqa: TID251  a slow run

import msgspec

from cloudsim.errors.own import ExperimentError
from cloudsim.values.entropy import Entropy
from cloudsim.whatif.experiment.load import read_experiment
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.running.replication import RunResult
from cloudsim.whatif.sweeping.backlog import Backlog
from cloudsim.whatif.sweeping.work import Outcome, Replicate, perform

WORLD = """
[[world.account]]
id = "acme"
[[world.region]]
id = "cn-hangzhou"
[[world.vpc]]
id = "vpc-a"
cidr = "10.0.0.0/8"
[[world.vswitch]]
id = "vsw-a"
cidr = "10.0.0.0/28"
[[world.security_group]]
id = "sg-a"
"""

EXPERIMENT = """
format = 1
name = "small"
seed = {seed}
runs = {runs}
horizon = "2h"
latency = "none"
[[workload]]
name = "pods"
kind = "poisson"
rate = "40/h"
lifetime = {{ kind = "exponential", mean = "30m" }}
[axes]
"vswitch.vsw-a.cidr" = ["10.0.0.0/28", "10.0.0.0/27"]
[[target]]
metric = "rejection_ratio"
at_most = 0.2
"""


def write(folder: Path, *, runs: int = 6, seed: int = 1, name: str = "small.toml", more: str = "") -> Path:
    """Write the experiment."""
    path = folder / name
    path.write_text(EXPERIMENT.format(runs=runs, seed=seed) + more + WORLD, "utf-8")
    return path


def small(folder: Path, *, runs: int = 6, seed: int = 1) -> Experiment:
    return read_experiment(write(folder, runs=runs, seed=seed))


def quick(experiment: Experiment, run: int, *, with_digest: bool = False) -> RunResult:
    """Make up figures that depend on world, seed and run alone."""
    draws = Entropy(experiment.seed)
    cidr = experiment.world.vswitches[0].cidr
    rejected = draws.integer("made-up", f"{cidr}/{run}", bits=3)
    figures: dict[str, int | float | None] = {
        "offered": 100 + run % 7,
        "rejected": rejected,
        "rejection_ratio": rejected / (100 + run % 7),
        "p_any_rejection": int(rejected > 0),
        "time_to_first_rejection": None if rejected < 4 else 100.5 * rejected,
        "measured_seconds": 7200.0,
        **({"rejected.InvalidVSwitchId.IpNotEnough": rejected} if rejected else {}),
    }
    digest = sha256(msgspec.json.encode(figures)).hexdigest()
    return RunResult(figures=figures, result_digest=digest, digest=digest[::-1] if with_digest else None, events=run)


def slow(experiment: Experiment, run: int, *, with_digest: bool = False) -> RunResult:
    """Take a twentieth of a second, so that somebody can be killed meanwhile."""
    sleep(0.05)
    return quick(experiment, run, with_digest=with_digest)


def poisonous(experiment: Experiment, run: int, *, with_digest: bool = False) -> RunResult:
    """Run 3 of the smaller vSwitch kills whoever makes it."""
    if run == 3 and str(experiment.world.vswitches[0].cidr).endswith("/28"):
        os.kill(os.getpid(), signal.SIGKILL)
    return quick(experiment, run, with_digest=with_digest)


def wrong(experiment: Experiment, run: int, *, with_digest: bool = False) -> RunResult:
    """Run 2 meets a wrong experiment, run 4 a bug."""
    if run == 2:
        raise ExperimentError("it does not fit", key="workload")
    if run == 4:
        raise ZeroDivisionError("a bug")
    return quick(experiment, run, with_digest=with_digest)


def hopeless(experiment: Experiment, run: int, *, with_digest: bool = False) -> RunResult:
    """Fail always."""
    raise ExperimentError("nothing fits")


class Inline:
    """An engine without processes."""

    jobs = 1

    def __init__(self, replicate: Replicate) -> None:
        self._replicate = replicate

    def outcomes(self, backlog: Backlog) -> Generator[Outcome, None, None]:
        while (chunk := backlog.take()) is not None:
            yield from perform(chunk, self._replicate)


TABLES = ("runs.csv", "summary.csv", "digests.csv", "summary.json")


def tables(folder: Path) -> dict[str, bytes]:
    """Read what must be the same bytes however the runs were made."""
    return {name: (folder / name).read_bytes() for name in TABLES}
