"""A real trace: 8 152 pods of a cluster, against a short computation that shares nothing with the product."""

import csv
from bisect import bisect_left, bisect_right
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from cloudsim.values.duration import SECOND
from cloudsim.whatif.arrivals.describing import describe_trace
from cloudsim.whatif.arrivals.trace import TraceItems, read_trace
from cloudsim.whatif.experiment.workloads import Trace

FILE = Path(__file__).resolve().parents[4] / "shared" / "traces" / "openb_pod_list_default.csv"
ZONES = ("cn-hangzhou-h", "cn-hangzhou-i", "cn-hangzhou-j")

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the trace is not part of the repository")


@pytest.fixture(scope="module")
def found() -> TraceItems:
    spec = Trace(name="pods", file=str(FILE), start="scheduled_time", end="deletion_time", zone="row % 3")
    return read_trace(spec, zones=ZONES)


@pytest.fixture(scope="module")
def spans() -> list[tuple[int, int, int]]:
    """Row, start and end in seconds, of all pods that ever ran."""
    with FILE.open(newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        (number, int(Decimal(row["scheduled_time"])), int(Decimal(row["deletion_time"])))
        for number, row in enumerate(rows)
        if row["scheduled_time"]
    ]


def peak(spans: list[tuple[int, int, int]]) -> tuple[int, int]:
    """Count at every start who lives then: an end is over at its own instant."""
    starts, ends = sorted(span[1] for span in spans), sorted(span[2] for span in spans)
    alive = [(place + 1 - bisect_right(ends, start), -start) for place, start in enumerate(starts)]
    most, when = max(alive)
    return most, -when


def test_every_pod_that_ran_is_an_item(found: TraceItems, spans: list[tuple[int, int, int]]) -> None:
    expected = sorted((start, row, end) for row, start, end in spans)
    assert [(item.at_ns, item.key, (item.lifetime_ns or 0) + item.at_ns, item.zone) for item in found.items] == [
        (start * SECOND, f"pods/{row}", end * SECOND, ZONES[row % 3]) for start, row, end in expected
    ]
    assert found.horizon_ns == max(max(start, end) for _, start, end in spans) * SECOND


def test_the_description_is_that_of_the_short_computation(found: TraceItems, spans: list[tuple[int, int, int]]) -> None:
    described = describe_trace(found)
    assert (described.rows["rows"], described.rows["skipped"], described.items) == (8152, 897, 7255)
    assert (described.peak.items, described.peak.at_s) == peak(spans) == (56, 11_821_651)
    for number, zone in enumerate(ZONES):
        of_zone = [span for span in spans if span[0] % 3 == number]
        assert (described.zones[zone].items, described.zones[zone].at_s) == peak(of_zone)
    held = sum(end - start for _, start, end in spans)
    assert described.mean_holders == held / described.horizon_s
    lengths = sorted(end - start for _, start, end in spans)
    assert described.lifetimes.p50 == lengths[(len(lengths) + 1) // 2 - 1]
    assert described.lifetimes.mean == pytest.approx(held / len(lengths))


def test_bursts_are_those_of_the_short_computation(found: TraceItems, spans: list[tuple[int, int, int]]) -> None:
    described = describe_trace(found)
    starts = sorted(start for _, start, _ in spans)
    assert described.max_starts["1s"] == max(Counter(starts).values())
    for name in ("10s", "60s", "3600s"):
        window = int(name[:-1])
        counts = (bisect_left(starts, start + window) - place for place, start in enumerate(starts))
        assert described.max_starts[name] == max(counts)
