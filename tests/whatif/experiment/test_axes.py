"""Axes: what their keys address, and the variants that come of them."""

import pickle
from pathlib import Path
from typing import Any

import pytest

from cloudsim.errors.own import ExperimentError
from cloudsim.whatif.experiment.axes import variant_count, variants, with_values, without_axes
from cloudsim.whatif.experiment.reading import to_tables
from cloudsim.whatif.experiment.workloads import Poisson
from tests.whatif.experiment.documents import WORLD, document, openb, pool, problems, read

HOUR = 3_600_000_000_000


def varied(axes: dict[str, Any], said: dict[str, Any] | None = None) -> dict[str, Any]:
    return {**(said or pool()), "axes": axes}


def value_at(tables: Any, *path: str | int) -> Any:
    for key in path:
        tables = tables[key]
    return tables


def test_variants_are_all_combinations_the_last_axis_fastest() -> None:
    axes = {"vswitch.vsw-a.cidr": ["10.0.0.0/28", "10.0.0.0/27"], "account.acme.eni_quota": [10, 20]}
    made = variants(read(varied(axes)))
    assert [variant.index for variant in made] == [0, 1, 2, 3]
    assert [tuple(variant.axes.values()) for variant in made] == [
        ("10.0.0.0/28", 10),
        ("10.0.0.0/28", 20),
        ("10.0.0.0/27", 10),
        ("10.0.0.0/27", 20),
    ]
    assert [variant.world.accounts[0].eni_quota for variant in made] == [10, 20, 10, 20]
    assert all(variant.world == variant.experiment.world for variant in made)
    assert variant_count(read(varied(axes))) == 4
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301  our own


def test_without_axes_there_is_one_variant_the_experiment_itself() -> None:
    experiment = read(pool())
    (only,) = variants(experiment)
    assert (only.axes, only.experiment) == ({}, experiment)
    assert without_axes(read(document())) == experiment


@pytest.mark.parametrize(
    ("key", "value", "path"),
    [
        ("vswitch.vsw-b.used", 3, ("world", "vswitch", 1, "used")),
        ("world.vswitch.vsw-b.used", 3, ("world", "vswitch", 1, "used")),
        ("account.acme.eni_quota", 7, ("world", "account", 0, "eni_quota")),
        ("security_group.sg-1.capacity", 50, ("world", "security_group", 0, "capacity")),
        ("vpc.vpc-1.private_addresses", 60, ("world", "vpc", 0, "private_addresses")),
        ("vpc.vpc-1.tags.team", "a", ("world", "vpc", 0, "tags", "team")),
        ("instance.i-1.type", "ecs.g7.large", ("world", "instance", 0, "type")),
        ("instance_type.my.own.eni_quantity", 4, ("world", "instance_type", 0, "eni_quantity")),
        ("limits.groups_per_eni_max", 3, ("world", "limits", "groups_per_eni_max")),
        ("workload.pods.rate", "9/h", ("workload", 0, "rate")),
        ("workload.pods.lifetime.mean", "2h", ("workload", 0, "lifetime", "mean")),
        ("workload.pods.lifetime", {"kind": "constant", "mean": "2h"}, ("workload", 0, "lifetime")),
        ("workload.pods.retry", "until-placed", ("workload", 0, "retry")),
        ("event.out.at", "3h", ("event", 0, "at")),
        ("policy.quota", "check-then-count", ("policy", "quota")),
        ("throttling", "minute", ("throttling", "kind")),
        ("consistency", "eventual", ("consistency", "kind")),
        ("consistency.available_count", "5s", ("consistency", "available_count")),
        ("latency", "measured", ("latency",)),
        ("horizon", "5d", ("horizon",)),
        ("warmup", "10h", ("warmup",)),
        ("profile", "current", ("profile",)),
        ("start_date", "2026-12-01", ("start_date",)),
    ],
)
def test_a_key_addresses_what_it_says(key: str, value: Any, path: tuple[str | int, ...]) -> None:
    said = pool()
    said["event"] = [{"kind": "zone-outage", "name": "out", "zone": "cn-hangzhou-h", "at": "1h"}]
    said["world"]["instance"] = [{"id": "i-1", "type": "ecs.g7.xlarge", "vswitch": "vsw-a"}]
    said["world"]["instance_type"] = [{"name": "my", "eni_quantity": 2}, {"name": "my.own", "eni_quantity": 2}]
    path = tuple(1 if key.startswith("instance_type") and part == 0 else part for part in path)
    if key == "latency":
        value = next(name for name in _latencies() if name != "none")
    (variant,) = variants(read(varied({key: [value]}, said)))
    assert value_at(to_tables(variant.experiment), *path) == value


def _latencies() -> list[str]:
    from cloudsim.simulation.latency import LATENCIES

    return list(LATENCIES)


def test_a_list_of_vswitches_and_a_single_one_are_values_of_an_axis() -> None:
    made = variants(read(varied({"workload.pods.vswitch": ["vsw-b", ["vsw-a", "vsw-c"]]})))
    assert [variant.experiment.workload("pods").vswitches for variant in made] == [("vsw-b",), ("vsw-a", "vsw-c")]


def test_keys_that_are_not_quoted_and_single_values_are_read_too() -> None:
    made = variants(read(varied({"workload": {"pods": {"rate": "9/h", "secondary": [0, 2]}}})))
    assert [variant.axes for variant in made] == [
        {"workload.pods.rate": "9/h", "workload.pods.secondary": 0},
        {"workload.pods.rate": "9/h", "workload.pods.secondary": 2},
    ]


def test_the_fleet_and_its_pool_can_be_varied(tmp_path: Path) -> None:
    said = openb(tmp_path)
    del said["fleet"]["pool"]
    axes = {"fleet.instance_type": ["ecs.g7.xlarge"], "fleet.pool.max": [5], "fleet.rate_limits.*": [100]}
    (variant,) = variants(read(varied(axes, said), tmp_path))
    fleet = variant.experiment.fleet
    assert fleet is not None
    assert (fleet.instance_type, fleet.pool.max, fleet.limits_per_minute) == ("ecs.g7.xlarge", 5, {"*": 100})


def test_worlds_can_be_varied_and_their_paths_are_those_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "large.toml").write_text(WORLD.replace("eni_quota = 100", "eni_quota = 900"), "utf-8")
    (tmp_path / "small.toml").write_text(WORLD, "utf-8")
    axes = {"account.acme.vcpu_quota": [8], "world": ["small.toml", "large.toml"]}
    made = variants(read(varied(axes), tmp_path))
    assert [(one.world.accounts[0].eni_quota, one.world.accounts[0].vcpu_quota) for one in made] == [(100, 8), (900, 8)]


def test_variants_meet_the_same_seed() -> None:
    seeds = [variant.experiment.seed for variant in variants(read(document()))]
    assert seeds == [1, 1]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("vswich.vsw-a.cidr", "it addresses nothing; did you mean 'vswitch'?"),
        ("vswitch.vsw-x.cidr", "there is no vswitch 'vsw-x'; did you mean 'vsw-c'?"),
        ("vswitch.vsw-a.cdir", "there is no key 'cdir'; did you mean 'cidr'?"),
        ("vswitch.vsw-a", "it says no key; "),
        ("vswitch.vsw-a.id", "id cannot be varied, since it says which table is meant"),
        ("vswitch.vsw-a.cidr.length", "cidr is no table here, so it has no 'length'"),
        ("world.vswich.vsw-a.cidr", "a world has no 'vswich'; did you mean 'vswitch'?"),
        ("world.profile", 'write "profile"'),
        ("workload.pod.rate", "there is no workload 'pod'; did you mean 'pods'?"),
        ("workload.pods.kind", "kind cannot be varied, since it says which table is meant"),
        ("workload.pods.lifetime.sigma", "there is no key 'sigma'; "),
        ("workload.pods.retry.attempts", "retry is no table here, so it has no 'attempts'"),
        ("event.out.at", "there is no event 'out'; none are known"),
        ("fleet.instance_type", "there is no [fleet]"),
        ("latency.commit", "latency is 'none' here, so it has no 'commit'"),
        ("seed", "it cannot be varied: the seed is the same for all variants"),
        ("target.metric", "it cannot be varied: targets hold for all variants"),
    ],
)
def test_a_key_that_addresses_nothing_is_refused(key: str, said: str) -> None:
    found = problems(varied({key: [1]}))
    assert found.get(f'axes."{key}"', str(found))[: len(said)] == said


@pytest.mark.parametrize(
    ("key", "values", "place", "said"),
    [
        ("vswitch.vsw-a.cidr", [], "", "it may not be empty; an axis has at least one value"),
        ("vswitch.vsw-a.cidr", ["10.0.0.0/28", "10.0.0.0/28"], "[1]", '"10.0.0.0/28" is there already'),
        ("vswitch.vsw-a.cidr", [28], "[0]", "expected text, not a whole number"),
        ("workload.pods.rate", ["9/h", "many"], "[1]", "expected a rate as text"),
        ("throttling.CreateVpc", [-1], "[0]", "expected at least 0"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(key: str, values: list[Any], place: str, said: str) -> None:
    found = problems(varied({key: values}))
    assert found.get(f'axes."{key}"{place}', str(found))[: len(said)] == said


def test_an_axis_that_is_no_table_is_refused() -> None:
    assert list(problems(varied([1]))) == ["axes"]  # type: ignore[arg-type]


def test_a_combination_that_is_not_sound_is_told_with_its_values() -> None:
    experiment = read(varied({"vswitch.vsw-a.cidr": ["10.0.0.0/28", "10.0.0.0/23"], "warmup": ["1h"]}))
    with pytest.raises(ExperimentError) as caught:
        variants(experiment)
    said = 'axes: with vswitch.vsw-a.cidr = "10.0.0.0/23", warmup = "1h": world.vswitch['
    assert str(caught.value).startswith(said)
    with pytest.raises(ExperimentError, match=r"with policy = 3: axes\.\"policy\": it addresses nothing"):
        with_values(experiment, {"policy": 3})


def test_values_put_in_leave_the_experiment_as_it_was() -> None:
    experiment = read(pool())
    before = to_tables(experiment)
    changed = with_values(experiment, {"workload.pods.rate": "16/h"})
    assert to_tables(experiment) == before
    pods = changed.workload("pods")
    assert isinstance(pods, Poisson)
    assert pods.rate.numerator * HOUR == 16 * pods.rate.denominator
    assert with_values(experiment, {}) is experiment
