"""Security groups: what their own operations refuse.

Joining and leaving have codes of their own for what other operations on ENIs refuse under another name, and ask
differently for an instance and for an ENI.
"""

from cloudsim.errors.base import ApiError
from cloudsim.errors.network import InvalidOperationConflict, InvalidOperationMultiGroupType
from cloudsim.errors.sources import GROUPS
from cloudsim.errors.tagging import MissingParameterRegionId
from cloudsim.errors.vpc import DependencyViolation, InvalidVpcIdNotFound

# -- making and ending groups


class QuotaExceedSecurityGroup(ApiError):
    """The account has as many security groups in the region as it may have."""

    code = "QuotaExceed.SecurityGroup"
    http_status = 403
    form = (
        "The maximum number of security groups is reached: account {account} has {used} of {limit} in {region}, "
        "asked for {asked} more."
    )
    source = GROUPS


class InvalidSecurityGroupNameMalformed(ApiError):
    """A security group's name is malformed."""

    code = "InvalidSecurityGroupName.Malformed"
    http_status = 400
    form = "Specified security group name is not valid: {reason}."
    source = GROUPS


class InvalidSecurityGroupDiscriptionMalformed(ApiError):
    """A security group's description is malformed; the code really is spelled so."""

    code = "InvalidSecurityGroupDiscription.Malformed"
    http_status = 400
    form = "Specified security group description is not valid: {reason}."
    source = GROUPS


class VpcIdMissing(InvalidVpcIdNotFound):
    """A security group without a VPC is asked for where there is no classic network any more."""

    http_status = 403
    form = "vpc id must not empty when only support vpc vm: account {account}."
    source = GROUPS


class GroupDependencyViolation(DependencyViolation):
    """A security group has members, or a request in flight stands on it."""

    http_status = 403
    form = "There is still instance(s) in the specified security group: {group}, {reason}."
    source = GROUPS


class InvalidNicTypeValueNotSupported(ApiError):
    """A type of network cards is asked for that there is not."""

    code = "InvalidNicType.ValueNotSupported"
    http_status = 400
    form = 'The specified NicType does not exist: "{value}".'
    source = GROUPS


# -- joining and leaving


class GroupsMissingParameterRegionId(MissingParameterRegionId):
    """Joining or leaving lacks its region."""

    http_status = 400
    form = "The specified RegionId should not be null."
    source = GROUPS


class InvalidParamEniIdAndInstanceIdConflict(ApiError):
    """Both an instance and an ENI are named."""

    code = "InvalidParam.EniIdAndInstanceId.Conflict"
    http_status = 403
    form = "The specified InstanceId {instance} and NetworkInterfaceId {eni} cannot be given at the same time."
    source = GROUPS


class InvalidInstanceIdAlreadyExists(ApiError):
    """The instance, or the ENI, is in the security group already."""

    code = "InvalidInstanceId.AlreadyExists"
    http_status = 403
    form = "The specified instance already exists in the specified security group: {member} is in {group}."
    source = GROUPS


class InvalidInstanceIdMismatch(ApiError):
    """Instance and security group are in different networks."""

    code = "InvalidInstanceId.Mismatch"
    http_status = 400
    form = (
        "Specified instance and security group are not in the same VPC: {instance} is in {vpc}, group {group} in "
        "{group_vpc}."
    )
    source = GROUPS


class InstanceSecurityGroupLimitExceeded(ApiError):
    """The instance, or the ENI, is in as many security groups as it may be."""

    code = "InstanceSecurityGroupLimitExceeded"
    http_status = 400
    form = (
        "Exceeding the allowed amount of security groups that an instance can be in: asked for {asked}, the maximum "
        "is {limit}."
    )
    source = GROUPS


class SecurityGroupInstanceLimitExceeded(ApiError):
    """The security group has no room: SecurityGroupInstanceLimitExceed, as JoinSecurityGroup spells it."""

    code = "SecurityGroupInstanceLimitExceeded"
    http_status = 403
    form = (
        "The maximum number of instances in a security group is exceeded: {group} holds {used} of {limit}, asked for "
        "{asked} more."
    )
    source = GROUPS


class InvalidOperationNetworkInterfaceCountExceeded(ApiError):
    """The enterprise security group has no room: InvalidOperation.EniCountExceeded, as JoinSecurityGroup has it."""

    code = "InvalidOperation.NetworkInterfaceCountExceeded"
    http_status = 403
    form = (
        "The maximum number of NetworkInterface in a enterprise level security group is exceeded: {group} holds "
        "{used} of {limit}, asked for {asked} more."
    )
    source = GROUPS


class JoinedMultiGroupType(InvalidOperationMultiGroupType):
    """Joining would mix basic and enterprise security groups."""

    http_status = 400
    source = GROUPS


class GroupsInvalidOperationConflict(InvalidOperationConflict):
    """Another request is changing the ENI that would join or leave."""

    http_status = 409
    form = "Request was denied due to conflict with a previous request, please try again later: {eni}."
    source = GROUPS
    try_later = True


class InstanceNotInSecurityGroup(ApiError):
    """The instance is not in the security group that it shall leave."""

    code = "InstanceNotInSecurityGroup"
    http_status = 403
    form = "The instance not in the group: {member} is not in {group}."
    source = GROUPS


class InvalidSecurityGroupAssociationNotFound(ApiError):
    """The ENI is not in the security group that it shall leave."""

    code = "InvalidSecurityGroupAssociation.NotFound"
    http_status = 400
    form = "The association is not found: {member} is not in {group}."
    source = GROUPS


class InstanceLastSecurityGroup(ApiError):
    """The instance is in no other security group, and has to be in one."""

    code = "InstanceLastSecurityGroup"
    http_status = 403
    form = "The specified security group is the last security group for the instance: {member} is in {group} alone."
    source = GROUPS


class InvalidOperationAtLeastInOneGroup(ApiError):
    """The ENI is in no other security group, and has to be in one."""

    code = "InvalidOperation.AtLeastInOneGroup"
    http_status = 403
    form = "The resource has to be in at least one security group: {member} is in {group} alone."
    source = GROUPS
