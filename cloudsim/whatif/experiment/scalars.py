"""Scalars of an experiment: durations and rates, which files write as text and runs count in integers.

    horizon = "2000h"      rate = "8/h"      rate = "3/10m"

A duration becomes whole nanoseconds. A rate becomes an exact fraction of items per nanosecond, so that no rounding of
ours stands between what a file says and what is drawn.
"""

import re
from fractions import Fraction
from typing import Any, Final, Self

from cloudsim.errors.own import DurationError
from cloudsim.values.duration import UNITS, format_duration, parse_duration

_RATE: Final = re.compile(r"(\d+(?:\.\d+)?)\s*/\s*(\S+)", re.ASCII)


class Duration(int):
    """A duration in nanoseconds, at least 0; a file writes it as ``50ms`` or ``1h30m``."""

    __slots__ = ()

    @classmethod
    def read(cls, value: object) -> Self:
        """Read what a file says.

        Raises:
            ValueError: it is no duration.
        """
        if not isinstance(value, str):
            raise ValueError(f'expected a duration as text, such as "50ms" or "2h", not {value!r}')  # noqa: TRY004
        try:
            return cls(parse_duration(value))
        except DurationError as error:
            raise ValueError(str(error)) from None

    def __str__(self) -> str:
        return format_duration(self)


class Shift(Duration):
    """A duration that may be negative: ``-1h`` is an hour earlier."""

    __slots__ = ()

    @classmethod
    def read(cls, value: object) -> Self:
        """Read what a file says.

        Raises:
            ValueError: it is no duration.
        """
        if isinstance(value, str) and value.strip().startswith("-"):
            return cls(-Duration.read(value.strip()[1:]))
        return cls(Duration.read(value))


class Rate(Fraction):
    """A rate in items per nanosecond, at least 0; a file writes it as ``8/h`` or ``3/10m``."""

    __slots__ = ()

    @classmethod
    def read(cls, value: object) -> Self:
        """Read what a file says.

        Raises:
            ValueError: it is no rate.
        """
        match = _RATE.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is None:
            raise ValueError(f'expected a rate as text, such as "8/h" or "3/10m", not {value!r}')
        span = match[2] if match[2][0].isdigit() else f"1{match[2]}"
        try:
            span_ns = parse_duration(span)
        except DurationError:
            known = ", ".join(UNITS)
            raise ValueError(f"{value!r} is no rate: after the / comes a unit ({known}) or a duration") from None
        if not span_ns:
            raise ValueError(f"{value!r} is no rate: in no time at all")
        return cls(Fraction(match[1]) / span_ns)

    def __str__(self) -> str:
        """Write the rate the way :meth:`read` reads it, in the shortest unit that gives a whole number."""
        for unit, size in reversed(UNITS.items()):
            if (self * size).denominator == 1:
                return f"{self * size}/{unit}"
        return f"{self.numerator}/{self.denominator}ns"


def from_text(kind: type, value: object) -> Any:  # noqa: ANN401  as msgspec has it
    """Read a scalar; the hook of msgspec.

    Raises:
        ValueError: it is none of its kind.
    """
    assert issubclass(kind, Duration | Rate), f"{kind} has no text"
    if isinstance(value, kind):
        return value
    return kind.read(value)


def to_text(value: object) -> str:
    """Write a scalar the way a file does; the hook of msgspec."""
    assert isinstance(value, Duration | Rate), f"{value!r} has no text"
    return str(value)
