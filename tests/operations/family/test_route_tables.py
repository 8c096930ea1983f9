"""The route tables that the system makes with VPCs."""

from typing import Any

import pytest

from cloudsim.api.render import to_json, to_xml
from cloudsim.api.requests import DescribeRouteTableList, Tag
from cloudsim.api.responses import CreateVpcResponse, DescribeRouteTableListResponse
from cloudsim.operations.operation import Phase
from cloudsim.simulation.world.builder import World
from tests.operations.family.networking import a_vpc, a_vpc_end, made_vpc, made_vswitch, nothing_yet, shown_vpc
from tests.small_world import REGION, Watched


def tables(sim: Watched, **filters: Any) -> DescribeRouteTableListResponse:
    found = sim.ask(DescribeRouteTableList(**{"region_id": REGION, **filters})).result()
    assert isinstance(found, DescribeRouteTableListResponse)
    return found


def of_vpcs(sim: Watched, **filters: Any) -> list[str]:
    return [one.vpc_id for one in tables(sim, **filters).route_tables]


def test_a_new_vpc_has_the_table_and_the_router_that_its_answer_names() -> None:
    sim = Watched(nothing_yet().resource_group("rg-net"))
    made = sim.ask(a_vpc(resource_group_id="rg-net")).result()
    assert isinstance(made, CreateVpcResponse)
    vswitch = made_vswitch(sim, vpc_id=made.vpc_id, cidr_block="192.168.0.0/24")
    (table,) = tables(sim, vpc_id=made.vpc_id, route_table_type="System").route_tables
    assert (table.route_table_id, table.router_id) == (made.route_table_id, made.vrouter_id)
    assert (table.vpc_id, table.vswitch_ids, table.resource_group_id) == (made.vpc_id, (vswitch,), "rg-net")
    assert (table.route_table_type, table.router_type, table.status) == ("System", "VRouter", "Available")
    shown = shown_vpc(sim, made.vpc_id)
    assert (table.owner_id, table.creation_time) == (shown.owner_id, shown.creation_time)
    assert sim.close() == []


def two_vpcs() -> World:
    world = nothing_yet().resource_group("rg-net").vpc("vpc-main", cidr="10.0.0.0/16")
    return world.vpc("vpc-two", cidr="10.0.0.0/16", resource_group="rg-net")


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({}, "main two"),
        ({"vpc_id": "vpc-two"}, "two"),
        ({"vpc_id": "vpc-none"}, ""),
        ({"route_table_id": "vtb-two"}, "two"),
        ({"route_table_id": "vtb-two", "vpc_id": "vpc-main"}, ""),
        ({"router_id": "vrt-main"}, "main"),
        ({"router_id": "vrt-none"}, ""),
        ({"router_type": "VRouter"}, "main two"),
        ({"router_type": "VBR"}, ""),
        ({"router_type": "VBR", "vpc_id": "vpc-two"}, "two"),
        ({"route_table_type": "System"}, "main two"),
        ({"route_table_type": "Custom"}, ""),
        ({"route_table_name": "any"}, ""),
        ({"resource_group_id": "rg-net"}, "two"),
        ({"tags": (Tag(key="app"),)}, ""),
    ],
)
def test_filters_are_joined_by_and_and_find_system_tables_alone(filters: dict[str, Any], wanted: str) -> None:
    assert of_vpcs(Watched(two_vpcs()), **filters) == [f"vpc-{name}" for name in wanted.split()]


def test_a_page_has_ten_tables_unless_asked_otherwise() -> None:
    world = nothing_yet()
    for number in range(12):
        world = world.vpc(f"vpc-{number:02}", cidr="10.0.0.0/16")
    sim = Watched(world)
    first, second = tables(sim), tables(sim, page_number=2)
    assert [len(page.route_tables) for page in (first, second)] == [10, 2]
    assert (second.total_count, second.page_number, second.page_size) == (12, 2, 10)
    assert of_vpcs(sim, page_number=3, page_size=5) == ["vpc-10", "vpc-11"]


def test_a_table_is_pending_until_its_vpc_is_available_and_ends_with_it() -> None:
    sim = Watched(nothing_yet())
    making = sim.send(a_vpc())
    sim.hold(making, at=Phase.FINISH)
    sim.run()
    assert [one.status for one in tables(sim).route_tables] == ["Pending"]
    sim.release(making)
    sim.run()
    assert [one.status for one in tables(sim).route_tables] == ["Available"]
    sim.ask(a_vpc_end(of_vpcs(sim)[0])).result()
    assert tables(sim).total_count == 0
    assert sim.close() == []


def test_the_lists_are_wrapped_twice_and_there_when_they_are_empty() -> None:
    sim = Watched(nothing_yet())
    assert b'"RouterTableList":{"RouterTableListType":[]}' in to_json(tables(sim))
    vpc = made_vpc(sim)
    said = to_json(tables(sim))
    for part in (f'"VpcId":"{vpc}"', '"VSwitchIds":{"VSwitchId":[]}', '"Tags":{"Tag":[]}', '"RouteTableName":""'):
        assert part.encode() in said
    assert b"<RouterTableList><RouterTableListType><" in to_xml(tables(sim))
