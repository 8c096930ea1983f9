"""Refusals of the operations on VPCs and vSwitches; those on reserved blocks stand in a file of their own."""

from collections.abc import Callable, Iterator
from typing import Any

from cloudsim.api.requests import (
    DescribeRouteTableList,
    DescribeVpcAttribute,
    DescribeVpcs,
    DescribeVSwitchAttributes,
    DescribeVSwitches,
    ModifyVpcAttribute,
    ModifyVSwitchAttribute,
    Request,
    Tag,
)
from cloudsim.operations.operation import Phase
from cloudsim.simulation.world.builder import World
from tests.operations.family import cases_reservations
from tests.operations.family.harness import Case, case
from tests.operations.family.networking import (
    ZONE,
    a_vpc,
    a_vpc_end,
    a_vswitch,
    a_vswitch_end,
    nothing_yet,
)
from tests.operations.family.tokening import tag_cases, token_cases
from tests.small_world import REGION, Watched, a_create, small

LONG = "n" * 129


def limited(**limits: int) -> Callable[[], World]:
    """The networks of the small world, where as many as exist are allowed."""

    def make() -> World:
        world = World(limits=limits).account("acme").region(REGION, zones=[ZONE])
        return world.vpc("vpc-main", cidr="10.0.0.0/16").vswitch("vsw-a", cidr="10.0.0.0/24")

    return make


def held(request: Request, at: Phase) -> Callable[[Watched], object]:
    """A call that comes before, and is held."""

    def hold(sim: Watched) -> None:
        reply = sim.send(request)
        sim.hold(reply, at=at)
        sim.run()

    return hold


def pending_vpc(request: Callable[[str], Request]) -> Callable[[Watched], Request]:
    """A call about a VPC that is being made."""

    def name_it(sim: Watched) -> Request:
        reply = sim.send(a_vpc())
        sim.hold(reply, at=Phase.FINISH)
        sim.run()
        return request(list(sim.cloud.vpcs)[-1])

    return name_it


def pending_vswitch() -> World:
    return small(status="Pending")


def bare() -> World:
    """A world whose only VPC is empty."""
    return nothing_yet().vpc("vpc-main", cidr="10.0.0.0/16")


def modify_vpc(**changes: Any) -> Request:
    return ModifyVpcAttribute(**{"region_id": REGION, "vpc_id": "vpc-main", **changes})


def modify_vswitch(**changes: Any) -> Request:
    return ModifyVSwitchAttribute(**{"region_id": REGION, "vswitch_id": "vsw-a", **changes})


def vpc_cases() -> Iterator[Case]:
    yield from token_cases(a_vpc, {"description": "another"}, Phase.COMMIT)
    yield from tag_cases(a_vpc)
    yield case("InvalidVpcName.Malformed", 400, a_vpc(vpc_name=LONG), "128")
    yield case("InvalidParameter", 400, a_vpc(cidr_block="100.64.1.0/24"), "100.64.1.0/24", "100.64.0.0/10")
    yield case("InvalidCidrBlock.Malformed", 400, a_vpc(cidr_block="10.0.0.1/8"), "10.0.0.1/8")
    yield case("InvalidResourceGroup.NotFound", 404, a_vpc(resource_group_id="rg-none"))
    yield case("QuotaExceeded.Vpc", 400, a_vpc(), "1 of 1", "acme", world=limited(vpcs_per_region_max=1))
    yield case("DryRunOperation", 400, a_vpc(dry_run=True))
    yield from token_cases(a_vpc_end, {"vpc_id": "vpc-other"}, Phase.COMMIT, world=bare)
    yield case("InvalidVpcId.NotFound", 404, a_vpc_end("vpc-none"), "vpc-none")
    yield case("IncorrectVpcStatus", 400, pending_vpc(a_vpc_end), "Pending")
    yield case("DependencyViolation.VSwitch", 400, a_vpc_end(), "vpc-main has 1")
    yield case(
        "DependencyViolation.SecurityGroup", 400, a_vpc_end(), "vpc-main has 1",
        world=lambda: bare().security_group("sg-main", vpc="vpc-main"),
    )  # fmt: skip
    in_flight = held(a_vswitch(), Phase.COMMIT)
    yield case("DependencyViolation", 400, a_vpc_end(), "1 requests in flight", world=bare, before=in_flight)
    yield case("DryRunOperation", 400, a_vpc_end(dry_run=True), world=bare)
    yield case("InvalidParameter", 400, DescribeVpcs(region_id=REGION, page_size=51), "PageSize", "51")
    yield case("DryRunOperation", 400, DescribeVpcs(region_id=REGION, dry_run=True))
    yield case("InvalidVpcId.NotFound", 404, DescribeVpcAttribute(vpc_id="vpc-none"), "vpc-none")
    yield case("DryRunOperation", 400, DescribeVpcAttribute(vpc_id="vpc-main", dry_run=True))
    yield case("InvalidVpcName.Malformed", 400, modify_vpc(vpc_name="http://x"), "http://")
    yield case("InvalidParameter", 400, modify_vpc(ipv6_cidr_block="2001:db8::/64"), "/56")
    yield case("InvalidVpcId.NotFound", 404, modify_vpc(vpc_id="vpc-none"), "vpc-none")
    yield case("IncorrectVpcStatus", 400, pending_vpc(lambda vpc: modify_vpc(vpc_id=vpc)), "Pending")


def route_table_cases() -> Iterator[Case]:
    def tables(**filters: Any) -> DescribeRouteTableList:
        return DescribeRouteTableList(**{"region_id": REGION, **filters})

    yield case("MissingParameter", 400, tables(region_id=None), "RegionId")
    yield case("InvalidParameter", 400, tables(router_type="odd"), "RouterType", "odd")
    yield case("InvalidParameter", 400, tables(route_table_type="odd"), "RouteTableType", "odd")
    yield case("InvalidParameter", 400, tables(page_size=51), "PageSize", "51")
    yield case("InvalidParameter", 400, tables(tags=tuple(Tag(key=f"k{n}") for n in range(21))), "21", "20")


def vswitch_cases() -> Iterator[Case]:
    yield from token_cases(a_vswitch, {"description": "another"}, Phase.RESERVE_QUOTA)
    yield from tag_cases(a_vswitch)
    yield case("InvalidParameter.Conflict", 400, a_vswitch(cidr_mask=24), "CidrBlock", "CidrMask")
    yield case("InvalidCidrBlock.Malformed", 400, a_vswitch(cidr_block="2001:db8::/64"), "2001:db8::/64")
    yield case("InvalidCirdrBlock.MaskLength", 400, a_vswitch(cidr_block="10.0.9.0/30"), "30", "16 to 29")
    yield case("InvalidVpcId.NotFound", 404, a_vswitch(vpc_id="vpc-none"), "vpc-none")
    yield case("IncorrectVpcStatus", 400, pending_vpc(lambda vpc: a_vswitch(vpc_id=vpc)), "Pending")
    making = held(a_vswitch(), Phase.FINISH)
    other = a_vswitch(cidr_block="10.0.8.0/24")
    yield case("IncorrectVSwitchStatus", 400, other, "simultaneously", "vpc-main", before=making)
    yield case("InvalidZoneId.NotFound", 404, a_vswitch(zone_id="cn-hangzhou-z"), "cn-hangzhou-z")
    yield case("InvalidParameter", 400, a_vswitch(cidr_block="10.1.0.0/24"), "10.1.0.0/24", "10.0.0.0/16")
    yield case("InvalidCidrBlock.Overlapped", 400, a_vswitch(cidr_block="10.0.0.128/25"), "10.0.0.0/24", "vsw-a")
    yield case("QuotaExceeded.VSwitch", 400, a_vswitch(), "1 of 1", world=limited(vswitches_per_vpc_max=1))
    yield case("InvalidVSwitchId.NotFound", 404, a_vswitch_end("vsw-none"), "vsw-none")
    yield case("IncorrectVSwitchStatus", 400, a_vswitch_end(), "vsw-a", "Pending", world=pending_vswitch)
    yield case("OperationDenied.OtherSubnetProcessing", 400, a_vswitch_end(), "vpc-main", "creating", before=making)
    has_eni = held(a_create(), Phase.COMMIT)
    yield case("DependencyViolation", 400, a_vswitch_end(), "vsw-a", "1 requests in flight", before=has_eni)
    yield case("DryRunOperation", 400, a_vswitch_end(dry_run=True))
    yield case("InvalidParameter", 400, DescribeVSwitches(region_id=REGION, page_number=0), "PageNumber", "0")
    yield case("InvalidVpcId.NotFound", 404, DescribeVSwitches(vpc_id="vpc-none"), "vpc-none")
    yield case("DryRunOperation", 400, DescribeVSwitches(region_id=REGION, dry_run=True))
    yield case("InvalidVSwitchId.NotFound", 404, DescribeVSwitchAttributes(vswitch_id="vsw-none"), "vsw-none")
    yield case("DryRunOperation", 400, DescribeVSwitchAttributes(vswitch_id="vsw-a", dry_run=True))
    yield case("InvalidParameter", 400, modify_vswitch(enable_ipv6=True), "IPv6 is not turned on in vpc-main")
    yield case("InvalidVSwitchId.NotFound", 404, modify_vswitch(vswitch_id="vsw-none"), "vsw-none")
    yield case("IncorrectVSwitchStatus", 400, modify_vswitch(), "Pending", world=pending_vswitch)
    yield case(
        "InvalidCidrBlock.Overlapped", 400, modify_vswitch(vswitch_id="vsw-b", ipv6_cidr_block=1), "vsw-a",
        world=lambda: small(profile="current").vswitch("vsw-b", cidr="10.0.1.0/24"),
    )  # fmt: skip


CASES: tuple[Case, ...] = (*vpc_cases(), *route_table_cases(), *vswitch_cases(), *cases_reservations.CASES)
