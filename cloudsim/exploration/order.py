"""The order of a run, told by resource: for each key, who touched it after whom.

That is all of a schedule that can make a difference, so it survives edits: steps may come and go, as long as the same
actors touch the same things. Keys on which nobody conflicts are left out. Actors have their durable names.

Text form: ``w client-1/CreateNetworkInterface#1`` writes, ``r`` reads, ``a`` adds.
"""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from cloudsim.exploration.footprints import touches_of
from cloudsim.exploration.naming import DurableNames, caller_of
from cloudsim.exploration.ready import Ready, Step
from cloudsim.resources.ledger import Mode

Touch: TypeAlias = tuple[Mode, str]
Order: TypeAlias = dict[str, list[Touch]]

_LETTERS: Final = {Mode.READ: "r", Mode.WRITE: "w", Mode.ADD: "a"}
_MODES: Final = {letter: mode for mode, letter in _LETTERS.items()}


def order_of(log: Sequence[Step]) -> Order:
    """Tell a run by its keys; those on which no two actors conflict are left out."""
    names = DurableNames()
    for step in log:
        names.note(step.key, step.action, step.mark)
    by_key: Order = {}
    for step in log:
        for key, mode in touches_of(step.footprint):
            by_key.setdefault(names.key(key), []).append((mode, names[step.key]))
    return {key: touches for key, touches in sorted(by_key.items()) if _is_contended(touches)}


def contended_keys(log: Sequence[Step]) -> list[str]:
    """The keys on which two actors conflict in a run, as its steps have them, in the order of the first touches."""
    by_key: Order = {}
    for step in log:
        for key, mode in touches_of(step.footprint):
            by_key.setdefault(key, []).append((mode, step.key))
    return [key for key, touches in by_key.items() if _is_contended(touches)]


def _is_contended(touches: list[Touch]) -> bool:
    if len({actor for _, actor in touches}) < 2:
        return False
    modes = {mode for mode, _ in touches}
    return Mode.WRITE in modes or len(modes) > 1


def to_texts(order: Order) -> dict[str, list[str]]:
    """Write an order for a file."""
    return {key: [f"{_LETTERS[mode]} {actor}" for mode, actor in touches] for key, touches in order.items()}


def from_texts(texts: Mapping[str, Sequence[str]]) -> Order:
    """Read an order from a file.

    Raises:
        ValueError: a text is none.
    """
    order: Order = {}
    for key, touches in texts.items():
        order[key] = []
        for text in touches:
            letter, space, actor = text.partition(" ")
            if letter not in _MODES or not space or not actor:
                raise ValueError(f"{text!r} of {key} is no touch; one is written as 'w client-1/1'")
            order[key].append((_MODES[letter], actor))
    return order


class Guided:
    """The chooser that keeps an order, and otherwise never takes the turn from an actor that can go on.

    Where nobody pending fits the order, run-to-block decides, and :attr:`is_kept` says so.

    Args:
        order: by key.
    """

    def __init__(self, order: Order) -> None:
        self._left = {key: list(touches) for key, touches in order.items()}
        self.is_kept = True
        """Whether every step so far fitted."""

    def choose(self, ready: Ready) -> str:
        """Name the base if it fits, else whom it waits for, else the first that fits."""
        chosen = self._awaited(ready) or next((key for key in ready.tickets if self._rival(ready, key) is None), None)
        if chosen is None:
            self.is_kept = False
            chosen = ready.base()
        who = ready.who[chosen]
        for key, _ in touches_of(ready.footprint(chosen)):
            touches = self._left.get(ready.who.key(key), [])
            place = next((place for place, (_, actor) in enumerate(touches) if actor == who), None)
            if place is not None:
                del touches[place]
        return chosen

    def _awaited(self, ready: Ready) -> str | None:
        """Follow from the base who waits for whom, to somebody who can go on."""
        actor, asked = ready.base(), set[str]()
        while actor not in asked:
            rival = self._rival(ready, actor)
            if rival is None:
                return actor
            asked.add(actor)
            # His caller may have another step to make before the one that is waited for.
            kin = [key for key in ready.tickets if caller_of(key) == caller_of(rival)]
            if not kin:
                return None
            actor = next((key for key in kin if ready.who[key] == rival), kin[0])
        return None

    def _rival(self, ready: Ready, actor: str) -> str | None:
        """Who is to come before an actor; nobody, if it is its turn, or if the order of a key does not know it."""
        who = ready.who[actor]
        for key, mode in touches_of(ready.footprint(actor)):
            rival = None
            for had, other in self._left.get(ready.who.key(key), ()):
                if other == who:
                    if rival is not None:
                        return rival
                    break
                if rival is None and (had is not mode or mode is Mode.WRITE):
                    rival = other
        return None
