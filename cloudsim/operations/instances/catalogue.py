"""DescribeInstanceTypes: the catalogue, by its ENI figures.

A figure that is not known is left out of the answer, and satisfies no minimum and no maximum. The catalogue never
changes in a run, so nothing is touched. Price: all types of the catalogue for each call, but for one that names types.

Source: eni_api.md sections 2.9 and 8. SDK 7.11 has pages of 1600 at most and by default, SDK 7.0 of 100.
"""

import re
from collections.abc import Iterator
from math import ceil, floor
from typing import Final

from cloudsim.api.requests import DescribeInstanceTypes
from cloudsim.api.responses import DescribeInstanceTypesResponse
from cloudsim.api.responses.instances import EnhancedNetworkSupport, InstanceTypeShown
from cloudsim.operations.admission import admit_anywhere
from cloudsim.operations.operation import Call, Footprint, Operation, Phase
from cloudsim.operations.paging import page_by_token
from cloudsim.operations.policy import Policy
from cloudsim.resources.catalogue import Catalogue, InstanceType
from cloudsim.resources.cloud import Cloud

PAGE_SIZE: Final = 1600
_MIB_PER_GIB: Final = 1024
_KIND: Final = re.compile(r"-(?:l?c[0-9]+[a-z][0-9]+|m[0-9]+)", re.ASCII)
"""CPUs with memory, GPUs, FPGAs or disks for each, or a part of a GPU."""


def describe_types(cloud: Cloud, call: Call[DescribeInstanceTypes], policy: Policy) -> Operation:
    """List types of the catalogue, in the order of their names."""
    del policy
    request = call.request
    yield Phase.ADMIT
    admit_anywhere(cloud, call)
    yield Phase.READ
    found = [type_ for type_ in _named(cloud.catalogue, request) if _fits(type_, request)]
    page = page_by_token(found, request.next_token, request.max_results or PAGE_SIZE)
    cloud.answer(
        DescribeInstanceTypesResponse(
            request_id=call.draws.request_id(),
            instance_types=tuple([_shown(type_) for type_ in page.things]),
            next_token=page.next_token,
        )
    )
    yield Phase.RESPOND


def _named(catalogue: Catalogue, request: DescribeInstanceTypes) -> Iterator[InstanceType]:
    """The types that are asked for by name or family; all without either."""
    names = sorted(set(request.instance_types)) if request.instance_types else catalogue.names()
    families = (request.instance_type_family, *(request.instance_type_families or ()))
    wanted = [family for family in families if family]
    for name in names:
        if name in catalogue and (not wanted or family_of(name) in wanted):
            yield catalogue.get(name)


def family_of(name: str) -> str:
    """The family of a type: its name without the size, and without what tells its kind within the family.

    So ``ecs.t6-c2m1.large`` is of ``ecs.t6``, as in an answer of DescribeInstances (2020, observed), and
    ``ecs.vgn6i-m4-vws.xlarge`` of ``ecs.vgn6i-vws``, as on the families pages.
    """
    return _KIND.sub("", name.rpartition(".")[0])


def _fits(type_: InstanceType, request: DescribeInstanceTypes) -> bool:
    memory_min, memory_max = request.minimum_memory_size, request.maximum_memory_size
    least = (
        (type_.vcpu, request.minimum_cpu_core_count),
        (type_.memory_mib, None if memory_min is None else ceil(memory_min * _MIB_PER_GIB)),
        (type_.eni_quantity, request.minimum_eni_quantity),
        (type_.ipv4_per_eni, request.minimum_eni_private_ip_address_quantity),
        (type_.ipv6_per_eni, request.minimum_eni_ipv6_address_quantity),
        (type_.primary_queues, request.minimum_primary_eni_queue_number),
        (type_.secondary_queues, request.minimum_secondary_eni_queue_number),
    )
    most = (
        (type_.vcpu, request.maximum_cpu_core_count),
        (type_.memory_mib, None if memory_max is None else floor(memory_max * _MIB_PER_GIB)),
    )
    return all(wanted is None or (had is not None and had >= wanted) for had, wanted in least) and all(
        wanted is None or (had is not None and had <= wanted) for had, wanted in most
    )


def _shown(type_: InstanceType) -> InstanceTypeShown:
    return InstanceTypeShown(
        instance_type_id=type_.name,
        instance_type_family=family_of(type_.name),
        cpu_core_count=type_.vcpu,
        memory_size=_gib(type_.memory_mib),
        eni_quantity=type_.eni_quantity,
        eni_private_ip_address_quantity=type_.ipv4_per_eni,
        eni_ipv6_address_quantity=type_.ipv6_per_eni,
        eni_total_quantity=type_.eni_total_quantity,
        eni_trunk_supported=type_.eni_trunk_supported,
        primary_eni_queue_number=type_.primary_queues,
        secondary_eni_queue_number=type_.secondary_queues,
        maximum_queue_number_per_eni=type_.max_queues_per_eni,
        total_eni_queue_quantity=type_.total_queues,
        eri_quantity=type_.eri_quantity,
        queue_pair_number=type_.queue_pairs_per_eni,
        enhanced_network=(
            None if type_.rss_supported is None else EnhancedNetworkSupport(rss_support=type_.rss_supported)
        ),
    )


def _gib(mib: int | None) -> int | float | None:
    """Write memory in GiB; the fractions that memory has are exact in binary."""
    if mib is None:
        return None
    return mib / _MIB_PER_GIB if mib % _MIB_PER_GIB else mib // _MIB_PER_GIB


def footprint(cloud: Cloud, call: Call[DescribeInstanceTypes], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch: nothing that ever changes."""
    del cloud, call, policy, phase
    return ()
