"""Security groups, and who is in them.

Source: eni_api.md sections 2.5 and 2.11; the references of the nine operations.
"""

from typing import ClassVar

from msgspec import field

from cloudsim.api.requests.base import JsonList, Request, Tag


class CreateSecurityGroup(Request, frozen=True, kw_only=True, gc=False):
    """Make a security group."""

    action: ClassVar[str] = "CreateSecurityGroup"

    client_token: str | None = None
    """At most 64 ASCII characters; the same token gives the same group."""
    description: str | None = None
    """2 to 256 characters, not beginning with ``http://`` or ``https://``."""
    resource_group_id: str | None = None
    """The account's default one unless given."""
    security_group_name: str | None = None
    """2 to 128 letters, digits and marks, beginning with a letter."""
    security_group_type: str | None = None
    """``normal`` (by default) or ``enterprise``."""
    service_managed: bool | None = None
    """Whether a cloud product manages the group: nobody else may then join, leave or delete it. Not public."""
    tags: tuple[Tag, ...] | None = field(default=None, name="Tag")
    """At most 20, each key once."""
    vpc_id: str | None = None
    """Of which VPC. Without one the group is of the classic network, where the profile still has that."""


class DeleteSecurityGroup(Request, frozen=True, kw_only=True, gc=False):
    """End a security group that nobody is in."""

    action: ClassVar[str] = "DeleteSecurityGroup"

    security_group_id: str | None = None
    """Required."""


class DescribeSecurityGroups(Request, frozen=True, kw_only=True, gc=False):
    """List security groups; the filters are joined by "and"."""

    action: ClassVar[str] = "DescribeSecurityGroups"

    dry_run: bool | None = None
    """Whether to check only; what passes is refused with DryRunOperation."""
    fuzzy_query: bool | None = None
    """Whether SecurityGroupName need only be a part of the name. Not public; this meaning is our choice."""
    is_query_ecs_count: bool | None = None
    """Whether to fill in EcsCount and AvailableInstanceAmount, which are left out otherwise."""
    max_results: int | None = None
    """Of a page of the new style: 10 to 100; what is outside becomes the nearest of them."""
    network_type: str | None = None
    """``vpc`` or ``classic``."""
    next_token: str | None = None
    """From the page before; groups that come and go meanwhile move no others."""
    page_number: int | None = None
    """Of the old style; at least 1, which is the default."""
    page_size: int | None = None
    """Of the old style; 1 to 50, by default 10."""
    resource_group_id: str | None = None
    security_group_id: str | None = None
    """One that is unknown finds nothing."""
    security_group_ids: JsonList | None = None
    """At most 100; an empty list finds nothing."""
    security_group_name: str | None = None
    """The whole name; see ``fuzzy_query``."""
    security_group_type: str | None = None
    """``normal`` or ``enterprise``."""
    service_managed: bool | None = None
    """Whether a cloud product manages it."""
    tags: tuple[Tag, ...] | None = field(default=None, name="Tag")
    """At most 20, all of which a group has to have; one without a value finds every value of its key."""
    vpc_id: str | None = None


class DescribeSecurityGroupAttribute(Request, frozen=True, kw_only=True, gc=False):
    """Show one security group; its list of rules is always empty, since this cloud counts rules and has none."""

    action: ClassVar[str] = "DescribeSecurityGroupAttribute"
    without_effect: ClassVar[tuple[str, ...]] = ("Attribute", "MaxResults", "NextToken")

    security_group_id: str | None = None
    """Required."""
    direction: str | None = None
    """Of the rules to list: ``egress``, ``ingress`` or ``all`` (by default); checked, and then finds no rule."""
    nic_type: str | None = None
    """Of the rules to list: ``internet`` or ``intranet``; checked, and then finds no rule."""


class ModifySecurityGroupAttribute(Request, frozen=True, kw_only=True, gc=False):
    """Change what a security group is called; what is not given stays as it is."""

    action: ClassVar[str] = "ModifySecurityGroupAttribute"

    security_group_id: str | None = None
    """Required."""
    security_group_name: str | None = None
    """2 to 128 letters, digits and marks, beginning with a letter."""
    description: str | None = None
    """2 to 256 characters, not beginning with ``http://`` or ``https://``."""


class ModifySecurityGroupPolicy(Request, frozen=True, kw_only=True, gc=False):
    """Say whether the members of a basic security group reach each other; kept and shown, and nothing else."""

    action: ClassVar[str] = "ModifySecurityGroupPolicy"

    client_token: str | None = None
    """At most 64 ASCII characters."""
    security_group_id: str | None = None
    """Required."""
    inner_access_policy: str | None = None
    """Required: ``Accept`` or ``Drop``, in capitals or not; of an enterprise group only ``Drop``, which it has."""


class DescribeSecurityGroupReferences(Request, frozen=True, kw_only=True, gc=False):
    """List the groups whose rules name some groups: none, since this cloud counts rules and has none."""

    action: ClassVar[str] = "DescribeSecurityGroupReferences"

    security_group_ids: tuple[str, ...] | None = field(default=None, name="SecurityGroupId")
    """1 to 10, each of which has to be there."""


class JoinSecurityGroup(Request, frozen=True, kw_only=True, gc=False):
    """Put an instance's primary ENI, or a secondary ENI, in a security group."""

    action: ClassVar[str] = "JoinSecurityGroup"

    security_group_id: str | None = None
    """Required."""
    instance_id: str | None = None
    """The instance whose primary ENI is meant; this or NetworkInterfaceId."""
    network_interface_id: str | None = None
    """The secondary ENI that is meant; this or InstanceId."""


class LeaveSecurityGroup(Request, frozen=True, kw_only=True, gc=False):
    """Take an instance's primary ENI, or a secondary ENI, out of a security group."""

    action: ClassVar[str] = "LeaveSecurityGroup"

    security_group_id: str | None = None
    """Required."""
    instance_id: str | None = None
    """The instance whose primary ENI is meant; this or NetworkInterfaceId."""
    network_interface_id: str | None = None
    """The secondary ENI that is meant; this or InstanceId."""
