"""Servers in processes of their own, at 127.0.0.1: ours, an echo by h11 on trio, and moto's.

Used as a program it is one of them: ``python -m cloudsim.lab.engine.servers NAME`` prints its port, and serves until
its standard input ends.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from time import clock_gettime_ns, perf_counter_ns  # noqa: TID251  a benchmark is where real time is measured
from typing import Final

import h11
import trio

from cloudsim.gateway.thread import serve_in_thread
from cloudsim.lab.engine.create import roomy

VSWITCHES: Final = 4


class Child:
    """A server in a process of its own.

    Args:
        name: of the server.
    """

    def __init__(self, name: str) -> None:
        self._process, self.port = _started("cloudsim.lab.engine.servers", name)

    def cpu_ns(self) -> int:
        """Give the CPU time that it has taken."""
        return _cpu_ns(self._process.pid)

    def stop(self) -> None:
        """End it."""
        self._process.communicate()


def ready_s() -> tuple[float, float]:
    """Start ``cloudsim serve``, and give what it takes until it listens, in seconds: wall time, and its CPU time."""
    begun = perf_counter_ns()
    process, _ = _started("cloudsim", "serve", "--port", "0")
    wall_ns, cpu_ns = perf_counter_ns() - begun, _cpu_ns(process.pid)
    process.terminate()
    process.communicate()
    return wall_ns / 1e9, cpu_ns / 1e9


def _started(*words: str) -> "tuple[subprocess.Popen[bytes], int]":
    """Start a module of ours, and read the port with which its first line ends."""
    process = subprocess.Popen([sys.executable, "-m", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
    assert process.stdout is not None, "it is a pipe"
    return process, int(process.stdout.readline().rpartition(b":")[2])


def _cpu_ns(pid: int) -> int:
    """Give the CPU time of all threads of a process, by the clock that Linux has for each."""
    return clock_gettime_ns((~pid << 3) | 2)


@contextmanager
def children(*names: str) -> Iterator[dict[str, Child]]:
    """Start servers, for the length of a ``with`` block."""
    started: dict[str, Child] = {}
    try:
        for name in names:
            started[name] = Child(name)
        yield started
    finally:
        for child in started.values():
            child.stop()


def tell(port: int) -> None:
    """Print the port, and wait until the standard input ends."""
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    sys.stdin.read()


def serve_ours() -> None:
    """Serve a roomy world without latency."""
    with serve_in_thread(roomy(VSWITCHES), settings={"latency": "none"}) as server:
        tell(server.port)


def serve_echo() -> None:
    """Answer every request with its target, by h11 on trio and nothing else."""
    trio.run(_echo)


async def _echo() -> None:
    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    async with trio.open_nursery() as nursery:
        nursery.start_soon(trio.serve_listeners, _echo_to, [listener])
        await trio.to_thread.run_sync(tell, listener.socket.getsockname()[1])
        nursery.cancel_scope.cancel()


async def _echo_to(stream: trio.SocketStream) -> None:
    connection, target = h11.Connection(h11.SERVER), b""
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await stream.receive_some())
        elif isinstance(event, h11.Request):
            target = event.target
        elif isinstance(event, h11.EndOfMessage):
            headers = [("content-length", str(len(target))), ("content-type", "text/plain")]
            head = connection.send(h11.Response(status_code=200, headers=headers))
            body, end = connection.send(h11.Data(data=target)), connection.send(h11.EndOfMessage())
            await stream.send_all(b"".join([head or b"", body or b"", end or b""]))
            connection.start_next_cycle()
        elif isinstance(event, h11.ConnectionClosed):
            return


def serve_moto() -> None:
    """Serve moto as its own server does, without its log."""
    import_module("logging").getLogger("werkzeug").disabled = True
    server = import_module("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    tell(server.get_host_and_port()[1])


SERVERS: Final[dict[str, Callable[[], None]]] = {"ours": serve_ours, "echo": serve_echo, "moto": serve_moto}

if __name__ == "__main__":
    SERVERS[sys.argv[1]]()
