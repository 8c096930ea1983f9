"""Processes: when the items of an open-loop workload come.

A process has a clock of its own that each item moves on by one step, and a map from that clock to time. For most the
map is the identity; a diurnal one stretches the night and squeezes the day, so that each hour of its clock brings as
many items as any other. The n-th item has the same chance whatever the rate is, so a greater rate brings the same items
earlier.

Where the documents are silent: the first item of ``constant`` and the first burst come after one whole gap, so that a
horizon of ten gaps sees ten of them; ``growth`` has ``start`` items at the beginning, as initial state without calls,
then a Poisson process of ``per_day`` new ones a day.

Source: experiments.md, "Workloads".
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, Protocol

from cloudsim.errors.own import SettingError
from cloudsim.values.duration import SECOND, UNITS, Ns
from cloudsim.whatif.arrivals.exact import Number, exact
from cloudsim.whatif.arrivals.lifetimes import exponential_table
from cloudsim.whatif.arrivals.tables import QuantileTable


class Process(Protocol):
    """When the items of a workload come."""

    @property
    def is_idle(self) -> bool:
        """Whether nothing ever comes, since the rate is 0."""
        ...

    @property
    def start(self) -> int:
        """How many are there at the beginning."""
        ...

    def step(self, clock: int, ordinal: int, chance: int) -> int:
        """Give where the process's clock stands when an item comes.

        Args:
            clock: where it stood when the one before came; 0 at the beginning.
            ordinal: of the item, from 0.
            chance: the item's 64 random bits.
        """
        ...

    def instant(self, clock: int) -> Ns:
        """Give the time at which the process's clock stands at ``clock``."""
        ...


@dataclass(frozen=True, slots=True)
class Poisson:
    """Items come independently of each other.

    Args:
        rate: how many in a nanosecond.
        start: how many are there at the beginning.
    """

    rate: Number
    start: int = 0
    is_idle: bool = field(init=False, repr=False, compare=False)
    _gaps: QuantileTable = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rate = _require_rate(self.rate)
        object.__setattr__(self, "is_idle", rate == 0)
        object.__setattr__(self, "_gaps", exponential_table(1 / rate if rate else Fraction(1)))

    def step(self, clock: int, ordinal: int, chance: int) -> int:
        """Draw the gap."""
        del ordinal
        return clock + self._gaps.draw(chance)

    def instant(self, clock: int) -> Ns:
        """Give the same."""
        return clock


@dataclass(frozen=True, slots=True)
class Regular:
    """Items come at even distances, one or several at once: ``constant`` and ``burst``.

    Args:
        gap_ns: the distance, above 0; not always whole, since 7 come in an hour.
        size: how many come at once.

    Raises:
        SettingError: the distance is not above 0, or nothing comes at once.
    """

    gap_ns: Fraction
    size: int = 1
    start: int = field(init=False, default=0, repr=False)
    is_idle: bool = field(init=False, default=False, repr=False)

    def __post_init__(self) -> None:
        if self.gap_ns <= 0:
            raise SettingError(f"bursts come at a distance above 0, not {float(self.gap_ns)} ns")
        if self.size < 1:
            raise SettingError(f"a burst has at least 1 item, not {self.size}")

    def step(self, clock: int, ordinal: int, chance: int) -> int:
        """Count on, without chance."""
        del clock, chance
        gaps = ordinal // self.size + 1
        return gaps * self.gap_ns.numerator // self.gap_ns.denominator

    def instant(self, clock: int) -> Ns:
        """Give the same."""
        return clock


def constant(rate: Number) -> "Poisson | Regular":
    """Make the process of items at even distances.

    Args:
        rate: how many in a nanosecond; at 0 nothing ever comes.
    """
    checked = _require_rate(rate)
    return Regular(1 / checked) if checked else Poisson(0)


def burst(size: int, every_ns: Ns) -> Regular:
    """Make the process of ``size`` items at once, every ``every_ns``."""
    return Regular(Fraction(every_ns), size)


def growth(start: int, per_day: Number) -> Poisson:
    """Make the process of a stock that grows: ``start`` at the beginning, then ``per_day`` a day on average."""
    if start < 0:
        raise SettingError(f"growth starts with at least 0 items, not {start}")
    return Poisson(exact(per_day) / UNITS["d"], start)


@dataclass(frozen=True, slots=True)
class Diurnal:
    """A Poisson process whose rate swings: ``mean * (1 + amplitude * cos(2 pi (t - peak_at) / period))``.

    Within each of the 4 096 equal parts of a period the rate is even.

    Args:
        rate: the mean over a period, in items a nanosecond.
        amplitude: how far it swings, as a share of the mean, 0 to 1.
        period_ns: the length of a period, at least a second.
        peak_at_ns: when the rate is highest.

    Raises:
        SettingError: one of them is out of its bounds.
    """

    rate: Number
    amplitude: Number
    period_ns: Ns
    peak_at_ns: Ns = 0
    start: int = field(init=False, default=0, repr=False)
    is_idle: bool = field(init=False, repr=False, compare=False)
    _gaps: QuantileTable = field(init=False, repr=False, compare=False)
    _passed: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """What has passed of the period's clock at each part's end, in nanoseconds of a swing-less period."""
    _offset: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rate, amplitude = _require_rate(self.rate), exact(self.amplitude)
        if not 0 <= amplitude <= 1:
            raise SettingError(f"the amplitude of a diurnal rate is a share of its mean, 0 to 1, not {self.amplitude}")
        if self.period_ns < SECOND:
            raise SettingError(f"the period of a diurnal rate is at least 1s, not {self.period_ns}ns")
        object.__setattr__(self, "is_idle", rate == 0)
        object.__setattr__(self, "_gaps", exponential_table(1 / rate if rate else Fraction(1)))
        object.__setattr__(self, "_passed", _passed(amplitude, self.period_ns))
        object.__setattr__(self, "_offset", self._clock(-self.peak_at_ns % self.period_ns))

    def step(self, clock: int, ordinal: int, chance: int) -> int:
        """Draw the gap, as the clock of a day without a swing has it."""
        del ordinal
        return clock + self._gaps.draw(chance)

    def instant(self, clock: int) -> Ns:
        """Turn the even clock into time."""
        period = self.period_ns
        whole, rest = divmod((clock << _FINER) + self._offset, period << _FINER)
        part = min(bisect_right(self._passed, rest), _PARTS) - 1
        left, right = self._passed[part], self._passed[part + 1]
        within = ((part * (right - left) + rest - left) * period) // ((right - left) * _PARTS)
        return max(0, whole * period + within - (-self.peak_at_ns % period))

    def _clock(self, since_peak_ns: Ns) -> int:
        part, rest = divmod(since_peak_ns * _PARTS, self.period_ns)
        left, right = self._passed[part], self._passed[part + 1]
        return left + (right - left) * rest // self.period_ns


_PARTS: Final = 4096
_FINER: Final = 16
_CONTEXT: Final = Context(prec=40, rounding=ROUND_HALF_EVEN, Emin=-999_999, Emax=999_999, capitals=1, clamp=0)
_TWO_PI: Final = Decimal("6.283185307179586476925286766559005768394338798750211641949889")


@lru_cache(maxsize=32)
def _passed(amplitude: Fraction, period_ns: Ns) -> tuple[int, ...]:
    """Integrate the rate from a peak on, over a period, in 2**-16 ns; the last is the whole period."""
    swing = amplitude * period_ns * (1 << _FINER) / Fraction(_TWO_PI)
    even = Fraction(period_ns << _FINER, _PARTS)
    return tuple(round(even * part + swing * sine) for part, sine in enumerate(_sines()))


@lru_cache(maxsize=1)
def _sines() -> tuple[Fraction, ...]:
    """List the sines of all parts of a circle, by turning step by step; the last is that of the whole circle."""
    step = _CONTEXT.divide(_TWO_PI, Decimal(_PARTS))
    turn_sine, turn_cosine = _series(step, 1), _series(step, 0)
    sine, cosine = Decimal(0), Decimal(1)
    sines = []
    for _ in range(_PARTS):
        sines.append(Fraction(sine))
        sine, cosine = (
            _CONTEXT.add(_CONTEXT.multiply(sine, turn_cosine), _CONTEXT.multiply(cosine, turn_sine)),
            _CONTEXT.subtract(_CONTEXT.multiply(cosine, turn_cosine), _CONTEXT.multiply(sine, turn_sine)),
        )
    return (*sines, Fraction(0))


def _series(angle: Decimal, first: int) -> Decimal:
    """Sum the series of the sine (from power 1) or the cosine (from power 0) of a small angle."""
    term = angle if first else Decimal(1)
    total = term
    for power in range(first + 2, 30, 2):
        term = _CONTEXT.multiply(_CONTEXT.multiply(term, angle), angle)
        term = _CONTEXT.minus(_CONTEXT.divide(term, Decimal(power * (power - 1))))
        total = _CONTEXT.add(total, term)
    return total


def _require_rate(rate: Number) -> Fraction:
    checked = exact(rate)
    if checked < 0:
        raise SettingError(f"a rate is at least 0, not {float(checked)}/ns")
    return checked
