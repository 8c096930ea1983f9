"""``list``, ``catalogue`` and ``codes``."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cloudsim.errors import gateway
from cloudsim.errors.table import GATEWAY_TABLE, TABLE
from cloudsim.resources.catalogue import Catalogue
from cloudsim.scenario.load import bundled, load_scenario
from tests.cli.conftest import Run

EVERY = (*TABLE, *GATEWAY_TABLE)
REFERENCE = Path(__file__).parents[1] / "reference" / "error_codes.csv"


def test_all_bundled_scenarios_are_listed_with_what_they_are_about(run: Run) -> None:
    result = run("list")
    assert result.exit_code == 0
    for name in bundled():
        scenario = load_scenario(name)
        assert f"{name}\n    {scenario.summary}\n" in result.stdout
        assert all(f"{setting}={value}" in result.stdout for setting, value in scenario.settings.items())
        assert all(code in result.stdout for code in scenario.shows)


def test_the_list_for_machines_has_the_settings_with_their_types(run: Run) -> None:
    document = json.loads(run("list", "--json").stdout)
    assert document["format_version"] == 1
    assert [row["name"] for row in document["scenarios"]] == list(bundled())
    [row] = [row for row in document["scenarios"] if row["name"] == "quota_exhaustion"]
    assert row["settings"] == {"quota": 100, "callers": 200}
    assert row["shows"] == ["MaxEniCountExceeded"]


def test_where_nothing_is_bundled_nothing_is_found(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cloudsim.scenario.load.bundled_folder", lambda: folder / "empty")
    result = run("list")
    assert result.exit_code == 4
    assert "no scenario is bundled" in result.stderr


# The catalogue.


def test_one_type_is_printed_in_full_with_its_source(run: Run) -> None:
    lines = dict(line.split(maxsplit=1) for line in run("catalogue", "ecs.g7.xlarge").stdout.splitlines())
    one = Catalogue().get("ecs.g7.xlarge")
    assert lines["name"] == "ecs.g7.xlarge"
    assert lines["eni_quantity"] == str(one.eni_quantity)
    assert lines["eni_trunk_supported"] == "yes"
    assert lines["source"] == one.source


def test_numbers_that_nobody_published_are_dashes(run: Run) -> None:
    lines = dict(line.split(maxsplit=1) for line in run("catalogue", "ecs.c5.large").stdout.splitlines())
    assert Catalogue().get("ecs.c5.large").total_queues is None
    assert lines["total_queues"] == "-"


def test_a_pattern_gives_a_table_a_type_a_row(run: Run) -> None:
    rows = run("catalogue", "ecs.g7.*").stdout.splitlines()[2:]
    assert [row.split()[0] for row in rows] == [name for name in Catalogue().names() if name.startswith("ecs.g7.")]
    assert ["ecs.g7.xlarge", "4", "16384", "4", "15", "15", "16", "yes"] in [row.split() for row in rows]


def test_without_a_pattern_all_types_are_printed(run: Run) -> None:
    assert len(run("catalogue").stdout.splitlines()) == 2 + len(Catalogue().names())


@pytest.mark.parametrize(
    ("words", "count"), [((), len(Catalogue().names())), (("ecs.g7.xlarge",), 1), (("ecs.g7.?arge",), 1)]
)
def test_the_catalogue_for_machines_is_one_document(run: Run, words: tuple[str, ...], count: int) -> None:
    document = json.loads(run("catalogue", *words, "--json").stdout)
    assert document["format_version"] == 1
    assert len(document["instance_types"]) == count
    assert {"name", "eni_quantity", "ipv4_per_eni", "source"} <= set(document["instance_types"][0])


# Error codes.


def test_every_refusal_of_every_operation_has_a_row_with_phase_trigger_and_what_shows_it(run: Run) -> None:
    lines = run("codes").stdout.splitlines()
    assert lines[0].split()[:3] == ["code", "status", "operation"]
    assert len(lines) == 2 + len(EVERY)
    for line, row in zip(lines[2:], EVERY, strict=True):
        assert line.split()[:4] == [row.error.code, str(row.error.http_status), row.operation, row.phase or "-"]
        assert row.trigger in line
        assert line.endswith(row.shown_by)


def test_every_refusal_of_the_gateway_has_a_row() -> None:
    refusals = {
        kind for kind in vars(gateway).values() if isinstance(kind, type) and kind.__module__ == gateway.__name__
    }
    assert refusals <= {row.error for row in GATEWAY_TABLE}
    assert {row.operation for row in GATEWAY_TABLE} == {"gateway"}


def on_a_terminal(folder: Path, width: int, *words: str) -> list[str]:
    """Run the program on a terminal of a width, and give the lines that it prints."""
    reading, writing = os.openpty()
    command = [sys.executable, "-m", "cloudsim", *words, "--no-color"]
    env = {**os.environ, "COLUMNS": str(width), "TERM": "xterm"}
    printed = b""
    with subprocess.Popen(command, stdout=writing, cwd=folder, env=env) as running:
        os.close(writing)
        while chunk := _read(reading):
            printed += chunk
    os.close(reading)
    assert running.returncode == 0
    return printed.decode().splitlines()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # so Linux says that nobody writes any more
        return b""


@pytest.mark.parametrize("width", [80, 183, 184, 240])
def test_a_code_is_never_broken_and_a_line_never_longer_than_the_terminal_is_wide(folder: Path, width: int) -> None:
    """At 80 columns codes were once split in the middle of a word."""
    lines = on_a_terminal(folder, width, "codes")
    assert max(map(len, lines)) <= width
    starts = [line.split()[0] for line in lines if line and not line.startswith(" ")]
    assert [start for start in starts if start != "code" and "─" not in start] == [row.error.code for row in EVERY]
    told = " ".join(" ".join(lines).split())
    assert all(word in told for row in EVERY for word in row.trigger.split())
    assert all(row.operation in told and (row.phase or "-") in told for row in EVERY)


def test_the_reference_s_codes_are_all_there_for_machines(run: Run) -> None:
    document = json.loads(run("codes", "--json").stdout)
    assert document["format_version"] == 1
    with REFERENCE.open(newline="") as rows:
        documented = {row["code"] for row in csv.DictReader(rows)}
    assert documented <= {row["code"] for row in document["codes"]}
    assert {row["operation"] for row in document["codes"]} == {row.operation for row in EVERY}
    assert all((row["phase"] is None) is (row["operation"] == "gateway") for row in document["codes"])
    [row] = [row for row in document["codes"] if row["shown_by"] == "quota_exhaustion"]
    assert row == {
        "code": "MaxEniCountExceeded",
        "http_status": 403,
        "operation": "CreateNetworkInterface",
        "phase": "RESERVE_QUOTA",
        "trigger": row["trigger"],
        "shown_by": "quota_exhaustion",
        "try_later": False,
        "source": row["source"],
    }


def test_a_scenario_that_shows_a_code_is_bundled_and_says_so() -> None:
    for row in TABLE:
        if row.shown_by != "tests":
            assert row.error.code in load_scenario(row.shown_by).shows
