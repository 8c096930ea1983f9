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
from cloudsim.errors.own import UndeclaredTouch
from cloudsim.resources.ledger import Mode
from cloudsim.simulation.watch import FootprintWatcher

WHAT_ENDED_WHEN = "00ed87b147a790ee34e609327612a37ecae80369f0d0493d89ec0198f336bdf2"


WHAT_ENDED_AMONG_RIVALS = "fa3a9bca6a781651d260fe3803c8a32b07e0fca81f0ab324262bd783ce8ee7ba"


def test_every_engine_ends_the_same_processes_at_the_same_instants() -> None:
    assert bench_engine_smoke() == {
        name: WHAT_ENDED_AMONG_RIVALS if "among rivals" in name else WHAT_ENDED_WHEN for name in ENGINES
    }


def test_rivals_are_due_at_the_same_instants() -> None:
    delays = [[1], [2], [bench_engine.MEETINGS], [bench_engine.MEETINGS + 1]]
    ended = bench_engine.meeting(bench_engine.watched_operations)(delays)
    assert ended == [
        (bench_engine.MEETINGS, 0),
        (bench_engine.MEETINGS, 1),
        (bench_engine.MEETINGS, 2),
        (2 * bench_engine.MEETINGS, 3),
    ]


def test_a_watched_operation_that_touches_what_it_did_not_declare_is_told() -> None:
    watcher = FootprintWatcher()
    operation = bench_engine.WatchedOperation(1, [1], watcher, lambda _: None)
    operation._phase = 1
    operation._footprints = (operation._footprints[0], (("pool:vsw-1", Mode.WRITE), ("pool:vsw-1", Mode.WRITE)))
    with pytest.raises(UndeclaredTouch, match="quota:acme/region-1"):
        operation.resume()


def test_every_goal_is_about_engines_that_run() -> None:
    assert {name for goal in GOALS for name in goal[:2]} == {*ENGINES, "SimPy", "SimPy among rivals"}


@pytest.mark.skipif(not HAS_SIMPY, reason="SimPy, a peer of the benchmark, is not installed")
def test_a_comparison_gives_a_ratio_for_each_goal() -> None:
    goals = compare(4, 3, rounds=1)
    assert len({goal.what for goal in goals}) == len(GOALS)
    assert all(goal.ratio > 0 for goal in goals)


def test_without_simpy_only_the_comparisons_with_trio_are_made(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench_engine, "HAS_SIMPY", False)
    for peer in ("SimPy", "SimPy among rivals"):
        monkeypatch.delitem(ENGINES, peer, raising=False)
    goals = compare(4, 3, rounds=1)
    assert {goal.what.rpartition(" / ")[2] for goal in goals} == {"trio with MockClock"}
    assert "not installed" in capsys.readouterr().err


def test_memory_is_counted_per_parked_process_and_script() -> None:
    assert 100 < _bytes_of_a_process(200) < 5_000
    assert 500 < _bytes_of_a_script(200) < 20_000
