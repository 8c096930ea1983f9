"""The program, in this process and as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cloudsim.cli.main import program
from tests.scenario.worlds import GOOD, write

Run = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with a scenario, in an environment that sets nothing of ours."""
    for name in ("NO_COLOR", "FORCE_COLOR", "CLOUDSIM_SEED", "CLOUDSIM_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    write(tmp_path, GOOD)
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """Run the program in this process."""

    def invoke(*words: str, **more: str) -> Result:
        return CliRunner(env=more).invoke(program, words, prog_name="cloudsim")

    return invoke


@pytest.fixture
def process(folder: Path) -> Process:
    """Run the program as people do."""

    def start(*words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "cloudsim", *words]
        return subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=folder, env={**os.environ, **more}
        )

    return start
