"""ModifyVpcAttribute and ModifyVSwitchAttribute: what they are called, and IPv6 turned on.

The notes call the second one asynchronous, with the vSwitch Pending meanwhile; here both are done when the answer
comes, since a vSwitch that nobody can use while it is renamed helps nobody. Nothing turns IPv6 off again.

Source: eni_api.md section 2.13; VPC SDK, request models.
"""

from cloudsim.api.requests import ModifyVpcAttribute, ModifyVSwitchAttribute
from cloudsim.api.responses import ModifyVpcAttributeResponse, ModifyVSwitchAttributeResponse
from cloudsim.errors.parameters import InvalidParameter
from cloudsim.ipam.edge import AddressSpace
from cloudsim.ipam.pool import Pool
from cloudsim.operations.finding import enter, find_vpc, find_vswitch, known_vpc, known_vswitch
from cloudsim.operations.networks.ipv6 import drawn_block, vswitch_block
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.operations.standing import require_available_vpc, require_available_vswitch
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.ledger import Mode
from cloudsim.resources.vpc import Vpc
from cloudsim.resources.vswitch import VSwitch


def modify_vpc(cloud: Cloud, call: Call[ModifyVpcAttribute], policy: Policy) -> Operation:
    """Change a VPC."""
    del policy
    request = call.request
    yield Phase.ADMIT
    enter(cloud, call)
    yield Phase.COMMIT
    vpc = find_vpc(cloud, call, request.vpc_id, Mode.WRITE)
    require_available_vpc(vpc)
    vpc.ipv6_cidr = _vpc_ipv6(call, vpc)
    vpc.name = request.vpc_name or vpc.name
    vpc.description = request.description or vpc.description
    cloud.note_vpc(vpc)
    cloud.answer(ModifyVpcAttributeResponse(request_id=call.draws.request_id()))
    yield Phase.RESPOND


def _vpc_ipv6(call: Call[ModifyVpcAttribute], vpc: Vpc) -> str | None:
    """Give the IPv6 block that the VPC has from now on.

    Raises:
        InvalidParameter: it has another one already than is asked for.
    """
    given = call.request.ipv6_cidr_block
    wanted = AddressSpace.parse(given).cidr if given else None
    if vpc.ipv6_cidr is None:
        return wanted or (drawn_block(call) if call.request.enable_ipv6 else None)
    if wanted not in {None, vpc.ipv6_cidr}:
        raise InvalidParameter(parameter="Ipv6CidrBlock", reason=f"{vpc.id} has {vpc.ipv6_cidr} already")
    return vpc.ipv6_cidr


def modify_vswitch(cloud: Cloud, call: Call[ModifyVSwitchAttribute], policy: Policy) -> Operation:
    """Change a vSwitch."""
    del policy
    request = call.request
    yield Phase.ADMIT
    enter(cloud, call)
    yield Phase.COMMIT
    vswitch = find_vswitch(cloud, call, request.vswitch_id, Mode.WRITE)
    require_available_vswitch(vswitch)
    if request.enable_ipv6 or request.ipv6_cidr_block is not None:
        _turn_ipv6_on(cloud, call, vswitch)
    vswitch.name = request.vswitch_name or vswitch.name
    vswitch.description = request.description or vswitch.description
    cloud.note_vswitch(vswitch)
    cloud.answer(ModifyVSwitchAttributeResponse(request_id=call.draws.request_id()))
    yield Phase.RESPOND


def _turn_ipv6_on(cloud: Cloud, call: Call[ModifyVSwitchAttribute], vswitch: VSwitch) -> None:
    """Give a vSwitch its IPv6 addresses; one that has them keeps them.

    Raises:
        InvalidParameter: the VPC has no IPv6 block, or the vSwitch has another one already than is asked for.
        InvalidCidrBlockOverlapped: another vSwitch has the block.
    """
    number = call.request.ipv6_cidr_block
    cloud.ledger.touch(vswitch.vpc.key, Mode.READ)
    cloud.ledger.touch(cloud.estate_of(vswitch).vswitches_key, Mode.READ)
    cloud.ledger.touch(vswitch.pool_key, Mode.WRITE)
    if vswitch.pool6 is None:
        block = vswitch_block(vswitch.vpc, number)
        vswitch.pool6 = Pool(block, seed=call.draws.integer("vswitch-addresses6"))
    elif number is not None and (vswitch.pool6.space.base >> 64) & 255 != number:
        cidr = vswitch.pool6.space.cidr
        raise InvalidParameter(parameter="Ipv6CidrBlock", reason=f"{vswitch.id} has {cidr} already")


def vpc_footprint(cloud: Cloud, call: Call[ModifyVpcAttribute], policy: Policy, phase: Phase) -> Footprint:
    """Say what changing a VPC touches."""
    del policy, phase
    wanted = call.request.vpc_id
    own = (f"vpc:{wanted}", Mode.WRITE)
    vpc = known_vpc(cloud, call, wanted)
    return (own,) if vpc is None else (own, (f"vpcs:{vpc.account}/{vpc.region}", Mode.ADD))


def vswitch_footprint(cloud: Cloud, call: Call[ModifyVSwitchAttribute], policy: Policy, phase: Phase) -> Footprint:
    """Say what changing a vSwitch touches; turning IPv6 on reads what the others of its VPC have."""
    del policy, phase
    wanted = call.request.vswitch_id
    own = (f"vswitch:{wanted}", Mode.WRITE)
    vswitch = known_vswitch(cloud, call, wanted)
    if vswitch is None:
        return (own,)
    listed = cloud.estate_of(vswitch).vswitches_key
    return (
        own,
        (listed, Mode.ADD),
        (listed, Mode.READ),
        (vswitch.vpc.key, Mode.READ),
        (vswitch.pool_key, Mode.WRITE),
    )
