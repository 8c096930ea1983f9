"""The keys of each table, for those who write a world in Python: editors complete them, type checkers check them.

What they mean, and their defaults, stands in :mod:`~cloudsim.simulation.world.spec`; a test holds the two together.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, TypedDict


class AccessKeyKeys(TypedDict, total=False):
    """Keys of an access key."""

    id: str
    secret: str
    status: Literal["active", "disabled", "expired"]
    security_token: str | None


class UserKeys(TypedDict, total=False):
    """Keys of a RAM user."""

    name: str
    status: Literal["active", "disabled", "expired"]
    denied: Sequence[str]
    denied_tags: Sequence[str]
    access_keys: Sequence[AccessKeyKeys]


class AccountKeys(TypedDict, total=False):
    """Keys of an account, but its id."""

    owner_id: str | None
    eni_quota: int | Mapping[str, int] | None
    vcpu_quota: int | None
    launches_alone: bool
    kind: Literal["standard", "unsupported"]
    status: Literal["active", "disabled"]
    ram_supported: bool
    queue_sizes: bool
    connection_tracking: bool
    users: Sequence[UserKeys]
    access_keys: Sequence[AccessKeyKeys]
    regions_out_of_service: Sequence[str]
    default_resource_group: str | None


class RegionKeys(TypedDict, total=False):
    """Keys of a region, but its id."""

    zones: Sequence[str]
    prefixes: bool


class VpcKeys(TypedDict, total=False):
    """Keys of a VPC, but its id."""

    account: str | None
    region: str | None
    cidr: str | None
    secondary_cidrs: Sequence[str]
    ipv6_cidr: str | None
    private_addresses: int | None
    name: str
    tags: Mapping[str, str]
    resource_group: str | None


class VSwitchKeys(TypedDict, total=False):
    """Keys of a vSwitch, but its id and its block."""

    vpc: str | None
    zone: str | None
    policy: str
    prefix_policy: str | None
    cool_down: str
    used: int
    ipv6: int | str | None
    status: Literal["Available", "Pending"]
    prefix_reservations: Sequence[str]
    name: str
    tags: Mapping[str, str]
    resource_group: str | None


class SecurityGroupKeys(TypedDict, total=False):
    """Keys of a security group, but its id."""

    network: Literal["vpc", "classic"]
    vpc: str | None
    account: str | None
    region: str | None
    type: Literal["normal", "enterprise"]
    capacity: int | None
    used: int
    rules: int
    service_managed: bool
    name: str
    tags: Mapping[str, str]
    resource_group: str | None


class ResourceGroupKeys(TypedDict, total=False):
    """Keys of a resource group, but its id."""

    account: str | None


class InstanceKeys(TypedDict, total=False):
    """Keys of an instance, but its id and its type."""

    vswitch: str | None
    security_groups: Sequence[str] | None
    primary_ip: str | None
    status: Literal["Pending", "Starting", "Running", "Stopping", "Stopped"]
    name: str
    tags: Mapping[str, str]
    resource_group: str | None
    deletion_protection: bool
    count: int


class EniKeys(TypedDict, total=False):
    """Keys of an ENI, but its id."""

    vswitch: str | None
    primary_ip: str | None
    secondary_ips: Sequence[str]
    secondary_count: int
    ipv6_addresses: Sequence[str]
    ipv4_prefixes: Sequence[str]
    ipv6_prefixes: Sequence[str]
    security_groups: Sequence[str] | None
    type: Literal["Primary", "Secondary", "Trunk", "Member"]
    instance: str | None
    trunk: str | None
    status: Literal["Available", "Attaching", "InUse", "Detaching", "Deleting"] | None
    name: str
    description: str
    tags: Mapping[str, str]
    resource_group: str | None
    queue_number: int | None
    mac: str | None
    count: int


class InstanceTypeKeys(TypedDict, total=False):
    """Keys of an instance type, but its name."""

    vcpu: int | None
    memory_mib: int | None
    eni_quantity: int | None
    ipv4_per_eni: int | None
    ipv6_per_eni: int | None
    primary_queues: int | None
    secondary_queues: int | None
    max_queues_per_eni: int | None
    total_queues: int | None
    eni_total_quantity: int | None
    eni_trunk_supported: bool | None
    generation: Literal["ecs-1", "ecs-2", "ecs-3"] | None
    eri_quantity: int | None
    queue_pairs_per_eni: int | None
    total_queue_pairs: int | None
    rss_supported: bool | None
