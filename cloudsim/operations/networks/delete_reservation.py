"""DeleteVSwitchCidrReservation: the addresses are single ones again when the answer comes.

Until FINISH the block is still listed, as Releasing: it keeps its vSwitch alive and its block from being reserved anew.
A prefix of it that an ENI has, or that a request in flight holds, refuses the call.

Source: VPC SDK, notes of the operation (Releasing, then Released; the ENIs' addresses go first).
"""

import msgspec

from cloudsim.api.requests import DeleteVSwitchCidrReservation
from cloudsim.api.responses import DeleteVSwitchCidrReservationResponse
from cloudsim.errors.parameters import DryRunOperation
from cloudsim.errors.vpc import DependencyViolation, IncorrectStatus, InvalidVSwitchCidrReservationIdNotFound
from cloudsim.ipam.edge import AddressSpace
from cloudsim.operations.admission import admit
from cloudsim.operations.networks.create_reservation import ASSIGNED
from cloudsim.operations.networks.reserved_block import pool_of
from cloudsim.operations.networks.tokens import claim
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.policy import Policy
from cloudsim.operations.tokening import repeated, token_of, token_touches
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.ledger import Mode
from cloudsim.resources.vswitch import Reservation, VSwitch
from cloudsim.values.ids import RegionId

RELEASING = "Releasing"


def delete_reservation(cloud: Cloud, call: Call[DeleteVSwitchCidrReservation], policy: Policy) -> Operation:
    """Give a block back to ordinary use."""
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    if token_of(request):
        yield Phase.CLAIM_TOKEN
    vswitch = None
    with claim(cloud, call, policy) as token:
        if token.repeat is not None:
            cloud.answer(repeated(token.repeat, call, DeleteVSwitchCidrReservationResponse))
        else:
            yield Phase.COMMIT
            cloud.ledger.touch(estate.vswitches_key, Mode.READ)
            vswitch = _home(estate, request.vswitch_cidr_reservation_id)
            doomed = _give_back(cloud, call, vswitch)
            answer = DeleteVSwitchCidrReservationResponse(request_id=call.draws.request_id())
            token.settle(answer)
            cloud.answer(answer)
    yield Phase.RESPOND
    if vswitch is not None:
        yield Phase.FINISH
        del vswitch.reservations[doomed.id]
        cloud.note_vswitch(vswitch)


def _home(estate: Estate, wanted: str | None) -> VSwitch:
    """Find the vSwitch that a reservation lies in.

    Raises:
        InvalidVSwitchCidrReservationIdNotFound: the account has no such reservation in the region.
    """
    for vswitch in estate.vswitches.values():
        if wanted in vswitch.reservations:
            return vswitch
    raise InvalidVSwitchCidrReservationIdNotFound(reservation=wanted or "")


def _give_back(cloud: Cloud, call: Call[DeleteVSwitchCidrReservation], vswitch: VSwitch) -> Reservation:
    """Give the block back, and enter that it is leaving.

    Raises:
        IncorrectStatus: the reservation is being made or given back.
        DependencyViolation: prefixes of it are in use.
        DryRunOperation: all is well, and only that was asked.
    """
    doomed = vswitch.reservations[call.request.vswitch_cidr_reservation_id or ""]
    if doomed.status != ASSIGNED:
        raise IncorrectStatus(thing=doomed.id, status=doomed.status)
    for key, mode in vswitch.pool_touches:
        cloud.ledger.touch(key, mode)
    block = AddressSpace.parse(doomed.cidr)
    pool = pool_of(vswitch, block.family)
    first = block.base - pool.space.base
    held = [prefix for prefix in pool.prefix_offsets() if first <= prefix < first + block.size]
    if held:
        raise DependencyViolation(thing=doomed.id, dependents=f"{len(held)} prefixes in use")
    if call.request.dry_run:
        raise DryRunOperation
    pool.release_range(first, block.size, cloud.now_ns)
    leaving = msgspec.structs.replace(doomed, status=RELEASING)
    vswitch.reservations[doomed.id] = leaving
    cloud.note_vswitch(vswitch)
    return leaving


def footprint(cloud: Cloud, call: Call[DeleteVSwitchCidrReservation], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch; which vSwitch it is, the list of all tells."""
    del policy
    token = token_touches(call)
    if phase is Phase.CLAIM_TOKEN:
        return token
    estate = cloud.estate(call.account, RegionId(call.request.region_id or ""))
    listed = estate.vswitches_key
    homes = [one for one in estate.vswitches.values() if call.request.vswitch_cidr_reservation_id in one.reservations]
    own = tuple(touch for home in homes for touch in ((home.key, Mode.WRITE), *home.pool_touches))
    return ((listed, Mode.READ), (listed, Mode.ADD), *own, *token)
