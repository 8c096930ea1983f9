"""What contradicts itself is refused, by the path of its key and with what would be right."""

from pathlib import Path
from typing import Any

import pytest

from tests.whatif.experiment.documents import document, openb, pool, problems

ZONE = "cn-hangzhou-h"
LOGNORMAL = {"kind": "lognormal", "mean": "1h", "sigma": 9}
EMPIRICAL = {"kind": "empirical", "file": "none.csv", "column": "length"}
HYPER = {"kind": "hyperexponential", "p": [0.5, 0.4], "means": ["1h", "0s", "2h"]}


@pytest.mark.parametrize(
    ("changes", "key", "said"),
    [
        ({"horizons": "1h"}, "horizons", "there is no such key; did you mean 'horizon'?"),
        ({"horizon": None}, "horizon", "it is missing; only a trace says by itself when it ends"),
        ({"horizon": 5}, "horizon", 'expected a duration as text, such as "50ms" or "2h", not 5'),
        ({"horizon": "5 weeks"}, "horizon", "'5 weeks' is not a duration"),
        ({"horizon": "0s", "warmup": "0s"}, "horizon", "a run is longer than 0s"),
        ({"warmup": "2000h"}, "warmup", "83d8h is not before the horizon, 83d8h: nothing would be measured"),
        ({"runs": 0}, "runs", "expected at least 1"),
        ({"seed": "x"}, "seed", "expected a whole number, not text"),
        ({"name": ""}, "name", "it may not be empty"),
        ({"name": None}, "name", "it is missing"),
        ({"profile": "curent"}, "profile", "'curent' is not one of its values; did you mean 'current'?"),
        ({"start_date": "1.12.2026"}, "start_date", "Invalid RFC3339"),
        ({"latency": "nine"}, "latency", "there is no latency profile 'nine'; did you mean 'none'?"),
        ({"latency": {"comit": "5ms"}}, "latency", "there is no phase 'comit'; did you mean 'commit'?"),
        ({"policy": {"quotas": "hold"}}, "policy", "there is no policy 'quotas'; did you mean 'quota'?"),
        ({"throttling": "minutes"}, "throttling", "throttling cannot be 'minutes'; did you mean 'minute'?"),
        ({"throttling": {"kind": "minute", "CreateVpcs": 3}}, "throttling", "throttling cannot limit 'CreateVpcs'"),
        ({"consistency": "late"}, "consistency", "there is no consistency 'late'"),
        ({"consistency": {"kind": "eventual", "available_count": "x"}}, "consistency", "'x' is not a duration"),
        ({"prices": "prices.toml"}, "prices", "there is no file prices.toml"),
        ({"workload": []}, "workload", "there is none; an experiment has at least one [[workload]]"),
        ({"workload": {"name": "pods"}}, "workload", "expected a list of tables; write [[workload]]"),
        ({"workload": ["pods"]}, "workload[0]", "expected a table, not text"),
        ({"fleet": {}}, "fleet.instance_type", "it is missing"),
    ],
)
def test_the_top_level(changes: dict[str, Any], key: str, said: str) -> None:
    found = problems(document(**{"axes": None, **changes}))
    assert found.get(key, str(found))[: len(said)] == said


@pytest.mark.parametrize(
    ("changes", "key", "said"),
    [
        ({"kind": None}, "kind", "it is missing; known are: burst, closed, constant, diurnal, growth, poisson, trace"),
        ({"kind": "poison"}, "kind", "there is no kind 'poison'; did you mean 'poisson'?"),
        ({"rates": "8/h"}, "rates", "there is no such key; did you mean 'rate'?"),
        ({"rate": 8}, "rate", 'expected a rate as text, such as "8/h" or "3/10m", not 8'),
        ({"rate": "8/fortnight"}, "rate", "'8/fortnight' is no rate: after the / comes a unit"),
        ({"rate": "8/0s"}, "rate", "'8/0s' is no rate: in no time at all"),
        ({"lifetime": None}, "lifetime", "it is missing"),
        ({"lifetime": "for ever"}, "lifetime", "'for ever' is not one of its values; did you mean 'forever'?"),
        ({"lifetime": {"kind": "normal", "mean": "1h"}}, "lifetime.kind", "there is no kind 'normal'; did you mean"),
        ({"lifetime": {"kind": "exponential"}}, "lifetime.mean", "it is missing"),
        ({"lifetime": {"kind": "exponential", "mean": "0s"}}, "lifetime.mean", "expected more than 0s"),
        ({"lifetime": LOGNORMAL}, "lifetime.sigma", "expected at most 4"),
        ({"lifetime": EMPIRICAL}, "lifetime.file", "there is no file none.csv"),
        ({"lifetime": HYPER}, "lifetime.p", "together they are 0.9, not 1"),
        ({"lifetime": HYPER}, "lifetime.means", "there are 3, and 2 p: one mean for each"),
        ({"lifetime": HYPER}, "lifetime.means[1]", "expected more than 0s"),
        ({"vswitch": "vsw-x"}, "vswitch", "there is no vSwitch 'vsw-x'; did you mean"),
        ({"vswitch": ["vsw-a", "vsw-x"]}, "vswitch[1]", "there is no vSwitch 'vsw-x'; did you mean"),
        ({"vswitch": ["vsw-a", "vsw-a"]}, "vswitch[1]", "'vsw-a' is there already"),
        ({"vswitch": []}, "vswitch", "it may not be empty"),
        ({"choice": "most_free"}, "choice", "'most_free' is not one of its values; did you mean 'most-free'?"),
        (
            {"security_group": "sg-2"},
            "security_group",
            "there is no security group of VPC 'vpc-1' 'sg-2'; did you mean",
        ),
        ({"retry": "always"}, "retry", "'always' is not one of its values; known are: none, until-placed"),
        ({"retry": {"attempts": 3}}, "retry.backoff", "it is missing"),
        ({"retry": {"attempts": 3, "backoff": "0s"}}, "retry.backoff", "a second call comes later than the first"),
        ({"retry": "until-placed", "retry_every": "0s"}, "retry_every", "expected more than 0s"),
        ({"zone": "row % 4"}, "zone", "its vSwitches lie in 1 zones (cn-hangzhou-h), not in 4"),
        ({"zone": "az"}, "zone", 'it is "row % 1" or "round-robin", not \'az\': only a trace has columns'),
        ({"holds": "ip"}, "holds", 'holds = "ip" needs a [fleet]: an address lies on an ENI of a node'),
        ({"name": "a/b"}, "name", "'a/b' cannot be an id"),
        ({"name": "vsw-a"}, "name", "'vsw-a' is a vSwitch and a workload, and figures could not tell them apart"),
        ({"name": "acme"}, "name", "'acme' is a workload and a account"),
    ],
)
def test_a_workload(changes: dict[str, Any], key: str, said: str) -> None:
    found = problems(pool(**changes))
    assert found.get(f"workload[0].{key}", str(found))[: len(said)] == said


@pytest.mark.parametrize(
    ("keys", "key", "said"),
    [
        ({"kind": "burst", "size": 3, "every": "0s"}, "every", "expected more than 0s"),
        ({"kind": "closed", "population": 3, "idle": "0s"}, "idle.mean", "expected more than 0s"),
        ({"kind": "closed", "population": 0, "idle": "1h"}, "population", "expected at least 1"),
        ({"kind": "diurnal", "mean": "1/h", "amplitude": 2}, "amplitude", "expected at most 1"),
        ({"kind": "diurnal", "mean": "1/h", "amplitude": 1, "period": "1ns"}, "period", "expected at least 1us"),
        ({"kind": "growth", "per_day": -1}, "per_day", "expected at least 0"),
        ({"kind": "growth", "per_day": 1, "rate": "1/h"}, "rate", "there is no such key"),
    ],
)
def test_other_kinds(keys: dict[str, Any], key: str, said: str) -> None:
    found = problems(pool(rate=None, **keys) if "rate" not in keys else pool(**keys))
    assert found.get(f"workload[0].{key}", str(found))[: len(said)] == said


def test_every_kind_with_its_usual_keys_is_sound() -> None:
    for keys in (
        {"kind": "constant", "rate": "0.5/s"},
        {"kind": "burst", "size": 3, "every": "1h"},
        {"kind": "closed", "population": 3, "idle": "1h"},
        {"kind": "closed", "population": 3, "idle": {"kind": "constant", "mean": "1h"}},
        {"kind": "diurnal", "mean": "1/h", "amplitude": 0.5, "peak_at": "14h"},
        {"kind": "growth", "start": 5, "per_day": 2.5, "lifetime": None},
    ):
        assert problems(pool(**{"rate": None, **keys})) == {}
    for lifetime in (
        "forever",
        {"kind": "constant", "mean": "1h"},
        {"kind": "lognormal", "mean": "1h", "sigma": 2},
        {"kind": "hyperexponential", "p": [0.1, 0.2, 0.7], "means": ["1h", "2h", "3h"]},
        {"kind": "weibull", "mean": "1h", "shape": 0.5},
    ):
        assert problems(pool(lifetime=lifetime)) == {}
    for retry in ({"attempts": 3, "backoff": "1s", "token": "fresh"}, "until-placed", "none"):
        assert problems(pool(retry=retry)) == {}


def test_two_workloads_of_one_name_are_refused() -> None:
    said = pool()
    said["workload"] *= 2
    assert problems(said) == {"workload[1].name": "'pods' is there already; an id is given once"}


def test_vswitches_of_two_vpcs_or_of_one_without_a_group_are_refused() -> None:
    said = pool(vswitch=["vsw-a", "vsw-z"])
    said["world"]["vpc"].append({"id": "vpc-2", "cidr": "10.1.0.0/16"})
    for vswitch in said["world"]["vswitch"]:
        vswitch["vpc"] = "vpc-1"
    said["world"]["vswitch"].append({"id": "vsw-z", "vpc": "vpc-2", "zone": ZONE, "cidr": "10.1.0.0/28"})
    said["world"]["security_group"][0]["vpc"] = "vpc-1"
    found = problems(said)["workload[0].vswitch"]
    assert found == "they lie in the VPCs vpc-1, vpc-2; an item's group is of one VPC"
    said["workload"][0]["vswitch"] = "vsw-z"
    found = problems(said)["workload[0].security_group"]
    assert found == "VPC 'vpc-2' has no security group; an ENI needs one"


def test_a_world_without_vswitches_has_no_room_for_a_workload() -> None:
    said = pool(vswitch=None)
    del said["world"]["vswitch"]
    assert problems(said)["workload[0].vswitch"] == "the world has no vSwitch"


@pytest.mark.parametrize(
    ("changes", "key", "said"),
    [
        ({"file": "none.csv"}, "file", "there is no file"),
        ({"file": "traces/pods.txt"}, "format", "it is missing, and pods.txt does not end in .csv"),
        ({"duration": "length"}, "duration", "there is an end already; a row has either an end or a duration"),
        ({"unit": "sec"}, "unit", "'sec' is not one of its values"),
        ({"ties": "start-first"}, "ties", "'start-first' is not one of its values"),
        ({"surges": [{"begin": "2h", "end": "1h"}]}, "surges[0].end", "1h is not after the begin, 2h"),
        ({"zones": {"a": ZONE, "b": "b"}}, "zones.b", "no vSwitch of it lies in 'b'; known are"),
        ({"secondary": 2}, "secondary", "it counts addresses of an ENI of its own"),
        ({"shift": "1 h"}, "shift", "'1 h' is not a duration"),
        ({"lifetime": "forever"}, "lifetime", "there is no such key"),
        ({"scale_rate": 0}, "scale_rate", "expected more than 0"),
    ],
)
def test_a_trace(tmp_path: Path, changes: dict[str, Any], key: str, said: str) -> None:
    found = problems(openb(tmp_path, **changes), tmp_path)
    assert found.get(f"workload[0].{key}", str(found))[: len(said)] == said


def test_every_transform_of_a_trace_is_a_key(tmp_path: Path) -> None:
    more: dict[str, Any] = {"shift": "-1h", "scale_rate": 2, "stretch_lifetimes": 0.5, "zone": "az", "format": "csv"}
    more |= {"filter": {"qos": ["LS", "BE"], "gpu": 1}, "zones": {"a": ZONE}, "end": None, "duration": "length"}
    more["surges"] = [{"begin": "1h", "end": "2h", "copies": 3, "shift": "1d"}]
    assert problems(openb(tmp_path, **more), tmp_path) == {}


@pytest.mark.parametrize(
    ("changes", "key", "said"),
    [
        (
            {"instance_type": "ecs.g7ne.xlarg"},
            "instance_type",
            "instance type 'ecs.g7ne.xlarg' is not known; did you mean",
        ),
        ({"pool": {"min": 3, "max": 2}}, "pool.min", "3 is above pool.max, 2"),
        ({"pool": {"idle_reclaim_every": "0s"}}, "pool.idle_reclaim_every", "expected more than 0s"),
        ({"pool": {"warmup": 3}}, "pool.warmup", "there is no such key; did you mean 'warm_up'?"),
        ({"nodes": "firstfit"}, "nodes", "'firstfit' is not one of its values; did you mean 'first-fit'?"),
        ({"nodes": 0}, "nodes", "expected at least 1"),
        ({"nodes": {"min": 3, "max": 2}}, "nodes.min", "3 is above nodes.max, 2"),
        ({"mode": "prefix"}, "mode", 'the classic profile knows no prefixes; set profile = "current"'),
        ({"agent": "mine"}, "agent", "expected \"module:Class\", not 'mine'"),
        ({"rate_limits": {"Create": 3}}, "rate_limits.Create", "there is no such action"),
        ({"rate_limits": {"*": 0}}, "rate_limits.*", "expected at least 1, or the call would never be made"),
        ({"node_vswitch": "vsw-x"}, "node_vswitch", "there is no vSwitch 'vsw-x'"),
        ({"node_vswitch": {ZONE: "vsw-b"}}, f"node_vswitch.{ZONE}", "'vsw-b' lies in 'cn-hangzhou-i', not in"),
    ],
)
def test_a_fleet(tmp_path: Path, changes: dict[str, Any], key: str, said: str) -> None:
    found = problems(openb(tmp_path, fleet=changes), tmp_path)
    assert found.get(f"fleet.{key}", str(found))[: len(said)] == said


@pytest.mark.parametrize(
    ("mode", "numbers", "said"),
    [
        ("shared-eni", {}, "of mine no ENI numbers are known"),
        ("exclusive-eni", {"eni_quantity": 1, "ipv4_per_eni": 2}, "mine takes no ENI beside its primary one"),
        ("trunk", {"eni_quantity": 3, "ipv4_per_eni": 2}, "mine takes no member ENIs"),
        ("prefix", {"eni_quantity": 3, "ipv4_per_eni": 1}, "an ENI of mine has one address only"),
    ],
)
def test_a_type_that_cannot_do_what_the_mode_wants(
    tmp_path: Path, mode: str, numbers: dict[str, int], said: str
) -> None:
    made = openb(tmp_path, fleet={"instance_type": "mine", "mode": mode})
    made["world"]["instance_type"] = [{"name": "mine", **numbers}]
    made["profile"] = "current"
    assert problems(made, tmp_path)["fleet.instance_type"][: len(said)] == said


def test_a_type_with_member_enis_has_room_for_pods_on_a_trunk(tmp_path: Path) -> None:
    made = openb(tmp_path, fleet={"instance_type": "mine", "mode": "trunk"})
    numbers = {"eni_quantity": 3, "ipv4_per_eni": 2, "eni_total_quantity": 9}
    made["world"]["instance_type"] = [{"name": "mine", "eni_trunk_supported": True, **numbers}]
    said = 'the classic profile knows no trunk ENIs; set profile = "current"'
    assert problems(made, tmp_path) == {"fleet.mode": said}, "every pod would be refused"
    made["profile"] = "current"
    assert problems(made, tmp_path) == {}


def test_a_fleet_with_all_its_keys_is_sound(tmp_path: Path) -> None:
    fleet: dict[str, Any] = {
        "nodes": {"min": 1, "max": 9, "boot": "90s", "scale_down_after": "10m"},
        "mode": "prefix",
        "pool": {"min": 1, "max": 5, "warm_up": 3, "idle_reclaim_after": "30m", "idle_reclaim_batch": 3},
        "node_vswitch": {ZONE: "vsw-a"},
        "rate_limits": {"*": 500},
        "agent": "my.agents:Greedy",
        "vswitch_block": "10m",
    }
    made = openb(tmp_path, fleet=fleet)
    made["profile"] = "current"
    assert problems(made, tmp_path) == {}
    made["fleet"] |= {"nodes": 9, "node_vswitch": "vsw-a", "rate_limits": "terway"}
    assert problems(made, tmp_path) == {}
