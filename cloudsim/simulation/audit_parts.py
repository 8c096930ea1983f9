"""The audit of places, networks and instances; see :mod:`cloudsim.simulation.audit`."""

from collections.abc import Iterator

from cloudsim.ipam.edge import AddressSpace
from cloudsim.resources.capacity import Capacity
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.instance import Instance
from cloudsim.resources.interface import EniStatus, EniType
from cloudsim.resources.pin import Pinnable
from cloudsim.resources.vswitch import VSwitch


def audit_capacity(capacity: Capacity, expected: int, *, is_idle: bool) -> Iterator[str]:
    """Hold places against what takes them."""
    if capacity.used != expected:
        yield f"{capacity.key} counts {capacity.used} used, {expected} exist"
    if capacity.used > capacity.lawful:
        yield f"{capacity.key} is overshot: {capacity.used} used, the limit is {capacity.limit}"
    if is_idle and capacity.held:
        yield f"{capacity.key} has {capacity.held} held, and nothing is in flight"


def audit_networks(cloud: Cloud, *, is_idle: bool) -> Iterator[str]:
    """Hold VPCs, vSwitches and security groups against each other, and their places against their number."""
    for estate in cloud.estates.values():
        vcpus = sum(instance.vcpus for instance in estate.instances.values())
        yield from audit_capacity(estate.vcpu_places, vcpus, is_idle=is_idle)
        yield from audit_capacity(estate.vpc_places, len(estate.vpcs), is_idle=is_idle)
        yield from audit_capacity(estate.group_places, len(estate.groups), is_idle=is_idle)
    for vpc in cloud.vpcs.values():
        yield from audit_capacity(vpc.vswitch_places, len(vpc.vswitches), is_idle=is_idle)
        if vpc.size != sum(vswitch.pool.space.size for vswitch in vpc.vswitches.values()):
            yield f"{vpc.id} has lost count of the addresses of its vSwitches"
        used = vpc.addresses_used()
        if used > vpc.lawful_addresses:
            yield f"{vpc.addresses_key} is overshot: {used} used, the limit is {vpc.address_limit}"
    for vswitch in cloud.vswitches.values():
        yield from _audit_reservations(vswitch)
    if {id for vpc in cloud.vpcs.values() for id in vpc.vswitches} != cloud.vswitches.keys():  # noqa: A001
        yield "the vSwitches of VPCs are not those that exist"
    if is_idle:
        things: list[Pinnable] = [*cloud.vpcs.values(), *cloud.vswitches.values(), *cloud.security_groups.values()]
        for thing in things:
            if thing.pins:
                yield f"{thing.id} has {thing.pins} pins, and nothing is in flight"
        for key in cloud.busy.by_key:
            yield f"{key} is being changed, and nothing is in flight"


def _audit_reservations(vswitch: VSwitch) -> Iterator[str]:
    """Hold the reserved blocks that a vSwitch lists against what its pools have set aside; a leaving one is not."""
    listed = [AddressSpace.parse(one.cidr) for one in vswitch.reservations.values() if one.status != "Releasing"]
    for pool in (vswitch.pool, vswitch.pool6):
        if pool is None:
            continue
        base = pool.space.base
        had = {(span.start + base, len(span)) for span in pool.reservations()}
        if had != {(block.base, block.size) for block in listed if block.family is pool.space.family}:
            yield f"the reservations of {vswitch.id} are not what is set aside of {pool.space.cidr}"


def audit_instances(cloud: Cloud, *, is_idle: bool) -> Iterator[str]:
    """Hold instances against the ENIs that say they are on them."""
    said: dict[str, set[str]] = {}
    for estate in cloud.estates.values():
        for eni in estate.interfaces.values():
            if eni.instance is not None and eni.status is not EniStatus.AVAILABLE:
                said.setdefault(eni.instance, set()).add(eni.id)
            elif eni.instance is not None:
                yield f"{eni.id} is Available, and on {eni.instance}"
    for instance in cloud.instances.values():
        if said.pop(instance.id, set()) != instance.interfaces.keys():
            yield f"the ENIs of {instance.id} are not those that say so"
        yield from _audit_slots(instance, is_idle=is_idle)
    for instance_id in said:
        yield f"ENIs are on {instance_id}, which does not exist"


def _audit_slots(instance: Instance, *, is_idle: bool) -> Iterator[str]:
    members = sum(eni.type is EniType.MEMBER for eni in instance.interfaces.values())
    yield from audit_capacity(instance.slots, len(instance.interfaces) - members, is_idle=is_idle)
    yield from audit_capacity(instance.member_slots, members, is_idle=is_idle)
