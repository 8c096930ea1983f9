"""What is wrong with a world, gathered, so that a user hears of all of it at once."""

import re
from collections.abc import Mapping
from typing import Final, TypeVar

from cloudsim.errors.own import WorldError, did_you_mean

T = TypeVar("T")

PROBLEMS_MAX: Final = 25
"""How many problems are told at once."""

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")
"""Ids stand in keys of footprints and journals, where a slash or a space would part them."""


def sound(table: Mapping[str, T | None]) -> dict[str, T]:
    """Give the entries of a table that have no problem."""
    return {name: entry for name, entry in table.items() if entry is not None}


class Findings:
    """A list of problems, to be raised together at the end."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: list[WorldError] = []

    def add(self, key: str, problem: str) -> None:
        """Note a problem at a key, and go on.

        Raises:
            WorldError: there are so many that nobody would read on.
        """
        self._found.append(WorldError(problem, key=key))
        if len(self._found) == PROBLEMS_MAX:
            self._found.append(WorldError(f"{PROBLEMS_MAX} problems were told; there may be more"))
            self.refuse()

    def refuse(self) -> None:
        """Raise all that was found, if anything.

        Raises:
            WorldError: the first problem, with the rest as its ``others``.
        """
        if self._found:
            first, *others = self._found
            raise WorldError(first.problem, key=first.key, others=tuple(others))

    def register(self, table: dict[str, T | None], name: str, entry: T | None, *, key: str) -> None:
        """Enter something under its id.

        Args:
            table: by id.
            name: the id.
            entry: what has it; None for what has a problem of its own.
            key: the path of the key that says the id.
        """
        if not _ID.fullmatch(name):
            self.add(key, f"{name!r} cannot be an id: letters, digits and . _ : - are, beginning with one of the first")
        if name in table:
            self.add(key, f"{name!r} is there already; an id is given once")
        table[name] = entry

    def look_up(self, table: Mapping[str, T | None], wanted: str | None, *, key: str, what: str) -> T | None:
        """Find what a key refers to.

        Args:
            table: by id; None for what exists but has a problem of its own, which needs no second one here.
            wanted: the id, or None for the only one there is.
            key: the path of the key that refers.
            what: the name of such a thing, for people.

        Returns:
            What was found; None if nothing was, and then a problem is noted.
        """
        if wanted is None:
            if len(table) == 1:
                return next(iter(table.values()))
            missing = f"there are {len(table)}, so name one" if table else "there is none"
            self.add(key, f"no {what} is named, and {missing}")
        elif wanted in table:
            return table[wanted]
        else:
            self.add(key, f"there is no {what} {wanted!r}; {did_you_mean(wanted, table)}")
        return None
