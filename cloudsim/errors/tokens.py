"""Client tokens: malformed, reused, in progress or burnt."""

from cloudsim.errors.base import ApiError
from cloudsim.errors.sources import BURNT, COMMON, TOKENS


class InvalidClientTokenValueNotSupported(ApiError):
    """The token is no token: longer than 64 characters, or not ASCII."""

    code = "InvalidClientToken.ValueNotSupported"
    http_status = 400
    form = "The ClientToken provided is invalid: {reason}."
    source = TOKENS


class IdempotentParameterMismatch(ApiError):
    """The token stands for a request with other parameters."""

    code = "IdempotentParameterMismatch"
    http_status = 400
    form = 'The request is retried with updated parameters: token "{token}".'
    source = COMMON


class IdempotentProcessing(ApiError):
    """The request that the token stands for still runs."""

    code = "IdempotentProcessing"
    http_status = 403
    form = 'The previous idempotent request(s) is still processing: token "{token}".'
    source = TOKENS
    try_later = True


class IdempotentFailed(ApiError):
    """The token's request ended without an answer; only a new token helps."""

    code = "IdempotentFailed"
    http_status = 403
    form = (
        "The previous idempotent request(s) has failed due to some unknown error, exception or failure: token "
        '"{token}".'
    )
    source = BURNT


class LastTokenProcessing(ApiError):
    """The request that the token stands for still runs, said by the other code that the documents have for it."""

    code = "LastTokenProcessing"
    http_status = 403
    form = 'The last token request is processing: token "{token}".'
    source = COMMON
    try_later = True
