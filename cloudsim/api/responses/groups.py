"""Answers of the operations on security groups.

Source: eni_api.md section 2.11; DescribeSecurityGroups and DescribeSecurityGroupAttribute references.
"""

from typing import ClassVar

from msgspec import field

from cloudsim.api.responses.base import Answer, Shape, TagPair


class SecurityGroupItem(Shape, frozen=True, kw_only=True, gc=False):
    """A security group in a list."""

    security_group_id: str
    security_group_name: str
    description: str
    vpc_id: str
    """Empty for a group of the classic network."""
    security_group_type: str
    creation_time: str
    resource_group_id: str
    rule_count: int
    group_to_group_rule_count: int = 0
    """How many of its rules name other groups; none do here."""
    service_managed: bool
    ecs_count: int | None = None
    """How many instances are in it; only with IsQueryEcsCount."""
    available_instance_amount: int | None = None
    """For how many more addresses, or ENIs, it has room; only with IsQueryEcsCount."""
    tags: tuple[TagPair, ...] = field(default=(), name="Tags.Tag")


class CreateSecurityGroupResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of CreateSecurityGroup."""

    action: ClassVar[str] = "CreateSecurityGroup"

    security_group_id: str


class DeleteSecurityGroupResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of DeleteSecurityGroup."""

    action: ClassVar[str] = "DeleteSecurityGroup"


class DescribeSecurityGroupsResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of DescribeSecurityGroups."""

    action: ClassVar[str] = "DescribeSecurityGroups"

    region_id: str
    security_groups: tuple[SecurityGroupItem, ...] = field(name="SecurityGroups.SecurityGroup")
    total_count: int
    page_number: int
    page_size: int
    next_token: str


class DescribeSecurityGroupAttributeResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of DescribeSecurityGroupAttribute."""

    action: ClassVar[str] = "DescribeSecurityGroupAttribute"

    region_id: str
    security_group_id: str
    security_group_name: str
    description: str
    vpc_id: str | None = None
    """None for a group of the classic network."""
    inner_access_policy: str
    """``Accept`` where members reach each other, ``Drop`` where they do not, as in every enterprise group."""
    permissions: tuple[Shape, ...] = field(default=(), name="Permissions.Permission")
    """Always empty: this cloud counts rules (RuleCount of DescribeSecurityGroups) and has none."""
    snapshot_policy_ids: tuple[str, ...] = field(default=(), name="SnapshotPolicyIds.SnapshotPolicyId")
    next_token: str = ""


class ModifySecurityGroupAttributeResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of ModifySecurityGroupAttribute."""

    action: ClassVar[str] = "ModifySecurityGroupAttribute"


class ModifySecurityGroupPolicyResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of ModifySecurityGroupPolicy."""

    action: ClassVar[str] = "ModifySecurityGroupPolicy"


class DescribeSecurityGroupReferencesResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of DescribeSecurityGroupReferences."""

    action: ClassVar[str] = "DescribeSecurityGroupReferences"

    security_group_references: tuple[Shape, ...] = field(
        default=(), name="SecurityGroupReferences.SecurityGroupReference"
    )
    """Always empty: this cloud counts rules and has none, so none names another group."""


class JoinSecurityGroupResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of JoinSecurityGroup."""

    action: ClassVar[str] = "JoinSecurityGroup"


class LeaveSecurityGroupResponse(Answer, frozen=True, kw_only=True, gc=False):
    """Answer of LeaveSecurityGroup."""

    action: ClassVar[str] = "LeaveSecurityGroup"
