"""Small sweeps for tests: two vSwitches in two zones, one of them out for a while, a pool that is varied."""

from pathlib import Path

from cloudsim.whatif.experiment.load import read_experiment
from cloudsim.whatif.report import Results, read_results
from cloudsim.whatif.running.replication import run_once
from cloudsim.whatif.sweeping.sweep import sweep
from tests.whatif.running.experiments import experiment
from tests.whatif.sweeping.small import Inline

WORK = """
[[workload]]
name = "pods"
kind = "poisson"
rate = "{rate}/h"
lifetime = {{ kind = "exponential", mean = "1h" }}
holds = "eni"
vswitch = ["vsw-a", "vsw-b"]
[[event]]
kind = "zone-outage"
name = "outage"
zone = "cn-hangzhou-i"
at = "5h"
lasting = "2h"
[[target]]
metric = "rejection_ratio"
at_most = 0.2
"""
MASKS = '[axes]\n"vswitch.vsw-a.cidr" = ["10.0.0.0/29", "10.0.0.0/27"]\n'
QUOTAS = '"account.acme.eni_quota" = [6, 1000]\n'


def swept(
    folder: Path,
    *,
    axes: str = MASKS,
    runs: int = 6,
    seed: int = 1,
    rate: int = 8,
    series: int = 3,
    more: str = "",
    horizon: str = "10h",
) -> Results:
    """Make a sweep in a folder, and read its results.

    Args:
        folder: of the results; the experiment lies beside it.
        axes: the table.
        runs: of each variant.
        seed: of all chance.
        rate: items per hour.
        series: of how many runs the course over time is kept.
        more: keys of the top level.
        horizon: of a run.
    """
    beside = folder.with_name(f"{folder.name}-experiment")
    beside.mkdir(parents=True)
    top = f'horizon = "{horizon}"\nruns = {runs}\n{more}'
    experiment(beside, WORK.format(rate=rate) + axes, masks=(28, 29), top=top)
    path = beside / "experiment.toml"
    path.write_text(path.read_text("utf-8").replace("seed = 1", f"seed = {seed}"), "utf-8")
    sweep(read_experiment(path), Inline(run_once), folder, path=path, series_runs=series)
    return read_results(folder)
