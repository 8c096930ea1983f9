"""The timeline as text: the steps in which actors meet, in columns, the deciding ones marked."""

from pathlib import Path

from cloudsim.exploration.ready import Step
from cloudsim.operations.operation import Footprint
from cloudsim.resources.ledger import Mode
from cloudsim.scenario.replay import replay
from cloudsim.scenario.timeline_text import timeline_text
from tests.scenario.races import a_schedule

ON_X: Footprint = (("x", Mode.WRITE),)


def a_step(key: str, *, touches: Footprint = ON_X, base: str = "", at_ns: int = 0, phase: str = "COMMIT") -> Step:
    return Step(key, touches, base or key, 2, -1, at_ns, phase)


def test_steps_on_what_others_touch_are_drawn_in_a_column_for_each_actor_and_others_left_out() -> None:
    log = [
        a_step("ann/1"),
        a_step("ann/1", touches=(("own", Mode.WRITE),), phase="RESPOND"),
        a_step("bob/1", base="ann/1", at_ns=1_500_000_000),
        a_step("drive#0", phase=""),
    ]
    assert timeline_text(log).splitlines() == [
        "  step  at       ann/1             bob/1             drive#0",
        "     0  0s       COMMIT",
        ">    2  1s500ms                    COMMIT",
        "     3  0s                                           goes on",
    ]


def test_a_deviation_is_drawn_whatever_it_touches() -> None:
    log = [a_step("ann/1", touches=(), base="bob/1"), a_step("bob/1", touches=())]
    assert timeline_text(log).splitlines()[1:] == [">    0  0s  COMMIT"]


def test_where_nobody_meets_and_nothing_decides_there_is_nothing_to_draw() -> None:
    assert timeline_text([]) == ""
    assert timeline_text([a_step("ann/1"), a_step("ann/1")]) == ""
    reads: Footprint = (("x", Mode.READ),)
    assert timeline_text([a_step("ann/1", touches=reads), a_step("bob/1", touches=reads)]) == ""


def test_with_many_actors_each_line_names_its_own() -> None:
    log = [a_step(f"c{number}/1") for number in range(7)]
    lines = timeline_text(log).splitlines()
    assert lines[0] == "  step  at  who"
    assert lines[3] == "     2  0s  c2/1 COMMIT"


def test_of_a_real_failure_the_deciding_step_is_marked(tmp_path: Path) -> None:
    lines = timeline_text(replay(a_schedule(tmp_path)).failing.log).splitlines()
    assert lines[0].split() == ["step", "at", "ann/1", "bob/1", "cid/1"] or lines[0].split()[:3] == [
        "step",
        "at",
        "ann/1",
    ]
    marked = [line for line in lines if line.startswith(">")]
    assert len(marked) == 1
    assert {"CLAIM_TOKEN", "COMMIT"} <= {line.split()[-1] for line in lines[1:]}
