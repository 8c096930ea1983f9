"""What every allocator can do that is compared here, ours and others': the protocol.

An allocator hands out the offsets 0 to ``size - 1`` of a block, but for the ends that are the system's. The methods
are those of :class:`cloudsim.ipam.pool.Pool`, so that our pools are measured as they are, without an adapter. Time is
given to every call, and most ignore it: only our pools cool addresses down.

Refusals are those of :mod:`cloudsim.ipam.refusals`: ``PoolExhausted``, ``AddressNotFree`` (or ``AddressReserved``),
``NotUsed``, ``PrefixUnavailable``. A refused call changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from cloudsim.ipam.edge import AddressSpace, Family
from cloudsim.ipam.space import RESERVED_ENDS, Ends

PREFIXES: Final = "prefixes"
"""Feature: whole blocks of 16 addresses can be taken and given back."""
CLONES: Final = "clones"
"""Feature: ``clone()`` makes an independent copy that goes on alike."""
COOLS: Final = "cools"
"""Feature: a released address rests before it is free again."""
IPV6: Final = "ipv6"
"""Feature: the block may be a /64."""

FEATURES: Final = (PREFIXES, CLONES, COOLS, IPV6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What an allocator is made for."""

    space: AddressSpace
    seed: int = 1
    """64 bits."""
    cool_ns: int = 0
    """How long a released address rests, for allocators that cool."""

    @property
    def size(self) -> int:
        """All addresses of the block."""
        return self.space.size

    @property
    def reserved(self) -> Ends:
        """How many at the ends are the system's; where these would be all there is, none."""
        ends = RESERVED_ENDS[self.space.family]
        return ends if sum(ends) < self.size else Ends(0, 0)

    @property
    def usable(self) -> int:
        """Addresses that can be handed out."""
        return self.size - sum(self.reserved)


def ground(length: int, *, seed: int = 1, cool_ns: int = 0) -> Ground:
    """Choose a block of a prefix length: IPv4 up to /32, IPv6 above that."""
    text = f"10.0.0.0/{length}" if length <= Family.IPV4.bits else f"2001:db8::/{length}"
    return Ground(space=AddressSpace.parse(text), seed=seed, cool_ns=cool_ns)


class Allocator(Protocol):
    """Hands out offsets of a block."""

    def allocate(self, now_ns: int, /) -> int:
        """Take the address that it chooses.

        Raises:
            PoolExhausted: none is free.
        """
        ...

    def release(self, offset: int, now_ns: int, /) -> None:
        """Give an address back.

        Raises:
            NotUsed: it is not held as a single address.
        """
        ...

    def take(self, offset: int, now_ns: int, /) -> None:
        """Take a named address.

        Raises:
            AddressNotFree: it is held, or in a prefix.
            AddressReserved: it is the system's; ``AddressNotFree`` says as much.
        """
        ...

    def free_at(self, now_ns: int, /) -> int:
        """Count the free addresses."""
        ...


class PrefixAllocator(Allocator, Protocol):
    """Hands out whole blocks too."""

    def allocate_prefix(self, now_ns: int, /) -> int:
        """Take a whole block, and return its first offset.

        Raises:
            PrefixUnavailable: no block is wholly free.
        """
        ...

    def release_prefix(self, first: int, now_ns: int, /) -> None:
        """Give a block back.

        Raises:
            NotUsed: no prefix that is held begins there.
        """
        ...


class Counting(Protocol):
    """Says what its choices took; an allocator that does not is asked nothing."""

    probes: int
    """Candidates looked at, of which the last was taken."""
    draws: int
    """Random numbers drawn."""


Maker = Callable[[Ground], Allocator]
