"""What a sweep says of address policies: an axis like any other, and only prefixes feel the difference."""

from pathlib import Path

import pytest

from cloudsim.errors.own import ExperimentError
from cloudsim.ipam.policies.registry import POLICIES
from cloudsim.whatif.experiment.load import read_experiment
from cloudsim.whatif.report import Results, read_results
from cloudsim.whatif.running.replication import run_once
from cloudsim.whatif.sweeping.sweep import sweep
from tests.whatif.sweeping.small import Inline

EXPERIMENT = """
format = 1
name = "policies"
seed = 1
runs = {runs}
horizon = "{horizon}"
latency = "none"
profile = "current"
{work}
[axes]
{axes}
[[world.account]]
id = "acme"
[[world.region]]
id = "cn-hangzhou"
[[world.vpc]]
id = "vpc-a"
cidr = "10.0.0.0/16"
ipv6_cidr = "2001:db8::/56"
[[world.vswitch]]
id = "vsw-a"
cidr = "10.0.0.0/{mask}"
[[world.security_group]]
id = "sg-a"
"""
SINGLES = """
[[workload]]
name = "singles"
kind = "poisson"
rate = "20/h"
lifetime = { kind = "exponential", mean = "2h" }
"""
PREFIXES = """
[[workload]]
name = "pods"
kind = "poisson"
rate = "30/h"
lifetime = { kind = "exponential", mean = "2h" }
holds = "ip"
vswitch = ["vsw-a"]
[fleet]
instance_type = "ecs.g7.xlarge"
nodes = "first-fit"
mode = "prefix"
"""


def swept(
    folder: Path, axes: str, *, work: str = SINGLES, mask: int = 28, runs: int = 2, horizon: str = "10h"
) -> Results:
    """Make a sweep with real runs, and read its results."""
    path = folder / "policies.toml"
    path.write_text(EXPERIMENT.format(axes=axes, work=work, mask=mask, runs=runs, horizon=horizon), "utf-8")
    sweep(read_experiment(path), Inline(run_once), folder / "results", path=path)
    return read_results(folder / "results")


def values(results: Results, metric: str) -> list[float | None]:
    """A figure, for each variant in their order."""
    return [variant.value(metric) for variant in results.variants]


def test_every_policy_can_be_an_axis_and_none_changes_how_many_addresses_there_are(tmp_path: Path) -> None:
    results = swept(tmp_path, f'"vswitch.vsw-a.policy" = {[*POLICIES]}', horizon="4h")
    assert [variant.axes["vswitch.vsw-a.policy"] for variant in results.variants] == [*POLICIES]
    ratios = values(results, "rejection_ratio")
    assert ratios == [ratios[0]] * len(POLICIES)
    assert ratios[0]


def test_a_cool_down_can_be_an_axis_and_costs_the_same_under_every_policy(tmp_path: Path) -> None:
    axes = '"vswitch.vsw-a.policy" = ["uniform", "pack", "longest-free"]\n"vswitch.vsw-a.cool_down" = ["0s", "1h"]'
    at_once, later, *others = values(swept(tmp_path, axes), "rejection_ratio")
    assert at_once is not None
    assert later is not None
    assert at_once < later
    assert others == [at_once, later] * 2


def test_prefixes_are_refused_where_single_addresses_lie_all_over_and_not_where_they_are_packed(tmp_path: Path) -> None:
    axes = '"vswitch.vsw-a.policy" = ["uniform", "pack"]\n"vswitch.vsw-a.prefix_policy" = ["uniform", "best-fit"]'
    results = swept(tmp_path, axes, work=SINGLES + PREFIXES, mask=24)
    *uniform, pack, pack_with_best_fit = values(results, "rejection_ratio@pods")
    assert all(ratio is not None and ratio > 0.05 for ratio in uniform)
    assert pack == pack_with_best_fit == 0


@pytest.mark.parametrize(
    ("axes", "said"),
    [
        ('"vswitch.vsw-a.policy" = ["uniform", "packed"]', "there is no policy 'packed'; did you mean 'pack'?"),
        ('"vswitch.vsw-a.prefix_policy" = ["lowst"]', "there is no prefix policy 'lowst'; did you mean 'lowest'?"),
        ('"vswitch.vsw-a.policy" = ["pack"]\n"vswitch.vsw-a.ipv6" = [1]', "a /80 has 2**48 addresses and never fills"),
    ],
)
def test_a_policy_that_cannot_be_is_refused_before_any_run(tmp_path: Path, axes: str, said: str) -> None:
    with pytest.raises(ExperimentError) as refused:
        swept(tmp_path, axes)
    assert said in str(refused.value)
    assert not (tmp_path / "results").exists()
