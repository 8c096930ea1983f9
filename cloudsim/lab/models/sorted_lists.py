"""sortedcontainers: what is free as a sorted list, or as intervals in a sorted dictionary."""

from sortedcontainers import SortedDict, SortedList

from cloudsim.lab.allocator import Ground
from cloudsim.lab.models.ip_sets import WINDOW
from cloudsim.lab.models.model import BLOCK, BLOCK_BITS, Model, PrefixModel


class SortedLowest(Model):
    """The first of the list."""

    __slots__ = ("addresses",)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.addresses = SortedList(range(self.low, self.high))

    def choose(self) -> int:
        """Look at the first."""
        self.probes += 1
        return self.addresses[0]

    def is_free(self, offset: int) -> bool:
        """Search for it."""
        return offset in self.addresses

    def occupy(self, offset: int) -> None:
        """Remove it."""
        self.addresses.remove(offset)

    def vacate(self, offset: int) -> None:
        """Add it."""
        self.addresses.add(offset)


class SortedUniform(SortedLowest):
    """The n-th, with n drawn."""

    __slots__ = ()

    def choose(self) -> int:
        """Draw, and look there."""
        self.probes += 1
        return self.addresses[self.draw(self.free)]


class NeutronWindow(SortedLowest):
    """The n-th, with n drawn among the lowest thousand: Neutron's choice, without its set."""

    __slots__ = ()

    def choose(self) -> int:
        """Draw, and look there."""
        index = self.draw(min(WINDOW, self.free))
        self.probes += index + 1
        return self.addresses[index]


class Intervals(PrefixModel):
    """Runs of free addresses by where they begin; the first of the first run."""

    __slots__ = ("runs",)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.runs: SortedDict[int, int] = SortedDict({self.low: self.high})
        """Where each begins, and where it has ended."""

    def choose(self) -> int:
        """Look at the first run."""
        self.probes += 1
        return self.runs.peekitem(0)[0]

    def is_free(self, offset: int) -> bool:
        """Search for the run around it."""
        at = self.runs.bisect_right(offset) - 1
        return at >= 0 and offset < self.runs.peekitem(at)[1]

    def occupy(self, offset: int) -> None:
        """Split the run around it."""
        start, stop = self.runs.peekitem(self.runs.bisect_right(offset) - 1)
        if start == offset:
            del self.runs[start]
        else:
            self.runs[start] = offset
        if offset + 1 < stop:
            self.runs[offset + 1] = stop

    def vacate(self, offset: int) -> None:
        """Join the runs beside it."""
        stop = self.runs.pop(offset + 1, offset + 1)
        at = self.runs.bisect_right(offset) - 1
        if at >= 0 and self.runs.peekitem(at)[1] == offset:
            offset = self.runs.peekitem(at)[0]
        self.runs[offset] = stop

    def find_block(self) -> int:
        """Walk the runs up to one that has a whole block in it."""
        for start, stop in self.runs.items():
            first = -(-start // BLOCK) * BLOCK
            if first + BLOCK <= stop:
                return first >> BLOCK_BITS
        return -1
