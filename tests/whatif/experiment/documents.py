"""A world and two experiments, those of the format's first description, as texts and as documents."""

import copy
import tomllib
from pathlib import Path
from typing import Any

from cloudsim.errors.own import ExperimentError
from cloudsim.whatif.experiment.load import experiment_of, read_experiment
from cloudsim.whatif.experiment.spec import Experiment

WORLD = """
format = 1
account = [{ id = "acme", eni_quota = 100 }]
region = [{ id = "cn-hangzhou", zones = ["cn-hangzhou-h", "cn-hangzhou-i", "cn-hangzhou-j"] }]
vpc = [{ id = "vpc-1", cidr = "10.0.0.0/16" }]
vswitch = [
  { id = "vsw-a", zone = "cn-hangzhou-h", cidr = "10.0.0.0/28" },
  { id = "vsw-b", zone = "cn-hangzhou-i", cidr = "10.0.1.0/28" },
  { id = "vsw-c", zone = "cn-hangzhou-j", cidr = "10.0.2.0/28" },
]
security_group = [{ id = "sg-1" }]
"""

POOL = """
format = 1
name = "pool-28"
seed = 1
runs = 20                      # replications; seeds are derived, equal for all variants
horizon = "2000h"
warmup = "50h"                 # steady-state questions only; default none
world = "world.toml"           # or the same tables inline under [world]
latency = "none"               # a named profile

[[workload]]
name = "pods"
kind = "poisson"               # poisson | constant | diurnal | burst | closed | growth | trace
rate = "8/h"
lifetime = { kind = "exponential", mean = "1h" }   # constant | lognormal{mean,sigma} | ...
holds = "eni"                  # eni: one ENI each (addresses = 1 + secondary); ip: one address on a fleet's ENIs
secondary = 0
vswitch = ["vsw-a"]            # one, or several with choice = "ordered" | "random" | "most-free"
retry = "none"                 # or a policy: attempts, backoff, same or fresh token

[axes]                         # cartesian product; each set-valued key is an axis
"vswitch.vsw-a.cidr" = ["10.0.0.0/28", "10.0.0.0/27"]
"account.acme.eni_quota" = [100]

[[target]]
metric = "rejection_ratio"     # any figure; at_most or at_least
at_most = 0.01
"""

OPENB = """
format = 1
name = "openb"
seed = 1
world = "world.toml"
latency = "none"

[[workload]]
name = "pods"
kind = "trace"
file = "traces/pods.csv"
start = "scheduled_time"       # a column, in `unit`
end = "deletion_time"
unit = "s"
blank_start = "skip"           # skip | begin (alive before the start: initial state, no API call)
blank_end = "end"              # skip | end (alive at the horizon; default horizon: the last instant of the trace)
ties = "release-first"         # half-open intervals; equal starts in file order; no length, no hold
zone = "row % 3"               # data rows from 0; or a column, or "round-robin"; without it one pool of all vSwitches
vswitch = ["vsw-a", "vsw-b", "vsw-c"]   # by zone where zones are given
holds = "ip"

[fleet]                        # needed where something holds = "ip"
instance_type = "ecs.g7ne.xlarge"
nodes = "first-fit"            # as many as are needed, lowest first; or a number, or an autoscaler table
mode = "shared-eni"            # shared-eni | exclusive-eni | trunk | prefix
release_eni = "when-empty"     # when-empty | keep
pool = { min = 0, max = 0, warm_up = 0 }
"""


def write_all(folder: Path) -> None:
    """Write both experiments, their world and a trace."""
    (folder / "traces").mkdir()
    (folder / "traces" / "pods.csv").write_text("scheduled_time,deletion_time\n0,10\n", "utf-8")
    for name, text in (("world", WORLD), ("pool", POOL), ("openb", OPENB)):
        (folder / f"{name}.toml").write_text(text, "utf-8")


def document(text: str = POOL, **changes: Any) -> dict[str, Any]:
    """An experiment as a document, with its world inline, and with keys of the top level changed (None: left out)."""
    made = {**tomllib.loads(text), "world": tomllib.loads(WORLD), **copy.deepcopy(changes)}
    return {key: value for key, value in made.items() if value is not None}


def pool(**changes: Any) -> dict[str, Any]:
    """The pool's document without axes, its workload with some keys changed (None: left out)."""
    made = document(axes=None)
    made["workload"] = [_changed(made["workload"][0], changes)]
    return made


def openb(folder: Path, *, fleet: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """The trace's document, with a trace in the folder, its workload and fleet with some keys changed."""
    write_all(folder)
    made = document(OPENB)
    made["workload"] = [_changed(made["workload"][0], changes)]
    made["fleet"] = _changed(made["fleet"], fleet or {})
    return made


def _changed(table: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in {**table, **changes}.items() if value is not None}


def read(said: dict[str, Any], folder: Path = Path()) -> Experiment:
    """Read a document."""
    return experiment_of(said, folder=folder)


def problems(said: dict[str, Any], folder: Path = Path()) -> dict[str, str]:
    """What is wrong with a document, by key; nothing if it is sound."""
    try:
        read(said, folder)
    except ExperimentError as error:
        return {problem.key: problem.problem for problem in error.problems}
    return {}


def file_problems(path: Path) -> dict[str, str]:
    """What is wrong with a file, by key."""
    try:
        read_experiment(path)
    except ExperimentError as error:
        assert all(problem.file for problem in error.problems)  # noqa: PT017  either end is right
        return {problem.key: problem.problem for problem in error.problems}
    return {}
