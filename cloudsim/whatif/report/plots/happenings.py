"""What happens at an instant of every run, marked on plots over time: outages shaded, everything else a line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from cloudsim.errors.own import DurationError
from cloudsim.values.duration import SECOND, parse_duration
from cloudsim.whatif.report.plots.plot import SOFT, TimeAxis, label, line_at, merged, plain
from cloudsim.whatif.report.results import Results

_LATE: Final = 0.7
"""The share of the time after which a name goes to the left of its event."""


def happenings(results: Results, over: TimeAxis, *, kinds: Sequence[str] = ()) -> dict[str, Any]:
    """Make marks of the experiment's events.

    Args:
        results: of the sweep; without its experiment there are no marks.
        over: the time axis.
        kinds: of which events; of all unless given.

    Returns:
        ``shapes`` and ``annotations`` of a layout; empty where there is no such event.
    """
    marks: dict[str, Any] = {}
    for event in (results.experiment or {}).get("event", ()):
        if not kinds or event.get("kind") in kinds:
            for mark in _marks(event, over):
                marks = merged(marks, mark)
    return marks


def _marks(event: Mapping[str, Any], over: TimeAxis) -> Iterator[dict[str, Any]]:
    begin_s, lasting_s = _seconds(event.get("at")), _seconds(event.get("lasting"))
    if begin_s is None:
        return
    what = event.get("name") or event.get("kind")
    where = event.get("zone") or event.get("workload") or event.get("account")
    text = plain(f"{what}: {where}" if where else f"{what}")
    begin, is_late = over.at(begin_s), begin_s > _LATE * over.horizon_s
    if event.get("kind") == "zone-outage":
        end = over.at(over.horizon_s if lasting_s is None else begin_s + lasting_s)
        box = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "x0": begin, "x1": end, "layer": "below"}
        yield {"shapes": [{**box, "line": {"width": 0}, "fillcolor": SOFT, "opacity": 0.18}]}
        side = "right" if is_late else "left"
        place = {"yref": "paper", "x": begin, "y": 0, "xanchor": side, "yanchor": "bottom"}
        yield {"annotations": [label(text, SOFT) | place]}
    else:
        yield line_at(begin, text, colour=SOFT, along="y", is_late=is_late)


def _seconds(said: object) -> float | None:
    """Read a duration of an experiment's tables; None where there is none."""
    try:
        return None if said is None else parse_duration(str(said)) / SECOND
    except DurationError:
        return None
