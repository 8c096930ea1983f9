"""Security groups are made, listed and ended."""

from typing import Any

import pytest

from cloudsim.api.requests import (
    CreateSecurityGroup,
    DeleteNetworkInterface,
    DeleteSecurityGroup,
    DescribeSecurityGroupAttribute,
    DescribeSecurityGroups,
    Tag,
)
from cloudsim.api.responses import (
    CreateSecurityGroupResponse,
    DescribeSecurityGroupAttributeResponse,
    DescribeSecurityGroupsResponse,
)
from cloudsim.api.responses.groups import SecurityGroupItem
from cloudsim.operations.operation import Phase
from cloudsim.simulation.latency import latency
from cloudsim.simulation.world.builder import World
from cloudsim.values.duration import SECOND
from tests.small_world import REGION, Watched, code, small


def a_group(**said: Any) -> CreateSecurityGroup:
    return CreateSecurityGroup(**{"region_id": REGION, "vpc_id": "vpc-main", **said})


def make(sim: Watched, **said: Any) -> str:
    made = sim.ask(a_group(**said)).result()
    assert isinstance(made, CreateSecurityGroupResponse)
    return made.security_group_id


def end(group: str) -> DeleteSecurityGroup:
    return DeleteSecurityGroup(region_id=REGION, security_group_id=group)


def listed(sim: Watched, **filters: Any) -> DescribeSecurityGroupsResponse:
    found = sim.ask(DescribeSecurityGroups(**{"region_id": REGION, **filters})).result()
    assert isinstance(found, DescribeSecurityGroupsResponse)
    return found


def ids(sim: Watched, **filters: Any) -> list[str]:
    return [group.security_group_id for group in listed(sim, **filters).security_groups]


def shown(sim: Watched, group: str, **filters: Any) -> SecurityGroupItem:
    (only,) = listed(sim, security_group_id=group, **filters).security_groups
    return only


# -- making


def test_a_new_group_is_shown_as_it_was_asked_for() -> None:
    sim = Watched(small().resource_group("rg-1"), latency=latency(commit="2s"))
    group = make(
        sim,
        security_group_name="web",
        description="the front",
        security_group_type="enterprise",
        resource_group_id="rg-1",
        tags=(Tag(key="app", value="shop"), Tag(key="bare")),
    )
    assert group.startswith("sg-bp1")
    item = shown(sim, group)
    assert (item.security_group_name, item.description, item.vpc_id) == ("web", "the front", "vpc-main")
    assert (item.security_group_type, item.resource_group_id) == ("enterprise", "rg-1")
    assert [(tag.tag_key, tag.tag_value) for tag in item.tags] == [("app", "shop"), ("bare", "")]
    assert (item.rule_count, item.service_managed, item.creation_time) == (0, False, "2026-01-01T00:00:02Z")
    assert sim.close() == []


def test_a_new_group_takes_enis_at_once() -> None:
    sim = Watched()
    assert code(sim.ask(security_group_id=make(sim))) == "ok"


def test_a_group_that_names_no_resource_group_is_in_the_account_s_default_one() -> None:
    sim = Watched()
    assert shown(sim, make(sim)).resource_group_id == sim.cloud.accounts[sim.alice.account].default_resource_group


@pytest.mark.parametrize(("kind", "room"), [("normal", 2_000), ("enterprise", 65_536)])
def test_the_profile_says_how_much_room_a_group_has(kind: str, room: int) -> None:
    sim = Watched()
    group = make(sim, security_group_type=kind)
    assert shown(sim, group, is_query_ecs_count=True).available_instance_amount == room


def test_without_a_vpc_a_group_is_of_the_classic_network_and_takes_no_eni() -> None:
    sim = Watched()
    group = make(sim, vpc_id=None)
    assert (shown(sim, group).vpc_id, ids(sim, network_type="classic")) == ("", [group])
    assert code(sim.ask(security_group_id=group)) == "InvalidSecurityGroupId.NotVpc"


def test_a_token_makes_one_group_however_often_it_is_used() -> None:
    sim = Watched()
    replies = [sim.ask(a_group(client_token="t-1")) for _ in range(2)]
    assert len({reply.result().security_group_id for reply in replies}) == 1  # type: ignore[union-attr]
    assert len({reply.result().request_id for reply in replies}) == 2
    assert len(ids(sim)) == 2


def test_the_last_place_of_the_quota_is_had_by_one_of_two() -> None:
    sim = Watched(World(limits={"security_groups_per_region_max": 2}).account("acme").region(REGION).vpc(
        "vpc-main", cidr="10.0.0.0/16"
    ).security_group("sg-main"))  # fmt: skip
    replies = [sim.send(a_group()) for _ in range(2)]
    sim.run()
    assert sorted(map(code, replies)) == ["QuotaExceed.SecurityGroup", "ok"]
    assert code(sim.ask(end("sg-main"))) == "ok"
    assert code(sim.ask(a_group())) == "ok"
    assert sim.close() == []


def test_a_group_that_a_cloud_product_manages_is_nobody_else_s_to_delete() -> None:
    sim = Watched()
    group = make(sim, service_managed=True)
    assert shown(sim, group).service_managed
    assert code(sim.ask(end(group))) == "InvalidOperation.ResourceManagedByCloudProduct"


def test_a_create_that_is_abandoned_makes_nothing() -> None:
    sim = Watched()
    sim.faults.abandon(Phase.COMMIT)
    sim.ask(a_group())
    assert ids(sim) == ["sg-main"]
    assert sim.close() == []


# -- ending


def test_a_group_ends_when_its_last_eni_has() -> None:
    sim = Watched(latency=latency(commit="1s"))
    eni = sim.make().network_interface_id
    assert code(sim.ask(end("sg-main"))) == "DependencyViolation"
    sim.ask(DeleteNetworkInterface(region_id=REGION, network_interface_id=eni))
    assert code(sim.ask(end("sg-main"))) == "ok"
    assert ids(sim) == []
    assert code(sim.ask(end("sg-main"))) == "InvalidSecurityGroupId.NotFound"
    assert code(sim.ask()) == "InvalidSecurityGroupId.NotFound"
    assert sim.close() == []


def test_a_group_whose_members_are_outside_of_this_world_is_not_deleted() -> None:
    world = small().security_group("sg-used", used=3)
    reply = Watched(world).ask(end("sg-used"))
    assert code(reply) == "DependencyViolation"
    assert "3 places" in str(reply.error)


@pytest.mark.parametrize("phase", [Phase.RESERVE_QUOTA, Phase.LEASE_ADDRESSES, Phase.COMMIT])
def test_a_group_that_a_create_in_flight_stands_on_is_not_deleted(phase: Phase) -> None:
    sim = Watched()
    making = sim.send()
    sim.hold(making, at=phase)
    sim.run()
    reply = sim.ask(end("sg-main"))
    assert code(reply) == "DependencyViolation"
    assert "1 requests in flight stand on it" in str(reply.error)
    sim.release(making)
    sim.run()
    assert code(making) == "ok"
    assert sim.close() == []


def test_a_create_that_has_not_looked_for_its_group_yet_finds_it_gone() -> None:
    sim = Watched()
    making = sim.send()
    sim.hold(making, at=Phase.RESOLVE)
    sim.run()
    assert code(sim.ask(end("sg-main"))) == "ok"
    sim.release(making)
    sim.run()
    assert code(making) == "InvalidSecurityGroupId.NotFound"
    assert sim.close() == []


def test_a_create_that_fails_lets_its_group_go() -> None:
    sim = Watched(small(quota=0))
    assert code(sim.ask()) == "MaxEniCountExceeded"
    assert code(sim.ask(end("sg-main"))) == "ok"


def test_the_groups_of_others_are_not_found() -> None:
    world = World().account("acme").account("else").region(REGION)
    world.vpc("vpc-main", account="acme", cidr="10.0.0.0/16").security_group("sg-main")
    sim = Watched(world)
    other = sim.caller(account="else")
    assert code(sim.ask(end("sg-main"), by=other)) == "InvalidSecurityGroupId.NotFound"
    assert code(sim.ask(a_group(), by=other)) == "InvalidVpcId.NotFound"
    found = sim.ask(DescribeSecurityGroups(region_id=REGION), by=other).result()
    assert found.total_count == 0  # type: ignore[union-attr]


# -- listing


def several() -> World:
    return (
        World()
        .account("acme")
        .region(REGION, zones=["cn-hangzhou-h"])
        .vpc("vpc-main", cidr="10.0.0.0/16")
        .vpc("vpc-else", cidr="10.1.0.0/16")
        .vswitch("vsw-a", vpc="vpc-main", cidr="10.0.0.0/24")
        .resource_group("rg-1")
        .security_group("sg-a", vpc="vpc-main", name="web-front", rules=3)
        .security_group("sg-b", vpc="vpc-main", name="web", type="enterprise")
        .security_group("sg-c", vpc="vpc-else", service_managed=True)
        .security_group("sg-d", network="classic")
    )


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({}, "d c b a"),
        ({"vpc_id": "vpc-main"}, "b a"),
        ({"vpc_id": "vpc-x"}, ""),
        ({"security_group_id": "sg-c"}, "c"),
        ({"security_group_id": "sg-x"}, ""),
        ({"security_group_ids": ("sg-c", "sg-a", "sg-x")}, "c a"),
        ({"security_group_ids": ()}, ""),
        ({"security_group_name": "web"}, "b"),
        ({"security_group_name": "web", "fuzzy_query": True}, "b a"),
        ({"security_group_type": "enterprise"}, "b"),
        ({"network_type": "vpc"}, "c b a"),
        ({"network_type": "classic"}, "d"),
        ({"service_managed": True}, "c"),
        ({"service_managed": False}, "d b a"),
        ({"vpc_id": "vpc-main", "security_group_type": "normal"}, "a"),
        ({"vpc_id": "vpc-else", "security_group_name": "web"}, ""),
    ],
)
def test_filters_are_joined_by_and_and_the_list_goes_by_falling_id(filters: dict[str, Any], wanted: str) -> None:
    assert ids(Watched(several()), **filters) == [f"sg-{letter}" for letter in wanted.split()]


def test_groups_of_the_worlds_beginning_are_found_by_the_default_resource_group() -> None:
    sim = Watched(several())
    default = sim.cloud.accounts[sim.alice.account].default_resource_group
    assert ids(sim, resource_group_id=default) == ["sg-d", "sg-c", "sg-b", "sg-a"]


def test_groups_are_found_by_tags_and_resource_group() -> None:
    sim = Watched(several())
    group = make(sim, tags=(Tag(key="a", value="1"), Tag(key="b", value="")), resource_group_id="rg-1")
    other = make(sim, tags=(Tag(key="a", value="2"),))
    assert ids(sim, tags=(Tag(key="a"),)) == sorted((group, other), reverse=True)
    assert ids(sim, tags=(Tag(key="a", value="2"),)) == [other]
    assert ids(sim, tags=(Tag(key="a"), Tag(key="b", value=""))) == [group]
    assert ids(sim, tags=(Tag(key="c"),)) == []
    assert ids(sim, resource_group_id="rg-1") == [group]


def test_how_full_a_group_is_stands_there_only_when_it_is_asked() -> None:
    world = several().instance("i-1", type="ecs.g7.xlarge", security_groups=["sg-a"])
    world.eni("eni-1", instance="i-1", security_groups=["sg-a"]).eni("eni-2", security_groups=["sg-a"])
    sim = Watched(world)
    plain = shown(sim, "sg-a")
    assert (plain.ecs_count, plain.available_instance_amount, plain.rule_count) == (None, None, 3)
    counted = shown(sim, "sg-a", is_query_ecs_count=True)
    assert (counted.ecs_count, counted.available_instance_amount) == (1, 2_000 - 3)
    assert shown(sim, "sg-b", is_query_ecs_count=True).ecs_count == 0


def many(count: int) -> World:
    world = small()
    for number in range(count):
        world.security_group(f"sg-{number:02}")
    return world


def test_pages_of_the_old_style_begin_at_1_and_hold_10() -> None:
    sim = Watched(many(14))  # and sg-main
    first, second = listed(sim), listed(sim, page_number=2)
    assert (first.total_count, first.page_number, first.page_size, first.next_token) == (15, 1, 10, "")
    assert [len(page.security_groups) for page in (first, second)] == [10, 5]
    assert len(listed(sim, page_number=3, page_size=7).security_groups) == 1


@pytest.mark.parametrize(("asked", "size"), [(1, 10), (10, 10), (12, 12), (101, 100)])
def test_pages_of_the_new_style_hold_10_to_100(asked: int, size: int) -> None:
    page = listed(Watched(many(101)), max_results=asked)
    assert (len(page.security_groups), page.page_size) == (size, size)
    assert page.next_token == page.security_groups[-1].security_group_id


def test_groups_that_come_and_go_between_two_pages_move_no_others() -> None:
    sim = Watched(many(24))
    first = listed(sim, max_results=10)
    sim.ask(end(first.security_groups[-1].security_group_id))
    sim.ask(end(first.security_groups[0].security_group_id))
    second = listed(sim, max_results=10, next_token=first.next_token)
    third = listed(sim, max_results=10, next_token=second.next_token)
    seen = [group.security_group_id for page in (first, second, third) for group in page.security_groups]
    assert len(seen) == len(set(seen)) == 25
    assert third.next_token == ""


def test_a_single_group_is_shown_without_rules_since_there_are_none() -> None:
    sim = Watched(several())
    for group, vpc in (("sg-a", "vpc-main"), ("sg-d", None)):
        request = DescribeSecurityGroupAttribute(
            region_id=REGION, security_group_id=group, direction="all", nic_type="intranet"
        )
        found = sim.ask(request).result()
        assert isinstance(found, DescribeSecurityGroupAttributeResponse)
        assert (found.security_group_id, found.vpc_id, found.region_id) == (group, vpc, REGION)
        assert (found.inner_access_policy, found.permissions, found.snapshot_policy_ids) == ("Accept", (), ())


def test_a_create_shows_in_the_next_list_and_not_before_its_commit() -> None:
    sim = Watched(latency=latency(commit="2s"))
    sim.send(a_group())
    sim.run(until_ns=SECOND)
    reply = sim.send(DescribeSecurityGroups(region_id=REGION))
    sim.run(until_ns=SECOND + 1)
    assert reply.result().total_count == 1  # type: ignore[union-attr]
    sim.run()
    assert len(ids(sim)) == 2
