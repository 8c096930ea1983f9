"""What the operations on security groups refuse.

Source: eni_api.md sections 2.5 and 2.11; the references of the nine operations, error codes.
"""

from typing import Final

from cloudsim.errors import groups, instances, network, parameters, quota, tags, tokens, vpc
from cloudsim.errors.table.rows import CodeRow, rows_of

ROWS: Final[tuple[CodeRow, ...]] = (
    *rows_of(
        "CreateSecurityGroup",
        "ADMIT",
        (groups.InvalidSecurityGroupNameMalformed, "a malformed name"),
        (groups.InvalidSecurityGroupDiscriptionMalformed, "a malformed description"),
        (parameters.InvalidParameter, "a type other than normal and enterprise"),
        (tokens.InvalidClientTokenValueNotSupported, "a ClientToken longer than 64 characters or beyond ASCII"),
        (tags.QuotaExceedTags, "more than 20 tags"),
        (tags.InvalidTagKeyMalformed, "a malformed tag key"),
        (tags.InvalidTagValueMalformed, "a malformed tag value"),
        (tags.DuplicateTagKey, "a tag key twice"),
    ),
    *(
        row
        for operation in ("CreateSecurityGroup", "ModifySecurityGroupPolicy")
        for row in rows_of(
            operation,
            "CLAIM_TOKEN",
            (tokens.IdempotentParameterMismatch, "a ClientToken that stands for other parameters"),
            (tokens.IdempotentProcessing, "a ClientToken whose call still runs"),
            (tokens.LastTokenProcessing, "likewise, if policy.token_in_use is last-token-processing"),
            (tokens.IdempotentFailed, "a ClientToken whose call ended without an answer"),
        )
    ),
    *rows_of(
        "CreateSecurityGroup",
        "COMMIT",
        (vpc.InvalidVpcIdNotFound, "a VPC that the account does not have in the region"),
        (groups.VpcIdMissing, "no VPC, under a profile without classic network"),
        (vpc.IncorrectVpcStatus, "a VPC that is not Available yet"),
        (network.InvalidResourceGroupNotFound, "a resource group that the account does not have"),
        (groups.QuotaExceedSecurityGroup, "one more group than the account may have in the region"),
    ),
    *rows_of(
        "DeleteSecurityGroup",
        "COMMIT",
        (network.InvalidSecurityGroupIdNotFound, "a group that the account does not have in the region"),
        (network.InvalidOperationResourceManagedByCloudProduct, "a group that a cloud product manages"),
        (groups.GroupDependencyViolation, "a group that somebody is in, or is about to be in"),
    ),
    *rows_of(
        "DescribeSecurityGroups",
        "ADMIT",
        (parameters.InvalidParameter, "a list or a page out of its range; a NextToken of no answer comes in READ"),
        (tags.InvalidTagKeyMalformed, "a tag without a key"),
    ),
    *rows_of("DescribeSecurityGroups", "READ", (parameters.DryRunOperation, "a dry run that passes every check")),
    *rows_of(
        "DescribeSecurityGroupAttribute",
        "ADMIT",
        (groups.InvalidNicTypeValueNotSupported, "a NicType other than internet and intranet"),
        (parameters.InvalidParameter, "a Direction other than egress, ingress and all"),
    ),
    *rows_of(
        "DescribeSecurityGroupAttribute",
        "READ",
        (network.InvalidSecurityGroupIdNotFound, "a group that the account does not have in the region"),
    ),
    *rows_of(
        "ModifySecurityGroupAttribute",
        "ADMIT",
        (groups.InvalidSecurityGroupNameMalformed, "a malformed name"),
        (groups.InvalidSecurityGroupDiscriptionMalformed, "a malformed description"),
    ),
    *rows_of(
        "ModifySecurityGroupPolicy",
        "ADMIT",
        (tokens.InvalidClientTokenValueNotSupported, "a ClientToken longer than 64 characters or beyond ASCII"),
        (
            parameters.InvalidParameter,
            "a policy other than Accept and Drop; Accept for an enterprise group comes in COMMIT",
        ),
    ),
    *(
        row
        for operation in ("ModifySecurityGroupAttribute", "ModifySecurityGroupPolicy")
        for row in rows_of(
            operation,
            "COMMIT",
            (network.InvalidSecurityGroupIdNotFound, "a group that the account does not have in the region"),
            (network.InvalidOperationResourceManagedByCloudProduct, "a group that a cloud product manages"),
        )
    ),
    *rows_of(
        "DescribeSecurityGroupReferences",
        "ADMIT",
        (parameters.InvalidParameter, "more than 10 groups"),
    ),
    *rows_of(
        "DescribeSecurityGroupReferences",
        "READ",
        (network.InvalidSecurityGroupIdNotFound, "a group that the account does not have in the region"),
    ),
    *(
        row
        for operation in ("JoinSecurityGroup", "LeaveSecurityGroup")
        for row in (
            *rows_of(
                operation,
                "ADMIT",
                (groups.GroupsMissingParameterRegionId, "no RegionId"),
                (parameters.MissingParameter, "neither InstanceId nor NetworkInterfaceId"),
                (groups.InvalidParamEniIdAndInstanceIdConflict, "both InstanceId and NetworkInterfaceId"),
            ),
            *rows_of(
                operation,
                "COMMIT",
                (instances.InvalidInstanceIdNotFound, "an instance that the account does not have in the region"),
                (instances.IncorrectInstanceStatus, "an instance that is neither running nor stopped"),
                (network.InvalidEniIdNotFound, "an ENI that the account does not have in the region"),
                (network.InvalidOperationInvalidEniType, "a primary ENI, which only its instance stands for"),
                (network.InvalidOperationEniServiceManaged, "an ENI that a cloud product manages"),
                (network.InvalidOperationInvalidEniState, "an ENI that is neither Available nor InUse"),
                (groups.GroupsInvalidOperationConflict, "an ENI that another request is changing"),
                (network.InvalidSecurityGroupIdNotFound, "a group that the account does not have in the region"),
                (network.InvalidOperationResourceManagedByCloudProduct, "a group that a cloud product manages"),
            ),
        )
    ),
    *rows_of(
        "JoinSecurityGroup",
        "COMMIT",
        (groups.InvalidInstanceIdMismatch, "an instance and a group of another VPC, or of the classic network"),
        (network.InvalidOperationVpcMismatch, "an ENI and a group of another VPC, or of the classic network"),
        (groups.InvalidInstanceIdAlreadyExists, "a group that the ENI is in already"),
        (groups.InstanceSecurityGroupLimitExceeded, "one more group than an ENI may be in"),
        (groups.JoinedMultiGroupType, "basic and enterprise groups together"),
        (quota.AclLimitExceed, "groups that have too many rules together"),
        (groups.SecurityGroupInstanceLimitExceeded, "a group without room for the ENI's addresses"),
        (groups.InvalidOperationNetworkInterfaceCountExceeded, "an enterprise group without room for one more ENI"),
    ),
    *rows_of(
        "LeaveSecurityGroup",
        "COMMIT",
        (groups.InstanceNotInSecurityGroup, "a group that the instance is not in"),
        (groups.InvalidSecurityGroupAssociationNotFound, "a group that the ENI is not in"),
        (groups.InstanceLastSecurityGroup, "the only group of the instance"),
        (groups.InvalidOperationAtLeastInOneGroup, "the only group of the ENI"),
    ),
)
"""Every row."""
