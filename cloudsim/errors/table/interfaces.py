"""What the operations on ENIs refuse."""

from typing import Final

from cloudsim.errors import account, addresses, instances, network, parameters, queues, quota
from cloudsim.errors.table.rows import rows_of

ATTACH: Final = (
    *rows_of(
        "AttachNetworkInterface",
        "ADMIT",
        (parameters.UnsupportedParameter, "NetworkCardIndex or TrunkNetworkInstanceId under the profile classic"),
        (parameters.InvalidParameter, "a NetworkCardIndex below 0 or over 255"),
    ),
    *rows_of(
        "AttachNetworkInterface",
        "COMMIT",
        (network.InvalidEcsIdNotFound, "an instance that the account does not have in the region"),
        (network.InvalidInstanceIDMalformed, "an InstanceId that is no id"),
        (network.InvalidOperationInvalidRegion, "an instance of the account's in another region"),
        (instances.ForeignInstance, "an instance of another account"),
        (network.InvalidEniIdNotFound, "an ENI that the account does not have in the region"),
        (network.InvalidParamsEniId, "a NetworkInterfaceId that is no id"),
        (network.InvalidOperationInvalidEniType, "a primary ENI, or a trunk as a member"),
        (network.InvalidOperationEniServiceManaged, "an ENI of some cloud product"),
        (network.InvalidOperationInvalidEniState, "an ENI that is not Available"),
        (network.OperationConflict, "an ENI whose addresses are just being changed"),
        (network.InvalidOperationInvalidEcsState, "an instance that is neither Running nor Stopped"),
        (network.InvalidOperationVpcMismatch, "ENI and instance in different VPCs"),
        (network.InvalidOperationAvailabilityZoneMismatch, "ENI and instance in different zones"),
        (network.InvalidOperationInvalidGeneration, "an instance type of a generation before ecs-3"),
        (network.InvalidInstanceTypeElasticNetworkInterfaceNotSupported, "an instance type with the primary ENI only"),
        (queues.InvalidOperationInstanceTypeNotSupportEniTrunking, "a trunk or member, and a type without trunks"),
        (queues.InvalidOperationEniTypeNotSupportTrunking, "a TrunkNetworkInstanceId that is no trunk"),
        (queues.InvalidOperationInvalidTrunkEniStatus, "a trunk that is not InUse on the instance"),
        (addresses.InvalidOperationIpv4CountExceeded, "more IPv4 addresses and prefixes than the type allows an ENI"),
        (addresses.InvalidOperationIpv6CountExceeded, "more IPv6 addresses and prefixes than the type allows an ENI"),
        (addresses.InvalidOperationIpv6NotSupport, "an IPv6 address, and a type without IPv6"),
        (queues.InvalidOperationMaxEniQueueNumberExceeded, "more queues than the type allows an ENI"),
        (queues.InvalidOperationExceedInstanceTypeQueueNumber, "more queues than are left of the type's total"),
        (queues.InvalidOperationInstanceTypeNotSupportHighPerformance, "HighPerformance, and a type without RDMA"),
        (
            queues.InvalidOperationHighPerformanceEniPerInstanceLimitExceeded,
            "HighPerformance, and an instance with as many such ENIs as its type allows",
        ),
        (queues.InvalidOperationMaxEniQueuePairNumberExceed, "more queues for RDMA than the type allows an ENI"),
        (queues.InvalidOperationEniQueuePairNumberOverflow, "more queues for RDMA than are left of the type's total"),
        (queues.InvalidOperationInstanceTypeNotSupportRss, "EnhancedNetwork.EnableRss, and a type without RSS"),
        (
            quota.EniPerInstanceLimitExceeded,
            "one more ENI than the type has slots, or than trunks have members",
            "leaked_eni",
        ),
    ),
)

DETACH: Final = (
    *rows_of(
        "DetachNetworkInterface",
        "ADMIT",
        (parameters.UnsupportedParameter, "TrunkNetworkInstanceId under the profile classic"),
    ),
    *rows_of(
        "DetachNetworkInterface",
        "COMMIT",
        (network.InvalidEcsIdNotFound, "an instance that the account does not have in the region"),
        (network.InvalidInstanceIDMalformed, "an InstanceId that is no id"),
        (network.InvalidOperationInvalidRegion, "an instance of the account's in another region"),
        (instances.ForeignInstance, "an instance of another account"),
        (network.InvalidEniIdNotFound, "an ENI that the account does not have in the region"),
        (network.InvalidParamsEniId, "a NetworkInterfaceId that is no id"),
        (network.InvalidOperationDetachPrimaryEniNotAllowed, "the primary ENI of an instance"),
        (network.InvalidOperationEniServiceManaged, "an ENI of some cloud product"),
        (network.InvalidParameterEniNotBelongEcs, "an ENI that is on another instance"),
        (network.InvalidOperationInvalidEniState, "an ENI that is neither InUse nor Detaching", "detached_elsewhere"),
        (network.OperationConflict, "an ENI whose addresses are just being changed"),
        (network.InvalidOperationInvalidEcsState, "an instance that is neither Running nor Stopped"),
        (network.InvalidOperationEniLinked, "an ENI that a product has bonded with another one"),
        (queues.InvalidParameterEniNotBelongTrunk, "a TrunkNetworkInstanceId that the ENI is no member of"),
        (queues.InvalidOperationHasMemberEniAttached, "a trunk with members"),
        (queues.InvalidOperationEniHotPlugNotSupported, "a HighPerformance ENI on a running instance"),
    ),
)

DELETE: Final = tuple(
    rows_of(
        "DeleteNetworkInterface",
        "COMMIT",
        (network.InvalidEniIdNotFound, "an ENI that the account does not have in the region"),
        (network.InvalidParamsEniId, "a NetworkInterfaceId that is no id"),
        (network.InvalidOperationInvalidEniType, "the primary ENI of an instance"),
        (network.InvalidOperationEniServiceManaged, "an ENI of some cloud product"),
        (network.InvalidOperationConflict, "an ENI whose addresses are just being changed"),
        (network.InvalidOperationHasSlaveEniBonded, "an ENI to which a product has bonded slaves"),
        (network.InvalidOperationInvalidEniState, "an ENI that is neither Available nor Deleting", "hung_detach"),
    )
)

DESCRIBE_ATTRIBUTE: Final = tuple(
    rows_of(
        "DescribeNetworkInterfaceAttribute",
        "READ",
        (network.InvalidEniIdNotFound, "an ENI that the account does not have in the region"),
        (network.InvalidParamsEniId, "a NetworkInterfaceId that is no id"),
    )
)

DESCRIBE: Final = (
    *rows_of(
        "DescribeNetworkInterfaces",
        "ADMIT",
        (account.InvalidRegionIdMalFormed, "a RegionId of other letters than small ones, digits and hyphens"),
    ),
    *rows_of("DescribeNetworkInterfaces", "READ", (network.InvalidVpcEmpty, "a VpcId of a VPC without vSwitches")),
)

MODIFY: Final = (
    *rows_of(
        "ModifyNetworkInterfaceAttribute",
        "ADMIT",
        (parameters.UnsupportedParameter, "a newer parameter under the profile classic"),
        (network.InvalidParamsNetworkInterfaceName, "a malformed name"),
        (parameters.InvalidParameter, "a description that is not 2 to 255 characters, or begins like a link"),
        (queues.InvalidParameterInvalidEniQueueNumber, "a QueueNumber outside 1 to 2048"),
        (queues.InvalidParameterEniTrafficMode, "a traffic mode other than Standard and HighPerformance"),
        (queues.InvalidParameterEniQueueSize, "RxQueueSize and TxQueueSize unequal, or neither 8192 nor 16384"),
        (queues.InvalidParameterEniConnectionTrackingConfiguration, "a time-out that is none of the documented"),
        (queues.InvalidParameterEniEnhancedNetwork, "virtual functions without EnableSriov, or it without them"),
        (quota.JoinedGroupLimitExceed, "more security groups than an ENI may be in"),
        (network.InvalidParameterSecurityGroupIdRepeated, "a security group twice, under the profile current"),
    ),
    *rows_of(
        "ModifyNetworkInterfaceAttribute",
        "COMMIT",
        (queues.InvalidEniQueueSizeRegionOrUserNotSupported, "depths of queues from an account not let set them"),
        (
            queues.InvalidConnectionTrackingConfigurationRegionOrUserNotSupported,
            "time-outs of connection tracking from an account not let set them",
        ),
        (network.InvalidEniIdNotFound, "an ENI that the account does not have in the region"),
        (network.InvalidParamsEniId, "a NetworkInterfaceId that is no id"),
        (network.InvalidOperationEniServiceManaged, "an ENI of some cloud product"),
        (queues.InvalidOperationModifyPrimaryEniQueueNumber, "the queues of a primary ENI"),
        (network.InvalidOperationPrimaryEniOnlySupportModifyNameAndDesc, "anything else of one but name, description"),
        (network.InvalidOperationInvalidEniState, "an ENI that is neither Available nor InUse"),
        (network.OperationConflict, "an ENI whose addresses are just being changed"),
        (queues.InvalidOperationNotSupportModifyQueueNumber, "queues of an ENI on an instance that is not Stopped"),
        (queues.InvalidOperationMaxEniQueueNumberExceeded, "more queues than the type allows an ENI"),
        (queues.InvalidOperationExceedInstanceTypeQueueNumber, "more queues than are left of the type's total"),
        (queues.InvalidTrafficModeModifyToStandardNotSupported, "Standard, and the ENI is HighPerformance"),
        (queues.InvalidOperationEniTrafficModeNotSupportIPv6, "HighPerformance, and the ENI has IPv6 addresses"),
        (queues.InvalidParameterQueuePairNumberMustEmpty, "QueuePairNumber, and the ENI is Standard"),
        (queues.InvalidParameterInvalidQueuePairNumber, "a QueuePairNumber below 1"),
        (queues.InvalidOperationInstanceTypeNotSupportHighPerformance, "HighPerformance, and a type without RDMA"),
        (
            queues.InvalidOperationHighPerformanceEniPerInstanceLimitExceeded,
            "HighPerformance, and an instance with as many such ENIs as its type allows",
        ),
        (queues.InvalidOperationMaxEniQueuePairNumberExceed, "more queues for RDMA than the type allows an ENI"),
        (queues.InvalidOperationEniQueuePairNumberOverflow, "more queues for RDMA than are left of the type's total"),
        (queues.InvalidOperationInstanceTypeNotSupportRss, "EnhancedNetwork.EnableRss, and a type without RSS"),
        (
            queues.InvalidOperationNotSupportModifyVFQueueNumberAndVFQuantity,
            "other numbers of virtual functions or their queues, and the ENI has some",
        ),
        (queues.InvalidOperationTrunkAttachmentMustEmpty, "EnableSriov for a trunk that is on an instance"),
        (network.InvalidSecurityGroupIdNotFound, "a security group that the account does not have in the region"),
        (network.InvalidSecurityGroupIdNotVpc, "a security group of the classic network"),
        (network.InvalidOperationVpcMismatch, "a security group of another VPC than the ENI's"),
        (network.InvalidOperationMultiGroupType, "basic and enterprise security groups together"),
        (quota.AclLimitExceed, "security groups with more than 1,000 rules together"),
        (network.InvalidOperationResourceManagedByCloudProduct, "joining or leaving a group that a product manages"),
        (quota.SecurityGroupInstanceLimitExceed, "more addresses than a group that it joins has room for"),
        (network.InvalidOperationEniCountExceeded, "joining an enterprise group without room for one more ENI"),
    ),
)

ROWS: Final = (*ATTACH, *DETACH, *DELETE, *DESCRIBE, *DESCRIBE_ATTRIBUTE, *MODIFY)
"""Every row."""
