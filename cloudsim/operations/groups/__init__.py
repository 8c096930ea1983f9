"""Security groups: making and ending them, joining and leaving them."""

from typing import Any, Final

from cloudsim.api.requests import (
    CreateSecurityGroup,
    DeleteSecurityGroup,
    DescribeSecurityGroupAttribute,
    DescribeSecurityGroups,
    JoinSecurityGroup,
    LeaveSecurityGroup,
    Request,
)
from cloudsim.operations.groups import create, delete, describe, membership
from cloudsim.operations.operation import OperationKind

KINDS: Final[dict[type[Request], OperationKind[Any]]] = {
    CreateSecurityGroup: OperationKind(create.create, create.footprint),
    DeleteSecurityGroup: OperationKind(delete.delete, delete.footprint),
    DescribeSecurityGroups: OperationKind(describe.describe, describe.footprint),
    DescribeSecurityGroupAttribute: OperationKind(describe.describe_attribute, describe.attribute_footprint),
    JoinSecurityGroup: OperationKind(membership.join, membership.footprint),
    LeaveSecurityGroup: OperationKind(membership.leave, membership.footprint),
}
"""Which operation does which request."""
