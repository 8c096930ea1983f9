"""The declarations of ``cloudsim trace describe`` and ``trace fit``; :mod:`cloudsim.cli.main` adds the group."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from cloudsim.cli import options
from cloudsim.cli.options import epilog

_UNITS: Final = ("ns", "us", "ms", "s", "m", "h", "d")
_CODES: Final = "0 all is well; 2 the file is no such trace; 3 a bug of ours; 130 Ctrl-C"


@click.group(
    short_help="Say what a trace of arrivals is like.",
    epilog=epilog("cloudsim trace describe pods.csv", "cloudsim trace fit pods.csv", codes=_CODES),
)
@options.debug
def trace() -> None:
    """Say what a trace of arrivals is like, and which laws are nearest to it."""


def _read_filter(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Gather ``COLUMN=VALUE`` texts; a column that is named twice may have either value."""
    wanted: dict[str, tuple[str, ...]] = {}
    for text in values:
        column, equals, value = text.partition("=")
        if not column or not equals:
            raise click.BadParameter(f"{text!r} is no COLUMN=VALUE.")
        wanted[column] = (*wanted.get(column, ()), value)
    return wanted


def _of_trace(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say how a file is to be read."""
    blank_end = "A row without an end: left out, or alive to the horizon."
    for add in reversed((
        click.argument("file", type=click.Path(path_type=Path)),
        click.option("--start", metavar="COLUMN", help="When a row starts; guessed by its name unless given."),
        click.option("--end", metavar="COLUMN", help="When it ends; guessed unless given."),
        click.option("--duration", metavar="COLUMN", help="How long it lasts, instead of --end."),
        click.option("--unit", type=click.Choice(_UNITS), default="s", help="The unit of these columns."),
        click.option("--format", type=click.Choice(["csv", "jsonl", "parquet"]), help="By its name unless given."),
        click.option(
            "--blank-start", type=click.Choice(["skip", "begin"]), default="skip",
            help="A row without a start: left out, or alive at the beginning.",
        ),
        click.option("--blank-end", type=click.Choice(["skip", "end"]), default="end", help=blank_end),
        click.option("--zone", metavar="RULE", help="'row % 3', or a column: peaks are then told by zone as well."),
        click.option(
            "--filter", callback=_read_filter, multiple=True, metavar="COLUMN=VALUE",
            help="Use only rows with that value. Repeatable; one column twice means either.",
        ),
        click.option("--horizon", metavar="DURATION", help="The last instant; that of the trace unless given."),
        options.json,
        options.no_color,
        options.debug,
    )):  # fmt: skip
        command = add(command)
    return command


@trace.command(
    short_help="Print rows, span, peak, lifetimes and bursts of a trace.",
    epilog=epilog(
        "cloudsim trace describe pods.csv --start scheduled_time --end deletion_time",
        "cloudsim trace describe pods.csv --zone 'row % 3' --json",
        codes=_CODES,
    ),
)
@_of_trace
def describe(file: Path, as_json: bool, no_color: bool, **given: Any) -> None:  # noqa: ANN401  as click has it
    """Print what the trace FILE is like: rows, span, the most at once and when, lifetimes, and how starts crowd."""
    from cloudsim.cli.trace import describe_command

    describe_command(file, given, as_json=as_json, no_color=no_color)


@trace.command(
    short_help="Turn a trace into rates and lifetimes.",
    epilog=epilog("cloudsim trace fit pods.csv", "cloudsim trace fit pods.csv --filter qos=LS --json", codes=_CODES),
)
@_of_trace
def fit(file: Path, as_json: bool, no_color: bool, **given: Any) -> None:  # noqa: ANN401  as click has it
    """Print the laws that are nearest to the trace FILE, as a workload of an experiment to go on from."""
    from cloudsim.cli.trace import fit_command

    fit_command(file, given, as_json=as_json, no_color=no_color)
