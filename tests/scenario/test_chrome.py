"""The journal as a Chrome trace: a document that viewers read, and bars that lie where the time was spent."""

import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from cloudsim.resources.journal import Journal
from cloudsim.scenario.chrome import ChromeTrace
from cloudsim.scenario.runner import prepare
from tests.scenario.worlds import GOOD, WORLD, scenario

Event = dict[str, Any]


def trace_of(*lines: Event) -> list[Event]:
    """The events of a trace of hand-written lines."""
    written: list[bytes] = []
    trace = ChromeTrace(written.append)
    trace(b"\n".join(msgspec.json.encode(line) for line in lines) + b"\n")
    trace.close()
    return read(b"".join(written))


def trace_of_run(folder: Path, text: str, **given: str) -> list[Event]:
    written: list[bytes] = []
    trace = ChromeTrace(written.append)
    journal = Journal()
    journal.add_sink(trace)
    prepare(scenario(folder, text), given=given).run(journal=journal)
    trace.close()
    return read(b"".join(written))


def read(document: bytes) -> list[Event]:
    decoded = json.loads(document, parse_float=Decimal)
    assert decoded["displayTimeUnit"] == "ms"
    events: list[Event] = decoded["traceEvents"]
    return events


def call(name: str, t: int) -> Event:
    return {"ev": "call", "call": name, "t": t, "action": "CreateNetworkInterface"}


def phase(name: str, t: int, which: str = "ADMIT") -> Event:
    return {"ev": "phase", "call": name, "t": t, "phase": which}


def answer(name: str, t: int, ending: str = "ok", **more: str) -> Event:
    return {"ev": "answer", "call": name, "t": t, "answer": ending, **more}


def of_kind(events: list[Event], kind: str) -> list[Event]:
    return [event for event in events if event["ph"] == kind]


def bars(events: list[Event]) -> list[tuple[str, int, int, Any, Any]]:
    return [(bar["name"], bar["pid"], bar["tid"], bar["ts"], bar["dur"]) for bar in of_kind(events, "X")]


def test_a_call_is_a_bar_with_a_bar_for_each_phase_inside() -> None:
    events = trace_of(
        call("pods/1", 1000), phase("pods/1", 3000), phase("pods/1", 7000, "RESPOND"), answer("pods/1", 7000)
    )
    assert bars(events) == [
        ("CreateNetworkInterface", 1, 1, 1, 6),
        ("ADMIT", 1, 1, 1, 2),
        ("RESPOND", 1, 1, 3, 4),
    ]
    assert of_kind(events, "X")[0]["args"] == {"call": "pods/1", "ending": "ok"}
    assert of_kind(events, "i") == []


def test_callers_are_processes_and_lanes_are_threads_with_names() -> None:
    events = trace_of(call("pods/1", 0), answer("pods/1", 1), call("operator/1", 2), answer("operator/1", 3))
    assert [(event["name"], event["pid"], event["args"]) for event in of_kind(events, "M")] == [
        ("process_name", 1, {"name": "pods"}),
        ("thread_name", 1, {"name": "lane 1"}),
        ("thread_sort_index", 1, {"sort_index": 1}),
        ("process_name", 2, {"name": "operator"}),
        ("thread_name", 2, {"name": "lane 1"}),
        ("thread_sort_index", 2, {"sort_index": 1}),
    ]


def test_times_are_microseconds_to_the_nanosecond_however_late() -> None:
    late = 200 * 86_400 * 10**9 + 1  # more than a float can tell apart
    events = trace_of(call("pods/1", late), phase("pods/1", late + 1_050), answer("pods/1", late + 1_050))
    assert bars(events)[1][3:] == (Decimal("17280000000000.001"), Decimal("1.050"))


def test_a_refusal_is_a_mark_with_its_code_and_message() -> None:
    events = trace_of(call("pods/1", 0), answer("pods/1", 5000, "MaxEniCountExceeded", message="the quota is full"))
    [mark] = of_kind(events, "i")
    assert (mark["name"], mark["ts"], mark["s"]) == ("MaxEniCountExceeded", 5, "t")
    assert mark["args"] == {"call": "pods/1", "message": "the quota is full"}


def test_lost_answers_and_abandoned_calls_are_marks_too() -> None:
    events = trace_of(
        call("pods/1", 0),
        {"ev": "answer-lost", "call": "pods/1", "t": 1},
        call("pods/2", 2),
        {"ev": "abandoned", "call": "pods/2", "t": 3, "phase": "COMMIT"},
    )
    assert [(mark["name"], mark["args"]) for mark in of_kind(events, "i")] == [
        ("answer-lost", {"call": "pods/1"}),
        ("abandoned", {"call": "pods/2"}),
    ]


def test_calls_at_once_take_lanes_of_their_own_and_later_ones_take_the_first_free() -> None:
    events = trace_of(
        call("pods/1", 0), call("pods/2", 1), answer("pods/1", 5),
        call("pods/3", 5), answer("pods/2", 6), answer("pods/3", 7),
    )  # fmt: skip
    lanes = {bar["args"]["call"]: bar["tid"] for bar in of_kind(events, "X")}
    assert lanes == {"pods/1": 1, "pods/2": 2, "pods/3": 1}


def test_what_comes_after_an_answer_is_a_bar_on_a_lane_that_was_free_meanwhile() -> None:
    events = trace_of(
        call("pods/1", 0), answer("pods/1", 2000),
        call("pods/2", 3000), answer("pods/2", 4000),
        phase("pods/1", 9000, "FINISH"),
    )  # fmt: skip
    assert bars(events)[-1] == ("FINISH", 1, 2, 2, 7)
    assert of_kind(events, "X")[-1]["args"] == {"call": "pods/1"}


def test_a_call_under_way_at_the_end_ends_there() -> None:
    events = trace_of(call("pods/1", 0), phase("pods/1", 1000), call("pods/2", 3000))
    assert bars(events)[:2] == [("CreateNetworkInterface", 1, 1, 0, 3), ("ADMIT", 1, 1, 0, 1)]
    assert [mark["name"] for mark in of_kind(events, "i")] == ["in flight", "in flight"]


def test_what_no_call_did_is_left_out_and_an_empty_journal_is_a_document() -> None:
    assert trace_of({"ev": "eni-created", "call": "", "t": 0}) == []
    written: list[bytes] = []
    ChromeTrace(written.append).close()
    assert read(b"".join(written)) == []


def test_a_run_gives_events_of_the_documented_shape(tmp_path: Path) -> None:
    """Trace Event Format: what each kind of event must have, with integers for process and thread."""
    events = trace_of_run(tmp_path, GOOD, callers="20")
    needed = {
        "M": {"name", "pid", "args"},
        "X": {"name", "pid", "tid", "ts", "dur"},
        "i": {"name", "pid", "tid", "ts", "s"},
    }
    for event in events:
        assert needed[event["ph"]] <= set(event)
        assert type(event["pid"]) is int
        assert type(event.get("tid", 0)) is int
        assert event.get("ts", 0) >= 0
        assert event.get("dur", 0) >= 0
    assert len([bar for bar in of_kind(events, "X") if bar["name"] == "CreateNetworkInterface"]) == 20
    assert [mark["name"] for mark in of_kind(events, "i")] == ["MaxEniCountExceeded"] * 18


def test_bars_of_one_lane_follow_each_other_or_lie_inside_each_other(tmp_path: Path) -> None:
    """Viewers drop a bar that crosses another one, and nest equal beginnings by their order in the file."""
    text = WORLD + "async def drive(sim):\n    await creates(sim, 7)\n    await sim.sleep('1s')\n"
    by_lane: dict[tuple[int, int], list[Event]] = defaultdict(list)
    for bar in of_kind(trace_of_run(tmp_path, text), "X"):
        by_lane[bar["pid"], bar["tid"]].append(bar)
    assert len(by_lane) == 7
    for lane in by_lane.values():
        open_until: list[Decimal] = []
        for bar in sorted(lane, key=lambda bar: bar["ts"]):
            end = bar["ts"] + bar["dur"]
            while open_until and open_until[-1] <= bar["ts"]:
                open_until.pop()
            assert not open_until or end <= open_until[-1]
            open_until.append(end)
