"""A connection: requests are read one by one, answered in their order, each answer in one send.

A connection waits in three places, and each has its own limit: for a request to begin (idle), for it to be whole, and
for the client to take the answer. It does not limit the wait for the cloud: time is the simulation's there. A client
that has closed its sending half is still answered.
"""

from collections.abc import Awaitable, Callable
from email.utils import formatdate
from math import inf
from typing import Protocol, TypeAlias

import trio

from cloudsim.gateway.http import Headers, HttpAnswer, HttpRequest
from cloudsim.gateway.limits import Limits
from cloudsim.gateway.stream import PromptStream
from cloudsim.gateway.wire import BodyLimit, Wire, WireError, protocol_answer


class EventStream(Protocol):
    """An answer that goes on until the client or the server has enough."""

    @property
    def status(self) -> int:
        """Of HTTP."""
        ...

    @property
    def headers(self) -> Headers:
        """Of the answer."""
        ...

    async def receive(self) -> bytes:
        """Wait for the next piece, and give it."""
        ...

    def close(self) -> None:
        """Let it go; more than once does no harm."""
        ...


Answerer: TypeAlias = Callable[[HttpRequest, int], Awaitable["HttpAnswer | EventStream | None"]]
"""Answers a request of the connection of a number; None: the answer was lost, and the connection is to be cut."""


class Dates:
    """The date for answers, made once a second."""

    __slots__ = ("_second", "_text")

    def __init__(self) -> None:
        self._second = -1
        self._text = b""

    def now(self) -> bytes:
        """Give it as HTTP writes it."""
        second = int(trio.current_time())
        if second != self._second:
            self._second, self._text = second, formatdate(usegmt=True).encode("ascii")
        return self._text


class Connection:
    """One connection of a client.

    Args:
        stream: to the client.
        answerer: answers requests.
        number: of the connection; who came first in one poll is told by it.
        limits: sizes and times.
        body_limit: how long bodies may be.
        dates: says the date.
    """

    def __init__(
        self,
        stream: PromptStream,
        answerer: Answerer,
        *,
        number: int,
        limits: Limits,
        body_limit: BodyLimit,
        dates: Dates,
    ) -> None:
        self._stream = stream
        self._answerer = answerer
        self._number = number
        self._limits = limits
        self._body_limit = body_limit
        self._dates = dates
        self._wire = Wire(limits.header_bytes)
        self._patience = trio.CancelScope()
        self._until_s = inf
        """When patience ends, by trio's clock."""
        self._is_idle = False
        """Whether it waits for the client, and for no answer of ours."""
        self.is_last = False
        """Whether the next answer is to be the last one."""

    def end_soon(self) -> None:
        """End after the answer under way; at once where none is, or where it would never end."""
        self.is_last = True
        if self._is_idle and not self._wire.has_begun:
            self._patience.cancel()

    @property
    def rests_until_s(self) -> float:
        """When its patience with a client that asks for nothing ends; infinite where the client asks for something."""
        rests = self._is_idle and not self._wire.has_begun and not self.is_last
        return self._until_s if rests else inf

    @property
    def is_left(self) -> bool:
        """Whether its client has closed its side while it waits for an answer: it may have gone, and may not."""
        return not self._is_idle and self._stream.is_left

    def cut(self) -> None:
        """End at once."""
        self._patience.cancel()

    async def run(self) -> None:
        """Serve the client until it or we have enough; its own troubles end here."""
        try:
            with self._patience:
                while await self._serve_one():
                    pass
            if self._patience.cancelled_caught and self._is_idle and self._wire.has_begun:
                await self._refuse(WireError(408, f"the request is not whole after {self._limits.read_s:g} s").answer)
        except trio.BrokenResourceError:
            pass  # the client has gone
        finally:
            await trio.aclose_forcefully(self._stream)

    def _allow(self, limit_s: float) -> None:
        """Have patience for so long from now."""
        self._until_s = trio.current_time() + limit_s

    def look(self, now_s: float) -> None:
        """Lose patience if it is time; who serves connections asks each of them now and then.

        A deadline of trio's own would have to move twice with each request, and that costs more than all these looks.
        """
        if now_s >= self._until_s:
            self._patience.cancel()

    async def _serve_one(self) -> bool:
        """Read and answer one request, and say whether there may be another."""
        try:
            request = await self._read()
        except WireError as error:
            await self._refuse(error.answer)
            return False
        if request is None:
            return False
        answer = await self._answerer(request, self._number)
        if answer is None:
            return False
        if isinstance(answer, HttpAnswer):
            await self._send(self._wire.answered(answer, date=self._dates.now(), is_last=self.is_last))
            return not self.is_last and self._wire.next_cycle()
        await self._stream_out(answer)
        return False

    async def _read(self) -> HttpRequest | None:
        """Read a request; None if there is none any more.

        Raises:
            WireError: it cannot be read.
        """
        found = self._wire.next_request(self._body_limit) if self._wire.has_begun else not self._wire.is_over
        if isinstance(found, HttpRequest):
            await trio.lowlevel.checkpoint()  # it came with the one before it, and others want their turn
        elif found and not (self.is_last and not self._wire.has_begun):
            self._allow(self._limits.read_s if self._wire.has_begun else self._limits.idle_s)
            self._is_idle = True
            while found is True:
                found = await self._read_on()
            self._is_idle = False
            self._until_s = inf
        return found if isinstance(found, HttpRequest) else None

    async def _read_on(self) -> HttpRequest | bool:
        had_begun = self._wire.has_begun
        proceed = self._wire.continued()
        if proceed:
            await self._stream.send_all(proceed)
        self._wire.feed(await self._stream.receive_some())
        found = self._wire.next_request(self._body_limit)
        if found is True and not had_begun:
            self._allow(self._limits.read_s)
        return found

    async def _send(self, data: bytes) -> None:
        """Send; a client that does not take it in time is cut off."""
        rest = self._stream.send_now(data)
        if rest:
            self._allow(self._limits.write_s)
            await self._stream.send_all(rest)
            self._until_s = inf

    async def _refuse(self, answer: HttpAnswer) -> None:
        """Answer what cannot be read, and close when the client has had a chance to hear it."""
        if self._wire.can_answer:
            with trio.move_on_after(self._limits.write_s):
                await self._stream.send_all(self._wire.answered(answer, date=self._dates.now(), is_last=True))
                await linger(self._stream, self._limits.linger_s)

    async def _stream_out(self, answer: EventStream) -> None:
        """Send an answer without an end, and notice when the client or the server has enough."""
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._until_closed, nursery.cancel_scope)
                await self._send(self._wire.began(answer.status, answer.headers, date=self._dates.now()))
                while True:
                    self._is_idle = True  # it may be ended here
                    piece = await answer.receive()
                    self._is_idle = False
                    await self._send(self._wire.part(piece))
        finally:
            answer.close()

    async def _until_closed(self, scope: trio.CancelScope) -> None:
        """Cancel once the client has closed its side; what it says meanwhile is dropped."""
        try:
            while await self._stream.receive_some():
                pass
        except trio.BrokenResourceError:
            pass
        scope.cancel()


async def refuse_connection(stream: PromptStream, limits: Limits, dates: Dates, reason: str) -> None:
    """Tell a client that there is no room for it, and close.

    Args:
        stream: to the client.
        limits: times.
        dates: says the date.
        reason: for people.
    """
    answer = protocol_answer(503, reason)
    try:
        with trio.move_on_after(limits.linger_s):
            await stream.send_all(Wire(limits.header_bytes).answered(answer, date=dates.now(), is_last=True))
            await linger(stream, limits.linger_s)
    except trio.BrokenResourceError:
        pass
    finally:
        await trio.aclose_forcefully(stream)


async def linger(stream: PromptStream, limit_s: float) -> None:
    """Say that no more comes, and read on for a while: to close with bytes unread would take the answer back."""
    await stream.send_eof()
    with trio.move_on_after(limit_s):
        while await stream.receive_some():
            pass
