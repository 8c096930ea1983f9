"""A caller: who submits calls, and how many he has submitted."""

from cloudsim.values.ids import AccountId, CallName


class Caller:
    """Somebody who acts for an account; his name and the ordinal of his call key the chance of the call."""

    __slots__ = ("account", "count", "name", "user", "waits_for_ever")

    def __init__(self, name: str, account: AccountId, user: str | None) -> None:
        self.name = name
        self.account = account
        self.user = user
        self.count = 0
        self.waits_for_ever = True
        """Whether an answer that is lost would keep him waiting for ever."""

    def next_name(self) -> CallName:
        """Name the next call: ``client-1/17``."""
        self.count += 1
        return CallName(f"{self.name}/{self.count}")
