"""The search: which orders of a program are tried, and what has been seen in them.

A search first runs to block: that run says how long threads are, and whether scripts share anything. Then it goes
through all orders (``systematic``), or takes so many by a strategy, each with a seed of its own. Its attempts are an
iterator, so that whoever looks for one failure stops at it, and a budget of any kind is the caller's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cloudsim.errors.own import NotDeterministic, SettingError, did_you_mean
from cloudsim.exploration.footprints import touches_of
from cloudsim.exploration.program import Diverged, Program, Run
from cloudsim.exploration.ready import Ready, Recorded, RunsToBlock, Step, deviations
from cloudsim.exploration.replay import Replayed
from cloudsim.exploration.strategies.named import Profile, make_strategy, require_strategy, strategy_names
from cloudsim.exploration.threads import steps_by_thread, threads_of
from cloudsim.exploration.tree import Rules, Tree
from cloudsim.resources.ledger import Mode
from cloudsim.values.entropy import Entropy

AUTO: Final = "auto"
SYSTEMATIC: Final = "systematic"
SEARCHES: Final = (AUTO, SYSTEMATIC, *strategy_names())
"""What a search may be asked for."""

_WHERE: Final = "cloudsim check-determinism says where runs part"

THREADS_MAX: Final = 4
"""With more threads than these in conflict with each other, ``auto`` takes the portfolio."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One run of a search."""

    number: int
    """How many came before it."""
    strategy: str
    run: Run | None
    """None where it was broken off as the repetition of another one."""
    choices: list[tuple[int, str]]
    """Where it was not run-to-block."""
    log: list[Step]
    """Every step; left out where the run was made by another process and nothing is wrong with it."""


def attempted(number: int, strategy: str, run: Run | None, log: list[Step]) -> Attempt:
    """Make an attempt of its log."""
    return Attempt(number, strategy, run, deviations(log), log)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to search.

    Raises:
        SettingError: there is no such strategy, or a number is below its bound.
    """

    strategy: str = AUTO
    seed: int = 0
    preemptions_max: int | None = None
    """Of the systematic search: how often the turn is taken from somebody who can go on; None for any number."""
    has_slack: bool = False
    """Whether steps compete within a window of time, where races alone do not say all."""

    def __post_init__(self) -> None:
        if self.strategy.partition(":")[0] not in SEARCHES:
            raise SettingError(f"there is no strategy {self.strategy!r}; {did_you_mean(self.strategy, SEARCHES)}")
        if self.strategy not in (AUTO, SYSTEMATIC):
            require_strategy(self.strategy)
        if self.preemptions_max is not None and self.preemptions_max < 0:
            raise SettingError(f"a bound on preemptions is at least 0, not {self.preemptions_max}")
        if self.preemptions_max is not None and self.strategy not in (AUTO, SYSTEMATIC):
            raise SettingError(f"a bound on preemptions is for the systematic search, not for {self.strategy}")


class Search:
    """A search through the orders of a program.

    Args:
        program: what is run.
        plan: how to search.
    """

    def __init__(self, program: Program, plan: Plan) -> None:
        self.plan = plan
        ready = Ready(RunsToBlock())
        self.first = attempted(0, "run-to-block", program.run(ready), ready.log)
        """The run that every search begins with."""
        self.program = program.knowing(self.first.run) if self.first.run is not None else program
        self.profile = Profile(len(ready.log), steps_by_thread(ready.log))
        self.strategy = self._choose() if plan.strategy == AUTO else plan.strategy
        """The strategy that was asked for, or chosen."""
        self.tree: Tree | None = None

    def _choose(self) -> str:
        """Go through all orders where few threads meet, or where the search is bounded."""
        is_small = len(contenders(self.first.log)) <= THREADS_MAX
        return SYSTEMATIC if is_small or self.plan.preemptions_max is not None else "portfolio"

    @property
    def is_covered(self) -> bool:
        """Whether every order has been tried."""
        return self.tree is not None and self.tree.is_covered and self.plan.preemptions_max is None

    def attempts(self) -> Iterator[Attempt]:
        """Try one order after the other: until all have been tried, or without end."""
        return self._systematic() if self.strategy == SYSTEMATIC else self._sampled()

    def _systematic(self) -> Iterator[Attempt]:
        for number, tried in enumerate(self.begin_tree().orders()):
            yield attempted(number, SYSTEMATIC, tried.run, tried.log)

    def begin_tree(self) -> Tree:
        """Make the tree of the systematic search."""
        self.tree = Tree(self.program, self.rules)
        return self.tree

    @property
    def rules(self) -> Rules:
        """The rules of the systematic search."""
        return Rules(preemptions_max=self.plan.preemptions_max, by_races=not self.plan.has_slack)

    def _sampled(self) -> Iterator[Attempt]:
        yield self.first
        number = 1
        while True:
            yield self.sample(number)
            number += 1

    def require_same_again(self, attempt: Attempt) -> None:
        """Make a run once more, by its choices.

        Raises:
            NotDeterministic: another run comes of it.
        """
        if attempt.run is None:
            return
        again = Ready(Replayed(dict(attempt.choices)))
        is_sampled = attempt.strategy != SYSTEMATIC  # the systematic search has one data tape for all
        program = self.program.numbered(attempt.number) if is_sampled else self.program
        try:
            run = program.run(again)
        except Diverged as diverged:
            raise NotDeterministic(f"it is not deterministic: {diverged}; {_WHERE}") from None
        if (run.digest, run.outcome) != (attempt.run.digest, attempt.run.outcome):
            raise NotDeterministic(f"it is not deterministic: two runs in the same order differ; {_WHERE}")

    def sample(self, number: int) -> Attempt:
        """Make the run of a number, which depends on no other but the first.

        Args:
            number: at least 1.
        """
        seed = Entropy(self.plan.seed).integer("schedule", str(number), bits=48)
        ready = Recorded(make_strategy(self.strategy, seed, number=number - 1, profile=self.profile))
        return attempted(number, self.strategy, self.program.numbered(number).run(ready), ready.log)


def contenders(log: list[Step]) -> set[str]:
    """The threads that touch something together, at least one of them not only to look at it."""
    threads = threads_of(log)
    users: dict[str, set[str]] = {}
    changed: set[str] = set()
    for step in log:
        for key, mode in touches_of(step.footprint):
            users.setdefault(key, set()).add(threads[step.key])
            if mode is not Mode.READ:
                changed.add(key)
    return {thread for key, threads in users.items() if len(threads) > 1 and key in changed for thread in threads}
