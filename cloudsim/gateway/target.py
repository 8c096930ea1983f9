"""Targets of requests: origin form and absolute form, and the hosts for which the gateway answers.

In absolute form, which a client sends to what it takes for a proxy, only the API's own hosts are answered for, of every
region and in every way that they are written. A ``Host`` header plays no part: some clients send a malformed one.

Source: wire.md W1, W7, W8.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from cloudsim.errors.gateway import InvalidApiNotFound, InvalidProductNotFound
from cloudsim.errors.parameters import InvalidParameter

_ABSOLUTE: Final = re.compile(r"https?://([^/?#]*)([^?#]*)(?:\?(.*))?", re.ASCII | re.IGNORECASE | re.DOTALL)
_HOST: Final = re.compile(
    r"((?:ecs|vpc)(?:-[a-z0-9-]{1,40})?(?:\.[a-z0-9-]{1,40}){0,3}\.aliyuncs\.com)(?::[0-9]{1,5})?"
)

_HOST_LENGTH_MAX: Final = 200
"""Characters; none of the API's has as many, with its port."""


class Target(NamedTuple):
    """What a target says."""

    path: str
    """As it was sent; nothing but slashes."""
    query: str
    """As it was sent, without the question mark."""
    host: str = ""
    """Of the API, in lower case, where the target names one."""


def api_host(text: str) -> str:
    """Give the API's own host that a text names, in lower case and without its port; empty if it names none."""
    return _api_host(text) if len(text) <= _HOST_LENGTH_MAX else ""


@lru_cache(maxsize=256)
def _api_host(text: str) -> str:
    """A client says the same host again and again."""
    found = _HOST.fullmatch(text.lower())
    return found[1] if found is not None else ""


def read_target(target: str) -> Target:
    """Read a target.

    Args:
        target: as it was sent.

    Raises:
        InvalidApiNotFound: its path is not ``/``, which is that of every action.
        InvalidParameter: it is not ASCII; other characters are percent-encoded.
        InvalidProductNotFound: it is absolute, and of a host that is none of the API's.
    """
    if not target.isascii():
        raise InvalidParameter(parameter="query", reason="characters beyond ASCII have to be percent-encoded")
    host = ""
    if target.startswith("/"):
        path, _, query = target.partition("?")
    else:
        absolute = _ABSOLUTE.fullmatch(target)
        if absolute is None:
            raise InvalidApiNotFound(what=f"{target!r} is no path")
        path, query = absolute[2] or "/", absolute[3] or ""
        host = api_host(absolute[1])
        if not host:
            raise InvalidProductNotFound(host=absolute[1])
    if path.strip("/"):
        raise InvalidApiNotFound(what=f"the path of every action is /, not {path!r}")
    return Target(path, query, host)
