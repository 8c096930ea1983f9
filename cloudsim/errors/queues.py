"""Kinds, queues and traffic of an ENI: what only newer parameters can get wrong."""

from cloudsim.errors.base import ApiError
from cloudsim.errors.sources import METADATA, MODIFY


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


class InvalidEniQueueSizeRegionOrUserNotSupported(ApiError):
    """Queue depths are by invitation."""

    code = "InvalidEniQueueSize.RegionOrUserNotSupported"
    http_status = 400
    form = (
        "The specified parameter RxQueueSize or TxQueueSize is not supported in this region, or this account "
        "is not in the whitelist of using eni QueueSize: account {account} in {region}."
    )
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


class InvalidConnectionTrackingConfigurationRegionOrUserNotSupported(ApiError):
    """Connection tracking is by invitation."""

    code = "InvalidConnectionTrackingConfiguration.RegionOrUserNotSupported"
    http_status = 400
    form = (
        "The specified parameter ConnectionTrackingConfiguration is not supported in this region, or this "
        "account is not in the whitelist of using network interface ConnectionTrackingConfiguration: account "
        "{account} in {region}."
    )
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
