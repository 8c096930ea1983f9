"""The journal of a run beside its timeline: a line each, with the step that wrote it."""

from typing import Any, Final

import msgspec

from cloudsim.exploration.ready import BEFORE_ALL
from cloudsim.scenario.page.markup import Markup, element
from cloudsim.scenario.page.retelling import Line
from cloudsim.scenario.page.timeline import Lanes
from cloudsim.scenario.page.words import short_instant

_STAMPS: Final = ("call", "ev", "n", "t")


def journal_part(lanes: Lanes) -> Markup:
    """Write the lines of the steps that are shown; what came before the first step is a click away."""
    retold = lanes.retold
    early = [line for line in retold.lines if line.step == BEFORE_ALL]
    later = [line for line in retold.lines if line.step in lanes.columns]
    folded = element(
        "details",
        element("summary", f"{len(early)} lines from before the first step"),
        element("ol", (_line(lanes, line) for line in early), class_="journal"),
    )
    lines = element("ol", (_line(lanes, line) for line in later), class_="journal")
    return element("div", element("h4", "Journal"), folded if early else "", lines, class_="lines")


def _line(lanes: Lanes, line: Line) -> Markup:
    said = line.said
    call = str(said["call"])
    how = "line"
    if line.step in lanes.retold.deciding():
        how += " deciding"
    colour = lanes.colour(call)
    step = "" if line.step == BEFORE_ALL else str(line.step)
    return element(
        "li",
        element("span", step, class_="step"),
        element("span", short_instant(said["t"]), class_="at"),
        element("span", call, class_=f"who {colour}"),
        element("span", element("b", str(said["ev"])), " ", _facts(said), class_="said"),
        class_=how,
        data_step=line.step,
        title=line.text.decode(),
    )


def _facts(said: dict[str, Any]) -> str:
    """Write the particulars of a line; those of a phase are its name."""
    if said["ev"] == "phase":
        return str(said["phase"])
    return " ".join(f"{key}={_fact(value)}" for key, value in said.items() if key not in _STAMPS)


def _fact(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
