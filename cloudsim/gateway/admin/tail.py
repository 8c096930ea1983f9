"""The tail of the journal: its latest lines, kept in a bounded memory for whoever looks.

The journal writes whole chunks, which are kept as they come and are taken apart only when somebody reads. Each
simulation that is served has its own *epoch*, so that a reader can tell the lines of two worlds apart.
"""

from collections import deque
from typing import Final, NamedTuple

from cloudsim.simulation.simulation import Simulation

LINES_MAX: Final = 20_000
"""At least so many are kept, and at most the lines of one chunk more."""


class Piece(NamedTuple):
    """Some lines of the journal, one after the other."""

    first: int
    """The number of the first one, from 0."""
    lines: list[bytes]

    @property
    def after(self) -> int:
        """The number of the next line after these."""
        return self.first + len(self.lines)


class Tail:
    """The latest lines of the journals that are served, one after the other."""

    def __init__(self) -> None:
        self.epoch = 0
        """How many simulations were served before and with this one; 0 before the first."""
        self._simulation: Simulation | None = None
        self._chunks: deque[tuple[int, int, bytes]] = deque()
        """Number of the first line, how many there are, and these."""
        self._end = 0

    def follow(self, simulation: Simulation) -> None:
        """Keep the lines of a simulation from now on, and those of others no more; the same one is followed once."""
        if simulation is self._simulation:
            return
        self._simulation = simulation
        self.epoch += 1
        journal = simulation.cloud.journal
        chunks: deque[tuple[int, int, bytes]] = deque()
        self._chunks = chunks
        self._end = journal.events
        if journal.is_kept and journal.lines:
            lines = journal.lines[-LINES_MAX:]
            chunks.append((self._end - len(lines), len(lines), b"\n".join((*lines, b""))))

        def keep(chunk: bytes) -> None:
            if self._chunks is chunks:  # else another simulation is followed, and this one has come to its end
                self._keep(chunk)

        journal.add_sink(keep)

    def _keep(self, chunk: bytes) -> None:
        count = chunk.count(b"\n")
        self._chunks.append((self._end, count, chunk))
        self._end += count
        while self._end - self._chunks[0][0] - self._chunks[0][1] >= LINES_MAX:
            self._chunks.popleft()

    @property
    def end(self) -> int:
        """The number that the next line will have."""
        assert self._simulation is not None, "somebody is followed"
        self._simulation.cloud.journal.flush()
        return self._end

    @property
    def first(self) -> int:
        """The number of the oldest line that is kept."""
        end = self.end
        return self._chunks[0][0] if self._chunks else end

    def read(self, after: int, limit: int) -> Piece:
        """Give lines from a number on, or from the oldest one that is kept.

        Args:
            after: the number of the first line that is wanted, at least 0.
            limit: how many at most.
        """
        end = self.end
        first = min(max(after, self.first), end)
        lines: list[bytes] = []
        for start, count, chunk in self._chunks:
            if start + count > first and len(lines) < limit:
                lines += chunk.splitlines()[max(0, first - start) :]
        return Piece(first, lines[:limit])
