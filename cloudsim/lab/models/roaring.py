"""pyroaring: a compressed bitmap of what is free, which can say its lowest and its n-th."""

from typing import Any

from cloudsim.lab.allocator import Ground
from cloudsim.lab.models.model import Model
from cloudsim.whatif.extras import need


class RoaringLowest(Model):
    """The lowest."""

    __slots__ = ("bitmap",)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.bitmap: Any = need("pyroaring", extra="lab").BitMap(range(self.low, self.high))

    def foreign_bytes(self) -> int:
        """Say what it holds outside Python's memory."""
        told = self.bitmap.get_statistics()
        return sum(told[f"n_bytes_{kind}_containers"] for kind in ("array", "run", "bitset"))

    def choose(self) -> int:
        """Ask for it."""
        self.probes += 1
        return int(self.bitmap.min())

    def is_free(self, offset: int) -> bool:
        """Look it up."""
        return offset in self.bitmap

    def occupy(self, offset: int) -> None:
        """Remove it."""
        self.bitmap.remove(offset)

    def vacate(self, offset: int) -> None:
        """Add it."""
        self.bitmap.add(offset)


class RoaringUniform(RoaringLowest):
    """The n-th, with n drawn."""

    __slots__ = ()

    def choose(self) -> int:
        """Draw, and ask for it."""
        self.probes += 1
        return int(self.bitmap[self.draw(self.free)])
