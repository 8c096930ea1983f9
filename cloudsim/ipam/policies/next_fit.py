"""Next-fit: the first free address at or after the one that follows the last pick, and round again.

The order of Docker's serial allocator and of Kea's iterative one. Addresses come back late, which is a cool-down of a
kind as long as the block is not full, and in the long run they spread as uniform's do. The index is a cursor; named
takes and releases do not move it. A prefix is the lowest whole block, which a cursor on its way up meets last.
"""

from typing import Self

from cloudsim.ipam.space import SpaceMap


class NextFit:
    """A cursor."""

    __slots__ = ("cursor",)

    def __init__(self, cursor: int = 0) -> None:
        self.cursor = cursor
        """Where the next search begins; the size of the block at most."""

    def build(self, truth: SpaceMap) -> None:
        """Nothing is kept but the cursor, which needs no map."""

    def pick(self, truth: SpaceMap) -> int:
        """Search from the cursor, then from the start."""
        offset = truth.state.find(0, self.cursor)
        if offset < 0:
            offset = truth.state.find(0)
        self.cursor = offset + 1
        return offset

    def drop(self, offset: int) -> None:
        """Named takes do not move the cursor."""

    def put(self, offset: int) -> None:
        """Releases do not move the cursor."""

    def pick_block(self, truth: SpaceMap, blocks: range) -> int:
        """Choose the lowest."""
        return truth.busy.find(0, blocks.start, blocks.stop)

    def clone(self) -> Self:
        """Copy the cursor."""
        return type(self)(self.cursor)

    def check(self, truth: SpaceMap) -> None:
        """Assert that the cursor is in range."""
        assert 0 <= self.cursor <= truth.size, "the cursor is at an address or behind the last"
