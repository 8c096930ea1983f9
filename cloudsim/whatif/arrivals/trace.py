"""Traces: the rows of a file, transformed, as items of a workload.

The transforms come in this order: filter, shift, ``scale_rate`` (starts move together, lengths stay),
``stretch_lifetimes``, surges, zones. Intervals are half-open, so one of no length holds nothing and is no item; whoever
runs the items does the releases of an instant before its starts.

Where the documents are silent: a row that starts before the beginning and lives at it is initial state, as one with a
blank start is; a blank end that stands for the horizon makes no item of a row that starts there; all copies of a surge
come at once; ``round-robin`` deals zones out in order of time.

Source: experiments.md, "Workloads".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from cloudsim.errors.own import TraceError, did_you_mean
from cloudsim.values.duration import Ns
from cloudsim.whatif.arrivals.exact import exact
from cloudsim.whatif.arrivals.items import Item
from cloudsim.whatif.arrivals.rows import ROUND_ROBIN, Counts, Row, cycle_of, read_rows
from cloudsim.whatif.experiment.workloads import Trace


@dataclass(frozen=True, slots=True)
class TraceItems:
    """What a trace brings."""

    items: tuple[Item, ...]
    """In order of time; first what is there at the beginning; equal starts in the order of the file."""
    horizon_ns: Ns
    """The one that was given, or the largest start or end of a used row."""
    counts: Counts


@dataclass(frozen=True, slots=True)
class _Span:
    """A row, or a clone of one, on its way to become an item."""

    row: Row
    clone: int
    """0 is the row itself."""
    start_ns: Ns | None
    end_ns: Ns | None


def read_trace(
    spec: Trace, *, zones: tuple[str, ...] = (), horizon_ns: Ns | None = None, path: Path | None = None
) -> TraceItems:
    """Read a trace.

    Args:
        spec: the workload.
        zones: those of its vSwitches, in their order, each once.
        horizon_ns: the last instant; that of the trace unless given.
        path: the file, where it is another than ``spec.file`` from the current folder.

    Raises:
        TraceError: the file cannot be read, a row is not as the workload says, no row can be used, or a zone is not
            among ``zones``.
    """
    counts = Counts()
    file = path or Path(spec.file)
    cycle = cycle_of(spec.zone, zones)
    spans = [_moved(row, spec) for row in read_rows(spec, file, counts)]
    clones = list(_clones(spans, spec))
    counts.clones = len(clones)
    spans += clones
    if not spans:
        raise TraceError(f"{file}: none of the {counts.rows} rows can be used")
    horizon = max(_latest(span) for span in spans) if horizon_ns is None else horizon_ns
    placed = [pair for span in spans if (pair := _placed(span, horizon, counts)) is not None]
    placed.sort(key=lambda pair: (not pair[1].is_initial, pair[1].at_ns, pair[0].row.row, pair[0].clone))
    counts.items = len(placed)
    named = _Zones(spec, cycle, zones, file)
    items = tuple(
        Item(
            _key(spec.name, span),
            spec.name,
            place.at_ns,
            place.lifetime_ns,
            named.of(order, span.row),
            place.is_initial,
        )
        for order, (span, place) in enumerate(placed)
    )
    return TraceItems(items, horizon, counts)


def _key(workload: str, span: _Span) -> str:
    clone = f"+{span.clone}" if span.clone else ""
    return f"{workload}/{span.row.row}{clone}"


def _moved(row: Row, spec: Trace) -> _Span:
    """Shift a row, scale when it starts, and stretch how long it lives."""
    start_ns = None if row.start_ns is None else row.start_ns + spec.shift_ns
    end_ns = None if row.end_ns is None else row.end_ns + spec.shift_ns
    length_ns = None if end_ns is None else end_ns - (start_ns or 0)
    if start_ns is not None and spec.scale_rate != 1:
        start_ns = _times(start_ns, 1 / exact(spec.scale_rate))
    if length_ns is not None and spec.stretch_lifetimes != 1:
        length_ns = _times(length_ns, exact(spec.stretch_lifetimes))
    return _Span(row, 0, start_ns, None if length_ns is None else length_ns + (start_ns or 0))


def _times(time_ns: Ns, factor: Fraction) -> Ns:
    return round(time_ns * factor)


def _clones(spans: list[_Span], spec: Trace) -> Iterator[_Span]:
    before = 0
    for surge in spec.surges:
        for span in spans:
            if span.start_ns is None or not surge.begin_ns <= span.start_ns < surge.end_ns:
                continue
            end_ns = None if span.end_ns is None else span.end_ns + surge.shift_ns
            for copy in range(1, surge.copies + 1):
                yield _Span(span.row, before + copy, span.start_ns + surge.shift_ns, end_ns)
        before += surge.copies


def _latest(span: _Span) -> Ns:
    return max(0, span.start_ns or 0, span.end_ns or 0)


@dataclass(frozen=True, slots=True)
class _Place:
    at_ns: Ns
    lifetime_ns: Ns | None
    is_initial: bool


def _placed(span: _Span, horizon_ns: Ns, counts: Counts) -> tuple[_Span, _Place] | None:
    """Place a span between the beginning and the horizon, if it has a place there."""
    is_initial = span.start_ns is None or span.start_ns < 0
    at_ns = 0 if span.start_ns is None else max(span.start_ns, 0)
    if span.end_ns is not None and span.end_ns == span.start_ns:
        counts.no_length += 1
    elif is_initial and span.end_ns is not None and span.end_ns <= 0:
        counts.before += 1
    elif at_ns > horizon_ns:
        counts.after += 1
    elif span.end_ns is None and at_ns == horizon_ns:
        counts.no_length += 1
    else:
        return span, _Place(at_ns, None if span.end_ns is None else span.end_ns - at_ns, is_initial)
    return None


class _Zones:
    """Names the zone of each item."""

    def __init__(self, spec: Trace, cycle: tuple[str, ...] | None, zones: tuple[str, ...], file: Path) -> None:
        self._column = spec.zone if cycle is None else None
        self._cycle, self._by_order = cycle, spec.zone == ROUND_ROBIN
        self._renamed: Mapping[str, str] = spec.zones
        self._zones, self._file = zones, file

    def of(self, order: int, row: Row) -> str | None:
        """Name the zone of an item, which is the ``order``-th in time.

        Raises:
            TraceError: the column says none of the zones that there are.
        """
        if self._cycle is not None:
            return self._cycle[(order if self._by_order else row.row) % len(self._cycle)]
        if self._column is None:
            return None
        zone = self._renamed.get(row.zone or "", row.zone)
        if zone is None or (self._zones and zone not in self._zones):
            said = "blank" if row.zone is None else repr(row.zone)
            advice = did_you_mean(zone or "", self._zones)
            raise TraceError(
                f"{self._file}: {self._column} of data row {row.row} is {said}, no zone of the vswitches; {advice}"
            )
        return zone
