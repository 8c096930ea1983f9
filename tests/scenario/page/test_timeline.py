"""The timeline of the smallest failing run: lanes, marks, explanations, and the journal beside it."""

from dataclasses import replace

import pytest

from cloudsim.exploration.ready import BEFORE_ALL, Step
from cloudsim.operations.operation import ANYTHING
from cloudsim.resources.ledger import Mode
from cloudsim.scenario.page import retelling, write_page
from cloudsim.scenario.page.failures import _why
from cloudsim.scenario.page.retelling import Retold, common_ground, retell
from cloudsim.scenario.page.timeline import Lanes, timeline, touches_in_words
from cloudsim.scenario.page.words import short_instant
from tests.scenario.page.pages import BAD_TOKEN, CALLERS, Page, bad_page, explored

W, R, A = Mode.WRITE, Mode.READ, Mode.ADD


def step(key: str, *touches: tuple[str, Mode], base: str = "", phase: str = "COMMIT", cause: int = BEFORE_ALL) -> Step:
    return Step(key, touches, base or key, 2, cause, 0, phase)


def drawn(*log: Step) -> Page:
    return Page(timeline(Lanes.of(Retold(log, [], is_same=True))))


def found() -> Retold:
    return retell(explored("token_race", CALLERS, BAD_TOKEN, schedules=40).found[0].failing)


def test_every_caller_has_a_lane_with_a_box_for_each_of_its_steps() -> None:
    page, log = bad_page(), found().log
    lanes = page.all("lane", "thread")
    assert [lane.attributes["data-lane"] for lane in lanes] == ["client-1", "client-2"]
    for lane in lanes:
        own = [(str(n), one.phase) for n, one in enumerate(log) if one.key.startswith(lane.attributes["data-lane"])]
        assert [(box.attributes["data-step"], box.text) for box in page.all("box", within=lane)] == own


def test_every_contended_thing_has_a_lane_with_who_touched_it_how() -> None:
    page = bad_page()
    lanes = {lane.attributes["data-lane"]: lane for lane in page.all("lane", "key")}
    assert list(lanes) == ["token:acme/pod-1", "quota:acme/cn-hangzhou", "group-places:sg-main", "pool:vsw-a"]
    touches = page.all("touch", within=lanes["pool:vsw-a"])
    assert [touch.attributes["title"] for touch in touches] == [
        "step 4: client-1/1 changes pool:vsw-a",
        "step 9: client-2/1 changes pool:vsw-a",
        "step 10: client-2/1 changes pool:vsw-a",
        "step 12: client-1/1 changes pool:vsw-a",
    ]


def test_reads_writes_and_adds_are_told_apart() -> None:
    page = drawn(step("a", ("k", R)), step("b", ("k", W)), step("c", ("k", A)))
    touches = page.all("touch")
    assert [touch.text for touch in touches] == ["R", "W", "A"]
    assert [touch.classes[1] for touch in touches] == ["read", "write", "add"]
    assert len({touch.classes[2] for touch in touches}) == 3, "each caller has its colour"


def test_what_nobody_contends_for_has_no_lane() -> None:
    assert not drawn(step("a", ("k", R)), step("b", ("k", R), ("own", W))).all("key")


def test_a_step_that_may_touch_anything_is_said_to() -> None:
    open_step = Step("a", ANYTHING, "a", 2, BEFORE_ALL)
    page = drawn(open_step, step("b", ("k", W)))
    assert "anything (*)" in [name.text for name in page.all("name")]
    assert page.all("box")[0].text == "goes on"
    assert touches_in_words(open_step) == "may touch anything"


def test_a_box_says_all_about_its_step() -> None:
    title = drawn(step("a", ("k", W), ("l", R), ("m", A), ("n", R))).one("box").attributes["title"]
    assert title == "step 0: a COMMIT at 0s; changes k; adds to m; reads l, n"
    assert "touches nothing" in drawn(step("a")).one("box").attributes["title"]


def test_calls_of_one_caller_one_after_the_other_are_told_apart_in_its_lane() -> None:
    page = drawn(step("client-1/1"), step("client-1/2", cause=0), step("client-2/1"))
    assert [box.text for box in page.all("box")] == ["COMMIT/1", "COMMIT/2", "COMMIT"]
    assert len(page.all("span")) == 3
    assert len(page.all("thread")) == 2


def test_calls_of_one_caller_at_the_same_time_have_a_lane_each() -> None:
    page = drawn(step("client-1/1"), step("client-1/2"))
    assert [lane.attributes["data-lane"] for lane in page.all("thread")] == ["client-1", "client-1~2"]
    assert [name.text for name in page.all("name")][2:] == ["client-1", "client-1/2"]


def test_the_deciding_step_is_marked_everywhere() -> None:
    page = bad_page()
    assert [mark.attributes["data-mark"] for mark in page.all("mark")] == ["5"]
    assert page.one("head", "deciding").text == "5▼"
    assert page.one("box", "deciding").attributes["data-step"] == "5"
    assert {line.attributes["data-step"] for line in page.all("line", "deciding")} == {"5"}


def test_the_deciding_step_is_explained() -> None:
    (explained,) = (item for item in bad_page().all(name="li") if item.inside[-1].classes == ["why"])
    assert explained.text == (
        "step 5: client-2/1 goes ahead of client-1/1, which could have gone on with COMMIT and now does so only at "
        "step 12. In between, this was touched that it touches afterwards as well: quota:acme/cn-hangzhou, "
        "group-places:sg-main, pool:vsw-a, token:acme/pod-1."
    )


@pytest.mark.parametrize(
    ("log", "told"),
    [
        ([step("b", base="a"), step("a")], "b goes ahead of a, which was first in line with COMMIT"),
        ([step("b", base="a")], "which was first in line and does not come to it any more."),
        ([step("b", base="a", phase=""), step("a", phase="")], "first in line and now does so only at step 1."),
        ([step("a"), step("a")], "Nobody need be passed over"),
    ],
)
def test_other_deciding_steps_are_explained(log: list[Step], told: str) -> None:
    assert told in "".join(one.text for one in Page(_why(Retold(log, [], is_same=True))).elements[:1])


def test_the_common_ground_is_what_conflicts() -> None:
    log = [
        step("b", ("k", R), ("r", R), ("own", W), ("mixed", R), base="a"),
        step("b", ("mixed", A)),
        step("a", ("k", W), ("r", R), ("mixed", R)),
        step("b", ("own", W)),
    ]
    assert common_ground(log, 0) == ["k", "mixed"]


def test_the_journal_lies_beside_with_each_line_at_its_step() -> None:
    retold = found()
    page = bad_page()
    assert [line.attributes["title"].encode() for line in page.all("line")] == [line.text for line in retold.lines]
    for line in retold.lines:
        if line.said["ev"] == "phase":
            assert retold.log[line.step].key == line.said["call"]
            assert retold.log[line.step].phase == line.said["phase"]
    assert {line.step for line in retold.lines} == {BEFORE_ALL, *range(len(retold.log))}


def test_a_run_that_cannot_be_made_again_is_said_to_be_near_only() -> None:
    findings = explored("token_race", CALLERS, BAD_TOKEN, schedules=40)
    one = findings.found[0]
    other = replace(one, failing=replace(one.failing, run=replace(one.failing.run, digest="another")))
    page = Page(write_page(replace(findings, found=[other]), {}))
    assert "could not be made again" in page.one("warning").text
    assert not bad_page().all("warning")


@pytest.fixture
def few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retelling, "STEPS_MAX", 4)


@pytest.mark.usefixtures("few_steps")
def test_of_a_long_run_only_what_matters_is_drawn() -> None:
    alone = [step("a", ("own", W))] * 3
    page = drawn(*alone, step("a", ("k", W)), step("b", base="a"), step("b", ("k", W)), *alone)
    assert [box.attributes["data-step"] for box in page.all("box")] == ["3", "4", "5"]
    assert "6 of 9 steps are left out" in page.one("note").text


@pytest.mark.usefixtures("few_steps")
def test_of_a_very_long_run_only_the_beginning_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retelling, "STEPS_MAX_AT_ALL", 2)
    page = drawn(*[step("a", ("k", W)), step("b", ("k", W))] * 2, step("c", base="a"))
    assert [box.attributes["data-step"] for box in page.all("box")] == ["0", "1"]
    assert not page.all("mark")
    assert page.one("note").text == "Only the first 2 steps that matter are drawn, of 5 steps in all."


@pytest.mark.parametrize(
    ("instant_ns", "text"),
    [
        (0, "0s"),
        (42, "42ns"),
        (1500, "1.5us"),
        (11_928_869, "11.928ms"),
        (5_000_000_000, "5s"),
        (65 * 10**9, "1.083min"),
    ],
)
def test_instants_are_cut_short(instant_ns: int, text: str) -> None:
    assert short_instant(instant_ns) == text
