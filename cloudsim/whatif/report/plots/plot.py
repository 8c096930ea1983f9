"""What all plots have in common: a form, colours, and a time axis in a unit that suits.

Colours are those of Okabe and Ito, a little deeper, so that they can be told apart by the colour-blind and stand out on
white and on black. Texts that begin with ``var:`` are colours of the page, put in by its script.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cloudsim.whatif.report.results import Results

Trace = dict[str, Any]

COLOURS: Final = ("#2f7fc1", "#d98200", "#12946a", "#b0609f", "#cf5b12", "#8793a3", "#8a8a2a", "#7a6fd0")
INK, SOFT, BAD, LINE, PAPER = "var:--ink", "var:--soft", "var:--bad", "var:--line", "var:--paper"

SHOWN_MAX: Final = 6
"""Variants that plots show; tables have all."""

_UNITS: Final = ((2 * 86_400, 86_400, "days"), (2 * 3_600, 3_600, "hours"), (120, 60, "minutes"), (0, 1, "seconds"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A plot."""

    name: str
    """For addresses within the page."""
    title: str
    says: str
    """What is to be seen, in a sentence."""
    data: list[Trace]
    layout: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """The time of a plot: dates where the experiment has a start date, else a unit that suits its length."""

    horizon_s: float
    start_date: str | None

    @property
    def _unit(self) -> tuple[int, str]:
        return next((unit_s, name) for least_s, unit_s, name in _UNITS if self.horizon_s >= least_s)

    def at(self, seconds: float) -> float | str:
        """Place an instant."""
        if self.start_date is not None:
            begin = dt.datetime.combine(dt.date.fromisoformat(self.start_date), dt.time())
            return (begin + dt.timedelta(seconds=seconds)).isoformat()
        return seconds / self._unit[0]

    def all(self, seconds: Iterable[float]) -> list[float | str]:
        """Place instants."""
        return [self.at(one) for one in seconds]

    def layout(self) -> dict[str, Any]:
        """Give the axis; it is as long as the experiment."""
        title = "date" if self.start_date is not None else f"{self._unit[1]} from the beginning"
        return {"title": {"text": title}, "range": [self.at(0), self.at(self.horizon_s)], "zeroline": False}


def time_axis(results: Results) -> TimeAxis:
    """Give the time axis of a sweep: as long as its longest variant."""
    ends = [end for number in range(len(results.variants)) if (end := results.horizon_s(number)) is not None]
    return TimeAxis(max(ends, default=1.0), results.summary.start_date)


def shown(results: Results) -> Sequence[int]:
    """Give the variants that plots show."""
    return range(min(len(results.variants), SHOWN_MAX))


def unshown_note(results: Results) -> str:
    """Say which variants a plot leaves out; nothing where it shows all."""
    more = len(results.variants) - SHOWN_MAX
    return f" The first {SHOWN_MAX} variants; {more} more are in the tables." if more > 0 else ""


def axis(title: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401  as plotly has it
    """Make a value axis that begins at zero."""
    return {"title": {"text": title}, "rangemode": "tozero", "zeroline": False, **more}


def line_at(
    value: float | str, text: str, *, colour: str = BAD, along: str = "x", is_late: bool = False
) -> dict[str, Any]:
    """Make a dashed line across the plot at a value, with its name: ``shapes`` and ``annotations`` of a layout.

    Args:
        value: where.
        text: its name.
        colour: of both.
        along: ``x`` for a level line, ``y`` for an upright one.
        is_late: whether an upright line is so far to the right that its name goes to its left.
    """
    if along == "x":
        ends = {"xref": "paper", "x0": 0, "x1": 1, "y0": value, "y1": value}
        place = {"xref": "paper", "x": 1, "y": value, "xanchor": "right", "yanchor": "bottom"}
    else:
        ends = {"yref": "paper", "y0": 0, "y1": 1, "x0": value, "x1": value}
        side = "right" if is_late else "left"
        place = {"yref": "paper", "x": value, "y": 0.9, "xanchor": side, "yanchor": "top"}
    return {
        "shapes": [{"type": "line", **ends, "line": {"color": colour, "width": 1.5, "dash": "dash"}}],
        "annotations": [label(text, colour) | place],
    }


def label(text: str, colour: str) -> dict[str, Any]:
    """Make a text in a plot that can be read over what is drawn there."""
    font = {"color": colour, "size": 12}
    return {"text": text, "showarrow": False, "font": font, "bgcolor": PAPER, "opacity": 0.85, "borderpad": 1}


def merged(*layouts: dict[str, Any]) -> dict[str, Any]:
    """Lay layouts over each other; lists of shapes and annotations are put together."""
    result: dict[str, Any] = {}
    for layout in layouts:
        for key, value in layout.items():
            result[key] = [*result.get(key, ()), *value] if key in ("shapes", "annotations") else value
    return result


def faint(colour: str, alpha: float) -> str:
    """Make a colour of the palette see-through."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"


def plain(text: str) -> str:
    """Write a name so that plotly, which takes some HTML in texts, shows it as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
