"""Counts and instants as the page says them."""

from typing import Final

from cloudsim.values.duration import Ns, format_duration

_UNITS: Final = (
    (3_600_000_000_000, "h"),
    (60_000_000_000, "min"),
    (1_000_000_000, "s"),
    (1_000_000, "ms"),
    (1000, "us"),
)


def many(count: int, noun: str) -> str:
    """Count things in words."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def short_instant(instant_ns: Ns) -> str:
    """Write an instant in a few letters, cut to thousandths of its unit."""
    for unit_ns, name in _UNITS:
        if instant_ns >= unit_ns:
            whole, rest = divmod(instant_ns * 1000 // unit_ns, 1000)
            return f"{whole}.{rest:03}".rstrip("0").rstrip(".") + name
    return format_duration(instant_ns)
