"""What an instance type says to an ENI on it: how many addresses, and how many queues.

A number that the catalogue does not know limits nothing. Queues: a number that was set is held against the most that
one ENI may have; and with the queues of the others, set or usual, against the instance's total. An ENI whose number was
never set gets the usual one of its type, which the totals of all known types have room for. Members of trunks have no
part in the total.

Source: eni_api.md sections 1.1 (QueueNumber), 1.2, 2.4 and 8.
"""

from cloudsim.errors.queues import (
    InvalidOperationExceedInstanceTypeQueueNumber,
    InvalidOperationMaxEniQueueNumberExceeded,
)
from cloudsim.ipam.edge import Family
from cloudsim.operations.addresses.carried import carried
from cloudsim.operations.addresses.limits import require_type4, require_type6
from cloudsim.resources.instance import Instance
from cloudsim.resources.interface import EniType, NetworkInterface


def require_addresses_allowed(eni: NetworkInterface, instance: Instance) -> None:
    """Refuse an ENI that carries more than one on the instance may; each address and each prefix is one.

    Raises:
        InvalidOperationIpv4CountExceeded: too many private IPv4 addresses and prefixes.
        InvalidOperationIpv6NotSupport: IPv6 addresses or prefixes, and the type has none.
        InvalidOperationIpv6CountExceeded: too many of them.
    """
    require_type4(eni, instance, carried(eni, Family.IPV4).size)
    ipv6 = carried(eni, Family.IPV6).size
    if ipv6:
        require_type6(eni, instance, ipv6)


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
