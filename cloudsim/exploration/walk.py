"""One run of the systematic search: follow the path so far, then run to block, leaving out what is asleep.

A *sleeping* step is one whose order against all that was done since has been tried already; it wakes when a step in
conflict with it is made. Where everybody sleeps, the rest of the run is the repetition of another run, and it is broken
off. So each order of conflicting steps is run to its end exactly once.

A step's footprint is asked anew while it sleeps: the world may have changed it, and then it wakes.

Where not all that is pending competes, but what is due within a slack, time is in everybody's way: of two steps that
are made at different instants the one takes the clock with it, what follows on the other one is due later, and may then
come too late to compete. Only steps of one instant commute there.

Source: Godefroid, "Partial-Order Methods for the Verification of Concurrent Systems" (1996), sleep sets.
"""

from cloudsim.errors.own import NotDeterministic
from cloudsim.exploration.footprints import are_in_conflict
from cloudsim.exploration.program import RedundantOrder
from cloudsim.exploration.ready import Ready
from cloudsim.operations.operation import ANYTHING, Footprint


class Node:
    """A state on the present path, and what is still to be tried from it."""

    __slots__ = ("chosen", "enabled", "footprint", "preemptions", "sleep", "todo")

    def __init__(self, sleep: dict[str, Footprint], enabled: tuple[str, ...], preemptions: int) -> None:
        self.sleep = sleep
        """Who sleeps here: by key what its step may touch; those that were tried from here are among them."""
        self.enabled = enabled
        self.todo: list[str] = []
        """Who is to be tried from here, the one under way first."""
        self.chosen = ""
        self.footprint: Footprint = ANYTHING
        """What the step under way may touch."""
        self.preemptions = preemptions
        """How many steps before this one took the turn from an actor that could have gone on."""

    def copy(self, *, chosen: str | None = None, sleep: dict[str, Footprint] | None = None) -> "Node":
        """Give what a run needs of it to follow a path through it, with another step chosen where one is given."""
        node = Node(dict(self.sleep if sleep is None else sleep), (), self.preemptions)
        node.chosen = self.chosen if chosen is None else chosen
        node.footprint = self.footprint
        return node


class Walk:
    """The chooser of one run of the search.

    Args:
        path: the nodes so far, the last of which has a new step chosen; it grows with the run.
        tries_all: try everybody at each new node (where no races are looked for).
        minds_time: whether steps of different instants are in conflict, whatever they touch.
        preemptions_max: how often the turn may be taken from an actor that can go on; None for any number. Sleep sets
            would leave out too much then, and are not used.
    """

    def __init__(
        self, path: list[Node], *, tries_all: bool, minds_time: bool = False, preemptions_max: int | None
    ) -> None:
        self._path = path
        self._at = 0
        self._tries_all = tries_all
        self._minds_time = minds_time
        self._preemptions_max = preemptions_max
        self._sleep: dict[str, Footprint] = {}
        self._preemptions = 0
        self._last = ""

    def choose(self, ready: Ready) -> str:
        """Name the step of the path, or the next one that does not sleep.

        Raises:
            NotDeterministic: the step of the path is not pending.
            RedundantOrder: all that is pending sleeps.
        """
        node = self._known(ready) if self._at < len(self._path) else self._new(ready)
        self._at += 1
        self._preemptions = node.preemptions + self._is_preemption(ready, node.chosen)
        self._last = node.chosen
        self._sleep = {
            key: footprint
            for key, footprint in node.sleep.items()
            if key != node.chosen and not self._are_in_conflict(ready, key, footprint, node)
        }
        return node.chosen

    def _are_in_conflict(self, ready: Ready, key: str, footprint: Footprint, node: Node) -> bool:
        """Whether the order of a sleeping step and the one under way matters."""
        if self._minds_time and ready.instant_of(key) != ready.instant_of(node.chosen):
            return True
        return are_in_conflict(footprint, node.footprint)

    def _known(self, ready: Ready) -> Node:
        node = self._path[self._at]
        if node.chosen not in ready.tickets:
            pending = ", ".join(ready.tickets)
            raise NotDeterministic(
                f"it is not deterministic: step {self._at} of the same order was made by {node.chosen}, and now only "
                f"{pending} can make it; cloudsim check-determinism says where runs part"
            )
        if self._at == len(self._path) - 1:
            node.footprint = ready.footprint(node.chosen)
        return node

    def _new(self, ready: Ready) -> Node:
        if self._preemptions_max is not None:
            self._sleep = {}
        sleep = {key: now for key, had in self._sleep.items() if (now := ready.footprint(key)) == had}
        node = Node(sleep, tuple(ready.tickets), self._preemptions)
        node.chosen = self._first(ready, sleep)
        node.footprint = ready.footprint(node.chosen)
        node.todo = [node.chosen]
        if self._tries_all:
            node.todo += [key for key in self._allowed(ready) if key not in sleep and key != node.chosen]
        self._path.append(node)
        return node

    def _first(self, ready: Ready, sleep: dict[str, Footprint]) -> str:
        base = ready.base()
        if base not in sleep:
            return base
        awake = next((key for key in ready.tickets if key not in sleep), None)
        if awake is None:
            raise RedundantOrder
        return awake

    def _allowed(self, ready: Ready) -> list[str]:
        """Those who may go within the bound on preemptions."""
        if self._preemptions_max is None or self._preemptions < self._preemptions_max:
            return list(ready.tickets)
        return [key for key in ready.tickets if not self._is_preemption(ready, key)]

    def _is_preemption(self, ready: Ready, key: str) -> bool:
        return self._last in ready.tickets and key != self._last
