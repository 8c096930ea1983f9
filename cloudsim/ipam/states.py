"""The states of an address, and how many addresses are in each.

Every address of a block is in exactly one state, so the counts always add up to the size of the block.
"""

from dataclasses import dataclass
from enum import IntEnum

from cloudsim.values.members import quick_members


@quick_members
class State(IntEnum):
    """What an address is at the moment. ``FREE`` is zero, so that searching is ``bytearray.find(0)``."""

    FREE = 0
    USED = 1
    RESERVED = 2
    """Kept by the system at an end of the block; never changes."""
    COOLING = 3
    """Released, but not to be handed out again before its time."""
    IN_PREFIX = 4
    """Part of a block that was given away as a whole."""
    SET_ASIDE = 5
    """Inside a reservation: only prefixes may be taken from it, single addresses never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many addresses are in each state at one time; ``free`` never includes any of the others."""

    free: int
    used: int
    reserved: int
    cooling: int
    in_prefix: int
    set_aside: int

    @property
    def size(self) -> int:
        """All addresses, whatever their state."""
        return self.free + self.used + self.reserved + self.cooling + self.in_prefix + self.set_aside
