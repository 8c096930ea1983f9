"""``cloudsim check-determinism``: what it prints of several runs, and how it ends."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cloudsim.cli.guard import Exit
from cloudsim.cli.progress import ProgressBar
from tests.cli.conftest import Process, Run
from tests.cli.test_guard import _listen_to_ctrl_c
from tests.scenario.nondeterministic import CHANCE, FAILS_AGAIN, MEASURED, SET_ORDER, SURVIVOR
from tests.scenario.worlds import GOOD, WORLD, write


def test_equal_runs_end_with_0_and_a_line_each(run: Run) -> None:
    result = run("check-determinism", "pods.py", "--seed", "7", "--set", "callers=5", "--procs", "3")
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[:2] == ["pods: all 5 runs are the same", "seed 7  quota=2  callers=5"]
    digest = json.loads(run("run", "pods.py", "--seed", "7", "--set", "callers=5", "--json").stdout)["digest"]
    assert sum(digest[:16] in line for line in lines) == 5
    assert [line.split()[:3] for line in lines if line.startswith("ok")] == [
        ["ok", "run", "2"], ["ok", "process", "1,"], ["ok", "process", "2,"], ["ok", "process", "3,"],
    ]  # fmt: skip
    assert "PYTHONHASHSEED=3" in result.stdout
    assert "likely causes" not in result.stdout


def test_a_bundled_scenario_is_checked_by_name(process: Process) -> None:
    result = process("check-determinism", "token_race")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("token_race: all 4 runs are the same\n")


def test_the_order_of_a_set_is_caught_with_the_first_event_that_it_changes(run: Run, folder: Path) -> None:
    write(folder, SET_ORDER, "sets")
    result = run("check-determinism", "sets.py")
    assert result.exit_code == 1
    text = result.stdout
    assert text.startswith("sets: the runs differ\n")
    assert "ok        run 2" in text
    assert "DIFFERS   process " in text
    assert "what differs: name\n" in text
    assert "the order of a set of texts" in text
    line = SET_ORDER.splitlines().index('    for name in {f"pod-{n}" for n in range(20)}:') + 1
    assert f"sets.py, line {line}: {{f'pod-{{n}}' for n in range(20)}} is walked" in text
    assert "survives a run" not in text


def test_chance_is_caught_with_its_instant(run: Run, folder: Path) -> None:
    write(folder, CHANCE, "chance")
    result = run("check-determinism", "chance.py", "--procs", "1")
    assert result.exit_code == 1
    assert sum(line.startswith("DIFFERS") for line in result.stdout.splitlines()) == 2
    assert "what differs: t\n" in result.stdout
    assert "os.urandom: chance that does not follow the seed" in result.stdout
    causes = result.stdout.partition("likely causes, by which of the runs differ:\n")[2]
    assert causes.startswith("  a wall clock, chance or threads")


def test_state_that_survives_a_run_is_caught_in_the_second(run: Run, folder: Path) -> None:
    write(folder, SURVIVOR, "survivor")
    result = run("check-determinism", "survivor.py")
    assert result.exit_code == 1
    assert [line.split()[:3] for line in result.stdout.splitlines() if line.startswith(("ok", "DIFFERS"))] == [
        ["DIFFERS", "run", "2"], ["ok", "process", "1,"], ["ok", "process", "2,"],
    ]  # fmt: skip
    assert ["!=", "name", "run-1", "run-2"] in [line.split() for line in result.stdout.splitlines()]
    assert "RUNS = itertools.count(1): kept from one run to the next" in result.stdout


def test_a_result_that_differs_alone_is_shown_by_its_parts(run: Run, folder: Path) -> None:
    write(folder, MEASURED, "measured")
    result = run("check-determinism", "measured.py", "--procs", "1")
    assert result.exit_code == 1
    assert "in its result alone" in result.stdout
    assert "expectations[now].measured" in result.stdout


def test_no_lines_are_named_where_the_cause_is_in_another_file(run: Run, folder: Path) -> None:
    (folder / "clock.py").write_text("from time import perf_counter_ns as now\n")
    write(folder, MEASURED.replace("import time", "import clock").replace("time.perf_counter_ns", "clock.now"), "far")
    result = run("check-determinism", "far.py", "--procs", "1")
    assert result.exit_code == 1
    assert "a wall clock, chance or threads" in result.stdout
    assert "lines to look at" not in result.stdout


def test_a_second_run_that_fails_is_told_with_its_reason(run: Run, folder: Path) -> None:
    write(folder, FAILS_AGAIN, "fails")
    result = run("check-determinism", "fails.py", "--procs", "0")
    assert result.exit_code == 1
    assert "it failed" in result.stdout
    assert "run 2 failed, and run 1 did not: fails.py, line " in result.stdout


def test_a_scenario_that_is_broken_each_time_in_the_same_way_is_deterministic(run: Run, folder: Path) -> None:
    write(folder, GOOD.replace("equals=min(callers, quota)", "equals=9"))
    result = run("check-determinism", "pods.py", "--procs", "1")
    assert result.exit_code == 0
    assert "an expectation or the audit is broken, or the run broke off: see `cloudsim run`" in result.stdout


def test_json_is_one_document(run: Run, folder: Path) -> None:
    write(folder, f"print('loaded')\n{SURVIVOR}", "survivor")
    result = run("check-determinism", "survivor.py", "--json", "--procs", "1", "--context", "1")
    assert result.exit_code == 1
    assert result.stderr == "loaded\n"
    document = json.loads(result.stdout)
    assert list(document) == [
        *("format_version", "scenario", "seed", "settings", "deterministic", "digest", "virtual_ns", "events", "ok"),
        *("repeats", "causes", "suspects"),
    ]
    assert (document["format_version"], document["deterministic"], document["scenario"]) == (1, False, "survivor")
    again, process = document["repeats"]
    assert (again["same"], again["hash_seed"], process["same"], process["hash_seed"]) == (False, None, True, 1)
    first = again["comparison"]["first_difference"]
    assert (first["left"]["name"], first["right"]["name"]) == ("run-1", "run-2")
    assert len(first["context"]) == 1
    assert process["digest"] == document["digest"] != again["digest"]
    assert [cause["cause"] for cause in document["causes"]] == ["surviving-state"]
    assert document["suspects"][0]["file"] == "survivor.py"
    good = json.loads(run("check-determinism", "pods.py", "--json", "--procs", "1").stdout)
    assert (good["deterministic"], good["causes"], good["suspects"]) == (True, [], [])


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("nowhere.py",), 2, "nowhere.py: No such file"),
        (("pods.py", "--set", "caller=3"), 2, "did you mean 'callers'?"),
        (("pods.py", "--procs", "-1"), 2, "'--procs'"),
        (("pods.py", "--seed", "lucky"), 2, "neither a whole number nor 'random'"),
        (("nothing.py",), 4, "there is nothing to run"),
        (("wrong.py",), 2, "'a/b' cannot name a caller"),
    ],
)
def test_wrong_input_has_its_exit_code_and_its_sentence(
    run: Run, folder: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    write(folder, WORLD, "nothing")
    write(folder, f"{WORLD}async def drive(sim): sim.client(account='acme', name='a/b')\n", "wrong")
    result = run("check-determinism", *words)
    assert result.exit_code == code
    assert told in result.stderr
    assert result.stdout == ""


def test_progress_counts_the_runs(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(ProgressBar, "is_wanted", staticmethod(lambda: True))
    monkeypatch.setattr(ProgressBar, "__call__", lambda _, done, total: told.append((done, total)))
    run("check-determinism", "pods.py", "--procs", "1")
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


WAITS = f"""import os
from pathlib import Path
{WORLD}
async def drive(sim):
    await creates(sim, 1)
    if Path("home").exists():
        Path(f"alive-{{os.getpid()}}").touch()
        while True: await sim.sleep("1s")


def check(sim, expect, driven):
    if os.environ.get("AT_HOME") == str(os.getppid()):
        if Path("once").exists():
            Path("home").touch()
        Path("once").touch()
"""
"""The first two runs end, and the fresh processes never do."""


def test_ctrl_c_ends_it_with_130_and_its_processes_with_it(folder: Path) -> None:
    write(folder, WAITS, "waits")
    temporary = folder / "temporary"
    temporary.mkdir()
    command = [sys.executable, "-m", "cloudsim", "check-determinism", "waits.py", "--procs", "2"]
    environment = {**os.environ, "AT_HOME": str(os.getpid()), "TMPDIR": str(temporary)}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=environment,
        preexec_fn=_listen_to_ctrl_c,  # noqa: PLW1509  no threads here
    ) as running:
        try:
            while not (alive := list(folder.glob("alive-*"))) and running.poll() is None:
                pass
            running.send_signal(signal.SIGINT)
            printed, said = running.communicate(timeout=60)
        finally:
            running.kill()
    assert running.returncode == Exit.INTERRUPTED
    assert (printed, said) == ("", "interrupted\n")
    assert alive
    for file in folder.glob("alive-*"):
        with pytest.raises(ProcessLookupError):
            os.kill(int(file.name.partition("-")[2]), 0)
    assert list(temporary.iterdir()) == []
