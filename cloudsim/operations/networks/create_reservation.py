"""CreateVSwitchCidrReservation: the block is set aside when the answer comes, and called Assigned after FINISH.

From COMMIT on single addresses are never taken from it, and prefixes that nobody names come from nowhere else.

Source: eni_api.md section 5; VPC SDK, notes of the operation (Assigning, then Assigned).
"""

import msgspec

from cloudsim.api.requests import CreateVSwitchCidrReservation
from cloudsim.api.responses import CreateVSwitchCidrReservationResponse
from cloudsim.errors.parameters import DryRunOperation
from cloudsim.operations.admission import admit
from cloudsim.operations.finding import find_vswitch, known_vswitch
from cloudsim.operations.networks.reserved_block import choose_block, pool_of
from cloudsim.operations.networks.tokens import claim
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.operations.standing import require_available_vswitch
from cloudsim.operations.tags import pairs_of
from cloudsim.operations.tokening import repeated, token_of, token_touches
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.ledger import Mode
from cloudsim.resources.vswitch import Reservation, VSwitch

ASSIGNING = "Assigning"
ASSIGNED = "Assigned"


def create_reservation(cloud: Cloud, call: Call[CreateVSwitchCidrReservation], policy: Policy) -> Operation:
    """Set a block aside."""
    request = call.request
    yield Phase.ADMIT
    admit(cloud, call)
    if token_of(request):
        yield Phase.CLAIM_TOKEN
    made = None
    with claim(cloud, call, policy) as token:
        if token.repeat is not None:
            cloud.answer(repeated(token.repeat, call, CreateVSwitchCidrReservationResponse))
        else:
            yield Phase.COMMIT
            vswitch = find_vswitch(cloud, call, request.vswitch_id, Mode.WRITE)
            made = _set_aside(cloud, call, vswitch)
            answer = CreateVSwitchCidrReservationResponse(
                request_id=call.draws.request_id(), vswitch_cidr_reservation_id=made.id
            )
            token.settle(answer)
            cloud.answer(answer)
    yield Phase.RESPOND
    if made is not None:
        yield Phase.FINISH
        vswitch.reservations[made.id] = msgspec.structs.replace(made, status=ASSIGNED)
        cloud.note_vswitch(vswitch)


def _set_aside(cloud: Cloud, call: Call[CreateVSwitchCidrReservation], vswitch: VSwitch) -> Reservation:
    """Set the block aside, and enter it.

    Raises:
        IncorrectVSwitchStatus: the vSwitch is being made or ended.
        ApiError: as :func:`~cloudsim.operations.networks.reserved_block.choose_block`.
        DryRunOperation: all is well, and only that was asked.
    """
    request = call.request
    require_available_vswitch(vswitch)
    for key, mode in vswitch.pool_touches:
        cloud.ledger.touch(key, mode)
    block = choose_block(cloud, request, vswitch)
    if request.dry_run:
        raise DryRunOperation
    pool = pool_of(vswitch, block.family)
    pool.reserve_range(block.base - pool.space.base, block.size, cloud.now_ns)
    made = Reservation(
        id=call.draws.id("vcr", cloud.regions[vswitch.vpc.region].infix, vswitch.reservations),
        cidr=block.cidr,
        status=ASSIGNING,
        created_ns=cloud.now_ns,
        name=request.vswitch_cidr_reservation_name or "",
        description=request.vswitch_cidr_reservation_description or "",
        tags=pairs_of(request.tags),
    )
    vswitch.reservations[made.id] = made
    cloud.note_vswitch(vswitch)
    return made


def footprint(cloud: Cloud, call: Call[CreateVSwitchCidrReservation], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch."""
    del policy
    token = token_touches(call)
    wanted = call.request.vswitch_id
    vswitch = known_vswitch(cloud, call, wanted)
    if phase is Phase.CLAIM_TOKEN:
        return token
    own = (f"vswitch:{wanted}", Mode.WRITE)
    if vswitch is None:
        return (own, *token)
    return (own, (cloud.estate_of(vswitch).vswitches_key, Mode.ADD), *vswitch.pool_touches, *token)
