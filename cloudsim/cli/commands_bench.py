"""The declarations of ``cloudsim bench``; :mod:`cloudsim.cli.main` adds the group."""

from pathlib import Path
from typing import Any, Final

import click

from cloudsim.cli import options
from cloudsim.cli.options import epilog

_CODES: Final = (
    "0 it is measured; 1 with --fail-on-goal a goal is missed; 2 what was asked for is wrong, or an allocator "
    "breaks the contract; 3 a bug of ours; 130 Ctrl-C"
)
_ENGINE_CODES: Final = (
    "0 it is measured; 1 with --fail-on-goal a goal is missed; 2 what was asked for is wrong; 3 a bug of ours; "
    "130 Ctrl-C"
)
_OCCUPANCIES: Final = ("50", "90", "99", "99.9", "last")
_PARTS: Final = (
    "engine", "create", "family", "explore", "planner", "loss", "sweeps", "branches", "world", "gateway", "server",
)  # fmt: skip
_WORKLOADS: Final = ("steady", "fifo", "burst", "named", "prefixes", "cool-down")


@click.group(
    short_help="Measure, side by side with others.",
    epilog=epilog("cloudsim bench pools --quick", "cloudsim bench engine --quick", codes=_CODES),
)
@options.debug
def bench() -> None:
    """Measure side by side with others: interleaved rounds of one process, in CPU time, ratios first."""


@bench.command(
    short_help="Compare allocators of addresses.",
    epilog=epilog(
        "cloudsim bench pools --quick --html pools.html",
        "cloudsim bench pools --model uniform --model kea-random --size /16",
        "cloudsim bench pools --allocator my_module:Bitmap --size /24",
        codes=_CODES,
    ),
)
@click.option(
    "--model", "models", multiple=True, metavar="NAME",
    help="An allocator, or a policy for all that hand out so; ours, others. All unless given. Repeatable.",
)  # fmt: skip
@click.option(
    "--allocator", "allocators", multiple=True, metavar="MODULE:CLASS",
    help="Your own, in the current folder or installed; it must keep the contract. Repeatable.",
)  # fmt: skip
@click.option("--size", "sizes", multiple=True, metavar="/N", help="/16 to /29, or /64. Repeatable.")
@click.option(
    "--occupancy", "occupancies", multiple=True, type=click.Choice(_OCCUPANCIES), help="Per cent held. Repeatable."
)
@click.option("--workload", "workloads", multiple=True, type=click.Choice(_WORKLOADS), help="Repeatable.")
@click.option(
    "--pools", multiple=True, type=click.IntRange(1, 100_000), metavar="N",
    help="So many allocators in turn: cold in the cache if many. Repeatable.",
)  # fmt: skip
@click.option("--quick", "is_quick", is_flag=True, help="Within a minute: fewer cells, fewer rounds, more noise.")
@click.option("--goals", "only_goals", is_flag=True, help="Measure the goals alone.")
@click.option("--fail-on-goal", is_flag=True, help="Exit with 1 if a goal is missed.")
@click.option("--list", "only_lists", is_flag=True, help="List the allocators, measure nothing.")
@click.option("--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), help="Write the table here.")
@click.option("--html", "html_file", type=click.Path(dir_okay=False, path_type=Path), help="Write a page with plots.")
@options.json
@options.no_color
@options.debug
@click.pass_context
def pools(ctx: click.Context, /, **given: Any) -> None:  # noqa: ANN401  as click has it
    """Compare allocators of addresses: our policies, and models of netaddr, Kea, Kubernetes, Neutron and others.

    For each size, fill and workload: ns for a pair of release and allocation with that of a no-op beside it, probes
    and draws of an allocation, bytes, whole /28 blocks left, how late addresses are used again. What is slow beyond
    measure is foretold, skipped and listed.
    """
    from cloudsim.cli.bench import PoolsOptions, pools_command

    ctx.exit(pools_command(PoolsOptions(**given)))


@bench.command(
    short_help="Compare the engine with its peers.",
    epilog=epilog(
        "cloudsim bench engine --quick",
        "cloudsim bench engine --part create --part planner --json > before.json",
        "cloudsim bench engine --part create --part planner --compare before.json",
        codes=_ENGINE_CODES,
    ),
)
@click.option(
    "--part", "parts", multiple=True, type=click.Choice(_PARTS), metavar="PART",
    help="One of those above; all unless given. Repeatable.",
)  # fmt: skip
@click.option("--quick", "is_quick", is_flag=True, help="About a minute: small sizes, fewer rounds, more noise.")
@click.option(
    "--large", "is_large", is_flag=True, help="A million ENIs in family, create, branches and world: gigabytes."
)
@click.option(
    "--compare", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="OLD.json",
    help="Hold it against what --json printed before; no word on what is inside the noise.",
)  # fmt: skip
@click.option("--fail-on-goal", is_flag=True, help="Exit with 1 if a goal is missed.")
@options.json
@options.no_color
@options.debug
@click.pass_context
def engine(ctx: click.Context, /, **given: Any) -> None:  # noqa: ANN401  as click has it
    """Compare the engine with its peers: SimPy, salabim, Ciw, trio's MockClock, moto, detangle and simloom.

    \b
    engine    an event of the kernel's lanes, and of trio under the gate
    create    a create through all its phases, and bytes for each ENI
    family    pages and lives of ENIs among many and among few
    explore   a schedule of the explorer
    planner   what-if calls per CPU second, without and with the digest
    loss      the kernel and Ciw on one queue
    sweeps    what a sweep costs beside its runs
    branches  a branch of a frozen simulation, and reads and writes in it
    world     a huge world built, saved and loaded
    gateway   a request of HTTP at the door, without sockets
    server    a create over HTTP, sockets and all

    Numbers are ratios in interleaved rounds of one process, medians, with the quartiles of the rounds as their spread.
    A peer that is not installed is listed and left out.
    """  # noqa: D301  click wants the backspace itself
    if given["is_quick"] and given["is_large"]:
        raise click.UsageError("--quick and --large exclude each other.")
    from cloudsim.cli.bench_engine import EngineOptions, engine_command

    ctx.exit(engine_command(EngineOptions(**given)))
