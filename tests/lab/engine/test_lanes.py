"""The engines do the same work: speed is never bought with meaning."""

import hashlib

import pytest

from cloudsim.errors.own import UndeclaredTouch
from cloudsim.lab.engine import engine, lanes
from cloudsim.lab.engine.engine import GOALS, OURS, PEERS, installed_engines, lane_ratios
from cloudsim.lab.engine.ratio import is_installed
from cloudsim.resources.ledger import Mode
from cloudsim.simulation.watch import FootprintWatcher

WHAT_ENDED_WHEN = "00ed87b147a790ee34e609327612a37ecae80369f0d0493d89ec0198f336bdf2"
WHAT_ENDED_AMONG_RIVALS = "fa3a9bca6a781651d260fe3803c8a32b07e0fca81f0ab324262bd783ce8ee7ba"


def test_every_engine_ends_the_same_processes_at_the_same_instants() -> None:
    delays = lanes.draw_delays(20, 5)
    for name, run in installed_engines().items():
        digest = hashlib.sha256(repr(run(delays)).encode()).hexdigest()
        assert digest == (WHAT_ENDED_AMONG_RIVALS if "among rivals" in name else WHAT_ENDED_WHEN), name


def test_rivals_are_due_at_the_same_instants() -> None:
    meeting = lanes.MEETINGS
    ended = lanes.meeting(lanes.watched_operations)([[1], [2], [meeting], [meeting + 1]])
    assert ended == [(meeting, 0), (meeting, 1), (meeting, 2), (2 * meeting, 3)]


def test_a_watched_operation_that_touches_what_it_did_not_declare_is_told() -> None:
    watcher = FootprintWatcher()
    operation = lanes.WatchedOperation(1, [1], watcher, lambda _: None)
    operation._phase = 1
    operation._footprints = (operation._footprints[0], (("pool:vsw-1", Mode.WRITE), ("pool:vsw-1", Mode.WRITE)))
    with pytest.raises(UndeclaredTouch, match="quota:acme/region-1"):
        operation.resume()


def test_every_goal_is_about_engines_that_there_are() -> None:
    assert {name for goal in GOALS for name in goal[:2]} == {*OURS, *PEERS}


def test_a_comparison_gives_a_ratio_for_each_goal_whose_peer_is_installed() -> None:
    found = list(lane_ratios(1, 4, 3))
    assert len({one.name for one in found}) == len(GOALS)
    for one, (_, base, bound) in zip(found, GOALS, strict=True):
        assert one.goal == bound
        assert (one.value is not None) is (base in OURS or is_installed(PEERS[base][0]))


def test_a_peer_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "is_installed", lambda _: False)
    found = list(lane_ratios(1, 4, 3))
    assert {one.note for one in found if one.value is None} == {"simpy", "salabim"}
    assert [one.name for one in found if one.value is not None] == [
        "4 x 3: scripts with trio.sleep / trio with MockClock",
        "4 x 3: scripts with gate.sleep / trio with MockClock",
    ]


def test_memory_is_counted_per_parked_process_and_script() -> None:
    assert 100 < engine.bytes_of_a_process(200) < 5_000
    assert 500 < engine.bytes_of_a_script(200) < 20_000
