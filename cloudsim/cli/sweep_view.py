"""What ``cloudsim sweep`` prints for people: a row a variant, the targets, and where the tables are."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from rich.console import RenderableType
from rich.table import Table

from cloudsim.cli.paper import Paper, table
from cloudsim.values.duration import SECOND, format_duration
from cloudsim.whatif.report.finding import Finding
from cloudsim.whatif.report.words import figure, limit
from cloudsim.whatif.statistics import Estimate
from cloudsim.whatif.sweeping.estimating import is_time
from cloudsim.whatif.sweeping.results import SweepResult

_SHOWN: Final = (
    "offered", "rejection_ratio", "p_any_rejection", "time_to_first_rejection", "time_to_exhaustion",
    "peak_addresses", "mean_addresses", "peak_enis", "calls",
)  # fmt: skip


def print_result(result: SweepResult, findings: Sequence[Finding], folder: Path, *, no_color: bool) -> None:
    """Print what came of a sweep: tables, where the rest is, and at last what was found, advice at the very end."""
    variants, runs = len(result.variants), result.runs
    head = f"{result.experiment}: {_count(variants, 'variant')}, {_count(runs, 'run')} each, seed {result.seed}"
    parts: list[RenderableType] = [head, _estimates(result)]
    if any(variant.targets for variant in result.variants):
        parts.append(_targets(result))
    if result.failed_count:
        parts.append(f"{_count(result.failed_count, 'run')} failed; digests.csv says why.")
    digests = "\n".join(f"result digest of variant {one.index}: {one.result_digest}" for one in result.variants[:8])
    parts += [digests, f"Results: {folder}"]
    Paper(no_color=no_color).show(*parts, *(one.text for one in last_first(findings)))


def last_first(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Put the advice, which findings begin with, at the end, where a reader of a terminal looks first."""
    yield from (one for one in findings if not one.is_advice)
    yield from (one for one in findings if one.is_advice)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _estimates(result: SweepResult) -> Table:
    """Make a table of the chief figures, those that targets are about among them."""
    asked = [target.metric for target in result.variants[0].targets if target.metric not in _SHOWN]
    known = {name for variant in result.variants for name in variant.metrics}
    shown = [name for name in (*_SHOWN, *dict.fromkeys(asked)) if name in known]
    axes = list(result.variants[0].axes)
    made = table(*axes, "figure", "estimate", "95 % interval", "n", "method", numbers=("estimate", "n"))
    for variant in result.variants:
        values = [str(value) for value in variant.axes.values()]
        for name in shown:
            one = variant.metrics.get(name)
            if one is not None:
                made.add_row(*values, name, *_told(name, one, result.start_date))
                values = [""] * len(axes)
    return made


def _told(name: str, one: Estimate, start_date: str | None) -> tuple[str, str, str, str]:
    def said(value: float | None) -> str:
        return "-" if value is None else written(name, value, start_date)

    estimate = said(one.estimate)
    if one.estimate is None and one.censored:
        estimate = f"not in {one.censored} of {one.n}"
    interval = "-" if one.low is None and one.high is None else f"{said(one.low)} .. {said(one.high)}"
    return estimate, interval, str(one.n), one.method


def written(name: str, value: float, start_date: str | None) -> str:
    """Write a value: a time as a duration, or as a date where the experiment has one."""
    if not is_time(name):
        return f"{value:.5g}"
    if start_date is not None:
        return (date.fromisoformat(start_date) + timedelta(seconds=value)).isoformat()
    return format_duration(round(value) * SECOND)


def _targets(result: SweepResult) -> Table:
    made = table("variant", "target", "95 % bound", "met", "", numbers=("variant", "95 % bound"))
    for variant in result.variants:
        for target in variant.targets:
            bound = "-" if target.bound is None else figure(target.metric, target.bound)
            asked = limit(target.metric, at_most=target.at_most, at_least=target.at_least)
            made.add_row(str(variant.index), asked, bound, "yes" if target.met else "no", "; ".join(target.warnings))
    return made
