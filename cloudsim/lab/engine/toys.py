"""The study's toy races as programs of the kernel: actors with labelled steps, and noise that touches nothing.

An *order violation* (a reader before a publisher), a *token* that is looked up and then entered, and a *quota* that is
checked and then counted three times over. Skewed, the others must come far within one actor's pause.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import permutations

from cloudsim.exploration.program import Program, Run, Wrong
from cloudsim.kernel.kernel import Kernel
from cloudsim.kernel.strategy import Strategy
from cloudsim.operations.operation import Footprint
from cloudsim.resources.ledger import Mode

Label = str | None
NOISE_STEPS = 8


@dataclass
class State:
    """What the actors share."""

    is_published: bool = False
    tokens: set[str] = field(default_factory=set)
    used: int = 0
    wrong: list[str] = field(default_factory=list)


Body = Callable[[State], Iterator[Label]]


class Labelled:
    """An actor whose generator yields the label of its next step, or None for one that touches nothing."""

    def __init__(self, name: str, body: Iterator[Label]) -> None:
        self.name = name
        self._body = body
        self._label = next(body)

    def footprint(self) -> Footprint:
        """What its next step touches."""
        return () if self._label is None else ((self._label, Mode.WRITE),)

    def resume(self) -> int | None:
        """Make the step that is due."""
        try:
            self._label = next(self._body)
        except StopIteration:
            return None
        return 0


def noise(_: State) -> Iterator[Label]:
    """Do nothing in some steps."""
    for _step in range(NOISE_STEPS):
        yield None


def publisher(state: State) -> Iterator[Label]:
    """Publish the record."""
    yield "record"
    state.is_published = True


def reader(pause: int) -> Body:
    """Read the record after a pause; it is wrong if it was not published."""

    def body(state: State) -> Iterator[Label]:
        for _ in range(pause):
            yield None
        yield "record"
        if not state.is_published:
            state.wrong.append("read before it was published")

    return body


def token_user(pause: int, *, extra: int = 0) -> Body:
    """Look a token up after a pause, and then enter it, so many steps later."""

    def body(state: State) -> Iterator[Label]:
        for _ in range(pause):
            yield None
        yield "token:t"
        is_missing = "t" not in state.tokens
        for _ in range(extra):
            yield None
        yield "token:t"
        if is_missing:
            if "t" in state.tokens:
                state.wrong.append("the token was used twice")
            state.tokens.add("t")

    return body


def quota_user(pause: int, *, extra: int = 0) -> Body:
    """Check the quota after a pause, and then count, so many steps later."""

    def body(state: State) -> Iterator[Label]:
        for _ in range(pause):
            yield None
        yield "quota"
        has_room = state.used < 1
        for _ in range(extra):
            yield None
        yield "quota"
        if has_room:
            state.used += 1
            if state.used >= 3:
                state.wrong.append("the quota is overshot by two")

    return body


@dataclass(frozen=True)
class Toy:
    """A program of named actors."""

    actors: tuple[tuple[str, Body], ...]

    def run(self, strategy: Strategy) -> Run:
        """Run all actors to their ends, in the order of a strategy."""
        state = State()
        kernel = Kernel(strategy)
        for name, body in self.actors:
            kernel.schedule(Labelled(name, body(state)))
        kernel.run(steps=100_000)
        outcome = f"{sorted(state.tokens)} {state.used} {state.is_published} {state.wrong}"
        wrong = tuple(Wrong(text, text) for text in state.wrong)
        return Run(wrong=wrong, outcome=outcome, events=kernel.steps)

    def smaller(self) -> Iterator[Program]:
        """Give smaller programs: none."""
        return iter(())

    def numbered(self, _number: int) -> Program:
        """Give the program of a run: the same for all."""
        return self

    def knowing(self, _run: Run) -> Program:
        """Give the program that knows of a run: it learns nothing."""
        return self


def toy(depth: int, *, is_skewed: bool = False, noises: int = 6, arrangement: int = 0, extra: int = 0) -> Toy:
    """A toy race of a depth (1, 2 or 3), its actors among the noise in one of several arrangements.

    Args:
        depth: how many pauses the bug needs.
        is_skewed: whether the others must come far within a pause.
        noises: how many actors do nothing of interest.
        arrangement: which of the arrangements, from 0.
        extra: how many steps that touch nothing lie between the look-up and the entry: an edited program.
    """
    skewed = int(is_skewed)
    racing: list[tuple[str, Body]] = {
        1: [("publisher", publisher), ("reader", reader(8 if is_skewed else 1))],
        2: [(f"user-{n}", token_user(2 + 8 * n * skewed, extra=extra)) for n in range(2)],
        3: [(f"user-{n}", quota_user(2 + 6 * n * skewed, extra=extra)) for n in range(3)],
    }[depth]
    places = list(permutations(range(noises + len(racing)), len(racing)))
    chosen = places[(arrangement * 37) % len(places)]
    if depth == 1 and noises:
        chosen = tuple(sorted(chosen))  # first in, first out shall not fail at once
    slots: list[tuple[str, Body] | None] = [None] * (noises + len(racing))
    for place, actor in zip(chosen, racing, strict=True):
        slots[place] = actor
    return Toy(tuple(slot or (f"noise-{n}", noise) for n, slot in enumerate(slots)))
