"""The client: what a user writes against, in a trio script.

A call raises its ApiError; :func:`~cloudsim.runtime.outcome.attempt` gives an Outcome instead. A time-out ends the
client's wait and never the operation: only so can the classic race happen, in which a retry meets its own first try.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from cloudsim.api.requests import (
    CreateNetworkInterface,
    DeleteNetworkInterface,
    DescribeNetworkInterfaces,
    Request,
)
from cloudsim.api.responses import (
    CreateNetworkInterfaceResponse,
    DeleteNetworkInterfaceResponse,
    DescribeNetworkInterfacesResponse,
    Response,
)
from cloudsim.errors.base import ApiError
from cloudsim.errors.own import RequestTimeout, require
from cloudsim.runtime.parameters import (
    CreateParameters,
    DeleteParameters,
    DescribeParameters,
    check_request,
    make_request,
)
from cloudsim.runtime.retry import Retry, TokenUse
from cloudsim.simulation.reply import Reply
from cloudsim.values.duration import Ns, format_duration

if TYPE_CHECKING:
    from typing import Unpack

    from cloudsim.runtime.session import Session
    from cloudsim.simulation.caller import Caller

ResponseT = TypeVar("ResponseT", bound=Response)


class Client:
    """Makes calls for one account, and by default in one region; made by ``Session.client``.

    Any number of tasks may use one client at the same time.
    """

    def __init__(
        self, session: Session, caller: Caller, *, region: str | None, timeout_ns: Ns | None, retry: Retry
    ) -> None:
        self._session = session
        self._caller = caller
        self._tokens_drawn = 0
        self.region = region
        self.timeout_ns = timeout_ns
        self.retry = retry

    @property
    def name(self) -> str:
        """What the journal calls its caller."""
        return self._caller.name

    async def create_network_interface(self, **parameters: Unpack[CreateParameters]) -> CreateNetworkInterfaceResponse:
        """Make an ENI and wait for the answer.

        Args:
            parameters: as documented, in snake case; ``vswitch_id`` and a security group are required.

        Raises:
            ApiError: the refusal.
            RequestTimeout: no answer came in time, in any try.
            SettingError: there is no such parameter, or its value is of the wrong kind.
        """
        request = self._request(CreateNetworkInterface, parameters)
        return await self._call(request, CreateNetworkInterfaceResponse)

    async def delete_network_interface(self, **parameters: Unpack[DeleteParameters]) -> DeleteNetworkInterfaceResponse:
        """Delete an ENI; raises as :meth:`create_network_interface`."""
        request = self._request(DeleteNetworkInterface, parameters)
        return await self._call(request, DeleteNetworkInterfaceResponse)

    async def describe_network_interfaces(
        self, **parameters: Unpack[DescribeParameters]
    ) -> DescribeNetworkInterfacesResponse:
        """List ENIs, one page; raises as :meth:`create_network_interface`."""
        request = self._request(DescribeNetworkInterfaces, parameters)
        return await self._call(request, DescribeNetworkInterfacesResponse)

    def submit(self, request: Request) -> Reply:
        """Send a request on its way and do not wait; the client's region is filled in where it has none.

        Returns:
            The reply, for :meth:`answer`, ``Session.hold`` and ``Session.release``.

        Raises:
            SettingError: it is no request, or a parameter of it is of the wrong kind.
        """
        require(request, Request, "submit")
        return self._send(check_request(request))

    def _send(self, request: Request) -> Reply:
        if request.region_id is None and self.region is not None:
            request = msgspec.structs.replace(request, region_id=self.region)
        return self._session.submit(self._caller, request)

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
        return reply.result()

    def _request(self, kind: type[Request], parameters: Mapping[str, Any]) -> Request:
        request = make_request(kind, parameters)
        takes_token = isinstance(request, CreateNetworkInterface) and not request.client_token
        if takes_token and self.retry.token is not TokenUse.NONE:
            request = msgspec.structs.replace(request, client_token=self._draw_token())
        return request

    def _draw_token(self) -> str:
        """Draw a ClientToken that belongs to this client alone."""
        self._tokens_drawn += 1
        drawn = self._session.entropy.integer("client-token", f"{self.name}/{self._tokens_drawn}", bits=128)
        return f"{drawn:032x}"

    async def _call(self, request: Request, kind: type[ResponseT]) -> ResponseT:
        """Try a call as often as the retry policy says."""
        tries = 0
        while True:
            tries += 1
            try:
                response = await self.answer(self._send(request))
            except (ApiError, RequestTimeout) as error:
                if not self.retry.wants_another(error, tries):
                    raise
            else:
                assert isinstance(response, kind), "an action has one kind of answer"
                return response
            await self._session.sleep(self.retry.pause_ns(tries))
            if self.retry.token is TokenUse.FRESH and isinstance(request, CreateNetworkInterface):
                request = msgspec.structs.replace(request, client_token=self._draw_token())

    async def _wait(self, reply: Reply) -> None:
        """Park until the answer or the time-out comes, whichever is first."""
        name, kernel = reply.call.name, self._session.kernel
        waiter = self._session.gate.waiter(_why(reply))
        reply.when_settled(lambda: waiter.wake("answer"), fate=lambda: waiter.explain(_why(reply)))
        timer = None
        if self.timeout_ns is not None:
            due_ns = reply.submitted_ns + self.timeout_ns
            timer = kernel.call_at(
                max(due_ns, kernel.now_ns), lambda: waiter.wake("time-out"), name=f"time-out of {name}"
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
