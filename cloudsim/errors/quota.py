"""Ceilings: of an account in a region, of an instance, of a security group, of one ENI."""

from cloudsim.errors.base import ApiError
from cloudsim.errors.sources import ASSIGN, MODIFY, REFERENCE


class MaxEniCountExceeded(ApiError):
    """The account holds as many ENIs in the region as its quota allows."""

    code = "MaxEniCountExceeded"
    http_status = 403
    form = (
        "The number of ENI exceeds the limit per region: account {account} holds {used} of {limit} in "
        "{region}, asked for {asked} more."
    )
    source = REFERENCE


class EniPerInstanceLimitExceeded(ApiError):
    """The instance has as many ENIs as its type allows."""

    code = "EniPerInstanceLimitExceeded"
    http_status = 403
    form = (
        "The number of ENI exceeds the limit for the type of instance you are trying to launch: {instance} of "
        "type {type} has {used} of {limit}, asked for {asked} more."
    )
    source = REFERENCE


class SecurityGroupInstanceLimitExceed(ApiError):
    """The security group has no room for the ENI's addresses."""

    code = "SecurityGroupInstanceLimitExceed"
    http_status = 403
    form = (
        "The maximum number of instances in a security group is exceeded: {group} holds {used} of {limit}, "
        "asked for {asked} more."
    )
    source = REFERENCE


class JoinedGroupLimitExceed(ApiError):
    """More security groups are asked for than an ENI may be in."""

    code = "JoinedGroupLimitExceed"
    http_status = 400
    form = "The specified ENI has exceed quota of SecurityGroup: asked for {asked}, the maximum is {limit}."
    source = MODIFY


class AclLimitExceed(ApiError):
    """The security groups of the ENI have too many rules together."""

    code = "AclLimitExceed"
    http_status = 403
    form = "The number of rules of the security groups of an ENI exceeds the limit: {asked} of {limit}."
    source = MODIFY


class MaxEniPrivateIpsCountExceeded(ApiError):
    """An ENI would carry more private IPv4 addresses and prefixes than it may."""

    code = "MaxEniPrivateIpsCountExceeded"
    http_status = 403
    form = "The number of private IP addresses of an ENI exceeds the limit: asked for {asked}, the maximum is {limit}."
    source = ASSIGN


class MaxEniIpv6IpsCountExceeded(ApiError):
    """An ENI would carry more IPv6 addresses and prefixes than it may."""

    code = "MaxEniIpv6IpsCountExceeded"
    http_status = 403
    form = "The number of IPv6 addresses of an ENI exceeds the limit: asked for {asked}, the maximum is {limit}."
    source = ASSIGN
