"""ModifyNetworkInterfaceAttribute: names, groups, queues and traffic of an ENI, changed in one instant.

Security groups replace those that the ENI is in, at once; that it takes a while in reality is a dial of what is shown
(:mod:`cloudsim.resources.consistency`). A primary ENI changes its name and description only. Only an ENI at rest,
Available or InUse, is changed; its queues on an instance only while that is stopped.

The order of the checks, which no document states: what the account may set at all, the ENI, primary ENIs, its state,
queues, traffic, EnhancedNetwork, groups. A text or list that is empty is not given, so a name cannot be taken away.

Source: eni_api.md sections 2.5 and 4; ModifyNetworkInterfaceAttribute, error codes.
"""

from typing import Any, Final

from cloudsim.api.requests import (
    ConnectionTracking,
    EnhancedNetwork,
    ModifyNetworkInterfaceAttribute,
    TrafficConfig,
)
from cloudsim.api.responses import ModifyNetworkInterfaceAttributeResponse
from cloudsim.api.rules.newer import require_pairs
from cloudsim.errors.network import InvalidOperationPrimaryEniOnlySupportModifyNameAndDesc
from cloudsim.errors.queues import (
    InvalidOperationEniTrafficModeNotSupportIPv6,
    InvalidOperationModifyPrimaryEniQueueNumber,
    InvalidOperationNotSupportModifyQueueNumber,
    InvalidOperationNotSupportModifyVFQueueNumberAndVFQuantity,
    InvalidOperationTrunkAttachmentMustEmpty,
    InvalidTrafficModeModifyToStandardNotSupported,
)
from cloudsim.operations.admission import admit
from cloudsim.operations.fast_network import FAST, extras_of, require_rdma_allowed, require_rss_allowed
from cloudsim.operations.finding import find_interface, known_interface
from cloudsim.operations.interfaces.newborn import enhanced_with, tracking_times
from cloudsim.operations.memberships import find_group_for, move, move_touches, require_compatible
from cloudsim.operations.operation import Call, Footprint, Operation, Phase, Touches
from cloudsim.operations.policy import Policy
from cloudsim.operations.standing import require_at_rest, require_own
from cloudsim.operations.type_limits import require_queues_allowed
from cloudsim.operations.whitelists import require_whitelisted
from cloudsim.resources.cloud import Cloud, eni_key
from cloudsim.resources.instance import Instance, InstanceStatus
from cloudsim.resources.interface import Enhanced, EniType, NetworkInterface
from cloudsim.resources.ledger import Mode
from cloudsim.values.ids import EniId, InstanceId

_NOTHING: Final = TrafficConfig()

_NOT_OF_PRIMARY: Final = {
    "security_group_ids": "SecurityGroupId",
    "delete_on_release": "DeleteOnRelease",
    "source_dest_check": "SourceDestCheck",
    "rx_queue_size": "RxQueueSize",
    "network_interface_traffic_config": "NetworkInterfaceTrafficConfig",
    "connection_tracking_configuration": "ConnectionTrackingConfiguration",
    "enhanced_network": "EnhancedNetwork",
}
"""What is not modified of a primary ENI, beside its queues."""


def modify(cloud: Cloud, call: Call[ModifyNetworkInterfaceAttribute], policy: Policy) -> Operation:
    """Change an ENI."""
    del policy  # nothing here is left open
    request = call.request
    yield Phase.ADMIT
    estate = admit(cloud, call)
    yield Phase.COMMIT
    require_whitelisted(estate.account, request)
    eni = find_interface(cloud, estate, request.network_interface_id)
    _require_modifiable(cloud, eni, request)
    _require_queues(cloud, eni, _queue_number(request))
    _require_traffic(cloud, eni, request.network_interface_traffic_config)
    _require_enhanced(cloud, eni, request.enhanced_network)
    if request.security_group_ids:
        groups = [find_group_for(cloud, estate, eni.vswitch, group) for group in request.security_group_ids]
        require_compatible(groups, cloud.profile)
        before = eni.security_group_ids
        move(cloud, eni, groups)
        if cloud.conditions.lag is not None:
            cloud.conditions.lag.note_groups(eni.id, before)
    _change(cloud, eni, request)
    cloud.answer(ModifyNetworkInterfaceAttributeResponse(request_id=call.draws.request_id()))
    yield Phase.RESPOND


def _queue_number(request: ModifyNetworkInterfaceAttribute) -> int | None:
    """The queues that are asked for; what NetworkInterfaceTrafficConfig says goes before, as in a create."""
    return (request.network_interface_traffic_config or _NOTHING).queue_number or request.queue_number


def _require_modifiable(cloud: Cloud, eni: NetworkInterface, request: ModifyNetworkInterfaceAttribute) -> None:
    """Ask the ENI itself.

    Raises:
        InvalidOperationEniServiceManaged: it is some cloud product's.
        InvalidOperationModifyPrimaryEniQueueNumber: the queues of a primary ENI are asked for.
        InvalidOperationPrimaryEniOnlySupportModifyNameAndDesc: something else of it that stays.
        InvalidOperationInvalidEniState: it is on its way from one state to another.
        OperationConflict: another request is changing it.
    """
    require_own(eni)
    if eni.type is EniType.PRIMARY:
        if _queue_number(request) is not None:
            raise InvalidOperationModifyPrimaryEniQueueNumber(eni=eni.id)
        for name, wire_name in _NOT_OF_PRIMARY.items():
            if getattr(request, name) not in {None, ()}:
                raise InvalidOperationPrimaryEniOnlySupportModifyNameAndDesc(eni=eni.id, parameter=wire_name)
    require_at_rest(eni)
    cloud.busy.require_free(eni_key(eni.id))


def _require_queues(cloud: Cloud, eni: NetworkInterface, number: int | None) -> None:
    """Ask whether the ENI may have so many queues where it is; a free one may have any number until it is attached.

    Raises:
        InvalidOperationNotSupportModifyQueueNumber: its instance is not stopped.
        InvalidOperationMaxEniQueueNumberExceeded: more than one ENI on the instance may have.
        InvalidOperationExceedInstanceTypeQueueNumber: more than are left of the instance's total.
    """
    if number is None or eni.instance is None:
        return
    instance = _host(cloud, eni.instance)
    if instance.status is not InstanceStatus.STOPPED:
        raise InvalidOperationNotSupportModifyQueueNumber(eni=eni.id, instance=instance.id, status=instance.status)
    require_queues_allowed(eni, instance, number, is_member=eni.type is EniType.MEMBER)


def _host(cloud: Cloud, instance_id: InstanceId) -> Instance:
    """The instance that an ENI is on, whose places stand for all that its ENIs have together."""
    instance = cloud.instances[instance_id]
    cloud.ledger.touch(instance.key, Mode.READ)
    cloud.ledger.touch(instance.slots.key, Mode.WRITE)
    return instance


def _require_traffic(cloud: Cloud, eni: NetworkInterface, asked: TrafficConfig | None) -> None:
    """Ask whether the ENI may have a traffic mode, and queues for RDMA, by itself and where it is.

    Raises:
        InvalidTrafficModeModifyToStandardNotSupported: it is HighPerformance, and stays so.
        InvalidOperationEniTrafficModeNotSupportIPv6: it has IPv6 addresses, and stays Standard.
        InvalidParameterQueuePairNumberMustEmpty: QueuePairNumber, and it is Standard.
        InvalidParameterInvalidQueuePairNumber: it is below 1.
        ApiError: the type of its instance does not allow it; see
            :func:`~cloudsim.operations.fast_network.require_rdma_allowed`.
    """
    extras, config = extras_of(eni), asked or _NOTHING
    mode = config.network_interface_traffic_mode or extras.traffic_mode
    if mode != extras.traffic_mode:
        if mode == "Standard":
            raise InvalidTrafficModeModifyToStandardNotSupported(eni=eni.id)
        ipv6 = len(extras.ipv6_addresses) + len(extras.ipv6_prefixes)
        if ipv6:
            raise InvalidOperationEniTrafficModeNotSupportIPv6(eni=eni.id, count=ipv6)
    require_pairs(config.queue_pair_number, mode)
    if asked is not None and mode == FAST and eni.instance is not None:
        require_rdma_allowed(eni, _host(cloud, eni.instance), config.queue_pair_number or extras.queue_pair_number)


def _require_enhanced(cloud: Cloud, eni: NetworkInterface, asked: EnhancedNetwork | None) -> None:
    """Ask whether the ENI may have virtual functions and RSS.

    Raises:
        InvalidOperationNotSupportModifyVFQueueNumberAndVFQuantity: it has virtual functions, and others are asked for.
        InvalidOperationTrunkAttachmentMustEmpty: virtual functions are asked for a trunk that is on an instance.
        InvalidOperationInstanceTypeNotSupportRss: RSS, and the type of its instance has none.
    """
    if asked is None:
        return
    had = extras_of(eni).enhanced or Enhanced()
    if asked.enable_sriov:
        numbers = (asked.virtual_function_quantity, asked.virtual_function_total_queue_number)
        if had.is_sriov and numbers != (had.functions, had.queues):
            raise InvalidOperationNotSupportModifyVFQueueNumberAndVFQuantity(
                eni=eni.id, had=f"{had.functions} with {had.queues} queues", asked=f"{numbers[0]} with {numbers[1]}"
            )
        if not had.is_sriov and eni.type is EniType.TRUNK and eni.instance is not None:
            raise InvalidOperationTrunkAttachmentMustEmpty(eni=eni.id, instance=eni.instance)
    if asked.enable_rss and eni.instance is not None:
        require_rss_allowed(eni, _host(cloud, eni.instance))


def _change(cloud: Cloud, eni: NetworkInterface, request: ModifyNetworkInterfaceAttribute) -> None:
    newer = _newer(eni, request)
    with cloud.changing(eni):
        eni.name = request.network_interface_name or eni.name
        eni.description = request.description or eni.description
        eni.queue_number = _queue_number(request) or eni.queue_number
        if newer:
            eni.extras = eni.with_extras(**newer)


def _newer(eni: NetworkInterface, request: ModifyNetworkInterfaceAttribute) -> dict[str, Any]:
    """The extras that are asked for."""
    config = request.network_interface_traffic_config or _NOTHING
    tracking = request.connection_tracking_configuration or ConnectionTracking()
    before = extras_of(eni)
    asked = {
        "delete_on_release": request.delete_on_release,
        "source_dest_check": request.source_dest_check,
        "rx_queue_size": config.rx_queue_size or request.rx_queue_size,
        "tx_queue_size": config.tx_queue_size or request.tx_queue_size,
        "traffic_mode": config.network_interface_traffic_mode or None,
        "queue_pair_number": config.queue_pair_number,
        "connection_tracking": (
            None if tracking == ConnectionTracking() else tracking_times(tracking, before.connection_tracking)
        ),
    }
    found: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
    if request.enhanced_network is not None:
        found["enhanced"] = enhanced_with(request.enhanced_network, before.enhanced)
    return found


def footprint(cloud: Cloud, call: Call[ModifyNetworkInterfaceAttribute], policy: Policy, phase: Phase) -> Footprint:
    """Say what a phase may touch: the ENI, the groups that it leaves and joins, and its instance for its queues."""
    del policy, phase
    request = call.request
    own = ((eni_key(EniId(request.network_interface_id or "")), Mode.WRITE),)
    eni = known_interface(cloud, call, request.network_interface_id)
    if eni is None:
        return own
    estate = cloud.estate_of(eni.vswitch)
    queues: Touches = ()
    asked = (_queue_number(request), request.network_interface_traffic_config, request.enhanced_network)
    if eni.instance is not None and any(one is not None for one in asked):
        instance = cloud.instances[eni.instance]
        queues = ((instance.key, Mode.READ), (instance.slots.key, Mode.WRITE))
    if request.security_group_ids:
        return (*move_touches(estate, eni, request.security_group_ids), *queues)
    return (*own, (estate.interfaces_key, Mode.ADD), *queues)
