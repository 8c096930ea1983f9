"""The control plane as a workload uses it: a call, and what follows its answer.

Where nothing takes time a call is made at once, without a ticket; else it travels. Either way what follows is a
function of the reply, so that workloads are written once.
"""

from collections.abc import Callable

from cloudsim.api.requests import Request
from cloudsim.errors.base import ApiError
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.vswitch import VSwitch
from cloudsim.simulation.caller import Caller
from cloudsim.simulation.reply import Reply
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.straight import StraightWay
from cloudsim.whatif.running.books import Books

Then = Callable[[Reply], None]
"""What follows an answer."""


class Plane:
    """Makes the calls of a run.

    Args:
        simulation: where they are made.
        books: where they are counted.
    """

    def __init__(self, simulation: Simulation, books: Books) -> None:
        self.simulation = simulation
        self.kernel = simulation.kernel
        self._books = books
        self._is_at_once = simulation.latency.is_none
        self.is_counting = True
        """Whether calls count; what is there at the beginning is made by calls that nobody made."""

    def ask(self, caller: Caller, request: Request, then: Then) -> None:
        """Make a call, and go on when it is answered."""
        if self.is_counting:
            self._books.note_call(self.kernel.now_ns, request.action)
        if self._is_at_once:
            then(self.simulation.perform(caller, request))
            return
        reply = self.simulation.submit(caller, request)
        reply.when_settled(lambda: then(reply))

    def way_to(
        self, caller: Caller, *, region: str, vswitch: VSwitch, group: str, secondary: int
    ) -> StraightWay | None:
        """Give the straight way to plain ENIs in a vSwitch; None where calls take time."""
        if not self._is_at_once:
            return None
        return StraightWay(
            self.simulation, caller, region=region, vswitch=vswitch.id, group=group, secondary=secondary
        )

    def create(self, way: StraightWay) -> NetworkInterface | ApiError:
        """Make an ENI the straight way."""
        if self.is_counting:
            self._books.note_call(self.kernel.now_ns, "CreateNetworkInterface")
        return way.create()

    def delete(self, way: StraightWay, eni: NetworkInterface) -> None:
        """End an ENI the straight way."""
        self._books.note_call(self.kernel.now_ns, "DeleteNetworkInterface")
        way.delete(eni)
