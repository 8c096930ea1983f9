"""The reply: the answer to come. It is settled once, and cannot cancel the operation that it waits for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cloudsim.errors.base import ApiError
from cloudsim.errors.own import SettingError

if TYPE_CHECKING:
    from cloudsim.api.responses import Response
    from cloudsim.operations.operation import Call
    from cloudsim.simulation.journey import Journey


class Reply:
    """What a submitted call will be answered.

    Args:
        call: the call that it answers.
        journey: of the call.
        submitted_ns: the instant of its departure.
    """

    __slots__ = (
        "_on_fate",
        "_on_settled",
        "call",
        "error",
        "fate",
        "is_heard",
        "journey",
        "response",
        "settled_ns",
        "submitted_ns",
    )

    def __init__(self, call: Call[Any], journey: Journey, submitted_ns: int) -> None:
        self.call = call
        self.journey = journey
        self.submitted_ns = submitted_ns
        self.settled_ns: int | None = None
        self.is_heard = False
        """Whether a script has waited for the answer and taken it."""
        self.response: Response | None = None
        self.error: ApiError | None = None
        self.fate = ""
        """What keeps the answer from coming, as far as that is known; else empty."""
        self._on_settled: Callable[[], object] | None = None
        self._on_fate: Callable[[], object] | None = None

    @property
    def is_settled(self) -> bool:
        """Whether the answer has come."""
        return self.settled_ns is not None

    def result(self) -> Response:
        """Give the response.

        Raises:
            ApiError: the call was refused.
            SettingError: there is no answer yet, or there will be none.
        """
        if not self.is_settled:
            raise SettingError(f"the answer of {self.call.name} {self.fate or 'has not come yet'}")
        if self.error is not None:
            raise self.error.again()  # each reader gets one of his own, with his own traceback
        assert self.response is not None, "a settled reply has a response or an error"
        return self.response

    def settle(self, now_ns: int, response: Response | None, error: ApiError | None) -> None:
        """Let the answer come; whoever waits is told."""
        assert self.settled_ns is None, "a reply is settled once"
        self.settled_ns, self.response, self.error = now_ns, response, error
        if self._on_settled is not None:
            self._on_settled()

    def lose(self, fate: str) -> None:
        """Let the answer never come; whoever waits is told why, and waits on."""
        assert not self.is_settled, "an answer that has come cannot be lost"
        self.say(fate)

    def say(self, fate: str) -> None:
        """Say what keeps the answer from coming; whoever waits is told, and waits on."""
        self.fate = fate
        if self._on_fate is not None:
            self._on_fate()

    def when_settled(self, told: Callable[[], object], *, fate: Callable[[], object] | None = None) -> None:
        """Tell ``told`` once the answer has come, and ``fate`` when more is known of what keeps it.

        Raises:
            SettingError: somebody else waits for it already.
        """
        assert not self.is_settled, "nobody waits for what has come"
        if self._on_settled is not None:
            raise SettingError(f"somebody waits for the answer of {self.call.name} already")
        self._on_settled, self._on_fate = told, fate

    def stop_waiting(self) -> None:
        """Tell nobody any more."""
        self._on_settled = self._on_fate = None
