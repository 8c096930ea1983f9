"""Typed parameters of the methods on instances and their types; what each means stands at the fields of its request."""

from collections.abc import Sequence
from typing import TypedDict

from cloudsim.api.requests import InstanceInterface
from cloudsim.runtime.parameters.forms import Part, Tags


class RunInstancesParameters(TypedDict, total=False):
    """Of run_instances."""

    region_id: str
    instance_type: str
    amount: int
    min_amount: int
    image_id: str
    vswitch_id: str
    zone_id: str
    security_group_id: str
    security_group_ids: Sequence[str]
    private_ip_address: str
    instance_name: str
    description: str
    host_name: str
    ipv6_addresses: Sequence[str]
    ipv6_address_count: int
    network_interfaces: Sequence[InstanceInterface | Part]
    network_interface_queue_number: int
    deletion_protection: bool
    resource_group_id: str
    tags: Tags
    dry_run: bool
    client_token: str


class StartInstanceParameters(TypedDict, total=False):
    """Of start_instance."""

    region_id: str
    instance_id: str
    dry_run: bool


class StopInstanceParameters(TypedDict, total=False):
    """Of stop_instance."""

    region_id: str
    instance_id: str
    stopped_mode: str
    dry_run: bool


class DeleteInstanceParameters(TypedDict, total=False):
    """Of delete_instance."""

    region_id: str
    instance_id: str
    force: bool
    dry_run: bool


class DescribeInstancesParameters(TypedDict, total=False):
    """Of describe_instances."""

    region_id: str
    instance_ids: Sequence[str]
    instance_name: str
    image_id: str
    instance_type: str
    instance_type_family: str
    instance_network_type: str
    vpc_id: str
    vswitch_id: str
    zone_id: str
    security_group_id: str
    status: str
    private_ip_addresses: Sequence[str]
    ipv6_addresses: Sequence[str]
    resource_group_id: str
    tags: Tags
    page_number: int
    page_size: int
    max_results: int
    next_token: str
    dry_run: bool


class DescribeInstanceStatusParameters(TypedDict, total=False):
    """Of describe_instance_status."""

    region_id: str
    instance_ids: Sequence[str]
    zone_id: str
    page_number: int
    page_size: int


class DescribeInstanceTypesParameters(TypedDict, total=False):
    """Of describe_instance_types."""

    region_id: str
    instance_types: Sequence[str]
    instance_type_family: str
    instance_type_families: Sequence[str]
    minimum_cpu_core_count: int
    maximum_cpu_core_count: int
    minimum_memory_size: float
    maximum_memory_size: float
    minimum_eni_quantity: int
    minimum_eni_private_ip_address_quantity: int
    minimum_eni_ipv6_address_quantity: int
    minimum_primary_eni_queue_number: int
    minimum_secondary_eni_queue_number: int
    max_results: int
    next_token: str
