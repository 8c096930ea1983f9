"""The wire of one connection: HTTP/1.1 by h11, without I/O.

Bytes go in, whole requests come out; answers go in, and bytes come out, all of an answer in one piece, so that it
leaves in one packet where it can. h11 reads, which is where the traps are: pipelining, chunked bodies, keep-alive,
``Expect``. Each request is read by an ``h11.Connection`` of its own, which begins with what the one before it left.

An answer that is whole has one form: a status, a few headers of our own, a length. It is put together here, since h11,
which holds each header against the grammar and each event against its states, takes as long for it as for a request.
An answer without an end goes by h11.

Source: RFC 9112; h11 documentation, "A flexible server".
"""

from http import HTTPStatus
from typing import Final

import h11
import msgspec

from cloudsim.gateway.http import Headers, HttpAnswer, HttpRequest

_STATUS_LINES: Final = {int(status): f"HTTP/1.1 {int(status)} {status.phrase}\r\n" for status in HTTPStatus}
_CONTINUE: Final = h11.InformationalResponse(status_code=100, headers=[], reason=b"Continue")
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
        "_body",
        "_body_bytes",
        "_conn",
        "_head",
        "_header_bytes",
        "_headers",
        "_method",
        "has_begun",
        "is_over",
    )

    def __init__(self, header_bytes: int) -> None:
        self._header_bytes = header_bytes
        self._conn = h11.Connection(h11.SERVER, max_incomplete_event_size=header_bytes)
        self._head: h11.Request | None = None
        self._method = b""
        self._headers: list[tuple[str, str]] = []
        self._body: list[bytes] = []
        self._body_bytes = 0
        self.has_begun = False
        """Whether a part of a request is there, and the whole is not."""
        self.is_over = False
        """Whether the client has said all that it will say."""

    def feed(self, data: bytes) -> None:
        """Take what has come; empty bytes are the end of what the client says."""
        if data:
            self.has_begun = True
        else:
            self.is_over = True
        try:
            self._conn.receive_data(data)
        except h11.RemoteProtocolError as error:
            raise _as_wire_error(error) from None

    def next_request(self, body_limit: "BodyLimit") -> HttpRequest | bool:
        """Give a request that is whole.

        Args:
            body_limit: says for a target how many bytes a body may have.

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
                self._begin(event, body_limit)
            elif isinstance(event, h11.Data):
                self._take(event.data, body_limit)
            elif isinstance(event, h11.EndOfMessage):
                return self._whole()
            else:
                assert isinstance(event, h11.ConnectionClosed), "no other event comes to a server"
                return False

    def _begin(self, head: h11.Request, body_limit: "BodyLimit") -> None:
        self._head, self._method = head, head.method
        self.has_begun = True
        raw = head.headers.raw_items()  # to go through the headers themselves costs a call for each
        self._headers = headers = [(name.decode("ascii").lower(), value.decode("latin-1")) for name, value in raw]
        for name, value in headers:
            if name == "content-length" and int(value) > body_limit(head.target):
                raise WireError(413, f"the body has {int(value)} bytes, and at most {body_limit(head.target)} are read")

    def _take(self, data: bytes, body_limit: "BodyLimit") -> None:
        assert self._head is not None, "a body comes after its head"
        self._body.append(bytes(data))
        self._body_bytes += len(data)
        if self._body_bytes > body_limit(self._head.target):
            raise WireError(413, f"the body has more than the {body_limit(self._head.target)} bytes that are read")

    def _whole(self) -> HttpRequest:
        head, body = self._head, b"".join(self._body)
        assert head is not None, "a request has a head"
        self._head, self._body, self._body_bytes, self.has_begun = None, [], 0, False
        return HttpRequest(head.method.decode("ascii"), head.target.decode("ascii"), tuple(self._headers), body)

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
        body = b"" if self._method == b"HEAD" else answer.body
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

    @property
    def _goes_on(self) -> bool:
        """Whether there can be another request, once this one is whole and has been answered."""
        return self._conn.their_state is h11.DONE

    def next_cycle(self) -> bool:
        """Turn to the next request, now that this one is answered, and say whether there can be one."""
        if not self._goes_on:
            return False
        left, _ = self._conn.trailing_data
        self._conn = h11.Connection(h11.SERVER, max_incomplete_event_size=self._header_bytes)
        if left:
            self._conn.receive_data(left)
        if self.is_over:
            self._conn.receive_data(b"")
        self.has_begun = bool(left)
        return True


class BodyLimit:
    """How many bytes a body may have, by where it is sent.

    Args:
        api: for the API.
        admin: for the admin's paths.
        admin_path: what they begin with.
    """

    __slots__ = ("_admin", "_admin_path", "_api")

    def __init__(self, *, api: int, admin: int, admin_path: str) -> None:
        self._api, self._admin, self._admin_path = api, admin, admin_path.encode("ascii")

    def __call__(self, target: bytes) -> int:
        """Say it for a target."""
        return self._admin if target.startswith(self._admin_path) else self._api


def _as_wire_error(error: h11.RemoteProtocolError) -> WireError:
    status = error.error_status_hint if error.error_status_hint in _REASONS else 400
    return WireError(status, f"this is no request that can be read: {error}")
