"""Profiles: the numbers and parameters that the documents changed over the years.

``classic`` is the CreateNetworkInterface reference of about 2020, with its own numbers. ``current`` adds what SDKs and
help pages of 2025 and 2026 say. A world names one; single numbers of it can be set apart.

Source: CreateNetworkInterface reference (classic); eni_api.md sections 1, 2 and 6 (current, each fact with its mark).
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the age of the documents decides."""

    name: str
    newer_parameters: bool
    """Whether CreateNetworkInterface knows prefixes, IPv6, traffic modes and the rest; if not: UnsupportedParameter."""
    eni_quota: int
    """ENIs that an account may have in a region, unless the account says otherwise."""
    listed_addresses_max: int
    """How many PrivateIpAddress.N one create may list."""
    secondary_count_max: int
    """The largest SecondaryPrivateIpAddressCount."""
    addresses_per_eni_max: int
    """Private IPv4 addresses of an ENI that is not on an instance, the primary one and prefixes included."""
    groups_per_eni_max: int
    """Security groups that an ENI may be in."""
    basic_group_capacity: int
    """Private addresses in a basic security group."""
    enterprise_group_capacity: int
    """Addresses (classic) or ENIs (current) in an enterprise security group."""
    enterprise_counts_enis: bool
    vpc_prefix_min: int
    """The shortest prefix of a VPC's block. The CreateVpc reference of today advises /16 to /28 and tells of no bound;
    that of the alicloud_vpc resource of Terraform (2025) has /8 to /28, with 10.0.0.0/8 as its example."""
    name_allows_dots: bool
    delete_is_asynchronous: bool
    """Whether a deleted ENI is Deleting for a while after the answer (since about 2023)."""
    source_of_numbers: str
    primary_enis_count: bool = False
    """Whether an instance's primary ENI takes a place of the account's ENI quota; nothing published says so."""
    tags_per_request_max: int = 20
    ipv6_per_eni_max: int = 10
    prefixes_per_request_max: int = 10
    assigned_addresses_max: int = 32
    """How many PrivateIpAddress.N one assign or unassign may list."""
    addresses_per_eni_ever: int = 50
    """Private IPv4 addresses and prefixes of any one ENI, its primary address included, on whatever instance."""
    rules_per_eni_max: int = 1_000
    """Rules of all security groups of one ENI together."""
    addresses_per_vpc_max: int = 60_000
    """Private IPv4 addresses in use in one VPC."""
    vswitches_per_vpc_max: int = 150
    vpcs_per_region_max: int = 10
    """Of one account; the figure is that of the quota page's sample, since the reference gives none."""
    security_groups_per_region_max: int = 100
    reservations_per_vswitch_max: int = 10
    """Blocks set aside for prefixes, of each family."""
    tags_per_resource_max: int = 20
    ids_per_tag_call_max: int = 50
    instances_per_run_max: int = 100
    has_classic_network: bool = True
    """Whether a security group can still be made without a VPC; accounts of today have VPCs only."""


CLASSIC: Final = Profile(
    name="classic",
    newer_parameters=False,
    eni_quota=100,
    listed_addresses_max=10,
    secondary_count_max=10,
    addresses_per_eni_max=11,
    groups_per_eni_max=5,
    basic_group_capacity=2_000,
    enterprise_group_capacity=65_536,
    enterprise_counts_enis=False,
    vpc_prefix_min=8,
    name_allows_dots=False,
    delete_is_asynchronous=False,
    assigned_addresses_max=10,
    source_of_numbers="CreateNetworkInterface reference, about 2020; group figures: limits page of 2021",
)

CURRENT: Final = Profile(
    name="current",
    newer_parameters=True,
    # The formula is not public; 5000 is the DescribeAccountAttributes sample.
    eni_quota=5_000,
    listed_addresses_max=10,
    secondary_count_max=49,
    addresses_per_eni_max=50,
    groups_per_eni_max=10,
    basic_group_capacity=6_000,
    enterprise_group_capacity=65_536,
    enterprise_counts_enis=True,
    vpc_prefix_min=8,
    name_allows_dots=True,
    delete_is_asynchronous=True,
    has_classic_network=False,
    source_of_numbers="SDK 7.11 and help pages of 2025-26",
)

PROFILES: Final[dict[str, Profile]] = {profile.name: profile for profile in (CLASSIC, CURRENT)}
