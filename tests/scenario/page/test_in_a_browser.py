"""The page in a real browser: it is drawn as it should be, complains of nothing, and asks nobody for anything."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from cloudsim.scenario.page import write_page
from tests.scenario.page.browser import Tab, browser, browser_path
from tests.scenario.page.pages import BAD_TOKEN, CALLERS, HOSTILE_NAME, explored, hostile, long

FOUND = browser_path()

LEAK = "http://example.invalid/x.png"
"""What a page asks for that is there to see whether that is noticed."""

pytestmark = pytest.mark.skipif(FOUND is None, reason="there is no chromium; apt-get install chromium")


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    folder = tmp_path_factory.mktemp("browser")
    assert FOUND is not None
    with browser(FOUND, folder / "profile", folder / "net.json") as tab:
        yield tab
    # The browser has ended, so its own log of the network is whole. Its own errands, which find no address, have no
    # page that set them off.
    events = json.loads((folder / "net.json").read_text(encoding="utf-8"))["events"]
    sent = [event["params"] for event in events if "url" in event.get("params", {})]
    by_pages = {one["url"] for one in sent if one.get("initiator", "not an origin") != "not an origin"}
    assert by_pages <= {LEAK}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "found.html"
    file.write_text(write_page(explored("token_race", CALLERS, BAD_TOKEN, schedules=40), {}), encoding="utf-8")
    return file


def texts(tab: Tab, selector: str) -> list[str]:
    """What elements show, as people see it."""
    said: list[str] = tab.ask(f"[...document.querySelectorAll({json.dumps(selector)})].map(e => e.innerText)")
    return said


def boxes(tab: Tab, selector: str) -> list[dict[str, float]]:
    """Where elements are."""
    said: list[dict[str, float]] = tab.ask(
        f"[...document.querySelectorAll({json.dumps(selector)})].map(e => e.getBoundingClientRect().toJSON())"
    )
    return said


def test_the_browser_tells_of_requests_and_errors(tab: Tab, tmp_path: Path) -> None:
    """Else the tests below would pass on any page."""
    file = tmp_path / "leaks.html"
    policy = "<meta http-equiv=Content-Security-Policy content=\"style-src 'none'\">"
    leaks = f"<img src={LEAK}><b style='color:red'>x</b><script>nothing.there()</script>"
    file.write_text(f"<!doctype html>{policy}{leaks}", encoding="utf-8")
    tab.open(file)
    assert LEAK in tab.requests()
    complaints = " ".join(tab.complaints())
    assert "nothing is not defined" in complaints
    assert "Content Security Policy" in complaints


@pytest.mark.parametrize("is_dark", [False, True])
def test_the_page_complains_of_nothing_and_asks_nobody(tab: Tab, page: Path, is_dark: bool) -> None:
    tab.open(page, is_dark=is_dark)
    assert {url for url in tab.requests() if url != "data:,"} == {page.as_uri()}
    assert tab.complaints() == []


def test_a_hostile_page_runs_nothing_and_asks_nobody(tab: Tab, tmp_path: Path) -> None:
    file = tmp_path / "hostile.html"
    file.write_text(write_page(hostile(tmp_path), {}), encoding="utf-8")
    tab.open(file)
    assert texts(tab, "h1") == [HOSTILE_NAME]
    assert {url for url in tab.requests() if url != "data:,"} == {file.as_uri()}
    assert tab.complaints() == []
    assert not any(event["method"] == "Page.javascriptDialogOpening" for event in tab.events)


def test_a_script_that_got_into_the_page_would_not_run(tab: Tab, page: Path, tmp_path: Path) -> None:
    file = tmp_path / "smuggled.html"
    smuggled = "<script>document.title = 'taken'</script></body>"
    file.write_text(page.read_text(encoding="utf-8").replace("</body>", smuggled), encoding="utf-8")
    tab.open(file)
    assert tab.ask("document.title") == "token_race: bounded: 40 tried"
    assert "Content Security Policy" in " ".join(tab.complaints())


def test_the_tally_is_there(tab: Tab, page: Path) -> None:
    tab.open(page)
    findings = explored("token_race", CALLERS, BAD_TOKEN, schedules=40)
    assert len(texts(tab, ".tally tbody tr")) == len(findings.tally.outcomes)
    assert sum(int(text) for text in texts(tab, ".tally .number")) == 40
    outer, inner = boxes(tab, ".tally .bar"), boxes(tab, ".tally .fill")
    for bar, fill, outcome in zip(outer, inner, findings.outcomes(), strict=True):
        assert fill["width"] == pytest.approx(max(2, bar["width"] * outcome.count / 40), abs=1)


def test_every_step_lies_in_the_column_of_its_number_and_the_lane_of_its_caller(tab: Tab, page: Path) -> None:
    tab.open(page)
    assert texts(tab, ".lane.thread .name") == ["client-1", "client-2"]
    heads, found = boxes(tab, ".head[data-step]"), boxes(tab, ".box")
    steps = [int(text) for text in tab.ask("[...document.querySelectorAll('.box')].map(e => e.dataset.step)")]
    assert sorted(steps) == list(range(14))
    for number, box in zip(steps, found, strict=True):
        assert box["left"] == pytest.approx(heads[number]["left"], abs=1)
        assert box["width"] == pytest.approx(heads[number]["width"], abs=1)
    lanes = boxes(tab, ".lane .stripe")
    assert len(lanes) == 6
    assert all(above["bottom"] <= below["top"] for above, below in pairwise(lanes))
    assert all(
        any(lane["top"] <= box["top"] and box["bottom"] <= lane["bottom"] for lane in lanes[:2]) for box in found
    )


def test_the_mark_stands_behind_the_whole_column_of_the_deciding_step(tab: Tab, page: Path) -> None:
    tab.open(page)
    (mark,) = boxes(tab, ".mark")
    (head,) = boxes(tab, ".head.deciding")
    lanes = boxes(tab, ".lane .stripe")
    assert texts(tab, ".head.deciding") == ["5▼"]
    assert mark["left"] == pytest.approx(head["left"], abs=1)
    assert mark["top"] <= head["top"]
    assert mark["bottom"] >= lanes[-1]["bottom"]


def test_pointing_at_a_step_tells_what_it_touches_and_lights_its_journal(tab: Tab, page: Path) -> None:
    tab.open(page)
    tab.ask("document.querySelector('.box[data-step=\"4\"]').scrollIntoView({block: 'center', inline: 'center'})")
    (box,) = boxes(tab, '.box[data-step="4"]')
    tab.call("Input.dispatchMouseEvent", type="mouseMoved", x=box["x"] + box["width"] / 2, y=box["y"] + 8)
    (detail,) = texts(tab, ".detail")
    assert detail.startswith("step 4: client-1/1 LEASE_ADDRESSES at 0s; changes quota:acme/cn-hangzhou")
    lit = texts(tab, ".line.lit .said")
    assert lit == ["phase LEASE_ADDRESSES", 'leased addresses=["10.0.0.192"] of=pool:vsw-a']


def test_the_first_deciding_step_of_a_long_run_is_in_sight(tab: Tab, tmp_path: Path) -> None:
    file = tmp_path / "long.html"
    file.write_text(write_page(long(tmp_path), {}), encoding="utf-8")
    tab.open(file)
    frame, mark = boxes(tab, ".scroll")[0], boxes(tab, ".mark")[0]
    name = boxes(tab, ".lane .name")[0]
    assert name["right"] <= mark["left"] < mark["right"] <= frame["right"]
    assert name["left"] == pytest.approx(frame["left"], abs=2), "names stay where they are"


def test_a_narrow_window_shows_everything_without_sideways_scrolling(tab: Tab, page: Path) -> None:
    tab.open(page, width=420)
    assert tab.ask("document.documentElement.scrollWidth") <= 420
