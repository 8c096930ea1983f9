"""ENIs of one node: made, attached, given addresses, taken off and deleted, each a chain of calls.

What is refused on the way is undone as far as it can be: an ENI that cannot be attached is deleted again. One whose
detach or delete is refused stays in the list, and is tried again when the agent next tidies up.
"""

from collections.abc import Callable
from typing import Final

from cloudsim.api.requests import (
    AssignPrivateIpAddresses,
    AttachNetworkInterface,
    CreateNetworkInterface,
    DeleteNetworkInterface,
    DetachNetworkInterface,
    UnassignPrivateIpAddresses,
)
from cloudsim.api.responses import AssignPrivateIpAddressesResponse, CreateNetworkInterfaceResponse
from cloudsim.resources.interface import EniStatus
from cloudsim.resources.vswitch import VSwitch
from cloudsim.simulation.reply import Reply
from cloudsim.whatif.running.books import NO_NODE
from cloudsim.whatif.running.fleet.choice import Choice
from cloudsim.whatif.running.fleet.desk import Desk
from cloudsim.whatif.running.fleet.parts import Done, HeldEni, Refused, Unit, Wants
from cloudsim.whatif.running.interfaces import SHORTAGE

Made = Callable[[HeldEni | Refused], None]
_TRUNK: Final = "Trunk"


class Enis:
    """The ENIs of one node, lowest first.

    Args:
        desk: of its agent.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.choice = Choice(desk)
        self.held: list[HeldEni] = []
        """Those that carry pods, or could."""
        self.trunk: HeldEni | None = None
        """What members are on; made with the first one, and stays as long as the node."""

    # -- making

    def make(self, wants: Wants, key: str, further: int, then: Made) -> None:
        """Make an ENI and put it on the node.

        Args:
            wants: whose vSwitches are tried, the next one after an IpNotEnough only.
            key: keys a random choice.
            further: addresses beside the primary one, or prefixes.
            then: is told of the ENI, or of the refusal.
        """
        if not self._desk.sizes.is_trunk or self.trunk is not None:
            self._make(wants, key, further, "", then)
            return

        def trunk_made(made: HeldEni | Refused) -> None:
            if isinstance(made, Refused):
                then(made)
                return
            self.held.remove(made)
            self.trunk = made
            self._make(wants, key, further, "", then)

        self._make(wants, key, 0, _TRUNK, trunk_made)

    def _make(self, wants: Wants, key: str, further: int, kind: str, then: Made) -> None:
        homes = wants.homes(self._desk.zone)

        def chosen(candidates: list[VSwitch]) -> None:
            if candidates:
                self._create(wants, candidates, further, kind, then)
            else:
                then(Refused(NO_NODE, homes[0] if homes else None))

        self.choice.candidates(wants, key, chosen)

    def _create(self, wants: Wants, candidates: list[VSwitch], further: int, kind: str, then: Made) -> None:
        """Ask the first of the vSwitches, and the others after it."""
        desk, (home, *others) = self._desk, candidates
        has_prefixes = desk.sizes.has_prefixes
        request = CreateNetworkInterface(
            region_id=desk.region,
            vswitch_id=home.id,
            security_group_id=wants.group,
            secondary_private_ip_address_count=None if has_prefixes else further or None,
            ipv4_prefix_count=further or None if has_prefixes else None,
            instance_type=kind or None,
        )

        def answered(reply: Reply) -> None:
            error = reply.error
            if error is None:
                assert isinstance(reply.response, CreateNetworkInterfaceResponse), "that is its answer"
                self._attach(self._born(reply.response, home, wants), then)
                return
            if error.code in SHORTAGE:
                self.choice.block(home)
                if others:
                    self._create(wants, others, further, kind, then)
                    return
            then(Refused(error.code, home))

        desk.ask(request, answered)

    def _born(self, made: CreateNetworkInterfaceResponse, home: VSwitch, wants: Wants) -> HeldEni:
        sizes = self._desk.sizes
        primary, *secondary = made.private_ip_addresses
        units = [Unit(text, sizes.unit) for text in (*secondary, *made.ipv4_prefixes)]
        units.insert(0, Unit(primary, sizes.primary, is_primary=True))
        eni = HeldEni(made.network_interface_id, home, wants.group, units)
        self._desk.tally.add_units(eni.vswitch.id, units, 1)
        return eni

    def _attach(self, eni: HeldEni, then: Made) -> None:
        desk = self._desk
        request = AttachNetworkInterface(
            region_id=desk.region,
            instance_id=desk.instance.id,
            network_interface_id=eni.id,
            trunk_network_instance_id=None if self.trunk is None else self.trunk.id,
        )

        def usable() -> None:
            eni.is_attached = True
            self.held.append(eni)
            then(eni)

        def answered(reply: Reply) -> None:
            if reply.error is None:
                here = EniStatus.IN_USE
                desk.await_status(eni.id, here, lambda: desk.after(desk.spec.attach_latency_ns, usable))
            else:
                refused = Refused(reply.error.code, eni.vswitch)
                self.held.append(eni)
                self.end(eni, lambda: then(refused))

        desk.ask(request, answered)

    # -- addresses

    def assign(self, eni: HeldEni, count: int, then: Callable[[Refused | None], None]) -> None:
        """Give an ENI more addresses, or prefixes."""
        desk, has_prefixes = self._desk, self._desk.sizes.has_prefixes
        request = AssignPrivateIpAddresses(
            region_id=desk.region,
            network_interface_id=eni.id,
            secondary_private_ip_address_count=None if has_prefixes else count,
            ipv4_prefix_count=count if has_prefixes else None,
        )

        def answered(reply: Reply) -> None:
            error = reply.error
            if error is None:
                assert isinstance(reply.response, AssignPrivateIpAddressesResponse), "that is its answer"
                given = reply.response.assigned_private_ip_addresses_set
                texts = given.ipv4_prefixes if has_prefixes else given.private_ip_addresses
                units = [Unit(text, desk.sizes.unit) for text in texts]
                eni.add(units)
                desk.tally.add_units(eni.vswitch.id, units, 1)
                then(None)
                return
            if error.code in SHORTAGE:
                self.choice.block(eni.vswitch)
            then(Refused(error.code, eni.vswitch))

        desk.ask(request, answered)

    def unassign(self, eni: HeldEni, units: list[Unit], then: Callable[[bool], None]) -> None:
        """Take addresses or prefixes that nobody uses from an ENI; ``then`` is told whether they are gone."""
        desk = self._desk
        texts = tuple(unit.text for unit in units)
        has_prefixes = desk.sizes.has_prefixes
        request = UnassignPrivateIpAddresses(
            region_id=desk.region,
            network_interface_id=eni.id,
            ipv4_prefixes=texts if has_prefixes else None,
            private_ip_addresses=None if has_prefixes else texts,
        )

        def answered(reply: Reply) -> None:
            if reply.error is None:
                eni.remove(units)
                desk.tally.add_units(eni.vswitch.id, units, -1)
            then(reply.error is None)

        desk.ask(request, answered)

    # -- ending

    def end(self, eni: HeldEni, then: Done) -> None:
        """Take an ENI without pods off the node, and delete it."""
        eni.is_going = True
        if not eni.is_attached:
            self._delete(eni, then)
            return
        desk = self._desk
        is_member = self.trunk is not None and eni is not self.trunk
        request = DetachNetworkInterface(
            region_id=desk.region,
            instance_id=desk.instance.id,
            network_interface_id=eni.id,
            trunk_network_instance_id=self.trunk.id if is_member and self.trunk is not None else None,
        )

        def off() -> None:
            eni.is_attached = False
            self._delete(eni, then)

        def answered(reply: Reply) -> None:
            if reply.error is None:
                desk.await_status(eni.id, EniStatus.AVAILABLE, off)
            else:
                eni.is_going = False
                then()

        desk.ask(request, answered)

    def _delete(self, eni: HeldEni, then: Done) -> None:
        desk = self._desk
        request = DeleteNetworkInterface(region_id=desk.region, network_interface_id=eni.id)

        def answered(reply: Reply) -> None:
            if reply.error is None:
                desk.tally.add_units(eni.vswitch.id, eni.units, -1)
                if eni is self.trunk:
                    self.trunk = None
                else:
                    self.held.remove(eni)
            then()

        desk.ask(request, answered)
