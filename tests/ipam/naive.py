"""A pool so plain that it is obviously right, and slow: sets, and everything counted from scratch.

The laws compare the real pools with it. It knows no policy: it says what may be handed out, and answers the questions
by which oracles.py says what will be.
"""

from collections import Counter

from cloudsim.ipam.edge import AddressSpace
from cloudsim.ipam.space import Ends
from cloudsim.ipam.states import Counts, State


class NaivePool:
    def __init__(self, space: AddressSpace, ends: Ends, cool_ns: int) -> None:
        self.size = space.size
        self.block_size = 1 << space.family.block_bits
        self.cool_ns = cool_ns
        self.reserved = {*range(ends.first), *range(self.size - ends.last, self.size)}
        self.used: set[int] = set()
        self.prefixes: set[int] = set()
        self.cooling: list[tuple[int, int, int]] = []
        self.spans: list[range] = []
        self.now_ns = 0
        self.history: list[int] = []
        """Addresses of IPv4 blocks in the order in which they became free, from the beginning."""

    def settle(self) -> None:
        due = [entry for entry in self.cooling if entry[0] <= self.now_ns]
        self.cooling = [entry for entry in self.cooling if entry[0] > self.now_ns]
        for _, first, length in due:
            self.note_free(first, length)

    def note_free(self, first: int, length: int) -> None:
        """Take note of what became free, unless it is set aside; nobody asks about whole IPv6 blocks."""
        if length <= 16 and not self.is_set_aside(first):
            self.history.extend(range(first, first + length))

    # -- what is so

    def state(self, offset: int) -> State:
        if offset in self.reserved:
            return State.RESERVED
        if offset in self.used:
            return State.USED
        if self.first_of(offset) in self.prefixes:
            return State.IN_PREFIX
        if any(first <= offset < first + length for _, first, length in self.cooling):
            return State.COOLING
        return State.SET_ASIDE if self.is_set_aside(offset) else State.FREE

    def first_of(self, offset: int) -> int:
        return offset - offset % self.block_size

    def is_set_aside(self, offset: int) -> bool:
        return any(offset in span for span in self.spans)

    def counts(self) -> Counts:
        in_prefix = len(self.prefixes) * self.block_size
        cooling = sum(length for _, _, length in self.cooling)
        away = sum(self.is_set_aside(first) for first in self.prefixes) * self.block_size
        away += sum(length for _, first, length in self.cooling if self.is_set_aside(first))
        set_aside = sum(span.stop - span.start for span in self.spans) - away
        taken = len(self.used) + len(self.reserved) + in_prefix + cooling + set_aside
        return Counts(
            free=self.size - taken,
            used=len(self.used),
            reserved=len(self.reserved),
            cooling=cooling,
            in_prefix=in_prefix,
            set_aside=set_aside,
        )

    @property
    def free(self) -> int:
        return self.counts().free

    def whole_blocks(self) -> list[int]:
        """First offsets of the blocks that nothing stands in the way of."""
        dirty = {self.first_of(offset) for offset in self.used | self.reserved} | self.prefixes
        dirty |= {self.first_of(first) for _, first, _ in self.cooling}
        return [first for first in range(0, self.size - self.block_size + 1, self.block_size) if first not in dirty]

    def prefix_choices(self) -> list[int]:
        """The blocks from which an unnamed prefix may come: the first reservation with room, if there are any."""
        whole = self.whole_blocks()
        if not self.spans:
            return whole
        rooms = ([first for first in whole if first in span] for span in self.spans)
        return next((room for room in rooms if room), [])

    # -- what oracles ask

    def first_free(self, start: int, stop: int) -> int | None:
        """The first free offset of a range; steps over what is taken as a whole."""
        offset = start
        while offset < stop:
            state = self.state(offset)
            if state is State.FREE:
                return offset
            single = offset in self.used | self.reserved or (offset, 1) in [(f, n) for _, f, n in self.cooling]
            offset = offset + 1 if single else self.first_of(offset) + self.block_size
        return None

    def free_in(self, band: range) -> list[int]:
        """The free offsets of a small range."""
        away = [range(first, first + length) for _, first, length in self.cooling] + self.spans
        away += [range(first, first + self.block_size) for first in self.prefixes]
        taken = self.used.union(self.reserved, *away)
        return [offset for offset in band if offset not in taken]

    def longest_free(self, band: range) -> int:
        """The free offset that became free before all other free ones."""
        last = {offset: when for when, offset in enumerate(self.history)}
        return min(self.free_in(band), key=last.__getitem__)

    def lowest_of_fullest(self, band: range) -> int:
        """The lowest free offset of the blocks that have the fewest free ones, but one."""
        free = self.free_in(band)
        room = Counter(map(self.first_of, free))
        return min(free, key=lambda offset: (room[self.first_of(offset)], offset))

    def in_the_smallest_hole(self, firsts: list[int]) -> int:
        """The lowest of the blocks that lie in the smallest aligned group of blocks that are all there."""
        blocks = {first // self.block_size for first in firsts}

        def hole(block: int) -> int:
            size = 1
            while set(range(block // (2 * size) * 2 * size, (block // (2 * size) + 1) * 2 * size)) <= blocks:
                size *= 2
            return size

        return min(sorted(blocks), key=hole) * self.block_size

    # -- what is asked

    def can_lease(self, named: list[int], count: int, prefixes: int, named_prefixes: list[int]) -> bool:
        if len(set(named)) < len(named) or any(self.state(offset) is not State.FREE for offset in named):
            return False
        whole = [first for first in self.whole_blocks() if first not in {self.first_of(offset) for offset in named}]
        if len(set(named_prefixes)) < len(named_prefixes) or not set(named_prefixes) <= set(whole):
            return False
        rest = [
            first for first in whole if first not in named_prefixes and (not self.spans or self.is_set_aside(first))
        ]
        if prefixes > len(rest):
            return False
        plain_blocks = sum(not self.is_set_aside(first) for first in named_prefixes) + (0 if self.spans else prefixes)
        return self.free - len(named) - plain_blocks * self.block_size >= count

    def release(self, offset: int) -> None:
        self.used.remove(offset)
        if self.cool_ns:
            self.cooling.append((self.now_ns + self.cool_ns, offset, 1))
        else:
            self.note_free(offset, 1)

    def release_prefix(self, first: int) -> None:
        self.prefixes.remove(first)
        if self.cool_ns:
            self.cooling.append((self.now_ns + self.cool_ns, first, self.block_size))
        else:
            self.note_free(first, self.block_size)

    def end_span(self, span: range) -> None:
        whole = [first for first in self.whole_blocks() if first in span]
        self.spans.remove(span)
        for first in whole:
            self.note_free(first, self.block_size)
