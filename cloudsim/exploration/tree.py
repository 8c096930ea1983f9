"""The systematic search: all orders that differ in conflicting steps, each once, depth first.

No state is kept but the path: each run begins anew, follows the path to its last node, tries there what is to be tried
next, and runs to block from then on. What is to be tried comes from the races of the runs (see ``races``) and is
trimmed by sleep sets (see ``walk``).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cloudsim.exploration.program import Program, RedundantOrder, Run
from cloudsim.exploration.races import add_races
from cloudsim.exploration.ready import Ready, Step
from cloudsim.exploration.walk import Node, Walk


@dataclass(frozen=True, slots=True)
class Tried:
    """One order that was tried."""

    run: Run | None
    """None where it was broken off as the repetition of another one."""
    log: list[Step]


class Tree:
    """The orders of a program.

    Args:
        program: what is run.
        preemptions_max: a bound on how often the turn is taken from an actor that can go on; with one, all orders
            within it are tried, also equal ones, and nothing is proved.
        by_races: whether races alone say what is tried. They know no slack, where a step can be kept from competing by
            one that it does not conflict with; without them everybody is tried everywhere.
    """

    def __init__(self, program: Program, *, preemptions_max: int | None = None, by_races: bool = True) -> None:
        self._program = program
        self._preemptions_max = preemptions_max
        self._by_races = by_races and preemptions_max is None
        self._path: list[Node] = []
        self.is_covered = False
        """Whether every order has been tried."""
        self.redundant = 0
        """How many runs were broken off as repetitions."""

    def orders(self) -> Iterator[Tried]:
        """Try one order after the other, until all have been.

        Raises:
            NotDeterministic: the same choices led to other steps.
        """
        while not self.is_covered:
            known = max(len(self._path) - 1, 0)
            walk = Walk(self._path, tries_all=not self._by_races, preemptions_max=self._preemptions_max)
            ready = Ready(walk)
            try:
                run: Run | None = self._program.run(ready)
            except RedundantOrder:
                run = None
                self.redundant += 1
            if self._by_races:
                add_races(ready.log, self._path, since=known)
            self._advance()
            yield Tried(run, ready.log)

    def _advance(self) -> None:
        """Make the path one that has not been tried; the deepest node with something left changes."""
        path = self._path
        while path:
            node = path[-1]
            node.todo.remove(node.chosen)
            if self._preemptions_max is None:
                node.sleep[node.chosen] = node.footprint
            if node.todo:
                node.chosen = node.todo[0]
                return
            path.pop()
        self.is_covered = True
