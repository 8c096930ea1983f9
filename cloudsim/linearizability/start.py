"""The start: what exists before the first call, of which the models need to know."""

from dataclasses import dataclass, field

from cloudsim.linearizability.record import Record, carried_by
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.interface import EniExtras, EniType, NetworkInterface
from cloudsim.resources.journal import Journal
from cloudsim.simulation.world.build import build
from cloudsim.simulation.world.spec import WorldSpec
from cloudsim.values.entropy import Entropy


@dataclass(frozen=True, slots=True, kw_only=True)
class StartEni:
    """An ENI that exists at the beginning, with whose it is, where it lies, and whether it counts in the quota."""

    record: Record
    account: str
    region: str
    vswitch: str
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The beginning of a history; it may be used for many histories of one world and seed."""

    enis: dict[str, StartEni] = field(default_factory=dict)
    quotas: dict[tuple[str, str], int] = field(default_factory=dict)
    """Of each account in each region, how many ENIs it may have."""
    used: dict[tuple[str, str], int] = field(default_factory=dict)
    """Of each account in each region, how many ENIs count in that."""
    owners: dict[tuple[str, str], str] = field(default_factory=dict)
    """Of each address and prefix in each vSwitch, its ENI."""
    primaries: dict[str, str] = field(default_factory=dict)
    """Of each instance, its primary ENI."""
    named: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name and description of each VPC and vSwitch."""
    delete_is_asynchronous: bool = False
    """Whether a deleted ENI lingers."""


def start_of(world: WorldSpec, seed: int = 0) -> Start:
    """Build what a world has at the beginning, with the ids and addresses that a seed draws.

    Raises:
        WorldError: the world contradicts itself.
    """
    return start_of_cloud(build(world, Entropy(seed), Journal()))


def start_of_cloud(cloud: Cloud) -> Start:
    """Take down what a cloud has now, at its beginning."""
    start = Start(delete_is_asynchronous=cloud.profile.delete_is_asynchronous)
    for owner in cloud.accounts.values():
        for region_id in cloud.regions:
            quota = owner.eni_quotas.get(region_id, owner.eni_quota)
            start.quotas[owner.id, region_id] = cloud.profile.eni_quota if quota is None else quota
            start.used[owner.id, region_id] = 0
    for (account, region), estate in cloud.estates.items():
        for eni in estate.interfaces.values():
            start.used[account, region] += cloud.counts_in_quota(eni)
            record = record_of(eni)
            start.owners.update({(eni.vswitch.id, text): eni.id for text in carried_by(record)})
            start.enis[eni.id] = StartEni(
                record=record,
                account=account,
                region=region,
                vswitch=eni.vswitch.id,
                counts=cloud.counts_in_quota(eni),
            )
    start.primaries.update({instance.id: instance.primary.id for instance in cloud.instances.values()})
    start.named.update({vpc.id: (vpc.name, vpc.description) for vpc in cloud.vpcs.values()})
    start.named.update({vswitch.id: (vswitch.name, vswitch.description) for vswitch in cloud.vswitches.values()})
    return start


def record_of(eni: NetworkInterface) -> Record:
    """The record of an ENI as it is now."""
    extras = eni.extras or EniExtras()
    return Record(
        status=str(eni.status),
        name=eni.name,
        description=eni.description,
        instance=eni.instance or "",
        dies=extras.delete_on_release,
        groups=frozenset(eni.security_group_ids),
        addresses=frozenset(eni.private_ip_addresses),
        ipv6_addresses=frozenset(extras.ipv6_addresses),
        ipv4_prefixes=frozenset(extras.ipv4_prefixes),
        ipv6_prefixes=frozenset(extras.ipv6_prefixes),
        is_primary=eni.type is EniType.PRIMARY,
    )
