"""Launches: the usual RunInstances, its worlds, and calls that are left in flight, for the tests of instances."""

from collections.abc import Callable
from typing import Any

from cloudsim.api.requests import (
    AssignPrivateIpAddresses,
    InstanceInterface,
    Request,
    RunInstances,
)
from cloudsim.operations.operation import Phase
from cloudsim.simulation.world.builder import World
from cloudsim.values.ids import ZoneId
from tests.small_world import REGION, Watched, small

SMALL_TYPE, LARGE_TYPE = "ecs.g7.xlarge", "ecs.g6.16xlarge"


def a_run(**changes: Any) -> RunInstances:
    """The usual launch of one instance, with some of its parameters changed."""
    usual: dict[str, Any] = {
        "region_id": REGION, "instance_type": SMALL_TYPE, "vswitch_id": "vsw-a", "security_group_id": "sg-main"
    }  # fmt: skip
    return RunInstances(**{**usual, **changes})


def with_enis(*enis: InstanceInterface, **changes: Any) -> RunInstances:
    """The usual launch, with ENIs of their own."""
    return a_run(network_interfaces=enis, **changes)


def a_primary(**changes: Any) -> InstanceInterface:
    """A primary ENI in NetworkInterface.N."""
    usual: dict[str, Any] = {"instance_type": "Primary", "vswitch_id": "vsw-a", "security_group_id": "sg-main"}
    return InstanceInterface(**{**usual, **changes})


def by_primary(primary: InstanceInterface, *others: InstanceInterface, **changes: Any) -> RunInstances:
    """A launch whose primary ENI is said in NetworkInterface.N alone."""
    return with_enis(primary, *others, vswitch_id=None, security_group_id=None, **changes)


def current(**keys: Any) -> World:
    """The small world of today, with IPv6."""
    return small(profile="current", **keys)


def broad() -> World:
    """A world of two VPCs and two zones, with ENIs and groups of every kind."""
    return (
        World(profile="current")
        .account("acme")
        .region(REGION, zones=["cn-hangzhou-h", "cn-hangzhou-i"])
        .vpc("vpc-main", cidr="10.0.0.0/16")
        .vpc("vpc-two", cidr="10.1.0.0/16")
        .vswitch("vsw-a", vpc="vpc-main", zone="cn-hangzhou-h", cidr="10.0.0.0/24")
        .vswitch("vsw-i", vpc="vpc-main", zone="cn-hangzhou-i", cidr="10.0.1.0/24")
        .vswitch("vsw-two", vpc="vpc-two", zone="cn-hangzhou-h", cidr="10.1.0.0/24")
        .security_group("sg-main", vpc="vpc-main")
        .security_group("sg-two", vpc="vpc-two")
        .security_group("sg-firm", vpc="vpc-main", type="enterprise")
        .security_group("sg-rules", vpc="vpc-main", rules=1_001)
        .security_group("sg-product", vpc="vpc-main", service_managed=True)
        .security_group("sg-classic", network="classic")
        .instance_type("t.plain", eni_quantity=2, ipv4_per_eni=2, ipv6_per_eni=0)
        .instance_type("t.queues", eni_quantity=8, max_queues_per_eni=4, total_queues=6, primary_queues=4)
        .instance("i-old", type=SMALL_TYPE, vswitch="vsw-a", security_groups=["sg-main"])
        .eni("eni-two", vswitch="vsw-two")
        .eni("eni-zone", vswitch="vsw-i")
        .eni("eni-free", vswitch="vsw-a")
        .eni("eni-trunk", vswitch="vsw-a", type="Trunk")
        .eni("eni-product", vswitch="vsw-a", status="InUse")
        .eni("eni-busy", vswitch="vsw-a", instance="i-old")
    )


def joining(eni: str, **changes: Any) -> RunInstances:
    """A launch that takes an ENI with it."""
    return with_enis(InstanceInterface(network_interface_id=eni), **changes)


def with_instance(status: Any = "Running", **keys: Any) -> Callable[[], World]:
    """The small world with an instance."""
    return lambda: small(**keys).instance("i-1", type=SMALL_TYPE, status=status)


def on_one(kind: type[Request], instance: str = "i-1", **changes: Any) -> Request:
    """A call about one instance."""
    return kind(**{"region_id": REGION, "instance_id": instance, **changes})


def zone_out(sim: Watched) -> None:
    """Take the only zone out."""
    sim.cloud.conditions.zones_out[ZoneId("cn-hangzhou-h")] = True


def assigning(eni_of: Callable[[Watched], str]) -> Callable[[Watched], object]:
    """Leave a call in flight that changes the addresses of an ENI."""

    def send(sim: Watched) -> None:
        request = AssignPrivateIpAddresses(
            region_id=REGION, network_interface_id=eni_of(sim), secondary_private_ip_address_count=1
        )
        sim.hold(sim.send(request), at=Phase.COMMIT)
        sim.run()

    return send


def held(request: RunInstances) -> Callable[[Watched], object]:
    """Leave a launch in flight."""

    def send(sim: Watched) -> None:
        sim.hold(sim.send(request), at=Phase.COMMIT)
        sim.run()

    return send


def abandoned(request: RunInstances) -> Callable[[Watched], object]:
    """Let a launch end without an answer."""

    def send(sim: Watched) -> None:
        reply = sim.send(request)
        sim.hold(reply, at=Phase.COMMIT)
        sim.run()
        reply.journey.abandon("was abandoned by the test")
        sim.forget(reply.journey)

    return send
