"""Addresses: those that lack, are taken, are said twice or make no sense, and prefixes."""

from cloudsim.errors.base import ApiError
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
    """The region has no prefixes."""

    code = "InvalidOperation.RegionNotSupportIpPrefix"
    http_status = 500
    form = "The current region does not support ip prefix: {region}."
    source = UNASSIGN
    try_later = True
