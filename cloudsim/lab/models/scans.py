"""Looking at one address after the other, until one is not used: as objects, as text, from a random start.

Source: metal-stack/go-ipam, ``AcquireIP`` (walks the prefix and looks each address up by its text); Kubernetes,
``pkg/registry/core/service/allocator``, ``randomScanStrategy``.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address

from cloudsim.ipam.refusals import NotUsed, PoolExhausted
from cloudsim.lab.allocator import Ground
from cloudsim.lab.models.model import Model


class StdlibScan(Model):
    """The addresses of the standard library, the lowest that is not in a set."""

    __slots__ = ("base", "used")

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.base = ip_address(ground.space.text(0))
        self.used: set[IPv4Address | IPv6Address] = set()

    @staticmethod
    def work(usable: int, free: int) -> float:
        """It passes by all that is used."""
        return 5000 + 900.0 * (usable - free)

    def choose(self) -> int:
        """Walk from the first."""
        address = self.base + self.low
        probes = 1
        while address in self.used:
            address += 1
            probes += 1
        self.probes += probes
        return int(address) - int(self.base)

    def is_free(self, offset: int) -> bool:
        """Look the address up."""
        return self.base + offset not in self.used

    def occupy(self, offset: int) -> None:
        """Add the address."""
        self.used.add(self.base + offset)

    def vacate(self, offset: int) -> None:
        """Remove the address."""
        self.used.remove(self.base + offset)


class StringScan(Model):
    """The lowest address whose text is not in a table: go-ipam."""

    __slots__ = ("space", "used")

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.space = ground.space
        self.used: dict[str, bool] = {}

    @staticmethod
    def work(usable: int, free: int) -> float:
        """It passes by all that is used."""
        return 2000 + 200.0 * (usable - free)

    def choose(self) -> int:
        """Walk from the first, writing each."""
        text, used = self.space.text, self.used
        offset = self.low
        while text(offset) in used:
            offset += 1
        self.probes += offset - self.low + 1
        return offset

    def is_free(self, offset: int) -> bool:
        """Look the text up."""
        return self.space.text(offset) not in self.used

    def occupy(self, offset: int) -> None:
        """Add the text."""
        self.used[self.space.text(offset)] = True

    def vacate(self, offset: int) -> None:
        """Remove the text."""
        del self.used[self.space.text(offset)]


class KubernetesScan(Model):
    """A bitmap, and a walk from a random start: Kubernetes. The address after a used run is preferred."""

    __slots__ = ("used",)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.used = bytearray(self.high - self.low)
        """By position between the ends."""

    @staticmethod
    def work(usable: int, free: int) -> float:
        """A walk passes by a run of used ones, and long runs are met more often."""
        return 1000 + 130 * usable / free

    def allocate(self, _now_ns: int) -> int:
        """Draw a start and walk, and round again."""
        if not self.free:
            raise PoolExhausted(asked=1, free=0)
        used, count = self.used, self.high - self.low
        at = self.draw(count)
        probes = 1
        while used[at]:
            at += 1
            if at == count:
                at = 0
            probes += 1
        self.probes += probes
        used[at] = 1
        self.free -= 1
        return self.low + at

    def release(self, offset: int, _now_ns: int) -> None:
        """Clear its bit."""
        if not (self.low <= offset < self.high and self.used[offset - self.low]):
            raise NotUsed(offset, None)
        self.used[offset - self.low] = 0
        self.free += 1

    def is_free(self, offset: int) -> bool:
        """Look at its bit."""
        return not self.used[offset - self.low]

    def occupy(self, offset: int) -> None:
        """Set its bit."""
        self.used[offset - self.low] = 1

    def vacate(self, offset: int) -> None:
        """Clear its bit."""
        self.used[offset - self.low] = 0
