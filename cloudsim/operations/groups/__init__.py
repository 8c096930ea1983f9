"""Security groups: making, changing and ending them, joining and leaving them."""

from typing import Any, Final

from cloudsim.api.requests import (
    CreateSecurityGroup,
    DeleteSecurityGroup,
    DescribeSecurityGroupAttribute,
    DescribeSecurityGroupReferences,
    DescribeSecurityGroups,
    JoinSecurityGroup,
    LeaveSecurityGroup,
    ModifySecurityGroupAttribute,
    ModifySecurityGroupPolicy,
    Request,
)
from cloudsim.operations.groups import create, delete, describe, membership, modify
from cloudsim.operations.operation import OperationKind

KINDS: Final[dict[type[Request], OperationKind[Any]]] = {
    CreateSecurityGroup: OperationKind(create.create, create.footprint),
    DeleteSecurityGroup: OperationKind(delete.delete, delete.footprint),
    DescribeSecurityGroups: OperationKind(describe.describe, describe.footprint),
    DescribeSecurityGroupAttribute: OperationKind(describe.describe_attribute, describe.attribute_footprint),
    ModifySecurityGroupAttribute: OperationKind(modify.modify_attribute, modify.footprint),
    ModifySecurityGroupPolicy: OperationKind(modify.modify_policy, modify.footprint),
    DescribeSecurityGroupReferences: OperationKind(describe.describe_references, describe.references_footprint),
    JoinSecurityGroup: OperationKind(membership.join, membership.footprint),
    LeaveSecurityGroup: OperationKind(membership.leave, membership.footprint),
}
"""Which operation does which request."""
