"""What the operations on instances refuse."""

from typing import Final

from cloudsim.errors import addresses, network, parameters, queues, quota, service, tags, tokens
from cloudsim.errors import instances as own
from cloudsim.errors.table.rows import CodeRow, rows_of

_RULES: Final = (
    (own.InvalidParamAmount, "an Amount of 0 or above 100, or above 1 with Ipv6Address.N or an ENI that exists"),
    (own.InvalidMinAmountMalformed, "a MinAmount of 0, or above Amount"),
    (own.InvalidInstanceNameMalformed, "an InstanceName that is too short, too long, or begins with no letter"),
    (own.InvalidDescriptionMalformed, "a Description that is too short, too long, or begins like a link"),
    (parameters.InvalidParameter, "a name or description of an ENI, a count or queue number out of form or range"),
    (parameters.InvalidParameterConflict, "Ipv6Address.N and Ipv6AddressCount"),
    (own.LaunchEniType, "NetworkInterface.N of a type that is neither Primary nor Secondary"),
    (queues.InvalidParameterEniTrafficMode, "an unknown traffic mode"),
    (queues.InvalidParameterQueuePairNumberMustEmpty, "queue pairs in Standard traffic mode"),
    (queues.InvalidParameterInvalidQueuePairNumber, "no queue pairs in HighPerformance traffic mode"),
    (queues.InvalidParameterEniQueueSize, "depths of queues that differ, or are none of the two"),
    (own.InvalidParamNetworkInterface, "two primary ENIs, flat parameters beside one, or IPv6 on a secondary one"),
    (tokens.InvalidClientTokenValueNotSupported, "a token of more than 64 characters, or beyond ASCII"),
    (own.InvalidSecurityGroupIdSingleIdAndMultiIdConflict, "both forms of security groups"),
    (quota.JoinedGroupLimitExceed, "more security groups than an ENI may be in"),
    (own.LaunchSecurityGroupIdRepeated, "a security group twice"),
    (tags.QuotaExceedTags, "more than 20 tags"),
    (tags.InvalidTagKeyMalformed, "a tag key that is empty, too long, reserved or a link"),
    (tags.InvalidTagValueMalformed, "a tag value that is too long, reserved or a link"),
    (tags.DuplicateTagKey, "a tag key twice"),
    (own.LaunchAddressMalformed, "a private address that is none"),
    (addresses.InvalidIpAddress, "an IPv6 address that is none"),
    (addresses.InvalidIpIpRepeated, "an IPv6 address twice"),
    (quota.MaxEniIpv6IpsCountExceeded, "more IPv6 addresses than an ENI may carry"),
    (own.InvalidPrimaryIpAddressSizeInvalid, "an address of a secondary ENI, for more instances than one"),
    (own.InvalidParamSecondaryNetworkInterface, "consecutive addresses, and secondary ENIs"),
)

_SITE: Final = (
    (own.InvalidInstanceTypeValueNotSupported, "an instance type that the catalogue lacks"),
    (network.InvalidVSwitchIdNotFound, "a vSwitch that the account does not have in the region"),
    (network.IncorrectVSwitchStatus, "a vSwitch that is being changed"),
    (service.ServiceUnavailable, "a zone that is out"),
    (own.InvalidSecurityGroupId, "a security group that the account does not have in the region"),
    (network.InvalidSecurityGroupIdNotVpc, "a classic-network security group"),
    (own.OperationDeniedNoStock, "a zone that has no more of the type"),
    (own.OperationDeniedCreatingConflict, "another launch under way, of an account that may make one at a time"),
    (own.InvalidParameterMismatch, "a security group of another VPC, or a ZoneId that is not the vSwitch's"),
    (network.InvalidOperationMultiGroupType, "basic and enterprise security groups together"),
    (quota.AclLimitExceed, "security groups with too many rules together"),
    (network.InvalidOperationResourceManagedByCloudProduct, "a security group of a cloud product"),
    (network.InvalidEniIdNotFound, "an ENI to attach that the account does not have in the region"),
    (network.InvalidParamsEniId, "an ENI to attach whose id is none"),
    (network.InvalidOperationInvalidEniType, "a primary or trunk ENI to attach"),
    (network.InvalidOperationEniServiceManaged, "a cloud product's ENI to attach"),
    (network.InvalidOperationInvalidEniState, "an ENI to attach that is not Available"),
    (network.OperationConflict, "an ENI to attach whose addresses are being changed"),
    (network.InstanceVpcMismatch, "an ENI to attach of another VPC"),
    (network.InvalidOperationAvailabilityZoneMismatch, "an ENI to attach of another zone"),
    (quota.EniPerInstanceLimitExceeded, "more ENIs than the type allows"),
    (network.InvalidResourceGroupNotFound, "a resource group that the account does not have"),
)

_LAUNCH: Final = (
    *rows_of("RunInstances", "ADMIT", *_RULES),
    *rows_of(
        "RunInstances",
        "CLAIM_TOKEN",
        (own.LaunchTokenMismatch, "a token that stands for other parameters"),
        (tokens.IdempotentProcessing, "a token whose first call still runs"),
        (tokens.LastTokenProcessing, "likewise, if policy.token_in_use is last-token-processing"),
        (tokens.IdempotentFailed, "a token whose first call ended without an answer"),
    ),
    *rows_of("RunInstances", "RESOLVE", *_SITE),
    *rows_of(
        "RunInstances",
        "RESERVE_QUOTA",
        (own.QuotaExceedElasticQuota, "more vCPUs than the account may have in the region"),
        (quota.MaxEniCountExceeded, "more secondary ENIs than the account may have in the region"),
        (quota.SecurityGroupInstanceLimitExceed, "a basic security group without room for the addresses"),
        (network.InvalidOperationEniCountExceeded, "an enterprise security group without room for the ENIs"),
    ),
    *rows_of(
        "RunInstances",
        "LEASE_ADDRESSES",
        (own.InvalidPrivateIpAddress, "an address outside the vSwitch's block, or reserved in it"),
        (addresses.InvalidPrivateIpAddressDuplicated, "an address that is taken"),
        (addresses.QuotaExceededPrivateIpAddress, "fewer free addresses than the instances need"),
        (addresses.InvalidVSwitchIpv6NotTurnOn, "IPv6 addresses in a vSwitch without IPv6"),
    ),
    *rows_of(
        "RunInstances",
        "COMMIT",
        (addresses.InvalidOperationIpv4CountExceeded, "more addresses on an ENI than the type allows"),
        (addresses.InvalidOperationIpv6CountExceeded, "more IPv6 addresses on an ENI than the type allows"),
        (addresses.InvalidOperationIpv6NotSupport, "IPv6 addresses, and a type that has none"),
        (queues.InvalidOperationMaxEniQueueNumberExceeded, "more queues of an ENI than the type allows"),
        (queues.InvalidOperationExceedInstanceTypeQueueNumber, "more queues of all ENIs than the type allows"),
        (own.InvalidOperationInstanceTypeNotSupportHighPerformanceTrafficMode, "HighPerformance, and no RDMA"),
        (own.LaunchHighPerformanceLimit, "more HighPerformance ENIs than the type allows"),
        (own.LaunchQueuePairNumber, "more queues for RDMA than the type allows an ENI"),
        (own.LaunchQueuePairOverflow, "more queues for RDMA of all ENIs than the type allows"),
        (queues.InvalidOperationInstanceTypeNotSupportRss, "an ENI to attach with RSS, and a type without"),
        (parameters.DryRunOperation, "a dry run that passes"),
    ),
)

_LIFE: Final = (
    *rows_of(
        "StartInstance",
        "COMMIT",
        (own.InvalidInstanceIdNotFound, "an instance that the account does not have in the region"),
        (own.IncorrectInstanceStatus, "an instance that is not Stopped"),
        (service.ServiceUnavailable, "a zone that is out"),
        (parameters.DryRunOperation, "a dry run that passes"),
    ),
    *rows_of("StopInstance", "ADMIT", (parameters.InvalidParameter, "an unknown StoppedMode")),
    *rows_of(
        "StopInstance",
        "COMMIT",
        (own.InvalidInstanceIdNotFound, "an instance that the account does not have in the region"),
        (own.IncorrectInstanceStatus, "an instance that is not Running"),
        (parameters.DryRunOperation, "a dry run that passes"),
    ),
    *rows_of(
        "DeleteInstance",
        "COMMIT",
        (own.InvalidInstanceIdNotFound, "an instance that the account does not have in the region"),
        (own.InvalidOperationDeletionProtection, "an instance that is protected"),
        (own.IncorrectInstanceStatus, "an instance that is not Stopped, without Force; or Pending, even with it"),
        (network.OperationConflict, "an instance with an ENI whose addresses are being changed"),
        (network.InvalidOperationEniLinked, "an instance with an ENI that is bonded with another one"),
        (parameters.DryRunOperation, "a dry run that passes"),
    ),
)

_LISTS: Final = (
    *rows_of(
        "DescribeInstances",
        "ADMIT",
        (parameters.InvalidParameter, "too long a list, or a page that cannot be"),
        (own.InvalidStatusNotFound, "a status that no instance can have"),
        (tags.InvalidTagKeyMalformed, "a tag without a key"),
        (parameters.DryRunOperation, "a dry run that passes"),
    ),
    *rows_of("DescribeInstanceStatus", "ADMIT", (parameters.InvalidParameter, "a page of more than 50")),
    *rows_of("DescribeInstanceTypes", "ADMIT", (parameters.InvalidParameter, "more than 10 names")),
)

ROWS: Final[tuple[CodeRow, ...]] = (*_LAUNCH, *_LIFE, *_LISTS)
"""Every row."""
