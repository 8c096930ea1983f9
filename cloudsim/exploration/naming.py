"""Names of actors: whose they are, and what they are called when a program has been edited.

A call is named by its caller and its ordinal, ``client-1/17``, so a call more before it gives it another name. Its
*durable* name counts only the calls of one action: ``client-1/CreateNetworkInterface#2``.
"""

from collections import Counter


def caller_of(name: str) -> str:
    """Name the caller of an actor: ``client-1`` of ``client-1/17``, else the actor itself."""
    caller, slash, _ = name.rpartition("/")
    return caller if slash else name


class DurableNames:
    """Gives the actors of one run their durable names, in the order in which they come."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._counts: Counter[str] = Counter()

    def note(self, name: str, action: str) -> None:
        """Take note of an actor; one that does no action is durable as it is."""
        if name not in self._names:
            self._names[name] = self._counted(f"{caller_of(name)}/{action}") if action else name

    def _counted(self, name: str) -> str:
        self._counts[name] += 1
        return f"{name}#{self._counts[name]}"

    def __getitem__(self, name: str) -> str:
        return self._names[name]
