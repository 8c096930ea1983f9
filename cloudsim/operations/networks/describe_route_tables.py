"""DescribeRouteTableList: the route table that the system made with each VPC.

There are no others here, and no routes in it; its ids are those that CreateVpc answers. It has neither name nor tags,
so that a filter by either finds none.

Source: DescribeRouteTableList reference; VPC SDK, request and response models. That a table is Pending for as long as
its VPC is not Available is our choice.
"""

from cloudsim.api.requests import DescribeRouteTableList
from cloudsim.api.responses import DescribeRouteTableListResponse
from cloudsim.api.responses.networks import RouteTableShape
from cloudsim.operations.admission import admit
from cloudsim.operations.calendar import calendar_text
from cloudsim.operations.networks.presentation import owner_number
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.paging import page_by_number
from cloudsim.operations.policy import Policy
from cloudsim.operations.tags import has_tags
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.ledger import Mode
from cloudsim.resources.vpc import Vpc


def describe_route_tables(cloud: Cloud, call: Call[DescribeRouteTableList], policy: Policy) -> Operation:
    """List route tables, oldest first."""
    del policy  # nothing here is left open
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.READ
    for key in (estate.vpcs_key, estate.vswitches_key):
        cloud.ledger.touch(key, Mode.READ)
    found = [vpc for vpc in estate.vpcs.values() if _matches(vpc, request)] if _are_of_the_system(request) else []
    page = page_by_number(found, request.page_number, request.page_size)
    cloud.answer(
        DescribeRouteTableListResponse(
            request_id=call.draws.request_id(),
            route_tables=tuple([_shown(cloud, vpc) for vpc in page.things]),
            total_count=page.total,
            page_number=page.number,
            page_size=page.size,
        )
    )
    yield Phase.RESPOND


def _are_of_the_system(request: DescribeRouteTableList) -> bool:
    """Whether the filters let through what all tables have in common: type, router, no name and no tags."""
    return (
        request.route_table_type in {None, "", "System"}
        and (bool(request.vpc_id) or request.router_type in {None, "", "VRouter"})
        and not request.route_table_name
        and has_tags((), request.tags)
    )


def _matches(vpc: Vpc, request: DescribeRouteTableList) -> bool:
    return (
        request.vpc_id in {None, "", vpc.id}
        and request.route_table_id in {None, "", vpc.route_table_id}
        and request.router_id in {None, "", vpc.router_id}
        and request.resource_group_id in {None, "", vpc.resource_group}
    )


def _shown(cloud: Cloud, vpc: Vpc) -> RouteTableShape:
    return RouteTableShape(
        route_table_id=vpc.route_table_id,
        status="Available" if vpc.status == "Available" else "Pending",
        vpc_id=vpc.id,
        router_id=vpc.router_id,
        vswitch_ids=tuple(vpc.vswitches),
        owner_id=owner_number(cloud, vpc.account),
        creation_time=calendar_text(vpc.created_ns),
        resource_group_id=vpc.resource_group,
    )


def footprint(cloud: Cloud, call: Call[DescribeRouteTableList], policy: Policy, phase: Phase) -> Footprint:
    """Say what listing touches: the lists, which everything that makes, ends or changes a thing adds to."""
    del cloud, policy, phase
    where = f"{call.account}/{call.request.region_id}"
    return ((f"vpcs:{where}", Mode.READ), (f"vswitches:{where}", Mode.READ))
