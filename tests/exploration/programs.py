"""Random small programs with labelled steps, whose outcome tells every order of conflicting steps from every other."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from hypothesis import strategies as st

from cloudsim.exploration.footprints import are_in_conflict
from cloudsim.exploration.program import Program, Run
from cloudsim.exploration.ready import Step
from cloudsim.kernel.kernel import ANY_TIME, Kernel
from cloudsim.kernel.strategy import Strategy
from cloudsim.operations.operation import ANYTHING, Footprint
from cloudsim.resources.ledger import Mode


@dataclass(frozen=True)
class Move:
    """One step: what it touches, whom it starts, how long the next one takes."""

    touches: tuple[tuple[str, Mode], ...]
    if_written: str | None = None
    """A key that it reads first; only if somebody has written there does it touch the rest."""
    starts: int | None = None
    delay: int = 0
    says_nothing: bool = False


moves = st.builds(
    Move,
    touches=st.dictionaries(st.sampled_from("ab"), st.sampled_from(list(Mode))).map(lambda d: tuple(d.items())),
    if_written=st.sampled_from([None, None, None, "a"]),
    starts=st.sampled_from([None, None, None, 2]),
    delay=st.sampled_from([0, 0, 1]),
    says_nothing=st.sampled_from([False, False, False, False, True]),
)
_main, _started = (st.lists(moves, min_size=1, max_size=size) for size in (3, 1))
plans = st.tuples(_main, _main, _started).map(list)
"""Few enough moves that every order of them can be enumerated."""


@dataclass
class World:
    """What the actors share."""

    kernel: Kernel
    plans: list[list[Move]]
    written: dict[str, tuple[object, ...]] = field(default_factory=lambda: {"a": (), "b": ()})
    added: dict[str, set[str]] = field(default_factory=lambda: {"a": set(), "b": set()})
    seen: dict[str, list[object]] = field(default_factory=dict)

    def start(self, name: str, plan: int) -> None:
        self.kernel.schedule(Mover(name, self, self.plans[plan]))


class Mover:
    """An actor that makes the moves of a plan."""

    def __init__(self, name: str, world: World, plan: list[Move]) -> None:
        self.name = name
        self.world = world
        self.left = list(plan)

    def _touches(self) -> tuple[tuple[str, Mode], ...]:
        move = self.left[0]
        if move.if_written is None:
            return move.touches
        reads: tuple[tuple[str, Mode], ...] = ((move.if_written, Mode.READ),)
        return (*reads, *move.touches) if self.world.written[move.if_written] else reads

    def footprint(self) -> Footprint:
        return ANYTHING if self.left[0].says_nothing else self._touches()

    def resume(self) -> int | None:
        touches, move, world = self._touches(), self.left[0], self.world
        for key, mode in touches:
            if mode is not Mode.ADD:
                world.seen.setdefault(self.name, []).append((world.written[key], sorted(world.added[key])))
        for key, mode in touches:
            if mode is Mode.WRITE:
                world.written[key] = (*world.written[key], f"{self.name}/{len(self.left)}")
            elif mode is Mode.ADD:
                world.added[key].add(f"{self.name}/{len(self.left)}")
        del self.left[0]
        if move.starts is not None and "." not in self.name:
            world.start(f"{self.name}.{len(self.left)}", move.starts)
        return move.delay if self.left else None


@dataclass(frozen=True)
class Random:
    """A program of two actors and one that may be started."""

    plans: list[list[Move]]
    slack_ns: int

    def run(self, strategy: Strategy) -> Run:
        kernel = Kernel(strategy, slack_ns=self.slack_ns)
        world = World(kernel, self.plans)
        world.start("one", 0)
        world.start("two", 1)
        kernel.run(steps=10_000)
        return Run(outcome=repr((world.written, sorted(map(sorted, world.added.values())), sorted(world.seen.items()))))

    def smaller(self) -> Iterator[Program]:
        return iter(())

    def numbered(self, _number: int) -> Program:
        return self

    def knowing(self, _run: Run) -> Program:
        return self


def trace_of(log: list[Step]) -> frozenset[tuple[object, object]]:
    """All conflicting pairs of steps in their order: equal for orders that differ only in steps that commute."""
    counts: dict[str, int] = {}
    events: list[tuple[tuple[str, int], Step]] = []
    for step in log:
        counts[step.key] = counts.get(step.key, 0) + 1
        events.append(((step.key, counts[step.key]), step))
    return frozenset(
        (one, other)
        for place, (one, step) in enumerate(events)
        for other, later in events[place + 1 :]
        if step.key != later.key and are_in_conflict(step.footprint, later.footprint)
    )


MODES = {"async": ANY_TIME, "ties": 0, "slack": 1}
