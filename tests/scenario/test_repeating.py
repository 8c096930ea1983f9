"""Repeating a scenario: what differs is found, where, and what kind of cause it has."""

import os
from pathlib import Path
from typing import Any

import pytest

from cloudsim.errors.own import NothingToRun, ScenarioError, SettingError
from cloudsim.scenario.comparing import Difference
from cloudsim.scenario.fresh import FreshProcess, Order
from cloudsim.scenario.load import load_scenario
from cloudsim.scenario.repeating import Repetition, check_determinism
from cloudsim.scenario.runner import run_scenario
from cloudsim.scenario.suspects import Cause
from tests.scenario.nondeterministic import CHANCE, FAILS_AGAIN, MEASURED, SET_ORDER, SURVIVOR
from tests.scenario.worlds import GOOD, WORLD, write


def repeated(folder: Path, text: str, **options: Any) -> Repetition:
    return check_determinism(str(write(folder, text)), **options)


def same(repetition: Repetition) -> dict[str, bool]:
    return {repeat.name: repeat.is_same for repeat in repetition.repeats}


def first_difference(repetition: Repetition) -> Difference:
    parting = repetition.parting
    assert parting is not None
    assert parting.comparison is not None
    assert parting.comparison.difference is not None
    return parting.comparison.difference


def test_runs_of_a_deterministic_scenario_are_the_same_here_and_in_fresh_processes(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    repetition = repeated(
        tmp_path, GOOD, seed=7, given={"callers": 5}, progress=lambda done, total: told.append((done, total))
    )
    assert repetition.is_deterministic
    assert same(repetition) == {"run 2": True, "process 1": True, "process 2": True}
    assert [repeat.hash_seed for repeat in repetition.repeats] == [None, 1, 2]
    assert repetition.parting is None
    assert repetition.causes == []
    assert repetition.suspects() == []
    expected = run_scenario(load_scenario(str(tmp_path / "pods.py")), seed=7, given={"callers": 5})
    assert repetition.first["digest"] == expected.digest
    assert [repeat.document for repeat in repetition.repeats] == [repetition.first] * 3
    assert told == [(done, 4) for done in range(5)]


def test_the_order_of_a_set_shows_in_other_processes_alone(tmp_path: Path) -> None:
    repetition = repeated(tmp_path, SET_ORDER)
    assert same(repetition)["run 2"]
    assert not all(same(repetition).values())
    difference = first_difference(repetition)
    assert difference.fields == ["name"]
    assert difference.left is not None
    assert difference.left["ev"] == "eni-created"
    assert repetition.causes == [Cause.PROCESS, Cause.CHANCE]
    assert [one.what.partition(" is walked")[0] for one in repetition.suspects()] == ["{f'pod-{n}' for n in range(20)}"]


def test_chance_shows_everywhere_and_parts_where_it_was_drawn(tmp_path: Path) -> None:
    repetition = repeated(tmp_path, CHANCE)
    assert same(repetition) == {"run 2": False, "process 1": False, "process 2": False}
    difference = first_difference(repetition)
    assert difference.fields == ["t"]
    assert difference.left is not None
    assert difference.left["ev"] == "call"
    assert difference.context[-1]["answer"] == "ok"
    assert repetition.causes[0] is Cause.CHANCE
    assert "os.urandom" in " ".join(one.what for one in repetition.suspects())


def test_state_that_survives_a_run_shows_in_the_second_run_alone(tmp_path: Path) -> None:
    repetition = repeated(tmp_path, SURVIVOR)
    assert same(repetition) == {"run 2": False, "process 1": True, "process 2": True}
    difference = first_difference(repetition)
    assert difference.left is not None
    assert difference.right is not None
    assert (difference.fields, difference.left["name"], difference.right["name"]) == (["name"], "run-1", "run-2")
    assert repetition.causes == [Cause.STATE]
    assert [one.what.partition(":")[0] for one in repetition.suspects()] == ["RUNS = itertools.count(1)"]


def test_a_result_that_differs_under_one_journal_is_found(tmp_path: Path) -> None:
    repetition = repeated(tmp_path, MEASURED, processes=0)
    assert same(repetition) == {"run 2": False}
    parting = repetition.parting
    assert parting is not None
    assert parting.comparison is None
    assert list(parting.results) == ["expectations[now].measured"]
    assert repetition.causes == [Cause.STATE]


def test_a_second_run_that_fails_differs(tmp_path: Path) -> None:
    repetition = repeated(tmp_path, FAILS_AGAIN, processes=1)
    again, process = repetition.repeats
    assert not again.is_same
    assert "'a/b' cannot name a caller" in again.failed
    assert process.is_same
    assert repetition.document()["repeats"][0]["digest"] is None


def test_a_fresh_process_that_fails_differs_and_says_why(tmp_path: Path) -> None:
    home = os.getpid()
    text = f"import os\n{WORLD}async def drive(sim):\n    if os.getpid() != {home}: os._exit(9)\n"
    process = repeated(tmp_path, text, processes=1).repeats[1]
    assert process.failed == "the process ended with 9"
    text = f"import os\nassert os.getpid() == {home}, 'not at home'\n{WORLD}async def drive(sim): pass\n"
    process = repeated(tmp_path, text, processes=1).repeats[1]
    assert process.failed.endswith("AssertionError: not at home")


def test_a_run_that_breaks_in_the_same_way_each_time_is_deterministic(tmp_path: Path) -> None:
    repetition = repeated(tmp_path, f"{WORLD}async def drive(sim):\n    raise LookupError('none')\n")
    assert repetition.is_deterministic
    assert repetition.first["broken"].endswith("LookupError: none")


def test_a_fresh_process_imports_from_where_this_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module in the current folder that has the name of one of ours was imported instead of it."""
    (tmp_path / "msgspec.py").write_text("raise RuntimeError\n")
    monkeypatch.chdir(tmp_path)
    assert repeated(tmp_path, GOOD, processes=1).is_deterministic


def test_processes_are_gone_when_the_check_is_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[FreshProcess] = []
    monkeypatch.setattr(os, "cpu_count", lambda: 3)

    def interrupt(process: FreshProcess) -> tuple[Any, str]:
        raise KeyboardInterrupt

    real = FreshProcess.__init__

    def begin(process: FreshProcess, order: Order, **options: Any) -> None:
        real(process, order, **options)
        begun.append(process)

    monkeypatch.setattr(FreshProcess, "__init__", begin)
    monkeypatch.setattr(FreshProcess, "wait", interrupt)
    with pytest.raises(KeyboardInterrupt):
        repeated(tmp_path, GOOD, processes=3)
    assert [process._process.poll() is not None for process in begun] == [True] * 3
    assert not begun[0].journal.parent.exists()


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    repeated(tmp_path, CHANCE, processes=1)
    assert list(folder.iterdir()) == []


def test_what_is_wrong_is_refused_before_anything_runs(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="processes are at least 0, not -1"):
        repeated(tmp_path, GOOD, processes=-1)
    with pytest.raises(SettingError, match="there is no setting 'caller'"):
        repeated(tmp_path, GOOD, given={"caller": 3})
    with pytest.raises(NothingToRun):
        repeated(tmp_path, WORLD)
    with pytest.raises(ScenarioError, match="nowhere"):
        check_determinism("nowhere")
