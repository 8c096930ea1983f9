"""What all methods of a client have in common: a call is sent, waited for, and repeated as the retry policy says.

A time-out ends the client's wait and never the operation: only so can the classic race happen, in which a retry meets
its own first try.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from cloudsim.api.requests import Request
from cloudsim.api.responses import Response
from cloudsim.errors.base import ApiError
from cloudsim.errors.own import RequestTimeout, require
from cloudsim.runtime.making import check_request, make_request
from cloudsim.runtime.retry import Retry, TokenUse
from cloudsim.simulation.reply import Reply
from cloudsim.values.duration import Ns, format_duration

if TYPE_CHECKING:
    from cloudsim.runtime.session import Session
    from cloudsim.simulation.caller import Caller

ResponseT = TypeVar("ResponseT", bound=Response)


class Asking:
    """The part of a client that makes calls; what calls there are, its kin says.

    Args:
        session: where it lives.
        caller: for whom it asks.
        region: where, for calls that do not say.
        timeout_ns: how long it waits for an answer; None waits for ever.
        retry: how it repeats calls.
    """

    def __init__(
        self, session: Session, caller: Caller, *, region: str | None, timeout_ns: Ns | None, retry: Retry
    ) -> None:
        self._session = session
        self._caller = caller
        self._tokens_drawn = 0
        self._waits_begun = 0
        self.region = region
        self.timeout_ns = timeout_ns
        self.retry = retry

    @property
    def name(self) -> str:
        """What the journal calls its caller."""
        return self._caller.name

    def submit(self, request: Request) -> Reply:
        """Send a request on its way and do not wait; the client's region is filled in where it has none.

        Returns:
            The reply, for :meth:`answer`, ``Session.hold`` and ``Session.release``.

        Raises:
            SettingError: it is no request, or a parameter of it is of the wrong kind.
        """
        require(request, Request, "submit")
        return self._send(check_request(request))

    def _send(self, request: Request, *, unknown: tuple[str, ...] = ()) -> Reply:
        if request.region_id is None and self.region is not None:
            request = msgspec.structs.replace(request, region_id=self.region)
        self._session.gate.note_call(self.name)
        return self._session.submit(self._caller, request, unknown=unknown)

    async def answer(self, reply: Reply) -> Response:
        """Wait for the answer of a submitted call.

        Raises:
            ApiError: the refusal.
            RequestTimeout: no answer came in the client's time.
            SettingError: another task waits for it already.
        """
        require(reply, Reply, "answer")
        if not reply.is_settled:
            await self._wait(reply)
        if not reply.is_heard:
            reply.is_heard = True
            self._session.heard += 1
        return reply.result()

    async def _ask(self, kind: type[Request], answer: type[ResponseT], parameters: Mapping[str, Any]) -> ResponseT:
        """Make a call of typed parameters."""
        response = await self._call(make_request(kind, parameters))
        assert isinstance(response, answer), "an action has one kind of answer"
        return response

    async def _call(self, request: Request, *, unknown: tuple[str, ...] = ()) -> Response:
        """Try a call as often as the retry policy says."""
        takes_token = "client_token" in request.__struct_fields__
        if takes_token and self.retry.token is not TokenUse.NONE and not getattr(request, "client_token"):  # noqa: B009
            request = self._with_token(request)
        tries = 0
        while True:
            tries += 1
            try:
                return await self.answer(self._send(request, unknown=unknown))
            except (ApiError, RequestTimeout) as error:
                if not self.retry.wants_another(error, tries):
                    raise
            await self._session.sleep(self.retry.pause_ns(tries))
            if takes_token and self.retry.token is TokenUse.FRESH:
                request = self._with_token(request)

    def _with_token(self, request: Request) -> Request:
        """Give a request a ClientToken that belongs to this client alone."""
        self._tokens_drawn += 1
        drawn = self._session.entropy.integer("client-token", f"{self.name}/{self._tokens_drawn}", bits=128)
        return msgspec.structs.replace(request, client_token=f"{drawn:032x}")

    async def _wait(self, reply: Reply) -> None:
        """Park until the answer or the time-out comes, whichever is first."""
        name, kernel = reply.call.name, self._session.kernel
        waiter = self._session.gate.waiter(_why(reply))
        reply.when_settled(lambda: waiter.wake("answer"), fate=lambda: waiter.explain(_why(reply)))
        timer = None
        if self.timeout_ns is not None:
            due_ns = reply.submitted_ns + self.timeout_ns
            timer = kernel.call_at(
                max(due_ns, kernel.now_ns),
                lambda: waiter.wake("time-out"),
                name=f"time-out of {name}",
                footprint=lambda: self._session.answer_touches(name),
            )
        try:
            first = await waiter.wait()
        finally:
            reply.stop_waiting()
            if timer is not None:
                kernel.cancel(timer)
        if first == "time-out":
            assert self.timeout_ns is not None, "only a time-out ends the wait so"
            raise RequestTimeout(f"{name}: no answer within {format_duration(self.timeout_ns)}; the operation goes on")


def _why(reply: Reply) -> str:
    """What a script waits for, and what is known of it."""
    return f"the answer of {reply.call.name}" + (f", which {reply.fate}" if reply.fate else "")
