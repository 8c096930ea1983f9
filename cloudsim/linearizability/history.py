"""The history: what the callers of one simulation observe, taken down as it happens."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from cloudsim.api.requests import Request
from cloudsim.api.responses import Response
from cloudsim.errors.base import ApiError
from cloudsim.linearizability.check import Judgement, judge, unjudged
from cloudsim.linearizability.observed import Observed
from cloudsim.linearizability.search import STATES_MAX
from cloudsim.linearizability.start import start_of_cloud
from cloudsim.operations.operation import Call
from cloudsim.resources.consistency import IMMEDIATE, Consistency
from cloudsim.values.duration import Ns

if TYPE_CHECKING:
    from cloudsim.simulation.simulation import Simulation


class _Entry:
    """A call, and its answer once there is one."""

    __slots__ = ("answered", "answered_ns", "call", "error", "invoked", "invoked_ns", "response")

    def __init__(self, call: Call[Any], invoked: int, invoked_ns: Ns) -> None:
        self.call = call
        self.invoked = invoked
        self.invoked_ns = invoked_ns
        self.answered: int | None = None
        self.answered_ns: Ns | None = None
        self.response: Response | None = None
        self.error: ApiError | None = None


class History:
    """The calls of a simulation as their callers see them; made before the first one is submitted.

    Args:
        simulation: what is observed.
        consistency: how late its descriptions may be.
        attaches_fail: whether attaches may fail after their answer, by faults or troubles.
    """

    def __init__(
        self, simulation: Simulation, *, consistency: Consistency = IMMEDIATE, attaches_fail: bool = True
    ) -> None:
        self._simulation = simulation
        self._attaches_fail = attaches_fail
        self._consistency = consistency
        self._entries: dict[str, _Entry] = {}
        self._events = 0
        self.start = start_of_cloud(simulation.cloud)
        """What exists before the first call."""

    def departed(self, call: Call[Any]) -> None:
        """A call departs."""
        self._events += 1
        self._entries[call.name] = _Entry(call, self._events, self._simulation.now_ns)

    def answered(self, call: Call[Any], response: Response | None, refusal: ApiError | None) -> None:
        """The answer of a call reaches its caller."""
        self._events += 1
        entry = self._entries[call.name]
        entry.answered, entry.answered_ns = self._events, self._simulation.now_ns
        entry.response, entry.error = (response, None) if refusal is None else (None, refusal)

    @property
    def calls(self) -> list[Observed]:
        """The calls so far, in the order of their departure."""
        return [_observed(entry) for entry in self._entries.values()]

    @property
    def unjudged(self) -> Counter[str]:
        """The calls that no model knows, by action."""
        return unjudged(self.calls)

    def judge(self, *, limit: int = STATES_MAX) -> Judgement:
        """Look for an order that explains the answers so far; as :func:`~cloudsim.linearizability.judge`."""
        policy = self._simulation.policy
        return judge(
            self.start,
            self.calls,
            consistency=self._consistency,
            token_window_ns=policy.token_window_ns,
            attaches_fail=self._attaches_fail,
            limit=limit,
        )


def _observed(entry: _Entry) -> Observed:
    call = entry.call
    request: Request = call.request
    return Observed(
        call=call.name,
        caller=call.name.rpartition("/")[0],
        request=request,
        account=call.account,
        invoked=entry.invoked,
        answered=entry.answered,
        response=entry.response,
        error=entry.error,
        invoked_ns=entry.invoked_ns,
        answered_ns=entry.answered_ns,
    )
