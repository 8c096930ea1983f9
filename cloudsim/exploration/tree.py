"""The systematic search: all orders that differ in conflicting steps, each once, depth first.

No state is kept but the path: each run begins anew, follows the path to its last node, tries there what is to be tried
next, and runs to block from then on. What is to be tried comes from the races of the runs (see ``races``) and is
trimmed by sleep sets (see ``walk``).

A run needs its path alone, so runs that will be wanted later can be made ahead, by others. The tree takes them in the
order of the search whoever made them, so it does not depend on who did.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from cloudsim.exploration.program import Program, RedundantOrder, Run
from cloudsim.exploration.races import add_races
from cloudsim.exploration.ready import Ready, Step
from cloudsim.exploration.walk import Node, Walk

Path: TypeAlias = list[Node]
Mark: TypeAlias = tuple[str, ...]
"""What tells one path from all others of a search."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One order that was tried."""

    run: Run | None
    """None where it was broken off as the repetition of another one."""
    log: list[Step]


@dataclass(frozen=True, slots=True)
class Walked:
    """What a run along a path gives."""

    tried: Tried
    nodes: Path
    """The last node of the path that was followed, and those that came after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How a search goes on where it has no path."""

    preemptions_max: int | None = None
    """A bound on how often the turn is taken from an actor that can go on; with one, all orders within it are tried,
    also equal ones, and nothing is proved."""
    by_races: bool = True
    """Whether races alone say what is tried. They know no slack, where a step can be kept from competing by one that it
    does not conflict with; without them everybody is tried everywhere."""

    @property
    def tries_all(self) -> bool:
        """Whether everybody is tried everywhere."""
        return not self.by_races or self.preemptions_max is not None


def walk(program: Program, path: Path, rules: Rules) -> Walked:
    """Make one run along a path and beyond.

    Args:
        program: what is run.
        path: belongs to the run from now on.
        rules: of the search.

    Raises:
        NotDeterministic: the path cannot be followed.
    """
    known = max(len(path) - 1, 0)
    walker = Walk(path, tries_all=rules.tries_all, minds_time=not rules.by_races, preemptions_max=rules.preemptions_max)
    ready = Ready(walker)
    try:
        run: Run | None = program.run(ready)
    except RedundantOrder:
        run = None
    return Walked(Tried(run, ready.log), path[known:])


class Tree:
    """The orders of a program.

    Args:
        program: what is run.
        rules: how the search goes on.
    """

    def __init__(self, program: Program, rules: Rules | None = None) -> None:
        self._program = program
        self.rules = rules if rules is not None else Rules()
        self._path: Path = []
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
            yield self.take(walk(self._program, self.next_path(), self.rules))

    def next_path(self) -> Path:
        """The path of the next run."""
        return [node.copy() for node in self._path]

    def paths_ahead(self) -> Iterator[Path]:
        """The paths of runs that will be wanted after the next one, as far as they are known, the nearest first.

        What the step under way at the last node touches is known only after the next run, so that node has none.
        """
        for depth in range(len(self._path) - 2, -1, -1):
            node = self._path[depth]
            if len(node.todo) > 1:
                tried = {} if self.rules.preemptions_max is not None else {node.chosen: node.footprint}
                after = node.copy(chosen=node.todo[1], sleep={**node.sleep, **tried})
                yield [*(one.copy() for one in self._path[:depth]), after]

    def take(self, walked: Walked) -> Tried:
        """Take the run along the next path, and go on to the path after it."""
        known = max(len(self._path) - 1, 0)
        if self._path:
            self._path[-1].footprint = walked.nodes[0].footprint
        self._path += walked.nodes[1 if self._path else 0 :]
        if not self.rules.tries_all:
            add_races(walked.tried.log, self._path, since=known)
        self.redundant += walked.tried.run is None
        self._advance()
        return walked.tried

    def _advance(self) -> None:
        """Make the path one that has not been tried; the deepest node with something left changes."""
        path = self._path
        while path:
            node = path[-1]
            node.todo.remove(node.chosen)
            if self.rules.preemptions_max is None:
                node.sleep[node.chosen] = node.footprint
            if node.todo:
                node.chosen = node.todo[0]
                return
            path.pop()
        self.is_covered = True


def mark_of(path: Sequence[Node]) -> Mark:
    """Mark a path by its choices, and by who sleeps at its end."""
    return (*(node.chosen for node in path), "", *sorted(path[-1].sleep)) if path else ()
