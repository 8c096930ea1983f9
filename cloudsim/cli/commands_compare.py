"""The declarations of ``cloudsim diff`` and ``cloudsim check-determinism``; :mod:`cloudsim.cli.main` adds them."""

from pathlib import Path
from typing import Any

import click

from cloudsim.cli import options
from cloudsim.cli.options import complete_scenario, epilog

_context = click.option(
    "--context", type=click.IntRange(0), default=3, metavar="N", help="Equal events to show before the difference."
)


@click.command(
    short_help="Find the first event that two journals do not share.",
    epilog=epilog(
        "cloudsim diff before.jsonl after.jsonl",
        "cloudsim diff before.jsonl after.jsonl --json",
        codes="0 the journals are equal; 1 they differ; 2 a file is no journal; 3 a bug of ours; 130 Ctrl-C",
    ),
)
@click.argument("left", metavar="A", type=click.Path(path_type=Path))
@click.argument("right", metavar="B", type=click.Path(path_type=Path))
@_context
@options.json
@options.no_color
@options.debug
@click.pass_context
def diff(ctx: click.Context, left: Path, right: Path, context: int, as_json: bool, no_color: bool) -> None:
    """Compare the journals A and B, as run --journal writes them, and print the first event that differs."""
    from cloudsim.cli.diff import diff_command

    ctx.exit(diff_command(left, right, context=context, as_json=as_json, no_color=no_color))


@click.command(
    "check-determinism",
    short_help="Run a scenario several times, and find where the runs part.",
    epilog=epilog(
        "cloudsim check-determinism my_test.py",
        "cloudsim check-determinism my_test.py --seed 7 --set callers=50 --procs 8",
        codes="0 all runs are the same; 1 one differs; 2 scenario, setting or world are wrong; 3 a bug of ours; "
        "4 the file has nothing to run; 130 Ctrl-C",
    ),
)
@click.argument("scenario", shell_complete=complete_scenario)
@options.seed
@options.assignments
@click.option(
    "--procs", type=click.IntRange(0), default=2, metavar="N", help="Fresh processes, each with its own PYTHONHASHSEED."
)
@_context
@options.json
@options.no_color
@options.debug
@click.pass_context
def check_determinism(ctx: click.Context, /, scenario: str, **given: Any) -> None:  # noqa: ANN401  as click has it
    """Run SCENARIO twice in this process and once in each of N fresh ones, and compare journals and results."""
    from cloudsim.cli.determinism import DeterminismOptions, determinism_command

    ctx.exit(determinism_command(scenario, DeterminismOptions(**given)))
