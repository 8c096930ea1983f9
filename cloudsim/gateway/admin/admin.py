"""The admin: a request under ``/_cloudsim/`` in, an answer or a stream of events out.

HEAD is answered as GET is, and whoever writes the answer to the wire leaves the body out; only the stream has no HEAD.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, Final, TypeAlias

import msgspec

from cloudsim.errors.own import CloudsimError
from cloudsim.gateway.admin.answers import BYTES, JSON, AdminRefusal, BadRequest, Conflict, json_answer
from cloudsim.gateway.admin.bodies import Body, Text, read, require_type
from cloudsim.gateway.admin.events import Board, EventStream
from cloudsim.gateway.admin.faults import PlannedFaults
from cloudsim.gateway.admin.host import Host
from cloudsim.gateway.admin.present import tables_of
from cloudsim.gateway.admin.routes import BY_PATH, Route, described
from cloudsim.gateway.admin.security import PREFIX, AdminOptions, Guard
from cloudsim.gateway.admin.tail import Tail
from cloudsim.gateway.dashboard.assets import PAGES, page
from cloudsim.gateway.http import HttpAnswer, HttpRequest
from cloudsim.gateway.keys import without_keys

_NUMBER_LENGTH_MAX: Final = 18
"""Digits of a number behind a question mark."""
Redo: TypeAlias = Callable[[str, bytes], object]
"""Is told of a change that was made: its path behind the prefix, and its body without secrets."""


class LoginBody(Body, frozen=True, kw_only=True):
    """What the dashboard asks for, where a token is needed."""

    token: Text


class Desk:
    """What the handlers work with.

    Args:
        host: who serves.
    """

    def __init__(self, host: Host) -> None:
        self.host = host
        self.board = Board(host, Tail())
        self.board.follow_host()
        self._faults = PlannedFaults(host.simulation)

    @property
    def faults(self) -> PlannedFaults:
        """The faults of the simulation that is served now."""
        if self._faults.simulation is not self.host.simulation:
            self._faults = PlannedFaults(self.host.simulation)
        return self._faults

    def saved_world(self) -> dict[str, Any]:
        """Give the world that was begun with as tables, without secrets.

        Raises:
            Conflict: the server began with a snapshot.
        """
        if self.host.world is None:
            raise Conflict(
                "the server began with a snapshot and no world; GET world without a question gives the present"
            )
        return tables_of(without_keys(self.host.world))


class Admin:
    """The admin API of one server.

    Args:
        host: who serves.
        options: how it is guarded.
        on_change: told of every change after it was made, so that a recording can make it again by :meth:`perform`.
    """

    def __init__(self, host: Host, options: AdminOptions, *, on_change: Redo | None = None) -> None:
        self._desk = Desk(host)
        self._guard = Guard(options)
        self._on_change = on_change

    @property
    def failed_answer(self) -> HttpAnswer:
        """What somebody is told whose request met a bug of ours."""
        message = f"this is a bug of the simulator, whose state may be half-way: {PREFIX}health says more"
        return AdminRefusal(500, "InternalError", message).answer

    async def handle(self, request: HttpRequest) -> HttpAnswer | EventStream:
        """Answer a request; a stream is to be closed by whoever reads it."""
        return self.answer(request)

    def answer(self, request: HttpRequest) -> HttpAnswer | EventStream:
        """Answer likewise, where nobody can wait."""
        if request.target == PREFIX.rstrip("/"):
            return HttpAnswer(308, (("location", PREFIX), ("content-type", "text/plain")), b"")
        try:
            return self._answer(request)
        except AdminRefusal as refusal:
            return refusal.answer
        except CloudsimError as error:
            return BadRequest(str(error)).answer

    def perform(self, path: str, body: bytes) -> HttpAnswer:
        """Make a change again that :attr:`on_change` told of.

        Args:
            path: behind the prefix.
            body: as it was told.

        Raises:
            AdminRefusal: it cannot be made now.
            CloudsimError: likewise.
        """
        return self._do(_route(path, "POST"), body)

    def lets_in(self, head: HttpRequest) -> bool:
        """Whether a request, of which its body may still be missing, is let in."""
        try:
            self._guard.admit(head)
            self._guard.require_token(head)
        except AdminRefusal:
            return False
        return True

    def _answer(self, request: HttpRequest) -> HttpAnswer | EventStream:
        target = self._guard.admit(request)
        path, question, query = target.removeprefix(PREFIX).partition("?")
        method = "GET" if request.method == "HEAD" else request.method
        if path in PAGES and not question:
            _require_method(request, "GET", "HEAD")
            return page(path)
        if path == "login":
            return self._log_in(request)
        self._guard.require_token(request)
        self._desk.board.follow_host()
        if path == "events" and not question:
            _require_method(request, "GET")
            return self._desk.board.subscribe(request.header("last-event-id") or "")
        if path == "help" and not question:
            _require_method(request, "GET", "HEAD")
            return json_answer({"prefix": PREFIX, "routes": described()})
        route = _route(path, method)
        if question and not route.query:
            raise _not_found(f"{path}?{query}")
        if route.method == "GET":
            return partial(route.handler, **_asked(query, route))(self._desk, b"")
        require_type(request.header("content-type"), BYTES if route.is_bytes else JSON)
        answer = self._do(route, request.body)
        if self._on_change is not None:
            self._on_change(path, self._without_secrets(path, request.body))
        return answer

    def _do(self, route: Route, body: bytes) -> HttpAnswer:
        answer = route.handler(self._desk, body)
        self._desk.host.note_change()
        return answer

    def _without_secrets(self, path: str, body: bytes) -> bytes:
        """Give the body of a change that was made; only that of a world can hold the secrets of access keys."""
        if path != "world":
            return body
        return msgspec.json.encode({"world": self._desk.saved_world(), "seed": self._desk.host.simulation.seed})

    def _log_in(self, request: HttpRequest) -> HttpAnswer:
        _require_method(request, "POST")
        require_type(request.header("content-type"), JSON)
        if not self._guard.is_token(read(request.body, LoginBody).token):
            raise AdminRefusal(401, "Unauthorized", "that is not the token of this server; it says it when it starts")
        return json_answer({"status": "ok"}, self._guard.cookie_header(request))


def _route(path: str, method: str) -> Route:
    """Find what is to be done.

    Raises:
        AdminRefusal: there is no such path, or not by that method.
    """
    methods = BY_PATH.get(path)
    if methods is None:
        raise _not_found(path)
    if method not in methods:
        raise _not_allowed(method, path, *methods, *(["HEAD"] if "GET" in methods else []))
    return methods[method]


def _require_method(request: HttpRequest, *methods: str) -> None:
    if request.method not in methods:
        raise _not_allowed(request.method, request.target.removeprefix(PREFIX), *methods)


def _not_found(path: str) -> AdminRefusal:
    return AdminRefusal(404, "NotFound", f"there is no {PREFIX}{path[:200]}; {PREFIX}help lists what there is")


def _not_allowed(method: str, path: str, *known: str) -> AdminRefusal:
    allow = ", ".join(known)
    return AdminRefusal(405, "MethodNotAllowed", f"{PREFIX}{path} takes {allow}, not {method[:20]}", ("allow", allow))


def _asked(query: str, route: Route) -> dict[str, int | str]:
    """Read what stands behind a question mark.

    Raises:
        BadRequest: it is nothing that the route knows.
    """
    asked: dict[str, int | str] = {}
    for part in filter(None, query.split("&")):
        name, _, value = part.partition("=")
        words = route.query.get(name)
        is_number = value.isascii() and value.isdigit() and len(value) <= _NUMBER_LENGTH_MAX
        if words is None or name in asked or not (value in words if words else is_number):
            known = [f"{key}={'|'.join(words) or 'NUMBER'}" for key, words in route.query.items()]
            raise BadRequest(
                f"behind the question mark of {PREFIX}{route.path} may stand {' and '.join(known)}, each once, "
                f"not {part[:100]!r}"
            )
        asked[name] = value if words else int(value)
    return asked
