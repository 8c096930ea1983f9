"""Joining and leaving security groups: places, members and lists move with the ENI, in one instant."""

from typing import Any

import pytest

from cloudsim.api.requests import DeleteSecurityGroup, JoinSecurityGroup, LeaveSecurityGroup
from cloudsim.operations.operation import Phase
from cloudsim.simulation.world.builder import World
from tests.operations.family.cases_groups import groups_world, join, leave, two_firms
from tests.small_world import REGION, Watched, code


def full(sim: Watched) -> dict[str, tuple[int, int]]:
    """For each group that anybody is in, how many ENIs are and how many places they take."""
    return {
        group.id: (group.members, group.places.used)
        for group in sim.cloud.security_groups.values()
        if group.members or group.places.used
    }


def groups_of(sim: Watched, eni: str) -> tuple[str, ...]:
    return sim.shown(eni).security_group_ids


def test_an_eni_that_joins_takes_a_place_for_each_address_and_gives_them_back_when_it_leaves() -> None:
    sim = Watched(groups_world())
    before = full(sim)
    assert code(sim.ask(join("sg-2", network_interface_id="eni-1"))) == "ok"
    assert groups_of(sim, "eni-1") == ("sg-main", "sg-2")
    assert full(sim) == {**before, "sg-2": (1, 2)}
    assert code(sim.ask(leave("sg-2", network_interface_id="eni-1"))) == "ok"
    assert full(sim) == before
    assert sim.close() == []


def test_an_instance_joins_and_leaves_with_its_primary_eni() -> None:
    sim = Watched(groups_world())
    primary = sim.enis[0]
    assert code(sim.ask(join("sg-2", instance_id="i-1"))) == "ok"
    assert groups_of(sim, primary.id) == ("sg-main", "sg-2")
    assert code(sim.ask(leave("sg-main", instance_id="i-1"))) == "ok"
    assert groups_of(sim, primary.id) == ("sg-2",)
    assert sim.close() == []


def test_who_joins_is_found_by_the_group_at_once() -> None:
    sim = Watched(groups_world())
    assert sim.describe(security_group_id="sg-2").total_count == 0
    sim.ask(join("sg-2", network_interface_id="eni-1"))
    (found,) = sim.describe(security_group_id="sg-2").network_interface_sets
    assert found.network_interface_id == "eni-1"


def test_an_enterprise_group_of_today_counts_enis() -> None:
    sim = Watched(two_firms().security_group("sg-firm-2", type="enterprise"))
    assert code(sim.ask(join("sg-firm-2", network_interface_id="eni-1"))) == "ok"
    assert full(sim) == {"sg-firm": (1, 1), "sg-firm-2": (1, 1)}


def test_an_eni_of_a_cloud_product_s_group_still_leaves_its_others() -> None:
    sim = Watched(groups_world())
    assert code(sim.ask(leave("sg-main", network_interface_id="eni-two"))) == "ok"
    assert groups_of(sim, "eni-two") == ("sg-managed",)


@pytest.mark.parametrize(
    "request_",
    [
        join("sg-full", network_interface_id="eni-1"),
        join("sg-firm", network_interface_id="eni-1"),
        join("sg-main", network_interface_id="eni-1"),
        leave("sg-main", network_interface_id="eni-1"),
        leave("sg-2", network_interface_id="eni-1"),
    ],
)
def test_a_refusal_changes_nothing(request_: Any) -> None:
    sim = Watched(groups_world())
    before = full(sim), groups_of(sim, "eni-1")
    assert code(sim.ask(request_)) != "ok"
    assert (full(sim), groups_of(sim, "eni-1")) == before
    assert sim.close() == []


def test_the_last_room_of_a_group_is_had_by_one_of_two() -> None:
    world = groups_world().security_group("sg-last", vpc="vpc-main", capacity=1)
    sim = Watched(world.eni("eni-a", security_groups=["sg-main"]).eni("eni-b", security_groups=["sg-main"]))
    replies = [sim.send(join("sg-last", network_interface_id=eni)) for eni in ("eni-a", "eni-b")]
    sim.run()
    assert sorted(map(code, replies)) == ["SecurityGroupInstanceLimitExceeded", "ok"]


def test_a_join_that_comes_after_its_group_was_deleted_finds_no_group() -> None:
    sim = Watched(groups_world())
    joining = sim.send(join("sg-2", network_interface_id="eni-1"))
    sim.hold(joining, at=Phase.COMMIT)
    sim.run()
    assert code(sim.ask(DeleteSecurityGroup(region_id=REGION, security_group_id="sg-2"))) == "ok"
    sim.release(joining)
    sim.run()
    assert code(joining) == "InvalidSecurityGroupId.NotFound"
    assert sim.close() == []


@pytest.mark.parametrize("kind", [JoinSecurityGroup, LeaveSecurityGroup])
@pytest.mark.parametrize(
    ("member", "wanted"),
    [
        ({"instance_id": "i-1"}, "InvalidInstanceId.NotFound"),
        ({"network_interface_id": "eni-1"}, "InvalidEniId.NotFound"),
    ],
)
def test_what_others_have_is_not_found(kind: Any, member: dict[str, str], wanted: str) -> None:
    world = (
        World()
        .account("acme")
        .account("else")
        .region(REGION, zones=["cn-hangzhou-h"])
        .vpc("vpc-main", account="acme", cidr="10.0.0.0/16")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .security_group("sg-main")
        .instance("i-1", type="ecs.g7.xlarge")
        .eni("eni-1")
    )
    sim = Watched(world)
    request = kind(region_id=REGION, security_group_id="sg-main", **member)
    assert code(sim.ask(request, by=sim.caller(account="else"))) == wanted
