"""``cloudsim bench pools``: what it prints, writes and refuses. No test here says how long anything takes."""

import csv
import json
from pathlib import Path

import pytest

from cloudsim.cli.guard import Exit
from tests.cli.conftest import Run

FEW = ("bench", "pools", "--quick", "--model", "pack", "--model", "kubernetes", "--size", "/26", "--workload", "steady")


def test_a_table_for_people(run: Run) -> None:
    result = run(*FEW, "--occupancy", "90")
    assert result.exit_code == Exit.OK, result.output
    assert "/26, steady, exponential lives" in result.stdout
    lines = [line.split() for line in result.stdout.splitlines()]
    assert [line[:2] for line in lines if line[:1] in (["pack"], ["kubernetes"])][:2] == [
        ["pack", "pack"], ["kubernetes", "random-scan"],
    ]  # fmt: skip
    assert "A pair is a release and an allocation." in result.stdout
    assert "Goals" not in result.stdout


def test_a_document_and_files_for_machines(run: Run, tmp_path: Path) -> None:
    table, page = tmp_path / "pools.csv", tmp_path / "pools.html"
    result = run(*FEW, "--occupancy", "50", "--json", "--csv", str(table), "--html", str(page))
    assert result.exit_code == Exit.OK, result.output
    told = json.loads(result.stdout)
    assert [row["name"] for row in told["rows"]] == ["pack", "kubernetes"]
    assert told["goals"] == []
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert [row["name"] for row in rows] == ["pack", "kubernetes"]
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_allocators_are_listed(run: Run) -> None:
    result = run("bench", "pools", "--list")
    assert result.exit_code == Exit.OK
    assert "netaddr IPSet" in result.stdout
    told = json.loads(run("bench", "pools", "--list", "--json", "--model", "ours").stdout)
    assert told["allocators"][0] == {
        "name": "uniform", "policy": "uniform", "structure": "pool", "installed": True,
        "supports": ["prefixes", "clones", "cools", "ipv6"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--model", "pac"), "did you mean 'pack'?"),
        (("--size", "/30"), "there are no blocks of size '/30' here; there are /16 to /29, and /64"),
        (("--allocator", "mine"), "'mine' is no module:Class, such as my_allocator:Bitmap"),
        (("--occupancy", "51"), "is not one of '50', '90'"),
        (("--pools", "0"), "0 is not in the range"),
    ],
)
def test_what_is_wrong_is_told_before_anything_is_measured(run: Run, words: tuple[str, ...], said: str) -> None:
    result = run("bench", "pools", *words)
    assert result.exit_code == Exit.WRONG_INPUT
    assert said in result.stderr


def test_a_file_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    result = run(*FEW, "--occupancy", "50", "--csv", str(tmp_path / "nowhere" / "x.csv"))
    assert result.exit_code == Exit.WRONG_INPUT
    assert "x.csv cannot be written" in result.stderr
