"""How much an ENI may have: addresses, alone or on an instance of some type, and queues.

A prefix is one address. A number that the catalogue does not know limits nothing. Queues: a number that was set is held
against the most that one ENI may have; and with the queues of the others, set or usual, against the instance's total.
An ENI whose number was never set gets the usual one of its type, which the totals of all known types have room for.
Members of trunks have no part in the total.

Source: eni_api.md sections 1.1 (QueueNumber), 1.2, 2.4, 2.6, 2.8, 5 and 8.
"""

from cloudsim.errors.addresses import (
    InvalidOperationIpv4CountExceeded,
    InvalidOperationIpv6CountExceeded,
    InvalidOperationIpv6NotSupport,
)
from cloudsim.errors.queues import (
    InvalidOperationExceedInstanceTypeQueueNumber,
    InvalidOperationMaxEniQueueNumberExceeded,
)
from cloudsim.errors.quota import MaxEniIpv6IpsCountExceeded, MaxEniPrivateIpsCountExceeded
from cloudsim.ipam.edge import Family
from cloudsim.operations.carried import carried
from cloudsim.resources.instance import Instance
from cloudsim.resources.interface import EniType, NetworkInterface
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
            _require_type4(eni, instance, count)
        if count > limit:
            raise MaxEniPrivateIpsCountExceeded(asked=count, limit=limit)
    elif instance is not None:
        _require_type6(eni, instance, count)
    elif count > profile.ipv6_per_eni_max:
        raise MaxEniIpv6IpsCountExceeded(asked=count, limit=profile.ipv6_per_eni_max)


def _require_type4(eni: NetworkInterface, instance: Instance, count: int) -> None:
    """Ask the instance's type about IPv4 alone, as :func:`require_room`."""
    limit = instance.type.ipv4_per_eni
    if limit is not None and count > limit:
        raise InvalidOperationIpv4CountExceeded(
            eni=eni.id, instance=instance.id, type=instance.type.name, asked=count, limit=limit
        )


def _require_type6(eni: NetworkInterface, instance: Instance, count: int) -> None:
    """Ask the instance's type about IPv6 alone; ``count`` is at least 1."""
    limit = instance.type.ipv6_per_eni
    if limit == 0:
        raise InvalidOperationIpv6NotSupport(eni=eni.id, instance=instance.id, type=instance.type.name)
    if limit is not None and count > limit:
        raise InvalidOperationIpv6CountExceeded(
            eni=eni.id, instance=instance.id, type=instance.type.name, asked=count, limit=limit
        )


def require_addresses_allowed(eni: NetworkInterface, instance: Instance) -> None:
    """Refuse an ENI that carries more than one on the instance may; each address and each prefix is one.

    Raises:
        InvalidOperationIpv4CountExceeded: too many private IPv4 addresses and prefixes.
        InvalidOperationIpv6NotSupport: IPv6 addresses or prefixes, and the type has none.
        InvalidOperationIpv6CountExceeded: too many of them.
    """
    _require_type4(eni, instance, carried(eni, Family.IPV4).size)
    ipv6 = carried(eni, Family.IPV6).size
    if ipv6:
        _require_type6(eni, instance, ipv6)


def queue_number_on(eni: NetworkInterface, instance: Instance) -> int | None:
    """The queues of an ENI on an instance: the number that was set, else what the type gives; None is not known."""
    if eni.queue_number is not None:
        return eni.queue_number
    type_ = instance.type
    return type_.primary_queues if eni.type is EniType.PRIMARY else type_.secondary_queues


def require_queues_allowed(
    eni: NetworkInterface, instance: Instance, number: int | None, *, is_member: bool = False
) -> None:
    """Refuse a number of queues that the instance has no room for.

    Args:
        eni: the ENI, on the instance or about to be.
        instance: the instance.
        number: the queues that it shall have; None for the type's usual number.
        is_member: whether it is, or will be, a member of a trunk.

    Raises:
        InvalidOperationMaxEniQueueNumberExceeded: more than one ENI may have.
        InvalidOperationExceedInstanceTypeQueueNumber: more than are left of the instance's total.
    """
    type_ = instance.type
    if number is not None and type_.max_queues_per_eni is not None and number > type_.max_queues_per_eni:
        raise InvalidOperationMaxEniQueueNumberExceeded(
            eni=eni.id, asked=number, type=type_.name, limit=type_.max_queues_per_eni
        )
    if type_.total_queues is None or is_member:
        return
    others = [one for one in instance.interfaces.values() if one is not eni and one.type is not EniType.MEMBER]
    used = sum([queue_number_on(one, instance) or 0 for one in others])
    asked = number if number is not None else type_.secondary_queues or 0
    if used + asked > type_.total_queues:
        raise InvalidOperationExceedInstanceTypeQueueNumber(
            instance=instance.id, used=used, asked=asked, type=type_.name, limit=type_.total_queues
        )
