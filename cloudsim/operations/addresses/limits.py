"""How many addresses an ENI may carry: alone, on an instance of some type, and ever.

A prefix is one address. A number that the catalogue lacks limits nothing.

Source: eni_api.md sections 1.1, 2.6, 2.8 and 5.
"""

from cloudsim.errors.addresses import (
    InvalidOperationIpv4CountExceeded,
    InvalidOperationIpv6CountExceeded,
    InvalidOperationIpv6NotSupport,
)
from cloudsim.errors.quota import MaxEniIpv6IpsCountExceeded, MaxEniPrivateIpsCountExceeded
from cloudsim.ipam.edge import Family
from cloudsim.resources.instance import Instance
from cloudsim.resources.interface import NetworkInterface
from cloudsim.values.profile import Profile


def require_room(
    eni: NetworkInterface, instance: Instance | None, family: Family, count: int, profile: Profile
) -> None:
    """Refuse if the ENI may not carry so many addresses of a family.

    Args:
        eni: the ENI.
        instance: where it is; None for nowhere.
        family: of the addresses.
        count: how many it would carry, prefixes and an IPv4 one's primary address included; at least 1.
        profile: the numbers for an ENI that is on no instance.

    Raises:
        InvalidOperationIpv4CountExceeded: the instance's type allows fewer IPv4 addresses.
        InvalidOperationIpv6NotSupport: the instance's type has no IPv6.
        InvalidOperationIpv6CountExceeded: the instance's type allows fewer IPv6 addresses.
        MaxEniPrivateIpsCountExceeded: no ENI may have so many, or none that is on no instance.
        MaxEniIpv6IpsCountExceeded: no ENI that is on no instance may have so many.
    """
    if family is Family.IPV4:
        limit = profile.addresses_per_eni_ever
        if instance is None:
            limit = min(limit, profile.addresses_per_eni_max)
        else:
            require_type4(eni, instance, count)
        if count > limit:
            raise MaxEniPrivateIpsCountExceeded(asked=count, limit=limit)
    elif instance is not None:
        require_type6(eni, instance, count)
    elif count > profile.ipv6_per_eni_max:
        raise MaxEniIpv6IpsCountExceeded(asked=count, limit=profile.ipv6_per_eni_max)


def require_type4(eni: NetworkInterface, instance: Instance, count: int) -> None:
    """Ask the instance's type about IPv4 alone, as :func:`require_room`."""
    limit = instance.type.ipv4_per_eni
    if limit is not None and count > limit:
        raise InvalidOperationIpv4CountExceeded(
            eni=eni.id, instance=instance.id, type=instance.type.name, asked=count, limit=limit
        )


def require_type6(eni: NetworkInterface, instance: Instance, count: int) -> None:
    """Ask the instance's type about IPv6 alone; ``count`` is at least 1."""
    limit = instance.type.ipv6_per_eni
    if limit == 0:
        raise InvalidOperationIpv6NotSupport(eni=eni.id, instance=instance.id, type=instance.type.name)
    if limit is not None and count > limit:
        raise InvalidOperationIpv6CountExceeded(
            eni=eni.id, instance=instance.id, type=instance.type.name, asked=count, limit=limit
        )
