"""DescribeVSwitches and DescribeVSwitchAttributes.

Source: eni_api.md section 2.13; VPC SDK, request and response models.
"""

from collections.abc import Iterable

from cloudsim.api.requests import DescribeVSwitchAttributes, DescribeVSwitches
from cloudsim.api.responses import DescribeVSwitchAttributesResponse, DescribeVSwitchesResponse
from cloudsim.api.responses.networks import VSwitchShape
from cloudsim.errors.parameters import DryRunOperation
from cloudsim.operations.finding import enter, find_estate, find_vswitch, known_vpc, known_vswitch
from cloudsim.operations.networks.presentation import vswitch_fields
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.paging import Page, page_by_number
from cloudsim.operations.policy import Policy
from cloudsim.operations.tags import has_tags
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.ledger import Mode
from cloudsim.resources.vswitch import VSwitch
from cloudsim.values.ids import RegionId, VpcId, VSwitchId


def describe_vswitches(cloud: Cloud, call: Call[DescribeVSwitches], policy: Policy) -> Operation:
    """List vSwitches, oldest first."""
    del policy
    yield Phase.ADMIT
    enter(cloud, call)
    yield Phase.READ
    estate = find_estate(cloud, call)
    cloud.ledger.touch(estate.vswitches_key, Mode.READ)
    if call.request.dry_run:
        raise DryRunOperation
    page = _page(call, estate)
    cloud.conditions.require_near_page(page.number, page.size)
    cloud.answer(
        DescribeVSwitchesResponse(
            request_id=call.draws.request_id(),
            vswitches=tuple([VSwitchShape(**vswitch_fields(cloud, vswitch)) for vswitch in page.things]),
            total_count=page.total,
            page_number=page.number,
            page_size=page.size,
        )
    )
    yield Phase.RESPOND


def _page(call: Call[DescribeVSwitches], estate: Estate) -> Page[VSwitch]:
    """Cut the page; it touches nothing, so that the footprint may ask as well."""
    request = call.request
    found = [vswitch for vswitch in _near(estate, request) if _matches(vswitch, request)]
    return page_by_number(found, request.page_number, request.page_size)


def _near(estate: Estate, request: DescribeVSwitches) -> Iterable[VSwitch]:
    """Give the vSwitches among which to look."""
    if request.vswitch_id:
        named = estate.vswitches.get(VSwitchId(request.vswitch_id))
        return () if named is None else (named,)
    if request.vpc_id:
        vpc = estate.vpcs.get(VpcId(request.vpc_id))
        return () if vpc is None else vpc.vswitches.values()
    return estate.vswitches.values()


def _matches(vswitch: VSwitch, request: DescribeVSwitches) -> bool:
    return (
        request.vpc_id in {None, "", vswitch.vpc.id}
        and request.zone_id in {None, "", vswitch.zone}
        and request.vswitch_name in {None, "", vswitch.name}
        and request.is_default in {None, vswitch.is_default}
        and request.enable_ipv6 in {None, vswitch.pool6 is not None}
        and request.resource_group_id in {None, "", vswitch.resource_group}
        and has_tags(vswitch.tags, request.tags)
    )


def describe_vswitch_attributes(cloud: Cloud, call: Call[DescribeVSwitchAttributes], policy: Policy) -> Operation:
    """Show one vSwitch."""
    del policy
    yield Phase.ADMIT
    enter(cloud, call)
    yield Phase.READ
    vswitch = find_vswitch(cloud, call, call.request.vswitch_id)
    if call.request.dry_run:
        raise DryRunOperation
    cloud.answer(
        DescribeVSwitchAttributesResponse(request_id=call.draws.request_id(), **vswitch_fields(cloud, vswitch))
    )
    yield Phase.RESPOND


def list_footprint(cloud: Cloud, call: Call[DescribeVSwitches], policy: Policy, phase: Phase) -> Footprint:
    """Say what listing touches: the list, and the pools of those that are on the page."""
    del policy, phase
    request = call.request
    vpc = known_vpc(cloud, call, request.vpc_id)
    region = request.region_id or (None if vpc is None else vpc.region)
    own = ((f"vpc:{request.vpc_id}", Mode.READ),) if not request.region_id else ()
    if region is None:
        return own
    page = _page(call, cloud.estate(call.account, RegionId(region)))
    pools = tuple((vswitch.pool_key, Mode.READ) for vswitch in page.things)
    return (*own, (f"vswitches:{call.account}/{region}", Mode.READ), *pools)


def attribute_footprint(cloud: Cloud, call: Call[DescribeVSwitchAttributes], policy: Policy, phase: Phase) -> Footprint:
    """Say what showing one vSwitch touches."""
    del policy, phase
    wanted = call.request.vswitch_id
    own = (f"vswitch:{wanted}", Mode.READ)
    vswitch = known_vswitch(cloud, call, wanted)
    return (own,) if vswitch is None else (own, (vswitch.pool_key, Mode.READ))
