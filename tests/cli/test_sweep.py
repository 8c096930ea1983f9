import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep  # noqa: TID251  a process is waited for

import pytest
from click.testing import CliRunner

from cloudsim.cli.main import program
from cloudsim.cli.sweep import _Shown, free_folder, running_estimates
from cloudsim.cli.sweep_view import written
from cloudsim.whatif.sweeping.ledger import JOURNAL
from cloudsim.whatif.sweeping.sweep import Progress
from tests.whatif.sweeping.small import tables, write


def call(*words: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(program, ["sweep", *map(str, words)])
    return result.exit_code, result.stdout, result.stderr


def test_one_command_makes_all_runs_and_prints_one_document(tmp_path: Path) -> None:
    code, out, err = call(write(tmp_path, runs=3), "-j", "2", "--dir", tmp_path / "results", "--json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert {key: document[key] for key in ("format_version", "experiment", "seed", "runs")} == {
        "format_version": 1, "experiment": "small", "seed": 1, "runs": 3,
    }  # fmt: skip
    assert [variant["axes"] for variant in document["variants"]] == [
        {"vswitch.vsw-a.cidr": "10.0.0.0/28"},
        {"vswitch.vsw-a.cidr": "10.0.0.0/27"},
    ]
    assert document["variants"][0]["metrics"]["rejection_ratio"].keys() >= {"estimate", "low", "high", "n", "method"}
    assert out == (tmp_path / "results" / "summary.json").read_text("utf-8")


def test_targets_decide_the_exit_code_only_where_that_is_asked_for(tmp_path: Path) -> None:
    experiment = write(tmp_path, runs=2)
    assert call(experiment, "-j", "1", "--dir", tmp_path / "results", "-q") == (0, "", "")
    code, out, _ = call(experiment, "--dir", tmp_path / "results", "--resume", "--fail-on-target")
    assert code == 1
    assert "rejection_ratio ≤ 20\u00a0%" in out
    assert "Results: " in out


def test_a_sweep_ends_in_what_to_do_about_its_target(tmp_path: Path) -> None:
    _, out, _ = call(write(tmp_path, runs=20), "-j", "2", "--dir", tmp_path / "results", "--no-report")
    last = out.replace("\u00a0", " ").partition("Results: ")[2].strip().split("\n\n")[-2:]
    assert last[0].startswith("Take vswitch.vsw-a.cidr = 10.0.0.0/27: of those tried it is the smallest that keeps")
    assert "; with 10.0.0.0/28 it is 3" in last[0]
    assert last[1].startswith("vsw-a.cidr 10.0.0.0/27 against vsw-a.cidr 10.0.0.0/28, run by run: rejection_ratio")


def test_a_single_run_meets_no_target_and_has_no_interval(tmp_path: Path) -> None:
    code, out, err = call(write(tmp_path, runs=1), "-j", "1", "--dir", tmp_path / "results", "--json")
    [target] = json.loads(out)["variants"][1]["targets"]
    assert (code, target["bound"], target["met"]) == (0, None, False)
    assert err == "Warning: target rejection_ratio needs 2 runs or more at one-sided 95 %, and has 1\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--scheduler", "tcp://127.0.0.1:1"], "--scheduler is for --engine dask"),
        (["-j", "0"], "0 is not in the range x>=1"),
        (["--digest", "none"], "'none' is not one of 'first', 'all'"),
    ],
)
def test_options_that_contradict_are_refused(words: list[str], said: str, tmp_path: Path) -> None:
    code, _, err = call(write(tmp_path), "--dir", tmp_path / "results", *words)
    assert code == 2
    assert said in err


def test_a_folder_that_is_another_sweeps_is_refused(tmp_path: Path) -> None:
    call(write(tmp_path, runs=1), "-j", "1", "--dir", tmp_path / "results", "-q")
    code, _, err = call(write(tmp_path, runs=1), "-j", "1", "--dir", tmp_path / "results")
    assert code == 2
    assert "is not empty; add --resume to go on with it, or name another folder" in err


def test_folders_are_chosen_so_that_nothing_is_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first = free_folder("a/b c", resume=False)
    assert first == Path("cloudsim-results/a-b-c")
    assert free_folder("a/b c", resume=True) == first
    first.mkdir(parents=True)
    second = free_folder("a/b c", resume=False)
    assert second == Path("cloudsim-results/a-b-c-2")
    assert free_folder("a/b c", resume=True) == first
    second.mkdir()
    assert free_folder("a/b c", resume=True) == second


def test_ctrl_c_exits_with_130_and_resume_goes_on(tmp_path: Path) -> None:
    experiment = write(tmp_path, runs=200)
    command = [
        sys.executable,
        "-m",
        "cloudsim",
        "sweep",
        str(experiment),
        "-j",
        "2",
        "--dir",
        str(tmp_path / "results"),
    ]
    journal = tmp_path / "results" / JOURNAL
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as driver:
        limit = monotonic() + 60
        while not (journal.exists() and journal.read_bytes().count(b"\n") > 5):
            assert monotonic() < limit
            sleep(0.02)
        os.killpg(driver.pid, signal.SIGINT)
        _, err = driver.communicate()
    assert driver.returncode == 130
    assert "Traceback" not in err
    assert "--resume" in err
    write(tmp_path, runs=4)
    assert call(experiment, "-j", "1", "--dir", tmp_path / "results", "--resume", "-q")[0] == 0
    assert call(experiment, "-j", "1", "--dir", tmp_path / "fresh", "-q")[0] == 0
    assert tables(tmp_path / "results") == tables(tmp_path / "fresh")


def test_running_estimates_are_short() -> None:
    progress = Progress(total=9, offered=dict.fromkeys(range(8), 100), rejected=dict.fromkeys(range(8), 5))
    assert running_estimates(progress) == "rejected: 0.05, 0.05, 0.05, 0.05, 0.05, 0.05 ..."
    assert running_estimates(Progress(total=9, failed=2)) == "2 failed"


def test_times_are_told_as_dates_where_there_is_one() -> None:
    assert written("time_to_exhaustion.q05", 86_400 * 31 + 5.0, "2026-12-01") == "2027-01-01"
    assert written("time_to_exhaustion", 90_000.4, None) == "1d1h"
    assert written("rejection_ratio", 0.123456789, None) == "0.12346"


def test_the_bar_shows_how_far_it_is_and_goes_away() -> None:
    shown = _Shown()
    shown.close()
    shown(Progress(total=9, done=3, offered={0: 100}, rejected={0: 5}))
    assert shown._shown is not None
    bar, _ = shown._shown
    assert (bar.tasks[0].completed, bar.tasks[0].total, bar.tasks[0].description) == (3, 9, "rejected: 0.05")
    shown.close()
    assert not bar.live.is_started
