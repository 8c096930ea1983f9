"""numpy: a byte for each address, searched as a whole."""

from typing import Any

from cloudsim.lab.allocator import Ground
from cloudsim.lab.models.model import BLOCK, PrefixModel
from cloudsim.whatif.extras import need


class NumpyLowest(PrefixModel):
    """The first of the smallest bytes."""

    __slots__ = ("np", "used")

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.np: Any = need("numpy", extra="lab")
        self.used: Any = self.np.ones(self.size, dtype=self.np.uint8)
        self.used[self.low : self.high] = 0

    @staticmethod
    def work(usable: int, free: int) -> float:  # noqa: ARG004 - all bytes are read, whatever is free
        """It reads all."""
        return 4000 + 0.3 * usable

    def choose(self) -> int:
        """Search."""
        self.probes += 1
        return int(self.used.argmin())

    def is_free(self, offset: int) -> bool:
        """Look at its byte."""
        return not self.used[offset]

    def occupy(self, offset: int) -> None:
        """Set its byte."""
        self.used[offset] = 1

    def vacate(self, offset: int) -> None:
        """Clear its byte."""
        self.used[offset] = 0

    def find_block(self) -> int:
        """Look at all, as rows of sixteen."""
        if self.size < BLOCK:
            return -1
        busy = self.used.reshape(-1, BLOCK).any(axis=1)
        block = int(busy.argmin())
        return -1 if busy[block] else block


class NumpyUniform(NumpyLowest):
    """List what is free, and take the n-th, with n drawn."""

    __slots__ = ()

    def choose(self) -> int:
        """Draw, list and take."""
        self.probes += 1
        return int(self.np.flatnonzero(self.used == 0)[self.draw(self.free)])
