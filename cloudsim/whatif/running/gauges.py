"""Gauges: how much of something there is, and what comes of it over the measured time: peak, mean, share of time.

All of it is integers: a value times the nanoseconds for which it held. So the figures of a run are the same on every
platform, and a mean is divided only when it is told. Measuring begins at the warm-up; what happened before it counts as
the value that was there.
"""

from collections import deque
from collections.abc import Iterable

from cloudsim.values.duration import SECOND, Ns


class Gauge:
    """A whole number that changes in steps.

    Args:
        warmup_ns: when measuring begins.
        value: at the beginning.
    """

    __slots__ = ("_integral", "_peak", "_since_ns", "_warmup_ns", "value")

    def __init__(self, warmup_ns: Ns, value: int = 0) -> None:
        self.value = value
        self._warmup_ns = warmup_ns
        self._since_ns: Ns = 0
        self._integral = 0
        self._peak = value

    def set(self, now_ns: Ns, value: int) -> None:
        """Change it; ``now_ns`` never goes back."""
        if value == self.value:
            return
        self._settle(now_ns)
        self.value = value
        if now_ns >= self._warmup_ns:
            self._peak = max(self._peak, value)
        else:
            self._peak = value  # what counts of the time before is what there is at its end

    def add(self, now_ns: Ns, change: int) -> None:
        """Change it by so much."""
        self.set(now_ns, self.value + change)

    def _settle(self, now_ns: Ns) -> None:
        since_ns = max(self._since_ns, self._warmup_ns)
        if now_ns > since_ns:
            self._integral += self.value * (now_ns - since_ns)
        self._since_ns = now_ns

    @property
    def peak(self) -> int:
        """The largest value of the measured time."""
        return self._peak

    def integral(self, end_ns: Ns) -> int:
        """Value times nanoseconds over the measured time, up to an instant that is not before the last change."""
        self._settle(end_ns)
        return self._integral

    def mean(self, end_ns: Ns) -> float | None:
        """The mean over the measured time; None where that has no length."""
        length_ns = end_ns - self._warmup_ns
        return self.integral(end_ns) / length_ns if length_ns > 0 else None


class Windows:
    """The most that began within any half-open window of a length, for several lengths.

    Price: O(1) for each beginning and length, and as much memory as begins within the longest window.

    Args:
        seconds: the lengths.
    """

    __slots__ = ("_lengths",)

    def __init__(self, seconds: Iterable[int] = (1, 10, 60, 3600)) -> None:
        self._lengths = {length: (deque[Ns](), [0]) for length in seconds}

    def note(self, now_ns: Ns) -> None:
        """Take one that begins; instants never go back."""
        for length, (recent, most) in self._lengths.items():
            recent.append(now_ns)
            while recent[0] <= now_ns - length * SECOND:
                recent.popleft()
            most[0] = max(most[0], len(recent))

    def most(self) -> dict[int, int]:
        """The most in any window, by its length in seconds."""
        return {length: most[0] for length, (_, most) in self._lengths.items()}
