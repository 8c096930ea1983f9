"""Typed parameters of the methods on ENIs; what each means stands at the fields of its request."""

from collections.abc import Sequence
from typing import TypedDict

from cloudsim.api.requests import ConnectionTracking, EnhancedNetwork, TrafficConfig
from cloudsim.runtime.parameters.forms import Part, Tags


class CreateNetworkInterfaceParameters(TypedDict, total=False):
    """Of create_network_interface."""

    region_id: str
    vswitch_id: str
    security_group_id: str
    security_group_ids: Sequence[str]
    primary_ip_address: str
    private_ip_addresses: Sequence[str]
    secondary_private_ip_address_count: int
    network_interface_name: str
    description: str
    tags: Tags
    resource_group_id: str
    queue_number: int
    client_token: str
    ipv4_prefixes: Sequence[str]
    ipv4_prefix_count: int
    ipv6_addresses: Sequence[str]
    ipv6_address_count: int
    ipv6_prefixes: Sequence[str]
    ipv6_prefix_count: int
    instance_type: str
    network_interface_traffic_mode: str
    queue_pair_number: int
    rx_queue_size: int
    tx_queue_size: int
    delete_on_release: bool
    source_dest_check: bool
    enable_primary_ipv6: bool
    network_interface_traffic_config: TrafficConfig | Part
    connection_tracking_configuration: ConnectionTracking | Part
    enhanced_network: EnhancedNetwork | Part
    business_type: str
    visible: bool


class DeleteNetworkInterfaceParameters(TypedDict, total=False):
    """Of delete_network_interface."""

    region_id: str
    network_interface_id: str


class DescribeNetworkInterfacesParameters(TypedDict, total=False):
    """Of describe_network_interfaces."""

    region_id: str
    vswitch_id: str
    vpc_id: str
    instance_id: str
    network_interface_ids: Sequence[str]
    primary_ip_address: str
    private_ip_addresses: Sequence[str]
    ipv6_addresses: Sequence[str]
    security_group_id: str
    network_interface_name: str
    type: str
    service_managed: bool
    status: str
    tags: Tags
    resource_group_id: str
    page_number: int
    page_size: int
    max_results: int
    next_token: str


class AttachNetworkInterfaceParameters(TypedDict, total=False):
    """Of attach_network_interface."""

    region_id: str
    instance_id: str
    network_interface_id: str
    network_card_index: int
    trunk_network_instance_id: str


class DetachNetworkInterfaceParameters(TypedDict, total=False):
    """Of detach_network_interface."""

    region_id: str
    instance_id: str
    network_interface_id: str
    trunk_network_instance_id: str


class DescribeNetworkInterfaceAttributeParameters(TypedDict, total=False):
    """Of describe_network_interface_attribute."""

    region_id: str
    network_interface_id: str


class ModifyNetworkInterfaceAttributeParameters(TypedDict, total=False):
    """Of modify_network_interface_attribute."""

    region_id: str
    network_interface_id: str
    connection_tracking_configuration: ConnectionTracking | Part
    delete_on_release: bool
    description: str
    enhanced_network: EnhancedNetwork | Part
    network_interface_name: str
    network_interface_traffic_config: TrafficConfig | Part
    queue_number: int
    rx_queue_size: int
    security_group_ids: Sequence[str]
    source_dest_check: bool
    tx_queue_size: int
