"""The straight way: plain creates and deletes of ENIs, each in one go, where nothing is in the way.

Where no step takes time and nobody comes between, a hold is kept in the instant in which it was taken, and a create is
a row of questions and a row of changes. This is that row, for the plainest request there is: one group, a primary
address that the pool chooses and perhaps more of them, no ClientToken. It asks everything that the operation asks.
Where any answer is not the usual one it changes nothing and hands the call over to the operation itself, which then
refuses it or does it by its own steps. What it leaves behind, the journal line by line included, is what the operation
leaves: a law, held by tests over random worlds.

Price: a create costs about a seventh of ``Simulation.perform``, which makes two hundred calls of functions for it.
Capacity planning makes millions.

Source: the operations ``create`` and ``delete`` in :mod:`cloudsim.operations.interfaces`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cloudsim.api.requests import CreateNetworkInterface, DeleteNetworkInterface
from cloudsim.api.responses import CreateNetworkInterfaceResponse
from cloudsim.api.rules import check
from cloudsim.errors.base import ApiError
from cloudsim.ipam.refusals import PoolExhausted
from cloudsim.operations.holding import PHASES_IN_ORDER
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import AddressPolicy, QuotaPolicy
from cloudsim.operations.standing import AVAILABLE
from cloudsim.resources.cloud import eni_key
from cloudsim.resources.interface import EniStatus, EniType, NetworkInterface
from cloudsim.values.draws import Draws
from cloudsim.values.ids import CallName, EniId, RegionId, SecurityGroupId, VSwitchId

if TYPE_CHECKING:
    from cloudsim.resources.journal import Fact
    from cloudsim.resources.vswitch import VSwitch
    from cloudsim.simulation.caller import Caller
    from cloudsim.simulation.simulation import Simulation

_CREATE_LINES: Final = 11
"""Lines of the journal, but for that of the ENI itself."""
_DELETE_LINES: Final = 6


class StraightWay:
    """Plain creates in one vSwitch and one group, and the deletes of their ENIs, by one caller.

    Args:
        simulation: where they are made; steps take no time in it.
        caller: who asks.
        region: where.
        vswitch: the vSwitch of the ENIs.
        group: their security group.
        secondary: how many private addresses more than the primary one each has.
    """

    __slots__ = (
        "_account", "_caller", "_cloud", "_count", "_estate", "_group", "_groups", "_infix", "_is_plain", "_region",
        "_request", "_simulation", "_vswitch",
    )  # fmt: skip

    def __init__(
        self, simulation: Simulation, caller: Caller, *, region: str, vswitch: str, group: str, secondary: int = 0
    ) -> None:
        assert simulation.latency.is_none, "only steps that take no time can be made at once"
        self._simulation = simulation
        self._cloud = cloud = simulation.cloud
        self._caller = caller
        self._vswitch = VSwitchId(vswitch)
        self._group = SecurityGroupId(group)
        self._groups = (self._group,)
        self._count = secondary + 1
        self._request = CreateNetworkInterface(
            region_id=region,
            vswitch_id=vswitch,
            security_group_id=group,
            secondary_private_ip_address_count=secondary or None,
        )
        self._region = region
        self._account = cloud.accounts.get(caller.account)
        self._is_plain = self._is_admitted()
        if self._is_plain:
            self._estate = cloud.estate(caller.account, RegionId(region))
            self._infix = cloud.regions[RegionId(region)].infix

    def _is_admitted(self) -> bool:
        """Whether such calls pass what no call changes: account, rules, region, and the policies."""
        account, policy = self._account, self._simulation.policy
        if account is None or self._caller.user is not None or RegionId(self._region) not in self._cloud.regions:
            return False
        if policy.quota is not QuotaPolicy.HOLD or policy.address is not AddressPolicy.LEASE:
            return False
        try:
            account.admit(user=None, action=self._request.action)
            account.admit_to(RegionId(self._region))
            check(self._request, self._cloud.profile)
        except ApiError:
            return False
        return True

    def create(self) -> NetworkInterface | ApiError:
        """Make an ENI.

        Returns:
            The ENI, or the refusal.
        """
        simulation, cloud = self._simulation, self._cloud
        vswitch = self._place() if self._is_plain and simulation.is_undisturbed else None
        if vswitch is None:
            return self._create_by_steps()
        estate, ledger = self._estate, cloud.ledger
        group = estate.groups[self._group]
        places = group.places_for(self._count)
        ledger.now_ns = now_ns = simulation.kernel.now_ns
        if ledger.count_watcher is not None:
            ledger.count_watcher.note_count(vswitch)
        pool, count = vswitch.pool, self._count
        try:
            offsets = [pool.allocate(now_ns)] if count == 1 else pool.allocate_many(count, now_ns)
        except PoolExhausted:
            return self._create_by_steps()
        name = self._caller.next_name()
        simulation.sent += 1
        text = pool.space.text
        addresses = (text(offsets[0]),) if count == 1 else tuple([text(offset) for offset in offsets])
        ledger.call = name
        if ledger.journal.is_silent:
            ledger.journal.events += _CREATE_LINES
        else:
            self._tell_create(name, addresses, places)
        eni_id, mac_low = Draws(simulation.entropy, name).eni(self._infix, cloud.interface_ids, cloud.macs)
        estate.quota.used += 1
        group.places.used += places
        eni = NetworkInterface(
            id=EniId(eni_id),
            vswitch=vswitch,
            mac_low=mac_low,
            private_ip_addresses=addresses,
            security_group_ids=self._groups,
            created_ns=now_ns,
            resource_group=estate.account.default_resource_group,
        )
        cloud.add_interface(eni)
        if not ledger.journal.is_silent:
            self._tell_answer(name)
        simulation.count("CreateNetworkInterface", "ok")
        return eni

    def _create_by_steps(self) -> NetworkInterface | ApiError:
        reply = self._simulation.perform(self._caller, self._request)
        if reply.error is not None:
            return reply.error
        made = reply.result()
        assert isinstance(made, CreateNetworkInterfaceResponse), "a create is answered so"
        return self._cloud.estate(self._caller.account, RegionId(self._region)).interfaces[
            EniId(made.network_interface_id)
        ]

    def _place(self) -> VSwitch | None:
        """Give the vSwitch if an ENI can be made there now, as far as addresses are not concerned."""
        cloud, estate = self._cloud, self._estate
        vswitch = estate.vswitches.get(self._vswitch)
        group = estate.groups.get(self._group)
        if (
            vswitch is None
            or group is None
            or vswitch.status != AVAILABLE
            or vswitch.zone in cloud.conditions.zones_out
            or vswitch.vpc.is_tight
            or group.vpc != vswitch.vpc.id
            or group.service_managed
            or group.rule_count > cloud.profile.rules_per_eni_max
            or estate.account is not cloud.accounts.get(self._caller.account)
        ):
            return None
        quota, places = estate.quota, group.places
        if quota.used + quota.held >= quota.limit:
            return None
        wanted = 1 if group.counts_enis else self._count
        return vswitch if places.limit - places.used - places.held >= wanted else None

    def delete(self, eni: NetworkInterface) -> ApiError | None:
        """End an ENI.

        Returns:
            None, or the refusal.
        """
        simulation, cloud = self._simulation, self._cloud
        if not (self._is_plain and simulation.is_undisturbed and self._is_deletable(eni)):
            request = DeleteNetworkInterface(region_id=self._region, network_interface_id=eni.id)
            return simulation.perform(self._caller, request).error
        name = self._caller.next_name()
        simulation.sent += 1
        ledger = cloud.ledger
        ledger.now_ns, ledger.call = simulation.kernel.now_ns, name
        lingers = cloud.profile.delete_is_asynchronous
        is_silent = ledger.journal.is_silent
        if is_silent:
            ledger.journal.events += _DELETE_LINES + lingers
        else:
            self._tell_delete(name, eni.id)
            if lingers:
                self._tell_answer(name)
                ledger.journal.write_phase(ledger.now_ns, name, Phase.FINISH)
        index = self._estate.index
        before = index.values_of(eni) if index.is_used else None
        eni.status = EniStatus.GONE
        if before is not None:
            index.update(eni, before)
        cloud.remove_interface(eni)
        if lingers:
            simulation.acts_unasked = True
        elif not is_silent:
            self._tell_answer(name)
        simulation.count("DeleteNetworkInterface", "ok")
        return None

    def _is_deletable(self, eni: NetworkInterface) -> bool:
        cloud = self._cloud
        return (
            eni.status is EniStatus.AVAILABLE
            and eni.extras is None
            and eni.type is not EniType.PRIMARY
            and self._estate.interfaces.get(eni.id) is eni
            and (not cloud.busy.by_key or eni_key(eni.id) not in cloud.busy.by_key)
            and self._estate.account is cloud.accounts.get(self._caller.account)
        )

    # -- the lines that the operations write, in their order

    def _tell_call(self, name: CallName, action: str) -> None:
        ledger = self._cloud.ledger
        facts: dict[str, Fact] = {"account": self._caller.account, "action": action, "region": self._region}
        ledger.journal.write(ledger.now_ns, name, "call", facts)
        ledger.journal.write_phase(ledger.now_ns, name, Phase.ADMIT)

    def _tell_create(self, name: CallName, addresses: tuple[str, ...], places: int) -> None:
        ledger = self._cloud.ledger
        now_ns, write_phase = ledger.now_ns, ledger.journal.write_phase
        self._tell_call(name, "CreateNetworkInterface")
        write_phase(now_ns, name, Phase.RESOLVE)
        for phase in PHASES_IN_ORDER[self._simulation.policy.order]:
            write_phase(now_ns, name, phase)
            if phase is Phase.RESERVE_QUOTA:
                ledger.write("held", {"of": self._estate.quota.key, "count": 1})
                ledger.write("held", {"of": self._estate.groups[self._group].places.key, "count": places})
            else:
                pool_key = self._estate.vswitches[self._vswitch].pool_key
                ledger.write("leased", {"of": pool_key, "addresses": list(addresses)})
        write_phase(now_ns, name, Phase.COMMIT)

    def _tell_delete(self, name: CallName, eni: EniId) -> None:
        ledger = self._cloud.ledger
        self._tell_call(name, "DeleteNetworkInterface")
        ledger.journal.write_phase(ledger.now_ns, name, Phase.COMMIT)
        ledger.write("eni-status", {"eni": eni, "status": EniStatus.DELETING})

    def _tell_answer(self, name: CallName) -> None:
        ledger = self._cloud.ledger
        ledger.journal.write_phase(ledger.now_ns, name, Phase.RESPOND)
        ledger.write("answer", {"answer": "ok"})
