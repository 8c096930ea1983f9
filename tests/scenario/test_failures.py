"""Failures that are remembered: one file each, tried first, and never in the way."""

from pathlib import Path

import msgspec
import pytest

from cloudsim.scenario.explore import REMEMBERED, Budget, Exploration
from cloudsim.scenario.failures import Failures
from cloudsim.scenario.schedule import Expected, Schedule, read_schedule
from tests.scenario.races import BAD, CONTROLLERS, SAFE, a_schedule
from tests.scenario.worlds import write

A = Schedule(scenario="some/race.py", mode="async", settings={"callers": 3}, expect=Expected(wrong=("audit: x",)))


def test_a_failure_is_kept_and_given_back(tmp_path: Path) -> None:
    failures = Failures(tmp_path / "a" / "failures")
    path = failures.keep(A)
    assert path.name.startswith("race-")
    assert read_schedule(path) == A
    assert list(failures.of("some/race.py", {"callers": 3})) == [(path, A)]
    assert (tmp_path / "a" / ".gitignore").read_text() == "*\n"


def test_the_same_failure_takes_its_old_place_whatever_the_callers_and_others_do_not(tmp_path: Path) -> None:
    failures = Failures(tmp_path)
    (tmp_path.parent / ".gitignore").write_text("mine\n")
    path = failures.keep(A)
    assert failures.keep(msgspec.structs.replace(A, settings={"callers": 2}, seed=5)) == path
    assert failures.keep(msgspec.structs.replace(A, expect=Expected(wrong=("audit: y",)))) != path
    assert failures.keep(msgspec.structs.replace(A, settings={"quota": 2})) != path
    assert (tmp_path.parent / ".gitignore").read_text() == "mine\n"


def test_only_those_of_the_same_scenario_and_settings_are_given(tmp_path: Path) -> None:
    failures = Failures(tmp_path)
    path = failures.keep(A)
    assert [found for found, _ in failures.of("some/race.py", {"callers": 50})] == [path]
    assert [found for found, _ in failures.of("./some/race.py", {})] == [path]
    assert list(failures.of("some/race.py", {"quota": 1})) == []
    assert list(failures.of("other/race.py", {})) == []


def test_damaged_files_and_a_folder_that_is_not_there_are_passed_over(tmp_path: Path) -> None:
    assert list(Failures(tmp_path / "nowhere").of("race.py", {})) == []
    (tmp_path / "race-1.sched.json").write_text("{")
    assert list(Failures(tmp_path).of("race.py", {})) == []


def test_a_remembered_failure_is_tried_first_and_counts_as_no_order(tmp_path: Path) -> None:
    path = str(write(tmp_path, CONTROLLERS, "race"))
    exploration = Exploration(wanted=path, given={"callers": 3, "quota": 9}, budget=Budget(stops_at_first=True))
    found = exploration.run().found[0]
    assert found.schedule.settings == {"callers": 2, "quota": 9}
    again = exploration.run(remembered=[found.schedule])
    assert (again.remembered, again.tally.schedules, again.tally.orders) == (1, 0, 0)
    assert again.tally.violations[found.kind].witness.strategy == REMEMBERED
    (seen,) = again.found
    # It is told with the callers that it has.
    assert (seen.schedule.settings, seen.callers) == (found.schedule.settings, found.callers)


def test_a_proof_counts_its_own_orders_whatever_is_remembered(tmp_path: Path) -> None:
    path = write(tmp_path, CONTROLLERS, "race")
    found = Exploration(wanted=str(path), budget=Budget(stops_at_first=True)).run().found[0]
    write(tmp_path, SAFE, "race")
    alone = Exploration(wanted=str(path)).run()
    beside = Exploration(wanted=str(path)).run(remembered=[found.schedule])
    assert alone.is_proved
    assert beside.verdict == alone.verdict
    assert beside.remembered == 1


@pytest.mark.parametrize("change", [{"settings": {"pods": 1}}, {"strikes": ("no.site@x",)}, {"scenario": "gone.py"}])
def test_a_remembered_failure_that_does_not_fit_any_more_is_passed_over(
    tmp_path: Path, change: dict[str, object]
) -> None:
    schedule = a_schedule(tmp_path)
    old = msgspec.structs.replace(schedule, **change)
    findings = Exploration(wanted=str(tmp_path / "race.py"), given=dict(BAD), budget=Budget(schedules=3)).run(
        remembered=[old]
    )
    assert (findings.remembered, findings.tally.orders) == (0, 3)
