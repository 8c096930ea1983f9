"""A simulation as one record, and the simulation that a record says.

Everything that decides what happens next is in it. Not in it is what people wrote as code (scripts, properties,
observers, faults) and what follows from the rest, such as the indexes of ENIs, which are made when they are asked for.
The order of tables is that in which things came to be, and is written as it is, since lists show it.
"""

from itertools import chain
from typing import Final

import msgspec

from cloudsim.resources.account import Account
from cloudsim.resources.catalogue import Catalogue, InstanceType
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.estate import Estate
from cloudsim.resources.geography import Region
from cloudsim.resources.journal import Journal, SilentJournal
from cloudsim.resources.network import ResourceGroup
from cloudsim.simulation.saving import conditions, interfaces, settings, things, tokens
from cloudsim.simulation.simulation import Simulation
from cloudsim.values.ids import AccountId, RegionId
from cloudsim.values.profile import Profile

ENCODER: Final = msgspec.msgpack.Encoder(order="deterministic")
"""Writes sets and dictionaries in the order of their keys, so that equal simulations give equal bytes."""


class EstateRecord(msgspec.Struct, array_like=True):
    """What an account may still have in a region, and which tokens it has used there."""

    account: AccountId
    region: RegionId
    born: int
    eni_places: things.Numbers
    vcpu_places: things.Numbers
    vpc_places: things.Numbers
    group_places: things.Numbers
    tokens: tokens.BookRecord


class JournalRecord(msgspec.Struct):
    """How far the journal has come."""

    events: int
    digest: str | None
    """Of all lines so far; None for a journal that only counts."""


class SimulationRecord(msgspec.Struct):
    """All of it."""

    settings: settings.SettingsRecord
    journal: JournalRecord
    profile: Profile
    instance_types: list[InstanceType]
    """The world's own."""
    regions: list[Region]
    accounts: list[Account]
    resource_groups: list[ResourceGroup]
    estates: list[EstateRecord]
    vpcs: list[things.VpcRecord]
    groups: list[things.GroupRecord]
    vswitches: list[things.VSwitchRecord]
    interfaces: interfaces.InterfacesRecord
    instances: list[things.InstanceRecord]
    conditions: conditions.ConditionsRecord


def record(simulation: Simulation) -> SimulationRecord:
    """Say what a simulation at rest is.

    Raises:
        SettingError: its strategy or its latency is of a kind that cannot be written down.
    """
    cloud = simulation.cloud
    assert not cloud.busy.by_key, "nobody changes anything at rest"
    journal = cloud.journal
    enis = list(chain.from_iterable(estate.interfaces.values() for estate in cloud.estates.values()))
    place_of = {eni.id: place for place, eni in enumerate(enis)}
    return SimulationRecord(
        settings=settings.record(simulation),
        journal=JournalRecord(journal.events, None if journal.is_silent else journal.digest()),
        profile=cloud.profile,
        instance_types=list(cloud.catalogue._own.values()),
        regions=list(cloud.regions.values()),
        accounts=list(cloud.accounts.values()),
        resource_groups=list(cloud.resource_groups.values()),
        estates=[_record_estate(estate) for estate in cloud.estates.values()],
        vpcs=[things.record_vpc(vpc) for vpc in cloud.vpcs.values()],
        groups=[things.record_group(group) for group in cloud.security_groups.values()],
        vswitches=[things.record_vswitch(vswitch) for vswitch in cloud.vswitches.values()],
        interfaces=interfaces.record(enis),
        instances=[things.record_instance(instance, place_of) for instance in cloud.instances.values()],
        conditions=conditions.record(cloud),
    )


def restore(said: SimulationRecord, *, journal: Journal | None, watch: bool) -> Simulation:
    """Make the simulation that a record says.

    Args:
        said: the record.
        journal: where events go from now on, with nothing in it; if None, one of the kind that there was.
        watch: as that of a :class:`~cloudsim.simulation.simulation.Simulation`.

    Raises:
        SnapshotError: the record names a strategy, a latency, a refusal or an answer that there is not.
        WorldError: it names an instance type that there is not.
        LookupError: it names a thing that it does not have.
        ValueError: it contradicts itself.
    """
    simulation, kernel = settings.begin(said.settings)
    if journal is None:
        journal = SilentJournal() if said.journal.digest is None else Journal()
    journal.go_on(said.journal.events, said.journal.digest or "")
    own_types = {kind.name: kind for kind in said.instance_types}
    cloud = Cloud(said.profile, journal, Catalogue(own_types))
    cloud.ledger.now_ns = kernel.now_ns
    cloud.regions = {region.id: region for region in said.regions}
    cloud.accounts = {account.id: account for account in said.accounts}
    cloud.resource_groups = {group.id: group for group in said.resource_groups}
    for estate in said.estates:
        _restore_estate(cloud, estate)
    for vpc in said.vpcs:
        things.restore_vpc(cloud, vpc)
    for group in said.groups:
        things.restore_group(cloud, group)
    for vswitch in said.vswitches:
        things.restore_vswitch(cloud, vswitch)
    enis = interfaces.restore(cloud, said.interfaces)
    for instance in said.instances:
        things.restore_instance(cloud, instance, enis)
    conditions.restore(cloud, said.conditions)
    simulation.begin(cloud, kernel, watch=watch, audit_events=None)
    settings.go_on(simulation, said.settings)
    return simulation


def _record_estate(estate: Estate) -> EstateRecord:
    return EstateRecord(
        account=estate.account.id,
        region=estate.region.id,
        born=estate.born,
        eni_places=things.numbers_of(estate.quota),
        vcpu_places=things.numbers_of(estate.vcpu_places),
        vpc_places=things.numbers_of(estate.vpc_places),
        group_places=things.numbers_of(estate.group_places),
        tokens=tokens.record(estate.tokens, ENCODER),
    )


def _restore_estate(cloud: Cloud, said: EstateRecord) -> None:
    estate = cloud.estate(said.account, said.region)
    estate.born = said.born
    things.count_as(estate.quota, said.eni_places)
    things.count_as(estate.vcpu_places, said.vcpu_places)
    things.count_as(estate.vpc_places, said.vpc_places)
    things.count_as(estate.group_places, said.group_places)
    tokens.restore(estate.tokens, said.tokens)
