"""Which block of a vSwitch a reservation is.

Bounds of the length: IPv4 from two bits longer than the vSwitch's block to /28, IPv6 from /65 to /80. A block that is
not named is the lowest of its length that is wholly free; a number of prefixes stands for the smallest block that holds
so many.

Source: eni_api.md section 5; VPC SDK 7.2, CreateVSwitchCidrReservation. What a block that cannot be had is refused with
is chosen.
"""

from collections.abc import Iterator
from typing import Final

from cloudsim.api.requests import CreateVSwitchCidrReservation
from cloudsim.errors.addresses import InvalidVSwitchIdIpNotEnough, InvalidVSwitchIpv6NotTurnOn
from cloudsim.errors.parameters import InvalidParameter
from cloudsim.errors.vpc import InvalidCidrBlockOverlapped, QuotaExceededVSwitchCidrReservation
from cloudsim.ipam.edge import AddressSpace, Family
from cloudsim.ipam.pool import Pool
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.vswitch import Reservation, VSwitch

CIDR: Final = "VSwitchCidrReservationCidr"
MASK: Final = "VSwitchCidrReservationMask"


def pool_of(vswitch: VSwitch, family: str) -> Pool:
    """Give a vSwitch's pool of a family.

    Raises:
        InvalidVSwitchIpv6NotTurnOn: it has no IPv6 block.
    """
    pool = vswitch.pool if family == Family.IPV4 else vswitch.pool6
    if pool is None:
        raise InvalidVSwitchIpv6NotTurnOn(vswitch=vswitch.id)
    return pool


def reservations_of(vswitch: VSwitch, family: str) -> list[tuple[Reservation, AddressSpace]]:
    """Give a vSwitch's reservations of a family, with their blocks, oldest first."""
    every = [(one, AddressSpace.parse(one.cidr)) for one in vswitch.reservations.values()]
    return [(one, block) for one, block in every if block.family == family]


def choose_block(cloud: Cloud, request: CreateVSwitchCidrReservation, vswitch: VSwitch) -> AddressSpace:
    """Choose the block that is asked for; all of it is free.

    Raises:
        InvalidVSwitchIpv6NotTurnOn: an IPv6 block is asked for, and the vSwitch has none.
        QuotaExceededVSwitchCidrReservation: the vSwitch has as many as it may have.
        InvalidParameter: the block is too large or too small, lies outside, or has addresses that are not free.
        InvalidCidrBlockOverlapped: it overlaps another reservation.
        InvalidVSwitchIdIpNotEnough: no block of the length is free.
    """
    family = request.ip_version or Family.IPV4
    pool = pool_of(vswitch, family)
    others = reservations_of(vswitch, family)
    limit = cloud.profile.reservations_per_vswitch_max
    if len(others) >= limit:
        raise QuotaExceededVSwitchCidrReservation(vswitch=vswitch.id, family=family, used=len(others), limit=limit)
    cidr = request.vswitch_cidr_reservation_cidr
    if not cidr:
        return _lowest(cloud, request, vswitch, pool)
    block = AddressSpace.parse(cidr)
    _require_length(pool.space, block.length, CIDR)
    if not pool.space.contains(block):
        raise InvalidParameter(parameter=CIDR, reason=f"{cidr} lies outside {pool.space.cidr} of {vswitch.id}")
    for other, taken in others:
        if taken.overlaps(block):
            raise InvalidCidrBlockOverlapped(cidr=cidr, other_cidr=other.cidr, other=other.id)
    if not _is_free(cloud, pool, block):
        raise InvalidParameter(parameter=CIDR, reason=f"{cidr} has addresses of the system, or that are in use")
    return block


def _lowest(cloud: Cloud, request: CreateVSwitchCidrReservation, vswitch: VSwitch, pool: Pool) -> AddressSpace:
    space = pool.space
    mask, number = request.vswitch_cidr_reservation_mask, request.ip_prefix_number or 1
    length = int(mask) if mask else space.family.delegated_length - (number - 1).bit_length()
    _require_length(space, length, MASK if mask else "IpPrefixNumber")
    taken = [block for _, block in reservations_of(vswitch, space.family)]
    for block in _blocks(space, length):
        if not any(block.overlaps(other) for other in taken) and _is_free(cloud, pool, block):
            return block
    free = pool.free_at(cloud.now_ns)
    raise InvalidVSwitchIdIpNotEnough(vswitch=vswitch.id, asked=f"a whole block of /{length}", free=free)


def _blocks(space: AddressSpace, length: int) -> Iterator[AddressSpace]:
    size = 1 << (space.family.bits - length)
    for base in range(space.base, space.base + space.size, size):
        yield AddressSpace(space.family, base, length)


def _require_length(space: AddressSpace, length: int, parameter: str) -> None:
    least = space.length + (2 if space.family is Family.IPV4 else 1)
    most = space.family.delegated_length
    if not least <= length <= most:
        reason = f"a block of /{length} in {space.cidr}; it would have to be /{least} or longer, and at most /{most}"
        raise InvalidParameter(parameter=parameter, reason=reason)


def _is_free(cloud: Cloud, pool: Pool, block: AddressSpace) -> bool:
    first = block.base - pool.space.base
    whole = pool.whole_free_blocks(cloud.now_ns, within=range(first, first + block.size))
    return whole == block.size >> block.family.block_bits
