"""What an allocator does while it works, counted: probes, draws, whole blocks left, how soon addresses come back.

All of it is a function of the seeds, so it is the same on every machine; tests hold it.
"""

from collections import deque
from dataclasses import dataclass
from statistics import fmean
from typing import Any, Final

from cloudsim.ipam.edge import Family
from cloudsim.lab.allocator import Ground
from cloudsim.lab.models.model import BLOCK, BLOCK_BITS
from cloudsim.lab.workloads import Steady

_LOOKS: Final = 20
"""How often the whole blocks are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What was counted."""

    pairs: int
    probes: float | None
    """Candidates looked at, for each address that the allocator chose; None if it does not count."""
    draws: float | None
    """Random numbers, for each address or block that the allocator chose."""
    free_blocks: float | None
    """Whole free blocks, on average; None where blocks are not of 16 addresses."""
    reuse_distance: float | None
    """Allocations from a release to the next use of the address: the median; None if most did not come back."""
    success: float | None
    """Named addresses or prefixes that were had, of those asked for; None if none was asked for."""


class Watched:
    """Passes calls on, and keeps book."""

    def __init__(self, allocator: Any, where: Ground, held: list[int]) -> None:  # noqa: ANN401
        self.inner = allocator
        self.cool_ns = where.cool_ns
        self.allocations = 0
        """Addresses taken, chosen or named."""
        self.chosen = 0
        """Addresses that the allocator chose."""
        self.blocks = 0
        """Blocks that it chose."""
        self.released: dict[int, int] = {}
        """Free addresses that were given back, and how many allocations there had been then."""
        self.distances: list[int] = []
        self.busy: bytearray | None = None
        """Of each whole block, how many addresses are held or rest; None for IPv6."""
        self.resting: deque[tuple[int, int]] = deque()
        if where.space.family is Family.IPV4:
            self.busy = bytearray(-(-where.size >> BLOCK_BITS))
            first, last = where.reserved
            for offset in (*held, *range(first), *range(where.size - last, where.size)):
                self.busy[offset >> BLOCK_BITS] += 1
            if where.size % BLOCK:
                self.busy[-1] += 1  # such a small block has no whole one

    def allocate(self, now_ns: int) -> int:
        """Allocate."""
        offset: int = self.inner.allocate(now_ns)
        self.chosen += 1
        self._used(offset, now_ns)
        return offset

    def take(self, offset: int, now_ns: int) -> None:
        """Take."""
        self.inner.take(offset, now_ns)
        self._used(offset, now_ns)

    def release(self, offset: int, now_ns: int) -> None:
        """Release."""
        self.inner.release(offset, now_ns)
        self.released[offset] = self.allocations
        if self.cool_ns:
            self.resting.append((now_ns + self.cool_ns, offset))
        else:
            self._mark(offset, -1)

    def allocate_prefix(self, now_ns: int) -> int:
        """Take a block."""
        first: int = self.inner.allocate_prefix(now_ns)
        self.blocks += 1
        self._mark(first, BLOCK)
        for offset in range(first, first + BLOCK):
            self.released.pop(offset, None)
        return first

    def release_prefix(self, first: int, now_ns: int) -> None:
        """Give a block back."""
        self.inner.release_prefix(first, now_ns)
        self._mark(first, -BLOCK)

    def free_blocks(self, now_ns: int) -> int | None:
        """Count whole free blocks."""
        while self.resting and self.resting[0][0] <= now_ns:
            self._mark(self.resting.popleft()[1], -1)
        return None if self.busy is None else self.busy.count(0)

    def _used(self, offset: int, now_ns: int) -> None:
        self.allocations += 1
        since = self.released.pop(offset, None)
        if since is not None:
            self.distances.append(self.allocations - since)
        if self.cool_ns:
            self.free_blocks(now_ns)
        self._mark(offset, 1)

    def _mark(self, offset: int, change: int) -> None:
        if self.busy is not None:
            self.busy[offset >> BLOCK_BITS] += change


def observe(work: Steady, pairs: int) -> Observed:
    """Let a work go on for so many pairs, and count.

    Args:
        work: at its fill; it goes on from where it is, and afterwards from where it came to.
        pairs: at least 1; a burst is as long as it is.
    """
    inner = work.allocator
    watched = Watched(inner, work.where, work.held)
    probes, draws = getattr(inner, "probes", None), getattr(inner, "draws", None)
    work.allocator = watched
    work.asked = work.had = 0
    blocks: list[int] = []
    done = 0
    try:
        while done < pairs:
            work.prepare(max(1, min(pairs - done, -(-pairs // _LOOKS))))
            done += work.run()
            count = watched.free_blocks(work.now_ns)
            blocks += [] if count is None else [count]
    finally:
        work.allocator = inner
    return Observed(
        pairs=done,
        probes=None if probes is None else (inner.probes - probes) / max(1, watched.chosen),
        draws=None if draws is None else (inner.draws - draws) / max(1, watched.chosen + watched.blocks),
        free_blocks=fmean(blocks) if blocks else None,
        reuse_distance=_median(watched),
        success=work.had / work.asked if work.asked else None,
    )


def _median(watched: Watched) -> float | None:
    """Give the median distance; addresses that were released in the first half and never came back count as endless.

    Those of the second half that did not come back had no time to, so only as many distances count as half of the
    work has room for.
    """
    half = watched.allocations // 2
    endless = sum(since <= half for since in watched.released.values())
    known = sorted(distance for distance in watched.distances if distance <= half)
    middle = (len(known) + endless) // 2
    return float(known[middle]) if middle < len(known) else None
