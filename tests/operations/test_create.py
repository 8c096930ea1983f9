"""CreateNetworkInterface: each parameter has its effect, each field its value, each order of checks its answer."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cloudsim.api.render import to_json
from cloudsim.api.requests import Tag
from cloudsim.api.responses import CreateNetworkInterfaceResponse
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import CheckOrder, Policy
from cloudsim.resources.interface import EniStatus, EniType
from cloudsim.simulation.latency import latency
from cloudsim.simulation.world.builder import World
from tests.small_world import REGION, Watched, a_create, code, small

REFERENCE = Path(__file__).parents[1] / "reference"


def rich() -> World:
    """A world with two of everything that a create can name."""
    return (
        World()
        .account("acme", owner_id="1234567890123456")
        .region(REGION, zones=["cn-hangzhou-h", "cn-hangzhou-i"])
        .region("cn-beijing")
        .vpc("vpc-main", region=REGION, cidr="10.0.0.0/16")
        .vpc("vpc-north", region="cn-beijing", cidr="10.1.0.0/16")
        .vswitch("vsw-a", vpc="vpc-main", zone="cn-hangzhou-h", cidr="10.0.0.0/24")
        .vswitch("vsw-i", vpc="vpc-main", zone="cn-hangzhou-i", cidr="10.0.1.0/24")
        .vswitch("vsw-north", vpc="vpc-north", cidr="10.1.0.0/24")
        .security_group("sg-main", vpc="vpc-main")
        .security_group("sg-two", vpc="vpc-main")
        .security_group("sg-north", vpc="vpc-north")
        .resource_group("rg-blue")
    )


Effect = Callable[[Watched, CreateNetworkInterfaceResponse], object]

EFFECTS: dict[str, tuple[dict[str, Any], Effect, object]] = {
    "Action": ({}, lambda sim, _: sim.calls, {"CreateNetworkInterface": {"ok": 1}}),
    "RegionId": (
        {"region_id": "cn-beijing", "vswitch_id": "vsw-north", "security_group_id": "sg-north"},
        lambda _, made: (made.zone_id, made.network_interface_id[:7]),
        ("cn-beijing-a", "eni-2ze"),
    ),
    "VSwitchId": (
        {"vswitch_id": "vsw-i"},
        lambda _, made: (made.vswitch_id, made.vpc_id, made.zone_id, made.private_ip_address.rpartition(".")[0]),
        ("vsw-i", "vpc-main", "cn-hangzhou-i", "10.0.1"),
    ),
    "Tag.N.Key": ({"tags": (Tag(key="team", value="net"),)}, lambda _, made: made.tag_pairs[0].tag_key, "team"),
    "Tag.N.Value": ({"tags": (Tag(key="team", value="net"),)}, lambda _, made: made.tag_pairs[0].tag_value, "net"),
    "ResourceGroupId": ({"resource_group_id": "rg-blue"}, lambda _, made: made.resource_group_id, "rg-blue"),
    "PrimaryIpAddress": ({"primary_ip_address": "10.0.0.7"}, lambda _, made: made.private_ip_address, "10.0.0.7"),
    "SecurityGroupId": ({"security_group_id": "sg-two"}, lambda _, made: made.security_group_ids, ("sg-two",)),
    "SecurityGroupIds.N": (
        {"security_group_id": None, "security_group_ids": ("sg-two", "sg-main")},
        lambda _, made: made.security_group_ids,
        ("sg-two", "sg-main"),
    ),
    "NetworkInterfaceName": ({"network_interface_name": "web:1"}, lambda _, made: made.network_interface_name, "web:1"),
    "Description": ({"description": "front end"}, lambda _, made: made.description, "front end"),
    "PrivateIpAddress.N": (
        {"private_ip_addresses": ("10.0.0.9", "10.0.0.8")},
        lambda _, made: made.private_ip_addresses[1:],
        ("10.0.0.9", "10.0.0.8"),
    ),
    "SecondaryPrivateIpAddressCount": (
        {"secondary_private_ip_address_count": 3},
        lambda _, made: [each.primary for each in made.private_ip_sets],
        [True, False, False, False],
    ),
    "QueueNumber": ({"queue_number": 4}, lambda sim, made: sim.shown(made.network_interface_id).queue_number, 4),
    "ClientToken": (
        {"client_token": "t-1"},
        lambda sim, made: sim.make(client_token="t-1").mac_address == made.mac_address,
        True,
    ),
}


def test_no_parameter_of_the_reference_is_left_out() -> None:
    with (REFERENCE / "create_parameters.csv").open(newline="") as rows:
        assert set(EFFECTS) == {row["parameter"] for row in csv.DictReader(rows)}


@pytest.mark.parametrize("parameter", EFFECTS)
def test_each_parameter_of_the_reference_has_its_effect(parameter: str) -> None:
    changes, effect, wanted = EFFECTS[parameter]
    sim = Watched(rich())
    assert effect(sim, sim.make(**changes)) == wanted
    assert sim.close() == []


def flat(document: dict[str, Any], path: str = "") -> dict[str, Any]:
    """The fields of an answer by their path, the first item of each list for all."""
    found: dict[str, Any] = {}
    for key, value in document.items():
        found[path + key] = value
        inner = value[0] if isinstance(value, list) and value else value
        if isinstance(inner, dict):
            found |= flat(inner, f"{path}{key}.")
    return found


def test_each_field_of_the_reference_has_its_value_in_the_answer() -> None:
    sim = Watched(rich())
    made = sim.make(
        network_interface_name="web",
        description="front end",
        tags=(Tag(key="team", value="net"),),
        resource_group_id="rg-blue",
        primary_ip_address="10.0.0.7",
        secondary_private_ip_address_count=1,
    )
    fields = flat(msgspec.json.decode(to_json(made)))
    with (REFERENCE / "create_response_fields.csv").open(newline="") as rows:
        documented = [row["field"] for row in csv.DictReader(rows)]
    assert [field for field in documented if field not in fields] == []
    (eni,) = sim.enis
    assert {field: fields[field] for field in documented} == {
        "Description": "front end",
        "MacAddress": eni.mac_address,
        "NetworkInterfaceId": eni.id,
        "NetworkInterfaceName": "web",
        "OwnerId": "1234567890123456",
        "PrivateIpAddress": "10.0.0.7",
        "PrivateIpSets.PrivateIpSet": [
            {"PrivateIpAddress": "10.0.0.7", "Primary": True},
            {"PrivateIpAddress": eni.private_ip_addresses[1], "Primary": False},
        ],
        "PrivateIpSets.PrivateIpSet.Primary": True,
        "PrivateIpSets.PrivateIpSet.PrivateIpAddress": "10.0.0.7",
        "RequestId": made.request_id,
        "ResourceGroupId": "rg-blue",
        "SecurityGroupIds.SecurityGroupId": ["sg-main"],
        "ServiceID": 0,
        "ServiceManaged": False,
        "Status": "Available",
        "Tags.Tag": [{"TagKey": "team", "TagValue": "net"}],
        "Tags.Tag.TagKey": "team",
        "Tags.Tag.TagValue": "net",
        "Type": "Secondary",
        "VSwitchId": "vsw-a",
        "VpcId": "vpc-main",
        "ZoneId": "cn-hangzhou-h",
    }


def test_what_is_not_given_is_empty_or_the_account_s_default() -> None:
    sim = Watched()
    made = sim.make()
    assert (made.network_interface_name, made.description, made.tags) == ("", "", ())
    assert made.resource_group_id == sim.enis[0].resource_group
    assert made.resource_group_id.startswith("rg-")
    assert sim.shown(made.network_interface_id).queue_number is None


def test_a_new_eni_is_available_and_secondary_and_takes_one_place_of_quota_and_one_address() -> None:
    sim = Watched(small(quota=2))
    made = sim.make()
    (eni,) = sim.enis
    assert (eni.status, eni.type) == (EniStatus.AVAILABLE, EniType.SECONDARY)
    assert sim.quota(account="acme", region=REGION).used == 1
    assert sim.free_addresses("vsw-a") == 251
    assert sim.cloud.security_groups[eni.security_group_ids[0]].places.used == 1
    assert made.private_ip_addresses == eni.private_ip_addresses


def test_what_a_create_keeps_is_not_said_to_be_given_back() -> None:
    sim = Watched()
    sim.make(secondary_private_ip_address_count=2)
    assert b"given-back" not in b"".join(sim.cloud.journal.lines)


def test_each_address_takes_a_place_of_each_group() -> None:
    sim = Watched(rich())
    sim.make(security_group_id=None, security_group_ids=("sg-main", "sg-two"), secondary_private_ip_address_count=4)
    used = {group.id: group.places.used for group in sim.cloud.security_groups.values()}
    assert used == {"sg-main": 5, "sg-two": 5, "sg-north": 0}


def test_the_primary_address_comes_first_also_where_only_the_secondary_ones_are_named() -> None:
    made = Watched(small(policy="lowest-first")).make(private_ip_addresses=("10.0.0.1", "10.0.0.3"))
    assert made.private_ip_addresses == ("10.0.0.2", "10.0.0.1", "10.0.0.3")


def test_a_primary_address_may_be_named_beside_a_count_of_secondary_ones() -> None:
    made = Watched(small(policy="lowest-first")).make(
        primary_ip_address="10.0.0.2", secondary_private_ip_address_count=2
    )
    assert made.private_ip_addresses == ("10.0.0.2", "10.0.0.1", "10.0.0.3")


def test_the_instant_of_the_commit_is_the_time_of_creation() -> None:
    sim = Watched(latency=latency(there="1h", commit="2s", respond="1m"))
    made = sim.make()
    assert sim.enis[0].created_ns == 3_602_000_000_000
    assert sim.shown(made.network_interface_id).creation_time == "2026-01-01T01:00:02Z"


@pytest.mark.parametrize(
    ("order", "wanted"),
    [(CheckOrder.QUOTA_FIRST, "MaxEniCountExceeded"), (CheckOrder.ADDRESSES_FIRST, "InvalidVSwitchId.IpInvalid")],
)
def test_the_order_of_checks_decides_which_of_two_refusals_comes(order: CheckOrder, wanted: str) -> None:
    sim = Watched(small(quota=0), policy=Policy(order=order))
    assert code(sim.ask(primary_ip_address="10.0.0.0")) == wanted
    assert sim.held == {}


def test_the_vswitch_is_looked_up_before_the_groups_and_these_before_the_resource_group() -> None:
    sim = Watched()
    unknown: dict[str, Any] = {"vswitch_id": "vsw-x", "security_group_id": "sg-x", "resource_group_id": "rg-x"}
    codes = []
    while unknown:
        codes.append(code(sim.ask(**unknown)))
        unknown.pop(next(iter(unknown)))
    assert codes == ["InvalidVSwitchId.NotFound", "InvalidSecurityGroupId.NotFound", "InvalidResourceGroup.NotFound"]


def test_the_account_is_looked_at_before_the_rules_and_the_rules_before_the_region() -> None:
    sim = Watched()
    nobody = sim.caller(account="nobody")
    assert code(sim.ask(a_create(region_id="cn-x", vswitch_id=None), by=nobody)) == "Abs.InvalidAccount.NotFound"
    assert code(sim.ask(region_id="cn-x", vswitch_id=None)) == "MissingParameter"
    assert code(sim.ask(region_id="cn-x")) == "InvalidRegionId.NotFound"


def two_accounts() -> World:
    return (
        World()
        .account("acme", users=[{"name": "ci"}, {"name": "old", "status": "expired"}])
        .account("rival", status="disabled")
        .account("other")
        .region(REGION)
        .region("cn-beijing")
        .vpc("vpc-main", account="acme", region=REGION, cidr="10.0.0.0/16")
        .vpc("vpc-other", account="other", region=REGION, cidr="10.0.0.0/16")
        .vswitch("vsw-a", vpc="vpc-main", cidr="10.0.0.0/24")
        .vswitch("vsw-o", vpc="vpc-other", cidr="10.0.0.0/24")
        .security_group("sg-main", vpc="vpc-main")
        .security_group("sg-o", vpc="vpc-other")
        .resource_group("rg-o", account="other")
    )


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"vswitch_id": "vsw-o", "security_group_id": "sg-o"}, "InvalidVSwitchId.NotFound"),
        ({"security_group_id": "sg-o"}, "InvalidSecurityGroupId.NotFound"),
        ({"resource_group_id": "rg-o"}, "InvalidResourceGroup.NotFound"),
        ({"region_id": "cn-beijing"}, "InvalidVSwitchId.NotFound"),
    ],
)
def test_what_belongs_to_another_account_or_region_is_not_found(changes: dict[str, Any], wanted: str) -> None:
    sim = Watched(two_accounts())
    assert code(sim.ask(**changes)) == wanted


def test_a_group_of_the_account_in_another_region_is_not_found() -> None:
    sim = Watched(rich())
    assert code(sim.ask(security_group_id="sg-north")) == "InvalidSecurityGroupId.NotFound"


@pytest.mark.parametrize(
    ("account", "user", "wanted", "says"),
    [
        ("acme", "ci", "ok", ""),
        ("acme", "old", "Abs.InvalidAccount.NotFound", "RAM user old is expired"),
        ("acme", "nobody", "Abs.InvalidAccount.NotFound", "no RAM user nobody"),
        ("rival", None, "Abs.InvalidAccount.NotFound", "it is disabled"),
    ],
)
def test_only_who_is_in_force_may_call(account: str, user: str | None, wanted: str, says: str) -> None:
    sim = Watched(two_accounts())
    reply = sim.ask(by=sim.caller(account=account, user=user))
    assert code(reply) == wanted
    assert says in (reply.error.message if reply.error is not None else "")


def test_a_ram_user_makes_enis_of_the_account() -> None:
    sim = Watched(two_accounts())
    sim.ask(by=sim.caller(account="acme", user="ci"))
    assert len(sim.enis) == 1
    assert b'"user":"ci"' in b"\n".join(sim.cloud.journal.lines)


def test_quotas_of_regions_and_accounts_are_apart() -> None:
    world = (
        World()
        .account("acme", eni_quota={REGION: 1})
        .region(REGION)
        .region("cn-beijing")
        .vpc("vpc-main", region=REGION, cidr="10.0.0.0/16")
        .vpc("vpc-north", region="cn-beijing", cidr="10.0.0.0/16")
        .vswitch("vsw-a", vpc="vpc-main", cidr="10.0.0.0/24")
        .vswitch("vsw-n", vpc="vpc-north", cidr="10.0.0.0/24")
        .security_group("sg-main", vpc="vpc-main")
        .security_group("sg-n", vpc="vpc-north")
    )
    sim = Watched(world)
    north: dict[str, Any] = {"region_id": "cn-beijing", "vswitch_id": "vsw-n", "security_group_id": "sg-n"}
    assert [code(sim.ask()), code(sim.ask()), code(sim.ask(**north))] == ["ok", "MaxEniCountExceeded", "ok"]
    assert sim.quota(account="acme", region="cn-beijing").limit == 100


def test_a_refusal_counts_what_is_held_for_others_among_what_is_taken() -> None:
    sim = Watched(small(quota=2).security_group("sg-two", capacity=3, used=1))
    sim.make()
    sim.hold(sim.send(security_group_id="sg-two"), at=Phase.COMMIT)
    quota = sim.ask().error
    assert quota is not None
    assert "acme holds 2 of 2 in cn-hangzhou, asked for 1 more" in quota.message
    sim.quota(account="acme", region=REGION).set_limit(9)
    group = sim.ask(security_group_id="sg-two", secondary_private_ip_address_count=1).error
    assert group is not None
    assert "sg-two holds 2 of 3, asked for 2 more" in group.message


def test_primary_enis_of_instances_take_addresses_and_group_places_and_no_quota() -> None:
    sim = Watched(small(quota=1).instance("i-{n}", type="ecs.g7.xlarge", count=3))
    assert sim.quota(account="acme", region=REGION).used == 0
    assert sim.free_addresses("vsw-a") == 249
    assert code(sim.ask()) == "ok"
    assert len(sim.enis) == 4


def test_where_the_profile_says_so_primary_enis_count_in_the_quota() -> None:
    world = World(limits={"primary_enis_count": True}).account("acme", eni_quota=1).region(REGION)
    world.vpc("vpc-main", cidr="10.0.0.0/16").vswitch("vsw-a", cidr="10.0.0.0/24").security_group("sg-main")
    sim = Watched(world.instance("i-1", type="ecs.g7.xlarge"))
    assert code(sim.ask()) == "MaxEniCountExceeded"


def test_a_call_without_a_token_has_no_phase_for_one() -> None:
    def phases(token: str | None) -> list[str]:
        sim = Watched()
        sim.make(client_token=token)
        events = [msgspec.json.decode(line) for line in sim.cloud.journal.lines]
        return [event["phase"] for event in events if event["ev"] == "phase"]

    without = [Phase.ADMIT, Phase.RESOLVE, Phase.RESERVE_QUOTA, Phase.LEASE_ADDRESSES, Phase.COMMIT, Phase.RESPOND]
    assert phases(None) == phases("") == without
    assert phases("t-1") == [Phase.ADMIT, Phase.CLAIM_TOKEN, *without[1:]]
