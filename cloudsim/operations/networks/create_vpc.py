"""CreateVpc: the answer comes with the VPC Pending; it is Available after the time of FINISH.

Source: eni_api.md section 2.13. The order of checks is not documented; here it is the resource group, then the quota.
"""

from cloudsim.api.requests import CreateVpc
from cloudsim.api.responses import CreateVpcResponse
from cloudsim.errors.parameters import DryRunOperation
from cloudsim.ipam.edge import AddressSpace
from cloudsim.operations.admission import admit
from cloudsim.operations.finding import find_resource_group
from cloudsim.operations.networks.ipv6 import drawn_block
from cloudsim.operations.networks.tokens import claim
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.operations.standing import AVAILABLE, PENDING
from cloudsim.operations.tags import pairs_of
from cloudsim.operations.tokening import repeated, token_of, token_touches
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.ledger import Mode
from cloudsim.resources.vpc import Vpc
from cloudsim.values.ids import ResourceGroupId, VpcId

CIDR_DEFAULT = "172.16.0.0/12"


def create_vpc(cloud: Cloud, call: Call[CreateVpc], policy: Policy) -> Operation:
    """Make a VPC."""
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    if token_of(request):
        yield Phase.CLAIM_TOKEN
    vpc = None
    with claim(cloud, call, policy) as token:
        if token.repeat is not None:
            cloud.answer(repeated(token.repeat, call, CreateVpcResponse))
        else:
            yield Phase.RESERVE_QUOTA
            group = find_resource_group(cloud, estate, request.resource_group_id)
            with estate.vpc_places.hold(1) as place:
                if request.dry_run:
                    raise DryRunOperation
                yield Phase.COMMIT
                vpc = _make(cloud, call, estate, group)
                place.keep()
                cloud.add_vpc(vpc)
                answer = _created(vpc, call)
                token.settle(answer)
                cloud.answer(answer)
    yield Phase.RESPOND
    if vpc is not None:
        yield Phase.FINISH
        vpc.status = AVAILABLE
        cloud.note_vpc(vpc)


def _make(cloud: Cloud, call: Call[CreateVpc], estate: Estate, group: ResourceGroupId) -> Vpc:
    request = call.request
    ipv6_cidr = request.ipv6_cidr_block or (drawn_block(call) if request.enable_ipv6 else None)
    cidr = AddressSpace.parse(request.cidr_block or CIDR_DEFAULT).cidr
    vpc = Vpc(
        id=VpcId(call.draws.id("vpc", estate.region.infix, cloud.vpcs)),
        account=estate.account.id,
        region=estate.region.id,
        cidrs=(cidr,),
        ipv6_cidr=None if ipv6_cidr is None else AddressSpace.parse(ipv6_cidr).cidr,
        address_limit=cloud.profile.addresses_per_vpc_max,
        vswitch_limit=cloud.profile.vswitches_per_vpc_max,
        ledger=cloud.ledger,
    )
    vpc.name = request.vpc_name or ""
    vpc.description = request.description or ""
    vpc.status = PENDING
    vpc.created_ns = cloud.now_ns
    vpc.tags = pairs_of(request.tags)
    vpc.resource_group = group
    vpc.made_by = call.name
    return vpc


def _created(vpc: Vpc, call: Call[CreateVpc]) -> CreateVpcResponse:
    return CreateVpcResponse(
        request_id=call.draws.request_id(),
        vpc_id=vpc.id,
        vrouter_id=vpc.router_id,
        route_table_id=vpc.route_table_id,
        resource_group_id=vpc.resource_group,
    )


def footprint(cloud: Cloud, call: Call[CreateVpc], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch, with the place that is held then."""
    del policy
    token = token_touches(call)
    if phase is Phase.CLAIM_TOKEN:
        return token
    where = f"{call.account}/{call.request.region_id}"
    listed = (f"vpcs:{where}", Mode.ADD)
    if phase is Phase.FINISH:
        own = [(vpc.key, Mode.WRITE) for vpc in cloud.vpcs.values() if vpc.made_by == call.name]
        return (*own, listed)
    return ((f"vpc-quota:{where}", Mode.WRITE), listed, *token)
