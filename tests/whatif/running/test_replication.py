"""One replication of workloads that hold ENIs, held against a plain computation over the same items."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cloudsim.whatif.running.replication import RunResult, run_once
from tests.whatif.running.experiments import experiment

TRACE = """
[[workload]]
name = "pods"
kind = "trace"
file = "pods.csv"
start = "start"
end = "end"
unit = "s"
holds = "eni"
secondary = {secondary}
vswitch = [{vswitches}]
"""
POISSON = """
[[workload]]
name = "pods"
kind = "poisson"
rate = "60/h"
lifetime = {{ kind = "exponential", mean = "10m" }}
holds = "eni"
vswitch = ["vsw-a"]
{more}
"""
Row = tuple[int, int]
rows_drawn = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda row: (row[0], row[0] + row[1])),
    min_size=1,
    max_size=25,
)


def by_hand(rows: list[Row], sizes: list[int], quota: int, each: int) -> dict[str, int]:
    """Play a trace with a list of the living: half-open intervals, releases first, equal starts in the order given."""
    order = sorted(range(len(rows)), key=lambda number: (rows[number][0], number))
    living: list[tuple[int, int]] = []  # (end, vSwitch)
    found = {"accepted": 0, "short": 0, "over": 0, "peak": 0, "calls": 0}
    for number in order:
        start, end = rows[number]
        living = [one for one in living if one[0] > start]
        if len(living) >= quota:
            found["over"] += 1
            found["calls"] += 1
            continue
        for vswitch, size in enumerate(sizes):
            found["calls"] += 1
            if sum(each for _, where in living if where == vswitch) + each <= size:
                living.append((end, vswitch))
                found["accepted"] += 1
                found["peak"] = max(found["peak"], len(living) * each)
                break
        else:
            found["short"] += 1
    return found


def played(rows: list[Row], masks: list[int], quota: int, secondary: int) -> RunResult:
    with TemporaryDirectory() as folder:
        lines = ["start,end", *(f"{start},{end}" for start, end in rows)]
        (Path(folder) / "pods.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        vswitches = ", ".join(f'"vsw-{"abc"[number]}"' for number in range(len(masks)))
        workload = TRACE.format(secondary=secondary, vswitches=vswitches)
        return run_once(experiment(Path(folder), workload, masks=masks, quota=quota), 0)


@settings(deadline=None, max_examples=60)
@given(rows=rows_drawn, masks=st.sampled_from([[29], [28], [29, 29], [29, 28]]), quota=st.integers(1, 20),
       secondary=st.integers(0, 2))  # fmt: skip
def test_a_trace_comes_to_what_a_plain_computation_says(
    rows: list[Row], masks: list[int], quota: int, secondary: int
) -> None:
    figures = figures_of(played(rows, masks, quota, secondary))
    sizes = [2 ** (32 - mask) - 4 for mask in masks]  # four are reserved
    wanted = by_hand(rows, sizes, quota, 1 + secondary)
    short = "rejected.InvalidVSwitchId.IpNotEnough"
    assert figures["offered"] == len(rows)
    assert figures["accepted"] == wanted["accepted"]
    assert figures.get(short, 0) == wanted["short"]
    assert figures.get("rejected.MaxEniCountExceeded", 0) == wanted["over"]
    assert figures["peak_addresses"] == wanted["peak"]
    assert figures.get("calls.CreateNetworkInterface", 0) == wanted["calls"]


def figures_of(result: RunResult) -> dict[str, Any]:
    return dict(result.figures)


def rule(folder: Path, more: str = "", **options: object) -> RunResult:
    return run_once(experiment(folder, POISSON.format(more=more), **options), 0, with_digest=True)  # type: ignore[arg-type]


def test_a_replication_is_the_same_each_time_and_another_number_is_another_one(tmp_path: Path) -> None:
    one = rule(tmp_path)
    assert rule(tmp_path) == one
    assert one.digest is not None
    other = run_once(experiment(tmp_path, POISSON.format(more="")), 1)
    assert other.result_digest != one.result_digest
    assert other.digest is None


def test_items_that_arrive_do_not_depend_on_what_the_world_can_take(tmp_path: Path) -> None:
    small, large = (figures_of(rule(tmp_path, masks=(mask,))) for mask in (29, 24))
    assert small["offered"] == large["offered"]
    assert small["rejected"] != 0
    assert large["rejected"] == 0


def test_what_waits_until_it_is_placed_is_pending_and_never_refused(tmp_path: Path) -> None:
    figures = figures_of(rule(tmp_path, 'retry = "until-placed"\nretry_every = "30s"', masks=(29,)))
    assert figures["rejected"] == 0
    assert figures["pending"] != 0
    assert figures["offered"] == figures_of(rule(tmp_path, masks=(29,)))["offered"]


def test_a_refusal_is_repeated_as_often_as_the_policy_says(tmp_path: Path) -> None:
    once = figures_of(rule(tmp_path, masks=(29,)))
    thrice = figures_of(rule(tmp_path, 'retry = { attempts = 3, backoff = "1s", token = "fresh" }', masks=(29,)))
    same = figures_of(rule(tmp_path, 'retry = { attempts = 3, backoff = "1s", token = "same" }', masks=(29,)))
    assert thrice["calls.CreateNetworkInterface"] > once["calls.CreateNetworkInterface"]
    assert thrice["rejected"] <= once["rejected"]
    assert same["rejected"] >= thrice["rejected"], "a refusal is remembered with its token"


@pytest.mark.parametrize("latency", ["none", "default"])
def test_latency_changes_when_and_not_what(tmp_path: Path, latency: str) -> None:
    result = rule(tmp_path, top=f'horizon = "1h"\nlatency = "{latency}"', masks=(24,))
    figures = figures_of(result)
    assert figures["offered"] == figures["accepted"] + figures["pending"]
    assert figures["rejected"] == 0


def test_the_warm_up_cuts_what_is_measured_and_not_what_happens(tmp_path: Path) -> None:
    whole = figures_of(rule(tmp_path, masks=(29,)))
    cut = figures_of(rule(tmp_path, top='horizon = "1h"\nwarmup = "30m"', masks=(29,)))
    assert 0 < cut["offered"] < whole["offered"]
    assert cut["time_to_first_rejection"] == whole["time_to_first_rejection"]


def test_a_closed_workload_is_idle_when_it_was_refused(tmp_path: Path) -> None:
    closed = """
[[workload]]
name = "pods"
kind = "closed"
population = 10
idle = { kind = "exponential", mean = "5m" }
lifetime = { kind = "exponential", mean = "10m" }
holds = "eni"
vswitch = ["vsw-a"]
"""
    figures = figures_of(run_once(experiment(tmp_path, closed, masks=(29,), top='horizon = "5h"'), 0))
    assert figures["peak_holders"] == 4
    assert figures["rejected"] > 0


def test_growth_begins_with_what_is_there_and_no_call_is_made_for_it(tmp_path: Path) -> None:
    growth = """
[[workload]]
name = "pods"
kind = "growth"
start = 3
per_day = 24
holds = "eni"
vswitch = ["vsw-a"]
"""
    figures = figures_of(run_once(experiment(tmp_path, growth, masks=(28,), top='horizon = "24h"'), 0))
    assert figures["offered"] == figures["calls.CreateNetworkInterface"]
    assert figures["peak_addresses"] == 12
    assert figures["time_to_exhaustion"] is not None
