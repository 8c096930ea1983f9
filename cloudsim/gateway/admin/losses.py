"""Losses: what the tables of :mod:`cloudsim.gateway.admin.present` do not say of a simulation, counted, by kind.

A snapshot keeps all of it. No loss names a thing, so the list is short and ASCII, and can be a header.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Final

from cloudsim.gateway.admin.present import vcpu_quota_of
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.instance import UNLIMITED
from cloudsim.resources.interface import EniExtras, EniType, NetworkInterface
from cloudsim.resources.network import USUAL_POLICY
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.spec import WorldSpec
from cloudsim.values.duration import format_duration

_SAID: Final = ("ipv6_addresses", "ipv4_prefixes", "ipv6_prefixes", "trunk", "device_index")
"""Extras of an ENI that its table has, or that follow from it."""
_UNSAID: Final[dict[str, object]] = {
    name: getattr(EniExtras(), name) for name in EniExtras.__slots__ if name not in _SAID
}


def losses_of(simulation: Simulation, world: WorldSpec | None) -> list[str]:
    """List what is lost when the present is saved as a world.

    Args:
        simulation: whose present.
        world: that it began with, which may have access keys; None if it began with a snapshot.

    Returns:
        A few words for each kind, such as ``access keys: 3``.
    """
    always = [
        f"clock ({format_duration(simulation.now_ns)}) and dates of creation", "journal", "seed and settings",
        "ClientTokens", "planned faults and troubles",
    ]  # fmt: skip
    counts = {**_of_the_run(simulation, world), **_of_things(simulation.cloud)}
    return [*always, *[f"{what}: {count}" for what, count in counts.items() if count]]


def _of_the_run(simulation: Simulation, world: WorldSpec | None) -> dict[str, int]:
    conditions = simulation.cloud.conditions
    accounts = () if world is None else world.accounts
    return {
        "access keys": sum(
            len(account.access_keys) + sum(len(user.access_keys) for user in account.users) for account in accounts
        ),
        "calls under way": len(simulation.in_flight),
        "steps that are due": simulation.kernel.pending,
        "zones that are out": len(conditions.zones_out),
        "sold-out instance types": len(conditions.sold_out),
        "changes that will hang or fail": len(conditions.snags),
    }


def _of_things(cloud: Cloud) -> dict[str, int]:
    vswitches, vpcs = cloud.vswitches.values(), cloud.vpcs.values()
    pools = list(chain.from_iterable((one.pool, one.pool6) for one in vswitches))
    enis = [eni for estate in cloud.estates.values() for eni in estate.interfaces.values()]
    things = (vpcs, vswitches, cloud.security_groups.values(), cloud.instances.values())
    return {
        "quotas of single regions or VPCs": sum(1 for _ in _odd_limits(cloud)),
        "which addresses other products have": sum(one.taken_elsewhere for one in vswitches),
        "addresses that cool down": sum(0 if pool is None else pool.counts_at(cloud.now_ns).cooling for pool in pools),
        "ids, names and states of prefix reservations": sum(len(one.reservations) for one in vswitches),
        "default VPCs and vSwitches": sum(one.is_default for one in vpcs) + sum(one.is_default for one in vswitches),
        "VPCs that are pending": sum(one.status != "Available" for one in vpcs),
        "descriptions of VPCs, vSwitches, groups and instances": sum(
            bool(one.description) for kind in things for one in kind
        ),
        "access policies within groups": sum(
            one.inner_access_policy is not USUAL_POLICY[one.kind] for one in cloud.security_groups.values()
        ),
        "host names and images of instances": sum(
            bool(one.host_name or one.image or one.stopped_mode) for one in cloud.instances.values()
        ),
        "ENIs with settings that tables lack": sum(_has_more(eni) for eni in enis),
        "numbers of members on their trunks": sum(1 for _ in _renumbered(enis)),
    }


def _odd_limits(cloud: Cloud) -> Iterator[int]:
    """Give the limits that a trouble has set and no key of a table says."""
    profile = cloud.profile
    for estate in cloud.estates.values():
        vcpus = vcpu_quota_of(cloud, estate.account)
        usual = (UNLIMITED if vcpus is None else vcpus, profile.vpcs_per_region_max,
                 profile.security_groups_per_region_max)  # fmt: skip
        places = (estate.vcpu_places, estate.vpc_places, estate.group_places)
        yield from [one.limit for one, said in zip(places, usual, strict=True) if one.limit != said]
    limits = [vpc.vswitch_places.limit for vpc in cloud.vpcs.values()]
    yield from [limit for limit in limits if limit != profile.vswitches_per_vpc_max]


def _has_more(eni: NetworkInterface) -> bool:
    extras = eni.extras
    return extras is not None and any(getattr(extras, name) != usual for name, usual in _UNSAID.items())


def _renumbered(enis: list[NetworkInterface]) -> Iterator[NetworkInterface]:
    """Give the members that get another number, since loading counts those of a trunk from 1 without gaps."""
    seen: Counter[str] = Counter()
    for eni in enis:
        extras = eni.extras
        if eni.type is EniType.MEMBER and extras is not None and extras.trunk is not None:
            seen[extras.trunk] += 1
            if extras.device_index != seen[extras.trunk]:
                yield eni
