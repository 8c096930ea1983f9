"""Lifetimes: how long an item stays, by the law that the experiment states.

A law turns one integer of chance into a duration. Means are those of the distribution, and exact: see ``tables.py``.

Source: experiments.md, "Workloads".
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from typing import Final, Protocol

from cloudsim.errors.own import SettingError
from cloudsim.values.duration import Ns
from cloudsim.whatif.arrivals.exact import Number, exact
from cloudsim.whatif.arrivals.shapes import Halves, exponential_shape, lognormal_shape, weibull_shape
from cloudsim.whatif.arrivals.tables import QuantileTable

CHANCE_BITS: Final = 128
"""Bits of chance that a lifetime takes; the lower half is the quantile, the upper one chooses among phases."""

_LOW: Final = (1 << 64) - 1
_SIGMA_MAX: Final = 4
_SHAPE_MIN: Final = Fraction(1, 10)
_SHAPE_MAX: Final = 100


class Lifetime(Protocol):
    """A law of lifetimes."""

    def draw(self, chance: int) -> Ns | None:
        """Give the lifetime that belongs to ``CHANCE_BITS`` random bits; None stays for ever."""
        ...


@dataclass(frozen=True, slots=True)
class Forever:
    """What comes stays."""

    def draw(self, chance: int) -> None:
        """Give no end."""
        del chance


@dataclass(frozen=True, slots=True)
class Constant:
    """Always the same."""

    mean_ns: Ns

    def __post_init__(self) -> None:
        _require_mean(Fraction(self.mean_ns))

    def draw(self, chance: int) -> Ns:
        """Give it."""
        del chance
        return self.mean_ns


@dataclass(frozen=True, slots=True)
class Exponential:
    """The law without memory."""

    mean_ns: Number
    table: QuantileTable = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", exponential_table(exact(self.mean_ns)))

    def draw(self, chance: int) -> Ns:
        """Give the quantile."""
        return self.table.draw(chance & _LOW)


@dataclass(frozen=True, slots=True)
class LogNormal:
    """The law whose logarithm is normal.

    Args:
        mean_ns: of the distribution, not of the logarithm.
        sigma: the standard deviation of the logarithm, above 0 and at most 4: above, the mean is made by what no sweep
            ever draws.

    Raises:
        SettingError: ``sigma`` is out of these bounds.
    """

    mean_ns: Number
    sigma: Number
    table: QuantileTable = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        sigma = exact(self.sigma)
        if not 0 < sigma <= _SIGMA_MAX:
            raise SettingError(f"sigma of a log-normal law is above 0 and at most {_SIGMA_MAX}, not {self.sigma}")
        object.__setattr__(self, "table", _lognormal_table(sigma, exact(self.mean_ns)))

    def draw(self, chance: int) -> Ns:
        """Give the quantile."""
        return self.table.draw(chance & _LOW)


@dataclass(frozen=True, slots=True)
class Weibull:
    """The law of the weakest link; a shape below 1 has a heavy tail.

    Args:
        mean_ns: of the distribution; the scale follows from it.
        shape: from 0.1 to 100.

    Raises:
        SettingError: ``shape`` is out of these bounds.
    """

    mean_ns: Number
    shape: Number
    table: QuantileTable = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        shape = exact(self.shape)
        if not _SHAPE_MIN <= shape <= _SHAPE_MAX:
            raise SettingError(f"shape of a Weibull law is from 0.1 to {_SHAPE_MAX}, not {self.shape}")
        object.__setattr__(self, "table", _weibull_table(shape, exact(self.mean_ns)))

    def draw(self, chance: int) -> Ns:
        """Give the quantile."""
        return self.table.draw(chance & _LOW)


@dataclass(frozen=True, slots=True)
class HyperExponential:
    """A mixture of exponential laws.

    Args:
        p: the probabilities of the phases, which sum to 1 as they are written.
        means_ns: the mean of each phase.

    Raises:
        SettingError: they are not as many, or the probabilities do not sum to 1.
    """

    p: tuple[Number, ...]
    means_ns: tuple[Number, ...]
    _thresholds: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _tables: tuple[QuantileTable, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        shares = [exact(share) for share in self.p]
        if not shares or len(shares) != len(self.means_ns):
            raise SettingError(
                f"a hyper-exponential law has a mean for each p, not {len(self.p)} and {len(self.means_ns)}"
            )
        if min(shares) < 0 or sum(shares) != 1:
            raise SettingError(
                f"the p of a hyper-exponential law sum to 1, not to {float(sum(shares))}, and none is below 0"
            )
        object.__setattr__(self, "_thresholds", tuple(int(total * (1 << 64)) for total in accumulate(shares))[:-1])
        object.__setattr__(self, "_tables", tuple(exponential_table(exact(mean)) for mean in self.means_ns))

    @property
    def mean_ns(self) -> Fraction:
        """The mean over the phases."""
        return sum((exact(p) * exact(mean) for p, mean in zip(self.p, self.means_ns, strict=True)), Fraction(0))

    def draw(self, chance: int) -> Ns:
        """Choose a phase by the upper half of the chance, and give its quantile by the lower one."""
        return self._tables[bisect_right(self._thresholds, chance >> 64)].draw(chance & _LOW)


@dataclass(frozen=True, slots=True)
class Empirical:
    """What was observed, each value as likely as the others.

    Args:
        values_ns: in any order, at least 0.

    Raises:
        SettingError: there are none, or one is below 0.
    """

    values_ns: tuple[Ns, ...]

    def __post_init__(self) -> None:
        if not self.values_ns or min(self.values_ns) < 0:
            raise SettingError("an empirical law has at least one lifetime, and none below 0")
        object.__setattr__(self, "values_ns", tuple(sorted(self.values_ns)))

    @property
    def mean_ns(self) -> Fraction:
        """The mean of the values."""
        return Fraction(sum(self.values_ns), len(self.values_ns))

    def draw(self, chance: int) -> Ns:
        """Give the value at the quantile."""
        return self.values_ns[(chance & _LOW) * len(self.values_ns) >> 64]


@lru_cache(maxsize=64)
def exponential_table(mean_ns: Fraction) -> QuantileTable:
    """Make the table of the exponential law, for lifetimes and for gaps.

    Raises:
        SettingError: the mean is not above 0.
    """
    return _table(exponential_shape(), mean_ns)


@lru_cache(maxsize=64)
def _lognormal_table(sigma: Fraction, mean_ns: Fraction) -> QuantileTable:
    return _table(lognormal_shape(sigma), mean_ns)


@lru_cache(maxsize=64)
def _weibull_table(shape: Fraction, mean_ns: Fraction) -> QuantileTable:
    return _table(weibull_shape(shape), mean_ns)


def _table(shape: Halves, mean_ns: Fraction) -> QuantileTable:
    _require_mean(mean_ns)
    return QuantileTable(*shape, mean_ns)


def _require_mean(mean_ns: Fraction) -> None:
    if mean_ns <= 0:
        raise SettingError(f"the mean of a law of times is above 0, not {float(mean_ns)} ns")
