"""What is explored: something that can be run any number of times, each time in the order that a strategy chooses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from cloudsim.errors.own import NotDeterministic
from cloudsim.kernel.strategy import Strategy


class RedundantOrder(Exception):
    """The strategy has nothing to choose that is not an order that was tried: the run may be broken off."""


class Diverged(Exception):
    """The program is not where it was when a schedule was written down; the replay goes on from it by the order."""


BROKEN_OFF: Final = (RedundantOrder, NotDeterministic, Diverged)
"""What a strategy ends a run by, which is no finding about the program's own code."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is not as it should be."""

    kind: str
    """What two findings of one fault have in common: a text without the facts of the run."""
    text: str
    """A line for people, with the facts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of one run of a program."""

    wrong: tuple[Wrong, ...] = ()
    """What is not as it should be; empty when all is well."""
    outcome: str = ""
    """What it came to, as canonical text, without times and serials: equal texts are one outcome."""
    digest: str = ""
    """Of everything that happened, times included; empty where nothing is journalled."""
    events: int = 0
    """How much happened, for budgets."""
    loose: tuple[str, ...] = ()
    """Why orders of labelled steps do not tell the whole story of this program; empty if they do."""
    sites: Mapping[str, int] = field(default_factory=dict)
    """Fault sites that fired, and how often."""
    strikes: tuple[str, ...] = ()
    """The visits of fault sites that fired, by which the run can be made again without chance."""
    codes: Mapping[str, int] = field(default_factory=dict)
    """How calls ended, and how many of them."""
    wanted: Mapping[str, bool] = field(default_factory=dict)
    """What is to be seen at least once over all orders, and whether it was seen in this one."""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of all that is wrong."""
        return frozenset(one.kind for one in self.wrong)


class Program(Protocol):
    """Something that can be run any number of times, with nothing left over from one run to the next."""

    def run(self, strategy: Strategy) -> Run:
        """Run it once.

        Raises:
            RedundantOrder: the strategy broke it off; nothing else comes out of it.
        """

    def smaller(self) -> "Iterator[Program]":
        """Give programs that are a little smaller, such as by one caller or one fault; the smallest first."""

    def numbered(self, number: int) -> "Program":
        """Give the program with the data tape of a number: the same, unless it has rare paths to take."""

    def knowing(self, run: Run) -> "Program":
        """Give the program with what its first run has taught of it, such as that scripts share something."""
