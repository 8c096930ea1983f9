"""What the API gateway refuses before an operation sees the call: who signs, when, and which API is meant.

Source: eni_api.md section 7; wire.md section 2; the public list of the gateway's own codes.
"""

from typing import Final

from cloudsim.errors.base import ApiError
from cloudsim.errors.sources import COMMON, GATEWAY, GATEWAY_CHOSEN

_STRING_TO_SIGN_MAX: Final = 65_536
"""Characters of a string to sign that are told whole: clients compare it with their own."""


class InvalidApiNotFound(ApiError):
    """The version of the API has no such action, or the path is none of an RPC API."""

    code = "InvalidApi.NotFound"
    http_status = 404
    form = "Specified api is not found, please check your url and method: {what}."
    source = GATEWAY


class InvalidVersion(ApiError):
    """There is no such version of an API."""

    code = "InvalidVersion"
    http_status = 400
    form = 'Specified parameter Version is not valid: "{version}", known are {known}.'
    source = GATEWAY_CHOSEN


class InvalidProductNotFound(ApiError):
    """A target in absolute form names a host that is none of the API's; 421 tells a proxy's client so."""

    code = "InvalidProduct.NotFound"
    http_status = 421
    form = 'Cannot find product according to your specified domain: "{host}".'
    source = GATEWAY_CHOSEN


class UnsupportedHTTPMethod(ApiError):
    """The method is neither GET nor POST."""

    code = "UnsupportedHTTPMethod"
    http_status = 403
    form = "This http method is not supported: {method}, GET and POST are."
    source = COMMON


class ConnectNotAllowed(UnsupportedHTTPMethod):
    """CONNECT asks for a tunnel, and the gateway opens none."""

    http_status = 405


class ForbiddenRiskControl(ApiError):
    """A web page asks, which no client of the API is."""

    code = "Forbidden.RiskControl"
    http_status = 403
    form = "This operation is forbidden by Aliyun RiskControl system: {reason}."
    source = COMMON


class MissingAction(ApiError):
    """Nothing says which action is asked for."""

    code = "MissingAction"
    http_status = 400
    form = "Action is mandatory for this action."
    source = GATEWAY


class MissingVersion(ApiError):
    """Nothing says which version of the API is meant."""

    code = "MissingVersion"
    http_status = 400
    form = "Version is mandatory for this action."
    source = GATEWAY


class MissingAccessKeyId(ApiError):
    """Nobody signs."""

    code = "MissingAccessKeyId"
    http_status = 400
    form = "AccessKeyId is mandatory for this action."
    source = GATEWAY


class MissingSignature(ApiError):
    """The signature itself is not there."""

    code = "MissingSignature"
    http_status = 400
    form = "Signature is mandatory for this action."
    source = GATEWAY


class MissingSignatureNonce(ApiError):
    """The nonce is not there."""

    code = "MissingSignatureNonce"
    http_status = 400
    form = "SignatureNonce is mandatory for this action."
    source = GATEWAY


class MissingTimestamp(ApiError):
    """The time is not there."""

    code = "MissingTimestamp"
    http_status = 400
    form = "Timestamp is mandatory for this action."
    source = GATEWAY


class MissingSecurityToken(ApiError):
    """A temporary key comes without its token."""

    code = "MissingSecurityToken"
    http_status = 400
    form = "SecurityToken is mandatory for this action."
    source = GATEWAY


class InvalidAccessKeyIdNotFound(ApiError):
    """There is no such access key."""

    code = "InvalidAccessKeyId.NotFound"
    http_status = 404
    form = 'Specified access key is not found: "{key}".'
    source = GATEWAY


class InvalidAccessKeyIdInactive(ApiError):
    """The access key is disabled."""

    code = "InvalidAccessKeyId.Inactive"
    http_status = 400
    form = 'Specified access key is disabled: "{key}".'
    source = GATEWAY


class InvalidSecurityTokenExpired(ApiError):
    """The token of a temporary key has expired."""

    code = "InvalidSecurityToken.Expired"
    http_status = 400
    form = "Specified SecurityToken is expired."
    source = GATEWAY_CHOSEN


class InvalidSecurityTokenMismatchWithAccessKey(ApiError):
    """The token is another key's, or none at all."""

    code = "InvalidSecurityToken.MismatchWithAccessKey"
    http_status = 400
    form = "Specified SecurityToken mismatch with the AccessKey."
    source = GATEWAY_CHOSEN


class InvalidTimeStampFormat(ApiError):
    """The time is not written as 2006-01-02T15:04:05Z."""

    code = "InvalidTimeStamp.Format"
    http_status = 400
    form = 'Specified time stamp or date value is not well formatted: "{timestamp}".'
    source = GATEWAY


class InvalidTimeStampExpired(ApiError):
    """The time is more than 15 minutes away from the server's."""

    code = "InvalidTimeStamp.Expired"
    http_status = 400
    form = 'Specified time stamp or date value is expired: "{timestamp}", it is {now}.'
    source = GATEWAY


class SignatureNonceUsed(ApiError):
    """The key has signed with this nonce before."""

    code = "SignatureNonceUsed"
    http_status = 400
    form = "Specified signature nonce was used already."
    source = GATEWAY


class InvalidSignatureMethod(ApiError):
    """The way to sign is not known."""

    code = "InvalidSignatureMethod"
    http_status = 400
    form = 'Specified signature method is not valid: "{method}", known are {known}.'
    source = GATEWAY_CHOSEN


class IncompleteSignature(ApiError):
    """The signature leaves out what has to be signed, or is no signature."""

    code = "IncompleteSignature"
    http_status = 400
    form = "The request signature does not conform to Aliyun standards: {reason}."
    source = COMMON


class SignatureDoesNotMatch(ApiError):
    """The signature is not the one of the request and the key; the text ends with what was to be signed."""

    code = "SignatureDoesNotMatch"
    http_status = 400
    form = "Specified signature is not matched with our calculation. server string to sign is:{string_to_sign}"
    source = GATEWAY
    fact_max = _STRING_TO_SIGN_MAX
