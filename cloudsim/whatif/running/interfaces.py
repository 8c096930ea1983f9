"""Items that hold one ENI each: created where there is room, deleted when their lifetime is over.

The vSwitches are tried in the order of the workload's choice, the next one only after an IpNotEnough. A refusal is
repeated as the workload says; an item that waits until it is placed asks again and again, and is pending meanwhile.

Source: experiments.md, "Workloads".
"""

from collections.abc import Mapping, Sequence
from typing import Final

from cloudsim.api.requests import CreateNetworkInterface, DeleteNetworkInterface
from cloudsim.errors.base import ApiError
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.vswitch import VSwitch
from cloudsim.simulation.caller import Caller
from cloudsim.simulation.reply import Reply
from cloudsim.simulation.straight import StraightWay
from cloudsim.values.duration import Ns
from cloudsim.whatif.arrivals.items import Item
from cloudsim.whatif.experiment.workloads import AnyWorkload, Retry
from cloudsim.whatif.running.books import Books, Cell
from cloudsim.whatif.running.callbook import Line
from cloudsim.whatif.running.plane import Plane
from cloudsim.whatif.running.residents import Lost, Residents
from cloudsim.whatif.running.retries import Over, nothing, wait_before_next

SHORTAGE: Final = ("InvalidVSwitchId.IpNotEnough", "QuotaExceeded.PrivateIpAddress")
"""Refusals after which the next vSwitch is tried; the second is the alias that the service gives at times."""


class Placing:
    """An item on its way to an ENI."""

    __slots__ = ("item", "left", "then", "tries", "vswitch", "waits_in")

    def __init__(self, item: Item, candidates: Sequence[VSwitch], then: Over) -> None:
        self.item = item
        self.then = then
        self.tries = 1
        self.vswitch = candidates[0]
        self.left = candidates[1:]
        """Those that have not been tried."""
        self.waits_in: Cell | None = None
        """Where it counts as one that waits."""


class Interfaces:
    """One workload whose items hold ENIs.

    Args:
        plane: where calls are made.
        books: where items are counted.
        workload: what it says.
        caller: who asks.
        line: where calls are counted.
        region: where.
        vswitches: those of the workload, in its order.
        group: the security group of its ENIs.
    """

    def __init__(
        self,
        plane: Plane,
        books: Books,
        workload: AnyWorkload,
        *,
        caller: Caller,
        line: Line,
        region: str,
        vswitches: Sequence[VSwitch],
        group: str,
    ) -> None:
        self._plane = plane
        self._kernel = plane.kernel
        self._books = books
        self._workload = workload
        self._caller = caller
        self._line = line
        self._region = region
        self._group = group
        self.vswitches = list(vswitches)
        self._cells: Mapping[str, Cell] = {
            home: cell for (of, home), cell in books.cells.items() if of == workload.name
        }
        self._pending: dict[str, Placing] = {}
        """Items that have not got what they want, by key."""
        self._residents = Residents(plane.kernel)
        self._ways: dict[str, StraightWay | None] = {}
        """By vSwitch, as far as they were asked for."""

    def add_vswitch(self, vswitch: VSwitch) -> None:
        """Use one more vSwitch from now on."""
        self.vswitches.append(vswitch)

    def arrive(self, item: Item, *, then: Over = nothing) -> None:
        """Let an item come.

        Args:
            item: which.
            then: what follows when it is over.
        """
        placing = self._pending[item.key] = Placing(item, self._candidates(item), then)
        self._ask(placing)
        if item.key in self._pending:
            self._wait(placing)

    def _wait(self, placing: Placing) -> None:
        """Count an item as one that waits, in the vSwitch that refused it last, or that it tries first."""
        cell = self._cells[placing.vswitch.id]
        self._books.wait(self._kernel.now_ns, placing.waits_in, cell)
        placing.waits_in = cell

    def _end_waiting(self, placing: Placing) -> None:
        del self._pending[placing.item.key]
        if placing.waits_in is not None:
            self._books.wait(self._kernel.now_ns, placing.waits_in, None)

    def _candidates(self, item: Item) -> Sequence[VSwitch]:
        zone, choice = item.zone, self._workload.choice
        candidates = self.vswitches if zone is None else [one for one in self.vswitches if one.zone == zone]
        if choice == "most-free":
            return sorted(candidates, key=lambda one: -one.available_count())
        if choice == "random":
            drawn = self._plane.simulation.entropy.integer("vswitch-choice", item.key, bits=64)
            first = drawn * len(candidates) >> 64
            return [*candidates[first:], *candidates[:first]]
        return candidates

    def _ask(self, placing: Placing) -> None:
        vswitch, retry = placing.vswitch, self._workload.retry
        client_token = None
        if isinstance(retry, Retry):
            turn = 0 if retry.token == "same" else placing.tries  # noqa: S105  no secret
            client_token = f"{placing.item.key}/{turn}/{vswitch.id}"  # another vSwitch is another request
        elif (way := self._way_to(vswitch)) is not None:
            self._settle(placing, self._plane.create(self._line, way), way)
            return
        request = CreateNetworkInterface(
            region_id=self._region,
            vswitch_id=vswitch.id,
            security_group_id=self._group,
            secondary_private_ip_address_count=self._workload.secondary or None,
            client_token=client_token,
        )
        self._plane.ask(self._line, self._caller, request, lambda reply: self._answered(placing, reply))

    def _way_to(self, vswitch: VSwitch) -> StraightWay | None:
        if vswitch.id not in self._ways:
            self._ways[vswitch.id] = self._plane.way_to(
                self._caller,
                region=self._region,
                vswitch=vswitch,
                group=self._group,
                secondary=self._workload.secondary,
            )
        return self._ways[vswitch.id]

    def _settle(self, placing: Placing, ending: NetworkInterface | ApiError, way: StraightWay) -> None:
        """Go on after a create that went the straight way, or would have."""
        if not isinstance(ending, NetworkInterface):
            self._take_refusal(placing, ending)
            return

        def end() -> None:
            self._plane.delete(self._line, way, ending)
            placing.then()

        self._place(placing, end)

    def _answered(self, placing: Placing, reply: Reply) -> None:
        if reply.error is not None:
            self._take_refusal(placing, reply.error)
            return
        eni_id: str = reply.response.network_interface_id  # type: ignore[union-attr]
        request = DeleteNetworkInterface(region_id=self._region, network_interface_id=eni_id)
        self._place(placing, lambda: self._plane.ask(self._line, self._caller, request, lambda _: placing.then()))

    def _take_refusal(self, placing: Placing, error: ApiError) -> None:
        if error.code in SHORTAGE and placing.left:
            placing.vswitch, placing.left = placing.left[0], placing.left[1:]
            self._ask(placing)
        else:
            self._refused(placing, error.code)

    def _place(self, placing: Placing, end: Over) -> None:
        """Let an item live; ``end`` deletes its ENI, and lets go on what follows."""
        item, vswitch, books, kernel = placing.item, placing.vswitch, self._books, self._kernel
        self._end_waiting(placing)
        cell = self._cells[vswitch.id]
        books.accept(kernel.now_ns, item, cell)

        def release() -> None:
            books.leave(kernel.now_ns, cell)
            end()

        self._residents.add(item, vswitch.zone, placing, release)

    def _refused(self, placing: Placing, code: str) -> None:
        wait_ns = wait_before_next(self._workload, placing.tries)
        if wait_ns is None:
            self._end_waiting(placing)
            self._books.reject(self._kernel.now_ns, placing.item, self._cells[placing.vswitch.id], code)
            placing.then()
            return
        self._wait(placing)
        kernel = self._kernel
        kernel.call_at(kernel.now_ns + wait_ns, lambda: self._ask_again(placing), name=f"{placing.item.key} again")

    def _ask_again(self, placing: Placing) -> None:
        placing.tries += 1
        candidates = self._candidates(placing.item)
        placing.vswitch, placing.left = candidates[0], candidates[1:]
        self._ask(placing)

    def lose(self, zone: str, *, moved: bool) -> list[Lost]:
        """End all items that live in a zone; see :meth:`Residents.lose`."""
        return self._residents.lose(zone, moved=moved)

    def end(self, end_ns: Ns) -> None:
        """Count those that still wait at the end of the run."""
        for placing in self._pending.values():
            assert placing.waits_in is not None, "what is pending waits"
            self._books.leave_pending(end_ns, placing.item, placing.waits_in)
