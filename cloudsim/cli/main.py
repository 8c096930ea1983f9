"""The command line: every command with its options, help and examples.

Only click is imported here; what a command needs is imported in its body. So ``cloudsim --help`` starts in a fifth of
the time that the simulator takes to import, and click, which knows all commands, can suggest the one that was meant.
"""

import os
from pathlib import Path
from typing import Any, Final

import click

from cloudsim.cli.guard import DEBUG, Exit, GuardedGroup

_SETTINGS: Final[dict[str, Any]] = {"help_option_names": ["-h", "--help"], "show_default": True}


def _epilog(*examples: str, codes: str) -> str:
    """Write the end of a help text; the backspaces keep click from joining the lines."""
    lines = "\n".join(f"  {example}" for example in examples)
    exits = "\n".join(f"  {code}" for code in codes.split("; "))
    return f"\b\nExamples:\n{lines}\n\n\b\nExit codes:\n{exits}"


_OUTPUTS: Final = ("chrome",)
"""Kinds of ``--out``."""

_ASKED: Final = "0 all is well; 2 what was asked for is wrong; 3 a bug of ours; 4 nothing was found; 130 Ctrl-C"


def _read_seed(ctx: click.Context, param: click.Parameter, value: str) -> int:
    """Read a whole number, or draw one."""
    if value == "random":
        return int.from_bytes(os.urandom(4))
    try:
        return int(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is neither a whole number nor 'random'.") from None


def _read_outputs(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, Path], ...]:
    """Read ``KIND=FILE`` texts."""
    outputs = []
    for value in values:
        kind, _, file = value.partition("=")
        if kind not in _OUTPUTS or not file:
            raise click.BadParameter(f"{value!r} is no KIND=FILE; the kinds are: {', '.join(_OUTPUTS)}.")
        outputs.append((kind, Path(file)))
    return tuple(outputs)


def _complete_scenario(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Complete bundled names and files, for shells."""
    from click.shell_completion import CompletionItem

    from cloudsim.scenario.load import bundled

    names = [CompletionItem(name) for name in bundled() if name.startswith(incomplete)]
    return [*names, CompletionItem(incomplete, type="file")]


def _complete_action(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Complete names of actions, for shells."""
    from cloudsim.api.requests import ACTIONS

    return [action for action in ACTIONS if action.startswith(incomplete)]


def _note_debug(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        ctx.meta[DEBUG] = True


_debug = click.option(
    "--debug",
    is_flag=True,
    expose_value=False,
    callback=_note_debug,
    envvar="CLOUDSIM_DEBUG",
    show_envvar=True,
    help="Show the traceback of an error.",
)
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
_no_color = click.option("--no-color", is_flag=True, help="No colours; so do NO_COLOR and a pipe.")


@click.group(
    cls=GuardedGroup,
    context_settings=_SETTINGS,
    invoke_without_command=True,
    no_args_is_help=True,
    epilog=_epilog(
        "cloudsim list",
        "cloudsim run quota_exhaustion --seed 7",
        "cloudsim run my_test.py --set callers=50 --json",
        codes="0 all is well; 1 an expectation or the audit is broken; 2 what was asked for is wrong; 3 a bug of ours; "
        "4 nothing was found; 130 Ctrl-C",
    ),
)
@click.option("--version", "wants_version", is_flag=True, help="Print the version, and that of Python and trio.")
@click.option("-v", "--verbose", is_flag=True, help="With --version: also the dependencies, and clashes.")
@_debug
@click.pass_context
def program(ctx: click.Context, wants_version: bool, verbose: bool) -> None:
    """Simulate a cloud's network-interface control plane: quotas that bind, pools that run dry, time and races."""
    if wants_version:
        from cloudsim.cli.about import describe_version

        click.echo(describe_version(is_long=verbose))
        ctx.exit(Exit.OK)
    if ctx.invoked_subcommand is None:
        ctx.fail("Missing command.")


@program.command(
    short_help="Run a scenario and print what came of it.",
    epilog=_epilog(
        "cloudsim run quota_exhaustion --seed 7",
        "cloudsim run my_test.py --set callers=50 --set policy.quota=hold",
        "cloudsim run token_race --journal events.jsonl --out chrome=trace.json",
        codes="0 every expectation is met and the audit is clean; 1 one is not, or the run broke off; "
        "2 scenario, setting or world are wrong; 3 a bug of ours; 4 the file has nothing to run; 130 Ctrl-C",
    ),
)
@click.argument("scenario", shell_complete=_complete_scenario)
@click.option(
    "--seed", callback=_read_seed, default="0", envvar="CLOUDSIM_SEED", show_envvar=True, metavar="N|random",
    help="The seed of all chance; random draws one and prints it.",
)  # fmt: skip
@click.option(
    "--set", "assignments", multiple=True, metavar="KEY=VALUE",
    help="A setting of the scenario, or latency, strategy, policy.NAME, throttling, consistency. Repeatable.",
)  # fmt: skip
@_json
@click.option(
    "--journal",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every event as a line of JSON, while it runs.",
)
@click.option(
    "--out", "outputs", callback=_read_outputs, multiple=True, metavar="KIND=FILE",
    help="Write something else besides: chrome=FILE is a trace for Perfetto. Repeatable.",
)  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Also print the time it took, and the speed.")
@_no_color
@_debug
@click.pass_context
def run(ctx: click.Context, /, scenario: str, **options: Any) -> None:  # noqa: ANN401  as click has it
    """Run SCENARIO, a file that ends in .py or the name of a bundled scenario, and print what came of it."""
    from cloudsim.cli.run import RunOptions, run_command

    ctx.exit(run_command(scenario, RunOptions(debug=bool(ctx.meta.get(DEBUG)), **options)))


@program.command(
    short_help="Check a scenario or a world without running it.",
    epilog=_epilog(
        "cloudsim check world.toml",
        "cloudsim check my_test.py --set quota=50",
        codes="0 it is sound; 2 it is not, and every problem is printed; 3 a bug of ours; "
        "4 the file has nothing to run; 130 Ctrl-C",
    ),
)
@click.argument("file", shell_complete=_complete_scenario)
@click.option("--set", "assignments", multiple=True, metavar="KEY=VALUE", help="A setting of the scenario. Repeatable.")
@_no_color
@_debug
def check(file: str, assignments: tuple[str, ...], no_color: bool) -> None:
    """Check FILE, a scenario (.py or bundled) or a world (.toml), without running it, and print what it has."""
    from cloudsim.cli.check import check_command

    check_command(file, assignments, no_color=no_color)


@program.command(
    "list",
    short_help="List the bundled scenarios.",
    epilog=_epilog("cloudsim list", "cloudsim list --json", codes=_ASKED),
)
@_json
@_debug
def list_scenarios(as_json: bool) -> None:
    """List the bundled scenarios: what each is about, its settings, and what it shows."""
    from cloudsim.cli.listings import list_command

    list_command(as_json=as_json)


@program.command(
    short_help="Print instance types.",
    epilog=_epilog(
        "cloudsim catalogue ecs.g7.xlarge", "cloudsim catalogue 'ecs.g7.*'", "cloudsim catalogue --json", codes=_ASKED
    ),
)
@click.argument("instance_type", metavar="[TYPE]", required=False)
@_json
@_no_color
@_debug
def catalogue(instance_type: str | None, as_json: bool, no_color: bool) -> None:
    """Print the instance types: all, those of a pattern, or one in full with its source."""
    from cloudsim.cli.listings import catalogue_command

    catalogue_command(instance_type, as_json=as_json, no_color=no_color)


@program.command(
    short_help="Print the error codes and what shows each.",
    epilog=_epilog("cloudsim codes", "cloudsim codes --json", codes=_ASKED),
)
@_json
@_no_color
@_debug
def codes(as_json: bool, no_color: bool) -> None:
    """Print the error codes: what provokes each, in which phase of a create, and which scenario shows it."""
    from cloudsim.cli.listings import codes_command

    codes_command(as_json=as_json, no_color=no_color)


@program.command(
    short_help="Print the actions and what of each is simulated.",
    epilog=_epilog(
        "cloudsim actions", "cloudsim actions AttachNetworkInterface", "cloudsim actions 'Describe*' --json",
        codes=_ASKED,
    ),
)  # fmt: skip
@click.argument("action", required=False, shell_complete=_complete_action)
@_json
@_no_color
@_debug
def actions(action: str | None, as_json: bool, no_color: bool) -> None:
    """Print the actions: parameters that work, idle ones (taken, they change nothing), codes; of ACTION all by name."""
    from cloudsim.cli.actions import actions_command

    actions_command(action, as_json=as_json, no_color=no_color)


@program.command(short_help="Print the completion script of a shell.",
    epilog=_epilog(
        'eval "$(cloudsim completion bash)"', "cloudsim completion fish > ~/.config/fish/completions/cloudsim.fish",
        codes=_ASKED,
    )
)  # fmt: skip
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@_debug
def completion(shell: str) -> None:
    """Print what makes SHELL complete commands, options and scenarios."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None, "click knows the three shells"
    click.echo(kind(program, {}, "cloudsim", "_CLOUDSIM_COMPLETE").source())


def main() -> None:
    """Run the program."""
    program()
