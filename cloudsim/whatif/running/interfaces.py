"""Items that hold one ENI each: created where there is room, deleted when their lifetime is over.

The vSwitches are tried in the order of the workload's choice, the next one only after an IpNotEnough. A refusal is
repeated as the workload says; an item that waits until it is placed asks again and again, and is pending meanwhile.

Source: experiments.md, "Workloads".
"""

from collections.abc import Sequence
from typing import Final

from cloudsim.api.requests import CreateNetworkInterface, DeleteNetworkInterface
from cloudsim.errors.base import ApiError
from cloudsim.kernel.actor import URGENT
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.vswitch import VSwitch
from cloudsim.simulation.caller import Caller
from cloudsim.simulation.reply import Reply
from cloudsim.simulation.straight import StraightWay
from cloudsim.whatif.arrivals.items import Item
from cloudsim.whatif.experiment.workloads import AnyWorkload, Retry
from cloudsim.whatif.running.books import Books, Place
from cloudsim.whatif.running.holders import Holders
from cloudsim.whatif.running.plane import Plane
from cloudsim.whatif.running.residents import Lost, Residents
from cloudsim.whatif.running.retries import Over, nothing, wait_before_next

SHORTAGE: Final = ("InvalidVSwitchId.IpNotEnough", "QuotaExceeded.PrivateIpAddress")
"""Refusals after which the next vSwitch is tried; the second is the alias that the service gives at times."""


class Placing:
    """An item on its way to an ENI."""

    __slots__ = ("item", "left", "since_ns", "then", "tries", "vswitch")

    def __init__(self, item: Item, candidates: Sequence[VSwitch], then: Over) -> None:
        self.item = item
        self.then = then
        self.since_ns = item.at_ns
        self.tries = 1
        self.vswitch = candidates[0]
        self.left = list(candidates[1:])


class Interfaces:
    """One workload whose items hold ENIs.

    Args:
        plane: where calls are made.
        books: where items are counted.
        workload: what it says.
        caller: who asks.
        region: where.
        vswitches: those of the workload, in its order.
        group: the security group of its ENIs.
        holders: counts those that live.
    """

    def __init__(
        self,
        plane: Plane,
        books: Books,
        workload: AnyWorkload,
        *,
        caller: Caller,
        region: str,
        vswitches: Sequence[VSwitch],
        group: str,
        holders: Holders,
    ) -> None:
        self._plane = plane
        self._books = books
        self._workload = workload
        self._caller = caller
        self._region = region
        self.vswitches = list(vswitches)
        self._group = group
        self._holders = holders
        self.pending: dict[str, Placing] = {}
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
        placing = Placing(item, self._candidates(item), then)
        self.pending[item.key] = placing
        self._ask(placing)

    def _candidates(self, item: Item) -> list[VSwitch]:
        candidates = [one for one in self.vswitches if item.zone in (None, one.zone)]
        choice = self._workload.choice
        if choice == "most-free":
            return sorted(candidates, key=lambda one: -one.available_count())
        if choice == "random":
            drawn = self._plane.simulation.entropy.integer("vswitch-choice", item.key, bits=64)
            first = drawn * len(candidates) >> 64
            return [*candidates[first:], *candidates[:first]]
        return candidates

    def _ask(self, placing: Placing) -> None:
        retry = self._workload.retry
        client_token = None
        if isinstance(retry, Retry):
            turn = 0 if retry.token == "same" else placing.tries  # noqa: S105  no secret
            client_token = f"{placing.item.key}/{turn}/{placing.vswitch.id}"  # another vSwitch is another request
        elif (way := self._way_to(placing.vswitch)) is not None:
            self._settle(placing, self._plane.create(way), way)
            return
        request = CreateNetworkInterface(
            region_id=self._region,
            vswitch_id=placing.vswitch.id,
            security_group_id=self._group,
            secondary_private_ip_address_count=self._workload.secondary or None,
            client_token=client_token,
        )
        self._plane.ask(self._caller, request, lambda reply: self._answered(placing, reply))

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
            self._plane.delete(way, ending)
            placing.then()

        self._place(placing, end)

    def _answered(self, placing: Placing, reply: Reply) -> None:
        if reply.error is not None:
            self._take_refusal(placing, reply.error)
            return
        eni_id: str = reply.response.network_interface_id  # type: ignore[union-attr]
        request = DeleteNetworkInterface(region_id=self._region, network_interface_id=eni_id)
        self._place(placing, lambda: self._plane.ask(self._caller, request, lambda _: placing.then()))

    def _take_refusal(self, placing: Placing, error: ApiError) -> None:
        if error.code in SHORTAGE and placing.left:
            placing.vswitch = placing.left.pop(0)
            self._ask(placing)
        else:
            self._refused(placing, error.code)

    def _place(self, placing: Placing, end: Over) -> None:
        """Let an item live; ``end`` deletes its ENI, and lets go on what follows."""
        item = placing.item
        del self.pending[item.key]
        self._books.accept(item, _place_of(placing.vswitch))
        self._holders.add(item, 1)

        def release() -> None:
            self._holders.add(item, -1)
            end()

        # Releases come before starts at one instant.
        self._residents.add(item, placing.vswitch.zone, placing, release, priority=URGENT)

    def _refused(self, placing: Placing, code: str) -> None:
        wait_ns = wait_before_next(self._workload, placing.tries)
        if wait_ns is None:
            del self.pending[placing.item.key]
            self._books.reject(self._plane.kernel.now_ns, placing.item, _place_of(placing.vswitch), code)
            placing.then()
            return
        placing.tries += 1
        candidates = self._candidates(placing.item)
        placing.vswitch, placing.left = candidates[0], candidates[1:]
        kernel = self._plane.kernel
        kernel.call_at(kernel.now_ns + wait_ns, lambda: self._ask(placing), name=f"{placing.item.key} again")

    def lose(self, zone: str, *, moved: bool) -> list[Lost]:
        """End all items that live in a zone; see :meth:`Residents.lose`."""
        return self._residents.lose(zone, moved=moved)

    def end(self) -> None:
        """Count those that still wait at the end."""
        for placing in self.pending.values():
            self._books.leave_pending(placing.item, _place_of(placing.vswitch))


def _place_of(vswitch: VSwitch) -> Place:
    return Place(vswitch.id, vswitch.zone)
