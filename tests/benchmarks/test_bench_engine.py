"""The engines of the benchmark do the same work: speed is never bought with meaning."""

import pytest

from benchmarks import bench_engine
from benchmarks.bench_engine import (
    ENGINES,
    GOALS,
    HAS_SIMPY,
    _bytes_of_a_process,
    _bytes_of_a_script,
    bench_engine_smoke,
    compare,
)

WHAT_ENDED_WHEN = "00ed87b147a790ee34e609327612a37ecae80369f0d0493d89ec0198f336bdf2"


def test_every_engine_ends_the_same_processes_at_the_same_instants() -> None:
    assert bench_engine_smoke() == dict.fromkeys(ENGINES, WHAT_ENDED_WHEN)


def test_every_goal_is_about_engines_that_run() -> None:
    assert {name for goal in GOALS for name in goal[:2]} == {*ENGINES, "SimPy"}


@pytest.mark.skipif(not HAS_SIMPY, reason="SimPy, a peer of the benchmark, is not installed")
def test_a_comparison_gives_a_ratio_for_each_goal() -> None:
    goals = compare(4, 3, rounds=1)
    assert len({goal.what for goal in goals}) == len(GOALS)
    assert all(goal.ratio > 0 for goal in goals)


def test_without_simpy_only_the_comparisons_with_trio_are_made(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench_engine, "HAS_SIMPY", False)
    monkeypatch.delitem(ENGINES, "SimPy", raising=False)
    goals = compare(4, 3, rounds=1)
    assert {goal.what.rpartition(" / ")[2] for goal in goals} == {"trio with MockClock"}
    assert "not installed" in capsys.readouterr().err


def test_memory_is_counted_per_parked_process_and_script() -> None:
    assert 100 < _bytes_of_a_process(200) < 5_000
    assert 500 < _bytes_of_a_script(200) < 20_000
