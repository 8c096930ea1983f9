"""Next-fit: the first free address at or after the one that follows the last pick, and round again.

The order of Docker's serial allocator and of Kea's iterative one. Addresses come back late, which is a cool-down of a
kind as long as the block is not full, and in the long run they spread as uniform's do. The index is a cursor; named
takes and releases do not move it. A pick is one search (memchr; in a sparse map O(log n)), or two where it has to go
round; a named take and a release are free of charge.
"""

from typing import Self

from cloudsim.ipam.space import SpaceMap


class NextFit:
    """A cursor."""

    __slots__ = ("cursor", "start", "stop")

    def build(self, truth: SpaceMap, band: range) -> None:  # noqa: ARG002 - the cursor needs no map
        """Begin at the first address."""
        self.start = band.start
        self.stop = band.stop
        self.cursor = band.start
        """Where the next search begins; behind the last address at most."""

    def pick(self, truth: SpaceMap) -> int:
        """Search from the cursor, then from the start."""
        offset = truth.state.find(0, self.cursor, self.stop)
        if offset < 0:
            offset = truth.state.find(0, self.start, self.stop)
        self.cursor = offset + 1
        return offset

    def drop(self, offset: int) -> None:
        """Named takes do not move the cursor."""

    def put(self, offset: int) -> None:
        """Releases do not move the cursor."""

    def clone(self) -> Self:
        """Copy the cursor."""
        twin = type(self)()
        twin.start = self.start
        twin.stop = self.stop
        twin.cursor = self.cursor
        return twin

    def check(self, truth: SpaceMap) -> None:  # noqa: ARG002 - the cursor needs no map
        """Assert that the cursor is in range."""
        assert self.start <= self.cursor <= self.stop, "the cursor is at an address or behind the last"
