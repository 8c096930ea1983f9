"""What exists beside ENIs: accounts, networks, groups and instances, each as a record and made of it again.

A record has the attributes of its thing by their own names; a test holds the two against each other, so that no new
attribute is forgotten. What follows from the rest (keys, tables of what lies in what, counts of members) is not
written. Nobody is under way, so nothing is held or pinned.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, TypeVar

import msgspec

from cloudsim.errors import codes as _codes  # noqa: F401  so that all refusals are there
from cloudsim.errors.base import ApiError
from cloudsim.errors.own import SnapshotError
from cloudsim.ipam import recording
from cloudsim.resources.capacity import Capacity
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.instance import Instance, InstanceStatus
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.network import GroupType, InnerAccessPolicy, SecurityGroup
from cloudsim.resources.vpc import Vpc
from cloudsim.resources.vswitch import Reservation, VSwitch
from cloudsim.values.duration import Ns
from cloudsim.values.ids import (
    AccountId,
    CallName,
    EniId,
    InstanceId,
    RegionId,
    ResourceGroupId,
    SecurityGroupId,
    VpcId,
    VSwitchId,
    ZoneId,
)

RecordT = TypeVar("RecordT", bound=msgspec.Struct)
Tags = tuple[tuple[str, str], ...]
Numbers = tuple[int, int, int]
"""Of a capacity: its limit, what is lawful, and what is used."""


class VpcRecord(msgspec.Struct, array_like=True, kw_only=True):
    """A VPC."""

    id: VpcId
    account: AccountId
    region: RegionId
    cidrs: tuple[str, ...]
    ipv6_cidr: str | None
    address_limit: int
    lawful_addresses: int
    name: str
    description: str
    status: str
    created_ns: Ns
    tags: Tags
    resource_group: ResourceGroupId
    is_default: bool
    router_id: str
    route_table_id: str
    made_by: CallName | None
    places: Numbers


class GroupRecord(msgspec.Struct, array_like=True, kw_only=True):
    """A security group."""

    id: SecurityGroupId
    account: AccountId
    region: RegionId
    vpc: VpcId | None
    kind: GroupType
    counts_enis: bool
    taken_elsewhere: int
    name: str
    description: str
    created_ns: Ns
    tags: Tags
    resource_group: ResourceGroupId
    rule_count: int
    service_managed: bool
    inner_access_policy: InnerAccessPolicy
    capacity: Numbers


class VSwitchRecord(msgspec.Struct, array_like=True, kw_only=True):
    """A vSwitch, with its pools."""

    id: VSwitchId
    vpc_id: VpcId
    zone: ZoneId
    status: str
    taken_elsewhere: int
    name: str
    description: str
    created_ns: Ns
    tags: Tags
    resource_group: ResourceGroupId
    is_default: bool
    made_by: CallName | None
    shortage_name: str
    reserved: tuple[Reservation, ...]
    double_booked: dict[str, int]
    addresses: recording.PoolRecord
    addresses6: recording.PoolRecord | None


class InstanceRecord(msgspec.Struct, array_like=True, kw_only=True):
    """An instance; its ENIs are told by their places in the table of all."""

    id: InstanceId
    status: InstanceStatus
    name: str
    description: str
    host_name: str
    image: str
    created_ns: Ns
    tags: Tags
    resource_group: ResourceGroupId
    deletion_protection: bool
    stopped_mode: str
    launched_by: CallName | None
    type_name: str
    places: Numbers
    member_places: Numbers
    primary_at: int
    enis_at: tuple[int, ...]


def taken(kind: type[RecordT], thing: object, **others: object) -> RecordT:
    """Make a record of the attributes of a thing that have the names of its fields."""
    own = {name: getattr(thing, name) for name in kind.__struct_fields__ if name not in others}
    return kind(**own, **others)


def filled(thing: object, said: msgspec.Struct, names: Iterable[str]) -> None:
    """Give a thing the attributes that a record says."""
    for name in names:
        setattr(thing, name, getattr(said, name))


def numbers_of(capacity: Capacity) -> Numbers:
    """Say how many places there are and how many are used."""
    assert not capacity.held, "nothing is held at rest"
    return capacity.limit, capacity.lawful, capacity.used


def count_as(capacity: Capacity, said: Numbers) -> None:
    """Let a capacity have so many places, of which so many are used."""
    capacity.limit, capacity.lawful, capacity.used = said


_VPC: Final = ("lawful_addresses", "name", "description", "status", "created_ns", "tags", "resource_group",
               "is_default", "router_id", "route_table_id", "made_by")  # fmt: skip
_GROUP: Final = ("taken_elsewhere", "name", "description", "created_ns", "tags", "resource_group", "rule_count",
                 "service_managed", "inner_access_policy")  # fmt: skip
_VSWITCH: Final = ("taken_elsewhere", "name", "description", "created_ns", "tags", "resource_group", "is_default",
                   "made_by")  # fmt: skip
_INSTANCE: Final = ("name", "description", "host_name", "image", "created_ns", "tags", "resource_group",
                    "deletion_protection", "stopped_mode", "launched_by")  # fmt: skip


def record_vpc(vpc: Vpc) -> VpcRecord:
    """Say what a VPC is."""
    return taken(VpcRecord, vpc, places=numbers_of(vpc.vswitch_places))


def restore_vpc(cloud: Cloud, said: VpcRecord) -> None:
    """Let a VPC exist."""
    vpc = Vpc(
        id=said.id,
        account=said.account,
        region=said.region,
        cidrs=said.cidrs,
        ipv6_cidr=said.ipv6_cidr,
        address_limit=said.address_limit,
        vswitch_limit=0,
        ledger=cloud.ledger,
    )
    filled(vpc, said, _VPC)
    count_as(vpc.vswitch_places, said.places)
    cloud.vpcs[vpc.id] = cloud.estate(vpc.account, vpc.region).vpcs[vpc.id] = vpc


def record_group(group: SecurityGroup) -> GroupRecord:
    """Say what a security group is."""
    return taken(GroupRecord, group, capacity=numbers_of(group.places))


def restore_group(cloud: Cloud, said: GroupRecord) -> None:
    """Let a security group exist; who is in it is counted with the ENIs."""
    group = SecurityGroup(
        said.id,
        account=said.account,
        region=said.region,
        vpc=said.vpc,
        kind=said.kind,
        capacity=0,
        counts_enis=said.counts_enis,
        ledger=cloud.ledger,
    )
    filled(group, said, _GROUP)
    count_as(group.places, said.capacity)
    cloud.security_groups[group.id] = cloud.estate(group.account, group.region).groups[group.id] = group


def record_vswitch(vswitch: VSwitch) -> VSwitchRecord:
    """Say what a vSwitch is."""
    return taken(
        VSwitchRecord,
        vswitch,
        vpc_id=vswitch.vpc.id,
        shortage_name=name_of(vswitch.shortage),
        reserved=tuple(vswitch.reservations.values()),
        double_booked=vswitch._double_booked,
        addresses=recording.record(vswitch.pool),
        addresses6=None if vswitch.pool6 is None else recording.record(vswitch.pool6),
    )


def restore_vswitch(cloud: Cloud, said: VSwitchRecord) -> None:
    """Let a vSwitch exist."""
    vpc = cloud.vpcs[said.vpc_id]
    vswitch = VSwitch(
        said.id,
        vpc=vpc,
        zone=said.zone,
        pool=recording.restore(said.addresses),
        pool6=None if said.addresses6 is None else recording.restore(said.addresses6),
        status=said.status,
        ledger=cloud.ledger,
    )
    filled(vswitch, said, _VSWITCH)
    vswitch.shortage = refusal_named(said.shortage_name)
    vswitch.reservations = {one.id: one for one in said.reserved}
    vswitch._double_booked = dict(said.double_booked)
    cloud.vswitches[vswitch.id] = cloud.estate_of(vswitch).vswitches[vswitch.id] = vswitch
    vpc.vswitches[vswitch.id] = vswitch
    vpc.size += vswitch.pool.space.size


def record_instance(instance: Instance, place_of: Mapping[EniId, int]) -> InstanceRecord:
    """Say what an instance is.

    Args:
        instance: the instance.
        place_of: the place of each ENI in the table of all.
    """
    return taken(
        InstanceRecord,
        instance,
        type_name=instance.type.name,
        places=numbers_of(instance.slots),
        member_places=numbers_of(instance.member_slots),
        primary_at=place_of[instance.primary.id],
        enis_at=tuple([place_of[name] for name in instance.interfaces]),
    )


def restore_instance(cloud: Cloud, said: InstanceRecord, enis: list[NetworkInterface]) -> None:
    """Let an instance exist, with its ENIs."""
    instance = Instance(
        id=said.id,
        type=cloud.catalogue.get(said.type_name),
        primary=enis[said.primary_at],
        status=said.status,
        ledger=cloud.ledger,
    )
    filled(instance, said, _INSTANCE)
    instance.interfaces = {eni.id: eni for eni in [enis[place] for place in said.enis_at]}
    count_as(instance.slots, said.places)
    count_as(instance.member_slots, said.member_places)
    cloud.instances[instance.id] = instance
    cloud.estate(instance.account, instance.region).instances[instance.id] = instance


def name_of(refusal: type[ApiError]) -> str:
    """Give the name that a class of refusals is written down by: its subject and its own, since two share theirs."""
    return f"{refusal.__module__.rpartition('.')[2]}.{refusal.__name__}"


def refusal_named(name: str) -> type[ApiError]:
    """Give the class of a refusal by its name.

    Raises:
        SnapshotError: there is none.
    """
    found = _refusals().get(name)
    if found is None:
        raise SnapshotError(f"there is no refusal {name!r}")
    return found


@cache
def _refusals() -> dict[str, type[ApiError]]:
    """All refusals by their names; the registry of codes has one of each code, and this has all."""
    found: dict[str, type[ApiError]] = {}
    waiting: list[type[ApiError]] = [ApiError]
    while waiting:
        below = [one for one in waiting.pop().__subclasses__() if one.__module__.startswith("cloudsim.errors.")]
        waiting += below
        for one in below:
            assert name_of(one) not in found, "refusals are told apart by their names"
            found[name_of(one)] = one
    return found
