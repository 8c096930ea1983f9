"""Properties: what is to hold always, to be seen sometimes, and to come eventually.

``always`` and ``eventually`` are looked at after every step of an operation, ``sometimes`` is noted where a script
says it. What was never seen sometimes is no fault of one run, but of all orders together: exploration tells.

Source: for the three verbs, the Antithesis SDK; "eventually" with a time, as in TigerBeetle's liveness mode.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cloudsim.errors.own import SettingError, require_text
from cloudsim.values.duration import Ns, format_duration

Condition = Callable[[], object]
"""Is asked after every step; what it gives counts as true or false."""


@dataclass(slots=True)
class _Promise:
    """What is to come true until an instant."""

    name: str
    condition: Condition
    within_ns: Ns
    due_ns: Ns


class Properties:
    """The properties of one simulation; none at the beginning."""

    __slots__ = ("_always", "_promises", "broken", "is_timed", "sometimes")

    def __init__(self) -> None:
        self._always: dict[str, Condition] = {}
        self._promises: list[_Promise] = []
        self.broken: dict[str, str] = {}
        """What does not hold: a kind such as ``always: one ENI per token``, and the words for it."""
        self.sometimes: dict[str, bool] = {}
        """What is to be seen at least once over all orders, and whether it was seen in this run."""
        self.is_timed = True
        """Whether an instant says anything; it does not where steps may be late without end, as in exploration."""

    @property
    def are_watched(self) -> bool:
        """Whether anything is to be asked after every step."""
        return bool(self._always or self._promises)

    def add_always(self, name: str, condition: Condition) -> None:
        """Ask a condition after every step from now on."""
        _require(name, condition)
        if name in self._always:
            raise SettingError(f"there is an 'always' of the name {name!r} already")
        self._always[name] = condition

    def add_eventually(self, name: str, condition: Condition, *, within_ns: Ns, now_ns: Ns) -> None:
        """Expect a condition to be true at least once from now on until so much later."""
        _require(name, condition)
        self._promises.append(_Promise(name, condition, within_ns, now_ns + within_ns))

    def note_sometimes(self, name: str, is_seen: object) -> None:
        """Note whether something was seen that is to be seen at least once over all orders."""
        require_text(name, "name of a property")
        self.sometimes[name] = self.sometimes.get(name, False) or bool(is_seen)

    def look(self, now_ns: Ns) -> None:
        """Ask all conditions, after a step."""
        for name, condition in self._always.items():
            if not condition():
                text = f"{name}: it is not always so; not at {format_duration(now_ns)}"
                self.broken.setdefault(f"always: {name}", text)
        waiting = []
        for promise in self._promises:
            if promise.condition():
                continue
            if self.is_timed and now_ns > promise.due_ns:
                self._break(promise)
            else:
                waiting.append(promise)
        self._promises = waiting

    def end(self, now_ns: Ns) -> None:
        """Ask a last time, when nothing more happens: what has not come now never will."""
        self.look(now_ns)
        for promise in self._promises:
            self._break(promise)
        self._promises = []

    def _break(self, promise: _Promise) -> None:
        within = format_duration(promise.within_ns)
        self.broken.setdefault(f"eventually: {promise.name}", f"{promise.name}: it did not come within {within}")


def _require(name: str, condition: object) -> None:
    require_text(name, "name of a property")
    if not callable(condition):
        raise SettingError(f"property {name!r} takes a function that says whether it holds, not {condition!r}")
