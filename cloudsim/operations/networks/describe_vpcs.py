"""DescribeVpcs and DescribeVpcAttribute.

Source: eni_api.md section 2.13; VPC SDK, request and response models.
"""

from cloudsim.api.requests import DescribeVpcAttribute, DescribeVpcs
from cloudsim.api.responses import DescribeVpcAttributeResponse, DescribeVpcsResponse
from cloudsim.api.responses.networks import CloudResource, VpcShape
from cloudsim.errors.parameters import DryRunOperation
from cloudsim.operations.admission import admit
from cloudsim.operations.finding import enter, find_vpc, known_vpc
from cloudsim.operations.networks.presentation import vpc_fields
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.paging import page_by_number
from cloudsim.operations.policy import Policy
from cloudsim.operations.tags import has_tags
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.ledger import Mode
from cloudsim.resources.vpc import Vpc
from cloudsim.values.ids import VpcId


def describe_vpcs(cloud: Cloud, call: Call[DescribeVpcs], policy: Policy) -> Operation:
    """List VPCs, oldest first."""
    del policy
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.READ
    for key in (estate.vpcs_key, estate.vswitches_key):
        cloud.ledger.touch(key, Mode.READ)
    if request.dry_run:
        raise DryRunOperation
    found = [vpc for vpc in _named(estate, request) if _matches(vpc, request)]
    page = page_by_number(found, request.page_number, request.page_size)
    cloud.answer(
        DescribeVpcsResponse(
            request_id=call.draws.request_id(),
            vpcs=tuple([_listed(cloud, vpc) for vpc in page.things]),
            total_count=page.total,
            page_number=page.number,
            page_size=page.size,
        )
    )
    yield Phase.RESPOND


def _named(estate: Estate, request: DescribeVpcs) -> list[Vpc]:
    """The VPCs that the request names, each once; all if it names none."""
    if not request.vpc_id:
        return list(estate.vpcs.values())
    wanted = dict.fromkeys(VpcId(name.strip()) for name in request.vpc_id.split(","))
    return [estate.vpcs[name] for name in wanted if name in estate.vpcs]


def _matches(vpc: Vpc, request: DescribeVpcs) -> bool:
    return (
        request.vpc_name in {None, "", vpc.name}
        and request.is_default in {None, vpc.is_default}
        and request.enable_ipv6 in {None, vpc.ipv6_cidr is not None}
        and request.resource_group_id in {None, "", vpc.resource_group}
        and has_tags(vpc.tags, request.tags)
    )


def _listed(cloud: Cloud, vpc: Vpc) -> VpcShape:
    return VpcShape(**vpc_fields(cloud, vpc), router_table_ids=(vpc.route_table_id,))


def describe_vpc_attribute(cloud: Cloud, call: Call[DescribeVpcAttribute], policy: Policy) -> Operation:
    """Show one VPC."""
    del policy
    yield Phase.ADMIT
    enter(cloud, call)
    yield Phase.READ
    vpc = find_vpc(cloud, call, call.request.vpc_id)
    cloud.ledger.touch(cloud.estate(vpc.account, vpc.region).vswitches_key, Mode.READ)
    if call.request.dry_run:
        raise DryRunOperation
    counts = {"VRouter": 1, "RouteTable": 1, "VSwitch": len(vpc.vswitches)}
    cloud.answer(
        DescribeVpcAttributeResponse(
            request_id=call.draws.request_id(),
            **vpc_fields(cloud, vpc),
            cloud_resources=tuple(
                [CloudResource(resource_type=kind, resource_count=count) for kind, count in counts.items()]
            ),
        )
    )
    yield Phase.RESPOND


def list_footprint(cloud: Cloud, call: Call[DescribeVpcs], policy: Policy, phase: Phase) -> Footprint:
    """Say what listing touches: the lists, which everything that makes, ends or changes a thing adds to."""
    del cloud, policy, phase
    where = f"{call.account}/{call.request.region_id}"
    return ((f"vpcs:{where}", Mode.READ), (f"vswitches:{where}", Mode.READ))


def attribute_footprint(cloud: Cloud, call: Call[DescribeVpcAttribute], policy: Policy, phase: Phase) -> Footprint:
    """Say what showing one VPC touches."""
    del policy, phase
    wanted = call.request.vpc_id
    own = (f"vpc:{wanted}", Mode.READ)
    vpc = known_vpc(cloud, call, wanted)
    return (own,) if vpc is None else (own, (f"vswitches:{vpc.account}/{vpc.region}", Mode.READ))
