"""The ledger: the present instant and call, where events are written and touches are reported.

One object stands between the resources and those who look on. The Simulation alone sets :attr:`Ledger.now_ns` and
:attr:`Ledger.call`, before each step; the resources stamp what they write from them. A watcher, where there is one, is
told of every resource that a step reads or writes, and raises when the step's footprint does not declare it.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol, TypeVar

from cloudsim.resources.journal import Fact, Journal
from cloudsim.values.ids import CallName, VSwitchId
from cloudsim.values.members import quick_members

T = TypeVar("T")


@quick_members
class Mode(StrEnum):
    """How a step touches a resource; two adds to the same thing commute, so their order is no difference."""

    READ = "read"
    WRITE = "write"
    ADD = "add"


class Watcher(Protocol):
    """Is told of every touch; exploration and tests have one, plain runs do not."""

    def touch(self, key: str, mode: Mode) -> None:
        """Take note of a touch.

        Raises:
            UndeclaredTouch: the footprint of the present step does not declare it.
        """
        ...


class Counted(Protocol):
    """A vSwitch, as far as its free addresses are counted."""

    @property
    def id(self) -> VSwitchId:
        """Its id."""

    def available_count(self) -> int:
        """How many addresses are free now."""
        ...


class CountWatcher(Protocol):
    """Is told of every change of a vSwitch's addresses; runs in which their number is shown late have one."""

    def note_count(self, vswitch: Counted) -> None:
        """Take note of how many addresses are free, just before that changes."""
        ...


class Ledger:
    """The present, the journal and those who look on, of one cloud."""

    __slots__ = ("call", "count_watcher", "journal", "now_ns", "watcher")

    def __init__(self, journal: Journal) -> None:
        self.now_ns = 0
        self.call = CallName("")
        self.journal = journal
        self.watcher: Watcher | None = None
        self.count_watcher: CountWatcher | None = None

    def write(self, event: str, facts: dict[str, Fact]) -> None:
        """Write an event of the present call at the present instant."""
        self.journal.write(self.now_ns, self.call, event, facts)

    def write_of(self, event: str, facts_of: Callable[[T], dict[str, Fact]], thing: T) -> None:
        """Write an event of which the facts are those of a thing; they are not made where nobody reads them."""
        journal = self.journal
        if journal.is_silent:
            journal.events += 1
        else:
            journal.write(self.now_ns, self.call, event, facts_of(thing))

    def touch(self, key: str, mode: Mode) -> None:
        """Report that the present step touches the resource ``key``."""
        if self.watcher is not None:
            self.watcher.touch(key, mode)
