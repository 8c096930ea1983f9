"""CreateSecurityGroup.

Synchronous: the group is there when the answer comes, and has no rule. Without a VPC it is one of the classic network,
which accounts of today no longer have: there the profile decides.

Source: eni_api.md section 2.11; CreateSecurityGroup reference, error codes.
"""

from cloudsim.api.requests import CreateSecurityGroup
from cloudsim.api.responses import CreateSecurityGroupResponse
from cloudsim.errors.groups import VpcIdMissing
from cloudsim.operations.admission import admit
from cloudsim.operations.finding import find_resource_group, find_vpc
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.operations.standing import require_available_vpc
from cloudsim.operations.tags import pairs_of
from cloudsim.operations.tokening import claim_token, repeated, token_touches
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.ledger import Mode
from cloudsim.resources.network import GroupType, SecurityGroup
from cloudsim.values.ids import SecurityGroupId, VpcId


def create(cloud: Cloud, call: Call[CreateSecurityGroup], policy: Policy) -> Operation:
    """Make a security group."""
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    if request.client_token:
        yield Phase.CLAIM_TOKEN
    with claim_token(estate, request, policy) as claim:
        if claim.repeat is not None:
            cloud.answer(repeated(claim.repeat, call, CreateSecurityGroupResponse))
        else:
            yield Phase.COMMIT
            group = _make(cloud, estate, call)
            with estate.group_places.hold(1) as place:
                cloud.add_group(group)
                place.keep()
            answer = CreateSecurityGroupResponse(request_id=call.draws.request_id(), security_group_id=group.id)
            claim.settle(answer)
            cloud.answer(answer)
    yield Phase.RESPOND


def _make(cloud: Cloud, estate: Estate, call: Call[CreateSecurityGroup]) -> SecurityGroup:
    """Make the group that is asked for; it does not exist yet.

    Raises:
        InvalidVpcIdNotFound: the account has no such VPC in the region, or none is named and one has to be.
        IncorrectVpcStatus: the VPC is not Available yet.
        InvalidResourceGroupNotFound: the account has no such resource group.
    """
    request = call.request
    group = SecurityGroup.of_profile(
        SecurityGroupId(call.draws.id("sg", estate.region.infix, cloud.security_groups)),
        cloud.profile,
        account=estate.account.id,
        region=estate.region.id,
        vpc=_vpc(cloud, call),
        kind=GroupType(request.security_group_type or GroupType.NORMAL),
        ledger=cloud.ledger,
    )
    group.name = request.security_group_name or ""
    group.description = request.description or ""
    group.tags = pairs_of(request.tags)
    group.resource_group = find_resource_group(cloud, estate, request.resource_group_id)
    group.service_managed = bool(request.service_managed)
    group.created_ns = cloud.now_ns
    return group


def _vpc(cloud: Cloud, call: Call[CreateSecurityGroup]) -> VpcId | None:
    wanted = call.request.vpc_id
    if not wanted:
        if not cloud.profile.has_classic_network:
            raise VpcIdMissing(account=call.account)
        return None
    vpc = find_vpc(cloud, call, wanted)
    require_available_vpc(vpc)
    return vpc.id


def footprint(cloud: Cloud, call: Call[CreateSecurityGroup], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch."""
    del cloud, policy
    token = token_touches(call)
    if phase is Phase.CLAIM_TOKEN:
        return token
    request = call.request
    where = f"{call.account}/{request.region_id}"
    return (
        *token,
        (f"vpc:{request.vpc_id}", Mode.READ),
        (f"group-quota:{where}", Mode.WRITE),
        (f"groups:{where}", Mode.ADD),
    )
