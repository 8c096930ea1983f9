"""The desk: what the agent of one node works with: calls within limits, time, and a look at its own devices."""

from collections.abc import Callable
from typing import Final

from cloudsim.api.requests import CreateNetworkInterface, DeleteNetworkInterface, Request
from cloudsim.api.responses import CreateNetworkInterfaceResponse
from cloudsim.resources.instance import Instance
from cloudsim.resources.interface import EniStatus
from cloudsim.simulation.caller import Caller
from cloudsim.simulation.reply import Reply
from cloudsim.values.duration import Ns
from cloudsim.values.entropy import Entropy
from cloudsim.values.ids import EniId
from cloudsim.values.profile import Profile
from cloudsim.whatif.experiment.fleets import Fleet
from cloudsim.whatif.running.callbook import CallBook
from cloudsim.whatif.running.fleet.limits import Limits
from cloudsim.whatif.running.fleet.parts import Done, Wants
from cloudsim.whatif.running.fleet.sizes import Sizes
from cloudsim.whatif.running.fleet.tally import Tally
from cloudsim.whatif.running.plane import Plane, Then

_LOOK_NS: Final[Ns] = 100_000_000
_LATENESS: Final = 16
"""A look comes at most a sixteenth of the waiting time late, so that what hangs costs few of them."""


class Desk:
    """Of one node.

    Args:
        plane: where calls are made.
        spec: the fleet.
        instance: the node's.
        caller: who calls.
        sizes: what the node has room for.
        kind: the node's instance type.
        tally: counts ENIs and idle addresses.
        calls: where calls are counted.
        pools: what idle addresses are fetched for: the wants of all workloads; the first with a vSwitch in the zone.
        queue: does something when what the agent is asked before is done; what it does ends by its ``done``.
    """

    def __init__(
        self,
        plane: Plane,
        spec: Fleet,
        *,
        instance: Instance,
        caller: Caller,
        sizes: Sizes,
        kind: str,
        tally: Tally,
        calls: CallBook,
        pools: list[Wants],
        queue: Callable[[Callable[[Done], None]], None],
    ) -> None:
        self._plane = plane
        self._limits = Limits(spec.limits_per_minute)
        self._caller = caller
        self.spec = spec
        self.instance = instance
        self.region = instance.region
        self.zone: str = instance.zone
        self.sizes = sizes
        self.tally = tally
        self.pools = pools
        self.queue = queue
        self._kind = kind
        self._calls = calls
        self._made_for: dict[str, str] = {}
        """The workload of each ENI that was made here."""
        self.workload = next((wants.workload for wants in pools if wants.homes(self.zone)), pools[0].workload)
        """Whose pod was to be placed or released last: calls and ENIs count for it."""

    @property
    def now_ns(self) -> Ns:
        """The present instant."""
        return self._plane.kernel.now_ns

    @property
    def entropy(self) -> Entropy:
        """The chance of the run."""
        return self._plane.simulation.entropy

    @property
    def profile(self) -> Profile:
        """The numbers of the documents' age."""
        return self._plane.simulation.cloud.profile

    def ask(self, request: Request, then: Then) -> None:
        """Make a call as soon as the client's limits let it, and go on when it is answered."""
        wait_ns = self._limits.wait_ns(request.action, self.now_ns)
        line = self._calls.lines[self.workload, self._caller.account]
        if isinstance(request, CreateNetworkInterface | DeleteNetworkInterface):
            then = self._counted(request, then)
        self.after(wait_ns, lambda: self._plane.ask(line, self._caller, request, then))

    def _counted(self, request: CreateNetworkInterface | DeleteNetworkInterface, then: Then) -> Then:
        """Count an ENI that comes or goes before what follows."""
        workload = self.workload

        def answered(reply: Reply) -> None:
            if isinstance(reply.response, CreateNetworkInterfaceResponse):
                self._made_for[reply.response.network_interface_id] = workload
                self.tally.add_eni(self._kind, workload, 1)
            elif reply.error is None and isinstance(request, DeleteNetworkInterface):
                was = self._made_for.pop(request.network_interface_id or "", None)
                if was is not None:
                    self.tally.add_eni(self._kind, was, -1)
            then(reply)

        return answered

    def after(self, wait_ns: Ns, act: Done) -> None:
        """Go on after so long; at once after no time."""
        if wait_ns:
            self._plane.kernel.call_at(self.now_ns + wait_ns, act, name=f"{self.instance.id} goes on")
        else:
            act()

    def await_status(self, eni_id: str, status: EniStatus, then: Callable[[], None]) -> None:
        """Go on when an ENI is in a state. The node sees its own devices, so this is no call."""
        self._look(EniId(eni_id), status, then, self.now_ns)

    def _look(self, eni_id: EniId, status: EniStatus, then: Callable[[], None], since_ns: Ns) -> None:
        eni = self._plane.simulation.cloud.estate_of(self.instance.primary.vswitch).interfaces.get(eni_id)
        if eni is None or eni.status is status:
            then()
        else:
            wait_ns = max(_LOOK_NS, (self.now_ns - since_ns) // _LATENESS)
            self.after(wait_ns, lambda: self._look(eni_id, status, then, since_ns))
