"""The page in a real browser: plots are drawn, nobody is asked, nothing complains, and no script is needed to read."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from cloudsim.cli.experiments import bundled_experiments
from cloudsim.whatif.experiment.load import read_experiment
from cloudsim.whatif.report import Results, read_results, write_report
from cloudsim.whatif.report.plots import plots_of
from cloudsim.whatif.running.replication import run_once
from cloudsim.whatif.sweeping.sweep import sweep
from tests.scenario.page.browser import Tab, browser, browser_path
from tests.whatif.sweeping.small import Inline

FOUND = browser_path()

pytestmark = pytest.mark.skipif(FOUND is None, reason="there is no chromium; apt-get install chromium")


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    folder = tmp_path_factory.mktemp("browser")
    assert FOUND is not None
    with browser(FOUND, folder / "profile", folder / "net.json") as tab:
        yield tab


@pytest.fixture(scope="module")
def report(masks: Results, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(masks, path=tmp_path_factory.mktemp("page") / "report.html")


DRAWN = """
Promise.all([...document.querySelectorAll(".canvas")].map(place => new Promise(done => {
  const look = () => place.querySelector(".cartesianlayer .subplot") ? done() : setTimeout(look, 20);
  look();
})))
"""
"""Comes when each plot has been drawn, which is after the page is there."""


def opened(tab: Tab, report: Path, *, width: int = 1400, is_dark: bool = False) -> None:
    tab.open(report, width=width, is_dark=is_dark)
    tab.ask(DRAWN)


def number_of(tab: Tab, selector: str) -> int:
    count: int = tab.ask(f"document.querySelectorAll({json.dumps(selector)}).length")
    return count


@pytest.mark.parametrize("is_dark", [False, True])
def test_the_page_complains_of_nothing_and_asks_nobody(tab: Tab, report: Path, is_dark: bool) -> None:
    opened(tab, report, is_dark=is_dark)
    assert {url for url in tab.requests() if not url.startswith("data:")} == {report.as_uri()}
    assert tab.complaints() == []


def test_every_plot_is_drawn(tab: Tab, report: Path, masks: Results) -> None:
    opened(tab, report)
    plots = list(plots_of(masks))
    assert number_of(tab, ".plot .canvas .cartesianlayer .subplot") == len(plots)
    assert number_of(tab, ".plot .canvas") == len(plots)
    empty = "[...document.querySelectorAll('.canvas')].filter(e => e.getBoundingClientRect().height < 200).length"
    assert tab.ask(empty) == 0


@pytest.mark.deep
@pytest.mark.parametrize("name", bundled_experiments())
def test_every_plot_of_the_experiments_that_come_along_is_drawn(tab: Tab, name: str, tmp_path: Path) -> None:
    experiment = structs.replace(read_experiment(bundled_experiments()[name]), runs=3)
    sweep(experiment, Inline(run_once), tmp_path / "results", series_runs=3)
    results = read_results(tmp_path / "results")
    opened(tab, write_report(results), width=900)
    assert tab.complaints() == []
    assert number_of(tab, ".plot .canvas .cartesianlayer .subplot") == len(list(plots_of(results)))
    assert tab.ask("document.documentElement.scrollWidth") <= 900


def test_plots_take_the_colours_of_the_scheme_also_when_it_changes(tab: Tab, report: Path) -> None:
    ink = "getComputedStyle(document.querySelector('.canvas .xtitle')).fill"
    page_ink = "getComputedStyle(document.body).color"
    opened(tab, report)
    light = tab.ask(ink)
    assert light == tab.ask(page_ink)
    tab.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    tab.ask("new Promise(done => setTimeout(done, 300))")
    assert tab.ask(ink) == tab.ask(page_ink) != light


def test_without_scripts_all_but_the_plots_can_be_read(tab: Tab, report: Path) -> None:
    tab.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        tab.open(report)
        text = tab.ask("document.body.innerText")
    finally:
        tab.call("Emulation.setScriptExecutionDisabled", value=False)
    for said in ("1 of 2 targets met", "The plots need a script; the tables", "not met", "rejection_ratio", "sha256"):
        assert said in text
    assert "Use against capacity" not in text


@pytest.mark.parametrize("width", [420, 1400])
def test_no_window_scrolls_sideways(tab: Tab, report: Path, width: int) -> None:
    opened(tab, report, width=width)
    assert tab.ask("document.documentElement.scrollWidth") <= width


def test_a_script_that_got_into_the_page_would_not_run(tab: Tab, report: Path, tmp_path: Path) -> None:
    file = tmp_path / "smuggled.html"
    smuggled = "<script>document.title = 'taken'</script></body>"
    file.write_text(report.read_text(encoding="utf-8").replace("</body>", smuggled), encoding="utf-8")
    tab.open(file)
    assert tab.ask("document.title") == "small: 1 of 2 targets met"
    assert "Content Security Policy" in " ".join(tab.complaints())
