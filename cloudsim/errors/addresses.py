"""Addresses: those that lack, are taken, are said twice or make no sense, and prefixes."""

from typing import Final

from cloudsim.errors.account import ForbiddenNotSupportRAM, ForbiddenRegionId, ForbiddenSubUser
from cloudsim.errors.base import ApiError
from cloudsim.errors.parameters import MissingParameter
from cloudsim.errors.sources import ASSIGN, OBSERVED, REFERENCE, UNASSIGN


class InvalidVSwitchIdIpNotEnough(ApiError):
    """The vSwitch has fewer free addresses than asked for."""

    code = "InvalidVSwitchId.IpNotEnough"
    http_status = 403
    form = 'The specified VSwitch "{vswitch}" has not enough IpAddress: {free} free, asked for {asked}.'
    source = REFERENCE


class InvalidVSwitchIdIpInvalid(ApiError):
    """An address is malformed, outside the vSwitch's block, or reserved in it."""

    code = "InvalidVSwitchId.IpInvalid"
    http_status = 403
    form = 'The specified IpAddress "{address}" is not valid in VSwitch CIDR block: {reason}.'
    source = REFERENCE


class InvalidPrivateIpAddressDuplicated(ApiError):
    """An address is in use already."""

    code = "InvalidPrivateIpAddress.Duplicated"
    http_status = 400
    form = "Specified private IP address is duplicated."
    source = REFERENCE


class InvalidIpAddress(ApiError):
    """An address is no IPv6 address, or is one where IPv4 is wanted."""

    code = "InvalidIp.Address"
    http_status = 403
    form = 'The specified ipAddress "{address}" is invalid: {reason}.'
    source = REFERENCE


class InvalidIpIpRepeated(ApiError):
    """One address is said twice in a request."""

    code = "InvalidIp.IpRepeated"
    http_status = 403
    form = 'The specified ipAddress "{address}" is(are) repeated.'
    source = REFERENCE


class InvalidIpIpAssigned(ApiError):
    """An address is on an ENI already."""

    code = "InvalidIp.IpAssigned"
    http_status = 403
    form = 'The specified ipAddress "{address}" is assigned to {eni}.'
    source = ASSIGN


class QuotaExceededPrivateIpAddress(ApiError):
    """The vSwitch has too few addresses: an alias of IpNotEnough that is seen at times."""

    code = "QuotaExceeded.PrivateIpAddress"
    http_status = 400
    form = "Don't have enough private IPs in this switch: {vswitch} has {free} free, asked for {asked}."
    source = OBSERVED


class InvalidVSwitchIpv6NotTurnOn(ApiError):
    """The vSwitch has no IPv6."""

    code = "InvalidVSwitch.Ipv6NotTurnOn"
    http_status = 403
    form = 'The specified VSwitch "{vswitch}" ipv6 function not turn on.'
    source = ASSIGN


class InvalidIpIpPrefixMaskInvalid(ApiError):
    """A prefix has another length than prefixes may have."""

    code = "InvalidIp.IpPrefixMaskInvalid"
    http_status = 403
    form = "The ip prefixes mask {mask} is illegal which must be between {mask_min} and {mask_max}."
    source = UNASSIGN


class InvalidIpIpPrefixMaskNotSame(ApiError):
    """Prefixes of one request have different lengths."""

    code = "InvalidIp.IpPrefixMaskNotSame"
    http_status = 403
    form = "The ip prefixes {prefixes} are illegal which mask must be same."
    source = UNASSIGN


class InvalidIpIpPrefixNotStrict(ApiError):
    """A prefix has host bits set."""

    code = "InvalidIp.IpPrefixNotStrict"
    http_status = 403
    form = 'The ip prefix must be strict cidr format: "{prefix}".'
    source = UNASSIGN


class InvalidIpIpPrefixIllegal(ApiError):
    """A prefix is no prefix."""

    code = "InvalidIp.IpPrefixIllegal"
    http_status = 403
    form = 'The ip prefixes "{prefix}" is/are illegal.'
    source = UNASSIGN


class InvalidOperationRegionNotSupportIpPrefix(ApiError):
    """The region has no IP prefixes; a repeat meets the same, so that it is no "try later", whatever its status."""

    code = "InvalidOperation.RegionNotSupportIpPrefix"
    http_status = 500
    form = "The specified region {region} does not support IP prefixes."
    source = UNASSIGN


class VpcAddressesExceeded(QuotaExceededPrivateIpAddress):
    """The VPC may use no more private addresses, over all its vSwitches."""

    form = "Don't have enough private IPs in this VPC: {vpc} has {used} of {limit} in use, asked for {asked} more."


class InvalidIpIpUnassigned(ApiError):
    """What is to be taken from an ENI is not on it, or is its primary address, which stays with it."""

    code = "InvalidIp.IpUnassigned"
    http_status = 403
    form = 'The specified IP "{address}" is not assigned on this ENI: {eni}, {reason}.'
    source = UNASSIGN


class InvalidEniIdMalformed(ApiError):
    """The ENI's id is no id."""

    code = "InvalidEniId.Malformed"
    http_status = 400
    form = 'The specified parameter "EniId" is not valid: {eni}.'
    source = UNASSIGN


class InvalidPrivateIpAddressMalformed(ApiError):
    """An address to be taken from an ENI is no IPv4 address."""

    code = "InvalidPrivateIpAddress.Malformed"
    http_status = 403
    form = 'Specified private IP address "{address}" is malformed.'
    source = UNASSIGN


class InvalidOperationIpv4CountExceeded(ApiError):
    """An ENI would carry more private IPv4 addresses and prefixes than the type of its instance allows."""

    code = "InvalidOperation.Ipv4CountExceeded"
    http_status = 403
    form = (
        "The number of private IPv4 addresses of {eni} exceeds the limit for {instance} of type {type}: "
        "asked for {asked}, the maximum is {limit}."
    )
    source = ASSIGN


class InvalidOperationIpv6CountExceeded(ApiError):
    """An ENI would carry more IPv6 addresses and prefixes than the type of its instance allows."""

    code = "InvalidOperation.Ipv6CountExceeded"
    http_status = 403
    form = (
        "The number of IPv6 addresses of {eni} exceeds the limit for {instance} of type {type}: "
        "asked for {asked}, the maximum is {limit}."
    )
    source = ASSIGN


class InvalidOperationIpv6NotSupport(ApiError):
    """The type of the instance has no IPv6."""

    code = "InvalidOperation.Ipv6NotSupport"
    http_status = 403
    form = "The instance {instance} of type {type} does not support IPv6, asked for by {eni}."
    source = ASSIGN


class NothingToUnassign(MissingParameter):
    """Neither of two lists is given, of which one is needed."""

    http_status = 403
    form = 'These parameters "{parameter}" and "{other}" cannot be both empty.'
    source = UNASSIGN


class MissingParameterOfIpv6(MissingParameter):
    """A required parameter is not given, as the operations on IPv6 addresses answer."""

    http_status = 403
    source = ASSIGN


class ForbiddenRegionIdOfIpv6(ForbiddenRegionId):
    """The service is unavailable in the region, as the operations on IPv6 addresses answer."""

    http_status = 403
    source = ASSIGN


class ForbeddenNotSupportRAM(ForbiddenNotSupportRAM):
    """RAM users may not use the operation, as those on IPv6 addresses spell it."""

    code = "Forbedden.NotSupportRAM"
    source = ASSIGN


class ForbbidenSubUser(ForbiddenSubUser):
    """The RAM user who asks may not use the operation, as those on IPv6 addresses spell it."""

    code = "Forbbiden.SubUser"
    source = ASSIGN


OF_IPV6: Final[dict[type[ApiError], type[ApiError]]] = {
    MissingParameter: MissingParameterOfIpv6,
    ForbiddenRegionId: ForbiddenRegionIdOfIpv6,
    ForbiddenNotSupportRAM: ForbeddenNotSupportRAM,
    ForbiddenSubUser: ForbbidenSubUser,
}
"""What AssignIpv6Addresses and UnassignIpv6Addresses answer instead; their documents really say so."""
