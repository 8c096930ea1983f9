"""Progress is for people who watch: on a terminal, on stderr, and gone at the end."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from cloudsim.cli.progress import ProgressBar
from tests.cli.conftest import Run
from tests.scenario.worlds import WORLD, write

TOLD = f"{WORLD}async def drive(sim):\n    for done in range(1, 6): sim.progress(done, 5)\n"


def read_all(terminal: int) -> str:
    """Read what was written to a terminal until nobody has it open any more."""
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # what Linux says at the end
            return b"".join(parts).decode()
        if not part:
            return b"".join(parts).decode()
        parts.append(part)


def on_a_terminal(folder: Path, *words: str) -> tuple[str, str]:
    """Run the program with a terminal for stderr and a pipe for stdout."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "cloudsim", "run", "told.py", *words]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=theirs, text=True, cwd=folder, env=environment
    ) as running:
        os.close(theirs)
        seen = read_all(ours)
        assert running.stdout is not None
        printed = running.stdout.read()
    os.close(ours)
    assert running.returncode == 0
    return printed, seen


def test_a_terminal_shows_how_far_it_is_and_the_result_stays_clean(folder: Path) -> None:
    write(folder, TOLD, "told")
    printed, seen = on_a_terminal(folder)
    assert "5/5" in seen
    assert "left:" in seen
    assert printed.startswith("told\nseed 0")
    assert "left:" not in printed
    assert "\x1b" not in printed


def test_quiet_shows_nothing_on_a_terminal_either(folder: Path) -> None:
    write(folder, TOLD, "told")
    assert on_a_terminal(folder, "-q") == ("", "")


def test_without_a_terminal_there_is_no_progress(run: Run, folder: Path) -> None:
    write(folder, TOLD, "told")
    assert run("run", "told.py").stderr == ""


def test_a_bar_that_is_never_told_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressBar():
        pass
    assert capsys.readouterr().err == ""


def test_a_run_with_a_bar_is_the_same_run(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, TOLD, "told")
    plain = run("run", "told.py").stdout
    monkeypatch.setattr(ProgressBar, "is_wanted", staticmethod(lambda: True))
    assert run("run", "told.py").stdout == plain
