"""The shapes of the laws: knots of the unit exponential, the Weibull and the log-normal law, as integers.

Natural logarithms and powers are taken by ``decimal``, whose results the General Decimal Arithmetic specification
rounds correctly, never by libm, which differs by an ulp between platforms. Each shape is computed once in a process
(0.1 to 0.5 s), then only scaled.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeAlias

from cloudsim.whatif.arrivals.normal import upper_normal
from cloudsim.whatif.arrivals.tables import CELLS, OCTAVES, knot_probabilities

Halves: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
"""Knots of the lower half from the least on, and of the upper half from the greatest on."""

_CONTEXT: Final = Context(prec=28, rounding=ROUND_HALF_EVEN, Emin=-999_999, Emax=999_999, capitals=1, clamp=0)
_UNIT: Final = Decimal(1 << 96)
_SMALL: Final = Fraction(1, 1 << 30)


@lru_cache(maxsize=1)
def exponential_shape() -> Halves:
    """Give the unit exponential law, in units of 2**-96."""
    lower, upper = _exponential()
    return _as_integers(lower), _as_integers(upper)


@lru_cache(maxsize=16)
def weibull_shape(shape: Fraction) -> Halves:
    """Give the Weibull law of scale 1: the unit exponential one, to the power of one over the shape."""
    power = _decimal(1 / shape)
    lower, upper = (_as_integers(_power(knots, power)) for knots in _exponential())
    return lower, upper


@lru_cache(maxsize=16)
def lognormal_shape(sigma: Fraction) -> Halves:
    """Give the log-normal law of median 1."""
    spread = _decimal(sigma)
    lower, upper = (
        _as_integers(_CONTEXT.exp(_CONTEXT.multiply(spread, Decimal(sign * point))) for point in _normal())
        for sign in (-1, 1)
    )
    return lower, upper


def _power(values: Iterable[Decimal], power: Decimal) -> Iterable[Decimal]:
    return (_CONTEXT.exp(_CONTEXT.multiply(_CONTEXT.ln(value), power)) for value in values)


@lru_cache(maxsize=1)
def _exponential() -> tuple[tuple[Decimal, ...], tuple[Decimal, ...]]:
    """List the exponential quantiles at the knots: ``-ln(1 - p)`` and ``-ln(p)``."""
    lower = tuple(_minus_log_of_rest(fraction) for fraction in knot_probabilities())
    two = _CONTEXT.ln(Decimal(2))
    within = [_CONTEXT.ln(_CONTEXT.divide(Decimal(CELLS), Decimal(CELLS + cell))) for cell in range(CELLS)]
    upper = [
        _CONTEXT.add(_CONTEXT.multiply(two, Decimal(OCTAVES + 1 - octave)), part)
        for octave in range(OCTAVES)
        for part in within
    ]
    return lower, (*upper, lower[-1])


def _minus_log_of_rest(fraction: Fraction) -> Decimal:
    if fraction < _SMALL:  # the series keeps the digits that 1 - p would lose
        return _decimal(fraction + fraction**2 / 2 + fraction**3 / 3)
    return _CONTEXT.minus(_CONTEXT.ln(_decimal(1 - fraction)))


@lru_cache(maxsize=1)
def _normal() -> tuple[float, ...]:
    """List the upper normal quantiles at the knots; the lower ones are their negatives."""
    _, logs = _exponential()
    pairs = zip(knot_probabilities(), logs, strict=True)
    # Knots are short binary fractions, so that their floats are exact.
    return tuple(upper_normal(float(fraction), float(log)) for fraction, log in pairs)


def _decimal(value: Fraction) -> Decimal:
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _as_integers(values: Iterable[Decimal]) -> tuple[int, ...]:
    """Round to the units; no law here has a quantile below 2**-96 of its scale that anybody would miss."""
    return tuple(int(_CONTEXT.multiply(value, _UNIT)) for value in values)
