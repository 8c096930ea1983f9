"""What a pool or a piece of address text is refused for.

These are not API errors. Each carries the facts (offset, asked, free) and an upper floor chooses the documented code
and the identifiers of its message, because the same refusal answers differently by family and operation: a used
address is ``InvalidPrivateIpAddress.Duplicated`` in IPv4 and ``InvalidIp.IpRepeated`` in IPv6.

    Refusal
     +-- MalformedCidr, MalformedAddress, AddressOutside    text, at the edge
     +-- PoolExhausted, PrefixUnavailable                   too few are left
     +-- AddressReserved, AddressNotFree                    this one cannot be had
     +-- NotUsed                                            a release of what nobody holds: our own fault
"""

from cloudsim.ipam.states import State


class Refusal(Exception):
    """Something asked of the address floor cannot be had."""


class MalformedCidr(Refusal):
    """The text is not an address block, or has bits set beyond its prefix length."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{text!r} is not an address block: {reason}")
        self.text = text


class MalformedAddress(Refusal):
    """The text is not an address of the family that was expected."""

    def __init__(self, text: str, family: str) -> None:
        super().__init__(f"{text!r} is not an {family} address")
        self.text = text


class AddressOutside(Refusal):
    """The address or prefix is well formed, but the block does not contain it."""

    def __init__(self, text: str, cidr: str) -> None:
        super().__init__(f"{text} lies outside {cidr}")
        self.text = text
        self.cidr = cidr


class PoolExhausted(Refusal):
    """Fewer addresses are free than were asked for."""

    def __init__(self, *, asked: int, free: int) -> None:
        super().__init__(f"{asked} addresses were asked for, {free} are free")
        self.asked = asked
        self.free = free


class PrefixUnavailable(Refusal):
    """Fewer whole free blocks are left than were asked for, or the named block is not wholly free."""

    def __init__(self, *, asked: int, free: int, offset: int | None = None) -> None:
        where = "" if offset is None else f" at offset {offset}"
        super().__init__(f"{asked} whole blocks were asked for{where}, {free} are free")
        self.asked = asked
        self.free = free
        self.offset = offset


class AddressReserved(Refusal):
    """The named address belongs to the system: one of the ends of the block."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"the address at offset {offset} is reserved by the system")
        self.offset = offset


class AddressNotFree(Refusal):
    """The named address is used, cooling, inside a prefix or set aside for prefixes."""

    def __init__(self, offset: int, state: State) -> None:
        super().__init__(f"the address at offset {offset} is not free but {state.name.lower()}")
        self.offset = offset
        self.state = state


class NotUsed(Refusal):
    """What should be released is not held by anybody: our own fault, never a user's."""

    def __init__(self, offset: int, state: State | None) -> None:
        was = "outside the block" if state is None else state.name.lower()
        super().__init__(f"what should be released at offset {offset} is not used but {was}")
        self.offset = offset
        self.state = state
