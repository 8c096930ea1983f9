"""``cloudsim trace describe`` and ``trace fit``: a trace for people and for machines."""

from pathlib import Path
from typing import Any, Final

import msgspec

from cloudsim.cli.documents import echo_document
from cloudsim.errors.own import TraceError, did_you_mean
from cloudsim.values.duration import SECOND, format_duration, parse_duration
from cloudsim.whatif.arrivals.describing import Lifetimes, Peak, TraceDescription, describe_trace
from cloudsim.whatif.arrivals.files import columns_of
from cloudsim.whatif.arrivals.fitting import TraceFit, fit_trace
from cloudsim.whatif.arrivals.rows import counted_zones
from cloudsim.whatif.arrivals.trace import TraceItems, read_trace
from cloudsim.whatif.experiment.workloads import Trace

FORMAT_VERSION: Final = 1
"""Of the JSON documents; additions keep it, anything else raises it."""

_STARTS: Final = ("start", "start_time", "scheduled_time", "started_at", "begin", "arrival", "arrival_time",
    "creation_time", "created", "created_at", "timestamp", "time")  # fmt: skip
_ENDS: Final = ("end", "end_time", "deletion_time", "deleted_at", "finish", "finish_time", "finished_at",
    "completion_time", "departure", "departure_time", "stop_time")  # fmt: skip
_DURATIONS: Final = ("duration", "lifetime", "runtime", "run_time", "length")
"""Columns that are looked for where none is stated, the likeliest first."""


def describe_command(file: Path, given: dict[str, Any], *, as_json: bool, no_color: bool) -> None:
    """Print what a trace is like.

    Args:
        file: the trace.
        given: the options that say how to read it.
        as_json: print one JSON document.
        no_color: no colours and no styles.

    Raises:
        TraceError: the file is no such trace.
        DurationError: the horizon is no duration.
    """
    spec, trace = _read(file, given)
    description = describe_trace(trace)
    if as_json:
        echo_document({**_head(spec, file), **msgspec.to_builtins(description)})
    else:
        _show_description(spec, description, no_color=no_color)


def fit_command(file: Path, given: dict[str, Any], *, as_json: bool, no_color: bool) -> None:
    """Print the laws that are nearest to a trace.

    Args:
        file: the trace.
        given: the options that say how to read it.
        as_json: print one JSON document.
        no_color: no colours and no styles.

    Raises:
        TraceError: the file is no such trace.
        DurationError: the horizon is no duration.
    """
    spec, trace = _read(file, given)
    fitted = fit_trace(trace)
    if as_json:
        echo_document({**_head(spec, file), **msgspec.to_builtins(fitted)})
    else:
        _show_fit(fitted, no_color=no_color)


def _read(file: Path, given: dict[str, Any]) -> tuple[Trace, TraceItems]:
    """Read the trace as the options say, and guess the columns that they do not name."""
    columns = columns_of(file, given["format"])
    start = given["start"] or next((name for name in _STARTS if name in columns), None)
    if start is None:
        raise TraceError(f"{file}: say which column has the start, with --start; {did_you_mean('start', columns)}")
    end, duration = given["end"], given["duration"]
    if end and duration:
        raise TraceError("--end and --duration say the same: give one of them")
    if not end and not duration:
        end = next((name for name in _ENDS if name in columns), None)
        duration = None if end else next((name for name in _DURATIONS if name in columns), None)
    own = {key: given[key] for key in ("format", "unit", "blank_start", "blank_end", "zone", "filter")}
    spec = Trace(name="trace", file=str(file), start=start, end=end, duration=duration, **own)
    horizon_ns = parse_duration(given["horizon"]) if given["horizon"] else None
    return spec, read_trace(spec, zones=counted_zones(spec.zone), horizon_ns=horizon_ns)


def _head(spec: Trace, file: Path) -> dict[str, object]:
    columns = {"start": spec.start, "end": spec.end, "duration": spec.duration}
    return {"format_version": FORMAT_VERSION, "file": str(file), "columns": columns}


def _show_description(spec: Trace, description: TraceDescription, *, no_color: bool) -> None:
    from cloudsim.cli.paper import Paper, table

    facts = table("what", "value", numbers=("value",), whole=("what", "value"))
    for name, value in _facts(spec, description):
        facts.add_row(name, value)
    bursts = table("starts within", "at most", numbers=("at most",))
    for window, count in description.max_starts.items():
        bursts.add_row(window, f"{count}")
    parts = [facts, bursts]
    if description.zones:
        zones = table("zone", "peak", "at", numbers=("peak", "at"))
        for zone, peak in description.zones.items():
            zones.add_row(zone, f"{peak.items}", _time(peak.at_s))
        parts.append(zones)
    Paper(no_color=no_color).show(*parts)


def _facts(spec: Trace, description: TraceDescription) -> list[tuple[str, str]]:
    rows = description.rows
    fallen = {name.replace("_", " "): count for name, count in rows.items() if name != "rows" and count}
    return [
        ("columns", ", ".join(filter(None, (spec.start, spec.end, spec.duration)))),
        ("rows", f"{rows['rows']}"),
        *((f"  {name}", f"{count}") for name, count in fallen.items()),
        ("items", f"{description.items}"),
        *([("  there at the beginning", f"{description.initial}")] if description.initial else []),
        ("first start", _time(description.first_start_s)),
        ("last start", _time(description.last_start_s)),
        ("horizon", _time(description.horizon_s)),
        *_peak(description.peak),
        ("at once on average", f"{description.mean_holders:.2f}"),
        *_lifetimes(description.lifetimes),
    ]


def _peak(peak: Peak) -> list[tuple[str, str]]:
    return [("most at once", f"{peak.items}"), ("  for the first time at", _time(peak.at_s))]


def _lifetimes(lifetimes: Lifetimes) -> list[tuple[str, str]]:
    named = {
        "least": lifetimes.least, "mean": lifetimes.mean, "50 % are at most": lifetimes.p50,
        "90 % are at most": lifetimes.p90, "99 % are at most": lifetimes.p99, "greatest": lifetimes.most,
    }  # fmt: skip
    return [
        ("lifetimes known", f"{lifetimes.n}"),
        ("lifetimes cut", f"{lifetimes.censored}"),
        *((f"  {name}", _time(value)) for name, value in named.items() if value is not None),
    ]


def _time(seconds: float | None) -> str:
    """Write a time to the millisecond."""
    return "-" if seconds is None else format_duration(round(seconds * 1_000) * (SECOND // 1_000))


def _show_fit(fitted: TraceFit, *, no_color: bool) -> None:
    from cloudsim.cli.paper import Paper, table

    parts: list[Any] = []
    if fitted.lifetimes:
        laws = table("lifetimes", "law", "AIC", "distance", numbers=("AIC", "distance"), whole=("lifetimes",))
        for law in fitted.lifetimes:
            laws.add_row(law.kind, law.toml, f"{law.aic:.1f}", f"{law.distance:.4f}")
        parts.append(laws)
    parts += [f"note: {remark}" for remark in fitted.remarks]
    Paper(no_color=no_color).show(*parts, fitted.toml.rstrip())
