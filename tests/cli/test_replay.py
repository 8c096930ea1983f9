"""``cloudsim replay`` and ``shrink``: which way a schedule was followed, and what came of it."""

import json
from pathlib import Path

import pytest

from cloudsim.scenario.schedule import read_schedule
from tests.cli.conftest import Run
from tests.scenario.races import CONTROLLERS, TOKENS
from tests.scenario.worlds import write

BAD = ("--set", "policy.token=look-up-then-commit")


@pytest.fixture(autouse=True)
def race(folder: Path) -> Path:
    """A scenario with a race of its own, and one with a token."""
    write(folder, TOKENS, "tokens")
    return write(folder, CONTROLLERS, "race")


@pytest.fixture
def kept(run: Run, folder: Path) -> str:
    """The file of a failure, made small."""
    run("explore", "tokens.py", *BAD, "--first")
    (path,) = (folder / ".cloudsim" / "failures").glob("*.sched.json")
    path.rename(folder / "kept.sched.json")
    return "kept.sched.json"


def test_replay_says_to_machines_which_way_it_went(run: Run, folder: Path, kept: str) -> None:
    result = run("replay", kept, "--json", "--journal", "events.jsonl", "--out", "chrome=trace.json")
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert list(said) == [
        *("format_version", "scenario", "way", "why", "is_same", "expected", "wrong", "digest", "result"),
    ]
    assert (said["way"], said["why"], said["is_same"]) == ("exact", None, True)
    assert {one["kind"] for one in said["wrong"]} == set(said["expected"])
    assert said["result"]["digest"] == said["digest"]
    assert len((folder / "events.jsonl").read_text().splitlines()) == said["result"]["events"]
    assert json.loads((folder / "trace.json").read_text())


def test_replay_after_an_edit_says_that_it_is_another_run(run: Run, folder: Path, kept: str) -> None:
    write(folder, TOKENS.replace(', create(sim, "cid")', ""), "tokens")
    result = run("replay", kept)
    assert result.exit_code == 1
    assert "exactly" not in result.stdout
    assert "its digest is another one" in result.stdout
    write(folder, TOKENS.replace('client_token="t"', "client_token=name").replace("equals=1", "equals=2"), "tokens")
    result = run("replay", kept)
    assert result.exit_code == 0
    assert "nothing is wrong in it any more" in result.stdout


def test_replay_takes_a_file_beside_its_scenario(run: Run, kept: str) -> None:
    assert run("replay", "tokens.py", "--schedule", kept).exit_code == 1


def test_shrink_makes_a_failure_small_and_says_so(run: Run, folder: Path) -> None:
    words = ("race.py", "--set", "callers=4", "--set", "quota=9", "--no-shrink", "--first", "--strategy", "random")
    run("explore", *words)
    (file,) = (folder / ".cloudsim" / "failures").glob("*.sched.json")
    before = file.read_bytes()
    result = run("shrink", str(file), "-o", "small.sched.json")
    assert result.exit_code == 0
    assert "small.sched.json: 0 deviations from run-to-block" in result.stdout
    assert "callers=2" in result.stdout
    assert file.read_bytes() == before
    assert read_schedule(folder / "small.sched.json").settings == {"callers": 2, "quota": "9"}
    again = json.loads(run("shrink", "small.sched.json", "--json").stdout)
    assert (again["deviations"], again["settings"]) == (0, {"callers": 2, "quota": "9"})
    assert run("replay", "small.sched.json").exit_code == 1


def test_shrink_of_what_does_not_fail_any_more_ends_with_1(run: Run, folder: Path, kept: str) -> None:
    write(folder, TOKENS.replace('client_token="t"', "client_token=name").replace("equals=1", "equals=2"), "tokens")
    result = run("shrink", kept)
    assert result.exit_code == 1
    assert "nothing is wrong in it any more" in result.stderr
