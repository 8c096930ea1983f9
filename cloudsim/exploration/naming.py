"""Names of actors: whose they are, and what they are called when a program has been edited.

A call is named by its caller and its ordinal, ``client-1/17``, so a call more before it gives it another name, and what
it makes another id. Its *durable* name counts only the calls of one action: ``client-1/CreateNetworkInterface#2``; and
what it makes is named by it: ``eni:<client-1/CreateNetworkInterface#2>``.
"""

from collections import Counter

from cloudsim.values.draws import MARK_LENGTH


def caller_of(name: str) -> str:
    """Name the caller of an actor: ``client-1`` of ``client-1/17``, else the actor itself."""
    caller, slash, _ = name.rpartition("/")
    return caller if slash else name


class DurableNames:
    """The durable names of the actors of one run, which are given in the order in which the actors come."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._by_mark: dict[str, str] = {}
        self._counts: Counter[str] = Counter()

    def note(self, name: str, action: str, mark: str) -> None:
        """Take note of an actor.

        Args:
            name: its name.
            action: what it does; an actor that does none is durable as it is.
            mark: what the ids of the things that it makes end with.
        """
        if name not in self._names:
            self._names[name] = known = self._counted(f"{caller_of(name)}/{action}") if action else name
            if mark:
                self._by_mark[mark] = known

    def _counted(self, name: str) -> str:
        self._counts[name] += 1
        return f"{name}#{self._counts[name]}"

    def __getitem__(self, name: str) -> str:
        return self._names[name]

    def key(self, key: str) -> str:
        """Give the durable key of a resource: what a call has made, and its answer, are named by it."""
        kind, _, thing = key.partition(":")
        call = self._names.get(thing) or self._by_mark.get(thing[-MARK_LENGTH:])
        return f"{kind}:<{call}>" if call else key
