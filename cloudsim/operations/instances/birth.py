"""COMMIT of a launch: instances and their ENIs are put together from the request, its site and what is held for them.

Ids and MAC addresses are drawn by the call and the number of the instance within it. A new primary ENI is InUse from
its first instant; the secondary ones are Attaching until their instance starts.

Source: RunInstances, help page of 2024 (tags and resource group go to the primary ENI too; for the other ENIs, which
get the resource group alone, that is our choice).
"""

from collections.abc import Container
from dataclasses import dataclass
from typing import Final, TypeVar

from cloudsim.api.requests import InstanceInterface, RunInstances
from cloudsim.errors.base import ApiError
from cloudsim.errors.instances import (
    InvalidOperationInstanceTypeNotSupportHighPerformanceTrafficMode,
    LaunchHighPerformanceLimit,
    LaunchQueuePairNumber,
    LaunchQueuePairOverflow,
)
from cloudsim.errors.queues import (
    InvalidOperationEniQueuePairNumberOverflow,
    InvalidOperationHighPerformanceEniPerInstanceLimitExceeded,
    InvalidOperationInstanceTypeNotSupportHighPerformance,
    InvalidOperationMaxEniQueuePairNumberExceed,
)
from cloudsim.operations.fast_network import require_fast_allowed
from cloudsim.operations.instances.launch_holdings import Share
from cloudsim.operations.instances.launch_site import LaunchSite, PlannedEni
from cloudsim.operations.operation import Call
from cloudsim.operations.tags import pairs_of
from cloudsim.operations.type_limits import queue_number_on, require_addresses_allowed, require_queues_allowed
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.instance import Instance, InstanceStatus
from cloudsim.resources.interface import EniExtras, EniStatus, EniType, NetworkInterface
from cloudsim.values.ids import EniId, InstanceId

ThingT = TypeVar("ThingT")

_VARIANTS: Final[dict[type[ApiError], type[ApiError]]] = {
    InvalidOperationInstanceTypeNotSupportHighPerformance: (
        InvalidOperationInstanceTypeNotSupportHighPerformanceTrafficMode
    ),
    InvalidOperationHighPerformanceEniPerInstanceLimitExceeded: LaunchHighPerformanceLimit,
    InvalidOperationMaxEniQueuePairNumberExceed: LaunchQueuePairNumber,
    InvalidOperationEniQueuePairNumberOverflow: LaunchQueuePairOverflow,
}
"""What RunInstances says otherwise than a modification of an ENI."""


@dataclass(frozen=True, slots=True)
class Newborn:
    """An instance that does not exist yet, with the ENIs that are made with it, the primary one first."""

    instance: Instance
    enis: list[NetworkInterface]

    def live(self, cloud: Cloud) -> None:
        """Begin to exist; what it takes is the caller's to keep, in the same step."""
        for eni in self.enis:
            cloud.add_interface(eni)
        cloud.add_instance(self.instance)


class _Taken(Container[ThingT]):
    """What exists, and what this launch has drawn."""

    __slots__ = ("drawn", "existing")

    def __init__(self, existing: Container[ThingT]) -> None:
        self.existing = existing
        self.drawn: set[ThingT] = set()

    def __contains__(self, thing: object) -> bool:
        return thing in self.existing or thing in self.drawn


def make(cloud: Cloud, call: Call[RunInstances], site: LaunchSite, shares: list[Share]) -> list[Newborn]:
    """Put the instances together, which do not exist yet.

    Raises:
        ApiError: the type does not allow what is asked of an ENI; all instances are alike in that.
    """
    infix = cloud.regions[site.home.vpc.region].infix
    instance_ids: _Taken[str] = _Taken(cloud.instances)
    ids: _Taken[str] = _Taken(cloud.interface_ids)
    macs: _Taken[int] = _Taken(cloud.macs)
    made: list[Newborn] = []
    for number, share in enumerate(shares):
        instance_id = InstanceId(call.draws.child(f"{number}/i").id("i", infix, instance_ids))
        instance_ids.drawn.add(instance_id)
        enis: list[NetworkInterface] = []
        for place, planned in enumerate(site.enis):
            draws = call.draws.child(f"{number}/eni/{place}")
            eni_id, mac = EniId(draws.id("eni", infix, ids)), draws.mac(macs)
            ids.drawn.add(eni_id)
            macs.drawn.add(mac)
            addresses = share.addresses[place], share.ipv6_addresses[place]
            eni = _make_interface(cloud, call.request, planned, site, (eni_id, mac, instance_id), addresses)
            enis.append(eni)
        instance = _make_instance(cloud, call, site, instance_id, enis[0])
        for eni in enis[1:]:
            instance.begin_with(eni)
        for eni in enis:
            require_allowed(instance, eni)
        made.append(Newborn(instance, enis))
    return made


def _make_interface(
    cloud: Cloud,
    request: RunInstances,
    planned: PlannedEni,
    site: LaunchSite,
    names: tuple[EniId, int, InstanceId],
    addresses: tuple[tuple[str, ...], tuple[str, ...]],
) -> NetworkInterface:
    asked, is_primary = planned.asked, planned is site.enis[0]
    return NetworkInterface(
        id=names[0],
        vswitch=planned.vswitch,
        mac_low=names[1],
        private_ip_addresses=addresses[0],
        security_group_ids=tuple([group.id for group in planned.groups]),
        created_ns=cloud.now_ns,
        type=EniType.PRIMARY if is_primary else EniType.SECONDARY,
        status=EniStatus.IN_USE if is_primary else EniStatus.ATTACHING,
        name=asked.network_interface_name or "",
        description=asked.description or "",
        tags=pairs_of(request.tags) if is_primary else (),
        resource_group=site.resource_group,
        queue_number=asked.queue_number,
        instance=names[2],
        extras=_extras(asked, addresses[1], is_primary=is_primary),
    )


def _extras(asked: InstanceInterface, ipv6: tuple[str, ...], *, is_primary: bool) -> EniExtras | None:
    extras = EniExtras(
        ipv6_addresses=ipv6,
        traffic_mode=asked.network_interface_traffic_mode or "Standard",
        queue_pair_number=asked.queue_pair_number,
        rx_queue_size=asked.rx_queue_size,
        tx_queue_size=asked.tx_queue_size,
        delete_on_release=not is_primary and asked.delete_on_release is not False,
        source_dest_check=bool(asked.source_dest_check),
        network_card_index=asked.network_card_index,
    )
    return None if extras == EniExtras() else extras


def _make_instance(
    cloud: Cloud, call: Call[RunInstances], site: LaunchSite, instance_id: InstanceId, primary: NetworkInterface
) -> Instance:
    request = call.request
    instance = Instance(
        id=instance_id, type=site.type, primary=primary, status=InstanceStatus.PENDING, ledger=cloud.ledger
    )
    instance.name = request.instance_name or ""
    instance.description = request.description or ""
    instance.host_name = request.host_name or ""
    instance.image = request.image_id or ""
    instance.created_ns = cloud.now_ns
    instance.tags = pairs_of(request.tags)
    instance.resource_group = site.resource_group
    instance.deletion_protection = bool(request.deletion_protection)
    instance.launched_by = call.name
    return instance


def require_allowed(instance: Instance, eni: NetworkInterface) -> None:
    """Refuse addresses and queues of an ENI that the type of its new instance does not allow.

    Raises:
        InvalidOperationIpv4CountExceeded: too many IPv4 addresses.
        InvalidOperationIpv6CountExceeded: too many IPv6 addresses.
        InvalidOperationIpv6NotSupport: IPv6 addresses, and the type has none.
        InvalidOperationMaxEniQueueNumberExceeded: more queues than one ENI may have.
        InvalidOperationExceedInstanceTypeQueueNumber: more queues than are left of the instance's total.
        ApiError: RDMA or RSS that the type does not have, or not so much of.
    """
    require_addresses_allowed(eni, instance)
    require_queues_allowed(eni, instance, queue_number_on(eni, instance))
    try:
        require_fast_allowed(eni, instance)
    except ApiError as refusal:
        raise _VARIANTS.get(type(refusal), type(refusal))(**refusal.facts) from None
