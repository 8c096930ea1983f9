"""Lists of vSwitches: filters, pages, and how many addresses are free."""

from cloudsim.api.render import to_json
from cloudsim.api.requests import DescribeVSwitchAttributes, DescribeVSwitches, Tag
from cloudsim.operations.operation import Phase
from cloudsim.simulation.world.builder import World
from tests.operations.family.networking import (
    ZONE,
    a_vswitch_end,
    listed_vswitches,
    made_vpc,
    made_vswitch,
    nothing_yet,
    shown_vswitch,
)
from tests.small_world import REGION, Watched, a_delete, code, small


def found(sim: Watched, **filters: object) -> list[str]:
    return [one.vswitch_id for one in listed_vswitches(sim, **filters).vswitches]


def test_a_region_or_a_vpc_is_needed() -> None:
    sim = Watched()
    assert code(sim.ask(DescribeVSwitches())) == "MissingParameter"
    assert found(sim, region_id=None, vpc_id="vpc-main") == ["vsw-a"]
    assert found(sim) == ["vsw-a"]


def test_filters_are_joined_by_and() -> None:
    sim = Watched(nothing_yet())
    main, other = made_vpc(sim), made_vpc(sim, enable_ipv6=True)
    web = made_vswitch(
        sim, vpc_id=main, cidr_block="192.168.0.0/24", vswitch_name="web", tags=(Tag(key="app", value="shop"),)
    )
    six = made_vswitch(
        sim, vpc_id=other, cidr_block="192.168.0.0/24", zone_id="cn-hangzhou-i", ipv6_cidr_block=1, vswitch_name="web"
    )
    assert found(sim) == [web, six]
    assert found(sim, vswitch_id=web) == [web]
    assert found(sim, vswitch_id=web, vpc_id=other) == []
    assert found(sim, vswitch_id="vsw-none") == []
    assert found(sim, vpc_id=other) == [six]
    assert found(sim, vpc_id="vpc-none") == []
    assert found(sim, zone_id=ZONE) == [web]
    assert found(sim, vswitch_name="web") == [web, six]
    assert found(sim, vswitch_name="web", enable_ipv6=True) == [six]
    assert found(sim, enable_ipv6=False) == [web]
    assert found(sim, is_default=True) == []
    assert found(sim, is_default=False) == [web, six]
    assert found(sim, tags=(Tag(key="app", value="shop"),)) == [web]
    assert found(sim, resource_group_id="rg-none") == []
    group = shown_vswitch(sim, web).resource_group_id
    assert found(sim, resource_group_id=group) == [web, six]


def test_a_page_has_ten_unless_asked_otherwise_and_fifty_at_most() -> None:
    world = nothing_yet().vpc("vpc-main", cidr="10.0.0.0/16")
    for number in range(55):
        world = world.vswitch(f"vsw-{number:02}", cidr=f"10.0.{number}.0/24", zone=ZONE)
    sim = Watched(world)
    first = listed_vswitches(sim)
    assert [one.vswitch_id for one in first.vswitches] == [f"vsw-{number:02}" for number in range(10)]
    assert (first.total_count, first.page_number, first.page_size) == (55, 1, 10)
    assert len(found(sim, page_size=50)) == 50
    assert found(sim, page_size=50, page_number=2) == [f"vsw-{number}" for number in range(50, 55)]
    assert found(sim, page_number=7) == []
    assert code(sim.ask(DescribeVSwitches(region_id=REGION, page_size=51))) == "InvalidParameter"


def test_the_count_falls_and_rises_with_the_addresses_of_enis() -> None:
    sim = Watched()

    def counts() -> tuple[int, int]:
        (only,) = listed_vswitches(sim).vswitches
        return only.available_ip_address_count, shown_vswitch(sim, "vsw-a").available_ip_address_count

    assert counts() == (252, 252)
    eni = sim.make(secondary_private_ip_address_count=4).network_interface_id
    assert counts() == (247, 247)
    leasing = sim.send()
    sim.hold(leasing, at=Phase.COMMIT)
    sim.run()
    assert counts() == (246, 246)
    sim.release(leasing)
    sim.ask(a_delete(eni)).result()
    assert counts() == (251, 251)


def test_a_prefix_outside_of_any_reservation_counts_as_sixteen_addresses() -> None:
    sim = Watched(small(profile="current"))
    sim.make(ipv4_prefix_count=1)
    assert shown_vswitch(sim, "vsw-a").available_ip_address_count == 252 - 1 - 16


def test_a_vswitch_of_somebody_else_or_of_elsewhere_does_not_exist() -> None:
    world = nothing_yet().region("cn-beijing").account("other").vpc("vpc-other", account="other", region=REGION)
    world = world.vswitch("vsw-other", cidr="10.0.0.0/24", vpc="vpc-other", zone=ZONE)
    sim = Watched(world)
    assert found(sim) == []
    assert found(sim, vpc_id="vpc-other") == []
    for request in (
        DescribeVSwitches(vpc_id="vpc-other"),
        DescribeVSwitchAttributes(vswitch_id="vsw-other"),
        a_vswitch_end("vsw-other"),
    ):
        assert code(sim.ask(request)) in {"InvalidVpcId.NotFound", "InvalidVSwitchId.NotFound"}


def test_a_vswitch_that_is_going_is_still_in_the_list() -> None:
    sim = Watched()
    reply = sim.send(a_vswitch_end())
    sim.hold(reply, at=Phase.FINISH)
    sim.run()
    assert [one.status for one in listed_vswitches(sim).vswitches] == ["Pending"]
    sim.release(reply)
    sim.run()
    assert found(sim) == []


def test_the_wire_has_the_documented_names() -> None:
    wire = to_json(
        listed_vswitches(Watched(World().account("acme").region(REGION).vpc("v").vswitch("w", cidr="10.0.0.0/24")))
    )
    assert b'"VSwitches":{"VSwitch":[{"AvailableIpAddressCount":252,' in wire
    assert b'"RouteTable":{"RouteTableId":"vtb-v","RouteTableType":"System"}' in wire
