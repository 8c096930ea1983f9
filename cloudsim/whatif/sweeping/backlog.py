"""The backlog: the runs that are missing, given out in chunks.

A chunk is as many runs of one variant as take about a quarter of a second, judging by those that are done, so that
handing out costs nothing beside small runs and large runs are spread evenly. It is made when it is asked for: a
backlog of a million runs takes no room.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from cloudsim.whatif.sweeping.work import Chunk, Task

_SECONDS: Final = 0.25
_LARGEST: Final = 256
_WEIGHT: Final = 0.1


class Backlog:
    """Runs that are missing.

    Args:
        missing: for each variant its number, its experiment, and its runs that are to be made, in order.
        count: how many runs these are.
        jobs: workers; towards the end chunks become small, so that all have something to do.
    """

    def __init__(self, missing: Iterable[tuple[int, bytes, Iterable[Task]]], *, count: int, jobs: int) -> None:
        self._missing = iter(missing)
        self._count = count
        self._jobs = jobs
        self._returned: deque[Chunk] = deque()
        self._current: tuple[int, bytes, Iterator[Task]] | None = None
        self._mean_seconds: float | None = None

    @property
    def is_quick(self) -> bool:
        """Whether runs are so quick that a worker may have a chunk in hand that another could begin sooner."""
        return self._mean_seconds is not None and self._mean_seconds < _SECONDS

    def take(self) -> Chunk | None:
        """Take the next chunk; None if nothing is left."""
        if self._returned:
            return self._returned.popleft()
        while True:
            if self._current is None:
                following = next(self._missing, None)
                if following is None:
                    return None
                self._current = (following[0], following[1], iter(following[2]))
            variant, experiment, rest = self._current
            tasks = tuple(islice(rest, self._size()))
            if tasks:
                self._count -= len(tasks)
                return Chunk(variant, experiment, tasks)
            self._current = None

    def put_back(self, chunk: Chunk) -> None:
        """Give back what was not done; it is taken next."""
        if chunk.tasks:
            self._returned.append(chunk)

    def note(self, seconds: float) -> None:
        """Learn how long a run takes."""
        mean = self._mean_seconds
        self._mean_seconds = seconds if mean is None else mean + _WEIGHT * (seconds - mean)

    def _size(self) -> int:
        if self._mean_seconds is None:
            return 1
        wanted = int(_SECONDS / max(self._mean_seconds, 1e-6))
        return max(1, min(wanted, _LARGEST, self._count // (2 * self._jobs)))
