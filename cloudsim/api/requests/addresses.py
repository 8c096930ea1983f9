"""Addresses of ENIs: assigned and unassigned.

Prefixes and IPv6 are unknown to the profile ``classic``.

Source: eni_api.md sections 2.6 to 2.8.
"""

from typing import ClassVar

from msgspec import field

from cloudsim.api.requests.base import Request, Variants
from cloudsim.errors.addresses import OF_IPV6


class AssignPrivateIpAddresses(Request, frozen=True, kw_only=True, gc=False):
    """Give an ENI more IPv4 addresses or prefixes; both may be asked for together."""

    action: ClassVar[str] = "AssignPrivateIpAddresses"

    network_interface_id: str | None = None
    """Required."""
    client_token: str | None = None
    """Makes the call repeatable; at most 64 ASCII characters."""
    ipv4_prefixes: tuple[str, ...] | None = field(default=None, name="Ipv4Prefix")
    """Prefixes by name, each a /28; at most 10, and not together with their count."""
    ipv4_prefix_count: int | None = None
    """How many prefixes the vSwitch chooses, 1 to 10; each counts as one address of the ENI."""
    private_ip_addresses: tuple[str, ...] | None = field(default=None, name="PrivateIpAddress")
    """Secondary addresses by name, at most 32 (classic: 10), and not together with their count."""
    secondary_private_ip_address_count: int | None = None
    """How many secondary addresses the vSwitch chooses, at least 1."""


class UnassignPrivateIpAddresses(Request, frozen=True, kw_only=True, gc=False):
    """Take IPv4 addresses or prefixes from an ENI, all or none; at least one is to be named."""

    action: ClassVar[str] = "UnassignPrivateIpAddresses"

    network_interface_id: str | None = None
    """Required."""
    ipv4_prefixes: tuple[str, ...] | None = field(default=None, name="Ipv4Prefix")
    """Prefixes of the ENI, at most 10."""
    private_ip_addresses: tuple[str, ...] | None = field(default=None, name="PrivateIpAddress")
    """Secondary addresses of the ENI, at most 32 (classic: 10)."""


class AssignIpv6Addresses(Request, frozen=True, kw_only=True, gc=False):
    """Give an ENI more IPv6 addresses or prefixes; both may be asked for together."""

    action: ClassVar[str] = "AssignIpv6Addresses"
    variants: ClassVar[Variants] = OF_IPV6

    network_interface_id: str | None = None
    """Required."""
    client_token: str | None = None
    """Makes the call repeatable; at most 64 ASCII characters."""
    ipv6_addresses: tuple[str, ...] | None = field(default=None, name="Ipv6Address")
    """Addresses by name, at most 10, and not together with their count."""
    ipv6_address_count: int | None = None
    """How many addresses the vSwitch chooses, 1 to 10."""
    ipv6_prefixes: tuple[str, ...] | None = field(default=None, name="Ipv6Prefix")
    """Prefixes by name, each a /80; at most 10, and not together with their count."""
    ipv6_prefix_count: int | None = None
    """How many prefixes the vSwitch chooses, 1 to 10; each counts as one address of the ENI."""


class UnassignIpv6Addresses(Request, frozen=True, kw_only=True, gc=False):
    """Take IPv6 addresses or prefixes from an ENI, all or none; at least one is to be named."""

    action: ClassVar[str] = "UnassignIpv6Addresses"
    variants: ClassVar[Variants] = OF_IPV6

    network_interface_id: str | None = None
    """Required."""
    ipv6_addresses: tuple[str, ...] | None = field(default=None, name="Ipv6Address")
    """Addresses of the ENI, at most 10."""
    ipv6_prefixes: tuple[str, ...] | None = field(default=None, name="Ipv6Prefix")
    """Prefixes of the ENI, at most 10."""
