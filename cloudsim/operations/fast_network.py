"""What an instance's type allows of its ENIs' faster ways: HighPerformance traffic mode (RDMA), and RSS.

A number that the catalogue does not know limits nothing, and the public ones are known of no type: worlds say them. An
ENI whose QueuePairNumber was never set counts none. That the limits bite at an attach as well, by the codes that the
documents have for a modification, is our choice: else an ENI would have on an instance what it cannot be given there.

Source: ModifyNetworkInterfaceAttribute, error codes; DescribeInstanceTypes, EriQuantity, QueuePairNumber, RssSupport.
"""

from cloudsim.errors.queues import (
    InvalidOperationEniQueuePairNumberOverflow,
    InvalidOperationHighPerformanceEniPerInstanceLimitExceeded,
    InvalidOperationInstanceTypeNotSupportHighPerformance,
    InvalidOperationInstanceTypeNotSupportRss,
    InvalidOperationMaxEniQueuePairNumberExceed,
)
from cloudsim.resources.instance import Instance
from cloudsim.resources.interface import EniExtras, NetworkInterface

FAST = "HighPerformance"


def extras_of(eni: NetworkInterface) -> EniExtras:
    """What newer parameters gave an ENI, or what all others have."""
    return eni.extras or EniExtras()


def require_fast_allowed(eni: NetworkInterface, instance: Instance) -> None:
    """Refuse an ENI, as it is, whose ways the instance's type does not allow.

    Args:
        eni: the ENI, on the instance or about to be.
        instance: the instance; the step may read its places.

    Raises:
        ApiError: as the two functions below.
    """
    extras = extras_of(eni)
    if extras.traffic_mode == FAST:
        require_rdma_allowed(eni, instance, extras.queue_pair_number)
    if extras.enhanced is not None and extras.enhanced.is_rss:
        require_rss_allowed(eni, instance)


def require_rdma_allowed(eni: NetworkInterface, instance: Instance, pairs: int | None) -> None:
    """Refuse HighPerformance traffic mode with so many queues for RDMA.

    Raises:
        InvalidOperationInstanceTypeNotSupportHighPerformance: the type has no RDMA.
        InvalidOperationHighPerformanceEniPerInstanceLimitExceeded: the instance has as many such ENIs as it may have.
        InvalidOperationMaxEniQueuePairNumberExceed: more queues than one ENI may have.
        InvalidOperationEniQueuePairNumberOverflow: more than are left of the instance's total.
    """
    type_, asked = instance.type, pairs or 0
    others = [extras_of(one) for one in instance.interfaces.values() if one is not eni]
    fast = [extras for extras in others if extras.traffic_mode == FAST]
    if type_.eri_quantity == 0:
        raise InvalidOperationInstanceTypeNotSupportHighPerformance(eni=eni.id, instance=instance.id, type=type_.name)
    if type_.eri_quantity is not None and len(fast) >= type_.eri_quantity:
        raise InvalidOperationHighPerformanceEniPerInstanceLimitExceeded(
            instance=instance.id, type=type_.name, used=len(fast), limit=type_.eri_quantity
        )
    if type_.queue_pairs_per_eni is not None and asked > type_.queue_pairs_per_eni:
        raise InvalidOperationMaxEniQueuePairNumberExceed(
            eni=eni.id, asked=asked, type=type_.name, limit=type_.queue_pairs_per_eni
        )
    used = sum([extras.queue_pair_number or 0 for extras in fast])
    if type_.total_queue_pairs is not None and used + asked > type_.total_queue_pairs:
        raise InvalidOperationEniQueuePairNumberOverflow(
            instance=instance.id, used=used, asked=asked, type=type_.name, limit=type_.total_queue_pairs
        )


def require_rss_allowed(eni: NetworkInterface, instance: Instance) -> None:
    """Refuse receive side scaling.

    Raises:
        InvalidOperationInstanceTypeNotSupportRss: the type has none.
    """
    if instance.type.rss_supported is False:
        raise InvalidOperationInstanceTypeNotSupportRss(eni=eni.id, instance=instance.id, type=instance.type.name)
