"""Integer tables of inverse distribution functions, refined towards both tails.

A draw is a 64-bit integer. Its distance to the nearer end is a probability; each octave of that probability, down to
2**-65, has 64 cells, with straight lines between their ends. So the last thousandth is resolved as finely as the
middle: of a log-normal law with sigma 2, a quarter of the mean comes from one draw in three hundred, and a plain table
of 4 096 cells gets it wrong. What the straight lines still add (about 1e-5) is taken out by scaling, since the exact
mean of a table is a sum of integers.

Price: half a microsecond a draw, 8 194 integers a law. Knots are kept in 2**-16 ns.
"""

from fractions import Fraction
from itertools import pairwise
from typing import Final

from cloudsim.values.duration import Ns

OCTAVES: Final = 64
"""Octaves of probability in a half: the first is from 2**-65 on, the last ends at one half."""
CELLS: Final = 64
"""Cells of an octave, all of one width."""

_LAST: Final = (1 << 64) - 1
_HALF: Final = 1 << 63
_WITHIN_CELL: Final = (1 << 57) - 1
_FINER: Final = 16
"""Bits below the nanosecond that knots are kept with."""


def knot_probabilities() -> tuple[Fraction, ...]:
    """List the probabilities of the knots of a half, rising from 2**-65 to one half."""
    fractions = [
        Fraction((CELLS + cell) << octave, CELLS << (OCTAVES + 1)) for octave in range(OCTAVES) for cell in range(CELLS)
    ]
    return (*fractions, Fraction(1, 2))


class QuantileTable:
    """The inverse distribution function of one law, in nanoseconds.

    Args:
        lower: values at the knots of the lower half, from the least on, in units of any size.
        upper: values at the knots of the upper half, from the greatest on; both halves end in the median.
        mean_ns: what the mean of the table is scaled to, above 0.
    """

    __slots__ = ("_lower", "_upper")

    def __init__(self, lower: tuple[int, ...], upper: tuple[int, ...], mean_ns: Fraction) -> None:
        assert len(lower) == len(upper) == OCTAVES * CELLS + 1, "a half has a knot at each end of each cell"
        assert lower[-1] == upper[-1], "the halves meet in the median"
        factor = mean_ns / _mean(lower, upper) * (1 << _FINER)
        self._lower = tuple(_scaled(knot, factor) for knot in lower)
        self._upper = tuple(_scaled(knot, factor) for knot in upper)

    @property
    def mean_ns(self) -> Fraction:
        """The exact mean of what the table stands for."""
        return _mean(self._lower, self._upper) / (1 << _FINER)

    def draw(self, chance: int) -> Ns:
        """Give the value that belongs to a chance; a greater chance gives no smaller value.

        Args:
            chance: 64 random bits.
        """
        if chance < _HALF:
            knots = self._lower
            doubled = (chance << 1) | 1
        else:
            knots = self._upper
            doubled = ((_LAST - chance) << 1) | 1
        octave = doubled.bit_length()
        normal = doubled << (64 - octave)
        knot = ((octave - 1) << 6) + ((normal >> 57) & 63)
        value = knots[knot]
        value += (knots[knot + 1] - value) * (normal & _WITHIN_CELL) >> 57
        return (value + (1 << (_FINER - 1))) >> _FINER


def _scaled(knot: int, factor: Fraction) -> int:
    return (2 * knot * factor.numerator + factor.denominator) // (2 * factor.denominator)


def _mean(lower: tuple[int, ...], upper: tuple[int, ...]) -> Fraction:
    """Sum the trapezoids of all cells: exact, in the units of the knots."""
    total = 0
    for knots in (lower, upper):
        for place, (left, right) in enumerate(pairwise(knots)):
            total += (left + right) << (place // CELLS)
    # What lies below the first knot of either end, 2**-65 of the whole, is given the value of that knot.
    total += (lower[0] + upper[0]) * 2 * CELLS
    return Fraction(total, 2 * CELLS << (OCTAVES + 1))
