"""The declarations of the what-if verbs; :mod:`cloudsim.cli.main` adds them."""

from pathlib import Path
from typing import Any

import click

from cloudsim.cli import options
from cloudsim.cli.options import epilog


@click.command(
    short_help="Print the format of experiment files.",
    epilog=epilog(
        "cloudsim schema experiment > experiment.schema.json",
        "cloudsim schema experiment --text",
        codes="0 all is well; 2 what was asked for is wrong; 3 a bug of ours; 130 Ctrl-C",
    ),
)
@click.argument("what", metavar="experiment", type=click.Choice(["experiment"]))
@click.option("--text", "as_text", is_flag=True, help="Print it for people: every key and figure with its meaning.")
@options.json
@options.debug
def schema(what: str, as_text: bool, as_json: bool) -> None:
    """Print the format of experiment files as a JSON Schema, which editors take, or as text to read."""
    from cloudsim.cli.schema import schema_command

    if as_text and as_json:
        raise click.UsageError("--text and --json ask for two things.")
    schema_command(as_text=as_text)


@click.command(
    short_help="Make all runs of an experiment.",
    epilog=epilog(
        "cloudsim sweep pool_size -j 8 --dir results",
        "cloudsim sweep pool-28.toml --dir results --resume",
        "cloudsim sweep pool-28.toml --engine dask --scheduler tcp://10.0.0.1:8786",
        codes="0 all runs are made; 1 a run failed, or with --fail-on-target a target is not met; "
        "2 the experiment or the folder is wrong; 3 a bug of ours; 130 Ctrl-C, --resume goes on",
    ),
)
@click.argument("experiment", type=click.Path(path_type=Path))
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="Processes; all cores unless given. The result is the same.",
)
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", help="Who makes the runs.")
@click.option(
    "--scheduler", metavar="ADDR",
    help="A Dask scheduler, tcp://HOST:PORT; one of our own, on loopback, unless given. Only one that you trust: it "
    "can run code here, and whoever reaches it can run code there.",
)  # fmt: skip
@click.option(
    "--dir", "folder", type=click.Path(file_okay=False, path_type=Path),
    help="The folder of results, new or empty; under cloudsim-results/ unless given.",
)  # fmt: skip
@click.option(
    "--resume", is_flag=True, help="Go on with the results in the folder; runs that failed get another chance."
)
@click.option("--fail-on-target", is_flag=True, help="Exit with 1 if a target is not met in some variant.")
@click.option(
    "--digest", type=click.Choice(["first", "all"]), default="first",
    help="Which runs have the journal's digest: run 0 of each variant, or all.",
)  # fmt: skip
@click.option(
    "--series", type=click.IntRange(0), default=20, metavar="N",
    help="Keep the course over time of the first N runs of each variant, for plots.",
)  # fmt: skip
@click.option("--no-report", is_flag=True, help="Do not write report.html; cloudsim report does later.")
@options.json
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but warnings and errors.")
@options.no_color
@options.debug
@click.pass_context
def sweep(ctx: click.Context, /, experiment: Path, **given: Any) -> None:  # noqa: ANN401  as click has it
    """Make all runs of all variants of EXPERIMENT, estimate, and leave tidy data and report.html in a folder.

    EXPERIMENT is a TOML file (cloudsim schema experiment --text says what is in it), or one that comes along by name:
    pool_size, growth_until_exhaustion, quota_request, deployment_surge, zone_failure, instance_type, warm_pool,
    prefix_fragmentation. cloudsim check EXPERIMENT says beforehand how long it will take.
    """
    from cloudsim.cli.sweep import SweepOptions, sweep_command

    if given["scheduler"] is not None and given["engine"] != "dask":
        raise click.UsageError("--scheduler is for --engine dask.")
    ctx.exit(sweep_command(experiment, SweepOptions(**given)))
