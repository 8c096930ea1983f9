"""The cloud: what exists, all of it, and the instants at which things begin, change and end.

The cloud never waits, never draws chance and never advances time. Between two steps of operations it is in a valid
state; :mod:`cloudsim.simulation.audit` says what valid means.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from cloudsim.resources.account import Account
from cloudsim.resources.catalogue import Catalogue
from cloudsim.resources.conditions import Conditions
from cloudsim.resources.estate import Estate
from cloudsim.resources.facts import facts_of, facts_of_group, facts_of_instance, facts_of_vpc, facts_of_vswitch
from cloudsim.resources.geography import Region
from cloudsim.resources.instance import UNLIMITED, Instance
from cloudsim.resources.interface import EniEvent, EniStatus, EniType, NetworkInterface
from cloudsim.resources.journal import Fact, Journal
from cloudsim.resources.ledger import Ledger, Mode
from cloudsim.resources.network import ResourceGroup, SecurityGroup
from cloudsim.resources.occupation import Occupations
from cloudsim.resources.vpc import Vpc
from cloudsim.resources.vswitch import VSwitch
from cloudsim.values.duration import Ns
from cloudsim.values.ids import (
    AccountId,
    EniId,
    InstanceId,
    RegionId,
    ResourceGroupId,
    SecurityGroupId,
    VpcId,
    VSwitchId,
)
from cloudsim.values.profile import Profile

K = TypeVar("K")
V = TypeVar("V")


class Cloud:
    """Everything that exists, in tables by id, oldest first.

    Args:
        profile: the numbers of the documents' age.
        journal: where events go.
        catalogue: the instance types; the public ones if None.
    """

    def __init__(self, profile: Profile, journal: Journal, catalogue: Catalogue | None = None) -> None:
        self.profile = profile
        self.catalogue = catalogue if catalogue is not None else Catalogue()
        self.ledger = Ledger(journal)
        self.accounts: dict[AccountId, Account] = {}
        self.regions: dict[RegionId, Region] = {}
        self.vpcs: dict[VpcId, Vpc] = {}
        self.vswitches: dict[VSwitchId, VSwitch] = {}
        self.security_groups: dict[SecurityGroupId, SecurityGroup] = {}
        self.resource_groups: dict[ResourceGroupId, ResourceGroup] = {}
        self.instances: dict[InstanceId, Instance] = {}
        self.estates: dict[tuple[AccountId, RegionId], Estate] = {}
        self.conditions = Conditions(self.ledger)
        self.busy = Occupations(self.ledger)
        """ENIs that a request in flight is changing."""
        self.interface_ids: set[EniId] = set()
        """The ids of all ENIs; asked for membership only."""
        self.macs: set[int] = set()
        """Low bits of the MAC addresses in use; asked for membership only."""
        self.answered: msgspec.Struct | None = None
        """The answer of the present step, for the Simulation to carry to the caller."""

    def twin(self, journal: Journal) -> Cloud:
        """Give one with the same tables and conditions, without estates: half a branch, see ``resources.branching``.

        Args:
            journal: where its events go.
        """
        twin = Cloud(self.profile, journal, self.catalogue)
        twin.ledger.now_ns = self.ledger.now_ns
        for name in ("vpcs", "vswitches", "security_groups", "instances", "interface_ids", "macs"):
            setattr(twin, name, getattr(self, name))
        twin.accounts, twin.regions = dict(self.accounts), dict(self.regions)
        twin.resource_groups = dict(self.resource_groups)
        twin.conditions = self.conditions.twin(twin.ledger)
        return twin

    @property
    def now_ns(self) -> Ns:
        """The present instant."""
        return self.ledger.now_ns

    @property
    def journal(self) -> Journal:
        """Where events go."""
        return self.ledger.journal

    def answer(self, response: msgspec.Struct) -> None:
        """Give the answer of the present call; it travels to the caller after the step."""
        assert self.answered is None, "a call is answered once"
        self.answered = response

    def estate(self, account: AccountId, region: RegionId) -> Estate:
        """What the account has in the region; made when first asked for.

        Args:
            account: an account of the cloud.
            region: a region of the cloud.
        """
        key = (account, region)
        found = self.estates.get(key)
        if found is None:
            owner = self.accounts[account]
            quota = owner.eni_quotas.get(region, owner.eni_quota)
            limit = self.profile.eni_quota if quota is None else quota
            found = Estate(
                owner,
                self.regions[region],
                eni_quota=limit,
                vcpu_quota=UNLIMITED if owner.vcpu_quota is None else owner.vcpu_quota,
                vpc_quota=self.profile.vpcs_per_region_max,
                group_quota=self.profile.security_groups_per_region_max,
                ledger=self.ledger,
            )
            self.estates[key] = found
        return found

    def estate_of(self, vswitch: VSwitch) -> Estate:
        """The estate that a vSwitch's ENIs belong to."""
        if vswitch.estate is None:
            vswitch.estate = self.estate(vswitch.vpc.account, vswitch.vpc.region)
        return vswitch.estate

    def groups_of(self, eni: NetworkInterface) -> list[SecurityGroup]:
        """The security groups of an ENI."""
        return [self.security_groups[group] for group in eni.security_group_ids]

    # -- ENIs

    def add_interface(self, eni: NetworkInterface) -> None:
        """Let an ENI exist. Its places and addresses are the caller's to keep, in the same step.

        Args:
            eni: with an id and a MAC address that nobody has.
        """
        estate = self.estate_of(eni.vswitch)
        ledger = self.ledger
        if ledger.watcher is not None:
            # The new ENI's own key is not touched: nobody can name it before its answer.
            ledger.touch(estate.interfaces_key, Mode.ADD)
        assert eni.id not in self.interface_ids, "an id is given once"
        assert eni.mac_low not in self.macs, "a MAC address is given once"
        eni.serial = estate.born
        estate.born += 1
        estate.interfaces[eni.id] = eni
        eni.vswitch.interfaces[eni.id] = eni
        estate.index.add(eni)
        if self.conditions.lag is not None:
            self.conditions.lag.note_born(estate.interfaces_key, eni)
        self.interface_ids.add(eni.id)
        self.macs.add(eni.mac_low)
        for group in eni.security_group_ids:
            self.security_groups[group].members += 1
        ledger.write_of("eni-created", facts_of, eni)

    def counts_in_quota(self, eni: NetworkInterface) -> bool:
        """Whether the ENI takes a place of the account's quota; primary ones do only where the profile says so."""
        return eni.type is not EniType.PRIMARY or self.profile.primary_enis_count

    def changing(self, eni: NetworkInterface) -> Changing:
        """Change an ENI in a ``with`` block: its lists are kept up, and the change is written down.

        What the change takes or gives back, places and addresses, is the caller's.
        """
        return Changing(self, eni)

    def advance(self, eni: NetworkInterface, event: EniEvent) -> None:
        """Move an ENI to its next state, and write it down.

        Raises:
            InvalidOperationInvalidEniState: it has no such move; nothing is changed.
        """
        estate = self.estate_of(eni.vswitch)
        before = estate.index.values_of(eni)
        if self.ledger.watcher is not None:
            self.ledger.touch(eni_key(eni.id), Mode.WRITE)
        eni.advance(event)
        estate.index.update(eni, before)
        if eni.status is not EniStatus.GONE:  # its end is written down by remove_interface
            if self.ledger.watcher is not None:
                self.ledger.touch(estate.interfaces_key, Mode.ADD)
            self.ledger.write("eni-status", {"eni": eni.id, "status": eni.status})

    def remove_interface(self, eni: NetworkInterface) -> None:
        """End an ENI: its addresses, its places and its id are free from this instant on."""
        estate = self.estate_of(eni.vswitch)
        ledger = self.ledger
        if ledger.watcher is not None:
            ledger.touch(eni_key(eni.id), Mode.WRITE)
            ledger.touch(estate.interfaces_key, Mode.ADD)
        assert eni.status is EniStatus.GONE, "the state machine says when an ENI ends"
        del estate.interfaces[eni.id]
        estate.index.remove(eni)
        self.interface_ids.remove(eni.id)
        self.macs.remove(eni.mac_low)
        eni.vswitch.release(eni.private_ip_addresses)
        if eni.extras is not None:
            eni.vswitch.release_newer(eni.extras.ipv6_addresses, eni.extras.ipv4_prefixes, eni.extras.ipv6_prefixes)
        # After its addresses: who watches counts is told before they change, and finds all of it still there.
        del eni.vswitch.interfaces[eni.id]
        if self.counts_in_quota(eni):
            estate.quota.give_back(1)
        count = eni.address_count
        for name in eni.security_group_ids:
            group = self.security_groups[name]
            group.members -= 1
            group.places.give_back(group.places_for(count))
        ledger.write_of("eni-deleted", _name_of, eni)

    # -- everything else

    def add_vpc(self, vpc: Vpc) -> None:
        """Let a VPC exist; its place in the quota is the caller's to keep, as with all that follows."""
        estate = self.estate(vpc.account, vpc.region)
        self._put(self.vpcs, estate.vpcs, vpc.id, vpc, estate.vpcs_key)
        self.ledger.write("vpc-created", facts_of_vpc(vpc))

    def add_vswitch(self, vswitch: VSwitch) -> None:
        """Let a vSwitch exist."""
        estate = self.estate_of(vswitch)
        self._put(self.vswitches, estate.vswitches, vswitch.id, vswitch, estate.vswitches_key)
        vswitch.vpc.vswitches[vswitch.id] = vswitch
        vswitch.vpc.size += vswitch.pool.space.size
        self.ledger.write("vswitch-created", facts_of_vswitch(vswitch))

    def add_group(self, group: SecurityGroup) -> None:
        """Let a security group exist."""
        estate = self.estate(group.account, group.region)
        self._put(self.security_groups, estate.groups, group.id, group, estate.groups_key)
        self.ledger.write("group-created", facts_of_group(group))

    def add_instance(self, instance: Instance) -> None:
        """Let an instance exist, with the ENIs that it begins with, which exist."""
        estate = self.estate(instance.account, instance.region)
        self._put(self.instances, estate.instances, instance.id, instance, estate.instances_key)
        self.ledger.write("instance-created", facts_of_instance(instance))

    def _put(self, everywhere: dict[K, V], here: dict[K, V], key: K, thing: V, list_key: str) -> None:
        self.ledger.touch(list_key, Mode.ADD)
        assert key not in everywhere, "an id is given once"
        everywhere[key] = here[key] = thing

    def remove_vpc(self, vpc: Vpc) -> None:
        """End a VPC that nothing lies in; its place in the quota comes back."""
        estate = self.estate(vpc.account, vpc.region)
        assert not vpc.vswitches, "what has vSwitches is not ended"
        self._drop(self.vpcs, estate.vpcs, vpc.id, vpc.key, estate.vpcs_key)
        estate.vpc_places.give_back(1)
        self.ledger.write("vpc-deleted", {"vpc": vpc.id})

    def remove_vswitch(self, vswitch: VSwitch) -> None:
        """End a vSwitch that nothing lies in."""
        estate = self.estate_of(vswitch)
        assert not vswitch.interfaces, "what has ENIs is not ended"
        self._drop(self.vswitches, estate.vswitches, vswitch.id, vswitch.key, estate.vswitches_key)
        del vswitch.vpc.vswitches[vswitch.id]
        vswitch.vpc.size -= vswitch.pool.space.size
        vswitch.vpc.vswitch_places.give_back(1)
        self.ledger.write("vswitch-deleted", {"vswitch": vswitch.id})

    def remove_group(self, group: SecurityGroup) -> None:
        """End a security group that nobody is in."""
        estate = self.estate(group.account, group.region)
        assert not group.members, "what has members is not ended"
        self._drop(self.security_groups, estate.groups, group.id, group.key, estate.groups_key)
        estate.group_places.give_back(1)
        self.ledger.write("group-deleted", {"group": group.id})

    def remove_instance(self, instance: Instance) -> None:
        """End an instance whose ENIs have gone."""
        estate = self.estate(instance.account, instance.region)
        self._drop(self.instances, estate.instances, instance.id, instance.key, estate.instances_key)
        estate.vcpu_places.give_back(instance.vcpus)
        self.ledger.write("instance-deleted", {"instance": instance.id})

    def _drop(self, everywhere: dict[K, V], here: dict[K, V], key: K, own_key: str, list_key: str) -> None:
        self.ledger.touch(own_key, Mode.WRITE)
        self.ledger.touch(list_key, Mode.ADD)
        del everywhere[key], here[key]

    def note_vpc(self, vpc: Vpc) -> None:
        """Write down that a VPC has changed."""
        self._note(vpc.key, self.estate(vpc.account, vpc.region).vpcs_key, "vpc-changed", facts_of_vpc(vpc))

    def note_vswitch(self, vswitch: VSwitch) -> None:
        """Write down that a vSwitch has changed."""
        estate = self.estate_of(vswitch)
        self._note(vswitch.key, estate.vswitches_key, "vswitch-changed", facts_of_vswitch(vswitch))

    def note_group(self, group: SecurityGroup) -> None:
        """Write down that a security group has changed."""
        estate = self.estate(group.account, group.region)
        self._note(group.key, estate.groups_key, "group-changed", facts_of_group(group))

    def note_instance(self, instance: Instance) -> None:
        """Write down that an instance has changed."""
        estate = self.estate(instance.account, instance.region)
        self._note(instance.key, estate.instances_key, "instance-changed", facts_of_instance(instance))

    def _note(self, own_key: str, list_key: str, event: str, facts: dict[str, Fact]) -> None:
        self.ledger.touch(own_key, Mode.WRITE)
        self.ledger.touch(list_key, Mode.ADD)
        self.ledger.write(event, facts)


class Changing:
    """An ENI while it is changed; see :meth:`Cloud.changing`."""

    __slots__ = ("_before", "_cloud", "_eni")

    def __init__(self, cloud: Cloud, eni: NetworkInterface) -> None:
        self._cloud = cloud
        self._eni = eni

    def __enter__(self) -> NetworkInterface:
        self._before = self._cloud.estate_of(self._eni.vswitch).index.values_of(self._eni)
        return self._eni

    def __exit__(self, kind: type[BaseException] | None, *exc_info: object) -> None:
        assert kind is None, "everything is checked before an ENI is changed"
        cloud, eni = self._cloud, self._eni
        estate = cloud.estate_of(eni.vswitch)
        cloud.ledger.touch(eni_key(eni.id), Mode.WRITE)
        cloud.ledger.touch(estate.interfaces_key, Mode.ADD)
        estate.index.update(eni, self._before)
        cloud.ledger.write_of("eni-changed", facts_of, eni)


def _name_of(eni: NetworkInterface) -> dict[str, Fact]:
    return {"eni": eni.id}


def eni_key(eni: EniId) -> str:
    """Give the ENI's name in footprints."""
    return f"eni:{eni}"
