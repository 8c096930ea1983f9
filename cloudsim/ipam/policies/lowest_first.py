"""Lowest-first: the lowest free address, always.

No index: the map answers with one search for a zero byte. Reuse packs at the front, so that whole blocks survive at
the back (close to perfect packing under steady churn), at the price that a released address comes back at once.
"""

from typing import Self

from cloudsim.ipam.space import SpaceMap


class LowestFirst:
    """A search from the start."""

    __slots__ = ()

    def build(self, truth: SpaceMap) -> None:
        """Nothing is kept."""

    def pick(self, truth: SpaceMap) -> int:
        """Search from the start."""
        return truth.state.find(0)

    def drop(self, offset: int) -> None:
        """Nothing is kept."""

    def put(self, offset: int) -> None:
        """Nothing is kept."""

    def pick_block(self, truth: SpaceMap, blocks: range) -> int:
        """Choose the lowest."""
        return truth.busy.find(0, blocks.start, blocks.stop)

    def clone(self) -> Self:
        """Return this one, which has nothing to change."""
        return self

    def check(self, truth: SpaceMap) -> None:
        """Nothing is kept that could be wrong."""
