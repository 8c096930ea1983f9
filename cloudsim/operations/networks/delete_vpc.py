"""DeleteVpc: the answer comes with the VPC Deleting; it is gone after the time of FINISH.

What has come to lie in it meanwhile, which takes somebody who sets states by hand, keeps it alive.

Source: eni_api.md section 2.13; VPC SDK, notes of the operation (only an Available VPC; Deleting, then gone).
"""

from cloudsim.api.requests import DeleteVpc
from cloudsim.api.responses import DeleteVpcResponse
from cloudsim.errors.base import ApiError
from cloudsim.errors.parameters import DryRunOperation
from cloudsim.errors.vpc import DependencyViolation, DependencyViolationSecurityGroup, DependencyViolationVSwitch
from cloudsim.operations.finding import enter, find_vpc, known_vpc
from cloudsim.operations.networks.tokens import claim
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.operations.standing import AVAILABLE, DELETING, require_available_vpc
from cloudsim.operations.tokening import repeated, token_of, token_touches
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.ledger import Mode
from cloudsim.resources.pin import pins_key
from cloudsim.resources.vpc import Vpc


def delete_vpc(cloud: Cloud, call: Call[DeleteVpc], policy: Policy) -> Operation:
    """End a VPC that nothing lies in."""
    request = call.request
    yield Phase.ADMIT
    enter(cloud, call)
    if token_of(request):
        yield Phase.CLAIM_TOKEN
    vpc = None
    with claim(cloud, call, policy) as token:
        if token.repeat is not None:
            cloud.answer(repeated(token.repeat, call, DeleteVpcResponse))
        else:
            yield Phase.COMMIT
            vpc = _doomed(cloud, call)
            vpc.status = DELETING
            cloud.note_vpc(vpc)
            answer = DeleteVpcResponse(request_id=call.draws.request_id())
            token.settle(answer)
            cloud.answer(answer)
    yield Phase.RESPOND
    if vpc is not None:
        yield Phase.FINISH
        if _dependency(cloud, vpc) is None:
            cloud.remove_vpc(vpc)
        else:
            vpc.status = AVAILABLE
            cloud.note_vpc(vpc)


def _doomed(cloud: Cloud, call: Call[DeleteVpc]) -> Vpc:
    """Find the VPC, which has to be Available and empty.

    Raises:
        InvalidVpcIdNotFound: the account has no such VPC in the region.
        IncorrectVpcStatus: it is being made or ended.
        DependencyViolationVSwitch: it has vSwitches.
        DependencyViolationSecurityGroup: it has security groups.
        DependencyViolation: a request in flight stands on it.
        DryRunOperation: all is well, and only that was asked.
    """
    vpc = find_vpc(cloud, call, call.request.vpc_id, Mode.WRITE)
    require_available_vpc(vpc)
    dependency = _dependency(cloud, vpc)
    if dependency is not None:
        raise dependency
    if call.request.dry_run:
        raise DryRunOperation
    return vpc


def _dependency(cloud: Cloud, vpc: Vpc) -> ApiError | None:
    """Make the refusal for what lies in a VPC; None for nothing."""
    estate = cloud.estate(vpc.account, vpc.region)
    for key in (estate.vswitches_key, estate.groups_key, pins_key(vpc.id)):
        cloud.ledger.touch(key, Mode.READ)
    if vpc.vswitches:
        return DependencyViolationVSwitch(vpc=vpc.id, count=len(vpc.vswitches))
    groups = sum(group.vpc == vpc.id for group in estate.groups.values())
    if groups:
        return DependencyViolationSecurityGroup(vpc=vpc.id, count=groups)
    if vpc.pins:
        return DependencyViolation(thing=vpc.id, dependents=f"{vpc.pins} requests in flight")
    return None


def footprint(cloud: Cloud, call: Call[DeleteVpc], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch."""
    del policy
    wanted = call.request.vpc_id
    own = (f"vpc:{wanted}", Mode.WRITE)
    vpc = known_vpc(cloud, call, wanted)
    token = token_touches(call)
    if vpc is None or phase is Phase.CLAIM_TOKEN:
        return (own, *token)
    where = f"{vpc.account}/{vpc.region}"
    return (
        own,
        (f"vpcs:{where}", Mode.ADD),
        (f"vpc-quota:{where}", Mode.WRITE),
        (f"vswitches:{where}", Mode.READ),
        (f"groups:{where}", Mode.READ),
        (pins_key(vpc.id), Mode.READ),
        *token,
    )
