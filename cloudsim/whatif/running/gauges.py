"""Gauges: how much of something there is, and what comes of it over the measured time: peak, mean, share of time.

All of it is integers: a value times the nanoseconds for which it held. So the figures of a run are the same on every
platform, and a mean is divided only when it is told. What happened before measuring begins (``begin``, at the warm-up)
counts as the value that was there.

Price: a change is two additions and a comparison. The time integral is not kept up with: value x now, less each change
times its instant, is the same.
"""

from cloudsim.values.duration import Ns


class Gauge:
    """A whole number that changes in steps; 0 at first."""

    __slots__ = ("_begin_ns", "_moment", "peak", "value")

    def __init__(self) -> None:
        self.value = 0
        self.peak = 0
        """The largest value of the measured time, also one that lasted for no time."""
        self._moment = 0
        self._begin_ns: Ns = 0

    def add(self, now_ns: Ns, change: int) -> None:
        """Change it by so much; ``now_ns`` never goes back."""
        self.value = value = self.value + change
        self._moment += change * now_ns
        if value > self.peak:  # noqa: PLR1730  a call of max() would cost as much as all the rest
            self.peak = value

    def begin(self, now_ns: Ns) -> None:
        """Measure from now on."""
        self.peak = self.value
        self._moment = self.value * now_ns
        self._begin_ns = now_ns

    def integral(self, end_ns: Ns) -> int:
        """Value times nanoseconds over the measured time, up to an instant that is not before the last change."""
        return self.value * end_ns - self._moment

    def mean(self, end_ns: Ns) -> float | None:
        """The mean over the measured time; None where that has no length."""
        length_ns = end_ns - self._begin_ns
        return self.integral(end_ns) / length_ns if length_ns > 0 else None


class EndOfInstant:
    """A gauge of the values at the ends of instants: what changes and changes back in one instant does not count."""

    __slots__ = ("_at_ns", "_gauge", "_value")

    def __init__(self) -> None:
        self._gauge = Gauge()
        self._at_ns: Ns = 0
        self._value = 0

    def add(self, now_ns: Ns, change: int) -> None:
        """Change it by so much."""
        if now_ns != self._at_ns:
            self._gauge.add(self._at_ns, self._value - self._gauge.value)
            self._at_ns = now_ns
        self._value += change

    def begin(self, now_ns: Ns) -> None:
        """Measure from now on."""
        self.settled().begin(now_ns)

    def settled(self) -> Gauge:
        """The gauge, with the last instant in it."""
        self._gauge.add(self._at_ns, self._value - self._gauge.value)
        return self._gauge


class Low:
    """A whole number that changes in steps, of which the least value counts; 0 at first."""

    __slots__ = ("least", "value")

    def __init__(self) -> None:
        self.value = 0
        self.least = 0
        """The smallest value of the measured time."""

    def add(self, change: int) -> None:
        """Change it by so much."""
        self.value = value = self.value + change
        self.least = min(self.least, value)

    def enlarge(self, change: int) -> None:
        """Let there be more from now on, and take it as if that had always been there."""
        self.value += change
        self.least += change

    def begin(self) -> None:
        """Measure from now on."""
        self.least = self.value


class Stock:
    """Something of which there is so much and no more, and how much of it is used.

    How much there is may change, as a vSwitch is added or a quota is set anew; what is tightest is then looked for in
    each stretch of time between such changes, from the first one on.
    """

    __slots__ = ("_is_there", "_peak", "_room", "_tightest", "size", "used")

    def __init__(self) -> None:
        self.used = Gauge()
        self.size = Gauge()
        self._is_there = False
        self._peak = 0
        self._room: int | None = None
        self._tightest = (0, 1)

    def resize(self, now_ns: Ns, change: int) -> None:
        """Let there be so much more, or less."""
        self._fold()
        self._is_there = True
        self.used.peak = self.used.value
        self.size.add(now_ns, change)

    def _fold(self) -> None:
        """Note what was tightest since the size last changed."""
        if not self._is_there:
            return
        peak, size = self.used.peak, self.size.value
        self._peak = max(self._peak, peak)
        if self._room is None or size - peak < self._room:
            self._room = size - peak
        if peak * self._tightest[1] > self._tightest[0] * size:
            self._tightest = (peak, size)

    def begin(self, now_ns: Ns) -> None:
        """Measure from now on."""
        self.used.begin(now_ns)
        self.size.begin(now_ns)
        self._peak, self._room, self._tightest = 0, None, (0, 1)

    @property
    def peak(self) -> int:
        """The most that was used at once."""
        return max(self._peak, self.used.peak)

    @property
    def room(self) -> int | None:
        """The least that was left; below 0 where less is allowed than is used already, None where nothing ever was."""
        self._fold()
        return self._room

    @property
    def tightest(self) -> tuple[int, int]:
        """How much was used, and of how much, when that was the largest share."""
        self._fold()
        return self._tightest

    def mean_share(self, end_ns: Ns) -> float | None:
        """What was used over what there was, both over the measured time; None where there was nothing."""
        whole = self.size.integral(end_ns)
        return self.used.integral(end_ns) / whole if whole > 0 else None


class Fullness:
    """Whether several things are all used up at once."""

    __slots__ = ("_full", "_there", "first_ns", "gauge")

    def __init__(self) -> None:
        self._there = 0
        self._full = 0
        self.gauge = Gauge()
        """1 while they are."""
        self.first_ns: Ns | None = None
        """When they first were, from the beginning on, whatever is measured."""

    def change(self, now_ns: Ns, full: int, there: int = 0) -> None:
        """Let so many more be used up, or less, and so many more be there."""
        self._there += there
        self._full += full
        is_full = self._full == self._there > 0
        if is_full != self.gauge.value:
            self.gauge.add(now_ns, 1 if is_full else -1)
            if is_full and self.first_ns is None:
                self.first_ns = now_ns


class Span:
    """The longest time for which something went on."""

    __slots__ = ("_longest_ns", "since_ns")

    def __init__(self) -> None:
        self.since_ns: Ns | None = None
        """When it began; None while it does not go on."""
        self._longest_ns: Ns = 0

    def start(self, now_ns: Ns) -> None:
        """Let it go on, if it does not yet."""
        if self.since_ns is None:
            self.since_ns = now_ns

    def stop(self, now_ns: Ns) -> None:
        """Let it end, if it goes on."""
        if self.since_ns is not None:
            self._longest_ns = max(self._longest_ns, now_ns - self.since_ns)
            self.since_ns = None

    def begin(self, now_ns: Ns) -> None:
        """Measure from now on."""
        self._longest_ns = 0
        if self.since_ns is not None:
            self.since_ns = now_ns

    def longest_ns(self, end_ns: Ns) -> Ns:
        """The longest time; one that still goes on ends now."""
        return self._longest_ns if self.since_ns is None else max(self._longest_ns, end_ns - self.since_ns)
