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
from cloudsim.values.duration import Ns
from cloudsim.whatif.running.callbook import Line

Then = Callable[[Reply], None]
"""What follows an answer."""


class Plane:
    """Makes the calls of a run.

    Args:
        simulation: where they are made.
        warmup_ns: calls before it are not counted.
    """

    def __init__(self, simulation: Simulation, *, warmup_ns: Ns) -> None:
        self.simulation = simulation
        self.kernel = simulation.kernel
        self._perform = simulation.perform
        self._warmup_ns = warmup_ns
        self._is_at_once = simulation.latency.is_none
        self.is_counting = True
        """Whether calls count; what is there at the beginning is made by calls that nobody made."""

    def ask(self, line: Line, caller: Caller, request: Request, then: Then) -> None:
        """Make a call, and go on when it is answered.

        Args:
            line: where it is counted.
            caller: who asks.
            request: what is asked for.
            then: is told of the answer.
        """
        self._count(line, request.action)
        if self._is_at_once:
            then(self._perform(caller, request))
            return
        reply = self.simulation.submit(caller, request)
        reply.when_settled(lambda: then(reply))

    def _count(self, line: Line, action: str) -> None:
        now_ns = self.kernel.now_ns
        if now_ns >= self._warmup_ns and self.is_counting:
            line.note(now_ns, action)

    def way_to(
        self, caller: Caller, *, region: str, vswitch: VSwitch, group: str, secondary: int
    ) -> StraightWay | None:
        """Give the straight way to plain ENIs in a vSwitch; None where calls take time."""
        if not self._is_at_once:
            return None
        return StraightWay(self.simulation, caller, region=region, vswitch=vswitch.id, group=group, secondary=secondary)

    def create(self, line: Line, way: StraightWay) -> NetworkInterface | ApiError:
        """Make an ENI the straight way."""
        self._count(line, "CreateNetworkInterface")
        return way.create()

    def delete(self, line: Line, way: StraightWay, eni: NetworkInterface) -> None:
        """End an ENI the straight way."""
        self._count(line, "DeleteNetworkInterface")
        way.delete(eni)
