"""A stream over a socket that turns to trio only where it has to wait.

trio's own lets other tasks go first at every send and tries each receive before it waits. A server that answers one
request after the other gains nothing from either: its answer fits the socket's buffer, and its client's next request is
never there yet. Both together cost some 7 % of a request.

Price: a send that need not wait is no checkpoint, so whoever sends in a loop without receiving makes one of his own.
"""

import socket
from typing import Final

import trio

_RECEIVE_BYTES: Final = 65_536
"""The most that one receive gives."""


class PromptStream(trio.abc.AsyncResource):
    """A connection.

    Args:
        stream: of trio, whose socket is taken over; it is of no use any more.
    """

    __slots__ = ("_is_over", "_socket")

    def __init__(self, stream: trio.SocketStream) -> None:
        self._socket = socket.socket(fileno=stream.socket.detach())
        self._socket.settimeout(0)
        self._is_over = False

    def send_now(self, data: bytes | memoryview) -> memoryview:
        """Send what the socket takes without waiting, and give the rest.

        Raises:
            BrokenResourceError: the client has gone.
        """
        try:
            return memoryview(data)[self._socket.send(data) :]
        except BlockingIOError:
            return memoryview(data)
        except OSError as error:
            raise _broken(error) from None

    async def send_all(self, data: bytes | memoryview) -> None:
        """Send, and wait only while the client takes no more.

        Raises:
            BrokenResourceError: the client has gone.
        """
        rest = self.send_now(data)
        while rest:
            await trio.lowlevel.wait_writable(self._socket)
            rest = self.send_now(rest)

    async def receive_some(self) -> bytes:
        """Wait for something, and give it; nothing once the client has closed its side.

        Raises:
            BrokenResourceError: the client has gone.
        """
        while True:
            await trio.lowlevel.wait_readable(self._socket)
            try:
                return self._socket.recv(_RECEIVE_BYTES)
            except BlockingIOError:
                continue  # it was readable for a moment
            except OSError as error:
                raise _broken(error) from None

    @property
    def is_left(self) -> bool:
        """Whether the client has closed its side, and nothing that it said is left to be read."""
        try:
            return not self._socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True

    async def send_eof(self) -> None:
        """Say that no more comes; more than once does no harm.

        Raises:
            BrokenResourceError: the client has gone.
        """
        await trio.lowlevel.checkpoint()
        if self._is_over:
            return
        self._is_over = True
        try:
            self._socket.shutdown(socket.SHUT_WR)
        except OSError as error:
            raise _broken(error) from None

    async def aclose(self) -> None:
        """Close; more than once does no harm."""
        if self._socket.fileno() >= 0:
            trio.lowlevel.notify_closing(self._socket)
            self._socket.close()
        await trio.lowlevel.checkpoint()


def _broken(error: OSError) -> trio.BrokenResourceError:
    return trio.BrokenResourceError(f"the connection broke: {error}")
