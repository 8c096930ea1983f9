"""Replaying the real trace agrees with a count over its file that knows nothing of cloudsim."""

import csv
from pathlib import Path

import pytest

from cloudsim import load_scenario, run_scenario
from cloudsim.errors.own import CloudsimError
from cloudsim.scenario.runner import Result

OPENB = Path(__file__).resolve().parents[3] / "shared" / "traces" / "openb_pod_list_default.csv"
SYNTHETIC = Path(__file__).resolve().parents[2] / "scenarios" / "data" / "synthetic_pods.csv"

needs_openb = pytest.mark.skipif(
    not OPENB.is_file(), reason="the openb trace is not beside the repository; users fetch it"
)


def replay(trace: Path, **given: str | int) -> Result:
    return run_scenario(load_scenario("trace_replay"), given={"trace": str(trace), **given})


def count(trace: Path, room: int) -> dict[str, int]:
    """Walk the starts in order with a plain list of ends: half-open, releases first, file order among equal starts."""
    with trace.open(newline="") as file:
        rows = [
            (float(r["scheduled_time"]), float(r["deletion_time"])) for r in csv.DictReader(file) if r["scheduled_time"]
        ]
    ends: list[float] = []
    refused = peak = asked = 0
    for start, end in sorted((row for row in rows if row[1] > row[0]), key=lambda row: row[0]):
        asked += 1
        ends = [other for other in ends if other > start]
        if len(ends) == room:
            refused += 1
            continue
        ends.append(end)
        peak = max(peak, len(ends))
    return {"asked": asked, "refused": refused, "peak": peak}


def seen(result: Result) -> dict[str, int]:
    measured = {expectation.name: expectation.measured for expectation in result.expectations}
    calls = result.calls["CreateNetworkInterface"]
    asked = sum(calls.values())
    return {"asked": asked, "refused": asked - calls["ok"], "peak": int(str(measured["peak of ENIs at once"]))}


@needs_openb
@pytest.mark.parametrize(("mask", "room"), [(28, 12), (27, 28), pytest.param(24, 100, marks=pytest.mark.deep)])
def test_refusals_and_peak_of_openb_are_those_of_a_plain_count(mask: int, room: int) -> None:
    result = replay(OPENB, mask=mask, quota=100)
    assert result.ok, result.failures()
    assert seen(result) == count(OPENB, room)


@needs_openb
def test_there_is_much_to_refuse_at_28_and_nothing_at_24() -> None:
    assert seen(replay(OPENB, mask=28))["refused"] > 1000
    assert seen(replay(OPENB, mask=24))["refused"] == 0


@pytest.mark.parametrize(("mask", "quota", "room"), [(28, 100, 12), (24, 10, 10), (29, 100, 4), (24, 100, 100)])
def test_the_synthetic_trace_agrees_too(mask: int, quota: int, room: int) -> None:
    result = replay(SYNTHETIC, mask=mask, quota=quota)
    assert result.ok, result.failures()
    assert seen(result) == count(SYNTHETIC, room)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,start\na,1\n", "there is no column 'scheduled_time', only name, start"),
        ("", "there is no column 'scheduled_time', only an empty file"),
        ("scheduled_time,deletion_time\nsoon,9\n", "line 2, scheduled_time: 'soon' is no number of seconds"),
        ("scheduled_time,deletion_time\n-1,9\n", "line 2, scheduled_time: -1 is not at or after the beginning"),
        ("scheduled_time,deletion_time\n1,nan\n", "line 2, deletion_time: nan is not at or after the beginning"),
        ("scheduled_time,deletion_time\n1,\udcff\n", "utf-8"),
    ],
)
def test_a_trace_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    trace = tmp_path / "trace.csv"
    trace.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(CloudsimError, match=said):
        replay(trace)


def test_times_are_read_by_their_decimal_text_and_rows_without_an_end_stay(tmp_path: Path) -> None:
    trace = tmp_path / "trace.csv"
    trace.write_text("scheduled_time,deletion_time\n0.1,0.3\n0.3,\n0.3,0.3\n,5\n")
    result = replay(trace, mask=29, quota=1)
    assert result.ok, result.failures()
    assert result.calls["CreateNetworkInterface"] == {"ok": 2}
