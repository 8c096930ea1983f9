"""HTTP without sockets: however the bytes come, the same requests are read, and nothing breaks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.gateway.http import HttpAnswer, HttpRequest
from cloudsim.gateway.wire import BodyLimit, Wire, WireError

LIMIT = BodyLimit(api=1000, admin=5000, is_admin=lambda head: head.target.startswith("/_cloudsim/"))
ANSWER = HttpAnswer(200, (("content-type", "text/plain"),), b"ok")
TARGETS = st.text("abcXYZ012=&%.~*'()!@:?-_", max_size=30).map(lambda text: f"/?{text}")
BODIES = st.binary(max_size=60)


def written(target: str, body: bytes, *, is_chunked: bool) -> bytes:
    head = f"POST {target} HTTP/1.1\r\nHost: x\r\n".encode()
    if not is_chunked:
        return head + b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
    chunk = b"%x\r\n%b\r\n" % (len(body), body) if body else b""
    return head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk + b"0\r\n\r\n"


def read_all(pieces: list[bytes]) -> list[HttpRequest]:
    wire, found = Wire(4096), list[HttpRequest]()
    for piece in pieces:
        wire.feed(piece)
        while isinstance(request := wire.next_request(LIMIT), HttpRequest):
            found.append(request)
            assert wire.answered(ANSWER, date=b"now", is_last=False).startswith(b"HTTP/1.1 200")
            assert wire.next_cycle()
    return found


@given(
    requests=st.lists(st.tuples(TARGETS, BODIES, st.booleans()), max_size=4),
    cuts=st.lists(st.integers(0, 400), max_size=8),
)
def test_requests_are_read_the_same_however_they_are_cut(
    requests: list[tuple[str, bytes, bool]], cuts: list[int]
) -> None:
    data = b"".join(written(target, body, is_chunked=is_chunked) for target, body, is_chunked in requests)
    places = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    pieces = [data[begin:end] for begin, end in pairwise(places) if end > begin]
    assert [(one.target, one.body) for one in read_all(pieces)] == [(target, body) for target, body, _ in requests]


@given(
    data=st.lists(st.binary(max_size=80) | TARGETS.map(lambda text: written(text, b"", is_chunked=False)), max_size=4)
)
def test_whatever_comes_is_a_request_or_is_refused(data: list[bytes]) -> None:
    answers: list[HttpAnswer] = []
    try:
        read_all([piece for piece in data if piece])
    except WireError as error:
        answers.append(error.answer)
    for answer in answers:
        assert answer.status in (400, 413, 431, 501)
        assert answer.body.startswith(b"{")


def test_bodies_have_their_limits_by_where_they_are_sent() -> None:
    assert len(read_all([written("/_cloudsim/world", b"a" * 5000, is_chunked=False)])[0].body) == 5000
    for is_chunked in (False, True):
        with pytest.raises(WireError, match="1000") as refused:
            read_all([written("/", b"a" * 1001, is_chunked=is_chunked)])
        assert refused.value.status == 413


def test_headers_are_read_with_names_in_lower_case() -> None:
    (request,) = read_all([b"GET / HTTP/1.1\r\nHost: http://127.0.0.1:1/\r\nX-Acs-Action: A\r\n\r\n"])
    assert request.headers == (("host", "http://127.0.0.1:1/"), ("x-acs-action", "A"))
