"""What a trace is like: how many rows and why not all, how many at once, how long they live, how they crowd.

Times are given in seconds. Quantiles are order statistics: the least value that so many are not above.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from cloudsim.values.duration import SECOND, Ns
from cloudsim.whatif.arrivals.items import Item
from cloudsim.whatif.arrivals.trace import TraceItems

WINDOWS: Final = {"1s": SECOND, "10s": 10 * SECOND, "60s": 60 * SECOND, "3600s": 3600 * SECOND}
"""The windows in which starts are counted."""


class Peak(msgspec.Struct, frozen=True):
    """The most that live at once."""

    items: int
    at_s: float
    """When that many live for the first time."""


class Lifetimes(msgspec.Struct, frozen=True):
    """Lifetimes of those that start and end in the trace, in seconds."""

    n: int
    censored: int
    """Alive to the horizon or there from the beginning: their lifetimes are not known, and not among these."""
    least: float | None
    mean: float | None
    p50: float | None
    p90: float | None
    p99: float | None
    most: float | None


class TraceDescription(msgspec.Struct, frozen=True):
    """What a trace is like."""

    rows: dict[str, int]
    """How many there are, and how many fell away for what."""
    items: int
    initial: int
    """Of them, those that are there at the beginning."""
    first_start_s: float | None
    last_start_s: float | None
    horizon_s: float
    peak: Peak
    mean_holders: float
    """How many live, on average from the beginning to the horizon."""
    lifetimes: Lifetimes
    max_starts: dict[str, int]
    """The most starts in any half-open window of that length."""
    zones: dict[str, Peak]
    """The peak of each zone, where items have zones."""


def describe_trace(trace: TraceItems) -> TraceDescription:
    """Describe a trace."""
    items, horizon_ns = trace.items, trace.horizon_ns
    starts = [item.at_ns for item in items if not item.is_initial]
    counts = trace.counts
    rows = {name: getattr(counts, name) for name in counts.__slots__ if name not in ("items",)}
    zones = dict.fromkeys(sorted(item.zone for item in items if item.zone is not None))
    return TraceDescription(
        rows=rows,
        items=len(items),
        initial=len(items) - len(starts),
        first_start_s=starts[0] / SECOND if starts else None,
        last_start_s=starts[-1] / SECOND if starts else None,
        horizon_s=horizon_ns / SECOND,
        peak=peak_of(items),
        mean_holders=_held_ns(items, horizon_ns) / horizon_ns if horizon_ns else 0.0,
        lifetimes=_lifetimes(items),
        max_starts={name: max_starts(starts, window_ns) for name, window_ns in WINDOWS.items()},
        zones={zone: peak_of(item for item in items if item.zone == zone) for zone in zones},
    )


def peak_of(items: Iterable[Item]) -> Peak:
    """Find the most items that live at once; releases of an instant come before its starts."""
    changes: Counter[Ns] = Counter()
    for item in items:
        changes[item.at_ns] += 1
        if item.lifetime_ns is not None:
            changes[item.at_ns + item.lifetime_ns] -= 1
    alive = most = at_ns = 0
    for instant in sorted(changes):
        alive += changes[instant]
        if alive > most:
            most, at_ns = alive, instant
    return Peak(most, at_ns / SECOND)


def max_starts(starts: Sequence[Ns], window_ns: Ns) -> int:
    """Count the most starts in any half-open window.

    Args:
        starts: in rising order.
        window_ns: its length, above 0.
    """
    first = most = 0
    for place, start in enumerate(starts):
        while start - starts[first] >= window_ns:
            first += 1
        most = max(most, place - first + 1)
    return most


def quantile(values: Sequence[Ns], percent: int) -> Ns:
    """Give the least of the values that so many percent are not above.

    Args:
        values: in rising order, at least one.
        percent: from 1 to 100.
    """
    return values[(len(values) * percent + 99) // 100 - 1]


def _held_ns(items: Iterable[Item], horizon_ns: Ns) -> Ns:
    left = ((item.lifetime_ns, horizon_ns - item.at_ns) for item in items)
    return sum(rest if lifetime is None else min(lifetime, rest) for lifetime, rest in left)


def _lifetimes(items: Sequence[Item]) -> Lifetimes:
    known = sorted(item.lifetime_ns for item in items if item.lifetime_ns is not None and not item.is_initial)
    censored = len(items) - len(known)
    if not known:
        return Lifetimes(0, censored, None, None, None, None, None, None)
    p50, p90, p99 = (quantile(known, percent) / SECOND for percent in (50, 90, 99))
    mean = sum(known) / len(known) / SECOND
    return Lifetimes(len(known), censored, known[0] / SECOND, mean, p50, p90, p99, known[-1] / SECOND)
