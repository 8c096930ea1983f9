"""The command line: every command with its options, help and examples.

Only click is imported here; what a command needs is imported in its body. So ``cloudsim --help`` starts in a fifth of
the time that the simulator takes to import, and click, which knows all commands, can suggest the one that was meant.
"""

from typing import Any, Final

import click

from cloudsim.cli import options
from cloudsim.cli.commands_bench import bench
from cloudsim.cli.commands_compare import check_determinism, diff
from cloudsim.cli.commands_explore import explore, replay, shrink
from cloudsim.cli.commands_report import compare, report
from cloudsim.cli.commands_serve import serve
from cloudsim.cli.commands_trace import trace
from cloudsim.cli.commands_validate import search, validate
from cloudsim.cli.commands_whatif import schema, sweep
from cloudsim.cli.guard import DEBUG, Exit, GuardedGroup
from cloudsim.cli.options import complete_scenario, epilog, read_outputs

_SETTINGS: Final[dict[str, Any]] = {"help_option_names": ["-h", "--help"], "show_default": True}

_ASKED: Final = "0 all is well; 2 what was asked for is wrong; 3 a bug of ours; 4 nothing was found; 130 Ctrl-C"


def _complete_action(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Complete names of actions, for shells."""
    from cloudsim.api.requests import ACTIONS

    return [action for action in ACTIONS if action.startswith(incomplete)]


@click.group(
    cls=GuardedGroup,
    context_settings=_SETTINGS,
    invoke_without_command=True,
    no_args_is_help=True,
    epilog=epilog(
        "cloudsim list",
        "cloudsim run quota_exhaustion --seed 7",
        "cloudsim run my_test.py --set callers=50 --json",
        codes="0 all is well; 1 an expectation or the audit is broken; 2 what was asked for is wrong; 3 a bug of ours; "
        "4 nothing was found; 130 Ctrl-C",
    ),
)
@click.option("--version", "wants_version", is_flag=True, help="Print the version, and that of Python and trio.")
@click.option("-v", "--verbose", is_flag=True, help="With --version: also the dependencies, and clashes.")
@options.debug
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
    epilog=epilog(
        "cloudsim run quota_exhaustion --seed 7",
        "cloudsim run my_test.py --set callers=50 --set policy.quota=hold",
        "cloudsim run token_race --journal events.jsonl --out chrome=trace.json",
        codes="0 every expectation is met and the audit is clean; 1 one is not, or the run broke off; "
        "2 scenario, setting or world are wrong; 3 a bug of ours; 4 the file has nothing to run; 130 Ctrl-C",
    ),
)
@click.argument("scenario", shell_complete=complete_scenario)
@options.seed
@options.assignments
@options.json
@options.journal
@click.option(
    "--out", "outputs", callback=read_outputs(("chrome",)), multiple=True, metavar="KIND=FILE",
    help="Write something else besides: chrome=FILE is a trace for Perfetto. Repeatable.",
)  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Also print the time it took, and the speed.")
@options.no_color
@options.debug
@click.pass_context
def run(ctx: click.Context, /, scenario: str, **given: Any) -> None:  # noqa: ANN401  as click has it
    """Run SCENARIO, a file that ends in .py or the name of a bundled scenario, and print what came of it."""
    from cloudsim.cli.run import RunOptions, run_command

    ctx.exit(run_command(scenario, RunOptions(debug=bool(ctx.meta.get(DEBUG)), **given)))


@program.command(
    short_help="Check a scenario, a world or an experiment.",
    epilog=epilog(
        "cloudsim check world.toml",
        "cloudsim check experiment.toml",
        "cloudsim check my_test.py --set quota=50",
        codes="0 it is sound; 2 it is not, and every problem is printed; 3 a bug of ours; "
        "4 the file has nothing to run; 130 Ctrl-C",
    ),
)
@click.argument("file", shell_complete=complete_scenario)
@click.option("--set", "assignments", multiple=True, metavar="KEY=VALUE", help="A setting of the scenario. Repeatable.")
@options.no_color
@options.debug
def check(file: str, assignments: tuple[str, ...], no_color: bool) -> None:
    """Check FILE without running it, and print what it has: a scenario (.py or bundled), a world or an experiment.

    Worlds and experiments are TOML files. Of an experiment all variants are checked, and it is told how many calls a
    sweep makes and how long it will take.
    """
    from cloudsim.cli.check import check_command

    check_command(file, assignments, no_color=no_color)


@program.command(
    "list",
    short_help="List the bundled scenarios.",
    epilog=epilog("cloudsim list", "cloudsim list --json", codes=_ASKED),
)
@options.json
@options.debug
def list_scenarios(as_json: bool) -> None:
    """List the bundled scenarios: what each is about, its settings, and what it shows."""
    from cloudsim.cli.listings import list_command

    list_command(as_json=as_json)


@program.command(
    short_help="Print instance types.",
    epilog=epilog(
        "cloudsim catalogue ecs.g7.xlarge", "cloudsim catalogue 'ecs.g7.*'", "cloudsim catalogue --json", codes=_ASKED
    ),
)
@click.argument("instance_type", metavar="[TYPE]", required=False)
@options.json
@options.no_color
@options.debug
def catalogue(instance_type: str | None, as_json: bool, no_color: bool) -> None:
    """Print the instance types: all, those of a pattern, or one in full with its source."""
    from cloudsim.cli.listings import catalogue_command

    catalogue_command(instance_type, as_json=as_json, no_color=no_color)


@program.command(
    short_help="Print the error codes and what shows each.",
    epilog=epilog("cloudsim codes", "cloudsim codes --json", codes=_ASKED),
)
@options.json
@options.no_color
@options.debug
def codes(as_json: bool, no_color: bool) -> None:
    """Print the error codes: what provokes each, in which phase of a create, and which scenario shows it."""
    from cloudsim.cli.listings import codes_command

    codes_command(as_json=as_json, no_color=no_color)


@program.command(
    short_help="Print the actions and what of each is simulated.",
    epilog=epilog(
        "cloudsim actions", "cloudsim actions AttachNetworkInterface", "cloudsim actions 'Describe*' --json",
        codes=_ASKED,
    ),
)  # fmt: skip
@click.argument("action", required=False, shell_complete=_complete_action)
@options.json
@options.no_color
@options.debug
def actions(action: str | None, as_json: bool, no_color: bool) -> None:
    """Print the actions: parameters that work, idle ones (taken, they change nothing), codes; of ACTION all by name."""
    from cloudsim.cli.actions import actions_command

    actions_command(action, as_json=as_json, no_color=no_color)


@program.command(short_help="Print the completion script of a shell.",
    epilog=epilog(
        'eval "$(cloudsim completion bash)"', "cloudsim completion fish > ~/.config/fish/completions/cloudsim.fish",
        codes=_ASKED,
    )
)  # fmt: skip
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@options.debug
def completion(shell: str) -> None:
    """Print what makes SHELL complete commands, options and scenarios."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None, "click knows the three shells"
    click.echo(kind(program, {}, "cloudsim", "_CLOUDSIM_COMPLETE").source())


program.add_command(explore)
program.add_command(replay)
program.add_command(shrink)
program.add_command(diff)
program.add_command(check_determinism)
program.add_command(trace)
program.add_command(schema)
program.add_command(sweep)
program.add_command(report)
program.add_command(compare)
program.add_command(search)
program.add_command(validate)
program.add_command(bench)
program.add_command(serve)


def main() -> None:
    """Run the program."""
    program()
