"""The server: sockets, connections, signals; who answers is the gateway's business.

It listens, and opens no connection of its own, ever. Each client has a task. Told to stop, it stops listening, lets go
whoever asks nothing, gives calls under way their grace, and then ends.

Source: wire.md W25, for the listen backlog and idle connections.
"""

import sys
from collections.abc import AsyncIterator
from ipaddress import ip_address
from math import inf
from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit
from typing import Final

import trio

from cloudsim.errors.own import SettingError
from cloudsim.gateway.connection import Connection, Dates, refuse_connection
from cloudsim.gateway.gateway import Gateway
from cloudsim.gateway.limits import Limits
from cloudsim.gateway.stream import PromptStream
from cloudsim.gateway.wire import BodyLimit

_TURNED_AWAY_MAX: Final = 32
"""Clients at one time who are told that there is no room; more are left without a word."""
_FILES_BESIDE: Final = 32 + _TURNED_AWAY_MAX
"""What a process has open besides the connections that it serves."""
BACKLOG: Final = 1_024
"""Clients open a connection for each concurrent call; with 5, fifty of them waited for seconds."""


class Server:
    """Serves one gateway.

    Args:
        gateway: answers requests.
        host: the address or name to listen at.
        port: to listen at; 0 takes a free one.
        limits: how much a client may ask.
    """

    def __init__(
        self, gateway: Gateway, *, host: str = "127.0.0.1", port: int = 0, limits: Limits | None = None
    ) -> None:
        self.gateway = gateway
        self.host = host
        self.port = port
        self.limits = limits if limits is not None else Limits()
        self._listeners: list[trio.SocketListener] = []
        self._connections: dict[int, Connection] = {}
        self._accepted = 0
        self._room = max(1, min(self.limits.connections, _files_allowed() - _FILES_BESIDE))
        self._turned_away = 0
        self._dates = Dates()
        self._body_limit = BodyLimit(
            api=self.limits.body_bytes, admin=self.limits.admin_body_bytes, is_admin=gateway.takes_documents
        )
        self._listening = trio.CancelScope()
        self._serving = trio.CancelScope()
        self._stopping = trio.Event()
        self.stopped_by: int | None = None
        """The signal that stopped it, or None."""

    async def listen(self) -> None:
        """Take the address; from now on clients can connect, and wait.

        Raises:
            SettingError: the address cannot be had.
        """
        try:
            self._listeners = await trio.open_tcp_listeners(self.port, host=self.host, backlog=BACKLOG)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise SettingError(f"cannot listen at {self.host}:{self.port}: {reason}") from None
        self.port = self._listeners[0].socket.getsockname()[1]

    @staticmethod
    def address(host: str, port: int) -> str:
        """Write where clients find a server that listens at a host and a port, such as ``http://127.0.0.1:8080``."""
        found = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
        return f"http://{f'[{found}]' if ':' in found else found}:{port}"

    @property
    def url(self) -> str:
        """Where clients find it."""
        return self.address(self.host, self.port)

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine reaches it, by the addresses at which it listens: a name may stand for any."""
        assert self._listeners, "it listens"
        return all(ip_address(one.socket.getsockname()[0]).is_loopback for one in self._listeners)

    @property
    def connections(self) -> int:
        """How many connections there are now."""
        return len(self._connections)

    def stop(self) -> None:
        """Stop, with grace for what is under way; told a second time, at once."""
        if self._stopping.is_set():
            self._serving.cancel()
        self._stopping.set()

    async def serve(self, *, signals: AsyncIterator[int] | None = None) -> None:
        """Serve until :meth:`stop` is called.

        Args:
            signals: those that stop it, as they come; None if none do.

        Raises:
            SettingError: the address cannot be had.
        """
        if not self._listeners:
            await self.listen()
        try:
            with self._serving:
                async with trio.open_nursery() as background:
                    background.start_soon(self.gateway.run)
                    background.start_soon(self._watch)
                    if signals is not None:
                        background.start_soon(self._obey, signals)
                    async with trio.open_nursery() as clients:
                        clients.start_soon(self._accept, clients)
                        await self._stopping.wait()
                        self._listening.cancel()
                        for connection in tuple(self._connections.values()):
                            connection.end_soon()
                        clients.cancel_scope.deadline = trio.current_time() + self.limits.grace_s
                    background.cancel_scope.cancel()
        finally:
            await self.aclose()

    async def aclose(self) -> None:
        """Listen no more."""
        with trio.CancelScope(shield=True):
            for listener in self._listeners:
                await listener.aclose()

    async def _accept(self, clients: trio.Nursery) -> None:
        with self._listening:
            await trio.serve_listeners(self._welcome, self._listeners, handler_nursery=clients)

    def _make_room(self) -> bool:
        """Let go who has rested longest, or else one who waits and seems gone; say whether there was any."""
        resting = min(self._connections.values(), key=lambda one: one.rests_until_s)
        if resting.rests_until_s < inf:
            resting.end_soon()
            return True
        left = next((one for one in self._connections.values() if one.is_left), None)
        if left is not None:
            left.cut()
        return left is not None

    async def _turn_away(self, stream: PromptStream) -> None:
        """Tell a client that there is no room for it, as long as those who are told so are few."""
        if self._turned_away >= _TURNED_AWAY_MAX:
            await trio.aclose_forcefully(stream)
            return
        self._turned_away += 1
        try:
            reason = f"{self._room} connections are open, and all of them at work, which is all there can be"
            await refuse_connection(stream, self.limits, self._dates, reason)
        finally:
            self._turned_away -= 1

    async def _watch(self) -> None:
        """Let no connection wait for much longer than its limit."""
        while True:
            await trio.sleep(self.limits.look_s)
            now_s = trio.current_time()
            for connection in tuple(self._connections.values()):
                connection.look(now_s)

    async def _welcome(self, accepted: trio.SocketStream) -> None:
        """Serve one client."""
        stream = PromptStream(accepted)
        if len(self._connections) >= self._room and not self._make_room():
            await self._turn_away(stream)
            return
        self._accepted = number = self._accepted + 1
        limits = self.limits
        connection = self._connections[number] = Connection(
            stream, self.gateway.answer, number=number, limits=limits, dates=self._dates,
            body_limit=self._body_limit,
        )  # fmt: skip
        self.gateway.note_clients(len(self._connections))
        try:
            await connection.run()
        except Exception as error:  # noqa: BLE001  no connection may end the server
            self.gateway.fail(error)
        finally:
            del self._connections[number]
            self.gateway.note_clients(len(self._connections))

    async def _obey(self, signals: AsyncIterator[int]) -> None:
        async for number in signals:
            self.stopped_by = number
            self.stop()


def _files_allowed() -> int:
    """How many files and sockets the process may have open."""
    soft, _ = getrlimit(RLIMIT_NOFILE)
    return sys.maxsize if soft == RLIM_INFINITY else soft
