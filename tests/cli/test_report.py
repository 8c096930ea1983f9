"""``cloudsim report`` and ``cloudsim compare``: pages, words, documents and exit codes."""

import json
from pathlib import Path

import pytest

from cloudsim.cli.guard import Exit
from tests.cli.conftest import Run
from tests.whatif.report.sweeps import swept


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return swept(tmp_path_factory.mktemp("sweep") / "results", runs=6, series=1).folder


def test_report_writes_the_page_and_says_what_was_found(run: Run, results: Path) -> None:
    result = run("report", str(results))
    assert result.exit_code == Exit.OK
    assert result.stdout.startswith(f"Page: {results / 'report.html'}\n")
    assert "\nTake vswitch.vsw-a.cidr = 10.0.0.0/27: of those tried it is the smallest" in result.stdout
    assert (results / "report.html").stat().st_size > 4_000_000


def test_report_goes_where_it_is_told_and_without_plots_is_small(run: Run, results: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = run("report", str(results), "--no-plots", "--out", f"html={page}", "--json")
    document = json.loads(result.stdout)
    assert document["page"] == str(page)
    assert {one["tone"] for one in document["findings"]} >= {"good", "plain"}
    assert page.stat().st_size < 300_000


def test_report_refuses_what_is_no_folder_of_results(run: Run, results: Path, tmp_path: Path) -> None:
    result = run("report", str(tmp_path))
    assert result.exit_code == Exit.WRONG_INPUT
    assert "has no summary.json" in result.stderr
    assert run("report", str(results), "--out", "html=a", "--out", "html=b").exit_code == Exit.WRONG_INPUT
    cannot = run("report", str(results), "--no-plots", "--out", f"html={tmp_path / 'no' / 'x.html'}")
    assert cannot.exit_code == Exit.WRONG_INPUT
    assert "cannot be written" in cannot.stderr


def test_compare_tells_inputs_and_outcomes(run: Run, results: Path) -> None:
    result = run("compare", f"{results}#0", f"{results}#1")
    assert result.exit_code == Exit.OK
    lines = result.stdout.splitlines()
    assert lines[0] == "~ vswitch.vsw-a.cidr: 10.0.0.0/29 -> /27"
    assert any(line.startswith("rejection_ratio") and "points" in line for line in lines)


def test_compare_of_all_variants_tells_each(run: Run, results: Path) -> None:
    result = run("compare", str(results), str(results))
    assert result.stdout.count("The inputs are the same.") == 2
    assert "variant 1: vswitch.vsw-a.cidr 10.0.0.0/27" in result.stdout
    alone = run("compare", str(results), f"{results}#1", "--metric", "calls")
    assert "has 1 of its variants: 0" in alone.stdout


def test_a_condition_that_holds_fails(run: Run, results: Path) -> None:
    small, large = f"{results}#0", f"{results}#1"
    condition = "rejection_ratio > 0.01"
    assert run("compare", small, large, "--fail-on", condition).exit_code == Exit.OK
    broken = run("compare", large, small, "--fail-on", condition)
    assert broken.exit_code == Exit.BROKEN
    assert f"FAIL {condition}: it holds, at" in broken.stdout
    document = json.loads(run("compare", large, small, "--fail-on", condition, "--json").stdout)
    assert document["fail_on"][0]["holds"] is True
    assert document["variants"][0]["inputs"] == [
        {"change": "~", "key": "vswitch.vsw-a.cidr", "before": "10.0.0.0/27", "after": "10.0.0.0/29"}
    ]
    assert document["variants"][0]["metrics"]["rejection_ratio"]["difference"]["n"] == 6


@pytest.mark.parametrize("condition", ["rejection_ratio", "__import__('os') > 1", "rejection_rato > 1"])
def test_a_condition_that_is_none_is_refused(run: Run, results: Path, condition: str) -> None:
    result = run("compare", f"{results}#0", f"{results}#1", "--fail-on", condition)
    assert result.exit_code == Exit.WRONG_INPUT
    assert "Traceback" not in result.stderr


def test_all_and_some_figures_are_two_things(run: Run, results: Path) -> None:
    assert run("compare", str(results), str(results), "--all", "--metric", "calls").exit_code == Exit.WRONG_INPUT
