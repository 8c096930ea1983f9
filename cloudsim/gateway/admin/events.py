"""The stream: server-sent events with the journal's lines as they come, and the state as it changes.

    event: world      another simulation is served: {"epoch": 2}
    event: state      what GET /_cloudsim/state answers, at most once a second, and only when something has happened
    event: lines      {"first": 1200, "lines": [...]}, at most 500 of them four times a second
    event: gap        {"first": 1200, "after": 9000}: lines that came quicker than anybody could read, and are gone

The id of an event is ``EPOCH-NUMBER``, with the number of the next line; a browser that comes again says it in
``Last-Event-ID`` and goes on from there. A reader who is slow keeps nobody waiting and costs no memory: what has left
the tail of the journal in the meantime is a gap.

Source: HTML Standard, "Server-sent events".
"""

from typing import Final

import msgspec
import trio

from cloudsim.gateway.admin.answers import CLOSED, COMMON, AdminRefusal
from cloudsim.gateway.admin.host import Host
from cloudsim.gateway.admin.state import state_of
from cloudsim.gateway.admin.tail import Tail
from cloudsim.gateway.http import Headers

SUBSCRIBERS_MAX: Final = 16
LINES_MAX: Final = 500
"""Of one event."""
BACKLOG_MAX: Final = 2_000
"""Lines that a reader may be behind before the older ones are a gap."""
LOOK_S: Final = 0.25
_STATE_LOOKS: Final = 4
Seen = tuple[int, int, int, int, int]
"""Epoch, lines of the journal, instant, refusals of the gateway and failures: what a state was made of."""
_SILENT_LOOKS_MAX: Final = 60
"""After so many looks at which there was nothing to say, a comment keeps the connection alive."""


class EventStream:
    """A stream of events; :meth:`receive` gives the next bytes, and :meth:`close` lets it go.

    Args:
        board: where it is open.
        last_id: of the last event that the reader has seen, or empty.
    """

    status: Final = 200
    headers: Final[Headers] = (("content-type", "text/event-stream"), *COMMON, CLOSED)

    def __init__(self, board: "Board", last_id: str = "") -> None:
        self._board = board
        self._tail = board.tail
        self._epoch, self._next = _position(last_id)
        self._seen: Seen | None = None
        self._looks = 0
        self._silent = 0

    async def receive(self) -> bytes:
        """Wait until there is something to say, and give it as the bytes of whole events."""
        while True:
            said = self.look()
            if said:
                return said
            await trio.sleep(LOOK_S)

    def look(self) -> bytes:
        """Give what is to be said now, without waiting; nothing if there is nothing."""
        self._board.host.follow()
        self._board.follow_host()
        said = [*self._world(), *self._lines(), *self._state()]
        self._looks += 1
        self._silent = 0 if said else self._silent + 1
        if self._silent >= _SILENT_LOOKS_MAX:
            self._silent = 0
            return b": still here\n\n"
        return b"".join(said)

    def _world(self) -> list[bytes]:
        """Say that another simulation is served, where it is."""
        if self._epoch == self._tail.epoch:
            return []
        self._epoch, self._seen = self._tail.epoch, None
        self._next = max(self._tail.first, self._tail.end - LINES_MAX)
        return [self._event("world", {"epoch": self._epoch})]

    def _lines(self) -> list[bytes]:
        end = self._tail.end
        said: list[bytes] = []
        if self._next > end:  # an id of another server
            self._next = max(0, end - LINES_MAX)
        if end - self._next > BACKLOG_MAX:
            said.append(self._gap(end - LINES_MAX))
        piece = self._tail.read(self._next, LINES_MAX)
        if piece.first > self._next:
            said.append(self._gap(piece.first))
        if piece.lines:
            self._next = piece.after
            lines = [msgspec.Raw(line) for line in piece.lines]
            said.append(self._event("lines", {"first": piece.first, "lines": lines}))
        return said

    def _gap(self, after: int) -> bytes:
        first, self._next = self._next, after
        return self._event("gap", {"first": first, "after": after})

    def _state(self) -> list[bytes]:
        if self._looks % _STATE_LOOKS:
            return []
        seen, state = self._board.state()
        if seen == self._seen:
            return []
        self._seen = seen
        return [self._event("state", msgspec.Raw(state))]

    def _event(self, name: str, data: object) -> bytes:
        return b"event: %s\nid: %d-%d\ndata: %s\n\n" % (
            name.encode(), self._epoch, self._next, msgspec.json.encode(data),
        )  # fmt: skip

    def close(self) -> None:
        """Let the stream go; more than once does no harm."""
        self._board.forget(self)


class Board:
    """The streams that are open, and the tail that they read.

    Args:
        host: who serves.
        tail: of the journals that it serves.
    """

    def __init__(self, host: Host, tail: Tail) -> None:
        self.host = host
        self.tail = tail
        self._open: list[EventStream] = []
        self._seen: Seen | None = None
        self._state = b""

    def follow_host(self) -> None:
        """Follow the simulation that is served now."""
        self.tail.follow(self.host.simulation)

    def state(self) -> tuple["Seen", bytes]:
        """Give the state as JSON, made anew where something has happened since, and what tells it from others."""
        simulation = self.host.simulation
        refused = sum(self.host.refused.values())
        failures = len(self.host.failures)
        seen = (self.tail.epoch, simulation.cloud.journal.events, simulation.now_ns, refused, failures)
        if seen != self._seen:
            self._seen, self._state = seen, msgspec.json.encode(state_of(self.host))
        return seen, self._state

    @property
    def subscribers(self) -> int:
        """How many streams are open."""
        return len(self._open)

    def subscribe(self, last_id: str) -> EventStream:
        """Open a stream.

        Raises:
            AdminRefusal: too many are open.
        """
        if len(self._open) >= SUBSCRIBERS_MAX:
            raise AdminRefusal(
                503, "TooManySubscribers", f"{SUBSCRIBERS_MAX} streams are open, which is all there can be",
                ("retry-after", "5"),
            )  # fmt: skip
        stream = EventStream(self, last_id)
        self._open.append(stream)
        return stream

    def forget(self, stream: EventStream) -> None:
        """Take a stream out that is closed."""
        if stream in self._open:
            self._open.remove(stream)


def _position(last_id: str) -> tuple[int, int]:
    """Read the id of an event; whatever is none is before the first one."""
    epoch, dash, number = last_id.partition("-")
    is_id = dash and all(part.isascii() and part.isdigit() and len(part) < 19 for part in (epoch, number))
    return (int(epoch), int(number)) if is_id else (0, 0)
