"""The search for an order of the parts that keeps real time, and in which each can have been answered as it was.

Depth first over configurations (Wing and Gong), each visited once (Lowe's memo of what is ordered and the state). Next
may be any part that departed before the first answer among those left. A part that only reads is taken as soon as it
fits, without a choice: it changes nothing, so no order is lost. An unknown outcome is tried last, and only where it
changes something.

Price: one step for each part where the first choice is right, as it is in nearly every legal history; exponential in
the number of writes that are concurrent in an illegal one, and therefore bounded.

Source: Wing and Gong 1993; Lowe, "Testing for linearizability", 2017; Horn and Kroening, "Faster linearizability
checking via P-compositionality", 2015.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Final, Generic, TypeAlias

from cloudsim.linearizability.part import Object, Part, StateT

STATES_MAX: Final = 200_000
"""Configurations of one key after which the search is given up."""

Path: TypeAlias = "tuple[Part[StateT], Path[StateT]] | None"
"""An order, the last part first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[StateT]):
    """What the search came to.

    Args:
        is_explained: there is an order.
        is_complete: the search was not given up.
        steps: how often a part was asked for its step.
        prefix: the longest order that was found.
        state: the state after it.
        blocked: the answered parts that could be next by real time, and cannot.
    """

    is_explained: bool
    is_complete: bool
    steps: int
    prefix: tuple[Part[StateT], ...]
    state: StateT
    blocked: tuple[Part[StateT], ...]


@dataclass(frozen=True, slots=True)
class _Spot(Generic[StateT]):
    """A configuration.

    Args:
        low: all answered parts before it are ordered.
        beyond: which answered parts from ``low`` on are ordered, a bit each; the lowest is never set.
        taken: which optional parts are ordered, a bit each.
        state: what the parts have come to.
    """

    low: int
    beyond: int
    taken: int
    state: StateT

    @property
    def depth(self) -> int:
        """How many answered parts are ordered."""
        return self.low + self.beyond.bit_count()


class _Search(Generic[StateT]):
    """One search."""

    def __init__(self, thing: Object[StateT]) -> None:
        by_departure = sorted(thing.parts, key=lambda part: part.call.invoked)
        self.sure = [part for part in by_departure if not part.is_optional]
        self.optional = [part for part in by_departure if part.is_optional]
        self._idle = thing.idle
        self.steps = 0

    def after(self, part: Part[StateT], state: StateT) -> tuple[StateT, ...]:
        """The states after a part, with what the thing may have done by itself just before."""
        self.steps += 1
        return tuple(dict.fromkeys(end for before in self._idle(state) for end in part.step(before)))

    def nexts(self, spot: _Spot[StateT]) -> tuple[list[int], float]:
        """The answered parts that may be next by real time, the first to be answered first, and when the first is."""
        first, found = inf, []
        beyond = spot.beyond
        for number in range(spot.low, len(self.sure)):
            if beyond >> (number - spot.low) & 1:
                continue
            call = self.sure[number].call
            if call.invoked > first:
                break
            found.append(number)
            first = min(first, self._end(number))
        return sorted(found, key=self._end), first

    def _end(self, number: int) -> int:
        answered = self.sure[number].call.answered
        assert answered is not None, "only parts whose outcome is unknown have no answer, and those are optional"
        return answered

    def successors(self, spot: _Spot[StateT]) -> Iterator[tuple[Part[StateT], _Spot[StateT]]]:
        """The configurations one part later, in the order in which they are to be tried."""
        numbers, first = self.nexts(spot)
        for number in numbers:
            part = self.sure[number]
            if part.only_reads:
                self.steps += 1
                if spot.state in part.step(spot.state):
                    yield part, self._with(spot, number, spot.state)
                    return
        for number in numbers:
            for state in self.after(self.sure[number], spot.state):
                yield self.sure[number], self._with(spot, number, state)
        seen: set[object] = set()
        for position, part in enumerate(self.optional):
            if part.call.invoked > first:
                break
            if spot.taken >> position & 1 or (part.effect is not None and part.effect in seen):
                continue
            seen.add(part.effect)
            for state in self.after(part, spot.state):
                if state != spot.state:
                    yield part, _Spot(spot.low, spot.beyond, spot.taken | 1 << position, state)

    def _with(self, spot: _Spot[StateT], number: int, state: StateT) -> _Spot[StateT]:
        low, beyond = spot.low, spot.beyond | 1 << (number - spot.low)
        while beyond & 1:
            low, beyond = low + 1, beyond >> 1
        return _Spot(low, beyond, spot.taken, state)


def search(thing: Object[StateT], limit: int = STATES_MAX) -> Found[StateT]:
    """Look for an order.

    Args:
        thing: the resource with its parts.
        limit: configurations after which to give up.
    """
    this = _Search(thing)
    spot: _Spot[StateT] = _Spot(0, 0, 0, thing.start)
    best: tuple[_Spot[StateT], Path[StateT]] = spot, None
    visited = {spot}
    ahead = [(this.successors(spot), best[1])]
    while ahead and best[0].depth < len(this.sure) and len(visited) <= limit:
        successors, path = ahead[-1]
        for part, later in successors:
            if later not in visited:
                visited.add(later)
                ahead.append((this.successors(later), (part, path)))
                if later.depth > best[0].depth:
                    best = later, (part, path)
                break
        else:
            ahead.pop()
    spot, path = best
    is_explained = spot.depth == len(this.sure)
    return Found(
        is_explained=is_explained,
        is_complete=is_explained or not ahead,
        steps=this.steps,
        prefix=_in_order(path),
        state=spot.state,
        blocked=tuple([this.sure[number] for number in this.nexts(spot)[0]]),
    )


def _in_order(path: "Path[StateT]") -> tuple[Part[StateT], ...]:
    parts: list[Part[StateT]] = []
    while path is not None:
        part, path = path
        parts.append(part)
    return tuple(reversed(parts))
