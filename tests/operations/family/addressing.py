"""What the tests of assigning and unassigning have in common: the usual calls, and their small worlds."""

from collections.abc import Callable
from typing import Any, Final

from cloudsim.api.requests import (
    AssignIpv6Addresses,
    AssignPrivateIpAddresses,
    UnassignIpv6Addresses,
    UnassignPrivateIpAddresses,
)
from cloudsim.simulation.world.builder import World
from tests.small_world import REGION, small

V6: Final = "2001:db8:0:1:"


def assign4(eni: str = "eni-a", **said: Any) -> AssignPrivateIpAddresses:
    """The usual assign of IPv4 addresses: one more, unless something is said."""
    said = said or {"secondary_private_ip_address_count": 1}
    return AssignPrivateIpAddresses(**{"region_id": REGION, "network_interface_id": eni, **said})


def unassign4(eni: str = "eni-a", **said: Any) -> UnassignPrivateIpAddresses:
    """The usual unassign of IPv4 addresses: that of the ENI's one secondary address, unless something is said."""
    said = said or {"private_ip_addresses": ("10.0.0.11",)}
    return UnassignPrivateIpAddresses(**{"region_id": REGION, "network_interface_id": eni, **said})


def assign6(eni: str = "eni-a", **said: Any) -> AssignIpv6Addresses:
    """The usual assign of IPv6 addresses: one more, unless something is said."""
    said = said or {"ipv6_address_count": 1}
    return AssignIpv6Addresses(**{"region_id": REGION, "network_interface_id": eni, **said})


def unassign6(eni: str = "eni-a", **said: Any) -> UnassignIpv6Addresses:
    """The usual unassign of IPv6 addresses: that of the ENI's one address, unless something is said."""
    said = said or {"ipv6_addresses": (f"{V6}:11",)}
    return UnassignIpv6Addresses(**{"region_id": REGION, "network_interface_id": eni, **said})


def world(*, profile: str = "current", eni: dict[str, Any] | None = None, **vswitch: Any) -> World:
    """The small world with an ENI that has a secondary address and, today, an IPv6 one."""
    newer = {"ipv6_addresses": [f"{V6}:11"]} if profile == "current" and "ipv6" not in vswitch else {}
    keys: dict[str, Any] = {"primary_ip": "10.0.0.10", "secondary_ips": ["10.0.0.11"], **newer, **(eni or {})}
    return small(profile=profile, **vswitch).eni("eni-a", **keys)


def on_an_instance(*, status: Any = "Running", eni: dict[str, Any] | None = None, **type_keys: Any) -> World:
    """The small world with an ENI on an instance of a type of two addresses of either family."""
    return (
        world(eni={"instance": "i-1", **(eni or {})})
        .instance_type("own.large", **{"eni_quantity": 3, "ipv4_per_eni": 2, "ipv6_per_eni": 1, **type_keys})
        .instance("i-1", type="own.large", status=status)
    )


def with_two_enis() -> World:
    """The usual world, and a second ENI that has an address of each family."""
    return world().eni("eni-b", primary_ip="10.0.0.20", ipv6_addresses=[f"{V6}:20"])


def closed_to(**account: Any) -> Callable[[], World]:
    """The region with an account that may not do everything."""
    return lambda: World(profile="current").account("acme", **account).region(REGION)
