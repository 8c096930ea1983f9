"""Command lines, as the page shows them: to be copied and run."""

import shlex

from cloudsim.scenario.explore import Findings
from cloudsim.scenario.exploring import ASYNC
from cloudsim.scenario.page.markup import Markup, element


def explore_again(findings: Findings) -> str:
    """Write the command that explores the same once more."""
    program = findings.program
    words = ["cloudsim", "explore", findings.wanted, "--seed", str(program.seed)]
    for name, value in program.given.items():
        words += ["--set", f"{name}={value}"]
    words += ["--strategy", findings.strategy]
    words += [] if program.mode == ASYNC else ["--mode", program.mode]
    words += ["--faults"] if program.faults.sought else []
    return shlex.join(words)


def replay_by_token(wanted: str, token: str) -> str:
    """Write the command that brings a run back by its token."""
    return shlex.join(["cloudsim", "replay", wanted, "--schedule", token])


def replay_by_file(file: str) -> str:
    """Write the command that brings a run back by its file."""
    return shlex.join(["cloudsim", "replay", file])


def command_box(command: str) -> Markup:
    """Show a command with a button that copies it; the button is there where scripts run."""
    button = element("button", "copy", type="button", class_="copy", title="copy the command", hidden=True)
    return element("span", element("code", command, tabindex=0), button, class_="command")
