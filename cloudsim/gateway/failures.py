"""Failures: bugs of ours that strike while a server serves.

No request may end a server. Whoever waited when one struck is told ``InternalError``, somebody gets the details, and
the server goes on. But a step that broke off may have left the simulation between two valid states, so what it says
from then on is worth less: health tells it, until another simulation is served.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from cloudsim.errors.service import InternalError
from cloudsim.gateway.exchange import Exchange, write_refusal
from cloudsim.gateway.http import HttpAnswer, HttpRequest

TOLD_MAX: Final = 10
"""Failures of one server that are kept and told in full; more are counted."""
_LENGTH_MAX: Final = 300


class ServerFailed(InternalError):
    """The simulator itself failed while it dealt with a call."""

    form = (
        "The request processing has failed due to some unknown error, exception or failure. This is a bug of the "
        "simulator, whose state may be half-way: /_cloudsim/health says more, and /_cloudsim/reset begins anew."
    )


class Failures:
    """The failures of one server.

    Args:
        tell: is given each of the first; it may raise what the server is to end with.
    """

    def __init__(self, tell: Callable[[Exception], object] | None = None) -> None:
        self._tell = tell
        self.errors: list[Exception] = []
        """The first of all, for whoever stops the server."""
        self.count = 0
        """How many there were."""
        self.present: list[str] = []
        """What is wrong with the simulation that is served now, a line each, without those beyond the first."""

    def note(self, error: Exception) -> None:
        """Take note of one."""
        self.count += 1
        if len(self.present) < TOLD_MAX:
            self.present.append(f"{type(error).__name__}: {error}"[:_LENGTH_MAX])
        if len(self.errors) < TOLD_MAX:
            self.errors.append(error)
            if self._tell is not None:
                self._tell(error)

    def forget_present(self) -> None:
        """Be told that another simulation is served."""
        self.present.clear()


def failed_answer(request: HttpRequest, *, request_id: str) -> HttpAnswer:
    """Answer a call that failed by a bug of ours, in the form that its client reads.

    Args:
        request: of the call.
        request_id: for the answer.
    """
    exchange = Exchange(request)
    with suppress(Exception):  # to read it may be what fails
        exchange.read()
    return write_refusal(
        ServerFailed(), exchange.format, request_id=request_id, host_id=exchange.host_id, product=exchange.product
    )
