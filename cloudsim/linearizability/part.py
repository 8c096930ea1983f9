"""A part: what one call did to one resource, or says of it.

A call takes part in each key of which its answer says something. At each key the parts are explained by themselves
(P-compositionality: a history is linearizable if it is so for each independent object).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from cloudsim.linearizability.observed import Observed

StateT = TypeVar("StateT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[StateT]):
    """One call at one key.

    Args:
        call: the call.
        step: the states that the resource may be in after the call, given the one before; none where the call cannot
            have been answered so there.
        said: what the call did there, or says, for people.
        against: what stands against the call in a state that admits no step, for people.
        only_reads: it changes nothing; as soon as it can be explained, it may be.
        is_optional: its outcome is unknown: it may never have happened.
        effect: equal for optional parts that do the same, of which only the first need be tried; None for no such.
    """

    call: Observed
    step: Callable[[StateT], tuple[StateT, ...]]
    said: str
    against: Callable[[StateT], str]
    only_reads: bool = False
    is_optional: bool = False
    effect: object = None

    @property
    def line(self) -> str:
        """The part, for people: who, when, and what."""
        call = self.call
        until = "never" if call.answered is None else str(call.answered)
        return f"{call.call} [{call.invoked}, {until}] {call.request.action} ({call.outcome}): {self.said}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Object(Generic[StateT]):
    """One resource: how it begins, what it does by itself, and the calls that concern it.

    Args:
        key: its name, such as ``eni:eni-1``.
        start: its state at the beginning.
        parts: of calls, in any order.
        idle: the states that it may come to by itself, itself first and transitively; an ENI that is Attaching may be
            InUse at any later moment.
        tell: a state, for people.
    """

    key: str
    start: StateT
    parts: list[Part[StateT]]
    idle: Callable[[StateT], tuple[StateT, ...]]
    tell: Callable[[StateT], str]


def unmoved(state: StateT) -> tuple[StateT, ...]:
    """What a thing comes to by itself that does nothing by itself."""
    return (state,)
