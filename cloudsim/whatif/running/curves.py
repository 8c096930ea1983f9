"""Curves: a workload's rate times a factor that changes in time.

A process has a clock that runs at its own rate (:mod:`cloudsim.whatif.arrivals.processes`). A curve lets that clock run
faster or slower: at a factor of 2 as many items come in a second as came in two. The n-th item keeps its chance, so
variants with and without a curve meet the same items, only earlier or later. All of it is exact fractions and integer
square roots, the same on every platform; where the process has a rhythm of its own (diurnal), its rate is taken as even
between 4 096 marks of its day, and the factor as the straight line that it is.

Price: about ten microseconds an item, and for a diurnal process 4 096 marks a day besides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Final

from cloudsim.values.duration import Ns
from cloudsim.whatif.arrivals.exact import exact
from cloudsim.whatif.arrivals.processes import Diurnal, Process
from cloudsim.whatif.experiment.events import GrowthCurve

DAY: Final[Ns] = 86_400_000_000_000
_MARKS: Final = 4096
_FINER: Final = 1 << 32
_NEVER: Final[Ns] = 1 << 80
"""Beyond every horizon."""


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of time on which the factor is a straight line."""

    begin_ns: Ns
    end_ns: Ns | None
    """None for one without an end."""
    factor: Fraction
    """At the beginning."""
    slope: Fraction
    """By how much it grows in a nanosecond."""

    def at(self, instant_ns: Ns) -> Fraction:
        """The factor at an instant of it."""
        return self.factor + self.slope * (instant_ns - self.begin_ns)


def lines_of(event: GrowthCurve) -> tuple[Line, ...]:
    """Give the stretches of a growth curve, the time before it included."""
    at_ns = int(event.at_ns)
    before = Line(0, at_ns, Fraction(1), Fraction(0))
    if event.per_day is not None:
        return before, Line(at_ns, None, Fraction(1), exact(event.per_day) / DAY)
    lines, begin_ns, factor = [before], at_ns, Fraction(1)
    for point in event.points:
        end_ns, then = at_ns + point.after_ns, exact(point.factor)
        if end_ns > begin_ns:
            lines.append(Line(begin_ns, end_ns, factor, (then - factor) / (end_ns - begin_ns)))
        begin_ns, factor = end_ns, then
    return *lines, Line(begin_ns, None, factor, Fraction(0))


class Bent:
    """A process whose rate follows a curve.

    Args:
        process: as it would be without.
        lines: the factor, one stretch after the other from 0 on.
    """

    __slots__ = ("_left", "_pieces", "_process", "_stretches", "_upto")

    def __init__(self, process: Process, lines: Sequence[Line]) -> None:
        self._process = process
        self._stretches = tuple(lines)
        self._restart()

    def _restart(self) -> None:
        self._upto: Fraction = Fraction(0)
        """Where the clock stands at the beginning of the present piece."""
        self._pieces = self._cut()
        self._left = next(self._pieces)

    @property
    def is_idle(self) -> bool:
        """Whether nothing ever comes."""
        return self._process.is_idle

    @property
    def start(self) -> int:
        """How many are there at the beginning."""
        return self._process.start

    def step(self, clock: int, ordinal: int, chance: int) -> int:
        """Move the clock on, as the process does."""
        return self._process.step(clock, ordinal, chance)

    def instant(self, clock: int) -> Ns:
        """Turn the clock into time; quick where instants are asked for in their order."""
        if clock < self._upto:
            self._restart()
        while True:
            line, weight = self._left
            mass = self._mass(line, weight)
            if mass is None or clock < self._upto + mass:
                return line.begin_ns + _time_of((clock - self._upto) / weight, line)
            self._upto += mass
            self._left = next(self._pieces)

    @staticmethod
    def _mass(line: Line, weight: Fraction) -> Fraction | None:
        """How far the clock runs on a piece; None where there is no end to it."""
        if line.end_ns is None:
            return None
        return weight * (line.factor + line.at(line.end_ns)) / 2 * (line.end_ns - line.begin_ns)

    def _cut(self) -> Iterator[tuple[Line, Fraction]]:
        """Cut time into pieces on which the factor is a straight line and the process's own rate is even."""
        marks = _marks(self._process)
        begin_ns, end_ns, weight = next(marks)
        for line in self._stretches:
            while line.end_ns is None or begin_ns < line.end_ns:
                last = min((end for end in (end_ns, line.end_ns) if end is not None), default=None)
                yield Line(begin_ns, last, line.at(begin_ns), line.slope), weight
                if last is None:
                    return
                begin_ns = last
                if last == end_ns:
                    begin_ns, end_ns, weight = next(marks)


def _marks(process: Process) -> Iterator[tuple[Ns, Ns | None, Fraction]]:
    """Cut time into pieces on which a process's own rate is even: begin, end, and how fast its clock runs there."""
    if not isinstance(process, Diurnal):
        yield 0, None, Fraction(1)
        return
    mark, begin_ns = 0, 0
    left = Fraction(0)
    while True:
        mark += 1
        clock = Fraction(mark * process.period_ns, _MARKS)
        end_ns = process.instant(int(clock))
        if end_ns > begin_ns:
            yield begin_ns, end_ns, (clock - left) / (end_ns - begin_ns)
            begin_ns, left = end_ns, clock


def _time_of(rest: Fraction, line: Line) -> Ns:
    """How long it takes on a line until the factor's integral is ``rest``; never, where the factor stays 0."""
    factor, slope = line.factor, line.slope
    if not slope:
        return int(rest / factor) if factor else _NEVER
    square = factor * factor + 2 * slope * rest
    assert square >= 0, "a line whose factor falls ends before it is 0"
    root = Fraction(isqrt(square.numerator * square.denominator * _FINER * _FINER), square.denominator * _FINER)
    time_ns = max(0, int((root - factor) / slope))
    return time_ns if line.end_ns is None else min(time_ns, line.end_ns - line.begin_ns)
