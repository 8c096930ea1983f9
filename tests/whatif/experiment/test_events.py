"""Events are about things that exist, and come within the run."""

from pathlib import Path
from typing import Any

import pytest

from cloudsim.whatif.experiment.events import GrowthCurve, VSwitchAdded
from tests.whatif.experiment.documents import openb, pool, problems, read

NEW = {"id": "vsw-n", "zone": "cn-hangzhou-h", "cidr": "10.0.9.0/28"}


def with_events(*events: dict[str, Any]) -> dict[str, Any]:
    return {**pool(), "event": list(events)}


SOUND: list[dict[str, Any]] = [
    {"kind": "zone-outage", "zone": "cn-hangzhou-h", "at": "1h", "lasting": "10m", "pods": "moved"},
    {"kind": "zone-return", "zone": "cn-hangzhou-h", "at": "1h", "name": "back"},
    {"kind": "quota-change", "limit": 5, "at": "1h"},
    {"kind": "quota-change", "quota": "private-addresses", "vpc": "vpc-1", "limit": 5, "at": "1h", "lasting": "1h"},
    {"kind": "quota-change", "quota": "group-places", "limit": 5, "at": "1h"},
    {"kind": "vswitch-added", "vswitch": NEW, "workloads": ["pods"], "at": "1h"},
    {"kind": "deployment-surge", "workload": "pods", "count": 30, "over": "10m", "lifetime": "forever", "at": "1h"},
    {"kind": "growth-curve", "workload": "pods", "per_day": 0.02, "at": "0"},
    {"kind": "growth-curve", "workload": "pods", "points": [{"after": "10d", "factor": 2}], "at": "0"},
]


@pytest.mark.parametrize("event", SOUND)
def test_every_kind_with_its_usual_keys_is_sound(event: dict[str, Any]) -> None:
    assert problems(with_events(event)) == {}


@pytest.mark.parametrize(
    ("event", "key", "said"),
    [
        ({"kind": "zone-outrage", "at": "1h"}, "kind", "there is no kind 'zone-outrage'; did you mean 'zone-outage'?"),
        ({**SOUND[0], "zone": "cn-hangzhou-x"}, "zone", "there is no zone 'cn-hangzhou-x'; did you mean"),
        ({**SOUND[0], "lasting": "0s"}, "lasting", "expected more than 0s"),
        ({**SOUND[0], "at": "3000h"}, "at", "125d is after the horizon, 83d8h"),
        ({**SOUND[2], "account": "acmee"}, "account", "there is no account 'acmee'; did you mean 'acme'?"),
        ({**SOUND[2], "vpc": "vpc-1"}, "vpc", "the quota 'eni' is of account and region, not of it"),
        ({**SOUND[3], "vpc": "vpc-2"}, "vpc", "there is no VPC 'vpc-2'; did you mean 'vpc-1'?"),
        ({**SOUND[5], "workloads": ["pod"]}, "workloads[0]", "there is no workload 'pod'; did you mean 'pods'?"),
        ({**SOUND[5], "vswitch": {**NEW, "cidr": "10.0.0.0/28"}}, "vswitch.cidr", "10.0.0.0/28 of 'vsw-n' overlaps"),
        ({**SOUND[5], "vswitch": {**NEW, "cidrs": "x"}}, "vswitch.cidrs", "there is no such key; did you mean 'cidr'?"),
        ({**SOUND[6], "workload": "jobs"}, "workload", "there is no workload 'jobs'; known are: pods"),
        ({**SOUND[6], "lifetime": {"kind": "constant", "mean": "0s"}}, "lifetime.mean", "expected more than 0s"),
        ({"kind": "instance-type-change", "instance_type": "x", "at": "0"}, "instance_type", "there is no [fleet]"),
    ],
)
def test_what_is_wrong_is_told_by_its_key(event: dict[str, Any], key: str, said: str) -> None:
    found = problems(with_events(event))
    assert found.get(f"event[0].{key}", str(found))[: len(said)] == said


def test_a_surge_may_live_as_long_as_its_workload_and_a_curve_may_have_many_points() -> None:
    surge = {key: value for key, value in SOUND[6].items() if key != "lifetime"}
    points = [{"after": f"{days}d", "factor": days} for days in (10, 20, 30)]
    assert problems(with_events(surge, {**SOUND[8], "points": points})) == {}


def test_two_events_of_one_name_are_refused() -> None:
    assert problems(with_events(SOUND[1], SOUND[1])) == {
        "event[1].name": "'back' is there already; an id is given once"
    }


def test_a_growth_curve_has_points_in_order_or_a_daily_growth() -> None:
    both = {**SOUND[7], "points": SOUND[8]["points"]}
    assert problems(with_events(both)) == {"event[0]": "a growth curve has either points or per_day"}
    points = [{"after": "10d", "factor": 2}, {"after": "10d", "factor": 3}]
    found = problems(with_events({**SOUND[8], "points": points}))
    assert found == {"event[0].points[1].after": "10d is not after the point before it"}
    (event,) = read(with_events(SOUND[8])).events
    assert isinstance(event, GrowthCurve)
    assert event.points[0].factor == 2.0


def test_a_closed_workload_neither_surges_nor_grows() -> None:
    said = pool(kind="closed", rate=None, population=3, idle="1h")
    said["event"] = [SOUND[6], SOUND[7]]
    assert problems(said) == {
        "event[0].workload": "the population of a closed workload is fixed",
        "event[1].workload": "'pods' has no rate that could grow",
    }


def test_a_surge_of_a_trace_says_how_long_its_items_live(tmp_path: Path) -> None:
    said = openb(tmp_path)
    said["event"] = [{key: value for key, value in SOUND[6].items() if key != "lifetime"}]
    assert list(problems(said, tmp_path)) == ["event[0].lifetime"]
    said["event"] = [{"kind": "instance-type-change", "instance_type": "ecs.g7.xlarge", "at": "1h"}]
    assert problems(said, tmp_path) == {}
    said["event"][0]["instance_type"] = "ecs.g7.xlarg"
    assert list(problems(said, tmp_path)) == ["event[0].instance_type"]


def test_an_added_vswitch_may_be_asked_for_and_lies_in_the_vpc_of_its_users() -> None:
    said = with_events(SOUND[5])
    said["target"][0]["metric"] = "rejection_ratio@vsw-n"
    (event,) = read(said).events
    assert isinstance(event, VSwitchAdded)
    for table in (*said["world"]["vswitch"], *said["world"]["security_group"]):
        table["vpc"] = "vpc-1"
    said["world"]["vpc"].append({"id": "vpc-2", "cidr": "10.1.0.0/16"})
    said["event"][0] = {**SOUND[5], "vswitch": {**NEW, "vpc": "vpc-2", "cidr": "10.1.0.0/28"}}
    found = problems(said)["event[0].vswitch.vpc"]
    assert found == "it lies in VPC 'vpc-2', workload 'pods' in 'vpc-1'"


def test_a_vswitch_that_is_added_later_cannot_be_used_from_the_beginning() -> None:
    said = with_events(SOUND[5])
    said["workload"][0]["vswitch"] = "vsw-n"
    assert list(problems(said)) == ["workload[0].vswitch"]


def test_a_second_growth_curve_of_one_workload_is_refused() -> None:
    curve = {"kind": "growth-curve", "at": "1h", "workload": "pods", "per_day": 0.1}
    said = "'pods' has a growth curve already, event[0]; write both as the points of one"
    assert problems({**pool(), "event": [curve, {**curve, "at": "2h"}]}) == {"event[1].workload": said}
