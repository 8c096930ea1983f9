"""The call book: API calls by workload, account and action, and the most of them within a minute.

A call of a node's agent counts for the workload whose item it was asked to place or to release last.
"""

from collections import Counter
from typing import Final

from cloudsim.values.duration import UNITS, Ns
from cloudsim.whatif.running.scopes import ALL, Scopes
from cloudsim.whatif.running.windows import Last

MINUTE: Final[Ns] = UNITS["m"]


class Rush:
    """The most calls within a minute, of all actions and of each."""

    __slots__ = ("_every", "_of_action")

    def __init__(self) -> None:
        self._every = Last()
        self._of_action: dict[str, Last] = {}

    def note(self, now_ns: Ns, action: str) -> None:
        """Take a call that is made; instants never go back."""
        of_action = self._of_action.get(action)
        if of_action is None:
            of_action = self._of_action[action] = Last()
        for last in (self._every, of_action):
            if last and last[0] <= now_ns - MINUTE:
                last.popleft()
            last.append(now_ns)

    @property
    def most(self) -> int:
        """The most of all actions together."""
        return len(self._every)

    @property
    def most_of(self) -> dict[str, int]:
        """The most of each action."""
        return {action: len(last) for action, last in sorted(self._of_action.items())}


class Line:
    """Calls of one workload to one account.

    Args:
        rushes: of the scopes that they count for.
    """

    __slots__ = ("counts", "rushes")

    def __init__(self, rushes: tuple[Rush, ...]) -> None:
        self.counts: dict[str, int] = {}
        """By action."""
        self.rushes = rushes

    def note(self, now_ns: Ns, action: str) -> None:
        """Take a call that is made."""
        counts = self.counts
        counts[action] = counts.get(action, 0) + 1
        for rush in self.rushes:
            rush.note(now_ns, action)


class CallBook:
    """Calls of one run, those of the measured time.

    Args:
        scopes: of the run.
    """

    def __init__(self, scopes: Scopes) -> None:
        accounts = [scope.removeprefix("@") for scope in scopes.accounts]
        whole = Rush()
        own = {account: whole if len(accounts) == 1 else Rush() for account in accounts}
        self.rushes = {ALL: whole, **{f"@{account}": rush for account, rush in own.items()}}
        """By scope."""
        self.lines = {
            (workload, account): Line((whole,) if rush is whole else (whole, rush))
            for workload in scopes.cells
            for account, rush in own.items()
        }
        """By workload and account."""

    def counts(self, *, workload: str | None = None, account: str | None = None) -> Counter[str]:
        """Count calls by action, all or those of a workload or account."""
        found: Counter[str] = Counter()
        for (of, to), line in self.lines.items():
            if workload in (None, of) and account in (None, to):
                found.update(line.counts)
        return found
