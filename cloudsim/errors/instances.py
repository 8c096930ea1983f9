"""Instances: what their own operations refuse."""

from cloudsim.errors.addresses import InvalidPrivateIpAddressMalformed
from cloudsim.errors.base import ApiError
from cloudsim.errors.network import InvalidParameterSecurityGroupIdRepeated
from cloudsim.errors.queues import (
    InvalidOperationEniQueuePairNumberOverflow,
    InvalidOperationHighPerformanceEniPerInstanceLimitExceeded,
    InvalidOperationInstanceTypeNotSupportHighPerformance,
    InvalidOperationMaxEniQueuePairNumberExceed,
    InvalidParameterEniType,
)
from cloudsim.errors.sources import ATTACH_CHOSEN, INSTANCES, LAUNCH, METADATA, STOCK
from cloudsim.errors.tokens import IdempotentParameterMismatch

# -- every operation on one instance


class InvalidInstanceIdNotFound(ApiError):
    """There is no such instance."""

    code = "InvalidInstanceId.NotFound"
    http_status = 404
    form = 'The specified InstanceId "{instance}" does not exist.'
    source = INSTANCES


class ForeignInstance(InvalidInstanceIdNotFound):
    """The instance is another account's; AttachNetworkInterface and DetachNetworkInterface answer 403."""

    http_status = 403
    source = ATTACH_CHOSEN


class IncorrectInstanceStatus(ApiError):
    """The instance's status does not allow the operation."""

    code = "IncorrectInstanceStatus"
    http_status = 403
    form = (
        "The current status of the resource does not support this operation: {instance} is {status}, "
        "{expecting} is wanted."
    )
    source = INSTANCES


class InvalidOperationDeletionProtection(ApiError):
    """The instance is protected from deletion."""

    code = "InvalidOperation.DeletionProtection"
    http_status = 403
    form = "The operation is not allowed due to deletion protection: {instance}."
    source = INSTANCES


class InvalidStatusNotFound(ApiError):
    """A filter asks for a status that no instance can have."""

    code = "InvalidStatus.NotFound"
    http_status = 404
    form = 'The specified Status "{status}" does not exist.'
    source = INSTANCES


# -- RunInstances


class LaunchTokenMismatch(IdempotentParameterMismatch):
    """The token stands for another launch, as the page of RunInstances alone says it."""

    http_status = 403
    form = 'The specified clientToken is used: token "{token}" stands for other parameters.'
    source = LAUNCH


class InvalidInstanceTypeValueNotSupported(ApiError):
    """The catalogue has no such instance type."""

    code = "InvalidInstanceType.ValueNotSupported"
    http_status = 400
    form = 'The specified InstanceType "{type}" does not exist or beyond the permitted range.'
    source = LAUNCH


class InvalidInstanceNameMalformed(ApiError):
    """The instance's name is malformed."""

    code = "InvalidInstanceName.Malformed"
    http_status = 400
    form = 'The specified parameter "InstanceName" is not valid: {reason}.'
    source = LAUNCH


class InvalidDescriptionMalformed(ApiError):
    """The instance's description is malformed."""

    code = "InvalidDescription.Malformed"
    http_status = 400
    form = 'The specified parameter "Description" is not valid: {reason}.'
    source = LAUNCH


class InvalidParamAmount(ApiError):
    """The number of instances is out of range, or another parameter allows only one."""

    code = "InvalidParam.Amount"
    http_status = 403
    form = "The specified Amount {amount} is not valid: {reason}."
    source = LAUNCH


class InvalidMinAmountMalformed(ApiError):
    """The least number of instances is below one or above their number."""

    code = "InvalidMinAmount.Malformed"
    http_status = 400
    form = "The specified parameter MinAmount is not valid: asked for {min_amount} of {amount}."
    source = LAUNCH


class InvalidParamNetworkInterface(ApiError):
    """The parameters of an ENI contradict each other, or those of the instance."""

    code = "InvalidParam.NetworkInterface"
    http_status = 400
    form = "The specified NetworkInterface.{number} is not valid: {reason}."
    source = LAUNCH


class InvalidPrimaryIpAddressSizeInvalid(ApiError):
    """An address of a secondary ENI is named for more instances than one."""

    code = "InvalidPrimaryIpAddress.SizeInvalid"
    http_status = 400
    form = (
        "The NetworkInterface PrimaryIpAddress is used to create only one instance: {address} is asked for, and "
        "{amount} instances."
    )
    source = LAUNCH


class InvalidParamSecondaryNetworkInterface(ApiError):
    """Consecutive addresses are asked for, and secondary ENIs as well."""

    code = "InvalidParam.SecondaryNetworkInterface"
    http_status = 400
    form = (
        "When several instances have consecutive addresses from {address} on, no secondary NetworkInterface can be "
        "specified."
    )
    source = LAUNCH


class LaunchEniType(InvalidParameterEniType):
    """The kind of ENI is none that a launch makes."""

    form = 'The ENI type "{value}" is set incorrectly, it must be either Primary or Secondary.'
    source = LAUNCH


class InvalidSecurityGroupIdSingleIdAndMultiIdConflict(ApiError):
    """Both forms of security groups are given."""

    code = "InvalidSecurityGroupId.SingleIdAndMultiIdConflict"
    http_status = 400
    form = 'The specified "{parameter}" and "{other}" cannot be given at the same time.'
    source = LAUNCH


class LaunchSecurityGroupIdRepeated(InvalidParameterSecurityGroupIdRepeated):
    """One security group is listed twice; RunInstances answers 400 where others answer 404."""

    http_status = 400
    source = LAUNCH


class InvalidSecurityGroupId(ApiError):
    """There is no such security group."""

    code = "InvalidSecurityGroupId"
    http_status = 404
    form = 'The specified SecurityGroupId is invalid or does not exist: "{group}".'
    source = INSTANCES


class InvalidParameterMismatch(ApiError):
    """Security group and vSwitch are in different VPCs."""

    code = "InvalidParameter.Mismatch"
    http_status = 400
    form = (
        "Specified security group and virtual switch are not in the same VPC: {group} is in {group_vpc}, {vswitch} in "
        "{vpc}."
    )
    source = INSTANCES


class LaunchZoneMismatch(InvalidParameterMismatch):
    """The vSwitch is in another zone than the one that is named."""

    form = "Specified virtual switch is not in the specified zone: {vswitch} is in {zone}, {asked} is named."
    source = LAUNCH


class InvalidPrivateIpAddress(ApiError):
    """An address is outside the block of the vSwitch, or reserved in it."""

    code = "InvalidPrivateIpAddress"
    http_status = 400
    form = "Specified private IP address is not in the CIDR block of virtual switch: {address}, {reason}."
    source = INSTANCES


class LaunchAddressMalformed(InvalidPrivateIpAddressMalformed):
    """An address is no IPv4 address; RunInstances answers 400 where UnassignPrivateIpAddresses answers 403."""

    http_status = 400
    source = INSTANCES


class OperationDeniedNoStock(ApiError):
    """The zone has no more instances of the type."""

    code = "OperationDenied.NoStock"
    http_status = 403
    form = "The requested resource is sold out in the specified zone: {type} in {zone}."
    source = STOCK


class QuotaExceedElasticQuota(ApiError):
    """The account has as many vCPUs in the region as it may have."""

    code = "QuotaExceed.ElasticQuota"
    http_status = 403
    form = (
        "No additional quota is available for the specified ECS instance type: account {account} has {used} of {limit} "
        "vCPUs in {region}, asked for {asked} more."
    )
    source = STOCK


class OperationDeniedCreatingConflict(ApiError):
    """Another launch of the account is under way, and it may have one at a time only."""

    code = "OperationDenied.CreatingConflict"
    http_status = 404
    form = "Another Instance has been creating: account {account} may make instances by one call at a time in {region}."
    source = STOCK


class InvalidOperationInstanceTypeNotSupportHighPerformanceTrafficMode(ApiError):
    """The type has no RDMA: what RunInstances says for InvalidOperation.InstanceTypeNotSupportHighPerformance."""

    code = "InvalidOperation.InstanceTypeNotSupportHighPerformanceTrafficMode"
    http_status = 403
    form = InvalidOperationInstanceTypeNotSupportHighPerformance.form
    source = METADATA


class LaunchHighPerformanceLimit(InvalidOperationHighPerformanceEniPerInstanceLimitExceeded):
    """Too many HighPerformance ENIs on one instance; RunInstances answers 403 where others answer 400."""

    http_status = 403
    source = METADATA


class LaunchQueuePairNumber(InvalidOperationMaxEniQueuePairNumberExceed):
    """Too many queues for RDMA of one ENI; RunInstances answers 403 likewise."""

    http_status = 403
    source = METADATA


class LaunchQueuePairOverflow(InvalidOperationEniQueuePairNumberOverflow):
    """Too many queues for RDMA of one instance; RunInstances answers 403 likewise."""

    http_status = 403
    source = METADATA
