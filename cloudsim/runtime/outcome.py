"""Outcomes: how a call ended for the one who made it, without an exception.

A nursery of hundreds needs no ``try`` this way: ``await attempt(client.create_network_interface, vswitch_id=...)``
gives an :class:`Outcome` where the bare call would give a response or raise.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from inspect import iscoroutine
from typing import Generic, ParamSpec, TypeVar

from cloudsim.errors.base import ApiError
from cloudsim.errors.own import RequestTimeout, SettingError, WaitError

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Generic[T]):
    """A response, or why there is none."""

    response: T | None = None
    error: ApiError | RequestTimeout | WaitError | None = None

    @property
    def is_ok(self) -> bool:
        """Whether there is a response."""
        return self.error is None

    @property
    def code(self) -> str:
        """``ok``, the code of the refusal, ``RequestTimeout``, or how a wait for a state ended."""
        if self.error is None:
            return "ok"
        return self.error.code

    def unwrap(self) -> T:
        """Give the response.

        Raises:
            ApiError: the call was refused.
            RequestTimeout: no answer came in time.
            WaitError: a state did not come.
        """
        if self.error is not None:
            raise self.error
        assert self.response is not None, "what is no error is a response"
        return self.response


async def attempt(method: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> Outcome[T]:
    """Make a call and tell how it ended.

    Args:
        method: of a client.
        args: for it.
        kwargs: for it.

    Raises:
        SettingError: the method was called already.
    """
    given: object = method  # what is typed so may be something else all the same
    if not callable(given):
        if iscoroutine(given):
            given.close()
        raise SettingError("attempt takes a method and its arguments: attempt(client.create_network_interface, ...)")
    try:
        return Outcome(response=await method(*args, **kwargs))
    except (ApiError, RequestTimeout, WaitError) as error:
        return Outcome(error=error)
