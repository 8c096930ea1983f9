"""Rules of what is said of one ENI: attach, detach, show, modify.

What a modification says is held to the rules of a create where both say the same; where the documents give it codes or
bounds of its own, it has them: InvalidParams.NetworkInterfaceName, a Description of at most 255 characters,
InvalidParameter.InvalidEniQueueNumber.

Source: eni_api.md sections 1.1, 2.1, 2.2 and 2.5.
"""

from typing import Final

from cloudsim.api.requests import (
    AttachNetworkInterface,
    DescribeNetworkInterfaceAttribute,
    DetachNetworkInterface,
    ModifyNetworkInterfaceAttribute,
    Request,
    TrafficConfig,
)
from cloudsim.api.rules import newer
from cloudsim.api.rules.bounds import require_queues, require_range
from cloudsim.api.rules.naming import require_description, what_is_wrong
from cloudsim.api.rules.presence import needs, newer_are_known, require_few_and_different
from cloudsim.api.rules.rule import Rule
from cloudsim.errors.network import InvalidParamsNetworkInterfaceName
from cloudsim.values.profile import Profile

CARDS_MAX: Final = 255
"""The largest NetworkCardIndex; how many cards an instance has, the catalogue does not know."""


def card_is_in_range(request: AttachNetworkInterface, _profile: Profile) -> None:
    """Refuse a NetworkCardIndex below 0, or one that no instance has."""
    require_range("NetworkCardIndex", request.network_card_index, 0, CARDS_MAX)


def texts_are_well_formed(request: ModifyNetworkInterfaceAttribute, profile: Profile) -> None:
    """Refuse a malformed new name or description."""
    reason = what_is_wrong(request.network_interface_name, profile)
    if reason:
        raise InvalidParamsNetworkInterfaceName(reason=reason)
    require_description(request.description, length_max=255)


def queues_are_in_range(request: ModifyNetworkInterfaceAttribute, _profile: Profile) -> None:
    """Refuse a number of queues outside 1 to 2048."""
    config = request.network_interface_traffic_config or TrafficConfig()
    for asked in (request.queue_number, config.queue_number):
        require_queues(asked)


def traffic_is_kept(request: ModifyNetworkInterfaceAttribute, _profile: Profile) -> None:
    """Refuse modes, depths of queues, time-outs and virtual functions that are out of their documented range.

    Whether QueuePairNumber goes with the traffic mode is asked of the ENI, which may have its mode already.
    """
    config = request.network_interface_traffic_config or TrafficConfig()
    newer.require_mode(config.network_interface_traffic_mode)
    for said in (request, config):
        newer.require_queue_sizes(said.rx_queue_size, said.tx_queue_size)
    if request.connection_tracking_configuration is not None:
        newer.require_tracking(request.connection_tracking_configuration)
    if request.enhanced_network is not None:
        newer.require_enhanced(request.enhanced_network)


def groups_are_few_and_different(request: ModifyNetworkInterfaceAttribute, profile: Profile) -> None:
    """Refuse more groups than an ENI may be in, and a group that is listed twice."""
    require_few_and_different("SecurityGroupId.N", request.security_group_ids, profile)


RULES: Final[dict[type[Request], tuple[Rule, ...]]] = {
    AttachNetworkInterface: (
        needs(AttachNetworkInterface, "instance_id", "network_interface_id"),
        newer_are_known(AttachNetworkInterface, "network_card_index", "trunk_network_instance_id"),
        card_is_in_range,
    ),
    DetachNetworkInterface: (
        needs(DetachNetworkInterface, "instance_id", "network_interface_id"),
        newer_are_known(DetachNetworkInterface, "trunk_network_instance_id"),
    ),
    DescribeNetworkInterfaceAttribute: (needs(DescribeNetworkInterfaceAttribute, "network_interface_id"),),
    ModifyNetworkInterfaceAttribute: (
        needs(ModifyNetworkInterfaceAttribute, "network_interface_id"),
        newer_are_known(
            ModifyNetworkInterfaceAttribute,
            *("connection_tracking_configuration", "delete_on_release", "enhanced_network"),
            *("network_interface_traffic_config", "rx_queue_size", "source_dest_check", "tx_queue_size"),
        ),
        texts_are_well_formed,
        queues_are_in_range,
        traffic_is_kept,
        groups_are_few_and_different,
    ),
}
"""The rules of each action in the order in which they are asked."""
