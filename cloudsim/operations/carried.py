"""What an ENI carries of one address family."""

from typing import NamedTuple

from cloudsim.ipam.edge import Family
from cloudsim.resources.interface import EniExtras, NetworkInterface


class Carried(NamedTuple):
    """Addresses and prefixes of one family, in the form that the pools write."""

    addresses: tuple[str, ...]
    prefixes: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many addresses of an ENI's limit they are: each prefix is one."""
        return len(self.addresses) + len(self.prefixes)


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
