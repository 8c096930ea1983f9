"""``cloudsim trace``: what it prints of a trace, for people and for machines, and how it ends."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

ROWS = (
    "name,scheduled_time,deletion_time,qos",
    "a,0,3600,LS",
    "b,1800,5400,BE",
    "c,,99,LS",
    "d,3600,10800,LS",
    "e,3600,,BE",
)


@pytest.fixture
def pods(folder: Path) -> Path:
    """A trace in the current folder."""
    path = folder / "pods.csv"
    path.write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    return path


def document(run: Run, *words: str) -> dict[str, Any]:
    result = run("trace", *words, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    found: dict[str, Any] = json.loads(result.stdout)
    assert found["format_version"] == 1
    return found


def test_a_trace_is_described_for_people(run: Run, pods: Path) -> None:
    lines = [line.split() for line in run("trace", "describe", "pods.csv", "--zone", "row % 2").stdout.splitlines()]
    for expected in (
        "columns scheduled_time, deletion_time",
        "rows 5",
        "items 4",
        "skipped 1",
        "horizon 3h",
        "most at once 3",
        "for the first time at 1h",
        "3600s 3",
        "zone-0 1 0s",
        "zone-1 2 1h",
    ):
        assert expected.split() in lines


def test_a_trace_is_described_for_machines(run: Run, pods: Path) -> None:
    found = document(run, "describe", "pods.csv")
    assert found["columns"] == {"start": "scheduled_time", "end": "deletion_time", "duration": None}
    assert found["peak"] == {"items": 3, "at_s": 3600}
    assert (found["rows"]["rows"], found["items"], found["horizon_s"]) == (5, 4, 10800)
    assert found["max_starts"] == {"1s": 2, "10s": 2, "60s": 2, "3600s": 3}


def test_how_to_read_a_trace_can_be_said(run: Run, pods: Path) -> None:
    found = document(run, "describe", "pods.csv", "--blank-start", "begin", "--horizon", "2h", "--filter", "qos=LS")
    assert (found["items"], found["initial"], found["rows"]["filtered"], found["horizon_s"]) == (3, 1, 2, 7200)
    found = document(run, "describe", "pods.csv", "--filter", "qos=LS", "--filter", "qos=BE", "--blank-end", "skip")
    assert (found["items"], found["rows"]["filtered"]) == (3, 0)
    found = document(run, "describe", "pods.csv", "--start", "scheduled_time", "--end", "deletion_time", "--unit", "m")
    assert found["horizon_s"] == 10800 * 60


def test_a_column_with_lengths_is_found_too(run: Run, folder: Path) -> None:
    (folder / "runs.jsonl").write_text('{"start": 1, "duration": 5}\n', encoding="utf-8")
    found = document(run, "describe", "runs.jsonl")
    assert (found["columns"]["duration"], found["horizon_s"]) == ("duration", 6)
    assert document(run, "describe", "runs.jsonl", "--duration", "duration")["horizon_s"] == 6


def test_a_trace_with_some_there_at_the_beginning_says_how_many(run: Run, pods: Path) -> None:
    text = run("trace", "describe", "pods.csv", "--blank-start", "begin").stdout
    assert ["there", "at", "the", "beginning", "1"] in [line.split() for line in text.splitlines()]


def test_a_trace_without_starts_has_no_times(run: Run, folder: Path) -> None:
    (folder / "old.csv").write_text("start,end\n,5\n", encoding="utf-8")
    lines = [line.split() for line in run("trace", "describe", "old.csv", "--blank-start", "begin").stdout.splitlines()]
    assert ["first", "start", "-"] in lines
    fitted = run("trace", "fit", "old.csv", "--blank-start", "begin")
    assert "note: 1 items are there at the beginning" in fitted.stdout
    assert "lifetimes" not in fitted.stdout.splitlines()[0].split()[:1]


def test_a_fit_is_a_workload_to_go_on_from(run: Run, pods: Path) -> None:
    text = run("trace", "fit", "pods.csv").stdout
    assert {"exponential", "lognormal", "weibull"} <= {line.split()[0] for line in text.splitlines() if line}
    workload = tomllib.loads(text[text.index("[[workload]]") :])["workload"][0]
    assert (workload["kind"], workload["rate"]) == ("poisson", "1.333/h")
    found = document(run, "fit", "pods.csv")
    assert tomllib.loads(found["toml"])["workload"] == [workload]
    assert (found["n"], found["censored"], found["arrivals"]["kind"]) == (4, 2, "poisson")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("none.csv",), "none.csv: the trace cannot be read: No such file or directory"),
        (("pods.txt",), "pods.txt: the name does not tell the format"),
        (("bare.csv",), "bare.csv: say which column has the start, with --start; known are: x, y"),
        (("empty.csv",), "say which column has the start, with --start; none are known"),
        (("pods.csv", "--end", "ends"), "there is no column 'ends'"),
        (("pods.csv", "--end", "deletion_time", "--duration", "x"), "--end and --duration say the same"),
        (("pods.csv", "--filter", "qos"), "'qos' is no COLUMN=VALUE."),
        (("pods.csv", "--horizon", "2"), "'2' is not a duration"),
        (("pods.csv", "--filter", "qos=XX"), "none of the 5 rows can be used"),
    ],
)
def test_what_is_no_such_trace_is_told_in_a_sentence(run: Run, pods: Path, words: tuple[str, ...], told: str) -> None:
    (pods.parent / "bare.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    (pods.parent / "empty.csv").write_text("", encoding="utf-8")
    result = run("trace", "describe", *words)
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_trace_without_a_command_shows_help(run: Run) -> None:
    assert "describe" in run("trace").output
