"""IPv6 of networks: the /56 of a VPC and the /64 of a vSwitch.

Source: eni_api.md sections 2.13 and 5. Which /56 a VPC gets is not documented: here it is drawn from the vendor's
range.
"""

from typing import Any, Final

from cloudsim.errors.parameters import InvalidParameter
from cloudsim.errors.vpc import InvalidCidrBlockOverlapped
from cloudsim.ipam.blocks import VPC6_LENGTH, VSWITCH6_LENGTH, first_free_block
from cloudsim.ipam.edge import AddressSpace, Family
from cloudsim.operations.operation import Call
from cloudsim.resources.vpc import Vpc

_VENDOR: Final = AddressSpace.parse("2408:4000::/22")


def drawn_block(call: Call[Any]) -> str:
    """Give the /56 that belongs to a call; two calls get the same one with a chance of 2**-34, and nothing breaks."""
    count = 1 << (VPC6_LENGTH - _VENDOR.length)
    number = call.draws.integer("vpc-ipv6") % count
    return AddressSpace(Family.IPV6, _VENDOR.base + (number << (128 - VPC6_LENGTH)), VPC6_LENGTH).cidr


def vswitch_block(vpc: Vpc, number: int | None) -> AddressSpace:
    """Give a /64 of a VPC that none of its vSwitches has; the step reads the list of vSwitches.

    Args:
        vpc: where.
        number: which, 0 to 255; the lowest that is free if None.

    Raises:
        InvalidParameter: the VPC has no IPv6 block.
        InvalidCidrBlockOverlapped: a vSwitch has that block, or all blocks are taken.
    """
    if vpc.ipv6_cidr is None:
        raise InvalidParameter(parameter="Ipv6CidrBlock", reason=f"IPv6 is not turned on in {vpc.id}")
    home = AddressSpace.parse(vpc.ipv6_cidr)
    taken = {one.pool6.space: one.id for one in vpc.vswitches.values() if one.pool6 is not None}
    if number is None:
        block = first_free_block(home, taken, VSWITCH6_LENGTH)
        assert block is not None, "a VPC has fewer vSwitches than its /56 has blocks"
        return block
    block = AddressSpace(Family.IPV6, home.base + (number << 64), VSWITCH6_LENGTH)
    if block in taken:
        raise InvalidCidrBlockOverlapped(cidr=block.cidr, other_cidr=block.cidr, other=taken[block])
    return block
