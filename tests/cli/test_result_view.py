"""The result as people see it, where a whole run would show too little."""

from dataclasses import replace
from pathlib import Path

import pytest

from cloudsim.cli.result_view import print_result
from cloudsim.scenario.expectation import Expectation
from cloudsim.scenario.runner import Result, run_scenario
from tests.scenario.worlds import GOOD, scenario


@pytest.fixture
def result(tmp_path: Path) -> Result:
    return run_scenario(scenario(tmp_path, GOOD))


def shown(result: Result, capsys: pytest.CaptureFixture[str], *, verbose: bool = False) -> list[str]:
    print_result(result, again="cloudsim run pods", verbose=verbose, no_color=True)
    return capsys.readouterr().out.splitlines()


def test_a_refusal_comes_after_what_went_well_and_the_frequent_ones_first(
    result: Result, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = {"A": {"Rare": 1, "Usual": 5, "ok": 3}, "B": {"ok": 1}}
    lines = [line.split() for line in shown(replace(result, calls=calls), capsys)]
    start = lines.index(["calls", "ending", "count"]) + 2
    assert lines[start : start + 4] == [["A", "ok", "3"], ["Usual", "5"], ["Rare", "1"], ["B", "ok", "1"]]


def test_everything_that_is_wrong_is_shown(result: Result, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = replace(result, broken="it broke [off]", audit=["one thing", "another"], expectations=[], summary="")
    lines = shown(wrong, capsys)
    assert lines[0] == "pods"
    assert "broken  it broke [off]" in lines
    assert "audit   one thing" in lines
    assert "        another" in lines
    assert lines[-1] == "run it again: cloudsim run pods"


def test_a_run_that_took_no_time_has_no_speed(result: Result, capsys: pytest.CaptureFixture[str]) -> None:
    assert "took    0.00 s, too fast to tell" in shown(replace(result, wall_s=0.0), capsys, verbose=True)
    assert "took    2.00 s, 500 events/s" in shown(replace(result, wall_s=2.0, events=1000), capsys, verbose=True)


def test_a_list_stands_there_as_the_one_that_was_wanted_and_in_full_where_they_differ(
    result: Result, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "0, 1, 2, 3, 4, 5, 6, 7, 8, "
    many = [*range(10)]
    expectations = [Expectation("unmet", False, many, f"= {text}8"), Expectation("met", True, many, "noted")]
    lines = [" ".join(line.split()) for line in shown(replace(result, expectations=expectations), capsys)]
    assert f"FAIL unmet {text}9 = {text}8" in lines
    assert "ok met 0, 1, 2, 3, 4, 5, 6, 7, and 2 more noted" in lines
