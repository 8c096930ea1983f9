"""Requests as official clients sent them, spoilt; and what a server must make of whatever comes.

``recorded_requests.jsonl`` has a whole session of the newer Python SDK, in order, and of three other clients each
request of another action; all against a world without a file, under seed 0.
"""

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Final

import h11

from cloudsim.errors.codes import CODES
from cloudsim.gateway.thread import ThreadServer

RECORDED: Final[list[bytes]] = [
    json.loads(line)["raw"].encode("latin-1")
    for line in Path(__file__).with_name("recorded_requests.jsonl").read_text(encoding="ascii").splitlines()
]
PATIENCE_S: Final = 20.0
"""What takes longer than this is a hang: a client that has said all that it will is answered or left at once."""
OF_HTTP: Final = {"UnsupportedTransferEncoding": 501}
"""Codes of the server itself that tell of 5xx, as RFC 9112 section 6.1 wants it of codings that are not known."""
_PIECES: Final = (
    *(b"\r\n", b"\r\n\r\n", b"\0", b"\xff\xfe", b"%", b"%00", b"&&==&", b"=", b"&Tag.9999.Key=x", b"&Format=XML"),
    *(b"&Action=CreateNetworkInterface", b"Transfer-Encoding: chunked\r\n", b"Content-Length: 99999999\r\n"),
    *(
        b"Expect: 100-continue\r\n",
        b"&PageSize=-1",
        b"&SecondaryPrivateIpAddressCount=9",
        b"A" * 3000,
        b"POST / HTTP/1.1",
    ),
)

Below = Callable[[int], int]
"""Draws a number from 0 on, below another one, at least 1."""


def spoilt(below: Below) -> bytes:
    """Draw a few requests as they might come on one connection, and spoil them in up to four places."""
    raw = b"".join(RECORDED[below(len(RECORDED))] for _ in range(1 + below(3)))
    for _ in range(below(5)):
        raw = _SPOILERS[below(len(_SPOILERS))](raw, below)
    return raw


def _flip(raw: bytes, below: Below) -> bytes:
    place = below(len(raw) + 1)
    return raw[:place] + bytes([below(256)]) + raw[place + 1 :]


def _drop(raw: bytes, below: Below) -> bytes:
    place = below(len(raw) + 1)
    return raw[:place] + raw[place + below(40) :]


def _double(raw: bytes, below: Below) -> bytes:
    place = below(len(raw) + 1)
    end = place + below(200)
    return raw[:end] + raw[place:end] + raw[end:]


def _put(raw: bytes, below: Below) -> bytes:
    place = below(len(raw) + 1)
    return raw[:place] + _PIECES[below(len(_PIECES))] + raw[place:]


def _cut(raw: bytes, below: Below) -> bytes:
    return raw[: below(len(raw) + 1)]


def _cross(raw: bytes, below: Below) -> bytes:
    other = RECORDED[below(len(RECORDED))]
    return raw[: below(len(raw) + 1)] + other[below(len(other)) :]


_SPOILERS: Final = (_flip, _drop, _double, _put, _cut, _cross)


def answers_to(server: ThreadServer, raw: bytes) -> list[tuple[int, bytes]]:
    """Say something to the server and no more, and give the answers that came until it closed: status and body.

    Raises:
        TimeoutError: it hangs.
        h11.RemoteProtocolError: it answered with something that is no HTTP.
    """
    heard = b""
    with socket.create_connection((server.host, server.port), timeout=PATIENCE_S) as line:
        try:
            line.sendall(raw)
            line.shutdown(socket.SHUT_WR)
            while part := line.recv(65_536):
                heard += part
        except ConnectionError:
            pass  # it has answered and left before all was said
    return _read(heard) if heard else []


def _read(heard: bytes) -> list[tuple[int, bytes]]:
    client = h11.Connection(h11.CLIENT)
    found: list[tuple[int, bytes]] = []
    client.send(h11.Request(method="POST", target="/", headers=[("host", "localhost")]))
    client.send(h11.EndOfMessage())
    client.receive_data(heard)
    status, body = 0, b""
    while (event := client.next_event()) is not h11.NEED_DATA:
        if isinstance(event, h11.Response):
            status, body = event.status_code, b""
        elif isinstance(event, h11.Data):
            body += event.data
        elif isinstance(event, h11.EndOfMessage):
            found.append((status, body))
            rest, _ = client.trailing_data
            return found + (_read(rest) if rest else [])
    return found


def require_sound(answers: list[tuple[int, bytes]]) -> None:
    """Require of answers that those of 5xx have a documented code, and its status."""
    for status, body in answers:
        if status >= 500:
            code = json.loads(body)["Code"]
            assert status == (OF_HTTP[code] if code in OF_HTTP else CODES[code].http_status), (status, body)
