"""The present as a world: the tables that a cloud would have begun with, were it to begin as it is now.

It is the other way of :mod:`cloudsim.simulation.world.build`: each thing by its id, each ENI with its addresses and its
MAC address by name, each limit where it differs from the usual one. What the tables of a world cannot say is counted by
:mod:`cloudsim.gateway.admin.losses`. The tables are held against themselves before anybody gets them, so a world that
was saved can be loaded; that takes about 40 us an ENI.
"""

from dataclasses import asdict, fields
from sys import intern
from typing import Any, Final, Literal, TypeAlias, cast

import msgspec

from cloudsim.ipam.policies.registry import POLICIES
from cloudsim.resources.account import Account, SubUser
from cloudsim.resources.catalogue import InstanceType
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.instance import UNLIMITED, Instance
from cloudsim.resources.interface import EniExtras, EniType, NetworkInterface
from cloudsim.resources.network import GroupType, SecurityGroup
from cloudsim.resources.vpc import Vpc
from cloudsim.resources.vswitch import VSwitch
from cloudsim.simulation.world.spec import (
    AccountSpec,
    EniSpec,
    InstanceSpec,
    InstanceTypeSpec,
    RegionSpec,
    ResourceGroupSpec,
    SecurityGroupSpec,
    UserSpec,
    VpcSpec,
    VSwitchSpec,
    WorldSpec,
)
from cloudsim.simulation.world.validate import validate
from cloudsim.values.duration import format_duration
from cloudsim.values.profile import PROFILES, Profile

_ProfileName: TypeAlias = Literal["classic", "current"]
_USUAL: Final = EniExtras()


def present_world(cloud: Cloud) -> WorldSpec:
    """Say a cloud as a world, as far as a world can say it, without access keys.

    Args:
        cloud: whatever is under way, it is said as it is at this instant.

    Raises:
        WorldError: no world can be as the cloud is, such as one in which known-bad policies gave an address away twice.
    """
    spec = WorldSpec(
        profile=cast("_ProfileName", cloud.profile.name),
        limits=_limits(cloud.profile),
        accounts=tuple([_account(cloud, account) for account in cloud.accounts.values()]),
        regions=tuple(
            [RegionSpec(id=one.id, zones=one.zones, prefixes=one.has_prefixes) for one in cloud.regions.values()]
        ),
        vpcs=tuple([_vpc(cloud, vpc) for vpc in cloud.vpcs.values()]),
        vswitches=tuple([_vswitch(vswitch) for vswitch in cloud.vswitches.values()]),
        security_groups=tuple([_group(cloud, group) for group in cloud.security_groups.values()]),
        resource_groups=tuple(
            [ResourceGroupSpec(id=one.id, account=one.account) for one in cloud.resource_groups.values()]
        ),
        instances=tuple([_instance(instance) for instance in cloud.instances.values()]),
        enis=tuple([_eni(eni) for estate in cloud.estates.values() for eni in estate.interfaces.values()]),
        instance_types=tuple(
            [_instance_type(kind) for kind in cloud.catalogue._own.values()]  # noqa: SLF001  nobody else asks for them
        ),
    )
    validate(spec)
    return spec


def _limits(profile: Profile) -> dict[str, int | bool]:
    usual = PROFILES[profile.name]
    names = [field.name for field in fields(Profile) if field.type in (int, bool)]
    return {name: getattr(profile, name) for name in names if getattr(profile, name) != getattr(usual, name)}


# -- accounts


def _account(cloud: Cloud, account: Account) -> AccountSpec:
    return AccountSpec(
        id=account.id,
        owner_id=account.owner_id,
        eni_quota=_eni_quota(cloud, account),
        vcpu_quota=vcpu_quota_of(cloud, account),
        launches_alone=account.launches_alone,
        kind=_word(account.kind),
        status=_word(account.status),
        ram_supported=account.ram_supported,
        queue_sizes=account.queue_sizes,
        connection_tracking=account.connection_tracking,
        users=tuple([_user(user) for user in account.users.values()]),
        regions_out_of_service=tuple(sorted(account.regions_out_of_service)),
        default_resource_group=account.default_resource_group or None,
    )


def _user(user: SubUser) -> UserSpec:
    return UserSpec(name=user.name, status=_word(user.status), denied=user.denied, denied_tags=user.denied_tags)


def _eni_quota(cloud: Cloud, account: Account) -> int | dict[str, int] | None:
    """One number where all regions have the same, else those that differ from the profile's; None if none does."""
    usual = cloud.profile.eni_quota
    limits: dict[str, int] = {}
    for region in cloud.regions:
        estate = cloud.estates.get((account.id, region))
        said = account.eni_quotas.get(region, account.eni_quota)
        limits[region] = estate.quota.limit if estate is not None else usual if said is None else said
    different = {region: limit for region, limit in limits.items() if limit != usual}
    if len(different) == len(limits) and len(set(limits.values())) == 1:
        return next(iter(limits.values()))
    return different or None


def vcpu_quota_of(cloud: Cloud, account: Account) -> int | None:
    """Give the vCPU quota of an account where it has one in all regions, else the one that it began with."""
    began = UNLIMITED if account.vcpu_quota is None else account.vcpu_quota
    estates = [cloud.estates.get((account.id, region)) for region in cloud.regions]
    limits = {began if estate is None else estate.vcpu_places.limit for estate in estates}
    quota = limits.pop() if len(limits) == 1 else began
    return None if quota == UNLIMITED else quota


# -- networks


def _vpc(cloud: Cloud, vpc: Vpc) -> VpcSpec:
    usual = cloud.profile.addresses_per_vpc_max
    return VpcSpec(
        id=vpc.id,
        account=vpc.account,
        region=vpc.region,
        cidr=vpc.cidrs[0],
        secondary_cidrs=vpc.cidrs[1:],
        ipv6_cidr=vpc.ipv6_cidr,
        private_addresses=None if vpc.address_limit == usual else vpc.address_limit,
        name=vpc.name,
        tags=dict(vpc.tags),
        resource_group=vpc.resource_group or None,
    )


def _vswitch(vswitch: VSwitch) -> VSwitchSpec:
    pool = vswitch.pool
    return VSwitchSpec(
        id=vswitch.id,
        vpc=vswitch.vpc.id,
        zone=vswitch.zone,
        cidr=pool.space.cidr,
        policy=_word(pool.policy),
        prefix_policy=None if pool.prefix_policy == POLICIES[pool.policy].prefixes else pool.prefix_policy,
        cool_down=_word(format_duration(pool.cool_ns)),
        used=vswitch.taken_elsewhere,
        ipv6=None if vswitch.pool6 is None else vswitch.pool6.space.cidr,
        status="Pending" if vswitch.status == "Pending" else "Available",
        prefix_reservations=tuple([one.cidr for one in vswitch.reservations.values()]),
        name=vswitch.name,
        tags=dict(vswitch.tags),
        resource_group=vswitch.resource_group or None,
    )


def _group(cloud: Cloud, group: SecurityGroup) -> SecurityGroupSpec:
    profile = cloud.profile
    is_enterprise = group.kind is GroupType.ENTERPRISE
    usual = profile.enterprise_group_capacity if is_enterprise else profile.basic_group_capacity
    is_classic = group.vpc is None
    return SecurityGroupSpec(
        id=group.id,
        network="classic" if is_classic else "vpc",
        vpc=group.vpc,
        account=group.account if is_classic else None,
        region=group.region if is_classic else None,
        type=_word(group.kind),
        capacity=None if group.places.limit == usual else group.places.limit,
        used=group.taken_elsewhere,
        rules=group.rule_count,
        service_managed=group.service_managed,
        name=group.name,
        tags=dict(group.tags),
        resource_group=group.resource_group or None,
    )


# -- instances and ENIs


def _instance(instance: Instance) -> InstanceSpec:
    """Say an instance; its primary ENI has a table of its own."""
    return InstanceSpec(
        id=instance.id,
        type=instance.type.name,
        vswitch=instance.primary.vswitch.id,
        status=_word(instance.status),
        name=instance.name,
        tags=dict(instance.tags),
        resource_group=instance.resource_group or None,
        deletion_protection=instance.deletion_protection,
    )


def _eni(eni: NetworkInterface) -> EniSpec:
    extras = eni.extras or _USUAL
    return EniSpec(
        id=eni.id,
        vswitch=eni.vswitch.id,
        primary_ip=eni.primary_ip_address,
        secondary_ips=eni.private_ip_addresses[1:],
        ipv6_addresses=extras.ipv6_addresses,
        ipv4_prefixes=extras.ipv4_prefixes,
        ipv6_prefixes=extras.ipv6_prefixes,
        security_groups=eni.security_group_ids,
        type=_word(eni.type),
        instance=eni.instance,
        trunk=extras.trunk if eni.type is EniType.MEMBER else None,
        status=_word(eni.status),
        name=eni.name,
        description=eni.description,
        tags=dict(eni.tags),
        resource_group=eni.resource_group or None,
        queue_number=eni.queue_number,
        mac=eni.mac_address,
    )


def _instance_type(kind: InstanceType) -> InstanceTypeSpec:
    said = asdict(kind)
    del said["source"]
    return InstanceTypeSpec(**said)


def _word(member: str) -> Any:  # noqa: ANN401  a member of an enumeration, as the literal that tables have
    """Give a text as the very one that is a default somewhere, since only by that msgspec knows one to be left out."""
    return intern(str(member))


def tables_of(spec: WorldSpec) -> dict[str, Any]:
    """Give the tables of a world as they stand in a file."""
    return {"format": spec.format, **msgspec.to_builtins(spec)}
