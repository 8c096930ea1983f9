"""Typed parameters of the methods on addresses of ENIs; what each means stands at the fields of its request."""

from collections.abc import Sequence
from typing import TypedDict


class AssignPrivateIpAddressesParameters(TypedDict, total=False):
    """Of assign_private_ip_addresses."""

    region_id: str
    network_interface_id: str
    client_token: str
    ipv4_prefixes: Sequence[str]
    ipv4_prefix_count: int
    private_ip_addresses: Sequence[str]
    secondary_private_ip_address_count: int


class UnassignPrivateIpAddressesParameters(TypedDict, total=False):
    """Of unassign_private_ip_addresses."""

    region_id: str
    network_interface_id: str
    ipv4_prefixes: Sequence[str]
    private_ip_addresses: Sequence[str]


class AssignIpv6AddressesParameters(TypedDict, total=False):
    """Of assign_ipv6_addresses."""

    region_id: str
    network_interface_id: str
    client_token: str
    ipv6_addresses: Sequence[str]
    ipv6_address_count: int
    ipv6_prefixes: Sequence[str]
    ipv6_prefix_count: int


class UnassignIpv6AddressesParameters(TypedDict, total=False):
    """Of unassign_ipv6_addresses."""

    region_id: str
    network_interface_id: str
    ipv6_addresses: Sequence[str]
    ipv6_prefixes: Sequence[str]
