"""Answers of the operations on addresses.

Source: eni_api.md sections 2.6 to 2.8.
"""

from typing import ClassVar

from msgspec import field

from cloudsim.api.responses.base import Answer, Shape


class AssignedPrivateIpAddressesSet(Shape, frozen=True, kw_only=True, gc=False):
    """The IPv4 addresses and prefixes that an ENI was given by one call."""

    network_interface_id: str
    private_ip_addresses: tuple[str, ...] = field(name="PrivateIpSet.PrivateIpAddress")
    """The named ones first, in the order of the request."""
    ipv4_prefixes: tuple[str, ...] = field(name="Ipv4PrefixSet.Ipv4Prefixes")
    """Likewise."""


class AssignPrivateIpAddressesResponse(Answer, frozen=True, kw_only=True, gc=False):
    """What the ENI was given."""

    action: ClassVar[str] = "AssignPrivateIpAddresses"

    assigned_private_ip_addresses_set: AssignedPrivateIpAddressesSet


class UnassignPrivateIpAddressesResponse(Answer, frozen=True, kw_only=True, gc=False):
    """The addresses are no longer the ENI's."""

    action: ClassVar[str] = "UnassignPrivateIpAddresses"


class AssignIpv6AddressesResponse(Answer, frozen=True, kw_only=True, gc=False):
    """What the ENI was given, the named ones first."""

    action: ClassVar[str] = "AssignIpv6Addresses"

    network_interface_id: str
    ipv6_addresses: tuple[str, ...] = field(name="Ipv6Sets.Ipv6Address")
    ipv6_prefixes: tuple[str, ...] = field(name="Ipv6PrefixSets.Ipv6Prefix")


class UnassignIpv6AddressesResponse(Answer, frozen=True, kw_only=True, gc=False):
    """The addresses are no longer the ENI's."""

    action: ClassVar[str] = "UnassignIpv6Addresses"
