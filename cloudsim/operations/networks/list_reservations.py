"""ListVSwitchCidrReservations.

Source: VPC SDK, request and response models.
"""

from typing import Final

from cloudsim.api.requests import ListVSwitchCidrReservations
from cloudsim.api.responses import ListVSwitchCidrReservationsResponse
from cloudsim.api.responses.reservations import CidrReservation
from cloudsim.ipam.edge import AddressSpace, Family
from cloudsim.operations.admission import admit
from cloudsim.operations.calendar import calendar_text
from cloudsim.operations.networks.create_reservation import ASSIGNED
from cloudsim.operations.networks.presentation import shown_tags
from cloudsim.operations.networks.reserved_block import pool_of
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.paging import Page, page_by_token
from cloudsim.operations.policy import Policy
from cloudsim.operations.tags import has_tags
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.ledger import Mode
from cloudsim.resources.vswitch import Reservation, VSwitch
from cloudsim.values.ids import RegionId

RESULTS_DEFAULT: Final = 10


def list_reservations(cloud: Cloud, call: Call[ListVSwitchCidrReservations], policy: Policy) -> Operation:
    """List reserved blocks: by vSwitch, oldest first, and in each oldest first."""
    del policy
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.READ
    cloud.ledger.touch(estate.vswitches_key, Mode.READ)
    size = request.max_results or RESULTS_DEFAULT
    page: Page[tuple[VSwitch, Reservation]] = page_by_token(_found(estate, request), request.next_token, size)
    cloud.answer(
        ListVSwitchCidrReservationsResponse(
            request_id=call.draws.request_id(),
            vswitch_cidr_reservations=tuple([_shown(cloud, vswitch, one) for vswitch, one in page.things]),
            total_count=page.total,
            max_results=size,
            next_token=page.next_token,
        )
    )
    yield Phase.RESPOND


def _found(estate: Estate, request: ListVSwitchCidrReservations) -> list[tuple[VSwitch, Reservation]]:
    return [
        (vswitch, one)
        for vswitch in estate.vswitches.values()
        if request.vswitch_id in {None, "", vswitch.id}
        for one in vswitch.reservations.values()
        if _matches(one, request)
    ]


def _matches(one: Reservation, request: ListVSwitchCidrReservations) -> bool:
    ids = request.vswitch_cidr_reservation_ids
    family = request.ip_version or (None if ids else Family.IPV4)
    return (
        (not ids or one.id in ids)
        and family in {None, AddressSpace.parse(one.cidr).family}
        and has_tags(one.tags, request.tags)
    )


def _shown(cloud: Cloud, vswitch: VSwitch, one: Reservation) -> CidrReservation:
    cloud.ledger.touch(vswitch.pool_key, Mode.READ)
    block = AddressSpace.parse(one.cidr)
    pool = pool_of(vswitch, block.family)
    first = block.base - pool.space.base
    inside = range(first, first + block.size)
    is_set_aside = one.status == ASSIGNED  # what is being made or given back has no prefixes to give
    return CidrReservation(
        vswitch_cidr_reservation_id=one.id,
        vswitch_cidr_reservation_name=one.name,
        vswitch_cidr_reservation_description=one.description,
        vswitch_cidr_reservation_cidr=one.cidr,
        vswitch_id=vswitch.id,
        vpc_id=vswitch.vpc.id,
        ip_version=block.family,
        status=one.status,
        creation_time=calendar_text(one.created_ns),
        assigned_cidr_count=sum(prefix in inside for prefix in pool.prefix_offsets()),
        available_cidr_count=pool.whole_free_blocks(cloud.now_ns, within=inside) if is_set_aside else 0,
        tags=shown_tags(one.tags),
    )


def footprint(cloud: Cloud, call: Call[ListVSwitchCidrReservations], policy: Policy, phase: Phase) -> Footprint:
    """Say what listing touches: the list of vSwitches, and the pools of those that have reservations."""
    del policy, phase
    estate = cloud.estate(call.account, RegionId(call.request.region_id or ""))
    pools = tuple((one.pool_key, Mode.READ) for one in estate.vswitches.values() if one.reservations)
    return ((estate.vswitches_key, Mode.READ), *pools)
