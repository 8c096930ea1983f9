"""What the declarations of several commands share: options, the end of a help text, completion.

Only click is imported here, as in :mod:`cloudsim.cli.main`.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from cloudsim.cli.guard import DEBUG


def epilog(*examples: str, codes: str) -> str:
    """Write the end of a help text; the backspaces keep click from joining the lines."""
    lines = "\n".join(f"  {example}" for example in examples)
    exits = "\n".join(f"  {code}" for code in codes.split("; "))
    return f"\b\nExamples:\n{lines}\n\n\b\nExit codes:\n{exits}"


def _read_seed(ctx: click.Context, param: click.Parameter, value: str) -> int:
    """Read a whole number, or draw one."""
    if value == "random":
        return int.from_bytes(os.urandom(4))
    try:
        return int(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is neither a whole number nor 'random'.") from None


def complete_scenario(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Complete bundled names and files, for shells."""
    from click.shell_completion import CompletionItem

    from cloudsim.scenario.load import bundled

    names = [CompletionItem(name) for name in bundled() if name.startswith(incomplete)]
    return [*names, CompletionItem(incomplete, type="file")]


def _note_debug(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        ctx.meta[DEBUG] = True


debug = click.option(
    "--debug",
    is_flag=True,
    expose_value=False,
    callback=_note_debug,
    envvar="CLOUDSIM_DEBUG",
    show_envvar=True,
    help="Show the traceback of an error.",
)
json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
no_color = click.option("--no-color", is_flag=True, help="No colours; so do NO_COLOR and a pipe.")
seed = click.option(
    "--seed", callback=_read_seed, default="0", envvar="CLOUDSIM_SEED", show_envvar=True, metavar="N|random",
    help="The seed of all chance; random draws one and prints it.",
)  # fmt: skip
assignments = click.option(
    "--set", "assignments", multiple=True, metavar="KEY=VALUE",
    help="A setting of the scenario, or latency, strategy, policy.NAME, throttling, consistency. Repeatable.",
)  # fmt: skip
journal = click.option(
    "--journal",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every event as a line of JSON, while it runs.",
)


def read_outputs(kinds: tuple[str, ...]) -> Callable[[click.Context, click.Parameter, tuple[str, ...]], Any]:
    """Make what reads ``KIND=FILE`` texts.

    Args:
        kinds: that there are.
    """

    def read(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, Path], ...]:
        outputs = []
        for value in values:
            kind, _, file = value.partition("=")
            if kind not in kinds or not file:
                raise click.BadParameter(f"{value!r} is no KIND=FILE; the kinds are: {', '.join(kinds)}.")
            outputs.append((kind, Path(file)))
        return tuple(outputs)

    return read
