"""A kernel so plain that it is obviously right, and random programs for it and the real one.

A program is a list of plans; each plan makes one actor, whose every step plays the next move of the plan: schedule
others, wake others, cancel tickets, and then answer with a delay or park.
"""

from dataclasses import dataclass, field
from typing import Protocol

from hypothesis import strategies as st

from cloudsim.kernel.actor import LAST, NORMAL, URGENT, Actor


@dataclass(frozen=True)
class Move:
    answer: int | None
    schedules: tuple[tuple[int, int, int], ...] = ()
    """(index of the plan, delay, priority)."""
    wakes: tuple[int, ...] = ()
    cancels: tuple[int, ...] = ()
    """Serials, taken modulo those issued."""


Program = list[list[Move]]

few = st.integers(0, 4)
priorities = st.sampled_from([URGENT, NORMAL, LAST])
moves = st.builds(
    Move,
    answer=st.none() | st.integers(0, 3),
    schedules=st.lists(st.tuples(few, few, priorities), max_size=2).map(tuple),
    wakes=st.lists(few, max_size=1).map(tuple),
    cancels=st.lists(st.integers(0, 40), max_size=2).map(tuple),
)
programs: st.SearchStrategy[Program] = st.lists(st.lists(moves, max_size=6), min_size=1, max_size=5)


class KernelLike(Protocol):
    now_ns: int

    def schedule(self, actor: Actor, delay_ns: int = 0, *, priority: int = NORMAL) -> int: ...
    def wake(self, actor: Actor) -> None: ...
    def cancel(self, ticket: int) -> None: ...


@dataclass
class Player:
    """The actor that plays a plan; shared by both kernels, so that only the order of steps can differ."""

    name: str
    plan: list[Move]
    stage: "Stage"
    at: int = 0

    def resume(self) -> int | None:
        stage = self.stage
        stage.seen.append((stage.kernel.now_ns, self.name))
        if self.at == len(self.plan):
            return None
        move = self.plan[self.at]
        self.at += 1
        for index, delay_ns, priority in move.schedules:
            stage.issued = stage.kernel.schedule(stage.player(index), delay_ns, priority=priority)
        for index in move.wakes:
            stage.kernel.wake(stage.player(index))
        for serial in move.cancels:
            stage.kernel.cancel(1 + serial % stage.issued)
        return move.answer


@dataclass
class Stage:
    """A program set up on a kernel."""

    program: Program
    kernel: KernelLike
    issued: int = 0
    seen: list[tuple[int, str]] = field(default_factory=list)
    players: list[Player] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.players = [Player(f"p{index}", plan, self) for index, plan in enumerate(self.program)]
        for index, player in enumerate(self.players):
            self.issued = self.kernel.schedule(player, index % 2)

    def player(self, index: int) -> Player:
        return self.players[index % len(self.players)]


class NaiveKernel:
    """The total order by the book: every step looks for the least (due, priority, serial) in a plain list."""

    def __init__(self) -> None:
        self.now_ns = 0
        self.serial = 0
        self.tickets: list[tuple[int, int, int, Actor]] = []
        self.woken: list[Actor] = []

    def schedule(self, actor: Actor, delay_ns: int = 0, *, priority: int = NORMAL) -> int:
        self.serial += 1
        self.tickets.append((self.now_ns + delay_ns, priority, self.serial, actor))
        return self.serial

    def wake(self, actor: Actor) -> None:
        self.woken.append(actor)

    def cancel(self, ticket: int) -> None:
        self.tickets = [pending for pending in self.tickets if pending[2] != ticket]

    def step(self) -> bool:
        if self.woken:
            priority, actor = NORMAL, self.woken.pop(0)
        elif self.tickets:
            ticket = min(self.tickets, key=lambda pending: pending[:3])
            self.tickets.remove(ticket)
            self.now_ns, priority, _, actor = ticket
        else:
            return False
        answer = actor.resume()
        if isinstance(answer, int):
            self.schedule(actor, answer, priority=priority)
        return True
