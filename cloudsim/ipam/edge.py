"""The edge: where the text of addresses and blocks becomes integers, and the one home of netaddr.

Inside, an address is an offset from the start of its block, because everything a pool does (search, index, count) is
arithmetic on offsets, and an address object with its text costs more than the allocation itself. netaddr checks the
CIDR that a user wrote, once per block, and is handed out by ``AddressSpace.network`` for who wants its types; single
addresses pass by ``inet_pton`` and ``inet_ntop``, or are written from a table of octets where only two of them differ
(an IPv4 block of /16 or longer). What that buys is six times netaddr's speed, equal to it in every answer
(tests/ipam/test_edge.py).

``inet_pton`` is strict: four octets, no leading zeros, no short forms. Upper case and every legal spelling of an IPv6
address are read; the canonical short form is written.

Source: RFC 4291 and RFC 5952 for IPv6 text; /28 and /80 as the sizes of delegated prefixes are Alibaba Cloud's.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from socket import AF_INET, AF_INET6, inet_ntop, inet_pton
from typing import Self

import netaddr

from cloudsim.ipam.refusals import AddressOutside, MalformedAddress, MalformedCidr
from cloudsim.values.members import quick_members

_CIDR = re.compile(r"[0-9A-Fa-f:.]+/(0|[1-9][0-9]{0,2})")
_OCTETS = tuple(map(str, range(256)))


@quick_members
class Family(StrEnum):
    """An address family, with the numbers that follow from it."""

    code: int
    """What the socket functions call it."""
    bits: int
    """Bits in an address."""
    delegated_length: int
    """Prefix length of the blocks that an ENI can be given whole."""
    block_bits: int
    """Bits that count within such a block."""

    def __new__(cls, name: str, code: int, bits: int, delegated_length: int) -> Self:
        """Make a member that compares as its name and carries its numbers."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.code = code
        member.bits = bits
        member.delegated_length = delegated_length
        member.block_bits = bits - delegated_length
        return member

    IPV4 = "IPv4", AF_INET, 32, 28
    IPV6 = "IPv6", AF_INET6, 128, 80


@dataclass(frozen=True, slots=True)
class AddressSpace:
    """A block of addresses: 10.0.0.0/24, 2001:db8::/64."""

    family: Family
    base: int
    """The first address, as an integer."""
    length: int
    """The prefix length, 0 to 32 or 128."""
    size: int = field(init=False, repr=False, compare=False)
    """How many addresses the block has; kept, because every conversion asks."""
    head: str = field(init=False, repr=False, compare=False)
    """What the text of every address begins with, if only two octets differ: IPv4, /16 or longer. Else empty."""

    def __post_init__(self) -> None:
        size = 1 << (self.family.bits - self.length)
        assert self.base & (size - 1) == 0, "a block begins at a multiple of its size"
        has_head = self.family is Family.IPV4 and self.length >= 16
        object.__setattr__(self, "size", size)
        object.__setattr__(self, "head", f"{self.base >> 24}.{self.base >> 16 & 255}." if has_head else "")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read CIDR text: an address, a slash, a prefix length in decimal.

        Raises:
            MalformedCidr: the text is anything else, or has bits set beyond the prefix length.
        """
        try:
            network = netaddr.IPNetwork(text if _CIDR.fullmatch(text) else "")
        except netaddr.AddrFormatError:
            raise MalformedCidr(text, "expected an address, a slash and a prefix length, as in 10.0.0.0/24") from None
        if network.value != network.first:
            raise MalformedCidr(text, f"bits are set beyond its prefix length; the block is {network.cidr}")
        family = Family.IPV4 if network.version == 4 else Family.IPV6
        return cls(family, network.first, network.prefixlen)

    @property
    def network(self) -> netaddr.IPNetwork:
        """The same block as a netaddr object, made anew at each call."""
        return netaddr.IPNetwork((self.base, self.length), version=4 if self.family is Family.IPV4 else 6)

    @property
    def cidr(self) -> str:
        """The canonical text of the block."""
        return f"{self.text(0)}/{self.length}"

    def text(self, offset: int) -> str:
        """Write the address at an offset.

        Args:
            offset: 0 to ``size - 1``.
        """
        assert 0 <= offset < self.size, "an offset lies inside its block"
        if self.head:
            low = (self.base & 0xFFFF) + offset
            return f"{self.head}{_OCTETS[low >> 8]}.{_OCTETS[low & 255]}"
        return inet_ntop(self.family.code, (self.base + offset).to_bytes(self.family.bits >> 3))

    def offset(self, text: str) -> int:
        """Read an address and say where in the block it is.

        Raises:
            MalformedAddress: the text is not an address of this family.
            AddressOutside: it is one, of another block.
        """
        try:
            value = int.from_bytes(inet_pton(self.family.code, text))
        except (OSError, ValueError):  # ValueError: a null or a lone surrogate in the text
            raise MalformedAddress(text, self.family) from None
        offset = value - self.base
        if not 0 <= offset < self.size:
            raise AddressOutside(text, self.cidr)
        return offset

    def prefix_text(self, offset: int) -> str:
        """Write the delegated prefix that begins at an offset: ``10.0.0.16/28``, an IPv6 one as /80."""
        return f"{self.text(offset)}/{self.family.delegated_length}"

    def prefix_offset(self, text: str) -> int:
        """Read a delegated prefix and say where in the block it begins.

        Raises:
            MalformedCidr: not a block, or one of another family or length than ``prefix_text`` writes.
            AddressOutside: a good prefix, of another block.
        """
        prefix = AddressSpace.parse(text)
        if prefix.family is not self.family or prefix.length != self.family.delegated_length:
            raise MalformedCidr(text, f"expected an {self.family} prefix of /{self.family.delegated_length}")
        if not self.contains(prefix):
            raise AddressOutside(text, self.cidr)
        return prefix.base - self.base

    def contains(self, other: "AddressSpace") -> bool:
        """Tell whether every address of the other block is in this one."""
        return (
            self.family is other.family and self.base <= other.base and other.base + other.size <= self.base + self.size
        )

    def overlaps(self, other: "AddressSpace") -> bool:
        """Tell whether the blocks share an address: aligned blocks do only if one contains the other."""
        return self.contains(other) or other.contains(self)
