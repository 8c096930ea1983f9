"""Throwing troubles: when each is submitted, what ends it, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Final, TypeAlias

from cloudsim.api.troubles import Trouble
from cloudsim.errors.own import SettingError, did_you_mean
from cloudsim.kernel.actor import URGENT
from cloudsim.values.duration import Ns, as_duration

if TYPE_CHECKING:
    from cloudsim.simulation.reply import Reply
    from cloudsim.simulation.simulation import Simulation

NAME: Final = "trouble"
"""What the caller of troubles is called; nobody else can be."""


class Thrown:
    """One trouble, from when it is planned on.

    Args:
        request: what is submitted at its instant.
        at_ns: the instant.
    """

    __slots__ = ("at_ns", "end", "reply", "request")

    def __init__(self, request: Trouble, at_ns: Ns) -> None:
        self.request = request
        self.at_ns = at_ns
        self.reply: Reply | None = None
        """Of the trouble, once its instant has come."""
        self.end: Thrown | None = None
        """Of one that does not last for ever: what ends it, once its own instant has come."""

    @property
    def fate(self) -> str:
        """How it went: ``planned``, ``under way``, ``ok``, or the code of its refusal."""
        if self.reply is None:
            return "planned"
        if not self.reply.is_settled:
            return "under way"
        return "ok" if self.reply.error is None else self.reply.error.code


Undo: TypeAlias = Callable[[Thrown], Trouble]
"""Says what ends a trouble; it is asked when the trouble has been submitted and has not struck yet."""


class Throwing:
    """The part of :class:`~cloudsim.simulation.trouble.Troublemaker` that is the same for all verbs."""

    def __init__(self, sim: Simulation) -> None:
        self._sim = sim
        self._caller = sim.caller(account="", name=NAME)
        self.thrown: list[Thrown] = []
        """Everything that was asked for, in that order; what ends a trouble is at its :attr:`Thrown.end`."""

    def _throw(
        self, request: Trouble, at: str | Ns | None, lasting: str | Ns | None = None, undo: Undo | None = None
    ) -> Thrown:
        """Submit a trouble now or at its instant, and what ends it so much later."""
        lasting_ns = None if lasting is None else as_duration(lasting)
        thrown = Thrown(request, self._sim.now_ns if at is None else as_duration(at))
        if at is None:
            self._submit(thrown, lasting_ns, undo)
        else:
            self._plan(thrown, lasting_ns, undo)
        self.thrown.append(thrown)
        return thrown

    def _plan(self, thrown: Thrown, lasting_ns: Ns | None = None, undo: Undo | None = None) -> None:
        name = f"{NAME}: {thrown.request.action}"
        self._sim.at(thrown.at_ns, lambda: self._submit(thrown, lasting_ns, undo), name=name, priority=URGENT)

    def _submit(self, thrown: Thrown, lasting_ns: Ns | None, undo: Undo | None) -> None:
        thrown.reply = self._sim.submit(self._caller, thrown.request, priority=URGENT)
        if lasting_ns is not None and undo is not None:
            thrown.end = Thrown(undo(thrown), self._sim.now_ns + lasting_ns)
            self._plan(thrown.end)

    @staticmethod
    def _require(wanted: str, known: Collection[str], what: str) -> None:
        """Refuse what is not there and cannot come.

        Raises:
            SettingError: it is not known.
        """
        if wanted not in known:
            raise SettingError(f"there is no {what} {wanted!r}; {did_you_mean(str(wanted), known)}")

    def _require_now(self, at: str | Ns | None, wanted: str, known: Collection[str], what: str) -> None:
        """Refuse what is not there, where it would have to be there now; until another instant it may come."""
        if at is None:
            self._require(wanted, known, what)
