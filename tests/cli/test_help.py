"""Help: every command says what it does, with defaults, examples and exit codes; and starting is light."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cloudsim.cli.guard import Exit
from cloudsim.cli.main import main, program
from tests.cli.conftest import Run

COMMANDS = sorted(program.commands)
INNER = [
    f"{name} {inner}"
    for name, group in program.commands.items()
    if isinstance(group, click.Group)
    for inner in group.commands
]
"""Commands of a group of commands."""


def test_the_commands_are_these() -> None:
    assert COMMANDS == [
        "actions", "bench", "catalogue", "check", "check-determinism", "codes", "compare", "completion", "diff",
        "explore",
        "list", "replay", "report", "run", "schema", "search", "serve", "shrink", "sweep", "trace", "validate",
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["-h", "--help"])
@pytest.mark.parametrize("command", ["", *COMMANDS, *INNER])
def test_every_help_can_be_read(run: Run, command: str, word: str) -> None:
    result = run(*command.split(), word)
    assert result.exit_code == 0
    assert result.stderr == ""
    text = result.stdout
    assert text.startswith(f"Usage: cloudsim {command}".rstrip())
    examples = text.partition("Examples:\n")[2].partition("\n\n")[0].splitlines()
    assert 2 <= len(examples) <= 3
    assert all(line.strip().startswith(("cloudsim ", 'eval "$(cloudsim ')) for line in examples)
    codes = text.partition("Exit codes:\n")[2].splitlines()
    assert [line.split()[0] for line in codes if line.strip()][-1] == "130"
    assert {int(line.split()[0]) for line in codes if line.strip()} <= set(Exit)
    assert all(len(line) <= 80 for line in text.splitlines())


@pytest.mark.parametrize("command", ["", *COMMANDS, *INNER])
def test_every_option_and_command_has_a_help_text(command: str) -> None:
    declared: click.Command = program
    for word in command.split():
        assert isinstance(declared, click.Group)
        declared = declared.commands[word]
    assert declared.help
    options = [parameter for parameter in declared.params if isinstance(parameter, click.Option)]
    assert options
    assert all(option.help for option in options)
    assert any(option.name == "debug" for option in options)


def test_the_first_help_shows_the_whole_sentence_of_each_command(run: Run) -> None:
    listed = run("--help").stdout.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    assert [line.split()[0] for line in listed] == COMMANDS
    assert all(line.endswith(".") and not line.endswith("...") for line in listed)


def test_defaults_and_names_of_environment_variables_are_shown(run: Run) -> None:
    text = run("run", "--help").stdout
    assert "CLOUDSIM_SEED" in text
    assert "default: 0" in text
    assert "CLOUDSIM_DEBUG" in text


HEAVY = ("trio", "rich", "msgspec", "netaddr", "sortedcontainers", "importlib.metadata", "cloudsim.simulation")


def loaded_after(*words: str, cwd: Path) -> set[str]:
    """Which of the heavy modules a fresh process has loaded after a command."""
    code = (
        "import sys, json\nfrom cloudsim.cli.main import program\n"
        f"program({list(words)!r}, standalone_mode=False)\n"
        f"print(json.dumps([name for name in {HEAVY} if name in sys.modules]), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=cwd)
    return set(json.loads(done.stderr))


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("run", "--help"),
        ("check", "-h"),
        ("check-determinism", "-h"),
        ("diff", "-h"),
        ("explore", "-h"),
        ("replay", "-h"),
        ("shrink", "-h"),
    ],
)
def test_help_imports_nothing_heavy(folder: Path, words: tuple[str, ...]) -> None:
    assert loaded_after(*words, cwd=folder) == set()


def test_a_run_for_machines_imports_no_rich(folder: Path) -> None:
    assert "rich" not in loaded_after("run", "pods.py", "--json", cwd=folder)
    assert "rich" not in loaded_after("run", "pods.py", "--quiet", cwd=folder)
    assert "rich" in loaded_after("run", "pods.py", cwd=folder)


def test_the_program_is_both_scripts_and_a_module(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["cloudsim", "--version"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("cloudsim ")


# Completion.


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_of_a_shell_asks_the_program(run: Run, shell: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert "_CLOUDSIM_COMPLETE" in result.stdout


@pytest.mark.parametrize("command", ["run", "check", "check-determinism", "explore", "replay"])
def test_names_of_scenarios_are_completed(run: Run, command: str) -> None:
    result = run(_CLOUDSIM_COMPLETE="bash_complete", COMP_WORDS=f"cloudsim {command} quota", COMP_CWORD="2")
    assert result.stdout.splitlines() == ["plain,quota_exhaustion", "file,quota"]
