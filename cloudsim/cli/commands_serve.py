"""The declaration of ``cloudsim serve``; :mod:`cloudsim.cli.main` adds it."""

from pathlib import Path
from typing import Any, Final

import click

from cloudsim.cli import options
from cloudsim.cli.options import epilog

CLIENTS: Final = ("python", "node", "go", "terraform", "cli")
"""Kinds of clients that there are snippets for."""
PORT: Final = 7788


@click.command(
    short_help="Answer the real API over HTTP.",
    epilog=epilog(
        "cloudsim serve",
        "cloudsim serve --world acme.toml --port 0 --record today.rec.jsonl",
        "cloudsim serve --print-client python",
        codes="0 it was told to stop; 1 the simulation contradicts itself at the end; 2 world, snapshot, setting, key "
        "or address are wrong; 3 a bug of ours, also one that ended a request and not the server; 130 Ctrl-C",
    ),
)
@click.option(
    "--world", type=click.Path(path_type=Path), metavar="FILE",
    help="A world (TOML, or JSON as GET /_cloudsim/world gives it).  [default: the real regions and zones, one "
    "account, nothing else]",
)  # fmt: skip
@click.option(
    "--snapshot", type=click.Path(path_type=Path), metavar="FILE",
    help="Go on from a snapshot, of GET /_cloudsim/snapshot or save_simulation, with its seed and its settings. Keys "
    "are those of --access-key alone.",
)  # fmt: skip
@click.option(
    "--host", default="127.0.0.1", metavar="ADDRESS",
    help="Where to listen. Beyond loopback everybody who reaches this machine can call, and the admin API asks for a "
    "token, which is printed.",
)  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65_535), default=PORT, help="Of TCP; 0 takes a free one.")
@click.option(
    "--time", default="on-request", metavar="HOW",
    help="on-request: no waiting; calls that come together compete, and a Describe lets time pass until the next "
    "transition of what it names. real: as on the wall. xN: N times as fast, such as x10. step: only by the admin API.",
)  # fmt: skip
@options.seed
@click.option("--strategy", default="fifo", metavar="NAME", help="Who goes first among calls that compete: fifo, "
              "random, pct, ...")  # fmt: skip
@click.option(
    "--set", "assignments", multiple=True, metavar="KEY=VALUE",
    help="latency, policy.NAME, throttling, consistency. Repeatable.",
)  # fmt: skip
@click.option(
    "--access-key", "access_keys", multiple=True, metavar="ID:SECRET", envvar="CLOUDSIM_ACCESS_KEY", show_envvar=True,
    help="A key of the first account, besides those of the world. Repeatable.",
)  # fmt: skip
@click.option("--verify-signatures", is_flag=True, help="Verify signatures, time stamps and nonces. Else any key will "
              "do, and stands for the first account if nobody knows it.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Refuse parameters that an action does not know.")
@click.option("--no-admin", is_flag=True, help="Do not answer under /_cloudsim/: no admin API, no dashboard.")
@click.option(
    "--admin-host", "admin_hosts", multiple=True, metavar="HOST[:PORT]",
    help="A name under which the admin API is asked for, besides loopback, such as that of a proxy which ends TLS; it "
    "then asks for a token, which is printed. Repeatable.",
)  # fmt: skip
@click.option(
    "--record", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write down what is asked, for `cloudsim replay FILE` and `cloudsim explore FILE`.",
)  # fmt: skip
@options.journal
@click.option(
    "--ready-file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write where it listens, as JSON, once clients can connect; readable by you alone.",
)  # fmt: skip
@click.option(
    "--print-client", type=click.Choice(CLIENTS), help="Print what points such a client here, and do not serve."
)
@options.debug
@click.pass_context
def serve(ctx: click.Context, /, **given: Any) -> None:  # noqa: ANN401  as click has it
    """Answer the ECS and VPC APIs over HTTP, for unmodified clients.

    Point a client at the address that is printed, or set HTTP_PROXY to it. Both APIs are at one port, for all regions.
    The dashboard is at /_cloudsim/.
    """
    from cloudsim.cli.serve import ServeOptions, serve_command

    if given["snapshot"] is not None:
        _require_none_beside_snapshot(ctx)
    ctx.exit(serve_command(ServeOptions(**given)))


def _require_none_beside_snapshot(ctx: click.Context) -> None:
    """Refuse what a snapshot says itself.

    Raises:
        click.UsageError: it is given, too.
    """
    for name, flag in (("world", "--world"), ("seed", "--seed"), ("strategy", "--strategy"), ("assignments", "--set")):
        if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(f"A snapshot has its own world, seed, strategy and settings; leave {flag} out.")
