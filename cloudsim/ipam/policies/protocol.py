"""What a policy is: an index over the free addresses, and a choice from it.

A policy never sees addresses, clocks or text: it is told offsets, and asks the ``SpaceMap``. It may hold any index it
likes, as long as ``build`` can make it again from the map alone. It is *asked* for its pick before the map changes,
and *told* of every other change (a named address taken, a release, a cool-down that ended) after the map changed, so
that a policy without an index does nothing at all then. The addresses of a prefix are told one by one.

Which block is given away as a prefix is a choice of its own (``PrefixPolicy``), because the two are free of each
other: addresses at random and prefixes from the front, say.

To add a policy: a class with these methods in a file of its own, one line in ``registry``. The same state machine
(tests/ipam/machine.py) then runs over it; what is particular to it gets an oracle there.
"""

from typing import Protocol, Self

from cloudsim.ipam.space import SpaceMap


class Policy(Protocol):
    """The choice of the next address."""

    def build(self, truth: SpaceMap, band: range) -> None:
        """Make the index from the map; called once, before anything else but ``clone``.

        Args:
            truth: the map.
            band: the offsets to choose from: all of the block, or a part for which this policy alone is asked.
        """
        ...

    def pick(self, truth: SpaceMap) -> int:
        """Choose a free offset of the band and leave it out of the index; at least one is free."""
        ...

    def drop(self, offset: int) -> None:
        """Leave out an offset that was free and was taken by name or with its block."""
        ...

    def put(self, offset: int) -> None:
        """Take in an offset that has become free."""
        ...

    def clone(self) -> Self:
        """Return an independent copy that will choose alike."""
        ...

    def check(self, truth: SpaceMap) -> None:
        """Assert that the index holds what is free in the band, and nothing else."""
        ...


class PrefixPolicy(Protocol):
    """The choice of the next whole block; it has no index but the map's own count of each block's obstacles."""

    def choose(self, truth: SpaceMap, blocks: range) -> int:
        """Choose a block of the range that can be given away whole, or -1 if there is none, without a draw."""
        ...

    def clone(self) -> Self:
        """Return an independent copy that will choose alike."""
        ...
