"""Typed parameters of the methods on security groups; what each means stands at the fields of its request."""

from collections.abc import Sequence
from typing import TypedDict

from cloudsim.runtime.parameters.forms import Tags


class CreateSecurityGroupParameters(TypedDict, total=False):
    """Of create_security_group."""

    region_id: str
    client_token: str
    description: str
    resource_group_id: str
    security_group_name: str
    security_group_type: str
    service_managed: bool
    tags: Tags
    vpc_id: str


class DeleteSecurityGroupParameters(TypedDict, total=False):
    """Of delete_security_group."""

    region_id: str
    security_group_id: str


class DescribeSecurityGroupsParameters(TypedDict, total=False):
    """Of describe_security_groups."""

    region_id: str
    dry_run: bool
    fuzzy_query: bool
    is_query_ecs_count: bool
    max_results: int
    network_type: str
    next_token: str
    page_number: int
    page_size: int
    resource_group_id: str
    security_group_id: str
    security_group_ids: Sequence[str]
    security_group_name: str
    security_group_type: str
    service_managed: bool
    tags: Tags
    vpc_id: str


class DescribeSecurityGroupAttributeParameters(TypedDict, total=False):
    """Of describe_security_group_attribute."""

    region_id: str
    security_group_id: str
    direction: str
    nic_type: str


class ModifySecurityGroupAttributeParameters(TypedDict, total=False):
    """Of modify_security_group_attribute."""

    region_id: str
    security_group_id: str
    security_group_name: str
    description: str


class ModifySecurityGroupPolicyParameters(TypedDict, total=False):
    """Of modify_security_group_policy."""

    region_id: str
    client_token: str
    security_group_id: str
    inner_access_policy: str


class DescribeSecurityGroupReferencesParameters(TypedDict, total=False):
    """Of describe_security_group_references."""

    region_id: str
    security_group_ids: Sequence[str]


class JoinSecurityGroupParameters(TypedDict, total=False):
    """Of join_security_group."""

    region_id: str
    security_group_id: str
    instance_id: str
    network_interface_id: str


class LeaveSecurityGroupParameters(TypedDict, total=False):
    """Of leave_security_group."""

    region_id: str
    security_group_id: str
    instance_id: str
    network_interface_id: str
