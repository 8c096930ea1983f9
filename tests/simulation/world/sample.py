"""A small world to begin from, what a validation says of one, and everything that a cloud holds."""

from dataclasses import asdict
from typing import Any

import pytest

from cloudsim.errors.own import WorldError
from cloudsim.operations.policy import Policy
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.facts import facts_of
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.journal import Journal
from cloudsim.simulation.audit import audit
from cloudsim.simulation.world.build import build
from cloudsim.simulation.world.builder import World
from cloudsim.simulation.world.spec import WorldSpec
from cloudsim.simulation.world.validate import validate
from cloudsim.values.entropy import Entropy


def small(**keys: Any) -> World:
    """Two zones, one vSwitch of a /24, one security group, each with its home named."""
    return (
        World(**keys)
        .account("acme")
        .region("cn-hangzhou", zones=["cn-hangzhou-h", "cn-hangzhou-i"])
        .vpc("vpc-main", account="acme", region="cn-hangzhou", cidr="10.0.0.0/16")
        .vswitch("vsw-a", vpc="vpc-main", zone="cn-hangzhou-h", cidr="10.0.0.0/24")
        .security_group("sg-main", vpc="vpc-main")
    )


def problems_of(world: World) -> list[str]:
    """What is wrong with a world, a line each; the test fails if nothing is."""
    with pytest.raises(WorldError) as refused:
        validate(world.spec)
    return [f"{problem.key}: {problem.problem}" for problem in refused.value.problems]


def built(world: World | WorldSpec, *, seed: int = 1) -> Cloud:
    """Build a world, and hold it against all invariants, the journal included."""
    spec = world if isinstance(world, WorldSpec) else world.spec
    cloud = build(spec, Entropy(seed), Journal(keep=True))
    assert audit(cloud, Policy(), is_idle=True) == []
    return cloud


def enis_of(cloud: Cloud) -> list[NetworkInterface]:
    """All ENIs, in the order in which they were made."""
    return [eni for estate in cloud.estates.values() for eni in estate.interfaces.values()]


def dump(cloud: Cloud) -> dict[str, Any]:
    """Everything that a cloud holds, as plain values."""
    return {
        "profile": asdict(cloud.profile),
        "accounts": [asdict(account) for account in cloud.accounts.values()],
        "regions": [asdict(region) for region in cloud.regions.values()],
        "vpcs": [_attributes(vpc) | {"cidrs": vpc.cidrs} for vpc in cloud.vpcs.values()],
        "resource_groups": [asdict(group) for group in cloud.resource_groups.values()],
        "groups": [_attributes(group.places) | _attributes(group) for group in cloud.security_groups.values()],
        "vswitches": [
            _attributes(vswitch) | {"vpc": vswitch.vpc.id, "space": vswitch.pool.space}
            for vswitch in cloud.vswitches.values()
        ],
        "addresses": [list(vswitch.pool.used_offsets()) for vswitch in cloud.vswitches.values()],
        "instances": [
            (instance.id, instance.type, instance.status, instance.primary.id) for instance in cloud.instances.values()
        ],
        "estates": [
            (estate.account.id, estate.region.id, estate.quota.limit, estate.quota.used)
            for estate in cloud.estates.values()
        ],
        "enis": [facts_of(eni) for eni in enis_of(cloud)],
        "journal": cloud.journal.lines,
    }


def _attributes(thing: object) -> dict[str, Any]:
    """The attributes of a slotted object that are plain values."""
    values = {name: getattr(thing, name) for name in thing.__slots__}  # type: ignore[attr-defined]
    return {name: value for name, value in values.items() if isinstance(value, str | int | None)}
