"""What each phase touches, exactly: a touch that nobody reports would hide a race from whoever explores orders."""

from typing import Any

import msgspec
import pytest

from cloudsim.api.requests import (
    AssignIpv6Addresses,
    AssignPrivateIpAddresses,
    AttachNetworkInterface,
    CreateVpc,
    CreateVSwitch,
    DeleteSecurityGroup,
    DeleteVpc,
    DescribeNetworkInterfaces,
    Request,
    RunInstances,
    StartInstance,
    UnassignPrivateIpAddresses,
)
from cloudsim.api.responses import CreateVpcResponse, CreateVSwitchResponse
from cloudsim.api.troubles import BringZoneBack, SetQuota, TakeZoneOut
from cloudsim.operations.operation import Footprint, Phase
from cloudsim.operations.policy import AddressPolicy, CheckOrder, Policy, QuotaPolicy, TokenPolicy
from cloudsim.resources.ledger import Mode
from cloudsim.simulation.watch import FootprintWatcher
from cloudsim.simulation.world.builder import World
from tests.small_world import REGION, Watched, a_create, a_delete, code, small

TOKEN, VSWITCH, GROUP, ZONE = "token:acme/t-1", "vswitch:vsw-a", "group:sg-main", "zone:cn-hangzhou-h"
PINS = {"add pins:vsw-a", "add pins:sg-main"}
QUOTA, PLACES, POOL, ENIS = f"quota:acme/{REGION}", "group-places:sg-main", "pool:vsw-a", f"enis:acme/{REGION}"

Touched = dict[str, set[str]]


class Recorder(FootprintWatcher):
    """Holds touches against the footprint as ever, and takes note of them by phase."""

    __slots__ = ("phase", "seen")

    def __init__(self) -> None:
        super().__init__()
        self.phase = ""
        self.seen: Touched = {}

    def begin(self, step: str, declared: Footprint) -> None:
        self.phase = step.rpartition(" ")[2]
        super().begin(step, declared)

    def touch(self, key: str, mode: Mode) -> None:
        self.seen.setdefault(self.phase, set()).add(f"{mode} {key}")
        super().touch(key, mode)


def touched(sim: Watched, request: Any, wanted: str = "ok") -> Touched:
    """What the phases of a call touch."""
    sim.watcher = recorder = Recorder()
    assert code(sim.ask(request)) == wanted
    return recorder.seen


def writes(*keys: str) -> set[str]:
    return {f"write {key}" for key in keys}


SOUND = a_create(client_token="t-1", private_ip_addresses=("10.0.0.9",))
RESOLVED = {f"read {VSWITCH}", f"read {ZONE}", f"read {GROUP}", *PINS}
COMMITTED = {*writes(QUOTA, PLACES, POOL, TOKEN), f"add {ENIS}", *PINS}


def test_a_create_touches_what_its_phases_are_about() -> None:
    assert touched(Watched(), SOUND) == {
        "CLAIM_TOKEN": writes(TOKEN),
        "RESOLVE": RESOLVED,
        "RESERVE_QUOTA": writes(QUOTA, PLACES),
        "LEASE_ADDRESSES": writes(POOL),
        "COMMIT": COMMITTED,
    }


def test_known_bad_policies_read_where_good_ones_write_and_write_only_at_the_commit() -> None:
    policy = Policy(
        token=TokenPolicy.LOOK_UP_THEN_COMMIT,
        quota=QuotaPolicy.CHECK_THEN_COUNT,
        address=AddressPolicy.CHECK_THEN_ACT,
    )
    assert touched(Watched(policy=policy), SOUND) == {
        "CLAIM_TOKEN": {f"read {TOKEN}"},
        "RESOLVE": RESOLVED,
        "RESERVE_QUOTA": {f"read {QUOTA}", f"read {PLACES}"},
        "LEASE_ADDRESSES": writes(POOL),
        "COMMIT": COMMITTED,
    }


def test_a_call_without_a_token_touches_none() -> None:
    assert not [keys for keys in touched(Watched(), a_create()).values() if any("token" in key for key in keys)]


def test_a_refusal_touches_what_it_gives_back() -> None:
    sim = Watched()
    sim.make(primary_ip_address="10.0.0.9")
    refused = touched(sim, SOUND, "InvalidPrivateIpAddress.Duplicated")
    assert refused["LEASE_ADDRESSES"] == writes(POOL, QUOTA, PLACES, TOKEN) | PINS
    other_order = Watched(small(quota=0), policy=Policy(order=CheckOrder.ADDRESSES_FIRST))
    given_back = touched(other_order, SOUND, "MaxEniCountExceeded")["RESERVE_QUOTA"]
    assert given_back == writes(QUOTA, POOL, TOKEN) | PINS


@pytest.mark.parametrize("phase", [Phase.RESOLVE, Phase.RESERVE_QUOTA, Phase.LEASE_ADDRESSES, Phase.COMMIT])
def test_an_abandoned_call_touches_its_token_and_what_it_gives_back(phase: Phase) -> None:
    sim = Watched()
    sim.faults.abandon(phase)
    held = {Phase.LEASE_ADDRESSES: (QUOTA, PLACES), Phase.COMMIT: (QUOTA, PLACES, POOL)}.get(phase, ())
    pins = set() if phase is Phase.RESOLVE else PINS
    assert touched(sim, SOUND, f"was abandoned at {phase}")[phase] == writes(TOKEN, *held) | pins


def test_ipv6_and_prefixes_are_of_the_vswitch_s_one_pool_key() -> None:
    sim = Watched(small(profile="current"))
    newer = a_create(ipv6_address_count=1, ipv6_prefix_count=1, ipv4_prefix_count=1)
    assert touched(sim, newer)["LEASE_ADDRESSES"] == writes(POOL)


def test_an_end_touches_the_eni_the_list_and_all_that_comes_back() -> None:
    sim = Watched()
    eni = sim.make().network_interface_id
    ended = {*writes(f"eni:{eni}", QUOTA, PLACES, POOL), f"add {ENIS}"}
    assert touched(sim, a_delete(eni)) == {"COMMIT": ended}
    assert touched(sim, a_delete(eni), "InvalidEniId.NotFound") == {"COMMIT": writes(f"eni:{eni}")}


def test_an_asynchronous_end_touches_what_comes_back_when_it_does() -> None:
    sim = Watched(small(profile="current"))
    eni = sim.make(ipv4_prefix_count=1).network_interface_id
    listed = {f"write eni:{eni}", f"add {ENIS}"}
    assert touched(sim, a_delete(eni)) == {"COMMIT": listed, "FINISH": listed | writes(QUOTA, PLACES, POOL)}


def test_where_a_vpc_has_more_addresses_than_it_may_use_every_lease_touches_its_count() -> None:
    sim = Watched(small(vpc={"private_addresses": 100}))
    shared = writes(POOL, "vpc-addresses:vpc-main")
    creating = touched(sim, a_create())
    assert creating["LEASE_ADDRESSES"] == shared
    assert creating["COMMIT"] >= shared
    assert touched(sim, a_delete(sim.enis[0].id))["COMMIT"] >= shared


def test_a_description_reads_the_list() -> None:
    assert touched(Watched(), DescribeNetworkInterfaces(region_id=REGION)) == {"READ": {f"read {ENIS}"}}


ENI: dict[str, Any] = {"region_id": REGION, "network_interface_id": "eni-1"}
IN_A_ZONE: dict[str, Request] = {
    "create": a_create(),
    "run": RunInstances(
        region_id=REGION, instance_type="ecs.g7.xlarge", vswitch_id="vsw-a", security_group_id="sg-main"
    ),
    "attach": AttachNetworkInterface(**ENI, instance_id="i-1"),
    "start": StartInstance(region_id=REGION, instance_id="i-1"),
    "assign": AssignPrivateIpAddresses(**ENI, secondary_private_ip_address_count=1),
    "assign ipv6": AssignIpv6Addresses(**ENI, ipv6_address_count=1),
    "unassign": UnassignPrivateIpAddresses(**ENI, private_ip_addresses=("10.0.0.9",)),
    "create vswitch": CreateVSwitch(
        region_id=REGION, zone_id="cn-hangzhou-h", vpc_id="vpc-main", cidr_block="10.0.9.0/24"
    ),
}


@pytest.mark.parametrize("name", IN_A_ZONE)
def test_whoever_puts_something_into_a_zone_reads_it_and_an_outage_writes_it(name: str) -> None:
    world = small(profile="current").eni("eni-1", secondary_ips=["10.0.0.9"])
    sim = Watched(world.instance("i-1", type="ecs.g7.xlarge", status="Stopped"))
    touches = touched(sim, IN_A_ZONE[name])
    assert [phase for phase, keys in touches.items() if f"read {ZONE}" in keys], touches
    for trouble in (TakeZoneOut(zone="cn-hangzhou-h"), BringZoneBack(zone="cn-hangzhou-h")):
        assert touched(sim, trouble) == {"STRIKE": writes(ZONE)}


def two_vpcs(other: str) -> World:
    """A world with an empty VPC and an empty group."""
    made = World().account("acme").region(REGION, zones=["cn-hangzhou-h"])
    made.vpc("vpc-main", cidr="10.0.0.0/16").vpc(other, cidr="10.8.0.0/16")
    return made.security_group("sg-b", vpc="vpc-main")


@pytest.mark.parametrize("end", [DeleteVpc(vpc_id="vpc-b"), DeleteSecurityGroup(security_group_id="sg-b")])
def test_a_quota_reads_what_it_is_of_since_that_may_end(end: Request) -> None:
    end = msgspec.structs.replace(end, region_id=REGION)
    vpc, group = getattr(end, "vpc_id", None), getattr(end, "security_group_id", None)
    key = f"vpc:{vpc}" if vpc is not None else f"group:{group}"
    quota = SetQuota(quota="vswitches" if vpc else "group-places", limit=1, vpc_id=vpc, security_group_id=group)
    sim = Watched(two_vpcs("vpc-b"))
    assert f"read {key}" in touched(sim, quota)["STRIKE"]
    assert f"write {key}" in touched(sim, end)["COMMIT"]
    assert f"read {key}" in touched(sim, quota, f"Invalid{'Vpc' if vpc else 'SecurityGroup'}Id.NotFound")["STRIKE"]


def test_what_was_made_is_declared_by_its_own_id_also_after_the_first_draw_of_it_was_taken() -> None:
    """The footprint of FINISH drew the id anew, and missed what had got its second draw."""
    vpc = Watched().ask(CreateVpc(region_id=REGION, cidr_block="10.9.0.0/16")).result()
    assert isinstance(vpc, CreateVpcResponse)
    sim = Watched(two_vpcs(vpc.vpc_id))
    other = sim.ask(CreateVpc(region_id=REGION, cidr_block="10.9.0.0/16")).result()
    assert isinstance(other, CreateVpcResponse)
    assert vpc.vpc_id != other.vpc_id
    assert [one.status for one in sim.cloud.vpcs.values()] == ["Available"] * 3
    vswitch = Watched().ask(IN_A_ZONE["create vswitch"]).result()
    assert isinstance(vswitch, CreateVSwitchResponse)
    sim = Watched(small().vswitch(vswitch.vswitch_id, cidr="10.0.1.0/24"))
    second = sim.ask(IN_A_ZONE["create vswitch"]).result()
    assert isinstance(second, CreateVSwitchResponse)
    assert vswitch.vswitch_id != second.vswitch_id
    assert [one.status for one in sim.cloud.vswitches.values()] == ["Available"] * 3
