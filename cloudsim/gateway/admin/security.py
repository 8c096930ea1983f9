"""Who may ask the admin API: the same machine, or who has the token; and no web page but the dashboard's own.

A browser on the same machine reaches every port of it, on behalf of any page that it shows. So an address alone proves
nothing, and each of these is asked for:

- The target is in origin form and its path is one of the table, letter by letter: nothing is decoded or normalised.
- ``Host`` is one of the names under which the server was said to be known (against DNS rebinding).
- ``Origin``, where there is one, is that host's own, and ``Sec-Fetch-Site`` says that the page is no other site's. A
  host of ``--admin-host`` may be asked by ``https`` too, by way of a proxy that ends TLS and passes ``Host`` on.
- A change carries the header ``x-cloudsim-admin``, which no page can send elsewhere without asking first, and is
  never let (there are no CORS headers).
- Beyond loopback, or where it has further names, a token is asked for: ``Authorization: Bearer``, or the cookie that
  ``/_cloudsim/login`` gives, which scripts cannot read and other sites' pages do not send. A page that came by
  ``https`` gets one that goes by ``https`` alone.

Source: Fetch Metadata Request Headers (W3C); RFC 6265bis, SameSite; OWASP, Cross-Site Request Forgery Prevention.
"""

import re
from hmac import compare_digest
from typing import Final

import msgspec

from cloudsim.errors.own import SettingError
from cloudsim.gateway.admin.answers import AdminRefusal, BadRequest
from cloudsim.gateway.http import HttpRequest

PREFIX: Final = "/_cloudsim/"
CHANGE_HEADER: Final = "x-cloudsim-admin"
"""Any value will do; that it could be sent is what it shows."""
COOKIE: Final = "cloudsim_admin"
TOKEN_LENGTH_MIN: Final = 16
HTTP_PORT: Final = 80
"""Browsers leave it out of ``Host``."""
_LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")


_HOST: Final = re.compile(r"(?:\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?", re.ASCII | re.IGNORECASE)
_HAS_PORT: Final = re.compile(r":[0-9]+$", re.ASCII)


class AdminOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How the admin API is guarded.

    Args:
        port: that the server listens on, at which loopback names are taken.
        hosts: further names by which it is asked, those of ``--admin-host``; one without a port is taken at the
            server's own, and at 80.
        token: asked for where it is given; must be given where the server listens beyond loopback.

    Raises:
        SettingError: the port or a host is none, or the token is too short or cannot be a header's.
    """

    port: int
    hosts: tuple[str, ...] = ()
    token: str | None = None

    def __post_init__(self) -> None:
        if not 0 < self.port < 1 << 16:
            raise SettingError(f"the port of the admin API is 1 to 65535, not {self.port}")
        for host in self.hosts:
            if _HOST.fullmatch(host) is None:
                raise SettingError(f"a host of the admin API is written NAME or NAME:PORT, not {host!r}")
        if self.token is not None and not (len(self.token) >= TOKEN_LENGTH_MIN and _is_plain(self.token)):
            raise SettingError(
                f"a token of the admin API has at least {TOKEN_LENGTH_MIN} letters, digits, '-' or '_', without spaces"
            )

    @property
    def known_hosts(self) -> tuple[str, ...]:
        """The values of ``Host`` that are taken, in lower case."""
        bare = _LOOPBACK if self.port == HTTP_PORT else ()
        return (*[f"{name}:{self.port}" for name in _LOOPBACK], *bare, *self.given_hosts)

    @property
    def given_hosts(self) -> tuple[str, ...]:
        """Those of them that were given, which a proxy may stand for."""
        with_port = [host.lower() for host in self.hosts if _HAS_PORT.search(host)]
        without = [host.lower() for host in self.hosts if not _HAS_PORT.search(host)]
        return (*[f"{name}:{self.port}" for name in without], *without, *with_port)


class Guard:
    """Holds requests against the options.

    Args:
        options: how.
    """

    def __init__(self, options: AdminOptions) -> None:
        self._hosts = options.known_hosts
        self._given_hosts = options.given_hosts
        self._token = options.token

    def admit(self, request: HttpRequest) -> str:
        """Let a request pass, or refuse it, whoever sent it.

        Returns:
            Its target, in origin form.

        Raises:
            AdminRefusal: it is not in origin form, its host or its page is another one, or a change lacks its header.
        """
        if not request.target.startswith(PREFIX):
            raise BadRequest(f"the admin API is asked in origin form, with a path that begins with {PREFIX}")
        host = _only(request, "host")
        if host is None or host.lower() not in self._hosts:
            raise _forbidden(
                f"the admin API does not answer as {host!r}, but as {' or '.join(self._hosts)}; --admin-host adds names"
            )
        origin, site = _only(request, "origin"), _only(request, "sec-fetch-site")
        if origin is not None and origin.lower() not in self._origins(host.lower()):
            raise _forbidden(f"the page of {origin!r} may not ask the admin API")
        is_reading = request.method in ("GET", "HEAD")
        if site is not None and site not in ({"same-origin", "none"} if is_reading else {"same-origin"}):
            raise _forbidden(f"a page that is {site!r} to this one may not ask the admin API")
        if not is_reading and _only(request, CHANGE_HEADER) is None:
            raise _forbidden(f"a change carries the header {CHANGE_HEADER}, with any value")
        return request.target

    def _origins(self, host: str) -> tuple[str, ...]:
        """Give the origins that pages of a host have."""
        plain = f"http://{host}"
        return (plain, f"https://{host}") if host in self._given_hosts else (plain,)

    def require_token(self, request: HttpRequest) -> None:
        """Refuse a request that does not have the token, where one is asked for.

        Raises:
            AdminRefusal: it has none, or another one.
        """
        if self._token is None:
            return
        scheme, _, bearer = (_only(request, "authorization") or "").partition(" ")
        given = [bearer.strip()] if scheme.lower() == "bearer" else _cookies(request)
        if not any(self.is_token(one) for one in given):
            raise AdminRefusal(
                401, "Unauthorized", "the token of the admin API is asked for: Authorization: Bearer TOKEN",
                ("www-authenticate", 'Bearer realm="cloudsim"'),
            )  # fmt: skip

    def is_token(self, given: str) -> bool:
        """Whether a text is the token, in a time that does not tell how much of it is."""
        return self._token is not None and compare_digest(given.encode(), self._token.encode())

    def cookie_header(self, request: HttpRequest) -> tuple[str, str]:
        """The header that gives a browser the token.

        Args:
            request: of the page that asks for it, which :meth:`admit` has let.
        """
        assert self._token is not None, "without a token there is nothing to give"
        secure = "; Secure" if (request.header("origin") or "").lower().startswith("https://") else ""
        return "set-cookie", f"{COOKIE}={self._token}; Path={PREFIX}; HttpOnly; SameSite=Strict{secure}"


def _only(request: HttpRequest, name: str) -> str | None:
    """Give the value of a header that is there once at most.

    Raises:
        AdminRefusal: it is there several times.
    """
    values = [value for key, value in request.headers if key == name]
    if len(values) > 1:
        raise BadRequest(f"the header {name} is there {len(values)} times, and may be once")
    return values[0].strip() if values else None


def _cookies(request: HttpRequest) -> list[str]:
    pairs = [pair.strip() for key, value in request.headers if key == "cookie" for pair in value.split(";")]
    return [pair.removeprefix(f"{COOKIE}=") for pair in pairs if pair.startswith(f"{COOKIE}=")]


def _forbidden(message: str) -> AdminRefusal:
    return AdminRefusal(403, "Forbidden", message)


def _is_plain(token: str) -> bool:
    return token.isascii() and token.replace("-", "").replace("_", "").isalnum()
