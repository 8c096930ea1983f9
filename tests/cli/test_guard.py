"""How commands end when something other than input is wrong: our bugs, Ctrl-C, a pipe that is closed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cloudsim.cli.guard import Exit
from cloudsim.errors.own import UndeclaredTouch
from tests.cli.conftest import Process, Run
from tests.scenario.worlds import WORLD, write


@pytest.fixture
def bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours in ``cloudsim codes``."""

    def fail(**options: bool) -> None:
        raise RuntimeError("the tables have turned")

    monkeypatch.setattr("cloudsim.cli.listings.codes_command", fail)


@pytest.mark.usefixtures("bug")
def test_our_bug_leaves_a_report_and_ends_with_3(run: Run, folder: Path) -> None:
    result = run("codes")
    assert result.exit_code == Exit.BUG
    assert result.stderr.splitlines() == [
        "cloudsim itself failed: RuntimeError: the tables have turned",
        "This is a bug of ours. Please send us .cloudsim/bug-1.txt, which has the details; --debug shows them here.",
    ]
    report = (folder / ".cloudsim" / "bug-1.txt").read_text()
    assert report.startswith("cloudsim ")
    assert "Python" in report.splitlines()[0]
    assert "arguments: " in report
    assert "RuntimeError: the tables have turned" in report.splitlines()[-1]


@pytest.mark.usefixtures("bug")
def test_each_report_has_a_file_of_its_own_and_git_ignores_them(run: Run, folder: Path) -> None:
    for _ in range(2):
        run("codes")
    assert sorted(path.name for path in (folder / ".cloudsim").iterdir()) == [".gitignore", "bug-1.txt", "bug-2.txt"]
    assert (folder / ".cloudsim" / ".gitignore").read_text() == "*\n"


@pytest.mark.usefixtures("bug")
def test_debug_shows_our_bug_and_writes_no_report(run: Run, folder: Path) -> None:
    result = run("codes", "--debug")
    assert result.exit_code == Exit.BUG
    assert "Traceback" in result.stderr
    assert not (folder / ".cloudsim").exists()


@pytest.mark.usefixtures("bug")
def test_where_no_report_can_be_written_it_is_shown(run: Run, folder: Path) -> None:
    (folder / ".cloudsim").touch()
    result = run("codes")
    assert result.exit_code == Exit.BUG
    assert "Traceback" in result.stderr
    assert "No report could be written" in result.stderr


def test_an_undeclared_touch_is_our_bug(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**options: bool) -> None:
        raise UndeclaredTouch("pool:vsw-a")

    monkeypatch.setattr("cloudsim.cli.listings.codes_command", fail)
    assert run("codes").exit_code == Exit.BUG


@pytest.mark.parametrize(
    ("raised", "code"), [(KeyboardInterrupt, Exit.INTERRUPTED), (BrokenPipeError, Exit.PIPE_CLOSED)]
)
def test_interrupts_and_closed_pipes_have_codes_and_no_report(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, raised: type[BaseException], code: Exit
) -> None:
    def fail(**options: bool) -> None:
        raise raised

    monkeypatch.setattr("cloudsim.cli.listings.codes_command", fail)
    result = run("codes")
    assert result.exit_code == code
    assert result.stderr == ("interrupted\n" if raised is KeyboardInterrupt else "")
    assert not (folder / ".cloudsim").exists()


def _listen_to_ctrl_c() -> None:
    """Let a process be interrupted also where the tests themselves were started in the background, deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_a_run_with_130_and_leaves_its_journal(folder: Path) -> None:
    body = "    await creates(sim, 200)\n    print('driving', flush=True)\n    while True: await sim.sleep('1s')\n"
    write(folder, f"{WORLD}async def drive(sim):\n{body}", "endless")
    command = [sys.executable, "-m", "cloudsim", "run", "endless.py", "--journal", "events.jsonl"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command,
        stdout=pipe,
        stderr=pipe,
        text=True,
        cwd=folder,
        preexec_fn=_listen_to_ctrl_c,  # noqa: PLW1509  no threads here
    ) as running:
        assert running.stdout is not None
        try:
            assert running.stdout.readline() == "driving\n"
            running.send_signal(signal.SIGINT)
            _, said = running.communicate(timeout=60)
        finally:
            running.kill()  # or one that does not listen would be waited for without end
    assert running.returncode == Exit.INTERRUPTED
    assert said == "interrupted\n"
    lines = (folder / "events.jsonl").read_text().splitlines()
    assert len(lines) > 200
    assert all(line.startswith("{") and line.endswith("}") for line in lines)


@pytest.mark.parametrize("words", [("codes",), ("codes", "--json"), ("run", "pods.py")])
def test_a_reader_who_goes_away_is_no_error(folder: Path, words: tuple[str, ...]) -> None:
    """As ``cloudsim codes | head -1``, at its worst: nobody reads at all."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "cloudsim", *words]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False, cwd=folder)
    os.close(writing)
    assert done.returncode == Exit.PIPE_CLOSED
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("words", [("codes", "--json"), ("run", "pods.py"), ("--version",)])
def test_a_disk_that_is_full_is_no_bug_of_ours(folder: Path, words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "cloudsim", *words]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=folder)
    assert done.returncode == Exit.WRONG_INPUT
    assert done.stderr == "Error: the output cannot be written: No space left on device\n"
    assert not (folder / ".cloudsim").exists()


def test_an_os_error_elsewhere_is_our_bug(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**options: bool) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("cloudsim.cli.listings.codes_command", fail)
    assert run("codes").exit_code == Exit.BUG


def test_texts_that_the_terminal_cannot_show_are_no_error(process: Process, folder: Path) -> None:
    write(folder, f'"""Zu viele Pöds."""\n{WORLD}async def drive(sim): pass\n', "pods")
    result = process("run", "pods.py", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert result.returncode == 0
    assert result.stderr == ""
    assert result.stdout.startswith("pods: Zu viele P")
