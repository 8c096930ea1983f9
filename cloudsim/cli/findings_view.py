"""What an exploration found, for people."""

import shlex

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cloudsim.cli.paper import Paper, table
from cloudsim.scenario.explore import Findings, Found, by_run
from cloudsim.scenario.outcome import outcome_in_words
from cloudsim.scenario.schedule import to_token
from cloudsim.scenario.timeline_text import timeline_text

_OUTCOMES_MAX = 12
"""That are shown; ``--json`` and the page have all."""
_LINES_MAX = 60
"""Of a timeline."""


def print_findings(findings: Findings, files: dict[str, str], *, again: str, no_color: bool) -> None:
    """Print what an exploration found.

    Args:
        findings: what came of it.
        files: for each kind of failure the file of its schedule.
        again: the command that explores the same once more.
        no_color: no colours.
    """
    program = findings.program
    summary = program.scenario.summary
    title = Text.assemble((program.scenario.name, "bold"), f": {summary}" if summary else "")
    settings = "".join(f"  {name}={value}" for name, value in program.given.items())
    how = f"seed {program.seed}  mode {program.mode}  strategy {findings.strategy}{settings}"
    parts: list[RenderableType] = [Text("\n").join((title, Text(how))), _outcomes(findings)]
    parts += [_failure(same, findings, files) for same in by_run(findings.found)]
    parts.append(_facts(findings))
    if not findings.ok:
        parts.append(f"explore it again: {again}")
    Paper(no_color=no_color).show(*parts)


def _outcomes(findings: Findings) -> Table:
    made = table("orders", "share", "outcome", numbers=("orders", "share"))
    counts: dict[str, list[int]] = {}
    for one in findings.outcomes():
        counts.setdefault(outcome_in_words(one.text), []).append(one.count)
    told = sorted(counts.items(), key=lambda item: -sum(item[1]))
    total = max(findings.tally.orders, 1)
    for words, same in told[:_OUTCOMES_MAX]:
        ways = f" (in {len(same)} ways)" if len(same) > 1 else ""
        made.add_row(str(sum(same)), f"{sum(same) / total:.1%}", words + ways)
    left = [count for _, same in told[_OUTCOMES_MAX:] for count in same]
    if left:
        made.add_row(str(sum(left)), f"{sum(left) / total:.1%}", f"{len(left)} other outcomes")
    return made


def _failure(same: list[Found], findings: Findings, files: dict[str, str]) -> RenderableType:
    """Show a small run with all that is wrong with it."""
    found = same[0]
    size = f"{_many(found.callers, 'caller')}, {_many(found.deviations, 'deviation')} from run-to-block"
    before = max(one.deviations_before for one in same)
    lines = [
        *(Text.assemble(("FAIL ", "bold red"), (one.what, "bold"), f"  in {_many(one.count, 'run')}") for one in same),
        Text(f"  made small: {size} ({before} before)" if found.shrink_runs else f"  as it was found: {size}"),
        *(Text(f"  {line}") for line in _timeline(found)),
    ]
    if found.kind in files:
        lines.append(Text(f"  replay it: cloudsim replay {shlex.quote(files[found.kind])}"))
    else:
        token = to_token(found.schedule)
        lines.append(Text(f"  replay it: cloudsim replay {shlex.quote(findings.wanted)} --schedule {token}"))
    return Text("\n").join(lines)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _timeline(found: Found) -> list[str]:
    """Draw the run, its first part if it is long."""
    lines = timeline_text(found.failing.log).splitlines()
    left = len(lines) - _LINES_MAX
    return lines if left <= 0 else [*lines[:_LINES_MAX], f"  and {_many(left, 'step')} more"]


def _facts(findings: Findings) -> Table:
    tally = findings.tally
    made = Table.grid(padding=(0, 2))
    style = "green" if findings.is_proved and findings.ok else "yellow" if findings.ok else "bold red"
    made.add_row("verdict", Text(findings.verdict, style=style))
    for reason in list(tally.loose)[1:] if findings.is_covered else tally.loose:
        made.add_row("", f"also: {reason}" if findings.is_covered else f"would not be a proof: {reason}")
    for name in tally.unseen:
        made.add_row("never seen", Text(name, style="bold red"))
    made.add_row("answers", ", ".join(f"{code} x {count}" for code, count in tally.codes.most_common()) or "none")
    if tally.sites:
        made.add_row("faults", ", ".join(f"{site} x {count}" for site, count in sorted(tally.sites.items())))
    if findings.remembered:
        made.add_row("remembered", f"{_many(findings.remembered, 'failure')} of earlier explorations tried first")
    speed = f"{tally.schedules / findings.wall_s:,.0f} a second" if findings.wall_s else "too fast to tell"
    made.add_row("took", f"{findings.wall_s:.1f} s, {_many(tally.schedules, 'schedule')}, {speed}")
    if findings.was_interrupted:
        made.add_row("interrupted", Text("what was found until then", style="yellow"))
    return made
