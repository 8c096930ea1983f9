"""The declarations of ``cloudsim report`` and ``cloudsim compare``; :mod:`cloudsim.cli.main` adds them."""

from pathlib import Path
from typing import Any

import click

from cloudsim.cli import options
from cloudsim.cli.options import epilog


@click.command(
    short_help="Write the page that tells what a sweep found.",
    epilog=epilog(
        "cloudsim report results",
        "cloudsim report results --no-plots --out html=summary.html",
        codes="0 the page is written; 2 the folder has no results; 3 a bug of ours; 130 Ctrl-C",
    ),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--out", "outputs", callback=options.read_outputs(("html",)), multiple=True, metavar="html=FILE",
    help="Where the page goes; DIR/report.html unless given.",
)  # fmt: skip
@click.option("--no-plots", is_flag=True, help="Tables alone: a small page that needs no plotly.")
@options.json
@options.debug
def report(folder: Path, outputs: tuple[tuple[str, Path], ...], no_plots: bool, as_json: bool) -> None:
    """Write one offline page about the results in DIR, the folder of a sweep, and print what was found."""
    from cloudsim.cli.report import report_command

    if len(outputs) > 1:
        raise click.UsageError("There is one page, so --out can be given once.")
    path = outputs[0][1] if outputs else None
    report_command(folder, path=path, with_plots=not no_plots, as_json=as_json)


@click.command(
    short_help="Say what changed between two sweeps, and what came of it.",
    epilog=epilog(
        "cloudsim compare before after",
        "cloudsim compare results#0 results#1",
        "cloudsim compare main branch --fail-on 'rejection_ratio > 0.01'",
        codes="0 it is told; 1 a condition of --fail-on holds; 2 the folders have no results that can be compared; "
        "3 a bug of ours; 130 Ctrl-C",
    ),
)
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option(
    "--fail-on", "conditions", multiple=True, metavar="'METRIC OP NUMBER'",
    help="Exit 1 if it holds of B; change.METRIC is B less A. OP: > >= < <= == !=. Repeatable.",
)  # fmt: skip
@click.option("--metric", "figures", multiple=True, metavar="NAME", help="Compare this figure only. Repeatable.")
@click.option("--all", "every", is_flag=True, help="Compare all figures, not only the main ones and the targets.")
@options.json
@options.no_color
@options.debug
@click.pass_context
def compare(ctx: click.Context, /, a: str, b: str, **given: Any) -> None:  # noqa: ANN401  as click has it
    """Compare the results A and B: changed inputs, and outcomes over the same runs.

    Each is the folder of a sweep, or FOLDER#N for its variant N.
    """
    from cloudsim.cli.compare import CompareOptions, compare_command

    if given["every"] and given["figures"]:
        raise click.UsageError("--all and --metric ask for two things.")
    ctx.exit(compare_command(a, b, CompareOptions(**given)))
