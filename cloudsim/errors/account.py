"""Who calls, and where: accounts, RAM users and regions."""

from cloudsim.errors.base import ApiError
from cloudsim.errors.sources import ATTRIBUTES, COMMON, DESCRIBE, REFERENCE


class InvalidUserTypeNotSupported(ApiError):
    """The account may not use the operation."""

    code = "InvalidUserType.NotSupported"
    http_status = 403
    form = "Your account does not support this operation: account {account} asked for {action}."
    source = REFERENCE


class AbsInvalidAccountNotFound(ApiError):
    """The account does not exist, or its key is not in force."""

    code = "Abs.InvalidAccount.NotFound"
    http_status = 403
    form = "The Account is not found or ak is expired: account {account}, {reason}."
    source = REFERENCE


class ForbiddenNotSupportRAM(ApiError):
    """RAM users may not use the operation."""

    code = "Forbidden.NotSupportRAM"
    http_status = 403
    form = "This action does not support accessed by RAM mode: user {user} asked for {action}."
    source = REFERENCE


class ForbiddenSubUser(ApiError):
    """The RAM user who asks may not use the operation."""

    code = "Forbidden.SubUser"
    http_status = 403
    form = "The specified action is not available for you: user {user} asked for {action}."
    source = REFERENCE


class ForbiddenRegionId(ApiError):
    """The service is unavailable to the account in the region."""

    code = "Forbidden.RegionId"
    http_status = 400
    form = "The service is unavailable in the current region: {region}, account {account}."
    source = REFERENCE


class InvalidRegionIdNotFound(ApiError):
    """There is no such region."""

    code = "InvalidRegionId.NotFound"
    http_status = 404
    form = 'The specified RegionId does not exist: "{region}".'
    source = COMMON


class InvalidRegionIdMalFormed(ApiError):
    """What is given for a region is no id of one in its form."""

    code = "InvalidRegionId.MalFormed"
    http_status = 400
    form = 'The specified RegionId is not valid: "{region}".'
    source = DESCRIBE


class InvalidParameter(ApiError):
    """DescribeAccountAttributes lacks its region; the code is the operation's own."""

    code = "Invalid.Parameter"
    http_status = 403
    form = "The required parameter regionId must be not null."
    source = ATTRIBUTES
