"""The state: what is there and how calls ended, as JSON shows it. Looking changes nothing of the run.

Lists are cut at a bound and say how many they leave out; totals are over everything. Price: 0.1 us for
each ENI and some 10 us for each vSwitch, so whoever asks often keeps the answer until something has happened.
"""

from collections import Counter
from itertools import islice
from typing import Any, Final

from cloudsim.gateway.admin.host import Host
from cloudsim.resources.capacity import Capacity
from cloudsim.resources.instance import UNLIMITED
from cloudsim.resources.interface import EniStatus
from cloudsim.resources.vswitch import VSwitch
from cloudsim.simulation.simulation import Simulation
from cloudsim.values.duration import format_duration

VSWITCHES_MAX: Final = 500
QUOTAS_MAX: Final = 500


def clock_of(simulation: Simulation, time: str) -> dict[str, Any]:
    """Say what the time is, and what it waits for.

    Args:
        simulation: whose.
        time: how it passes.
    """
    kernel = simulation.kernel
    return {
        "time": time,
        "now": format_duration(simulation.now_ns),
        "now_ns": simulation.now_ns,
        "next_due_ns": kernel.next_due_ns,
        "in_flight": len(simulation.in_flight),
    }


def state_of(host: Host) -> dict[str, Any]:
    """Say what is there: clock, calls, ENIs, instances, vSwitches and quotas."""
    simulation = host.simulation
    cloud = simulation.cloud
    return {
        **clock_of(simulation, host.time),
        "problems": list(host.failures),
        "seed": simulation.seed,
        "profile": cloud.profile.name,
        "events": cloud.journal.events,
        "sent": simulation.sent,
        "calls": {action: dict(endings) for action, endings in simulation.calls.items()},
        "refused_by_gateway": dict(host.refused),
        "enis": enis_by_status(simulation),
        "instances": dict(sorted(Counter([str(one.status) for one in cloud.instances.values()]).items())),
        "vswitches": [_vswitch(simulation, one) for one in islice(cloud.vswitches.values(), VSWITCHES_MAX)],
        "vswitches_left_out": max(0, len(cloud.vswitches) - VSWITCHES_MAX),
        **quotas_of(simulation),
        "zones_out": list(cloud.conditions.zones_out),
        "accounts": list(islice(cloud.accounts, QUOTAS_MAX)),
        "regions": {region.id: list(region.zones) for region in cloud.regions.values()},
    }


def enis_by_status(simulation: Simulation) -> dict[str, int]:
    """Count the ENIs in each state, primary ones included."""
    found = Counter([eni.status for estate in simulation.cloud.estates.values() for eni in estate.interfaces.values()])
    return {str(status): found[status] for status in EniStatus if status is not EniStatus.GONE}


def addresses_of(simulation: Simulation, vswitch: VSwitch) -> dict[str, int]:
    """Count the IPv4 addresses of a vSwitch in each state; together they are its block."""
    counts = vswitch.pool.counts_at(simulation.now_ns)
    return {
        "free": counts.free,
        "used": counts.used,
        "in_prefix": counts.in_prefix,
        "cooling": counts.cooling,
        "set_aside": counts.set_aside,
        "reserved": counts.reserved,
    }


def _vswitch(simulation: Simulation, vswitch: VSwitch) -> dict[str, Any]:
    return {
        "id": vswitch.id,
        "vpc": vswitch.vpc.id,
        "zone": vswitch.zone,
        "cidr": vswitch.pool.space.cidr,
        "status": vswitch.status,
        "size": vswitch.pool.space.size,
        **addresses_of(simulation, vswitch),
        "enis": len(vswitch.interfaces),
    }


def quotas_of(simulation: Simulation) -> dict[str, Any]:
    """List the limits that bind: those of accounts in regions where they have something, then those of VPCs."""
    cloud = simulation.cloud
    quotas = [
        _quota(quota, places, account=account, region=region)
        for (account, region), estate in cloud.estates.items()
        for quota, places in (
            ("eni", estate.quota),
            ("vcpus", estate.vcpu_places),
            ("vpcs", estate.vpc_places),
            ("security-groups", estate.group_places),
        )
        if places.limit < UNLIMITED
    ]
    room = max(0, QUOTAS_MAX - len(quotas))
    of_vpcs = [_quota("vswitches", vpc.vswitch_places, vpc=vpc.id) for vpc in islice(cloud.vpcs.values(), room)]
    shown = [*quotas[:QUOTAS_MAX], *of_vpcs]
    return {"quotas": shown, "quotas_left_out": len(quotas) + len(cloud.vpcs) - len(shown)}


def _quota(quota: str, places: Capacity, **whose: str) -> dict[str, Any]:
    numbers = {"limit": places.limit, "used": places.used, "held": places.held, "free": places.free}
    return {"quota": quota, **whose, **numbers}
