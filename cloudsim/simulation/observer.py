"""Observers: who is told of every call that departs and every answer that arrives, in their order."""

from typing import Any, Protocol

from cloudsim.api.responses import Response
from cloudsim.errors.base import ApiError
from cloudsim.operations.operation import Call


class Observer(Protocol):
    """Watches a simulation from its callers' side."""

    def departed(self, call: Call[Any]) -> None:
        """A call was submitted."""

    def answered(self, call: Call[Any], response: Response | None, refusal: ApiError | None) -> None:
        """The answer of a call has reached its caller; one of the two is there."""
