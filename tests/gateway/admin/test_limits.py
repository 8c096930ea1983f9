"""What one client can ask of the admin API has a bound, and nothing that it sends breaks it."""

from typing import Any

import msgspec
import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st
from trio.testing import MockClock

from cloudsim.gateway.admin import events, metrics, tail
from cloudsim.gateway.admin.admin import Admin
from cloudsim.gateway.admin.routes import ROUTES
from cloudsim.gateway.http import HttpAnswer, HttpRequest
from tests.gateway.admin.hosted import HOST, OPTIONS, Hosted, Operator
from tests.small_world import small


def told(said: bytes) -> list[tuple[str, Any]]:
    """Names and data of events."""
    found = []
    for event in said.decode().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in event.splitlines() if not line.startswith(":"))
        if fields:
            found.append((fields["event"], msgspec.json.decode(fields["data"])))
    return found


def test_a_stream_says_world_and_state_and_then_lines_as_they_come() -> None:
    operator = Operator()
    stream = operator.stream()
    assert [name for name, _ in told(stream.look())] == ["world", "state"]
    operator.make_eni()
    ((name, data),) = told(stream.look())
    assert (name, data["lines"][-1]["answer"]) == ("lines", "ok")
    assert stream.look() == b""


def test_a_stream_says_when_another_world_is_served_and_goes_on_with_it() -> None:
    operator = Operator()
    stream = operator.stream()
    stream.look()
    operator.make_eni()
    operator.post("reset")
    operator.make_eni()
    said = told(stream.look())
    assert said[0] == ("world", {"epoch": 2})
    assert [line["call"] for name, data in said if name == "lines" for line in data["lines"]][-1] == "ak-1/1"


def test_a_reader_who_comes_again_goes_on_where_he_was() -> None:
    operator = Operator()
    stream = operator.stream()
    stream.look()
    operator.make_eni()
    last_id = [line for line in stream.look().decode().splitlines() if line.startswith("id: ")][-1].removeprefix("id: ")
    stream.close()
    operator.make_eni()
    said = told(operator.stream(last_event_id=last_id).look())
    assert said[0][0] == "lines"
    assert {line["call"] for line in said[0][1]["lines"]} == {"ak-1/2"}


@pytest.mark.parametrize("last_id", ["", "x", "1-", "-1", "1-2-3", "99-5", "1-999999", "9" * 40, "1-\u0661"])
def test_an_id_that_is_none_does_no_harm(last_id: str) -> None:
    operator = Operator()
    operator.make_eni()
    stream = operator.stream(last_event_id=last_id)
    assert stream.look()
    operator.make_eni()
    assert b"ak-1/2" in stream.look()


def test_a_reader_who_is_slow_is_told_of_the_gap_and_costs_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "BACKLOG_MAX", 20)
    monkeypatch.setattr(events, "LINES_MAX", 10)
    operator = Operator(Hosted(small(quota=100).spec))
    stream = operator.stream()
    stream.look()
    for _ in range(10):
        operator.make_eni()
    said = told(stream.look())
    assert [name for name, _ in said] == ["gap", "lines"]
    assert said[0][1]["after"] == said[1][1]["first"]
    assert len(said[1][1]["lines"]) == 10


def test_so_many_streams_and_no_more_until_one_is_closed() -> None:
    operator = Operator()
    streams = [operator.stream() for _ in range(events.SUBSCRIBERS_MAX)]
    answer = operator.raw("GET", "/_cloudsim/events")
    assert (answer.status, dict(answer.headers)["retry-after"]) == (503, "5")
    assert b"cloudsim_subscribers 16" in operator.raw("GET", "/_cloudsim/metrics").body
    streams[3].close()
    streams[3].close()
    operator.stream()


async def test_a_stream_waits_and_says_now_and_then_that_it_is_there(autojump_clock: MockClock) -> None:
    operator = Operator()
    stream = operator.stream()
    await stream.receive()
    assert await stream.receive() == b": still here\n\n"
    assert 10 < trio.current_time() < 20


def test_the_tail_keeps_the_latest_lines_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tail, "LINES_MAX", 30)
    operator = Operator(Hosted(small(quota=100).spec))
    for _ in range(20):
        operator.make_eni()
        operator.get("journal")
    said = operator.get("journal")
    assert 30 <= len(said["lines"]) < 60
    assert said["first"] > 100
    assert [line["n"] for line in said["lines"]] == list(range(said["first"], said["end"]))


def test_each_metric_has_so_many_series_and_says_how_many_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "SERIES_MAX", 4)
    text = Operator().raw("GET", "/_cloudsim/metrics").body.decode()
    assert text.count("cloudsim_vswitch_addresses{") == 4
    assert "\ncloudsim_series_left_out 3\n" in text  # two states of the vSwitch, one of ENIs


def test_labels_are_escaped_and_the_text_has_the_form_that_scrapers_read() -> None:
    operator = Operator()
    operator.host.refused['a"b\\c\nd'] = 3
    operator.make_eni()
    text = operator.raw("GET", "/_cloudsim/metrics").body.decode()
    assert 'cloudsim_gateway_refused_total{code="a\\"b\\\\c\\nd"} 3' in text
    assert 'cloudsim_calls_total{action="CreateNetworkInterface",code="ok"} 1' in text
    assert "cloudsim_virtual_time_seconds 0.000000000\n" in text
    for line in text.splitlines():
        assert line.startswith("# ") or float(line.rsplit(" ", 1)[1]) >= 0


def test_lists_of_the_state_are_cut_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cloudsim.gateway.admin.state.VSWITCHES_MAX", 1)
    monkeypatch.setattr("cloudsim.gateway.admin.state.QUOTAS_MAX", 2)
    world = small().vswitch("vsw-b", vpc="vpc-main", cidr="10.0.1.0/24")
    said = Operator(Hosted(world.spec)).get("state")
    assert (len(said["vswitches"]), said["vswitches_left_out"]) == (1, 1)
    assert (len(said["quotas"]), said["quotas_left_out"]) == (2, 2)


def test_faults_and_troubles_by_hand_have_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cloudsim.gateway.admin.faults.PLANNED_MAX", 2)
    monkeypatch.setattr("cloudsim.gateway.admin.troubles.THROWN_MAX", 2)
    operator = Operator()
    for _ in range(2):
        operator.post("faults", fault="lose_answer")
        operator.post("troubles", trouble="bring_zone_back", zone="cn-hangzhou-h")
    assert operator.refused("faults", fault="lose_answer")[0] == 409
    assert operator.refused("troubles", trouble="bring_zone_back", zone="cn-hangzhou-h")[0] == 409


@pytest.mark.parametrize(
    "query", ["after=x", "after=-1", "after=1&after=2", "other=1", "limit=" + "9" * 30, "after=%31"]
)
def test_behind_the_question_mark_stand_numbers(query: str) -> None:
    assert Operator().raw("GET", f"/_cloudsim/journal?{query}").status == 400


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b"null", b"[" * 100_000, b'{"a":' * 500 + b"1" + b"}" * 500, b'{"advance": 1e999}', b"\xff\xfe",
     b'"\\ud800"', b'{"advance":' + b"9" * 5_000 + b"}", b'{"advance":"' + b"9" * 500 + b'd"}'],
)  # fmt: skip
def test_no_body_breaks_it(body: bytes) -> None:
    assert Operator().raw("POST", "/_cloudsim/clock", body).status == 400


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)
KEYS = ["fault", "trouble", "zone", "at", "lasting", "by", "phase", "code", "facts", "vswitch", "count", "quota",
        "limit", "advance", "to_ns", "seed", "world", "toml", "times", "end", "verbs", "account", "region"]  # fmt: skip
WORDS = ["lose_answer", "refuse", "delay", "take_zone_out", "plan", "occupy_addresses", "COMMIT", "1s", "eni", "vsw-a",
         "Throttling", "cn-hangzhou-h", "acme", "cn-hangzhou", "5m"]  # fmt: skip


@given(
    path=st.sampled_from(sorted({route.path for route in ROUTES if route.method == "POST"} - {"restore"})),
    keys=st.dictionaries(st.sampled_from(KEYS), st.sampled_from(WORDS) | st.integers(-1, 300) | JSON, max_size=5),
)
def test_whatever_is_sent_there_is_an_answer_with_a_documented_status(path: str, keys: dict[str, Any]) -> None:
    headers = (("host", HOST), ("content-type", "application/json"), ("x-cloudsim-admin", "1"))
    host = Hosted()
    admin = Admin(host, OPTIONS)
    answer = admin.answer(HttpRequest("POST", f"/_cloudsim/{path}", headers, msgspec.json.encode(keys)))
    assert isinstance(answer, HttpAnswer)
    assert answer.status in {200, 400, 409}
    assert host.simulation.audit() == []


@given(target=st.text(max_size=60), method=st.sampled_from(["GET", "POST"]))
def test_whatever_target_is_asked_for_there_is_an_answer(target: str, method: str) -> None:
    answer = Operator().raw(method, f"/_cloudsim/{target}", b"{}")
    assert answer.status in {200, 400, 404, 405}
