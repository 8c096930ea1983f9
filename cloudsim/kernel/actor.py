"""Actors and tickets: what the kernel steps, and when.

An actor is anything with a name and a ``resume``. It answers each step with the delay to its next one, so that going on
costs the kernel one push and the actor no call. A ticket is a plain tuple: the heap compares tuples in C, and a named
one takes four times as long to make.
"""

from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any, Final, Protocol, TypeAlias

from cloudsim.values.duration import Ns
from cloudsim.values.members import quick_members

URGENT: Final = 0
"""Steps that give something back; they come before what competes for it."""
NORMAL: Final = 1
LAST: Final = 2
"""Steps that wait until the instant is quiet."""


class HandedOver(Enum):
    """The type of :data:`HANDED_OVER`, which is its only member."""

    HANDED_OVER = "handed over"


HANDED_OVER: Final = HandedOver.HANDED_OVER
"""The answer of an actor whose step happens outside: the kernel returns to its caller at once."""


@quick_members
class Step(Enum):
    """How a run of the kernel ended."""

    RAN = "ran"
    """All steps asked for were made; more may be due."""
    HANDED_OVER = "handed over"
    """An actor steps outside of the kernel now; call again when it has."""
    HORIZON = "horizon"
    """All that is due before the horizon is done, and the clock stands at it."""
    IDLE = "idle"
    """No horizon was given and nothing is pending."""


class Actor(Protocol):
    """What the kernel steps."""

    @property
    def name(self) -> str:
        """A stable name for choices and reports, equal in every run of the same program."""

    def resume(self) -> Ns | HandedOver | None:
        """Make one step.

        Returns:
            A delay of at least 0 to be resumed after, at the same priority; None to park or to end; ``HANDED_OVER`` if
            the step happens outside of the kernel.
        """


Ticket: TypeAlias = tuple[Ns, int, int, Actor]
"""``(due_ns, priority, serial, actor)``: the order of events is the order of these tuples; no two serials are equal."""


class Callback:
    """An actor that is nothing but a name and a function."""

    __slots__ = ("footprint", "name", "resume")

    def __init__(self, name: str, function: Callable[[], None], footprint: Callable[[], Any] | None = None) -> None:
        self.name = name
        self.resume = function
        self.footprint = footprint
        """Says what the step may touch, to those who ask; None says nothing."""


class Process:
    """An actor on the fast lane: a generator that yields its delays.

    ``resume`` is the generator's own ``__next__``, so that a step enters no frame but the generator's. It may yield
    None to park; somebody then schedules it again.
    """

    __slots__ = ("name", "resume")

    def __init__(self, name: str, generator: Iterator[Ns | None]) -> None:
        self.name = name
        self.resume = generator.__next__
