"""Races of two operations, by hand: one is held before a phase, a rival goes all the way, and the first one goes on.

Whoever comes to a thing first has it: what the rival finds deleted, changed or locked is in its code, and what the held
one finds is in its own. Afterwards nothing is held, and the audit has nothing to say.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from cloudsim.api.requests import (
    AssignIpv6Addresses,
    AssignPrivateIpAddresses,
    AttachNetworkInterface,
    CreateSecurityGroup,
    CreateVpc,
    CreateVSwitch,
    CreateVSwitchCidrReservation,
    DeleteInstance,
    DeleteNetworkInterface,
    DeleteSecurityGroup,
    DeleteVpc,
    DeleteVSwitch,
    DeleteVSwitchCidrReservation,
    DetachNetworkInterface,
    InstanceInterface,
    JoinResourceGroup,
    JoinSecurityGroup,
    ModifyNetworkInterfaceAttribute,
    Request,
    RunInstances,
    StopInstance,
    UnassignPrivateIpAddresses,
)
from cloudsim.api.troubles import SetInstanceStatus, SetVSwitchStatus
from cloudsim.operations.operation import Phase
from cloudsim.simulation.world.builder import World
from tests.small_world import REGION, Watched, a_create, code

ZONE, TYPE = "cn-hangzhou-h", "ecs.g7.xlarge"
FREE: dict[str, Any] = {"region_id": REGION, "network_interface_id": "eni-free"}
ON: dict[str, Any] = {"region_id": REGION, "network_interface_id": "eni-on"}
HOST: dict[str, Any] = {"region_id": REGION, "instance_id": "i-one"}

Asked: TypeAlias = Request | Callable[[Watched], Request]
Race: TypeAlias = tuple[str, Asked, tuple[Phase, ...], Asked, str, str]
"""What is told of it, who is held, before which phases, the rival, and how the two end."""

RESOLVE, COMMIT, FINISH = (Phase.RESOLVE,), (Phase.COMMIT,), (Phase.FINISH,)
HOLDING = (Phase.RESERVE_QUOTA, Phase.LEASE_ADDRESSES, Phase.COMMIT)
"""Before each of these a create, an assign or a launch has resolved what it stands on, and holds it."""


def world() -> World:
    """Something empty of every kind (vpc-b, vsw-b, sg-b), an ENI that is free, and one on an instance."""
    made = World(profile="current").account("acme").region(REGION, zones=[ZONE])
    made.vpc("vpc-main", cidr="10.0.0.0/16", ipv6_cidr="2001:db8::/56").vpc("vpc-b", cidr="10.1.0.0/16")
    made.vswitch("vsw-a", vpc="vpc-main", cidr="10.0.0.0/24", ipv6=1)
    made.vswitch("vsw-b", vpc="vpc-main", cidr="10.0.1.0/24")
    made.security_group("sg-main", vpc="vpc-main")
    made.security_group("sg-b", vpc="vpc-main").resource_group("rg-b")
    made.instance("i-one", type=TYPE, vswitch="vsw-a", security_groups=["sg-main"])
    made.eni("eni-free", vswitch="vsw-a", secondary_ips=["10.0.0.9"], security_groups=["sg-main"])
    return made.eni("eni-on", vswitch="vsw-a", instance="i-one", security_groups=["sg-main"])


def a_run(*enis: str, **changes: Any) -> RunInstances:
    usual: dict[str, Any] = {
        "region_id": REGION, "instance_type": TYPE, "vswitch_id": "vsw-b", "security_group_id": "sg-b",
        "network_interfaces": tuple([InstanceInterface(network_interface_id=eni) for eni in enis]) or None,
    }  # fmt: skip
    return RunInstances(**{**usual, **changes})


def latest(sim: Watched, table: str) -> str:
    """The id of what was made last."""
    return str(list(getattr(sim.cloud, table))[-1])


def latest_reservation(sim: Watched) -> str:
    (only,) = [name for one in sim.cloud.vswitches.values() for name in one.reservations]
    return only


CREATE = a_create(vswitch_id="vsw-b", security_group_id="sg-b", primary_ip_address="10.0.1.9")
CREATE_VSWITCH = CreateVSwitch(region_id=REGION, zone_id=ZONE, vpc_id="vpc-b", cidr_block="10.1.9.0/24")
CREATE_VPC = CreateVpc(region_id=REGION, cidr_block="10.9.0.0/16")
CREATE_GROUP = CreateSecurityGroup(region_id=REGION, vpc_id="vpc-b")
RESERVE = CreateVSwitchCidrReservation(
    region_id=REGION, vswitch_id="vsw-b", vswitch_cidr_reservation_cidr="10.0.1.64/28"
)
ASSIGN_FREE = AssignPrivateIpAddresses(**FREE, secondary_private_ip_address_count=1)
ASSIGN_ON = AssignPrivateIpAddresses(**ON, secondary_private_ip_address_count=1)
ASSIGN6_ON = AssignIpv6Addresses(**ON, ipv6_address_count=1)

DELETE_FREE, DELETE_ON = DeleteNetworkInterface(**FREE), DeleteNetworkInterface(**ON)
ATTACH = AttachNetworkInterface(**FREE, instance_id="i-one")
DETACH = DetachNetworkInterface(**ON, instance_id="i-one")
MODIFY_FREE = ModifyNetworkInterfaceAttribute(**FREE, security_group_ids=("sg-b",))
MODIFY_ON = ModifyNetworkInterfaceAttribute(**ON, security_group_ids=("sg-b",))
JOIN_FREE = JoinSecurityGroup(**FREE, security_group_id="sg-b")
UNASSIGN_FREE = UnassignPrivateIpAddresses(**FREE, private_ip_addresses=("10.0.0.9",))
STOP = StopInstance(**HOST)
DELETE_HOST = DeleteInstance(**HOST, force=True)
DELETE_VSW_A = DeleteVSwitch(region_id=REGION, vswitch_id="vsw-a")
DELETE_VSW_B = DeleteVSwitch(region_id=REGION, vswitch_id="vsw-b")
DELETE_SG_MAIN = DeleteSecurityGroup(region_id=REGION, security_group_id="sg-main")
DELETE_SG_B = DeleteSecurityGroup(region_id=REGION, security_group_id="sg-b")
DELETE_VPC = DeleteVpc(region_id=REGION, vpc_id="vpc-main")
DELETE_VPC_B = DeleteVpc(region_id=REGION, vpc_id="vpc-b")
REGROUP_VSW_B = JoinResourceGroup(
    region_id=REGION, resource_type="vswitch", resource_id="vsw-b", resource_group_id="rg-b"
)


def in_the_new_vswitch(sim: Watched) -> Request:
    return a_create(vswitch_id=latest(sim, "vswitches"))


def end_of_the_new_vswitch(sim: Watched) -> Request:
    return DeleteVSwitch(region_id=REGION, vswitch_id=latest(sim, "vswitches"))


def end_of_the_new_vpc(sim: Watched) -> Request:
    return DeleteVpc(region_id=REGION, vpc_id=latest(sim, "vpcs"))


def vswitch_in_the_new_vpc(sim: Watched) -> Request:
    return CreateVSwitch(region_id=REGION, zone_id=ZONE, vpc_id=latest(sim, "vpcs"), cidr_block="10.9.1.0/24")


def group_in_the_new_vpc(sim: Watched) -> Request:
    return CreateSecurityGroup(region_id=REGION, vpc_id=latest(sim, "vpcs"))


def end_of_the_reservation(sim: Watched) -> Request:
    return DeleteVSwitchCidrReservation(region_id=REGION, vswitch_cidr_reservation_id=latest_reservation(sim))


def end_of_a_new_reservation(sim: Watched) -> Request:
    sim.ask(RESERVE).result()
    return end_of_the_reservation(sim)


def end_of_the_new_instance(sim: Watched) -> Request:
    return DeleteInstance(region_id=REGION, instance_id=latest(sim, "instances"), force=True)


def a_new_instance_is_stopped_by_hand(sim: Watched) -> Request:
    sim.ask(SetInstanceStatus(instance_id=latest(sim, "instances"), status="Stopped")).result()
    return end_of_the_new_instance(sim)


def a_create_after_the_vswitch_was_opened_by_hand(sim: Watched) -> Request:
    sim.ask(SetVSwitchStatus(vswitch_id="vsw-b", status="Available")).result()
    return CREATE


def a_delete_after_the_vswitch_was_opened_by_hand(sim: Watched) -> Request:
    sim.ask(SetVSwitchStatus(vswitch_id="vsw-b", status="Available")).result()
    return DELETE_VSW_B


DETACH_FREE = DetachNetworkInterface(**FREE, instance_id="i-one")

RACES: tuple[Race, ...] = (
    # An ENI whose addresses are being changed is locked from RESOLVE on; before, the rival has it.
    ("assign, delete", ASSIGN_FREE, RESOLVE, DELETE_FREE, "InvalidEniId.NotFound", "ok"),
    ("assign, delete", ASSIGN_FREE, HOLDING, DELETE_FREE, "ok", "InvalidOperation.Conflict"),
    ("assign, attach", ASSIGN_FREE, RESOLVE, ATTACH, "ok", "ok"),
    ("assign, attach", ASSIGN_FREE, HOLDING, ATTACH, "ok", "Operation.Conflict"),
    ("assign, modify", ASSIGN_FREE, RESOLVE, MODIFY_FREE, "ok", "ok"),
    ("assign, modify", ASSIGN_FREE, HOLDING, MODIFY_FREE, "ok", "Operation.Conflict"),
    ("assign, join", ASSIGN_FREE, HOLDING, JOIN_FREE, "ok", "InvalidOperation.Conflict"),
    ("assign, unassign", ASSIGN_FREE, HOLDING, UNASSIGN_FREE, "ok", "Operation.Conflict"),
    ("assign, assign", ASSIGN_FREE, HOLDING, ASSIGN_FREE, "ok", "Operation.Conflict"),
    ("assign, launch with it", ASSIGN_FREE, RESOLVE, a_run("eni-free"), "ok", "ok"),
    ("assign, launch with it", ASSIGN_FREE, HOLDING, a_run("eni-free"), "ok", "Operation.Conflict"),
    ("assign, delete vSwitch", ASSIGN_FREE, RESOLVE + HOLDING, DELETE_VSW_A, "ok", "DependencyViolation"),
    ("assign, delete group", ASSIGN_FREE, RESOLVE + HOLDING, DELETE_SG_MAIN, "ok", "DependencyViolation"),
    ("assign, detach", ASSIGN_ON, RESOLVE, DETACH, "ok", "ok"),
    ("assign, detach", ASSIGN_ON, HOLDING, DETACH, "ok", "Operation.Conflict"),
    ("assign, stop", ASSIGN_ON, RESOLVE + HOLDING, STOP, "ok", "ok"),
    ("assign, delete instance", ASSIGN_ON, RESOLVE, DELETE_HOST, "ok", "ok"),
    ("assign, delete instance", ASSIGN_ON, HOLDING, DELETE_HOST, "ok", "Operation.Conflict"),
    ("assign IPv6, detach", ASSIGN6_ON, HOLDING, DETACH, "ok", "Operation.Conflict"),
    ("assign IPv6, modify", ASSIGN6_ON, HOLDING, MODIFY_ON, "ok", "Operation.Conflict"),
    ("assign IPv6, delete instance", ASSIGN6_ON, HOLDING, DELETE_HOST, "ok", "Operation.Conflict"),
    # What a launch stands on is pinned; ENIs that exist are not, and are looked at again.
    ("run, delete vSwitch", a_run(), RESOLVE, DELETE_VSW_B, "InvalidVSwitchId.NotFound", "ok"),
    ("run, delete vSwitch", a_run(), HOLDING, DELETE_VSW_B, "ok", "DependencyViolation"),
    ("run, delete group", a_run(), RESOLVE, DELETE_SG_B, "InvalidSecurityGroupId", "ok"),
    ("run, delete group", a_run(), HOLDING, DELETE_SG_B, "ok", "DependencyViolation"),
    ("run, delete its ENI", a_run("eni-free"), RESOLVE + HOLDING, DELETE_FREE, "InvalidEniId.NotFound", "ok"),
    ("run, attach its ENI", a_run("eni-free"), RESOLVE + HOLDING, ATTACH, "InvalidOperation.InvalidEniState", "ok"),
    ("run, modify its ENI", a_run("eni-free"), RESOLVE + HOLDING, MODIFY_FREE, "ok", "ok"),
    ("run, delete at once", a_run(), FINISH, end_of_the_new_instance, "ok", "IncorrectInstanceStatus"),
    ("run, end by hand", a_run("eni-free"), FINISH, a_new_instance_is_stopped_by_hand, "ok", "ok"),
    ("run, delete its ENI", a_run("eni-free"), FINISH, DELETE_FREE, "ok", "InvalidOperation.InvalidEniState"),
    ("run, modify its ENI", a_run("eni-free"), FINISH, MODIFY_FREE, "ok", "InvalidOperation.InvalidEniState"),
    # What a create stands on is pinned.
    ("create, delete vSwitch", CREATE, RESOLVE, DELETE_VSW_B, "InvalidVSwitchId.NotFound", "ok"),
    ("create, delete vSwitch", CREATE, HOLDING, DELETE_VSW_B, "ok", "DependencyViolation"),
    ("create, delete group", CREATE, RESOLVE, DELETE_SG_B, "InvalidSecurityGroupId.NotFound", "ok"),
    ("create, delete group", CREATE, HOLDING, DELETE_SG_B, "ok", "DependencyViolation"),
    ("create, delete VPC", CREATE, RESOLVE + HOLDING, DELETE_VPC, "ok", "DependencyViolation.VSwitch"),
    ("create, regroup its vSwitch", CREATE, RESOLVE + HOLDING, REGROUP_VSW_B, "ok", "ok"),
    ("create, reserve a block", CREATE, RESOLVE + HOLDING, RESERVE, "ok", "ok"),
    # Networks.
    ("vSwitch, delete VPC", CREATE_VSWITCH, RESOLVE, DELETE_VPC_B, "InvalidVpcId.NotFound", "ok"),
    ("vSwitch, delete VPC", CREATE_VSWITCH, (Phase.RESERVE_QUOTA, *COMMIT), DELETE_VPC_B, "ok", "DependencyViolation"),
    ("vSwitch, delete VPC", CREATE_VSWITCH, FINISH, DELETE_VPC_B, "ok", "DependencyViolation.VSwitch"),
    ("vSwitch, another", CREATE_VSWITCH, (Phase.RESERVE_QUOTA, *COMMIT, *FINISH), CREATE_VSWITCH, "ok",
     "IncorrectVSwitchStatus"),
    ("vSwitch, delete it", CREATE_VSWITCH, FINISH, end_of_the_new_vswitch, "ok", "IncorrectVSwitchStatus"),
    ("vSwitch, create in it", CREATE_VSWITCH, FINISH, in_the_new_vswitch, "ok", "IncorrectVSwitchStatus"),
    ("VPC, delete it", CREATE_VPC, FINISH, end_of_the_new_vpc, "ok", "IncorrectVpcStatus"),
    ("VPC, vSwitch in it", CREATE_VPC, FINISH, vswitch_in_the_new_vpc, "ok", "IncorrectVpcStatus"),
    ("VPC, group in it", CREATE_VPC, FINISH, group_in_the_new_vpc, "ok", "IncorrectVpcStatus"),
    ("group, delete VPC", CREATE_GROUP, COMMIT, DELETE_VPC_B, "InvalidVpcId.NotFound", "ok"),
    ("reservation, delete vSwitch", RESERVE, COMMIT, DELETE_VSW_B, "InvalidVSwitchId.NotFound", "ok"),
    ("reservation, delete vSwitch", RESERVE, FINISH, DELETE_VSW_B, "ok", "DependencyViolation"),
    ("reservation, delete it", RESERVE, FINISH, end_of_the_reservation, "ok", "IncorrectStatus"),
    ("reservation's end, another", end_of_a_new_reservation, FINISH, end_of_the_reservation, "ok", "IncorrectStatus"),
    ("reservation's end, the same block", end_of_a_new_reservation, FINISH, RESERVE, "ok",
     "InvalidCidrBlock.Overlapped"),
    ("reservation's end, delete vSwitch", end_of_a_new_reservation, FINISH, DELETE_VSW_B, "ok", "DependencyViolation"),
    ("vSwitch's end, create in it", DELETE_VSW_B, FINISH, CREATE, "ok", "IncorrectVSwitchStatus"),
    ("vSwitch's end, opened by hand", DELETE_VSW_B, FINISH, a_create_after_the_vswitch_was_opened_by_hand, "ok", "ok"),
    ("vSwitch's end, again by hand", DELETE_VSW_B, FINISH, a_delete_after_the_vswitch_was_opened_by_hand, "ok",
     "OperationDenied.OtherSubnetProcessing"),
    ("vSwitch's end, reserve in it", DELETE_VSW_B, FINISH, RESERVE, "ok", "IncorrectVSwitchStatus"),
    ("vSwitch's end, delete VPC", DELETE_VSW_B, FINISH, DELETE_VPC, "ok", "DependencyViolation.VSwitch"),
    ("VPC's end, vSwitch in it", DELETE_VPC_B, FINISH, CREATE_VSWITCH, "ok", "IncorrectVpcStatus"),
    ("VPC's end, group in it", DELETE_VPC_B, FINISH, CREATE_GROUP, "ok", "IncorrectVpcStatus"),
    ("VPC's end, another", DELETE_VPC_B, FINISH, DELETE_VPC_B, "ok", "IncorrectVpcStatus"),
    # ENIs on their way.
    ("attach, delete instance", ATTACH, COMMIT, DELETE_HOST, "InvalidEcsId.NotFound", "ok"),
    ("attach, delete instance", ATTACH, FINISH, DELETE_HOST, "ok", "ok"),
    ("attach, detach", ATTACH, FINISH, DETACH_FREE, "ok", "InvalidOperation.InvalidEniState"),
    ("attach, delete", ATTACH, FINISH, DELETE_FREE, "ok", "InvalidOperation.InvalidEniState"),
    ("attach, assign", ATTACH, FINISH, ASSIGN_FREE, "ok", "InvalidOperation.InvalidEniState"),
    ("attach, stop", ATTACH, FINISH, STOP, "ok", "ok"),
    ("detach, delete instance", DETACH, COMMIT, DELETE_HOST, "InvalidEcsId.NotFound", "ok"),
    ("detach, delete instance", DETACH, FINISH, DELETE_HOST, "ok", "ok"),
    ("detach, detach", DETACH, FINISH, DETACH, "ok", "ok"),
    ("detach, delete", DETACH, FINISH, DELETE_ON, "ok", "InvalidOperation.InvalidEniState"),
    ("detach, modify", DETACH, FINISH, MODIFY_ON, "ok", "InvalidOperation.InvalidEniState"),
    ("detach, stop", DETACH, FINISH, STOP, "ok", "ok"),
    ("delete, delete", DELETE_FREE, FINISH, DELETE_FREE, "ok", "ok"),
    ("delete, attach", DELETE_FREE, FINISH, ATTACH, "ok", "InvalidOperation.InvalidEniState"),
    ("delete, delete vSwitch", DELETE_FREE, FINISH, DELETE_VSW_A, "ok", "DependencyViolation"),
    ("delete, delete group", DELETE_FREE, FINISH, DELETE_SG_MAIN, "ok", "DependencyViolation"),
    ("stop, delete instance", STOP, FINISH, DELETE_HOST, "ok", "ok"),
    ("stop, attach", STOP, FINISH, ATTACH, "ok", "InvalidOperation.InvalidEcsState"),
    ("stop, assign", STOP, FINISH, ASSIGN_ON, "ok", "InvalidOperation.InvalidEcsState"),
)  # fmt: skip

CASES = [pytest.param(phase, *race[1:2], *race[3:], id=f"{race[0]} at {phase}") for race in RACES for phase in race[2]]


def made(asked: Asked, sim: Watched) -> Request:
    return asked if isinstance(asked, Request) else asked(sim)


@pytest.mark.parametrize(("phase", "held", "rival", "held_ends", "rival_ends"), CASES)
def test_each_finds_what_the_other_has_done_and_nothing_is_left_behind(
    phase: Phase, held: Asked, rival: Asked, held_ends: str, rival_ends: str
) -> None:
    sim = Watched(world())
    first = sim.send(made(held, sim))
    sim.hold(first, at=phase)
    sim.run()
    second = sim.ask(made(rival, sim))
    sim.release(first)
    sim.run()
    assert (code(first), code(second)) == (held_ends, rival_ends)
    assert sim.held == {}
    assert sim.close() == []


@pytest.mark.parametrize("request_", [ASSIGN_ON, ASSIGN6_ON])
def test_an_assign_commits_to_no_instance_that_is_stopping(request_: Request) -> None:
    sim = Watched(world())
    assigning, stopping = sim.send(request_), sim.send(STOP)
    sim.hold(assigning, at=Phase.COMMIT)
    sim.hold(stopping, at=Phase.FINISH)
    sim.run()
    sim.release(assigning)
    sim.run()
    assert code(assigning) == "InvalidOperation.InvalidEcsState"
    assert sim.held == {}
    sim.release(stopping)
    sim.run()
    assert code(sim.ask(request_)) == "ok"
    assert sim.close() == []


def test_a_late_attach_leaves_an_eni_alone_that_is_on_its_way_to_another_instance() -> None:
    sim = Watched(world().instance("i-two", type=TYPE, vswitch="vsw-a"))
    first = sim.send(ATTACH)
    sim.hold(first, at=Phase.FINISH)
    sim.run()
    sim.ask(DELETE_HOST).result()
    second = sim.send(AttachNetworkInterface(**FREE, instance_id="i-two"))
    sim.hold(second, at=Phase.FINISH)
    sim.run()
    sim.release(first)
    sim.run()
    assert sim.shown("eni-free").status == "Attaching"
    sim.release(second)
    sim.run()
    assert (sim.shown("eni-free").status, sim.shown("eni-free").instance_id) == ("InUse", "i-two")
    assert sim.close() == []
