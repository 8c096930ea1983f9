"""The service itself: flow control and trouble on its side; each may be tried again."""

from cloudsim.errors.base import ApiError
from cloudsim.errors.sources import COMMON, DEEP_PAGES, THROTTLING


class Throttling(ApiError):
    """Too many requests of one API in the present minute."""

    code = "Throttling"
    http_status = 400
    form = (
        "Request was denied due to request throttling: account {account} called {action} {used} times this "
        "minute, the limit is {limit}."
    )
    source = THROTTLING
    try_later = True


class ThrottlingUser(ApiError):
    """The account calls an API too often."""

    code = "Throttling.User"
    http_status = 400
    form = (
        "Request was denied due to user flow control: account {account} called {action} {used} times this "
        "minute, the limit is {limit}."
    )
    source = THROTTLING
    try_later = True


class ThrottlingApi(ApiError):
    """Everybody together calls an API too often."""

    code = "Throttling.Api"
    http_status = 400
    form = (
        "Request was denied due to api flow control: {action} was called {used} times this minute, the limit "
        "is {limit}."
    )
    source = THROTTLING
    try_later = True


class InternalError(ApiError):
    """Something failed inside the service."""

    code = "InternalError"
    http_status = 500
    form = "The request processing has failed due to some unknown error, exception or failure."
    source = COMMON
    try_later = True


class ServiceUnavailable(ApiError):
    """The service cannot answer now."""

    code = "ServiceUnavailable"
    http_status = 503
    form = "The request has failed due to a temporary failure of the server."
    source = COMMON
    try_later = True


class ThrottlingDeepPageSkip(ApiError):
    """A page of a list begins too far behind its beginning."""

    code = "Throttling.DeepPageSkip"
    http_status = 400
    form = (
        "Request was denied due to deep page flow control: page {number} of {size} skips {skipped}, at most {limit} "
        "are skipped."
    )
    source = DEEP_PAGES
    try_later = True
