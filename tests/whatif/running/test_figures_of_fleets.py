"""Figures that need a fleet, latency or events, worked out by hand."""

from pathlib import Path
from typing import Any

import pytest

from cloudsim.simulation.world.validate import validate
from cloudsim.whatif.experiment.figures import FIGURES, scopes_of
from cloudsim.whatif.running.replication import Replication, run_once
from tests.whatif.running.fleets import ZONES, a_fleet, pods, run


def idle(figures: dict[str, Any], of: str = "mean", scope: str = "") -> dict[str, float]:
    return {kind: figures[f"{of}_idle_addresses.{kind}{scope}"] for kind in ("pool", "eni", "prefix")}


def test_what_is_idle_is_told_by_why(tmp_path: Path) -> None:
    fleet = {"pool": {"warm_up": 4, "max": 4}, "nodes": 1, "release_eni": "keep"}
    figures = run(a_fleet(pods(tmp_path, (10, 30), (10, 20)), fleet, horizon="100s"))
    # Two ENIs: one of three addresses, one with its primary address alone. Both pods go to the first one.
    means = {"pool": (2 * 10 + 1 * 10 + 2 * 80) / 100, "eni": (2 * 10 + 1 * 20 + 2 * 70) / 100, "prefix": 0}
    assert idle(figures) == pytest.approx(means)
    assert figures["mean_idle_addresses"] == pytest.approx(sum(means.values()))
    for scope in ("@vsw-a", f"@{ZONES[0]}", "@acme"):
        assert idle(figures, scope=scope) == idle(figures)
        assert figures[f"peak_idle_addresses{scope}"] == 4


def test_what_is_left_of_a_prefix_that_is_used_is_no_pool(tmp_path: Path) -> None:
    fleet = {"mode": "prefix", "nodes": 1, "release_eni": "keep", "pool": {"max": 16}}
    figures = run(a_fleet(pods(tmp_path, (10, 20), (15, 20)), fleet, profile="current", horizon="100s"))
    assert idle(figures) == pytest.approx({"pool": 16 * 80 / 100, "eni": 90 / 100, "prefix": (15 * 5 + 14 * 5) / 100})
    assert idle(figures, "peak") == {"pool": 16, "eni": 1, "prefix": 15}
    assert figures["peak_idle_addresses"] == 17


def test_enis_and_calls_of_nodes_count_for_the_workload_and_the_type(tmp_path: Path) -> None:
    one = pods(tmp_path, (1, 50), (2, 50))
    (tmp_path / "more").mkdir()
    other = pods(tmp_path / "more", (5, 40), name="more", vswitch=["vsw-b"])
    figures = run(a_fleet([one, other], {}, horizon="50s"))
    assert [figures[f"peak_enis{scope}"] for scope in ("", "@pods", "@more", "@ecs.small")] == [2, 1, 1, 2]
    assert figures["mean_enis@more"] == pytest.approx(35 / 50)
    assert figures["mean_enis@ecs.small"] == pytest.approx((49 + 35) / 50)
    assert (figures["peak_addresses@pods"], figures["peak_addresses@more"]) == (2, 1)
    assert [figures[f"calls.CreateNetworkInterface{scope}"] for scope in ("", "@pods", "@more")] == [2, 1, 1]
    assert figures["calls@pods"] + figures["calls@more"] == figures["calls"] == figures["calls@acme"]


def test_a_quota_that_is_set_anew_is_used_up_from_then_on(tmp_path: Path) -> None:
    event = {"kind": "quota-change", "limit": 1, "at": "20s", "lasting": "30s"}
    workload = pods(tmp_path, (10, 40), (11, 60), holds="eni")
    figures = run(a_fleet(workload, {}, event=[event], horizon="100s", account={"eni_quota": 10}))
    quota = "@quota:acme/cn-hangzhou"
    assert figures[f"time_to_exhaustion{quota}"] == 20
    assert figures[f"time_share_full{quota}"] == pytest.approx(30 / 100)
    assert (figures[f"headroom{quota}"], figures[f"peak_utilisation{quota}"]) == (-1, 2)
    assert figures[f"growth_factor{quota}"] == 0.5
    assert figures[f"mean_utilisation{quota}"] == pytest.approx((30 + 49) / (10 * 70 + 1 * 30))


def test_quotas_and_enis_are_counted_at_their_instant_where_calls_take_time(tmp_path: Path) -> None:
    latency = {"there": "0s", "lease_addresses": "0s", "commit": "4s", "respond": "0s", "finish": "0s"}
    workload = pods(tmp_path, (10, 40), (70, 80), holds="eni")
    replication = Replication(a_fleet(workload, {}, latency=latency, horizon="100s", account={"eni_quota": 1}), 1)
    figures = replication.run().figures
    # Each is made 4 s after it was asked for, lives for its time from then on, and its delete commits 4 s later.
    there = (30 + 4) + (10 + 4)
    assert figures["mean_enis"] == pytest.approx(there / 100)
    assert figures["time_share_full@quota:acme/cn-hangzhou"] == pytest.approx(there / 100)
    assert figures["mean_addresses"] == pytest.approx((there + 8) / 100), "an address is held while its ENI is made"
    assert figures["wait.p50"] == figures["recovery_time"] == 4
    assert figures["peak_backlog"] == 1
    assert figures["mean_backlog"] == pytest.approx(8 / 100)


def test_nodes_and_instances_cost_by_their_type(tmp_path: Path) -> None:
    prices = tmp_path / "prices.toml"
    prices.write_text('format = 1\n[instance_hour]\n"ecs.small" = 36\n"ecs.large" = 360\n', encoding="utf-8")
    event = {"kind": "instance-type-change", "instance_type": "ecs.large", "at": "10s"}
    workload = pods(tmp_path, *[(1, 90)] * 6, *[(20, 90)])
    figures = run(a_fleet(workload, {}, event=[event], prices=str(prices), horizon="100s"))
    small, large = 36 * 99 / 3600, 360 * 80 / 3600
    assert figures["cost@ecs.small"] == pytest.approx(small)
    assert figures["cost@ecs.large"] == pytest.approx(large)
    told = [figures[f"cost{scope}"] for scope in ("", "@acme", f"@{ZONES[0]}")]
    assert told == pytest.approx([small + large] * 3)


def test_of_items_with_zones_the_tightest_zone_says_how_far_it_can_grow(tmp_path: Path) -> None:
    vswitches = [
        {"id": "vsw-a", "zone": ZONES[0], "cidr": "10.0.0.0/29"},
        {"id": "vsw-b", "zone": ZONES[1], "cidr": "10.0.1.0/24"},
    ]
    rows = [(1, 50), (2, 50)]
    whole = pods(tmp_path, *rows, holds="eni", vswitch=["vsw-a", "vsw-b"])
    assert run(a_fleet(whole, {}, vswitches=vswitches))["growth_factor"] == 50, "the quota of 100"
    parted = {**whole, "zone": "row % 2"}
    assert run(a_fleet(parted, {}, vswitches=vswitches))["growth_factor"] == 4


def everything(tmp_path: Path) -> Any:
    """An experiment with a fleet, items of their own, a quota that binds, retries and prices."""
    prices = tmp_path / "prices.toml"
    prices.write_text("format = 1\neni_hour = 1\n", encoding="utf-8")
    solo = {
        "name": "solo", "kind": "poisson", "rate": "900/h", "lifetime": {"kind": "exponential", "mean": "100s"},
        "vswitch": ["vsw-c"], "retry": "until-placed", "retry_every": "7s",
    }  # fmt: skip
    workloads = [pods(tmp_path, *[(start, start + 40) for start in range(30)], vswitch=["vsw-a", "vsw-b"]), solo]
    event = {"kind": "instance-type-change", "instance_type": "ecs.large", "at": "1m"}
    return a_fleet(
        workloads, {}, account={"eni_quota": 14}, horizon="5m", warmup="10s", prices=str(prices), event=[event]
    )


def test_a_run_tells_every_figure_that_may_be_asked_of_everything_that_it_may_be_asked_of(tmp_path: Path) -> None:
    experiment = everything(tmp_path)
    figures = run_once(experiment, 0).figures
    kinds, clashes = scopes_of(experiment, validate(experiment.world))
    assert not clashes
    counted = ("rejected", "calls", "peak_calls", "time_to_exhaustion", "time_to_first_rejection")
    for name, figure in FIGURES.items():
        parts = [name] if figure.is_alone else []
        parts += [] if name in counted else [f"{name}.{part}" for part in figure.members]
        scopes = ["", *(f"@{thing}" for thing, kind in kinds.items() if kind in figure.scopes)]
        missing = [f"{part}{scope}" for part in parts for scope in scopes if f"{part}{scope}" not in figures]
        assert not missing
    assert {name.partition("@")[0].partition(".")[0] for name in figures} == set(FIGURES)


def test_what_a_target_names_is_measured_though_nobody_uses_it(tmp_path: Path) -> None:
    target = [{"metric": f"{name}", "at_most": 1e9} for name in ("peak_addresses@vsw-c", f"offered@{ZONES[1]}")]
    vswitches = [
        {"id": "vsw-a", "zone": ZONES[0], "cidr": "10.0.0.0/24"},
        {"id": "vsw-c", "zone": ZONES[1], "cidr": "10.0.2.0/24", "used": 7},
    ]
    figures = run(a_fleet(pods(tmp_path, (1, 5)), {}, target=target, vswitches=vswitches))
    assert (figures["peak_addresses@vsw-c"], figures[f"offered@{ZONES[1]}"], figures["peak_addresses"]) == (7, 0, 1)
