"""A lease: the addresses of one request, given back unless the request keeps them.

A request may name addresses, ask for others and for whole blocks, and gets all of it or nothing. So ``admit`` first
finds out whether all of it can be had, changing nothing and drawing nothing, and the taking afterwards cannot fail.
A plain slotted class, because a generator-based context manager would cost more than the allocation.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from cloudsim.ipam.refusals import AddressNotFree, PoolExhausted, PrefixUnavailable
from cloudsim.ipam.space import SpaceMap
from cloudsim.ipam.states import State

if TYPE_CHECKING:
    from cloudsim.ipam.pool import Pool


class Lease:
    """What a request holds of a pool; use it with ``with``, and ``keep()`` it once the request succeeds.

    Leaving the block without ``keep()`` gives everything back at once and without cool-down, whatever the pool's
    cool-down is: nobody ever saw the addresses of a request that failed, so nothing can still be talking to them.
    The draws that chose them stay drawn and a cursor stays where it is, as in an allocator that had handed them out.
    """

    __slots__ = ("_pool", "offsets", "prefixes")

    def __init__(self, pool: "Pool", offsets: Sequence[int], prefixes: Sequence[int]) -> None:
        self._pool: Pool | None = pool
        self.offsets = offsets
        """The addresses: the named ones first, in the order of the request, then the others as they were picked."""
        self.prefixes = prefixes
        """The first addresses of the blocks: the named ones first, then the others."""

    def keep(self) -> None:
        """Make the lease permanent: from now on the addresses are released one by one, by their owner."""
        assert self._pool is not None, "a lease is kept or given back once"
        self._pool = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        pool = self._pool
        if pool is not None:
            self._pool = None
            pool.give_back(self.offsets, self.prefixes)


def admit(truth: SpaceMap, *, named: Sequence[int], count: int, prefixes: int, named_prefixes: Sequence[int]) -> None:
    """Pass if all of a request can be had from the map as it is.

    Raises:
        AddressReserved: a named address is the system's.
        AddressNotFree: a named address is not free, or is named twice.
        PrefixUnavailable: a named block is not wholly available, or too few others are.
        PoolExhausted: too few addresses are left beside all that is named.
    """
    seen: dict[int, None] = {}
    for offset in named:
        truth.refuse_unless_free(offset)
        if offset in seen:
            raise AddressNotFree(offset, State.USED)
        seen[offset] = None
    touched = dict.fromkeys(offset >> truth.block_bits for offset in named)
    left = truth.free - len(named)
    for first in named_prefixes:
        block = truth.refuse_unless_whole(first)
        if block in touched:
            raise PrefixUnavailable(asked=1, free=0, offset=first)
        touched[block] = None
        if not truth.is_set_aside(block):
            left -= 1 << truth.block_bits
    if prefixes:
        ranges = truth.prefix_ranges
        spoken_for = sum(not truth.busy[block] and any(block in blocks for blocks in ranges) for block in touched)
        whole = sum(map(truth.count_whole, ranges)) - spoken_for
        if whole < prefixes:
            raise PrefixUnavailable(asked=prefixes, free=whole)
        if not truth.spans:
            left -= prefixes << truth.block_bits
    if left < count:
        raise PoolExhausted(asked=count, free=left)
