"""The reception: requests on their way through the door, each with somebody who waits for its answer.

It knows when an answer has come, writes it, and tells who waits. When time passes between the two is up to
:mod:`cloudsim.gateway.timing`; what is to be known of it later goes to the recorder, where there is one.
"""

from time import time_ns  # noqa: TID251  time stamps of signatures are of the wall; no simulation sees it

import trio

from cloudsim.gateway.door import Asked, Door, Visit
from cloudsim.gateway.http import HttpAnswer, HttpRequest
from cloudsim.gateway.recording import Recorder


class Arrival:
    """One request, and who waits for its answer.

    Args:
        request: the request.
        connection: the number of its connection.
    """

    __slots__ = ("_over", "answer", "connection", "is_over", "request")

    def __init__(self, request: HttpRequest, connection: int) -> None:
        self.request = request
        self.connection = connection
        self.answer: HttpAnswer | None = None
        """Once it is over; None if the answer was lost."""
        self.is_over = False
        self._over: trio.Event | None = None

    async def wait(self) -> HttpAnswer | None:
        """Wait for the answer; None stands for one that is lost."""
        if not self.is_over:
            self._over = trio.Event()
            await self._over.wait()
        return self.answer

    def end(self, answer: HttpAnswer | None) -> None:
        """Give the answer to who waits."""
        assert not self.is_over, "a request is answered once"
        self.answer, self.is_over = answer, True
        if self._over is not None:
            self._over.set()


class Reception:
    """Lets requests in and answers out.

    Args:
        door: decides what a request is.
        recorder: is told of all that comes and goes; None if nothing is recorded.
    """

    def __init__(self, door: Door, recorder: Recorder | None = None) -> None:
        self.door = door
        self.recorder = recorder
        self.clients = 0
        """How many connections are open: where there is but one, nobody else can have been read with it."""
        self._over: list[tuple[Arrival, Visit]] = []

    def read(self, arrival: Arrival) -> Asked | None:
        """Say what a request asks for; None if it was refused, and has been answered."""
        asked = self.door.read(arrival.request, wall_ns=time_ns())
        if isinstance(asked, HttpAnswer):
            if self.recorder is not None:
                self.recorder.note_refusal(self.door.refused_last)
            arrival.end(asked)
            return None
        return asked

    def enter(self, arrival: Arrival, asked: Asked, *, is_alone: bool = False) -> Visit:
        """Submit a call; its answer is given by :meth:`deliver`, some time after it has come.

        Args:
            arrival: the request.
            asked: the call.
            is_alone: whether it may come to its answer at once, since it is the only one.
        """
        if self.recorder is not None:
            self.recorder.note_call(asked)
        visit = self.door.enter(asked, is_alone=is_alone)
        if visit.is_over:
            self._over.append((arrival, visit))
            return visit

        def told() -> None:
            # A fate is told of a call that is held, too, and that one may yet be answered.
            if visit.is_over:
                visit.reply.stop_waiting()
                self._over.append((arrival, visit))

        visit.reply.when_settled(told, fate=told)
        return visit

    def deliver(self) -> None:
        """Give the answers that have come to who waits for them, in the order in which they came."""
        over, self._over = self._over, []
        for arrival, visit in over:
            if self.recorder is not None:
                self.recorder.note_answer(visit.call.name)
            if not arrival.is_over:  # or a bug of ours has answered it
                arrival.end(self.door.answer(visit))
