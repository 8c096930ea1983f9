"""What a request on an ENI's addresses asks: of which family, how many, and which."""

from typing import TypeAlias

from cloudsim.api.requests import (
    AssignIpv6Addresses,
    AssignPrivateIpAddresses,
    UnassignIpv6Addresses,
    UnassignPrivateIpAddresses,
)
from cloudsim.api.rules.newer import EVERY_IPV6
from cloudsim.ipam.edge import Family
from cloudsim.operations.carried import Carried
from cloudsim.operations.wishes import wish4, wish6
from cloudsim.resources.vswitch import AddressWish

Assign: TypeAlias = AssignPrivateIpAddresses | AssignIpv6Addresses
Unassign: TypeAlias = UnassignPrivateIpAddresses | UnassignIpv6Addresses


def family_of(request: Assign | Unassign) -> Family:
    """The family that a request is about."""
    is_ipv4 = isinstance(request, AssignPrivateIpAddresses | UnassignPrivateIpAddresses)
    return Family.IPV4 if is_ipv4 else Family.IPV6


def wish_of(request: Assign) -> AddressWish:
    """The addresses that an assign asks for."""
    return wish4(request) if isinstance(request, AssignPrivateIpAddresses) else wish6(request)


def named_by(request: Unassign) -> Carried:
    """The addresses that an unassign names, in the form that the pools write."""
    if isinstance(request, UnassignPrivateIpAddresses):
        return Carried(request.private_ip_addresses or (), request.ipv4_prefixes or ())
    return Carried(canonical(request.ipv6_addresses or ()), canonical(request.ipv6_prefixes or ()))


def canonical(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Write well-formed addresses or prefixes as the pools write them; only IPv6 can be spelt in several ways."""
    return tuple([_canonical6(text) if ":" in text else text for text in texts])


def _canonical6(text: str) -> str:
    address, slash, mask = text.partition("/")
    return f"{EVERY_IPV6.text(EVERY_IPV6.offset(address))}{slash}{mask}"
