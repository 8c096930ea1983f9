"""What came of running a scenario several times, for people."""

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cloudsim.cli.comparison_view import comparison_parts
from cloudsim.cli.paper import Paper, table
from cloudsim.scenario.expectation import in_words
from cloudsim.scenario.repeating import Repeat, Repetition
from cloudsim.values.duration import format_duration


def print_repetition(repetition: Repetition, *, no_color: bool) -> None:
    """Print how the runs compare; where they differ, the one that parts first in full.

    Args:
        repetition: what came of it.
        no_color: no colours.
    """
    first = repetition.first
    settings = "".join(f"  {name}={in_words(value)}" for name, value in first["settings"].items())
    runs = 1 + len(repetition.repeats)
    verdict = f"all {runs} runs are the same" if repetition.is_deterministic else "the runs differ"
    parts: list[RenderableType] = [
        Text("\n").join((
            Text.assemble((first["scenario"], "bold"), f": {verdict}"),
            Text(f"seed {repetition.order.seed}{settings}"),
        )),
        _runs(repetition),
    ]  # fmt: skip
    if not first["ok"]:
        parts.append("an expectation or the audit is broken, or the run broke off: see `cloudsim run`")
    if repetition.parting is not None:
        parts += _parting(repetition.parting)
        parts.append(_hints(repetition))
    Paper(no_color=no_color).show(*parts)


def _runs(repetition: Repetition) -> Table:
    made = table("", "run", "events", "digest", "parts from run 1", numbers=("events",))
    first = repetition.first
    made.add_row("", "run 1", str(first["events"]), first["digest"][:16], "")
    for repeat in repetition.repeats:
        mark = Text("ok", style="green") if repeat.is_same else Text("DIFFERS", style="bold red")
        named = repeat.name if repeat.hash_seed is None else f"{repeat.name}, PYTHONHASHSEED={repeat.hash_seed}"
        found = repeat.document
        cells = (str(found["events"]), found["digest"][:16]) if found is not None else ("-", "-")
        made.add_row(mark, named, *cells, _where(repeat))
    return made


def _where(repeat: Repeat) -> str:
    if repeat.failed:
        return "it failed"
    if repeat.comparison is not None and repeat.comparison.difference is not None:
        difference = repeat.comparison.difference
        return f"event {difference.ordinal}, at {format_duration(difference.virtual_ns)}"
    return "in its result alone" if repeat.results else "-"


def _parting(repeat: Repeat) -> list[RenderableType]:
    parts: list[RenderableType] = []
    if repeat.failed:
        parts.append(f"{repeat.name} failed, and run 1 did not: {repeat.failed}")
    if repeat.comparison is not None:
        parts += comparison_parts(repeat.comparison)
    if repeat.results:
        made = table("in the result", "run 1", repeat.name)
        for path, (first, here) in repeat.results.items():
            made.add_row(path, in_words(first), in_words(here))
        parts.append(made)
    return parts


def _hints(repetition: Repetition) -> str:
    lines = ["likely causes, by which of the runs differ:"]
    lines += [f"  {cause.text}" for cause in repetition.causes]
    suspects = repetition.suspects()
    if suspects:
        lines += ["lines to look at:", *(f"  {one.file}, line {one.line}: {one.what}" for one in suspects)]
    return "\n".join(lines)
