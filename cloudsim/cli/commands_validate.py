"""The declarations of ``cloudsim validate`` and ``cloudsim search``; :mod:`cloudsim.cli.main` adds them."""

from pathlib import Path
from typing import Any

import click

from cloudsim.cli import options
from cloudsim.cli.options import epilog


@click.command(
    short_help="Check the simulator against known formulas.",
    epilog=epilog(
        "cloudsim validate --quick",
        "cloudsim validate --json",
        codes="0 all agree; 1 a case is off, or not sharp enough; 3 a bug of ours; 130 Ctrl-C",
    ),
)
@click.option("--quick", "is_quick", is_flag=True, help="An eighth of the runs: half a minute, and less sharp.")
@click.option("--family", metavar="NAME", help="Only cases of that family, such as pool, quota or clients.")
@options.json
@click.option("-q", "--quiet", is_flag=True, help="Print only what is off.")
@options.no_color
@options.debug
@click.pass_context
def validate(ctx: click.Context, /, **given: Any) -> None:  # noqa: ANN401  as click has it
    """Run worlds whose figures a formula tells, and print expected and estimated figures with intervals and z.

    Pools, quotas and security groups as Erlang-B for several laws of lifetimes; ENIs of different size
    (Kaufman-Roberts), vSwitches under one quota (product form), closed populations (Engset), token buckets (M/D/1/K),
    growth until the first rejection (Gamma), named addresses that collide (birthdays). Error codes are checked too.
    """
    from cloudsim.cli.validate import ValidateOptions, validate_command

    ctx.exit(validate_command(ValidateOptions(**given)))


def _read_bounds(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """Read ``LOW:HIGH``."""
    if value is None:
        return None
    low, colon, high = value.partition(":")
    if not (colon and low.isdecimal() and high.isdecimal() and int(low) <= int(high)):
        raise click.BadParameter(f"{value!r} is no LOW:HIGH.")
    return int(low), int(high)


@click.command(
    short_help="Search for the smallest capacity that meets a target.",
    epilog=epilog(
        "cloudsim search pool_size --smallest vswitch.vsw-h.cidr",
        "cloudsim search pool-28.toml --smallest quota --range 10:200 -j 4",
        codes="0 there is one; 1 none is enough; 2 experiment or path are wrong; 3 a bug of ours; 130 Ctrl-C",
    ),
)
@click.argument("experiment", type=click.Path(path_type=Path))
@click.option(
    "--smallest", "path", required=True, metavar="PATH",
    help="The capacity, as axes have it: vswitch.vsw-a.cidr goes through the masks and keeps the network address, "
    "account.acme.eni_quota through whole numbers. vswitch, quota and group stand for the only one.",
)  # fmt: skip
@click.option("--target", "metric", metavar="METRIC", help="The target, by its metric; the only one unless given.")
@click.option(
    "--range", "bounds", callback=_read_bounds, metavar="LOW:HIGH",
    help="Of a count; from 1 to as many as are needed unless given.",
)  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(1), metavar="N", help="Processes; all cores unless given.")
@options.json
@options.no_color
@options.debug
@click.pass_context
def search(ctx: click.Context, /, experiment: Path, **given: Any) -> None:  # noqa: ANN401  as click has it
    """Find the smallest capacity of EXPERIMENT with which its target is met, all values on the same arrivals.

    A few runs of each value show where to look; from there on all runs are made, of the neighbours of the answer too,
    and it is told if more is not always better.
    """
    from cloudsim.cli.search import SearchOptions, search_command

    ctx.exit(search_command(experiment, SearchOptions(**given)))
