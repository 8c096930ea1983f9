"""Races of one run: pairs of conflicting steps that could have been made the other way round.

From each race follows what else has to be tried, and from where. What no race asks for need not be tried, so steps that
conflict with nobody are never branched on, however many there are.

*Happens before* is the order of one actor's steps, of a step before what it made possible, and of conflicting steps as
they were made. For each step the set of all steps before it is kept as the bits of one integer.

Source: Abdulla, Aronis, Jonsson, Sagonas, "Optimal dynamic partial order reduction" (POPL 2014), source sets.
"""

from collections.abc import Sequence

from cloudsim.exploration.footprints import touches_of
from cloudsim.exploration.ready import Step
from cloudsim.exploration.walk import Node
from cloudsim.resources.ledger import Mode


class _Key:
    """The latest steps on a key that no later write hides."""

    __slots__ = ("adds", "reads", "write")

    def __init__(self) -> None:
        self.write: int | None = None
        self.reads: list[int] = []
        self.adds: list[int] = []

    def before(self, mode: Mode) -> list[int]:
        """The steps in conflict with one more step, nearest ones only."""
        write = [] if self.write is None else [self.write]
        if mode is Mode.READ:
            return [*write, *self.adds]
        if mode is Mode.ADD:
            return [*write, *self.reads]
        return [*write, *self.reads, *self.adds]

    def note(self, step: int, mode: Mode) -> None:
        if mode is Mode.WRITE:
            self.write, self.reads, self.adds = step, [], []
        else:
            (self.reads if mode is Mode.READ else self.adds).append(step)


def add_races(log: Sequence[Step], path: Sequence[Node], *, since: int) -> None:
    """Ask for all that the races of a run ask for.

    Args:
        log: of the run.
        path: its nodes, one for each step; they get more to try.
        since: the first step that was not a step of the run before; races among earlier ones are known.
    """
    before: list[int] = []  # for each step the bits of those that happen before it, and its own
    last_of: dict[str, int] = {}
    keys: dict[str, _Key] = {}
    for number, step in enumerate(log):
        certain = {step.cause, last_of.get(step.key, -1)} - {-1}
        touches = touches_of(step.footprint)
        rivals = sorted({rival for key, mode in touches if key in keys for rival in keys[key].before(mode)})
        bits = 1 << number
        for earlier in (*certain, *rivals):
            bits |= before[earlier]
        before.append(bits)
        if number >= since:
            for rival in rivals:
                others = [*certain, *(other for other in rivals if other != rival)]
                if log[rival].key != step.key and not any(before[other] >> rival & 1 for other in others):
                    _ask(path[rival], rival, number, log, before)
        last_of[step.key] = number
        for key, mode in touches:
            keys.setdefault(key, _Key()).note(number, mode)


def _ask(node: Node, earlier: int, later: int, log: Sequence[Step], before: Sequence[int]) -> None:
    """Let the later of two racing steps come first: try somebody at the earlier one who can lead there."""
    between = [step for step in range(earlier + 1, later) if not before[step] >> earlier & 1]
    moved = [*between, later]
    bits = sum(1 << step for step in moved)
    # The later step comes after the earlier one only by their race, so that one is no reason to wait.
    first = [log[step].key for step in moved if before[step] & bits == 1 << step]
    able = [key for key in first if key in node.enabled]
    if any(key in node.todo or key in node.sleep for key in able):  # asked for, or tried already
        return
    if able:
        node.todo.append(able[0])
    else:
        node.todo += [key for key in node.enabled if key not in node.todo and key not in node.sleep]
