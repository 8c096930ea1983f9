"""The result of a run, for people."""

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cloudsim.cli.paper import Paper, table
from cloudsim.scenario.expectation import Expectation, in_words
from cloudsim.scenario.runner import Result
from cloudsim.values.duration import format_duration

_SHOWN_MAX = 8
"""Members of a list or table that are shown where all is well; ``--json`` has all."""


def print_result(result: Result, *, again: str, verbose: bool, no_color: bool) -> None:
    """Print the result of a run.

    Args:
        result: what came of it.
        again: the command that runs the same once more; printed where something is broken.
        verbose: also print the time it took.
        no_color: no colours.
    """
    title = Text.assemble((result.scenario, "bold"), f": {result.summary}" if result.summary else "")
    settings = "".join(f"  {name}={in_words(value)}" for name, value in result.settings.items())
    parts: list[RenderableType] = [
        Text("\n").join((title, Text(f"seed {result.seed}{settings}"))),
        _calls(result) if result.calls else "no call was answered",
    ]
    if result.expectations:
        parts.append(_expectations(result.expectations))
    parts.append(_facts(result, verbose=verbose))
    if not result.ok:
        parts.append(f"run it again: {again}")
    Paper(no_color=no_color).show(*parts)


def _calls(result: Result) -> Table:
    made = table("calls", "ending", "count", numbers=("count",))
    for action, endings in result.calls.items():
        by_weight = sorted(endings.items(), key=lambda ending: (ending[0] != "ok", -ending[1]))
        for place, (ending, count) in enumerate(by_weight):
            made.add_row("" if place else action, ending, str(count))
    return made


def _expectations(expectations: list[Expectation]) -> Table:
    made = table("", "expected", "measured", "wanted")
    for one in expectations:
        measured = in_words(one.measured, shown_max=_SHOWN_MAX if one.ok else None)
        made.add_row(_mark(is_good=one.ok), one.name, measured, one.wanted)
    return made


def _mark(*, is_good: bool) -> Text:
    return Text("ok", style="green") if is_good else Text("FAIL", style="bold red")


def _facts(result: Result, *, verbose: bool) -> Table:
    made = Table.grid(padding=(0, 2))
    if result.broken:
        made.add_row("broken", Text(result.broken, style="bold red"))
    made.add_row("audit", Text("\n".join(result.audit), style="bold red") if result.audit else Text("clean", "green"))
    made.add_row("digest", result.digest)
    made.add_row("time", f"{format_duration(result.virtual_ns)} (virtual)")
    made.add_row("events", str(result.events))
    if verbose:
        speed = f"{result.events / result.wall_s:,.0f} events/s" if result.wall_s else "too fast to tell"
        made.add_row("took", f"{result.wall_s:.2f} s, {speed}")
    return made
