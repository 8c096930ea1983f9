"""``cloudsim bench engine``: what it prints, compares and refuses. No test here says how long anything takes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cloudsim.cli import commands_bench
from cloudsim.cli.guard import Exit
from cloudsim.lab.engine import every
from cloudsim.lab.engine.ratio import Effort, Ratio, missing
from tests.cli.conftest import Run

LOSS = ("bench", "engine", "--quick", "--part", "loss")


@pytest.fixture
def missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that misses a goal, and lacks a peer."""

    def part(effort: Effort) -> Iterator[Ratio]:
        value = 2.0 if effort.is_quick else 3.0
        yield Ratio(name="ours / theirs", value=value, op="<=", goal=1, low=value - 0.1, high=value + 0.1, ns=5e6)
        yield missing("ours / another's", "ciw", at_most=1)

    monkeypatch.setitem(every.PARTS, "loss", part)


def test_the_parts_of_the_command_are_those_that_there_are() -> None:
    assert list(every.PARTS) == list(commands_bench._PARTS)


def test_a_part_is_measured_for_people(run: Run) -> None:
    result = run("bench", "engine", "--quick", "--part", "explore")
    assert result.exit_code == Exit.OK, result.output
    assert "a schedule recorded / not recorded" in result.stdout
    assert "python -m benchmarks.bench_races" in result.stdout


def test_a_missed_goal_is_an_exit_code_where_that_is_wanted(run: Run, missed: None) -> None:
    result = run(*LOSS)
    assert result.exit_code == Exit.OK
    assert "MISS" in result.stdout
    assert "ciw is not installed, so nothing is held against it" in result.stdout
    assert "0 of 1 goals are met." in result.stdout
    assert run(*LOSS, "--fail-on-goal").exit_code == Exit.BROKEN


def test_a_run_is_compared_with_an_older_one(run: Run, missed: None, tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text(run(*LOSS, "--json").stdout, encoding="utf-8")
    again = json.loads(run(*LOSS, "--json", "--compare", str(old)).stdout)
    assert again["not_installed"] == ["ciw"]
    assert [one["verdict"] for one in again["compared"]["changes"]] == ["inside the noise"]
    result = run("bench", "engine", "--part", "loss", "--compare", str(old))
    assert ["2", "3", "worse", "loss", "ours", "/", "theirs"] in [line.split() for line in result.stdout.splitlines()]
    assert "sizes: quick before, not quick now" in result.stdout
    assert "1 of 1 numbers differ by more than the noise" in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--part", "gate"), "'gate' is not one of 'engine'"),
        (("--quick", "--large"), "exclude each other"),
        (("--compare", "nowhere.json"), "does not exist"),
        (("--compare", "small.toml"), "is not what cloudsim bench engine --json prints"),
    ],
)
def test_what_is_wrong_is_told_before_anything_is_measured(run: Run, words: tuple[str, ...], said: str) -> None:
    Path("small.toml").write_text("no = 1", encoding="utf-8")
    result = run("bench", "engine", *words)
    assert result.exit_code == Exit.WRONG_INPUT
    assert said in result.stderr
