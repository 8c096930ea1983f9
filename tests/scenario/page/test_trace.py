"""The failures of an exploration as a Chrome trace."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from cloudsim.scenario.explore import Findings
from cloudsim.scenario.page import chrome_of
from tests.scenario.page.pages import BAD_TOKEN, CALLERS, explored

Event = dict[str, Any]


def trace_of(findings: Findings) -> list[Event]:
    events: list[Event] = json.loads(chrome_of(findings), parse_float=Decimal)["traceEvents"]
    return events


def bad() -> list[Event]:
    return trace_of(explored("token_race", CALLERS, BAD_TOKEN, schedules=40))


def processes(events: list[Event]) -> dict[str, int]:
    return {event["args"]["name"]: event["pid"] for event in events if event["name"] == "process_name"}


def bars(events: list[Event], pid: int) -> Iterator[tuple[str, int, int]]:
    return ((one["name"], one["ts"], one["dur"]) for one in events if one["ph"] == "X" and one["pid"] == pid)


def test_nothing_found_is_a_trace_without_events() -> None:
    assert trace_of(explored("token_race", CALLERS)) == []


def test_callers_marks_and_what_is_contended_have_processes_of_their_own() -> None:
    named = processes(bad())
    assert list(named.values()) == [1, 2, 3, 4]
    names = list(named)
    assert names[:2] == ["failure 1: client-1", "failure 1: client-2"]
    assert names[2].startswith("failure 1: ENIs that exist: measured 2, wanted = 1; different ids")
    assert names[3] == "failure 1: what they contend for"


def test_a_step_takes_a_microsecond_where_time_stands_still() -> None:
    events = bad()
    own = {name: (start, length) for name, start, length in bars(events, 2)}
    assert own["CreateNetworkInterface"] == (0, 12)
    assert own["ADMIT"] == (0, 6), "it is due from the beginning, and step 5 is over after six steps"
    assert own["RESPOND"] == (11, 1)


def test_the_deciding_step_is_a_mark_across_everything() -> None:
    (mark,) = (event for event in bad() if event["ph"] == "i")
    assert (mark["name"], mark["ts"], mark["s"]) == ("step 5: client-2/1 goes ahead of client-1/1", 5, "g")


def test_who_touched_what_when_is_a_bar() -> None:
    events = bad()
    (lane,) = (one["tid"] for one in events if one["name"] == "thread_name" and one["args"]["name"] == "pool:vsw-a")
    touches = [
        (one["name"], one["ts"]) for one in events if one["ph"] == "X" and one["pid"] == 4 and one["tid"] == lane
    ]
    assert touches == [
        ("write client-1/1", 4), ("write client-2/1", 9), ("write client-2/1", 10), ("write client-1/1", 12),
    ]  # fmt: skip


def test_where_time_passes_the_times_are_those_of_the_run() -> None:
    findings = explored("token_race", CALLERS, BAD_TOKEN, mode="30ms", strategy="random", schedules=5)
    events = trace_of(findings)
    log = findings.found[0].failing.log
    touches = [event for event in events if event["ph"] == "i" and event.get("args", {}).get("phase") == "CLAIM_TOKEN"]
    expected = [step.at_ns for step in log if step.phase == "CLAIM_TOKEN"]
    assert [int(Decimal(event["ts"]) * 1000) for event in touches] == expected
    assert all(expected)


def test_several_failures_lie_one_below_the_other() -> None:
    findings = explored("token_race", ("callers", "3"), BAD_TOKEN, strategy="random", seeks_faults=True, schedules=40)
    named = processes(trace_of(findings))
    assert len({name.partition(":")[0] for name in named}) > 1
    assert list(named.values()) == list(range(1, len(named) + 1))
