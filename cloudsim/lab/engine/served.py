"""Servers in processes of their own, and what is asked of them over sockets.

What a server costs is the CPU time of its process, so whoever asks does not count, and on a machine with other work it
is what it would be on a core alone.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import clock_gettime_ns, monotonic_ns, sleep  # noqa: TID251 - a benchmark is where real time is measured
from typing import Final
from urllib.parse import urlencode

_PATIENCE_NS: Final = 60 * 10**9

ROOMY_TOML: Final = """\
format = 1

[[account]]
id = "acme"
eni_quota = 10_000_000

[[region]]
id = "cn-hangzhou"
zones = ["cn-hangzhou-h"]

[[vpc]]
id = "vpc-a"
cidr = "10.0.0.0/16"

[[vswitch]]
id = "vsw-a"
cidr = "10.0.0.0/17"

[[security_group]]
id = "sg-a"
type = "enterprise"
"""
"""A world with room for 32,764 ENIs."""


class Served:
    """A server in a process of its own.

    Args:
        process: it.
        port: where it listens.
        ready_ns: from its start to the moment when it listened, of the wall.
    """

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, ready_ns: int) -> None:
        self.process, self.port, self.ready_ns = process, port, ready_ns

    @property
    def cpu_ns(self) -> int:
        """The CPU time of the process so far; by Linux, the clock of a process is made of its number."""
        return clock_gettime_ns(~self.process.pid << 3 | 2)

    @property
    def resident_bytes(self) -> int:
        """The memory of the process."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def served(*command: str, port: int | None = None) -> Iterator[Served]:
    """Start ``python -m command`` for the length of the ``with`` block.

    Args:
        command: the module and its arguments.
        port: where it will listen; None if its first line says so, at its end.
    """
    start_ns = monotonic_ns()
    with subprocess.Popen(  # noqa: S603  ourselves, or a peer
        [sys.executable, "-m", *command],
        stdout=None if port is not None else subprocess.PIPE,
        stderr=subprocess.DEVNULL if port is not None else None,
    ) as process:
        try:
            yield Served(process, _said(process) if port is None else _reached(port), monotonic_ns() - start_ns)
        finally:
            process.kill()


def _said(process: "subprocess.Popen[bytes]") -> int:
    assert process.stdout is not None, "its output is ours"
    return int(process.stdout.readline().rpartition(b":")[2])


def _reached(port: int) -> int:
    give_up_ns = monotonic_ns() + _PATIENCE_NS
    while monotonic_ns() < give_up_ns:
        with suppress(ConnectionError):
            socket.create_connection(("127.0.0.1", port)).close()
            return port
        sleep(0.05)
    raise TimeoutError(f"nobody listens at port {port}")


def free_port() -> int:
    """Find a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def cloudsim_served(folder: Path, *options: str) -> Iterator[Served]:
    """Start ``cloudsim serve`` with a roomy world.

    Args:
        folder: where the file of the world goes.
        options: more of the command.
    """
    world = folder / "roomy.toml"
    world.write_text(ROOMY_TOML, encoding="utf-8")
    with served("cloudsim", "serve", "--port", "0", "--world", str(world), *options) as server:
        yield server


class Line:
    """A connection over which one request after the other is made; made anew where the server does not keep it.

    Args:
        port: where to.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket = self._connect()

    def _connect(self) -> socket.socket:
        found = socket.create_connection(("127.0.0.1", self._port), timeout=60)
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return found

    def ask(self, request: bytes) -> bytes:
        """Make a request, and give the body of its answer, which has a length.

        Raises:
            AssertionError: it is no success.
        """
        self._socket.sendall(request)
        heard = b""
        while (end := heard.find(b"\r\n\r\n")) < 0:
            heard += self._more()
        head, body = heard[:end].lower(), heard[end + 4 :]
        length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
        while len(body) < length:
            body += self._more()
        assert head.split(b" ", 2)[1] == b"200", heard
        if b"connection: close" in head:
            self.close()
            self._socket = self._connect()
        return body

    def _more(self) -> bytes:
        part = self._socket.recv(65_536)
        if not part:
            raise ConnectionError("it closed before it had answered")
        return part

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


def a_call(action: str, **parameters: str) -> bytes:
    """Write a call of the ECS API, unsigned, in the form of V1."""
    said = {
        "Action": action, "Version": "2014-05-26", "Format": "JSON", "RegionId": "cn-hangzhou",
        "AccessKeyId": "bench-key", **parameters,
    }  # fmt: skip
    return f"GET /?{urlencode(said)} HTTP/1.1\r\nHost: ecs.cn-hangzhou.aliyuncs.com\r\n\r\n".encode()


def a_moto_call(action: str, **parameters: str) -> bytes:
    """Write a call of moto's EC2, unsigned."""
    body = urlencode({"Action": action, "Version": "2016-11-15", **parameters}).encode()
    scope = "Credential=mock/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0"
    head = (
        "POST / HTTP/1.1\r\nHost: ec2.us-east-1.amazonaws.com\r\n"
        f"Authorization: AWS4-HMAC-SHA256 {scope}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
