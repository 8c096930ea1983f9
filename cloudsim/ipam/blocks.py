"""Blocks that networks may have: the documented lengths and forbidden ranges, and the search for a free one.

Source: eni_api.md section 2.13 (CreateVpc, CreateVSwitch) and section 5.
"""

from collections.abc import Iterable
from typing import Final

from cloudsim.ipam.edge import AddressSpace

FORBIDDEN_BLOCKS: Final = tuple(
    map(AddressSpace.parse, ("100.64.0.0/10", "224.0.0.0/4", "127.0.0.0/8", "169.254.0.0/16"))
)
"""No VPC may have an address of these."""

VPC_LENGTH_MAX: Final = 28
"""The longest prefix of a VPC's block; the shortest is the profile's."""

VSWITCH_LENGTHS: Final = range(16, 30)
"""Prefix lengths of a vSwitch's IPv4 block."""

VPC6_LENGTH: Final = 56
VSWITCH6_LENGTH: Final = 64


def first_free_block(home: AddressSpace, taken: Iterable[AddressSpace], length: int) -> AddressSpace | None:
    """Find the lowest block of a length that lies in ``home`` and shares no address with what is taken.

    O(n log n) in the number of taken blocks.

    Args:
        home: where to look.
        taken: blocks of the same family, in any order, which may lie elsewhere.
        length: the prefix length that is wanted.
    """
    if length < home.length:
        return None
    size = 1 << (home.family.bits - length)
    end = home.base + home.size
    base = home.base
    for other in sorted(taken, key=lambda block: block.base):
        if base + size <= other.base:
            break
        other_end = other.base + other.size
        if other_end > base:
            base = -(-other_end // size) * size
    return AddressSpace(home.family, base, length) if base + size <= end else None
