"""Events in time, for pods on a fleet and for items that hold an ENI each."""

from pathlib import Path
from typing import Any

import pytest

from cloudsim.whatif.running.replication import Replication
from tests.whatif.running.fleets import ZONES, a_fleet, calls, pods, run

HOLDS = pytest.mark.parametrize("holds", ["ip", "eni"])


def out(at: str, **more: Any) -> dict[str, Any]:
    return {"kind": "zone-outage", "zone": ZONES[0], "at": at, **more}


@HOLDS
def test_while_a_zone_is_out_nothing_comes_there_and_what_is_there_stays(tmp_path: Path, holds: str) -> None:
    workload = pods(tmp_path, (1, 90), (10, 90), (20, 90), holds=holds)
    figures = run(a_fleet(workload, {}, event=[out("10s", lasting="10s")]))
    code = "NoNode" if holds == "ip" else "ServiceUnavailable"
    assert (figures["accepted"], figures[f"rejected.{code}"]) == (2, 1)
    assert figures["mean_holders"] == pytest.approx((89 + 70) / 90)


@HOLDS
def test_a_zone_that_returns_by_an_event_of_its_own_takes_items_again(tmp_path: Path, holds: str) -> None:
    events = [out("5s"), {"kind": "zone-return", "zone": ZONES[0], "at": "15s"}]
    figures = run(a_fleet(pods(tmp_path, (10, 90), (20, 90), holds=holds), {}, event=events))
    assert (figures["accepted"], figures["rejected"]) == (1, 1)


@HOLDS
def test_what_lives_in_a_zone_that_fails_can_be_lost(tmp_path: Path, holds: str) -> None:
    workload = pods(tmp_path, (1, 90), (2, None), holds=holds)
    figures = run(a_fleet(workload, {}, event=[out("10s", pods="lost")]))
    assert (figures["offered"], figures["accepted"]) == (2, 2)
    assert figures["mean_holders"] == pytest.approx((9 + 8) / 90)


@HOLDS
def test_what_lives_in_a_zone_that_fails_can_move_to_the_other(tmp_path: Path, holds: str) -> None:
    workload = pods(tmp_path, (1, 90), (2, None), holds=holds, vswitch=["vsw-a", "vsw-b"])
    figures = run(a_fleet(workload, {}, event=[out("10s", pods="moved")]))
    assert (figures["offered"], figures["accepted@vsw-a"], figures["accepted@vsw-b"]) == (4, 2, 2)
    assert figures["mean_holders"] == pytest.approx((89 + 88) / 90)
    alone = pods(tmp_path, (1, 90), holds=holds)
    figures = run(a_fleet(alone, {}, event=[out("10s", pods="moved")]))
    assert (figures["offered"], figures["rejected"]) == (2, 1), "there is no other zone"


def test_a_member_of_a_closed_workload_that_moves_is_idle_only_when_it_is_over(tmp_path: Path) -> None:
    workload: dict[str, Any] = {
        "name": "pods", "kind": "closed", "population": 1, "holds": "ip", "vswitch": ["vsw-a", "vsw-b"],
        "idle": {"kind": "constant", "mean": "10s"}, "lifetime": {"kind": "constant", "mean": "20s"},
    }  # fmt: skip
    figures = run(a_fleet(workload, {}, event=[out("15s", pods="moved")], horizon="45s"))
    # It comes at 10, moves at 15, is over at 30 and comes anew at 40.
    assert (figures["offered"], figures["peak_holders"]) == (3, 1)
    assert figures["mean_holders"] == pytest.approx((20 + 5) / 45)


def test_addresses_that_a_zone_kept_while_it_was_out_are_given_back_as_it_returns(tmp_path: Path) -> None:
    workload = pods(tmp_path, (1, 90), (2, 12), (3, 14))
    figures = run(a_fleet(workload, {}, event=[out("10s", lasting="10s")]))
    assert figures["mean_idle_addresses"] == pytest.approx((8 + 6) / 90)
    assert calls(figures)["Unassign"] == 3, "two that were refused, and one for both"


@HOLDS
def test_a_quota_can_change_for_a_while(tmp_path: Path, holds: str) -> None:
    event = {"kind": "quota-change", "limit": 0, "at": "10s", "lasting": "10s"}
    figures = run(a_fleet(pods(tmp_path, (1, 5), (10, 90), (20, 90), holds=holds), {}, event=[event]))
    assert (figures["accepted"], figures["rejected.MaxEniCountExceeded"]) == (2, 1)


def test_a_limit_of_the_vpc_is_what_the_event_says_whatever_nodes_take_besides(tmp_path: Path) -> None:
    event = {"kind": "quota-change", "quota": "private-addresses", "limit": 7, "at": "10s", "lasting": "10s"}
    rows = [*[(1, None)] * 6, *[(11, None)] * 4, *[(21, 30)] * 2]
    figures = run(a_fleet(pods(tmp_path, *rows), {}, event=[event]))
    assert (figures["accepted"], figures["rejected"], figures["peak_addresses"]) == (9, 3, 9)
    places = {"kind": "quota-change", "quota": "vswitches", "limit": 5, "at": "10s"}
    replication = Replication(a_fleet(pods(tmp_path, *rows), {}, event=[places]), 1)
    replication.run()
    (vpc,) = replication.simulation.cloud.vpcs.values()
    assert (vpc.vswitch_places.limit, vpc.vswitch_places.used) == (6, 4)
    group = {"kind": "quota-change", "quota": "group-places", "limit": 2, "at": "10s"}
    assert run(a_fleet(pods(tmp_path, *rows), {}, event=[group]))["rejected.SecurityGroupInstanceLimitExceed"] == 6


@HOLDS
def test_a_vswitch_that_is_added_is_used_after_those_that_there_were(tmp_path: Path, holds: str) -> None:
    vswitches = [{"id": "vsw-a", "zone": ZONES[0], "cidr": "10.0.0.0/29", "used": 3}]
    added = {"id": "vsw-new", "zone": ZONES[0], "cidr": "10.0.9.0/28", "used": 2}
    event = {"kind": "vswitch-added", "at": "10s", "vswitch": added}
    workload = pods(tmp_path, (1, 90), (2, 90), (10, 90), holds=holds)
    figures = run(a_fleet(workload, {"mode": "exclusive-eni"}, vswitches=vswitches, event=[event]))
    assert (figures["accepted@vsw-a"], figures["accepted@vsw-new"], figures["rejected"]) == (1, 1, 1)
    assert (figures["peak_addresses@vsw-new"], figures["headroom@vsw-new"]) == (3, 9)
    kept = {**event, "workloads": []}
    figures = run(a_fleet(workload, {"mode": "exclusive-eni"}, vswitches=vswitches, event=[kept]))
    assert figures["rejected"] == 2


def test_nodes_that_come_after_a_change_are_of_the_other_type(tmp_path: Path) -> None:
    event = {"kind": "instance-type-change", "instance_type": "ecs.large", "at": "10s"}
    figures = run(a_fleet(pods(tmp_path, *[(1, 90)] * 6, *[(10, 90)] * 40), {}, event=[event]))
    assert (figures["peak_nodes@ecs.small"], figures["peak_nodes@ecs.large"]) == (1, 1)


@HOLDS
def test_a_surge_brings_further_items_evenly(tmp_path: Path, holds: str) -> None:
    event = {
        "kind": "deployment-surge", "workload": "pods", "count": 4, "over": "20s", "at": "10s",
        "lifetime": {"kind": "constant", "mean": "5s"},
    }  # fmt: skip
    workload = pods(tmp_path, (1, 90), holds=holds, vswitch=["vsw-a", "vsw-b"], zone="row % 2")
    figures = run(a_fleet(workload, {}, event=[event]))
    assert (figures["offered"], figures["accepted@vsw-b"]) == (5, 2)
    assert figures["mean_holders"] == pytest.approx((89 + 4 * 5) / 90)
    late = run(a_fleet(workload, {}, event=[{**event, "at": "80s"}]))
    assert late["offered"] == 4, "the third comes at the horizon, the fourth after it"


def test_a_surge_has_the_lifetimes_of_its_workload(tmp_path: Path) -> None:
    workload = {
        "name": "pods", "kind": "constant", "rate": "1/h", "holds": "eni", "vswitch": ["vsw-a"],
        "lifetime": {"kind": "constant", "mean": "7s"},
    }  # fmt: skip
    event = {"kind": "deployment-surge", "workload": "pods", "count": 3, "at": "10s"}
    figures = run(a_fleet(workload, {}, event=[event], horizon="70s"))
    assert (figures["offered"], figures["peak_holders"]) == (3, 3)
    assert figures["mean_holders"] == pytest.approx(3 * 7 / 70)


def test_a_growth_curve_brings_items_sooner(tmp_path: Path) -> None:
    workload = {
        "name": "pods", "kind": "constant", "rate": "1/m", "holds": "eni", "vswitch": ["vsw-a"],
        "lifetime": {"kind": "constant", "mean": "1s"},
    }  # fmt: skip
    points = [{"after": "0s", "factor": 3.0}]
    event = {"kind": "growth-curve", "workload": "pods", "at": "10m", "points": points}
    figures = run(a_fleet(workload, {}, event=[event], horizon="20m"))
    assert figures["offered"] == 10 + 30
