"""``cloudsim validate``: the cases, run and judged, for people and for machines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
from rich.table import Table

from cloudsim.cli.documents import echo_document
from cloudsim.cli.guard import Exit
from cloudsim.cli.paper import Paper, table
from cloudsim.cli.progress import ProgressBar
from cloudsim.errors.own import SettingError, did_you_mean
from cloudsim.whatif.extras import need
from cloudsim.whatif.validation.case import FULL, QUICK, Case, Row
from cloudsim.whatif.validation.catalogue import all_cases
from cloudsim.whatif.validation.judging import QUICK_LOOSENESS, validate

FORMAT_VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidateOptions:
    """The options of ``cloudsim validate``."""

    is_quick: bool
    family: str | None
    as_json: bool
    quiet: bool
    no_color: bool


def validate_command(options: ValidateOptions) -> Exit:
    """Run the cases, and say whether all agree.

    Raises:
        MissingExtra: scipy is not installed.
        SettingError: there is no such family.
    """
    need("scipy.special", extra="whatif")  # now, and not after the first case
    rows = _rows(_chosen(options), options)
    off = [row for row in rows if not row.is_good]
    if options.as_json:
        echo_document({
            "format_version": FORMAT_VERSION, "quick": options.is_quick, "good": not off,
            "cases": msgspec.to_builtins(rows),
        })  # fmt: skip
    elif off or not options.quiet:
        _print(off if options.quiet else rows, off, len(rows), options)
    return Exit.BROKEN if off else Exit.OK


def _chosen(options: ValidateOptions) -> list[Case]:
    cases = all_cases(QUICK if options.is_quick else FULL)
    families = dict.fromkeys(case.family for case in cases)
    if options.family is not None and options.family not in families:
        raise SettingError(f"there is no family {options.family!r}; {did_you_mean(options.family, families)}")
    return [case for case in cases if options.family in (None, case.family)]


def _rows(cases: Sequence[Case], options: ValidateOptions) -> list[Row]:
    looseness = QUICK_LOOSENESS if options.is_quick else 1.0
    if options.quiet or not ProgressBar.is_wanted():
        return [row for _, rows in validate(cases, looseness=looseness) for row in rows]
    with ProgressBar() as progress:
        return [row for _, rows in validate(cases, looseness=looseness, progress=progress) for row in rows]


def _print(shown: Sequence[Row], off: Sequence[Row], count: int, options: ValidateOptions) -> None:
    parts: list[Table | str] = [_table(shown)] if shown else []
    parts += [f"{row.family}, {row.name}: {row.problem}" for row in off]
    largest = max((abs(row.z) for row in shown if row.z is not None), default=0.0)
    if off:
        parts.append(f"{len(off)} of {count} checks are off: do not plan with this version before it is known why.")
    else:
        parts.append(f"All {count} checks agree with their formulas; the largest |z| is {largest:.2f}.")
    Paper(no_color=options.no_color).show(*parts)


def _table(rows: Sequence[Row]) -> Table:
    numbers = ("expected", "estimate", "error", "n", "z")
    made = table(
        "family", "case", "code", "expected", "estimate", "95 % interval", "error", "n", "z", "", numbers=numbers
    )
    for row in rows:
        error = "-" if not row.expected else f"{row.standard_error / row.expected:.2%}"
        made.add_row(
            row.family, row.name, row.code or "-", _figure(row.expected), _figure(row.estimate),
            f"{_figure(row.low)} .. {_figure(row.high)}", error, str(row.n),
            "-" if row.z is None else f"{row.z:+.2f}", "good" if row.is_good else "OFF",
        )  # fmt: skip
    return made


def _figure(value: float) -> str:
    return f"{value:.6f}" if abs(value) < 10 else f"{value:.1f}"
