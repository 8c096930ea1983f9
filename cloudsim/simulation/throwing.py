"""Throwing troubles: when each is submitted, what ends it, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from cloudsim.api.troubles import Trouble
from cloudsim.errors.own import SettingError, did_you_mean
from cloudsim.kernel.actor import URGENT
from cloudsim.values.duration import Ns, as_duration, format_duration

if TYPE_CHECKING:
    from cloudsim.simulation.reply import Reply
    from cloudsim.simulation.simulation import Simulation

T = TypeVar("T")

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
        """Of one that does not last for ever: what ended it, once it is over."""

    def __repr__(self) -> str:
        return f"<Thrown {self.request.action} at {format_duration(self.at_ns)}: {self.fate}>"

    @property
    def fate(self) -> str:
        """How it went: ``planned``, ``under way``, ``ok``, or the code of its refusal."""
        if self.reply is None:
            return "planned"
        if not self.reply.is_settled:
            return "under way"
        return "ok" if self.reply.error is None else self.reply.error.code


End: TypeAlias = Callable[[], Trouble]
"""Says what ends a trouble; it is asked when its time is over."""
Begin: TypeAlias = Callable[[Thrown], End]
"""Is told of a trouble that has been submitted and has not struck yet."""


class Throwing:
    """The part of :class:`~cloudsim.simulation.trouble.Troublemaker` that is the same for all verbs."""

    def __init__(self, sim: Simulation) -> None:
        self._sim = sim
        self._caller = sim.caller(account="", name=NAME)
        self._layers: dict[tuple[object, ...], list[tuple[Thrown | None, Any]]] = {}
        """What was before the first of the troubles that last, and these, by what they change, each with its value."""
        self.thrown: list[Thrown] = []
        """Everything that was asked for, in that order; what ends a trouble is at its :attr:`Thrown.end`."""

    def _throw(
        self, request: Trouble, at: str | Ns | None, lasting: str | Ns | None = None, begin: Begin | None = None
    ) -> Thrown:
        """Submit a trouble now or at its instant, and what ends it so much later."""
        lasting_ns = None if lasting is None else as_duration(lasting)
        thrown = Thrown(request, self._sim.now_ns if at is None else as_duration(at))
        if at is None:
            self._submit(thrown, lasting_ns, begin)
        else:
            self._at(thrown, lambda: self._submit(thrown, lasting_ns, begin))
        self.thrown.append(thrown)
        return thrown

    def _at(self, thrown: Thrown, act: Callable[[], None], *, after_ns: Ns = 0) -> None:
        instant_ns = thrown.at_ns + after_ns
        self._sim.at(instant_ns, act, name=f"{NAME}: {thrown.request.action}", priority=URGENT)

    def _submit(self, thrown: Thrown, lasting_ns: Ns | None = None, begin: Begin | None = None) -> None:
        thrown.reply = self._sim.submit(self._caller, thrown.request, priority=URGENT)
        if lasting_ns is not None and begin is not None:
            end = begin(thrown)

            def stop() -> None:
                thrown.end = Thrown(end(), self._sim.now_ns)
                self._submit(thrown.end)

            # With slack it may have gone late, and where it was to last for less than that it ends now.
            self._at(thrown, stop, after_ns=max(lasting_ns, self._sim.now_ns - thrown.at_ns))

    def _for_a_while(
        self, scope: tuple[object, ...], before: Callable[[], T], value: T, make: Callable[[T], Trouble]
    ) -> Begin:
        """Change something for a while: when a trouble ends, what the others want is in force, or what was before all.

        Args:
            scope: what is changed.
            before: says what it is now.
            value: what it will be.
            make: makes the trouble that changes it to a value.
        """

        def begin(thrown: Thrown) -> End:
            layers = self._layers.setdefault(scope, [])
            if not layers:
                layers.append((None, before()))
            layers.append((thrown, value))

            def end() -> Trouble:
                layers.remove((thrown, value))
                in_force: T = layers[-1][1]
                if len(layers) == 1:
                    layers.clear()
                return make(in_force)

            return end

        return begin

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
