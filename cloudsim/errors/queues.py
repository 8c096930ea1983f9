"""Kinds, queues and traffic of ENIs, trunks and their members: what newer parameters and instance types refuse."""

from cloudsim.errors.base import ApiError
from cloudsim.errors.sources import ATTACH, METADATA, MODIFY


class InvalidParameterEniType(ApiError):
    """The kind of ENI is unknown."""

    code = "InvalidParameter.EniType"
    http_status = 403
    form = 'The ENI type "{value}" is set incorrectly, it must be either Secondary or Trunk.'
    source = METADATA


class InvalidParameterEniTrafficMode(ApiError):
    """The traffic mode is unknown."""

    code = "InvalidParameter.EniTrafficMode"
    http_status = 400
    form = 'The ENI traffic mode is set incorrectly, it must be either Standard or HighPerformance: "{value}".'
    source = MODIFY


class InvalidParameterQueuePairNumberMustEmpty(ApiError):
    """RDMA queues are asked for in Standard traffic mode."""

    code = "InvalidParameter.QueuePairNumberMustEmpty"
    http_status = 400
    form = "When the traffic mode is set to Standard, the QueuePairNumber must be empty: asked for {asked}."
    source = MODIFY


class InvalidParameterInvalidQueuePairNumber(ApiError):
    """The number of RDMA queues is out of range."""

    code = "InvalidParameter.InvalidQueuePairNumber"
    http_status = 400
    form = "The specified parameter QueuePairNumber exceeds limit: asked for {asked}."
    source = MODIFY


class InvalidParameterEniQueueSize(ApiError):
    """The queues' depths are unequal or out of range."""

    code = "InvalidParameter.EniQueueSize"
    http_status = 400
    form = "The specified parameter TxQueueSize and RxQueueSize are not equal or exceed limit: {reason}."
    source = MODIFY


class InvalidParameterEniConnectionTrackingConfiguration(ApiError):
    """A connection-tracking time-out is out of range."""

    code = "InvalidParameter.EniConnectionTrackingConfiguration"
    http_status = 400
    form = (
        "The specify network interface connection tracking configuration exceeds limit: {parameter} is "
        "{asked}, {reason}."
    )
    source = MODIFY


class InvalidEniQueueSizeRegionOrUserNotSupported(ApiError):
    """The account may not set the depths of queues."""

    code = "InvalidEniQueueSize.RegionOrUserNotSupported"
    http_status = 400
    form = "RxQueueSize and TxQueueSize are not supported in this region or for this user: account {account}."
    source = MODIFY


class InvalidConnectionTrackingConfigurationRegionOrUserNotSupported(ApiError):
    """The account may not set the time-outs of connection tracking."""

    code = "InvalidConnectionTrackingConfiguration.RegionOrUserNotSupported"
    http_status = 400
    form = "ConnectionTrackingConfiguration is not supported in this region or for this user: account {account}."
    source = MODIFY


class InvalidParameterEniEnhancedNetwork(ApiError):
    """Virtual functions do not fit to EnableSriov."""

    code = "InvalidParameter.EniEnhancedNetwork"
    http_status = 400
    form = 'The input parameter "EnhancedNetwork" is illegal: {reason}.'
    source = MODIFY


class InvalidParameterInvalidEniQueueNumber(ApiError):
    """The number of queues is none that an ENI may have."""

    code = "InvalidParameter.InvalidEniQueueNumber"
    http_status = 403
    form = "The number of queues of an ENI is not valid: asked for {asked}, {reason}."
    source = MODIFY


class InvalidOperationMaxEniQueueNumberExceeded(ApiError):
    """An ENI has more queues than the instance type allows it."""

    code = "InvalidOperation.MaxEniQueueNumberExceeded"
    http_status = 403
    form = (
        "The number of queues exceeds the limit of the instance type: {eni} asks for {asked}, type {type} "
        "allows {limit}."
    )
    source = MODIFY


class InvalidOperationExceedInstanceTypeQueueNumber(ApiError):
    """The ENIs of an instance have more queues together than its type allows."""

    code = "InvalidOperation.ExceedInstanceTypeQueueNumber"
    http_status = 403
    form = (
        "The total number of queues exceeds the limit of the instance type: {instance} has {used}, asked for "
        "{asked} more, type {type} allows {limit}."
    )
    source = MODIFY


class InvalidOperationModifyPrimaryEniQueueNumber(ApiError):
    """The queues of a primary ENI stay as they are."""

    code = "InvalidOperation.ModifyPrimaryEniQueueNumber"
    http_status = 403
    form = "Primary NetworkInterface is not allowed to modify queue number: {eni}."
    source = MODIFY


class InvalidOperationNotSupportModifyQueueNumber(ApiError):
    """The instance has to be stopped before the queues of an ENI on it change."""

    code = "InvalidOperation.NotSupportModifyQueueNumber"
    http_status = 400
    form = (
        "Available status or ECS instance attached is Stopped is allowed to modify network interface queue number: "
        "{eni} is on {instance}, which is {status}."
    )
    source = MODIFY


class InvalidTrafficModeModifyToStandardNotSupported(ApiError):
    """An ENI in HighPerformance traffic mode stays so."""

    code = "InvalidTrafficMode.ModifyToStandardNotSupported"
    http_status = 400
    form = "The specified parameter NetworkInterfaceTrafficMode is not supported to modify to Standard: {eni}."
    source = MODIFY


class InvalidOperationEniTrafficModeNotSupportIPv6(ApiError):
    """An ENI with IPv6 addresses stays in Standard traffic mode."""

    code = "InvalidOperation.EniTrafficModeNotSupportIPv6"
    http_status = 400
    form = "The ENI using High Performance traffic mode does not support IPv6: {eni} has {count} IPv6 addresses."
    source = MODIFY


class InvalidOperationEniHotPlugNotSupported(ApiError):
    """An ENI in HighPerformance traffic mode leaves a stopped instance only."""

    code = "InvalidOperation.EniHotPlugNotSupported"
    http_status = 400
    form = (
        "The ENI with high-performance traffic mode cannot be hot-plugged. Please stop the ECS instance to which the "
        "ENI is attached, and try again: {eni} is on {instance}, which is {status}."
    )
    source = ATTACH


class InvalidOperationInstanceTypeNotSupportEniTrunking(ApiError):
    """Instances of the type have no trunks."""

    code = "InvalidOperation.InstanceTypeNotSupportEniTrunking"
    http_status = 403
    form = "The instance type does not support ENI trunking: {instance} is of type {type}."
    source = ATTACH


class InvalidOperationEniTypeNotSupportTrunking(ApiError):
    """The ENI named as trunk is none."""

    code = "InvalidOperation.EniTypeNotSupportTrunking"
    http_status = 403
    form = 'The ENI type does not support trunking: {eni}. Expecting type is "Trunk" while current type is "{type}".'
    source = ATTACH


class InvalidOperationInvalidTrunkEniStatus(ApiError):
    """The trunk is not in use on the instance."""

    code = "InvalidOperation.InvalidTrunkEniStatus"
    http_status = 403
    form = (
        'The operation is not allowed in the current state of the trunk ENI: {trunk}. Expecting is "InUse" on '
        '{instance} while it is "{status}" on {other}.'
    )
    source = ATTACH


class InvalidParameterEniNotBelongTrunk(ApiError):
    """The ENI is no member of the trunk named."""

    code = "InvalidParameter.EniNotBelongTrunk"
    http_status = 403
    form = "The ENI {eni} is not a member of the trunk {trunk}."
    source = ATTACH


class InvalidOperationHasMemberEniAttached(ApiError):
    """A trunk with members stays on its instance."""

    code = "InvalidOperation.HasMemberEniAttached"
    http_status = 403
    form = "The trunk ENI {trunk} has {count} member ENIs attached, {member} first."
    source = ATTACH


class InvalidOperationInstanceTypeNotSupportHighPerformance(ApiError):
    """Instances of the type have no RDMA."""

    code = "InvalidOperation.InstanceTypeNotSupportHighPerformance"
    http_status = 400
    form = (
        "The ECS instance type where the ENI is located does not support the RDMA mode: {eni}, and {instance} is of "
        "type {type}."
    )
    source = MODIFY


class InvalidOperationHighPerformanceEniPerInstanceLimitExceeded(ApiError):
    """The instance has as many HighPerformance ENIs as its type allows."""

    code = "InvalidOperation.HighPerformanceEniPerInstanceLimitExceeded"
    http_status = 400
    form = (
        "The number of RDMA ENIs attached to the ECS instance exceeds the upper limit: {instance} of type {type} has "
        "{used} of {limit}."
    )
    source = MODIFY


class InvalidOperationMaxEniQueuePairNumberExceed(ApiError):
    """An ENI has more queues for RDMA than the instance type allows it."""

    code = "InvalidOperation.MaxEniQueuePairNumberExceed"
    http_status = 400
    form = (
        "The QueuePairNumber on the RDMA ENI exceeds the upper limit allowed for a single ENI: {eni} asks for {asked}, "
        "type {type} allows {limit}."
    )
    source = MODIFY


class InvalidOperationEniQueuePairNumberOverflow(ApiError):
    """The ENIs of an instance have more queues for RDMA together than its type allows."""

    code = "InvalidOperation.EniQueuePairNumberOverflow"
    http_status = 400
    form = (
        "The RDMA QueuePairNumber of the ECS instance associated with the specified ENI exceeds the limit: {instance} "
        "has {used}, asked for {asked} more, type {type} allows {limit}."
    )
    source = MODIFY


class InvalidOperationInstanceTypeNotSupportRss(ApiError):
    """Instances of the type have no receive side scaling."""

    code = "InvalidOperation.InstanceTypeNotSupportRss"
    http_status = 400
    form = "The ECS instance type does not support Rss: {eni}, and {instance} is of type {type}."
    source = MODIFY


class InvalidOperationNotSupportModifyVFQueueNumberAndVFQuantity(ApiError):
    """The numbers of virtual functions and of their queues stay while there are any."""

    code = "InvalidOperation.NotSupportModifyVFQueueNumberAndVFQuantity"
    http_status = 400
    form = (
        "The ENI not support modify VirtualFunctionTotalQueueNumber and VirtualFunctionQuantity when EnableSriov is "
        "true: {eni} has {had}, asked for {asked}."
    )
    source = MODIFY


class InvalidOperationTrunkAttachmentMustEmpty(ApiError):
    """A trunk gets virtual functions only while it is on no instance."""

    code = "InvalidOperation.TrunkAttachmentMustEmpty"
    http_status = 400
    form = (
        "The Attachment of the current Trunk type Network Interface must be empty when modify EnableSriov to true: "
        "{eni} is on {instance}."
    )
    source = MODIFY
