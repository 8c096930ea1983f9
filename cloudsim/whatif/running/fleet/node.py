"""A node: an instance, its agent, and what waits for the agent, one thing after the other."""

from collections import deque
from collections.abc import Callable

from cloudsim.resources.instance import Instance
from cloudsim.whatif.running.fleet.agent import Agent
from cloudsim.whatif.running.fleet.desk import Desk
from cloudsim.whatif.running.fleet.parts import Done, Pod
from cloudsim.whatif.running.fleet.sizes import Sizes

Job = Callable[[Done], None]
"""Something that an agent is asked; it ends by its ``done``, at once or later."""


class Node:
    """One node.

    Args:
        zone: where it is.
        number: its place in its zone, from 1.
        kind: its instance type.
        sizes: what it has room for.
    """

    __slots__ = (
        "_is_busy", "_is_going_on", "_jobs", "agent", "desk", "emptied", "instance", "is_going", "kind", "number",
        "pods", "sizes", "zone",
    )  # fmt: skip

    def __init__(self, zone: str, number: int, kind: str, sizes: Sizes) -> None:
        self.zone = zone
        self.number = number
        self.kind = kind
        self.sizes = sizes
        self.instance: Instance | None = None
        """None while it boots, and after it went."""
        self.agent: Agent | None = None
        self.desk: Desk | None = None
        """What its agent works with."""
        self.pods: dict[str, Pod] = {}
        """Those on it, and those that wait for its agent, by key."""
        self.is_going = False
        self.emptied = 0
        """How often its last pod has left."""
        self._jobs: deque[Job] = deque()
        self._is_busy = False
        self._is_going_on = False

    @property
    def is_full(self) -> bool:
        """Whether it has as many pods as it takes."""
        return len(self.pods) >= self.sizes.pods

    def has_room(self, pod: Pod) -> bool:
        """Whether one more pod could come; a node that boots has room until it is full."""
        return not self.is_going and not self.is_full and (self.agent is None or self.agent.has_room(pod))

    def serve(self, workload: str) -> None:
        """Let what the agent does from now on count for a workload."""
        if self.desk is not None:
            self.desk.workload = workload

    def do(self, job: Job) -> None:
        """Do something when everything before it is done."""
        self._jobs.append(job)
        if not self._is_going_on:
            self._go_on()

    def _go_on(self) -> None:
        """Do what waits, as long as nothing of it takes time."""
        self._is_going_on = True
        while self._jobs and not self._is_busy:
            self._is_busy = True
            self._jobs.popleft()(self._done)
        self._is_going_on = False

    def _done(self) -> None:
        self._is_busy = False
        if not self._is_going_on:
            self._go_on()
