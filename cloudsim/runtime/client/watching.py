"""What all waits for states have in common.

What the service does after its answer, a client learns by asking again. Each wait takes a poll policy, of which those
of the real clients have names in :mod:`cloudsim.runtime.waiting`; looks are calls like all others, so they take their
time, are counted and throttled, and are repeated as the client's retry policy says.

A wait ends by the state, by giving up (``WaitTimeout``), or by what makes it hopeless (``WaitFailed``): a state that
says that the change failed, or that a thing which was there is gone. What was never seen may still become visible.

Source: eni_api.md section 4.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol, TypeAlias, TypeVar

from cloudsim.api.requests import Request
from cloudsim.api.responses import Response
from cloudsim.errors.own import require
from cloudsim.runtime.client.asking import Asking
from cloudsim.runtime.waiting import ABSENT, Poll, watch
from cloudsim.values.duration import Ns


class Shown(Protocol):
    """A thing as a list shows it."""

    @property
    def status(self) -> str:
        """Its state."""


ThingT = TypeVar("ThingT")
ShownT = TypeVar("ShownT", bound=Shown)
AnswerT = TypeVar("AnswerT", bound=Response)

Look: TypeAlias = Callable[[], Awaitable[tuple[str, ThingT | None]]]
"""Gives the state of a thing, and the thing where it is shown."""


class Watching(Asking):
    """The part of a client that waits for states."""

    def _look(
        self, kind: type[Request], answer: type[AnswerT], shown: Callable[[AnswerT], Sequence[ShownT]], **wish: object
    ) -> Look[ShownT]:
        """Make the look at one thing: a list that is asked for it alone."""

        async def look() -> tuple[str, ShownT | None]:
            found = shown(await self._ask(kind, answer, wish))
            return (found[0].status, found[0]) if found else (ABSENT, None)

        return look

    async def _until_absent(self, thing: str, look: Look[Any], poll: Poll) -> Ns:
        """Wait until a thing is shown no more, and say how long that took."""
        begun_ns = self._session.now_ns
        await self._watch(thing, ABSENT, look, (), poll)
        return self._session.now_ns - begun_ns

    async def _until(self, thing: str, wanted: str, look: Look[ThingT], failed: Sequence[str], poll: Poll) -> ThingT:
        """Wait until a thing that is shown has a state."""
        found = await self._watch(thing, wanted, look, failed, poll)
        assert found is not None, "what has a state is shown"
        return found

    async def _watch(
        self, thing: str, wanted: str, look: Look[ThingT], failed: Sequence[str], poll: Poll
    ) -> ThingT | None:
        require(poll, Poll, "poll of a wait")
        self._waits_begun += 1
        lot = self._session.entropy.stream("poll-jitter", f"{self.name}/{self._waits_begun}")
        return await watch(self._session, look, thing=thing, wanted=wanted, failed=failed, poll=poll, lot=lot)
