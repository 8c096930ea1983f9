"""What an ENI carries of one address family, and what a request asks of it."""

from typing import NamedTuple, TypeAlias

from cloudsim.api.requests import (
    AssignIpv6Addresses,
    AssignPrivateIpAddresses,
    UnassignIpv6Addresses,
    UnassignPrivateIpAddresses,
)
from cloudsim.api.rules.newer import EVERY_IPV6
from cloudsim.ipam.edge import Family
from cloudsim.resources.interface import EniExtras, NetworkInterface
from cloudsim.resources.vswitch import AddressWish

Assign: TypeAlias = AssignPrivateIpAddresses | AssignIpv6Addresses
Unassign: TypeAlias = UnassignPrivateIpAddresses | UnassignIpv6Addresses


class Carried(NamedTuple):
    """Addresses and prefixes of one family, in the form that the pools write."""

    addresses: tuple[str, ...]
    prefixes: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many addresses of an ENI's limit they are: each prefix is one."""
        return len(self.addresses) + len(self.prefixes)


def family_of(request: Assign | Unassign) -> Family:
    """The family that a request is about."""
    is_ipv4 = isinstance(request, AssignPrivateIpAddresses | UnassignPrivateIpAddresses)
    return Family.IPV4 if is_ipv4 else Family.IPV6


def carried(eni: NetworkInterface, family: Family) -> Carried:
    """What an ENI has now; of IPv4 its primary address is the first."""
    extras = eni.extras
    if family is Family.IPV4:
        return Carried(eni.private_ip_addresses, () if extras is None else extras.ipv4_prefixes)
    return Carried((), ()) if extras is None else Carried(extras.ipv6_addresses, extras.ipv6_prefixes)


def carry(eni: NetworkInterface, family: Family, carried: Carried) -> None:
    """Let an ENI have these of a family and no others; it is being changed."""
    if family is Family.IPV4:
        eni.private_ip_addresses = carried.addresses
        if eni.extras is None and not carried.prefixes:
            return
    extras = eni.extras or EniExtras()
    if family is Family.IPV4:
        extras.ipv4_prefixes = carried.prefixes
    else:
        extras.ipv6_addresses, extras.ipv6_prefixes = carried
    eni.extras = None if extras == EniExtras() else extras


def wish_of(request: Assign) -> AddressWish:
    """The addresses that an assign asks for."""
    if isinstance(request, AssignPrivateIpAddresses):
        return AddressWish(
            wants_primary=False,
            listed=request.private_ip_addresses or (),
            count=request.secondary_private_ip_address_count or 0,
            prefixes=request.ipv4_prefixes or (),
            prefix_count=request.ipv4_prefix_count or 0,
        )
    return AddressWish(
        wants_primary=False,
        listed=request.ipv6_addresses or (),
        count=request.ipv6_address_count or 0,
        prefixes=request.ipv6_prefixes or (),
        prefix_count=request.ipv6_prefix_count or 0,
    )


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
