"""VPCs, vSwitches and reserved blocks: what their own operations refuse."""

from cloudsim.errors.base import ApiError
from cloudsim.errors.network import IncorrectVSwitchStatus
from cloudsim.errors.parameters import InvalidParameter
from cloudsim.errors.sources import RESERVATIONS, VPC, VPC_CHOSEN


class QuotaExceededVpc(ApiError):
    """The account has as many VPCs in the region as it may have."""

    code = "QuotaExceeded.Vpc"
    http_status = 400
    form = "VPC quota exceeded: account {account} has {used} of {limit} in {region}, asked for {asked} more."
    source = VPC


class QuotaExceededVSwitch(ApiError):
    """The VPC has as many vSwitches as it may have."""

    code = "QuotaExceeded.VSwitch"
    http_status = 400
    form = "VSwitch quota exceeded: {vpc} has {used} of {limit}, asked for {asked} more."
    source = VPC


class QuotaExceededVSwitchCidrReservation(ApiError):
    """The vSwitch has as many reserved blocks of a family as it may have."""

    code = "QuotaExceeded.VSwitchCidrReservation"
    http_status = 400
    form = "Quota of reserved CIDR blocks exceeded: {vswitch} has {used} of {limit} for {family}, asked for 1 more."
    source = RESERVATIONS


class InvalidVpcIdNotFound(ApiError):
    """There is no such VPC."""

    code = "InvalidVpcId.NotFound"
    http_status = 404
    form = 'Specified VPC does not exist: "{vpc}".'
    source = VPC


class InvalidZoneIdNotFound(ApiError):
    """The region has no such zone."""

    code = "InvalidZoneId.NotFound"
    http_status = 404
    form = 'Specified zone does not exist: "{zone}" in {region}.'
    source = VPC


class InvalidVpcNameMalformed(ApiError):
    """The name of a VPC is too long, or begins like a link."""

    code = "InvalidVpcName.Malformed"
    http_status = 400
    form = "Specified VPC name is not valid: {reason}."
    source = VPC


class IncorrectVpcStatus(ApiError):
    """The VPC is being made or ended."""

    code = "IncorrectVpcStatus"
    http_status = 400
    form = 'Current VPC status does not support this operation: {vpc} is "{status}".'
    source = VPC
    try_later = True


class InvalidVpcCidrBlock(InvalidParameter):
    """The block is none that a VPC may have."""

    form = "Specified CIDR block is not valid: {cidr} {reason}."
    source = VPC


class InvalidVSwitchCidrBlock(InvalidParameter):
    """The block does not lie in one block of the VPC."""

    form = "Specified CIDR block is not valid in VPC: {cidr} {reason}."
    source = VPC


class InvalidCidrBlockMalformed(ApiError):
    """The text is no IPv4 block."""

    code = "InvalidCidrBlock.Malformed"
    http_status = 400
    form = "Specified CIDR block is not valid: {reason}."
    source = VPC


class InvalidCirdrBlockMaskLength(ApiError):
    """The mask is not one that a vSwitch may have; the spelling is the vendor's."""

    code = "InvalidCirdrBlock.MaskLength"
    http_status = 400
    form = "Specified CIDR block is not valid: a mask of {length}, {least} to {most} are allowed."
    source = VPC


class InvalidCidrBlockOverlapped(ApiError):
    """The block overlaps another one."""

    code = "InvalidCidrBlock.Overlapped"
    http_status = 400
    form = "Specified CIDR block overlapped with other subnets: {cidr} overlaps {other_cidr} of {other}."
    source = VPC


class VSwitchCreationIsAlone(IncorrectVSwitchStatus):
    """Another vSwitch of the VPC is being made."""

    form = "VSwitch Creation simultaneously is not supported: {vpc} is making another one."
    source = VPC


class OperationDeniedOtherSubnetProcessing(ApiError):
    """Another vSwitch of the VPC is being made or ended."""

    code = "OperationDenied.OtherSubnetProcessing"
    http_status = 400
    form = "other subnet is processing: {vpc} is {doing} another vSwitch."
    source = VPC
    try_later = True


class OperationFailedIdempotentTokenProcessing(ApiError):
    """The request that the token stands for still runs: what the VPC API says for IdempotentProcessing."""

    code = "OperationFailed.IdempotentTokenProcessing"
    http_status = 400
    form = 'Action is processing: token "{token}".'
    source = VPC
    try_later = True


class OperationFailedLastTokenProcessing(ApiError):
    """The request that the token stands for still runs: what the VPC API says for LastTokenProcessing."""

    code = "OperationFailed.LastTokenProcessing"
    http_status = 400
    form = 'The last token request is processing: token "{token}".'
    source = VPC
    try_later = True


class DependencyViolation(ApiError):
    """Something lies in it, or stands on it."""

    code = "DependencyViolation"
    http_status = 400
    form = "Specified object has dependent resources: {thing} has {dependents}."
    source = VPC


class DependencyViolationVSwitch(ApiError):
    """The VPC has vSwitches."""

    code = "DependencyViolation.VSwitch"
    http_status = 400
    form = "Specified VPC has vSwitches: {vpc} has {count}."
    source = VPC


class DependencyViolationSecurityGroup(ApiError):
    """The VPC has security groups."""

    code = "DependencyViolation.SecurityGroup"
    http_status = 400
    form = "Specified VPC has security groups: {vpc} has {count}."
    source = VPC


class InvalidVSwitchCidrReservationIdNotFound(ApiError):
    """There is no such reserved block."""

    code = "InvalidVSwitchCidrReservationId.NotFound"
    http_status = 404
    form = 'The specified VSwitchCidrReservationId "{reservation}" is not found.'
    source = RESERVATIONS


class IncorrectStatus(ApiError):
    """The reserved block is being made or given back."""

    code = "IncorrectStatus"
    http_status = 400
    form = 'The status does not support this operation: {thing} is "{status}".'
    source = VPC_CHOSEN
    try_later = True
