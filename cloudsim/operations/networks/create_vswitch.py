"""CreateVSwitch: the answer comes with the vSwitch Pending; it is Available after the time of FINISH.

From RESOLVE to its end the call is the only one that makes a vSwitch in the VPC, so the block that RESOLVE finds free
is free at COMMIT; the IPv6 block is looked for at COMMIT, since ModifyVSwitchAttribute may take one in between. While
the vSwitch is Pending, creates in it meet IncorrectVSwitchStatus.

Source: eni_api.md sections 2.13 and 5. The order of checks is not documented: VPC, its status, other creations, zone,
block, quota, IPv6.
"""

from cloudsim.api.requests import CreateVSwitch
from cloudsim.api.responses import CreateVSwitchResponse
from cloudsim.errors.vpc import InvalidCidrBlockOverlapped, InvalidVSwitchCidrBlock, InvalidZoneIdNotFound
from cloudsim.ipam.blocks import first_free_block
from cloudsim.ipam.edge import AddressSpace
from cloudsim.ipam.pool import Pool
from cloudsim.operations.finding import enter, find_vpc, known_vpc
from cloudsim.operations.networks.exclusion import begin_creation, creation_key
from cloudsim.operations.networks.ipv6 import vswitch_block
from cloudsim.operations.networks.tokens import claim
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.operations.standing import AVAILABLE, PENDING, require_available_vpc
from cloudsim.operations.tags import pairs_of
from cloudsim.operations.tokening import repeated, token_of, token_touches
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.conditions import zone_key
from cloudsim.resources.ledger import Mode
from cloudsim.resources.pin import Pin, pins_key
from cloudsim.resources.tokens import Claim
from cloudsim.resources.vpc import Vpc
from cloudsim.resources.vswitch import VSwitch
from cloudsim.values.ids import VSwitchId, ZoneId


def create_vswitch(cloud: Cloud, call: Call[CreateVSwitch], policy: Policy) -> Operation:
    """Make a vSwitch."""
    request = call.request
    yield Phase.ADMIT
    enter(cloud, call)
    if token_of(request):
        yield Phase.CLAIM_TOKEN
    with claim(cloud, call, policy) as token:
        if token.repeat is not None:
            cloud.answer(repeated(token.repeat, call, CreateVSwitchResponse))
            yield Phase.RESPOND
        else:
            yield Phase.RESOLVE
            vpc = find_vpc(cloud, call, request.vpc_id)
            require_available_vpc(vpc)
            with begin_creation(cloud, vpc):
                yield from _create(cloud, call, vpc, token)


def _create(cloud: Cloud, call: Call[CreateVSwitch], vpc: Vpc, token: Claim) -> Operation:
    """Go on as the only creation in the VPC, still in RESOLVE."""
    zone = _zone(cloud, call, vpc)
    block = _block(cloud, call.request, vpc)
    with Pin(cloud.ledger, vpc) as pin:
        yield Phase.RESERVE_QUOTA
        with vpc.vswitch_places.hold(1) as place:
            yield Phase.COMMIT
            vswitch = _make(cloud, call, vpc, zone, block)
            place.keep()
            pin.keep()
            cloud.add_vswitch(vswitch)
    answer = CreateVSwitchResponse(request_id=call.draws.request_id(), vswitch_id=vswitch.id)
    token.settle(answer)
    cloud.answer(answer)
    yield Phase.RESPOND
    yield Phase.FINISH
    vswitch.status = AVAILABLE
    cloud.note_vswitch(vswitch)


def _zone(cloud: Cloud, call: Call[CreateVSwitch], vpc: Vpc) -> ZoneId:
    """Give the zone that is asked for.

    Raises:
        InvalidZoneIdNotFound: the region has no such zone.
        ServiceUnavailable: the zone is out.
    """
    zone = ZoneId(call.request.zone_id or "")
    if zone not in cloud.regions[vpc.region].zones:
        raise InvalidZoneIdNotFound(zone=zone, region=vpc.region)
    cloud.conditions.require_zone(zone)
    return zone


def _block(cloud: Cloud, request: CreateVSwitch, vpc: Vpc) -> AddressSpace:
    """Give the block that is asked for, or the lowest free one of a length.

    Raises:
        InvalidVSwitchCidrBlock: it lies outside the blocks of the VPC, or there is none of the length.
        InvalidCidrBlockOverlapped: a vSwitch has addresses of it.
    """
    cloud.ledger.touch(cloud.estate(vpc.account, vpc.region).vswitches_key, Mode.READ)
    homes = [AddressSpace.parse(cidr) for cidr in vpc.cidrs]
    taken = {vswitch.pool.space: vswitch.id for vswitch in vpc.vswitches.values()}
    length = request.cidr_mask
    if length is not None:
        for home in homes:
            free = first_free_block(home, taken, length)
            if free is not None:
                return free
        raise InvalidVSwitchCidrBlock(cidr=f"/{length}", reason=f"has no free block in {vpc.id}")
    block = AddressSpace.parse(request.cidr_block or "")
    if not any(home.contains(block) for home in homes):
        raise InvalidVSwitchCidrBlock(cidr=block.cidr, reason=f"lies outside {', '.join(vpc.cidrs)} of {vpc.id}")
    for other, owner in taken.items():
        if other.overlaps(block):
            raise InvalidCidrBlockOverlapped(cidr=block.cidr, other_cidr=other.cidr, other=owner)
    return block


def _make(cloud: Cloud, call: Call[CreateVSwitch], vpc: Vpc, zone: ZoneId, block: AddressSpace) -> VSwitch:
    """Make the vSwitch, with pools that choose as the documents say: at random, and without a cool-down.

    Raises:
        InvalidParameter: IPv6 is asked for, and the VPC has none.
        InvalidCidrBlockOverlapped: another vSwitch has the IPv6 block.
    """
    request = call.request
    pool6 = None
    if request.ipv6_cidr_block is not None:
        cloud.ledger.touch(vpc.key, Mode.READ)
        cloud.ledger.touch(cloud.estate(vpc.account, vpc.region).vswitches_key, Mode.READ)
        block6 = vswitch_block(vpc, request.ipv6_cidr_block)
        pool6 = Pool(block6, seed=call.draws.integer("vswitch-addresses6"))
    vswitch = VSwitch(
        VSwitchId(call.draws.id("vsw", cloud.regions[vpc.region].infix, cloud.vswitches)),
        vpc=vpc,
        zone=zone,
        pool=Pool(block, seed=call.draws.integer("vswitch-addresses")),
        pool6=pool6,
        status=PENDING,
        ledger=cloud.ledger,
    )
    vswitch.name = request.vswitch_name or ""
    vswitch.description = request.description or ""
    vswitch.created_ns = cloud.now_ns
    vswitch.tags = pairs_of(request.tags)
    vswitch.resource_group = vpc.resource_group
    vswitch.made_by = call.name
    return vswitch


def footprint(cloud: Cloud, call: Call[CreateVSwitch], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch, with the creation that is begun, the pin and the place that are held then."""
    del policy
    wanted = call.request.vpc_id
    own = (f"vpc:{wanted}", Mode.READ)
    vpc = known_vpc(cloud, call, wanted)
    token = token_touches(call)
    if vpc is None or phase is Phase.CLAIM_TOKEN:
        return (own, *token)
    listed = f"vswitches:{vpc.account}/{vpc.region}"
    creation = (creation_key(vpc), Mode.WRITE)
    if phase is Phase.FINISH:
        made = [(vswitch.key, Mode.WRITE) for vswitch in vpc.vswitches.values() if vswitch.made_by == call.name]
        return (*made, (listed, Mode.ADD), creation, *token)
    return (
        own,
        (zone_key(call.request.zone_id or ""), Mode.READ),
        creation,
        (pins_key(vpc.id), Mode.ADD),
        (vpc.vswitch_places.key, Mode.WRITE),
        (listed, Mode.READ),
        (listed, Mode.ADD),
        *token,
    )
