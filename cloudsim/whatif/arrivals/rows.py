"""Rows of a trace: which are used, and their starts and ends in nanoseconds.

A time is what its decimal text says in the stated unit, rounded to the nanosecond (half to even): what a program's
floats added far behind the point breaks no tie.

Source: experiments.md, "Workloads", and "Time and paths".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from cloudsim.errors.own import TraceError
from cloudsim.values.duration import UNITS, Ns
from cloudsim.whatif.arrivals.files import Cell, rows_of
from cloudsim.whatif.experiment.workloads import Trace

Wanted: TypeAlias = str | int | float
"""A value that a filter asks for."""

_ROW_ZONE: Final = re.compile(r"row\s*%\s*(\d+)", re.ASCII)
ROUND_ROBIN: Final = "round-robin"
_CONTEXT: Final = Context(prec=80, rounding=ROUND_HALF_EVEN)
_TIME_MAX_NS: Final = 1 << 62
"""About 146 years."""


class Row(NamedTuple):
    """A row that passed the filter and has what it needs."""

    row: int
    """Which of the data rows of the file, from 0, those that are not used included."""
    start_ns: Ns | None
    """None is alive at the beginning."""
    end_ns: Ns | None
    """None is alive to the horizon."""
    zone: str | None
    """What the zone's column says, where zones come from one."""


@dataclass(slots=True)
class Counts:
    """How many rows a trace has, and why some of them are no items."""

    rows: int = 0
    """All data rows of the file."""
    filtered: int = 0
    """Left out by the filter."""
    blank_start: int = 0
    """Without a start, of those that passed the filter."""
    blank_end: int = 0
    """Without an end, of those that passed the filter and are not left out for their start."""
    skipped: int = 0
    """Left out since start or end is blank."""
    no_length: int = 0
    """Of no length: they hold nothing."""
    before: int = 0
    """Over before the beginning, after a shift."""
    after: int = 0
    """Begin after the horizon."""
    clones: int = 0
    """Items that surges added."""
    items: int = 0
    """What the workload brings."""


def cycle_of(zone: str | None, zones: tuple[str, ...]) -> tuple[str, ...] | None:
    """Read how zones are dealt out by counting.

    Args:
        zone: what the workload says: ``row % 3``, ``round-robin``, a column, or nothing.
        zones: those of the workload's vSwitches, in their order.

    Returns:
        The zones to deal out in turn; nothing where zones do not come by counting.

    Raises:
        TraceError: there are fewer zones than are counted.
    """
    if zone == ROUND_ROBIN:
        return _require_zones(zone, 1, zones)
    counted = _ROW_ZONE.fullmatch(zone.strip()) if zone else None
    if counted is None:
        return None
    return _require_zones(zone or "", int(counted[1]), zones)


def counted_zones(zone: str | None) -> tuple[str, ...]:
    """Make up names for the zones that ``row % 3`` counts, where there is no world that has them."""
    counted = _ROW_ZONE.fullmatch(zone.strip()) if zone else None
    return tuple(f"zone-{number}" for number in range(int(counted[1]))) if counted else ()


def _require_zones(zone: str, count: int, zones: tuple[str, ...]) -> tuple[str, ...]:
    if not 0 < count <= len(zones):
        named = f": {', '.join(zones)}" if zones else ""
        raise TraceError(f"zone = {zone!r} needs {max(count, 1)} zones, and the vswitches lie in {len(zones)}{named}")
    return zones if zone == ROUND_ROBIN else zones[:count]


def read_rows(spec: Trace, path: Path, counts: Counts) -> Iterator[Row]:
    """Read what a trace has to say.

    Args:
        spec: the workload; its ``file`` is not looked at.
        path: the file.
        counts: what is counted on the way.

    Yields:
        The rows that are used, in the order of the file, as they stand there: nothing is transformed.

    Raises:
        TraceError: the file cannot be read, a column is missing, a time is none, or an end comes before its start.
    """
    last = spec.end or spec.duration
    zone = spec.zone if spec.zone and spec.zone != ROUND_ROBIN and not _ROW_ZONE.fullmatch(spec.zone.strip()) else None
    columns = [spec.start, *([last] if last else []), *([zone] if zone else []), *spec.filter]
    wanted = [_texts(value) for value in spec.filter.values()]
    unit = UNITS[spec.unit]
    for line, cells in rows_of(path, tuple(columns), spec.format):
        row, counts.rows = counts.rows, counts.rows + 1
        if wanted and not all(map(_is_wanted, cells[len(cells) - len(wanted) :], wanted)):
            counts.filtered += 1
            continue
        start_ns = time_of(path, line, spec.start, cells[0], unit)
        end_ns = time_of(path, line, last, cells[1], unit) if last else None
        counts.blank_start += start_ns is None
        if start_ns is None and spec.blank_start == "skip":
            counts.skipped += 1
            continue
        counts.blank_end += end_ns is None
        if end_ns is None and last and spec.blank_end == "skip":
            counts.skipped += 1
            continue
        if end_ns is not None and spec.end is None:
            end_ns += start_ns or 0
        if start_ns is not None and end_ns is not None and end_ns < start_ns:
            raise TraceError(f"{path}:{line}: the row ends {start_ns - end_ns} ns before it starts; filter it out")
        yield Row(row, start_ns, end_ns, cells[1 + bool(last)] if zone else None)


def time_of(path: Path, line: int, column: str | None, cell: Cell, unit: Ns) -> Ns | None:
    """Read a time.

    Args:
        path: for messages, as ``line`` and ``column``.
        line: the line that it stands on.
        column: the column that it stands in.
        cell: its decimal text.
        unit: in nanoseconds.

    Raises:
        TraceError: it is no number, or longer than 146 years.
    """
    if cell is None:
        return None
    try:
        time_ns = int(cell) * unit if cell.isascii() and cell.isdigit() else _rounded(cell, unit)
    except (ValueError, ArithmeticError) as error:
        raise TraceError(f"{path}:{line}: {column} is {cell!r}, which is no time: write a number") from error
    if abs(time_ns) > _TIME_MAX_NS:
        raise TraceError(
            f"{path}:{line}: {column} is {cell!r}, which is longer than 146 years; is its unit another one?"
        )
    return time_ns


def _rounded(text: str, unit: Ns) -> Ns:
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not value.is_finite() or value.adjusted() > 30:
        raise ValueError(text)
    return int(_CONTEXT.to_integral_value(_CONTEXT.multiply(value, Decimal(unit))))


def _texts(wanted: Wanted | tuple[Wanted, ...]) -> tuple[Wanted, ...]:
    return wanted if isinstance(wanted, tuple) else (wanted,)


def _is_wanted(cell: Cell, wanted: tuple[Wanted, ...]) -> bool:
    text = cell or ""
    return any(text == value if isinstance(value, str) else _is_number(text, value) for value in wanted)


def _is_number(text: str, value: float) -> bool:
    try:
        return Decimal(text) == Decimal(repr(value))
    except InvalidOperation:
        return False
