"""Durations: integer nanoseconds with readable literals.

Time is counted in whole nanoseconds, since float sums depend on their order and libm differs between platforms. People
write ``50ms`` or ``1h30m``; the same text comes back from :func:`format_duration`.
"""

import re
from decimal import Decimal
from typing import Final, TypeAlias

from cloudsim.errors.own import DurationError

Ns: TypeAlias = int
"""A duration or an instant in integer nanoseconds; instants count from the beginning of the simulation."""

UNITS: Final[dict[str, Ns]] = {
    "d": 86_400_000_000_000,
    "h": 3_600_000_000_000,
    "m": 60_000_000_000,
    "s": 1_000_000_000,
    "ms": 1_000_000,
    "us": 1_000,
    "ns": 1,
}
"""Units in falling order, which is the order that they are written in."""

SECOND: Final[Ns] = UNITS["s"]

_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|us|ns|d|h|m|s)", re.ASCII)


def parse_duration(text: str) -> Ns:
    """Read a duration such as ``50ms``, ``1.5s`` or ``1h30m``.

    Args:
        text: one or more numbers, each followed by d, h, m, s, ms, us or ns, the larger unit first;
            ``0`` alone is zero.

    Returns:
        The duration in nanoseconds, at least 0.

    Raises:
        DurationError: the text is no such duration, or it is finer than a nanosecond.
    """
    stripped = text.strip()
    if stripped == "0":
        return 0
    total = Decimal(0)
    position, last_unit = 0, None
    for part in _PART.finditer(stripped):
        unit = UNITS[part[2]]
        if part.start() != position or (last_unit is not None and unit >= last_unit):
            break
        total += Decimal(part[1]) * unit
        position, last_unit = part.end(), unit
    if position != len(stripped) or last_unit is None:
        raise DurationError(text, "write numbers with units, the larger first, such as 50ms, 2m or 1h30m")
    if total != int(total):
        raise DurationError(text, "the finest step of time is 1ns")
    return int(total)


def format_duration(duration_ns: Ns) -> str:
    """Write a duration the way :func:`parse_duration` reads it, whole numbers only.

    Args:
        duration_ns: nanoseconds; a negative one is written with a leading minus.
    """
    if duration_ns == 0:
        return "0s"
    sign, rest = ("-", -duration_ns) if duration_ns < 0 else ("", duration_ns)
    parts: list[str] = []
    for unit, size in UNITS.items():
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count}{unit}")
    return sign + "".join(parts)


def as_duration(value: str | Ns) -> Ns:
    """Take a duration as text or as nanoseconds.

    Raises:
        DurationError: the text is no duration, or the number is negative or has a fraction.
    """
    if isinstance(value, str):
        return parse_duration(value)
    if not isinstance(value, int):  # the seconds of trio.sleep, most likely; they would make the clock a float
        raise DurationError(str(value), "write text with a unit, such as 50ms, or whole nanoseconds")
    if value < 0:
        raise DurationError(str(value), "a duration is at least 0")
    return value
