"""A pool: the addresses of one block, handed out under a policy, taken by name, released and cooled down.

Offsets go in and come out; text is the business of ``pool.space``. All time is given by the caller, in integer
nanoseconds that never fall.

- **Every call that may change something first ends the cool-downs that are due**, in the order of release, so an
  address is free again at exactly ``release + cool_ns``. A question never changes anything: what is due but not yet
  ended is ended on a copy. So looking at a pool cannot change what it will hand out.
- **A call that is refused draws nothing and takes nothing**: what a pool hands out next depends on its successes.
- **A prefix is a whole block** (/28, IPv6 /80) out of the same addresses. Single addresses taken at random break up
  the blocks long before the pool is full; a reservation keeps blocks whole by keeping single addresses out of it.

Source: CreateNetworkInterface (assignment at random), CreateVSwitch (reserved ends), CreateVSwitchCidrReservation.
Whether the real cloud cools addresses down is not documented; off unless asked for.
"""

from collections.abc import Iterator, Sequence

from cloudsim.ipam.indexed import IndexedSpace
from cloudsim.ipam.lease import Lease, admit
from cloudsim.ipam.refusals import NotUsed, PoolExhausted, PrefixUnavailable
from cloudsim.ipam.space import USED, SpaceMap
from cloudsim.ipam.states import Counts, State


class Pool(IndexedSpace):
    """The addresses of one block, as requests use them."""

    __slots__ = ()

    # -- single addresses

    def allocate(self, now_ns: int) -> int:
        """Take the address that the policy chooses. O(1); one draw if the policy is a random one.

        Raises:
            PoolExhausted: none is free.
        """
        truth = self._open(now_ns)
        if not truth.free:
            raise PoolExhausted(asked=1, free=0)
        offset = self._policy.pick(truth)
        truth.occupy(offset)
        return offset

    def allocate_many(self, count: int, now_ns: int) -> list[int]:
        """Take that many addresses, or none.

        Raises:
            PoolExhausted: fewer are free.
        """
        assert count >= 0, "a count is not negative"
        truth = self._open(now_ns)
        if truth.free < count:
            raise PoolExhausted(asked=count, free=truth.free)
        return self._pick(count)

    def take(self, offset: int, now_ns: int) -> None:
        """Take a named address. O(1), no draw.

        Raises:
            AddressReserved: it is the system's.
            AddressNotFree: it is used, cooling, in a prefix or set aside for prefixes.
        """
        self._open(now_ns).refuse_unless_free(offset)
        self._take(offset)

    def release(self, offset: int, now_ns: int) -> None:
        """Give an address back; it is free at once, or after the pool's cool-down. O(1).

        Raises:
            NotUsed: it is not held as a single address.
        """
        truth = self._open(now_ns)
        if not 0 <= offset < truth.size or truth.state[offset] != USED:
            raise _not_used(truth, offset)
        if self.cool_ns:
            truth.cool(offset, now_ns + self.cool_ns)
        else:
            self._vacate(offset)

    # -- prefixes

    def allocate_prefix(self, now_ns: int, *, within: range | None = None) -> int:
        """Take a whole block that the policy chooses, and return its first offset.

        Where reservations exist, it comes from the earliest made one that has room, and from nowhere else.

        Args:
            now_ns: the time.
            within: offsets to stay inside instead, made of whole blocks.

        Raises:
            PrefixUnavailable: no whole block is free there, however many single addresses are.
        """
        truth = self._open(now_ns)
        ranges = truth.prefix_ranges if within is None else [truth.blocks_of(within)]
        return self._pick_block(ranges) << truth.block_bits

    def take_prefix(self, first: int, now_ns: int) -> None:
        """Take the block that begins at an offset, whether it is set aside or not.

        Raises:
            PrefixUnavailable: an address of it is neither free nor set aside.
        """
        self._take_block(self._open(now_ns).refuse_unless_whole(first))

    def release_prefix(self, first: int, now_ns: int) -> None:
        """Give a block back; it is available as a whole at once, or after the pool's cool-down.

        Raises:
            NotUsed: no prefix that is held begins there.
        """
        truth = self._open(now_ns)
        block = first >> truth.block_bits
        if block << truth.block_bits != first or block not in truth.whole or truth.state[first] != State.IN_PREFIX:
            raise _not_used(truth, first)
        if self.cool_ns:
            truth.cool_block(block, now_ns + self.cool_ns)
        else:
            self._vacate_block(block)

    def reserve_range(self, first: int, length: int, now_ns: int) -> None:
        """Set whole blocks aside for prefixes; single addresses are never taken from them again.

        Args:
            first: the first offset of a block.
            length: how many addresses, a multiple of the block's size.
            now_ns: the time.

        Raises:
            PrefixUnavailable: a block of the range is not wholly free, or lies in another reservation.

        Source: CreateVSwitchCidrReservation.
        """
        truth = self._open(now_ns)
        blocks = truth.blocks_of(range(first, first + length))
        plain = sum(not truth.busy[block] and not truth.is_set_aside(block) for block in blocks)
        if plain < len(blocks):
            raise PrefixUnavailable(asked=len(blocks), free=plain, offset=first)
        self._set_aside(blocks)

    def release_range(self, first: int, length: int, now_ns: int) -> None:
        """Give a reservation back: its addresses are single ones again, those that cool down when they have cooled.

        Args:
            first: the first offset of a reservation.
            length: how many addresses the reservation has.
            now_ns: the time.

        Raises:
            PrefixUnavailable: a prefix of the range is held.

        Source: DeleteVSwitchCidrReservation.
        """
        truth = self._open(now_ns)
        blocks = truth.blocks_of(range(first, first + length))
        assert blocks in truth.spans, "what is given back was set aside, as a whole"
        held = sum(truth.state[block << truth.block_bits] == State.IN_PREFIX for block in blocks)
        if held:
            raise PrefixUnavailable(asked=len(blocks), free=len(blocks) - held, offset=first)
        self._end_span(blocks)

    # -- what operations use

    def lease(
        self,
        *,
        named: Sequence[int] = (),
        count: int = 0,
        prefixes: int = 0,
        named_prefixes: Sequence[int] = (),
        now_ns: int,
    ) -> Lease:
        """Take all that a request needs, or nothing; leaving the lease's ``with`` gives it back unless kept.

        Args:
            named: offsets that must be these.
            count: further addresses that the policy chooses.
            prefixes: whole blocks that the policy chooses, before it chooses the addresses.
            named_prefixes: first offsets of blocks that must be these.
            now_ns: the time.

        Raises:
            AddressReserved: a named address is the system's.
            AddressNotFree: a named address is not free, or is named twice.
            PrefixUnavailable: a named block is not wholly available, or too few others are.
            PoolExhausted: too few addresses are left beside all that is named.
        """
        if not (named or prefixes or named_prefixes):  # nearly all requests, and of these nearly all want one
            return Lease(self, (self.allocate(now_ns),) if count == 1 else self.allocate_many(count, now_ns), ())
        truth = self._open(now_ns)
        admit(truth, named=named, count=count, prefixes=prefixes, named_prefixes=named_prefixes)
        for offset in named:
            self._take(offset)
        for first in named_prefixes:
            self._take_block(first >> truth.block_bits)
        picked = [self._pick_block(truth.prefix_ranges) << truth.block_bits for _ in range(prefixes)]
        return Lease(self, [*named, *self._pick(count)], [*named_prefixes, *picked])

    def give_back(self, offsets: Sequence[int], prefixes: Sequence[int]) -> None:
        """Free at once what nobody ever saw; for ``Lease`` alone, everybody else releases."""
        truth = self._truth if self._own else self._make_own()
        for offset in offsets:
            assert truth.state[offset] == USED, "a lease holds its addresses until it ends"
            self._vacate(offset)
        for first in prefixes:
            assert truth.state[first] == State.IN_PREFIX, "a lease holds its prefixes until it ends"
            self._vacate_block(first >> truth.block_bits)

    # -- questions

    def free_at(self, now_ns: int) -> int:
        """Count the free addresses. O(1), but for the copy while cool-downs are due that no call has ended yet."""
        if not self._built:
            return self.space.size - sum(self.reserved)
        return self._look_at(now_ns).free

    def counts_at(self, now_ns: int) -> Counts:
        """Count the addresses by state; the price is that of ``free_at``."""
        if not self._built:
            free, reserved = self.free_at(now_ns), sum(self.reserved)
            return Counts(free=free, used=0, reserved=reserved, cooling=0, in_prefix=0, set_aside=0)
        return self._look_at(now_ns).counts()

    def state_of(self, offset: int, now_ns: int) -> State:
        """Say what an address is."""
        assert 0 <= offset < self.space.size, "an offset lies inside its block"
        return State(self._look_at(now_ns).state[offset])

    def is_free(self, offset: int, now_ns: int) -> bool:
        """Tell whether an address could be taken by name."""
        return self.state_of(offset, now_ns) is State.FREE

    def whole_free_blocks(self, now_ns: int, *, within: range | None = None) -> int:
        """Count the blocks that could be given away as prefixes, set aside or not.

        Args:
            now_ns: the time.
            within: offsets to stay inside, made of whole blocks; everywhere if None.
        """
        truth = self._look_at(now_ns)
        return truth.count_whole(truth.whole if within is None else truth.blocks_of(within))

    def used_offsets(self) -> Iterator[int]:
        """Walk the single addresses that are held, lowest first; the pool must not change meanwhile."""
        return self._look().used_offsets()

    def prefix_offsets(self) -> Iterator[int]:
        """Walk the first offsets of the prefixes that are held, lowest first."""
        return self._look().prefix_offsets()

    def reservations(self) -> list[range]:
        """List what is set aside for prefixes, as ranges of offsets, the earliest made one first."""
        truth = self._look()
        return [range(span.start << truth.block_bits, span.stop << truth.block_bits) for span in truth.spans]


def _not_used(truth: SpaceMap, offset: int) -> NotUsed:
    return NotUsed(offset, State(truth.state[offset]) if 0 <= offset < truth.size else None)
