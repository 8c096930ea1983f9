"""Two journals side by side, for people."""

from collections.abc import Iterator
from typing import Final

import msgspec
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cloudsim.cli.paper import table
from cloudsim.scenario.comparing import Comparison, Difference, Event, Side
from cloudsim.values.duration import format_duration

_SHOWN_MAX: Final = 8
"""Calls that are listed; ``--json`` has all."""

_FIRST: Final = ("n", "t", "call", "ev")
"""What every event has, before its own facts."""


def comparison_parts(comparison: Comparison) -> list[RenderableType]:
    """Write what came of comparing two journals."""
    left, right = comparison.left, comparison.right
    difference = comparison.difference
    if difference is None:
        return [Text(f"{left.name} and {right.name} are equal"), _facts_of_equals(left, right)]
    parts: list[RenderableType] = [Text("\n").join(_headline(difference, left, right))]
    if difference.context:
        parts.append(Text("\n".join(["equal before it:", *map(event_line, difference.context)])))
    parts += [_sides(difference, left, right), _whole(comparison)]
    return [*parts, *_own_calls(left), *_own_calls(right)]


def event_line(event: Event) -> str:
    """Write an event in a line: its number and time, whose it is, what happened, and its facts."""
    facts = "".join(f"  {name}={_fact(value)}" for name, value in event.items() if name not in _FIRST)
    call = event["call"] or "-"
    return f"  {event['n']}  {format_duration(event['t'])}  {call}  {event['ev']}{facts}"


def _headline(difference: Difference, left: Side, right: Side) -> Iterator[Text]:
    when = format_duration(difference.virtual_ns)
    where = f"event {difference.ordinal} (line {difference.line}), at {when}"
    yield Text(f"{left.name} and {right.name} differ from {where}", "bold")
    calls = " and ".join(call or "no call" for call in difference.calls)
    if difference.left is None or difference.right is None:
        ended, other = (left, right) if difference.left is None else (right, left)
        yield Text(f"{ended.name} ends after {ended.events} events; {other.name} goes on with {calls}")
    else:
        yield Text(f"calls: {calls}; what differs: {', '.join(difference.fields)}")


def _sides(difference: Difference, left: Side, right: Side) -> Table:
    """Set both events side by side, a fact a line; those that differ are marked."""
    made = table("", f"event {difference.ordinal}", left.name, right.name, whole=("",))
    ours, theirs = difference.left or {}, difference.right or {}
    differing = difference.fields
    for name in [*_FIRST, *(name for name in sorted({**ours, **theirs}) if name not in _FIRST)]:
        style = "bold red" if name in differing else ""
        cells = (_cell(ours, name), _cell(theirs, name))
        made.add_row(Text("!=" if style else "", style), name, *(Text(cell, style) for cell in cells))
    return made


def _cell(event: Event, name: str) -> str:
    if name not in event:
        return "-"
    return format_duration(event[name]) if name == "t" else _fact(event[name])


def _fact(value: object) -> str:
    """Write a fact on one line: a text as it is, if it can be seen."""
    return value if isinstance(value, str) and value.isprintable() else msgspec.json.encode(value).decode()


def _facts_of_equals(left: Side, right: Side) -> Table:
    made = Table.grid(padding=(0, 2))
    made.add_row("events", str(left.events))
    made.add_row("time", f"{format_duration(left.virtual_ns)} (virtual)")
    made.add_row("digest", left.digest)
    if left.digest != right.digest:
        made.add_row("", f"{right.digest} of {right.name}, which writes the same events with other bytes")
    return made


def _whole(comparison: Comparison) -> Table:
    """Set both journals side by side, with the kinds of events that one has more of."""
    left, right = comparison.left, comparison.right
    made = table("in all", left.name, right.name, numbers=(left.name, right.name))
    made.add_row("events", str(left.events), str(right.events))
    made.add_row("virtual time", format_duration(left.virtual_ns), format_duration(right.virtual_ns))
    for kind, (ours, theirs) in comparison.kinds().items():
        made.add_row(f"  {kind}", str(ours), str(theirs))
    made.add_row("digest", left.digest[:16], right.digest[:16])
    return made


def _own_calls(side: Side) -> list[str]:
    if not side.own_calls:
        return []
    more = len(side.own_calls) - _SHOWN_MAX
    listed = ", ".join(side.own_calls[:_SHOWN_MAX]) + (f" and {more} more" if more > 0 else "")
    return [f"calls that only {side.name} has: {len(side.own_calls)} ({listed})"]
