"""The wire of one connection: HTTP/1.1 by h11, without I/O.

Bytes go in, whole requests come out; answers go in, and bytes come out, all of an answer in one piece, so that it
leaves in one packet where it can. h11 reads, which is where the traps are: pipelining, chunked bodies, keep-alive,
``Expect``. Each request is read by an ``h11.Connection`` of its own, which begins with what the one before it left.

An answer that is whole has one form: a status, a few headers of our own, a length. It is put together here, since h11,
which holds each header against the grammar and each event against its states, takes as long for it as for a request.
An answer without an end goes by h11.

Source: RFC 9112; h11 documentation, "A flexible server".
"""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

import h11
import msgspec

from cloudsim.gateway.http import Headers, HttpAnswer, HttpRequest

_STATUS_LINES: Final = {int(status): f"HTTP/1.1 {int(status)} {status.phrase}\r\n" for status in HTTPStatus}
_CONTINUE: Final = h11.InformationalResponse(status_code=100, headers=[], reason=b"Continue")
_PYTHON: Final = re.compile(r"bytearray\(b(.*)\)", re.DOTALL)
"""How h11 tells what is wrong."""
_REASONS: Final = {
    400: ("InvalidRequest", "Bad Request"),
    408: ("RequestTimeout", "Request Timeout"),
    413: ("RequestTooLarge", "Content Too Large"),
    431: ("RequestHeaderTooLarge", "Request Header Fields Too Large"),
    501: ("UnsupportedTransferEncoding", "Not Implemented"),
    503: ("ServiceUnavailable", "Service Unavailable"),
}
"""Codes of refusals that no API has a say in, and reasons."""


class WireError(Exception):
    """A request that cannot be read; nothing after it on the connection can be, either.

    Args:
        status: of the answer.
        reason: what is wrong, for people.
    """

    def __init__(self, status: int, reason: str) -> None:
        self.status, self.reason = status, reason
        super().__init__(reason)

    @property
    def answer(self) -> HttpAnswer:
        """The refusal, in the form of every other so that clients make their own error of it."""
        return protocol_answer(self.status, self.reason)


def protocol_answer(status: int, reason: str) -> HttpAnswer:
    """Refuse in the name of the server itself; there is no call, so there is no request id of one.

    Source: wire.md W22, for the keys that no error may lack.
    """
    code, _ = _REASONS[status]
    said = {"Code": code, "HostId": "", "Message": reason, "Recommend": "", "RequestId": ""}
    return HttpAnswer(status, (("content-type", "application/json;charset=utf-8"),), msgspec.json.encode(said))


class Wire:
    """One connection's side of HTTP.

    Args:
        header_bytes: the most that request line and headers may have.
    """

    __slots__ = (
        "_body", "_body_limit", "_come", "_conn", "_goes_on", "_head", "_header_bytes", "_is_head", "has_begun",
        "is_over",
    )  # fmt: skip

    def __init__(self, header_bytes: int) -> None:
        self._header_bytes = header_bytes
        self._conn = h11.Connection(h11.SERVER, max_incomplete_event_size=header_bytes)
        self._come = 0
        """Bytes that were fed to this connection of h11."""
        self._head: HttpRequest | None = None
        self._goes_on = False
        """Whether there can be another request, once this one has been answered."""
        self._is_head = False
        """Whether the request that is answered is a HEAD, whose answer has no body."""
        self._body = bytearray()
        self._body_limit = 0
        self.has_begun = False
        """Whether a part of a request is there, and the whole is not."""
        self.is_over = False
        """Whether the client has said all that it will say."""

    def feed(self, data: bytes) -> None:
        """Take what has come; empty bytes are the end of what the client says."""
        if data:
            self.has_begun = True
            self._come += len(data)
        else:
            self.is_over = True
        try:
            self._conn.receive_data(data)
        except h11.RemoteProtocolError as error:
            raise _as_wire_error(error) from None

    def next_request(self, body_limit: "BodyLimit") -> HttpRequest | bool:
        """Give a request that is whole.

        Args:
            body_limit: says for a request how many bytes its body may have.

        Returns:
            The request; True if more bytes are needed for it; False if there will be none.

        Raises:
            WireError: what came is no request, or exceeds a limit.
        """
        while True:
            try:
                event = self._conn.next_event()
            except h11.RemoteProtocolError as error:
                raise _as_wire_error(error) from None
            if event is h11.NEED_DATA:
                return True
            if isinstance(event, h11.Request):
                if not self._begin(event, body_limit):
                    return self._whole()  # and h11 need not be asked where a body ends that is none
            elif isinstance(event, h11.Data):
                self._take(event.data)
            elif isinstance(event, h11.EndOfMessage):
                return self._whole()
            else:
                assert isinstance(event, h11.ConnectionClosed), "no other event comes to a server"
                return False

    def _begin(self, event: h11.Request, body_limit: "BodyLimit") -> bool:
        """Take the head of a request, and say whether it has a body."""
        raw = event.headers.raw_items()  # to go through the headers themselves costs a call for each
        if self._come > self._header_bytes and _size(event.target, raw) > self._header_bytes:
            raise WireError(431, f"request line and headers have more than {self._header_bytes} bytes")
        headers = tuple([(name.decode("ascii").lower(), value.decode("latin-1")) for name, value in raw])
        self._head = head = HttpRequest(event.method.decode("ascii"), event.target.decode("ascii"), headers)
        self.has_begun = True
        self._goes_on = event.http_version >= b"1.1" and not any(
            name == "connection" and "close" in [token.strip() for token in value.lower().split(",")]
            for name, value in headers
        )
        lengths = [(name, value) for name, value in headers if name in ("content-length", "transfer-encoding")]
        if not lengths:
            return False
        if len(lengths) > 1:
            raise WireError(400, "how long its body is is said twice, by Content-Length or Transfer-Encoding")
        self._body_limit = limit = body_limit(head)
        name, value = lengths[0]
        if name == "content-length" and int(value) > limit:
            raise WireError(413, f"the body has {int(value)} bytes, and at most {limit} are read")
        return True

    def _take(self, data: bytes) -> None:
        self._body += data
        if len(self._body) > self._body_limit:
            raise WireError(413, f"the body has more than the {self._body_limit} bytes that are read")

    def _whole(self) -> HttpRequest:
        head, body = self._head, self._body
        assert head is not None, "a request has a head"
        self._is_head = head.method == "HEAD"
        self._head, self.has_begun = None, False
        if not body:
            return head
        self._body = bytearray()
        return HttpRequest(head.method, head.target, head.headers, bytes(body))

    def continued(self) -> bytes:
        """What tells a client that waits for it to send its body; nothing for all others."""
        return self._conn.send(_CONTINUE) or b"" if self._conn.they_are_waiting_for_100_continue else b""

    def answered(self, answer: HttpAnswer, *, date: bytes, is_last: bool) -> bytes:
        """Give the bytes of an answer.

        Args:
            answer: the answer, without the headers that say how long it is.
            date: of the day, as HTTP writes it.
            is_last: whether the connection ends with it.
        """
        body = b"" if self._is_head else answer.body
        lines = [_STATUS_LINES[answer.status]]
        lines += [f"{name}: {value}\r\n" for name, value in answer.headers]
        head = "".join(lines).encode("latin-1")
        assert head.count(b"\n") == head.count(b"\r") == len(lines), "a header has one line"
        end = b"\r\n" if self._goes_on and not is_last else b"\r\nconnection: close\r\n"
        return b"%bcontent-length: %d\r\ndate: %b%b\r\n%b" % (head, len(answer.body), date, end, body)

    def began(self, status: int, headers: Headers, *, date: bytes) -> bytes:
        """Begin an answer of which nobody knows yet how long it gets; the connection ends with it."""
        said = [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers]
        said += [(b"date", date), (b"connection", b"close")]
        return self._conn.send(h11.Response(status_code=status, headers=said)) or b""

    def part(self, data: bytes) -> bytes:
        """Give the bytes of a part of such an answer."""
        return self._conn.send(h11.Data(data=data)) or b""

    @property
    def can_answer(self) -> bool:
        """Whether an answer may be sent now."""
        return self._conn.our_state in (h11.IDLE, h11.SEND_RESPONSE)

    def next_cycle(self) -> bool:
        """Turn to the next request, now that this one is answered, and say whether there can be one."""
        if not self._goes_on:
            return False
        left, _ = self._conn.trailing_data
        self._conn = h11.Connection(h11.SERVER, max_incomplete_event_size=self._header_bytes)
        self._come = len(left)
        if left:
            self._conn.receive_data(left)
        if self.is_over:
            self._conn.receive_data(b"")
        self.has_begun = bool(left)
        self._is_head = False
        return True


class BodyLimit:
    """How many bytes a body may have, by who sends it.

    Args:
        api: for all calls, and for strangers.
        admin: for whoever may bring the admin API a document.
        is_admin: says that of a request whose body is not there yet.
    """

    __slots__ = ("_admin", "_api", "_is_admin")

    def __init__(self, *, api: int, admin: int, is_admin: Callable[[HttpRequest], bool]) -> None:
        self._api, self._admin, self._is_admin = api, admin, is_admin

    def __call__(self, head: HttpRequest) -> int:
        """Say it for a request."""
        return self._admin if self._is_admin(head) else self._api


def _size(target: bytes, headers: list[tuple[bytes, bytes]]) -> int:
    return len(target) + sum(len(name) + len(value) + 4 for name, value in headers)


def _as_wire_error(error: h11.RemoteProtocolError) -> WireError:
    status = error.error_status_hint if error.error_status_hint in _REASONS else 400
    reason = _PYTHON.sub(r"\1", str(error))
    return WireError(status, f"this is no request that can be read: {reason}")
