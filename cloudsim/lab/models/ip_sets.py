"""netaddr's IPSet, as address managers in Python use it, and Neutron's way with it.

An IPSet is a dictionary of networks. Iterating sorts it, and taking an address out splits networks.

Source: netaddr.ip.sets; OpenStack Neutron, ``neutron/ipam/drivers/neutrondb_ipam/driver.py``, ``_generate_ips``.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Final

from netaddr import IPAddress, IPRange, IPSet

from cloudsim.ipam.refusals import NotUsed, PoolExhausted
from cloudsim.lab.allocator import Ground
from cloudsim.lab.models.model import BLOCK_BITS, Model, PrefixModel

WINDOW: Final = 1000
"""Neutron draws among so many of the lowest free addresses."""


class IPSetLowest(PrefixModel):
    """An IPSet of what is free, and its first address."""

    __slots__ = ("addresses", "base")

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.base = ground.space.base
        self.addresses = IPSet(IPRange(self.base + self.low, self.base + self.high - 1))

    @staticmethod
    def work(usable: int, free: int) -> float:
        """It walks the networks of which the set is made, at most one for each free or used address."""
        return 150_000 + 15_000.0 * min(free, usable - free)

    def preload(self, offsets: Iterable[int]) -> None:
        """Take out all at once."""
        taken = IPSet([IPAddress(self.base + offset) for offset in offsets])
        self.addresses -= taken
        self.free -= taken.size

    def choose(self) -> int:
        """Begin to iterate."""
        self.probes += 1
        return int(next(iter(self.addresses))) - self.base

    def is_free(self, offset: int) -> bool:
        """Ask the set."""
        return IPAddress(self.base + offset) in self.addresses

    def occupy(self, offset: int) -> None:
        """Take it out."""
        self.addresses.remove(IPAddress(self.base + offset))

    def vacate(self, offset: int) -> None:
        """Put it in."""
        self.addresses.add(IPAddress(self.base + offset))

    def find_block(self) -> int:
        """Walk the networks up to one that is large enough."""
        for cidr in self.addresses.iter_cidrs():
            if cidr.prefixlen <= 32 - BLOCK_BITS:
                return (cidr.first - self.base) >> BLOCK_BITS
        return -1


class IPSetUniform(IPSetLowest):
    """An IPSet of what is free, iterated up to a number that is drawn."""

    __slots__ = ()

    def choose(self) -> int:
        """Draw and iterate."""
        index = self.draw(self.free)
        self.probes += index + 1
        return int(next(islice(self.addresses, index, None))) - self.base


class NeutronRebuild(Model):
    """A table of what is used, from which each allocation makes an IPSet of what is free."""

    __slots__ = ("base", "used")

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.base = ground.space.base
        self.used: dict[int, None] = {}

    @staticmethod
    def work(usable: int, free: int) -> float:
        """It makes an object of each used address, and of each gap between them."""
        return 200_000 + 8_000.0 * (usable - free) + 15_000 * min(free, usable - free)

    def choose(self) -> int:
        """Make the set, draw among the lowest, iterate up to there."""
        everything = IPSet(IPRange(self.base + self.low, self.base + self.high - 1))
        free = everything.difference(IPSet([IPAddress(self.base + offset) for offset in self.used]))
        index = self.draw(min(WINDOW, free.size))
        self.probes += index + 1
        return int(next(islice(free, index, None))) - self.base

    def release(self, offset: int, _now_ns: int) -> None:
        """Delete the row."""
        if self.used.pop(offset, self) is self:
            raise NotUsed(offset, None)
        self.free += 1

    def allocate(self, _now_ns: int) -> int:
        """Insert a row."""
        if not self.free:
            raise PoolExhausted(asked=1, free=0)
        offset = self.choose()
        self.used[offset] = None
        self.free -= 1
        return offset

    def is_free(self, offset: int) -> bool:
        """Look it up."""
        return offset not in self.used

    def occupy(self, offset: int) -> None:
        """Insert a row."""
        self.used[offset] = None

    def vacate(self, offset: int) -> None:
        """Delete a row."""
        del self.used[offset]
