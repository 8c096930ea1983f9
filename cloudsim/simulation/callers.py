"""The callers of a simulation: who has submitted calls, by name."""

from cloudsim.errors.own import SettingError, did_you_mean, require, require_text
from cloudsim.simulation.caller import Caller
from cloudsim.values.ids import AccountId


class Callers:
    """The side of a simulation that makes those who submit calls."""

    def __init__(self) -> None:
        self.callers: dict[str, Caller] = {}
        """All of them, by name, in the order in which they came."""
        self.unnamed_callers = 0
        """How many were given a name."""

    def caller(self, *, account: str, user: str | None = None, name: str | None = None) -> Caller:
        """Make somebody who submits calls.

        Args:
            account: the account that the caller acts for; one that does not exist is refused at each call.
            user: the RAM user, or None for the account itself.
            name: keys the chance of the calls and stands in the journal; if None, the first of ``client-1``,
                ``client-2``, ... that nobody has had.

        Raises:
            SettingError: the name is taken or cannot be one, or the account is no text.
        """
        require_text(account, "account of a caller")
        if user is not None:
            require_text(user, "user of a caller")
        chosen = name if name is not None else self._free_name()
        require(chosen, str, "name of a caller")
        if chosen in self.callers or "/" in chosen or not chosen.isprintable() or not chosen:
            raise SettingError(f"{chosen!r} cannot name a caller: names are unique, printable, and without a slash")
        self.callers[chosen] = caller = Caller(chosen, AccountId(account), user)
        return caller

    def caller_named(self, name: str) -> Caller:
        """Give a caller who is there, such as one of the simulation that this one is a branch of.

        Raises:
            SettingError: there is none of that name.
        """
        if name not in self.callers:
            raise SettingError(f"there is no caller {name!r}; {did_you_mean(name, self.callers)}")
        return self.callers[name]

    def _free_name(self) -> str:
        """Name a caller whom nobody named; how many others have names of their own plays no part."""
        while True:
            self.unnamed_callers += 1
            name = f"client-{self.unnamed_callers}"
            if name not in self.callers:
                return name
