"""The cloud: what exists, all of it, and the two instants at which an ENI begins and ends to exist.

The cloud never waits, never draws chance and never advances time. Between two steps of operations it is in a valid
state; :mod:`cloudsim.simulation.audit` says what valid means.
"""

from typing import Final

import msgspec

from cloudsim.resources.account import Account
from cloudsim.resources.estate import Estate
from cloudsim.resources.geography import Region
from cloudsim.resources.instance import Instance
from cloudsim.resources.interface import EniExtras, EniStatus, EniType, NetworkInterface
from cloudsim.resources.journal import Fact, Journal
from cloudsim.resources.ledger import Ledger, Mode
from cloudsim.resources.network import ResourceGroup, SecurityGroup, Vpc
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


class Cloud:
    """Everything that exists, in tables by id, oldest first.

    Args:
        profile: the numbers of the documents' age.
        journal: where events go.
    """

    def __init__(self, profile: Profile, journal: Journal) -> None:
        self.profile = profile
        self.ledger = Ledger(journal)
        self.accounts: dict[AccountId, Account] = {}
        self.regions: dict[RegionId, Region] = {}
        self.vpcs: dict[VpcId, Vpc] = {}
        self.vswitches: dict[VSwitchId, VSwitch] = {}
        self.security_groups: dict[SecurityGroupId, SecurityGroup] = {}
        self.resource_groups: dict[ResourceGroupId, ResourceGroup] = {}
        self.instances: dict[InstanceId, Instance] = {}
        self.estates: dict[tuple[AccountId, RegionId], Estate] = {}
        self.interface_ids: set[EniId] = set()
        """The ids of all ENIs; asked for membership only."""
        self.macs: set[int] = set()
        """Low bits of the MAC addresses in use; asked for membership only."""
        self.answered: msgspec.Struct | None = None
        """The answer of the present step, for the Simulation to carry to the caller."""

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
            found = Estate(owner, self.regions[region], eni_quota=limit, ledger=self.ledger)
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
        estate.interfaces[eni.id] = eni
        eni.vswitch.interfaces[eni.id] = eni
        self.interface_ids.add(eni.id)
        self.macs.add(eni.mac_low)
        ledger.write("eni-created", facts_of(eni))

    def counts_in_quota(self, eni: NetworkInterface) -> bool:
        """Whether the ENI takes a place of the account's quota; primary ones do only where the profile says so."""
        return eni.type is not EniType.PRIMARY or self.profile.primary_enis_count

    def note_status(self, eni: NetworkInterface) -> None:
        """Write down that an ENI changed its state."""
        estate = self.estate_of(eni.vswitch)
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
        del eni.vswitch.interfaces[eni.id]
        self.interface_ids.remove(eni.id)
        self.macs.remove(eni.mac_low)
        eni.vswitch.release(eni.private_ip_addresses)
        if eni.extras is not None:
            eni.vswitch.release_newer(eni.extras.ipv6_addresses, eni.extras.ipv4_prefixes, eni.extras.ipv6_prefixes)
        if self.counts_in_quota(eni):
            estate.quota.give_back(1)
        for group in self.groups_of(eni):
            group.places.give_back(group.places_for(eni.address_count))
        ledger.write("eni-deleted", {"eni": eni.id})


def eni_key(eni: EniId) -> str:
    """Give the ENI's name in footprints."""
    return f"eni:{eni}"


def facts_of(eni: NetworkInterface) -> dict[str, Fact]:
    """What the journal says of an ENI: enough to make it again; what is empty is left out."""
    facts: dict[str, Fact] = {
        "eni": eni.id,
        "vswitch": eni.vswitch.id,
        "addresses": eni.private_ip_addresses,
        "groups": eni.security_group_ids,
        "mac": eni.mac_address,
        "resource_group": eni.resource_group,
    }
    if eni.type is not EniType.SECONDARY:
        facts["type"] = eni.type
    if eni.status is not EniStatus.AVAILABLE:
        facts["status"] = eni.status
    if eni.client_token is not None:
        facts["token"] = eni.client_token
    if eni.name:
        facts["name"] = eni.name
    if eni.description:
        facts["description"] = eni.description
    if eni.tags:
        facts["tags"] = dict(eni.tags)
    if eni.queue_number is not None:
        facts["queue_number"] = eni.queue_number
    if eni.instance is not None:
        facts["instance"] = eni.instance
    if eni.extras is not None:
        for name, usual in _USUAL_EXTRAS.items():
            value = getattr(eni.extras, name)
            if value != usual:
                facts[name] = value
    return facts


_USUAL_EXTRAS: Final[dict[str, object]] = {name: getattr(EniExtras(), name) for name in EniExtras.__slots__}
