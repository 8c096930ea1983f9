"""The declarations of ``cloudsim explore``, ``replay`` and ``shrink``; :mod:`cloudsim.cli.main` adds them."""

from pathlib import Path
from typing import Any, Final

import click

from cloudsim.cli import options
from cloudsim.cli.options import complete_scenario, epilog, read_outputs

OUTPUTS: Final = ("html", "chrome")
"""Kinds of ``--out``."""

_CODES: Final = "2 scenario, setting or schedule are wrong; 3 a bug of ours; 4 the file has nothing to run; 130 Ctrl-C"


@click.command(
    short_help="Try many orders of a scenario, and find those that fail.",
    epilog=epilog(
        "cloudsim explore token_race",
        "cloudsim explore token_race --set policy.token=look-up-then-commit",
        "cloudsim explore my_test.py --schedules 5000 -j 4 --out html=found.html",
        codes="0 nothing was found; 1 something is wrong in at least one order, or was never seen; " + _CODES,
    ),
)
@click.argument("scenario", shell_complete=complete_scenario)
@options.seed
@options.assignments
@click.option(
    "--strategy", default="auto", metavar="NAME",
    help="auto, systematic, portfolio, surw, pos, pct, pct:DEPTH, random, fifo or run-to-block. auto goes through all "
    "orders where few callers meet, and takes the portfolio elsewhere.",
)  # fmt: skip
@click.option(
    "--mode", default="async", metavar="MODE",
    help="async: any pending step may be next, and there is no latency unless set; ties: only steps of one instant "
    "compete; a duration such as 5ms: steps within it do.",
)  # fmt: skip
@click.option(
    "--schedules", type=click.IntRange(1), metavar="N",
    help="Runs at most.  [default: 500, or 10000 if systematic]",
)  # fmt: skip
@click.option("--seconds", type=click.FloatRange(0, min_open=True), metavar="S", help="Wall time at most.")
@click.option("--events", type=click.IntRange(1), metavar="N", help="Events in all runs at most.")
@click.option(
    "--steps", type=click.IntRange(1), default=50_000, metavar="N",
    help="Steps in one run, after which it is broken off, and said not to end. Runs after the first may take ten times "
    "as many as it has events.",
)  # fmt: skip
@click.option(
    "--preemptions", "preemptions_max", type=click.IntRange(0), metavar="N",
    help="Systematic: try orders that take the turn from somebody who could go on at most N times. Proves nothing.",
)  # fmt: skip
@click.option(
    "--faults", "seeks_faults", is_flag=True,
    help="Let the control plane's fault sites fire, by the seed; auto samples then.",
)  # fmt: skip
@click.option("--audit-events", "audits_events", is_flag=True, help="Audit after every event, not only at the end.")
@click.option("--first", "stops_at_first", is_flag=True, help="End with the first failure.")
@click.option("-j", "--jobs", type=click.IntRange(1), default=1, metavar="N", help="Processes; the result is the same.")
@click.option("--no-shrink", is_flag=True, help="Do not make failures small.")
@click.option("--no-remember", is_flag=True, help="Neither try the failures in .cloudsim/failures nor add to them.")
@click.option(
    "--out", "outputs", callback=read_outputs(OUTPUTS), multiple=True, metavar="KIND=FILE",
    help="html=FILE is a page to look at, chrome=FILE a trace of each failure for Perfetto. Repeatable.",
)  # fmt: skip
@options.json
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but failures.")
@options.no_color
@options.debug
@click.pass_context
def explore(ctx: click.Context, /, scenario: str, **given: Any) -> None:  # noqa: ANN401  as click has it
    """Run SCENARIO in many orders, tally what comes of it, and make every failure small.

    SCENARIO may also be a recording of `cloudsim serve`: what overlapped is then tried in other orders.

    Where all orders that differ have been tried, it is proved; else it is bounded, and says by what.
    """
    from cloudsim.cli.explore import ExploreOptions, explore_command

    ctx.exit(explore_command(scenario, ExploreOptions(**given)))


@click.command(
    short_help="Run a schedule again, exactly or by its order.",
    epilog=epilog(
        "cloudsim replay .cloudsim/failures/token_race-1f2e3d4c.sched.json",
        "cloudsim replay token_race --schedule cs1.eNoNy...",
        codes="0 nothing is wrong in it; 1 it fails; " + _CODES,
    ),
)
@click.argument("what", metavar="FILE|SCENARIO", shell_complete=complete_scenario)
@click.option("--schedule", metavar="TOKEN", help="The schedule as explore printed it, for SCENARIO.")
@options.journal
@click.option(
    "--out", "outputs", callback=read_outputs(("chrome",)), multiple=True, metavar="KIND=FILE",
    help="chrome=FILE is a trace for Perfetto.",
)  # fmt: skip
@options.json
@options.no_color
@options.debug
@click.pass_context
def replay(ctx: click.Context, /, what: str, **given: Any) -> None:  # noqa: ANN401  as click has it
    """Run the schedule in FILE (*.sched.json), or TOKEN of SCENARIO; say how it was followed and what came of it.

    FILE may also be a recording of `cloudsim serve`: what the server was asked is done again, without a network, and it
    is told whether the digest is the same.
    """
    from cloudsim.cli.replay import ReplayOptions, replay_command

    ctx.exit(replay_command(what, ReplayOptions(**given)))


@click.command(
    short_help="Make a failing schedule small.",
    epilog=epilog(
        "cloudsim shrink found.sched.json",
        "cloudsim shrink found.sched.json -o small.sched.json --runs 1000",
        codes="0 it fails, and is as small as it gets; 1 it does not fail any more; " + _CODES,
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write it here, not over FILE.")
@click.option("--runs", type=click.IntRange(1), default=500, metavar="N", help="Runs at most.")
@options.json
@options.no_color
@options.debug
@click.pass_context
def shrink(ctx: click.Context, /, file: Path, **given: Any) -> None:  # noqa: ANN401  as click has it
    """Make the failing schedule in FILE small: few callers, few faults, few deviations from run-to-block."""
    from cloudsim.cli.replay import shrink_command

    ctx.exit(shrink_command(file, **given))
