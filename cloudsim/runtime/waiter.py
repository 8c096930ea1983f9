"""Waiters: how a script waits for something that the fast lane brings.

One wait, one wake, in either order. A wake makes the script step in the same instant, ahead of all tickets; nothing is
chosen there, since the delay of an answer is already in the ticket that brought it.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

import trio

from cloudsim.runtime.script import WAITING, Script

T = TypeVar("T")


class Waiter(Generic[T]):
    """One wait for one value; made by :meth:`~cloudsim.runtime.gate.Gate.waiter`.

    Args:
        find_script: gives the script that calls.
        why: what is waited for, for the report of a deadlock.
    """

    __slots__ = ("_find_script", "_script", "_value", "why")

    def __init__(self, find_script: Callable[[], Script], why: str) -> None:
        self.why = why
        self._find_script = find_script
        self._script: Script | None = None
        self._value: list[T] = []

    def wake(self, value: T) -> None:
        """Give the value; once. A wait that was cancelled meanwhile does not take it.

        Args:
            value: what :meth:`wait` returns.
        """
        assert not self._value, "a waiter is woken once"
        self._value.append(value)
        if self._script is not None:
            self._script.wake()

    def explain(self, why: str) -> None:
        """Say anew what is waited for, where more is known of it."""
        self.why = why
        if self._script is not None:
            self._script.why = why

    async def wait(self) -> T:
        """Park until the value is there; a checkpoint in any case.

        Raises:
            trio.Cancelled: the wait was cancelled before the value came.
        """
        if self._value:
            await trio.lowlevel.checkpoint()
            return self._value[0]
        assert self._script is None, "one script waits"
        self._script = script = self._find_script()
        script.why = self.why
        try:
            await script.parked(WAITING)
        finally:
            self._script = None
            script.why = ""
        return self._value[0]
