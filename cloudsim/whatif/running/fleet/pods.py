"""Pods: the items of one workload that hold an address each, on the fleet's nodes.

They arrive, are given an address or refused, ask again as the workload says, and leave; the books are kept here. An
item that was tried nowhere counts for the first vSwitch that it could have had.

Source: experiments.md, "Workloads" and "Figures".
"""

from collections.abc import Mapping, Sequence

from cloudsim.resources.vswitch import VSwitch
from cloudsim.values.duration import Ns
from cloudsim.whatif.arrivals.items import Item
from cloudsim.whatif.experiment.workloads import AnyWorkload
from cloudsim.whatif.running.books import Books, Cell
from cloudsim.whatif.running.fleet.fleet import Fleet
from cloudsim.whatif.running.fleet.node import Node
from cloudsim.whatif.running.fleet.parts import Outcome, Pod, Refused, Seat, Wants
from cloudsim.whatif.running.plane import Plane
from cloudsim.whatif.running.residents import Lost, Residents
from cloudsim.whatif.running.retries import Over, nothing, wait_before_next


class Waiting:
    """A pod that has not got what it wants."""

    __slots__ = ("pod", "then", "tries", "vswitch", "waits_in")

    def __init__(self, pod: Pod, vswitch: VSwitch, then: Over) -> None:
        self.pod = pod
        self.then = then
        self.tries = 1
        self.vswitch = vswitch
        self.waits_in: Cell | None = None
        """Where it counts as one that waits."""


class Pods:
    """One workload whose items hold an address each.

    Args:
        fleet: the nodes.
        plane: has the time.
        books: where items are counted.
        workload: what it says.
        vswitches: those of the workload, in its order.
        group: the security group of the ENIs.
    """

    def __init__(
        self,
        fleet: Fleet,
        plane: Plane,
        books: Books,
        workload: AnyWorkload,
        *,
        vswitches: Sequence[VSwitch],
        group: str,
    ) -> None:
        self._fleet = fleet
        self._kernel = plane.kernel
        self._books = books
        self._workload = workload
        self._cells: Mapping[str, Cell] = {
            home: cell for (of, home), cell in books.cells.items() if of == workload.name
        }
        self.vswitches = list(vswitches)
        self._wants = Wants(workload.name, self.vswitches, group, workload.choice)
        self._pending: dict[str, Waiting] = {}
        """Items that have not got what they want, by key."""
        self._residents = Residents(plane.kernel)
        fleet.serve(self._wants)

    def add_vswitch(self, vswitch: VSwitch) -> None:
        """Use one more vSwitch from now on."""
        self.vswitches.append(vswitch)
        self._fleet.know(vswitch)

    def arrive(self, item: Item, *, then: Over = nothing) -> None:
        """Let an item come.

        Args:
            item: which.
            then: what follows when it is over.
        """
        homes = self._wants.homes(item.zone) or self.vswitches
        self._pending[item.key] = waiting = Waiting(Pod(item, self._wants), homes[0], then)
        self._ask(waiting)
        if item.key in self._pending:
            self._wait(waiting)

    def _wait(self, waiting: Waiting) -> None:
        """Count an item as one that waits, in the vSwitch that refused it last, or that it could have first."""
        cell = self._cells[waiting.vswitch.id]
        self._books.wait(self._kernel.now_ns, waiting.waits_in, cell)
        waiting.waits_in = cell

    def _end_waiting(self, waiting: Waiting) -> None:
        del self._pending[waiting.pod.item.key]
        if waiting.waits_in is not None:
            self._books.wait(self._kernel.now_ns, waiting.waits_in, None)

    def _ask(self, waiting: Waiting) -> None:
        self._fleet.place(waiting.pod, lambda outcome, node: self._answered(waiting, outcome, node))

    def _answered(self, waiting: Waiting, outcome: Outcome, node: Node | None) -> None:
        if isinstance(outcome, Refused):
            self._refused(waiting, outcome)
        else:
            assert node is not None, "an address is on a node"
            self._place(waiting, outcome, node)

    def _place(self, waiting: Waiting, seat: Seat, node: Node) -> None:
        item, vswitch = waiting.pod.item, seat.vswitch
        self._end_waiting(waiting)
        cell = self._cells[vswitch.id]
        self._books.accept(self._kernel.now_ns, item, cell)
        self._residents.add(item, vswitch.zone, waiting, lambda: self._end(waiting, cell, seat, node))

    def _refused(self, waiting: Waiting, refused: Refused) -> None:
        item, now_ns = waiting.pod.item, self._kernel.now_ns
        if refused.vswitch is not None:
            waiting.vswitch = refused.vswitch
        wait_ns = wait_before_next(self._workload, waiting.tries)
        if wait_ns is None:
            self._end_waiting(waiting)
            self._books.reject(now_ns, item, self._cells[waiting.vswitch.id], refused.code)
            waiting.then()
            return
        self._wait(waiting)
        waiting.tries += 1
        self._kernel.call_at(now_ns + wait_ns, lambda: self._ask(waiting), name=f"{item.key} again")

    def _end(self, waiting: Waiting, cell: Cell, seat: Seat, node: Node) -> None:
        self._books.leave(self._kernel.now_ns, cell)
        self._fleet.leave(node, waiting.pod, seat, waiting.then)

    def lose(self, zone: str, *, moved: bool) -> list[Lost]:
        """End all items that live in a zone; see :meth:`Residents.lose`."""
        return self._residents.lose(zone, moved=moved)

    def end(self, end_ns: Ns) -> None:
        """Count those that still wait at the end of the run."""
        for waiting in self._pending.values():
            assert waiting.waits_in is not None, "what is pending waits"
            self._books.leave_pending(end_ns, waiting.pod.item, waiting.waits_in)
