"""The timeline of one run: a column for each step, a lane for each caller and for each thing that they contend for.

It is a grid of boxes rather than a drawing, so that its text can be read aloud, searched and copied. Columns are of
one width: in the usual mode of exploration virtual time stands still, and the number of the step is what counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cloudsim.exploration.footprints import EVERYTHING, touches_of
from cloudsim.exploration.naming import caller_of
from cloudsim.exploration.ready import Step
from cloudsim.exploration.threads import threads_of
from cloudsim.operations.operation import ANYTHING
from cloudsim.resources.ledger import Mode
from cloudsim.scenario.page.markup import Markup, breakable, element
from cloudsim.scenario.page.retelling import Retold
from cloudsim.scenario.page.words import short_instant
from cloudsim.values.duration import Ns, format_duration

COLOURS: Final = 8
"""Callers beyond these share colours."""
_WORDS: Final = {Mode.READ: "reads", Mode.WRITE: "changes", Mode.ADD: "adds to"}
_LETTERS: Final = {Mode.READ: "R", Mode.WRITE: "W", Mode.ADD: "A"}


def touches_in_words(step: Step) -> str:
    """Say what a step may touch, on one line."""
    if step.footprint is ANYTHING:
        return "may touch anything"
    touches = [(key, mode) for key, mode in touches_of(step.footprint) if key != EVERYTHING]
    if not touches:
        return "touches nothing"
    told = (
        f"{_WORDS[mode]} {', '.join(key for key, other in touches if other is mode)}"
        for mode in (Mode.WRITE, Mode.ADD, Mode.READ)
        if any(other is mode for _, other in touches)
    )
    return "; ".join(told)


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where everything is in the grid; lines of a grid count from 1, and the first column has the names."""

    retold: Retold
    columns: dict[int, int]
    """For each step that is shown its column."""
    threads: list[str]
    thread_of: dict[str, str]
    """The thread of each actor; calls that one caller makes at the same time have one each."""
    keys: list[str]

    @classmethod
    def of(cls, retold: Retold) -> "Lanes":
        """Lay out a run."""
        columns = {number: column for column, number in enumerate(retold.shown(), start=2)}
        return cls(retold, columns, retold.threads(), threads_of(retold.log), retold.contended())

    @property
    def end(self) -> int:
        """The grid line after the last column."""
        return len(self.columns) + 2

    def thread_row(self, thread: str) -> int:
        """The row of a caller: after the numbers, the times and a title."""
        return self.threads.index(thread) + 4

    def key_row(self, key: str) -> int:
        """The row of something contended: after the callers and a title."""
        return len(self.threads) + 5 + self.keys.index(key)

    def rows(self) -> int:
        """How many rows there are."""
        return len(self.threads) + 3 + (1 + len(self.keys) if self.keys else 0)

    def colour(self, step_key: str) -> str:
        """The class that gives the colour of whoever steps; none for those who never do."""
        thread = self.thread_of.get(step_key)
        return "" if thread is None else self.colour_of(thread)

    def colour_of(self, thread: str) -> str:
        """The class that gives the colour of a thread."""
        return f"c{self.threads.index(thread) % COLOURS}"


def timeline(lanes: Lanes) -> Markup:
    """Draw the timeline."""
    grid = element(
        "div",
        element("div", class_="cover", style=f"grid-column:1;grid-row:1/{lanes.rows() + 1}"),
        _marks(lanes),
        _heads(lanes),
        _title(3, "who steps", lanes),
        (_thread_lane(lanes, thread) for thread in lanes.threads),
        _title(len(lanes.threads) + 4, "what they contend for", lanes) if lanes.keys else "",
        (_key_lane(lanes, key) for key in lanes.keys),
        class_="grid",
        style=f"grid-template-columns:var(--names) repeat({len(lanes.columns)},minmax(5.1rem,1fr))",
    )
    left_out = lanes.retold.left_out()
    return element(
        "div",
        element("div", grid, class_="scroll", tabindex=0, role="region", aria_label="timeline"),
        element("p", "Point at a step to see what it may touch.", class_="detail", aria_live="polite"),
        element("p", left_out, class_="note") if left_out else "",
        class_="timeline",
    )


def _place(row: int, start: int, end: int | None = None) -> str:
    return f"grid-row:{row};grid-column:{start}" + (f"/{end}" if end is not None else "")


def _marks(lanes: Lanes) -> Iterator[Markup]:
    """Stand a band behind the whole column of each deciding step."""
    for number in lanes.retold.deciding():
        if number in lanes.columns:
            column = lanes.columns[number]
            yield element(
                "div", class_="mark", data_mark=number, style=f"grid-column:{column};grid-row:1/{lanes.rows() + 1}"
            )


def _heads(lanes: Lanes) -> Iterator[Markup]:
    yield element("div", "step", class_="name head", style=_place(1, 1))
    yield element("div", "virtual time", class_="name head", style=_place(2, 1))
    deciding = lanes.retold.deciding()
    before: Ns | None = None
    for number, column in lanes.columns.items():
        is_deciding = number in deciding
        flag = element("span", "▼", class_="flag", title="a deciding step") if is_deciding else ""
        how = "head deciding" if is_deciding else "head"
        yield element("div", str(number), flag, class_=how, data_step=number, style=_place(1, column))
        at_ns = lanes.retold.log[number].at_ns
        instant = "·" if at_ns == before else short_instant(at_ns)
        yield element("div", instant, class_="time", title=format_duration(at_ns), style=_place(2, column))
        before = at_ns


def _title(row: int, text: str, lanes: Lanes) -> Markup:
    return element("div", element("span", text), class_="title", style=_place(row, 1, lanes.end))


def _thread_lane(lanes: Lanes, thread: str) -> Markup:
    row = lanes.thread_row(thread)
    steps = [(number, lanes.retold.log[number]) for number in lanes.columns]
    own = [(number, step) for number, step in steps if lanes.thread_of[step.key] == thread]
    actors = list(dict.fromkeys(step.key for _, step in own))
    name = actors[0] if "~" in thread and len(actors) == 1 else thread
    parts = [
        element("div", breakable(name), class_=f"name {lanes.colour_of(thread)}", style=_place(row, 1)),
        element("div", class_="stripe", style=_place(row, 2, lanes.end)),
    ]
    for actor in actors:
        columns = [lanes.columns[number] for number, step in own if step.key == actor]
        span = _place(row, columns[0], columns[-1] + 1)
        parts.append(element("div", class_=f"span {lanes.colour(actor)}", title=f"{actor} is under way", style=span))
    parts += (_box(lanes, number, step, row, names_actor=len(actors) > 1) for number, step in own)
    return element("div", parts, class_="lane thread", data_lane=thread)


def _box(lanes: Lanes, number: int, step: Step, row: int, *, names_actor: bool) -> Markup:
    what = step.phase or "goes on"
    actor = element("small", step.key.removeprefix(caller_of(step.key)) or step.key) if names_actor else ""
    is_deciding = number in lanes.retold.deciding()
    how = f"box {lanes.colour(step.key)}{' deciding' if is_deciding else ''}{'' if step.phase else ' other'}"
    detail = f"step {number}: {step.key} {what} at {format_duration(step.at_ns)}; {touches_in_words(step)}"
    return element(
        "div", breakable(what), actor, class_=how, title=detail, tabindex=0, data_step=number,
        style=_place(row, lanes.columns[number]),
    )  # fmt: skip


def _key_lane(lanes: Lanes, key: str) -> Markup:
    row = lanes.key_row(key)
    name = "anything (*)" if key == EVERYTHING else breakable(key)
    parts = [
        element("div", name, class_="name", style=_place(row, 1), title=key),
        element("div", class_="stripe", style=_place(row, 2, lanes.end)),
    ]
    for number, column in lanes.columns.items():
        step = lanes.retold.log[number]
        mode = dict(touches_of(step.footprint)).get(key)
        if mode is not None:
            parts.append(_touch(lanes, number, key, mode, style=_place(row, column)))
    return element("div", parts, class_="lane key", data_lane=key)


def _touch(lanes: Lanes, number: int, key: str, mode: Mode, *, style: str) -> Markup:
    step = lanes.retold.log[number]
    title = f"step {number}: {step.key} {_WORDS[mode]} {key}"
    how = f"touch {mode} {lanes.colour(step.key)}"
    return element("div", _LETTERS[mode], class_=how, title=title, data_step=number, style=style)


def legend(threads: Sequence[str]) -> Markup:
    """Explain colours and letters."""
    who = [
        element("span", element("i", class_=f"swatch c{number % COLOURS}"), thread)
        for number, thread in enumerate(threads[:COLOURS])
    ]
    modes = [
        element("span", element("i", _LETTERS[mode], class_=f"touch {mode} c0"), f" {_WORDS[mode]}")
        for mode in (Mode.READ, Mode.WRITE, Mode.ADD)
    ]
    decides = element("span", element("i", "▼", class_="flag"), " a deciding step: another one could have gone on")
    return element("p", who, modes, decides, class_="legend")
