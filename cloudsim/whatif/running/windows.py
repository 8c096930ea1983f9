"""Windows: the most that come within any half-open window of a length.

What is kept are as many of the last instants as the record has: if the first of them still lies in the window that ends
now, the record is broken. So one that comes costs one comparison, and memory is the record.
"""

from collections import deque
from collections.abc import Iterable
from typing import TypeAlias

from cloudsim.values.duration import SECOND, Ns

Last: TypeAlias = deque[Ns]
"""The last instants at which something came, as many as the most within a window."""


class Windows:
    """The most that come within any window, for several lengths.

    Args:
        seconds: the lengths.
    """

    __slots__ = ("_each", "_seconds")

    def __init__(self, seconds: Iterable[int] = (1, 10, 60, 3600)) -> None:
        self._seconds = tuple(seconds)
        self._each = tuple((length * SECOND, Last()) for length in self._seconds)

    def note(self, now_ns: Ns) -> None:
        """Take one that comes; instants never go back."""
        for length_ns, last in self._each:
            if last and last[0] <= now_ns - length_ns:
                last.popleft()
            last.append(now_ns)

    def most(self) -> dict[int, int]:
        """The most in any window, by its length in seconds."""
        return {seconds: len(last) for seconds, (_, last) in zip(self._seconds, self._each, strict=True)}
