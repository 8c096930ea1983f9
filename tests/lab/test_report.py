"""What came of a run: for machines, as a table, and as a page."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from cloudsim.lab.fragmentation import steady_use
from cloudsim.lab.goals.goal import Goal
from cloudsim.lab.laboratory import Outcome, run_laboratory
from cloudsim.lab.plan import make_plan
from cloudsim.lab.report.document import COLUMNS, csv_rows, document
from cloudsim.lab.report.page import write_page
from cloudsim.lab.report.pivot import pivots
from cloudsim.lab.report.plots import plots_of
from cloudsim.lab.report.words import bound, bytes_text, number, share, time_of, verdict
from tests.lab.conftest import entry

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    entries = [entry("uniform"), entry("pack"), entry("kubernetes"), entry("neutron-rebuild")]
    plan = replace(make_plan(entries, lengths=[26, 24], occupancies=["50", "90"], is_quick=True), rounds=2, pairs=50)
    groups = [group for group in plan.groups if group.workload in ("steady", "prefixes")]
    missing = replace(entry("kea-flq"), name="thing-lowest", library="no_such_library")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cloudsim.lab.laboratory.QUICK_TABLE_S", 3600)  # however slow the machine is
        made = run_laboratory([*entries, missing], replace(plan, groups=groups), with_goals=False, with_table=True)
    made.left = [*made.left, steady_use(entry("uniform"), 24, 20, runs=1, turnovers=1)]
    made.goals = [
        Goal(number=1, name="<b>quick</b>", value=2, op="<=", goal=3),
        Goal(number=4, name="slow", value=2, op=">=", goal=3),
        Goal(number=7, name="left out", value=None, op=">=", goal=10_000, note="too slow"),
    ]
    return made


def test_the_document_has_rows_goals_and_what_was_left_out(outcome: Outcome) -> None:
    told = json.loads(msgspec.json.encode(document(outcome)))
    assert told["benchmark"] == "pools"
    assert [(goal["op"], goal["goal"], goal["met"]) for goal in told["goals"]] == [
        ("<=", 3, True), (">=", 3, False), (">=", 10_000, None),
    ]  # fmt: skip
    assert {"name", "value", "op", "goal", "met"} <= set(told["goals"][0])
    assert {row["name"] for row in told["rows"]} >= {"uniform", "pack", "kubernetes"}
    assert told["not_installed"] == [{"name": "thing-lowest", "library": "no_such_library"}]
    assert told["versions"]["netaddr"]
    assert {row["policy"] for row in told["fragmentation"]} == {"uniform", "pack", "random-scan"}
    assert {row["turnovers"] for row in told["bursts"]} == {0, 1, 5}


def test_the_csv_has_a_line_for_each_cell(outcome: Outcome) -> None:
    head, *rows = csv_rows(outcome)
    assert head == [*COLUMNS, "predicted_ns", "skipped_because"]
    assert len(rows) == len(outcome.rows) + len(outcome.skipped)
    assert {len(row) for row in rows} == {len(head)}


def test_pivots_have_allocators_down_and_fills_across(outcome: Outcome) -> None:
    made = {pivot.title: pivot for pivot in pivots(outcome)}
    steady = made["/24, steady, exponential lives"]
    assert list(steady.columns) == [
        "allocator", "policy", "50 %", "90 %", "bytes at 50 %", "whole /28", "reuse after",
    ]  # fmt: skip
    assert [row[0] for row in steady.rows][:3] == ["uniform", "pack", "kubernetes"]
    assert all(len(row) == len(steady.columns) for row in steady.rows)
    assert made["/24, prefixes"].columns[-1] == "had"


def test_the_page_loads_nothing_and_says_what_was_measured(outcome: Outcome) -> None:
    page = write_page(outcome)
    without_scripts = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert "default-src 'none'" in unescape(page)
    assert "http:" not in without_scripts
    assert "https:" not in without_scripts
    assert "1 of 2 goals met" in page
    assert "&lt;b&gt;quick&lt;/b&gt;" in page
    assert "thing-lowest (needs no_such_library)" in page
    HTMLParser().feed(page)


def test_the_plots_are_the_four_of_the_study(outcome: Outcome) -> None:
    plots = {plot.name: plot for plot in plots_of(outcome)}
    assert list(plots) == ["time-24", "time-26", "memory", "blocks-24", "trade-off"]
    assert plots["time-24"].layout["yaxis"]["type"] == "log"
    names = [trace["name"] for trace in plots["blocks-24"].data]
    assert names[-2:] == ["at random, by formula", "perfect packing"]
    assert plots["memory"].layout["xaxis"]["categoryarray"] == ["/26", "/24"]


def test_a_page_of_goals_alone_has_no_plots(outcome: Outcome) -> None:
    page = write_page(Outcome(is_quick=True, goals=outcome.goals))
    assert "<script" not in page
    assert "script-src 'none'" in unescape(page)


@pytest.mark.deep
@pytest.mark.skipif(BROWSER is None, reason="there is no browser")
def test_a_browser_draws_every_plot(outcome: Outcome, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(write_page(outcome), encoding="utf-8")
    assert BROWSER is not None
    command = [
        BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
        "--virtual-time-budget=8000", "--dump-dom", file.as_uri(),
    ]  # fmt: skip
    drawn = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    assert drawn.count('class="main-svg"') >= 5


def test_numbers_are_said_with_three_digits_and_their_unit() -> None:
    assert [time_of(ns) for ns in (5.4, 1234, 5.67e6, 2e9, None)] == ["5 ns", "1.23 \u00b5s", "5.67 ms", "2 s", "?"]
    assert [bytes_text(count) for count in (12, 1234, 5.6e6)] == ["12 B", "1.23 KB", "5.6 MB"]
    assert [number(value) for value in (None, 0.1234, 12_345)] == ["-", "0.123", "12,345"]
    assert [share(value) for value in (None, 0.1234)] == ["-", "12.3 %"]
    goal = Goal(number=1, name="", value=1, op="<=", goal=10_000)
    assert (bound(goal), verdict(goal)) == ("<= 10,000", "pass")
