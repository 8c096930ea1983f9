"""Whatever comes over the wire is answered or left: no crash, no hang, no 5xx that is not documented, nothing held."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cloudsim.gateway.admin_client import AdminClient
from cloudsim.gateway.thread import ThreadServer, serve_in_thread
from cloudsim.lab.engine.apart import resident_bytes
from cloudsim.values.entropy import Entropy
from tests.gateway.fuzz.mutating import RECORDED, answers_to, require_sound, spoilt

A_LOOK = next(raw for raw in RECORDED if b"DescribeVpcs" in raw)
ONE_SERVER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadServer]:
    with serve_in_thread() as served:
        yield served
        require_rest(served)


def require_rest(server: ThreadServer) -> None:
    """Nothing is under way but what is to be after an answer, nothing is held, and the server still answers."""
    AdminClient(server.url).advance()
    assert server.look(lambda sim: len(sim.in_flight)) == 0
    assert server.look(lambda sim: sim.audit()) == []
    assert [status for status, _ in answers_to(server, A_LOOK)] == [200]


def test_what_was_recorded_is_answered() -> None:
    with serve_in_thread() as server:
        found = [answers_to(server, raw) for raw in RECORDED]
        assert [len(answers) for answers in found] == [1] * len(RECORDED)
        assert sum(answers[0][0] == 200 for answers in found) > len(RECORDED) // 2
        require_rest(server)


@given(raw=st.binary(max_size=2_000))
@example(raw=b"")
@example(raw=b"GET\r\n\r\n")
@example(raw=b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
@example(raw=b"GET / HTTP/9.9\r\nHost: a\r\n\r\n")
@example(raw=b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\nabc")
@example(raw=b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nabc\r\n0\r\n\r\n")
@example(raw=b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef")
@example(raw=b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
@example(raw=b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100))
@ONE_SERVER
def test_any_bytes_are_answered_or_left(server: ThreadServer, raw: bytes) -> None:
    require_sound(answers_to(server, raw))


@given(data=st.data())
@ONE_SERVER
def test_spoilt_requests_are_answered_or_left(server: ThreadServer, data: Any) -> None:
    def below(bound: int) -> int:
        number: int = data.draw(st.integers(0, bound - 1))
        return number

    require_sound(answers_to(server, spoilt(below)))


@pytest.mark.deep
def test_a_hundred_thousand_spoilt_requests_leave_no_trace() -> None:
    stream = Entropy(11).stream("fuzz", "gateway")
    sizes = []
    with serve_in_thread() as server:
        admin = AdminClient(server.url)
        for number in range(100_000):
            raw = spoilt(stream.below)
            try:
                require_sound(answers_to(server, raw))
            except Exception as error:
                error.add_note(f"request {number}: {raw!r}")
                raise
            if number % 5_000 == 4_999:
                require_rest(server)
                admin.reset()
                gc.collect()  # who is unreachable may wait for the collector, and is no leak
                sizes.append(resident_bytes())
        require_rest(server)
    # What the first ten thousand leave in caches may stay; the other ninety thousand leave nothing.
    assert sizes[-1] < sizes[1] * 1.1, sizes
