"""What was said cannot be: missing, malformed, exclusive or unknown parameters."""

from cloudsim.errors.base import ApiError
from cloudsim.errors.sources import COMMON, REFERENCE


class MissingParameter(ApiError):
    """A required parameter is not given, or is empty."""

    code = "MissingParameter"
    http_status = 400
    form = 'The input parameter "{parameter}" that is mandatory for processing this request is not supplied.'
    source = REFERENCE


class InvalidParameter(ApiError):
    """A parameter breaks its documented form or range."""

    code = "InvalidParameter"
    http_status = 400
    form = 'The specified parameter "{parameter}" is not valid: {reason}.'
    source = REFERENCE


class InvalidParameterConflict(ApiError):
    """Two parameters that exclude each other are given."""

    code = "InvalidParameter.Conflict"
    http_status = 400
    form = 'The specified parameters "{parameter}" and "{other}" cannot be given at the same time.'
    source = REFERENCE


class UnsupportedParameter(ApiError):
    """A parameter of newer documents is given where the profile is older."""

    code = "UnsupportedParameter"
    http_status = 400
    form = 'The parameters is unsupported: "{parameter}" is not known to the profile {profile}.'
    source = REFERENCE


class InvalidAction(ApiError):
    """There is no such action."""

    code = "InvalidAction"
    http_status = 403
    form = 'The specified action is not valid: "{action}".'
    source = COMMON


class DryRunOperation(ApiError):
    """A dry run has passed every check: the answer that it hopes for is a refusal."""

    code = "DryRunOperation"
    http_status = 400
    form = "Request validation has been passed with DryRun flag set."
    source = COMMON
