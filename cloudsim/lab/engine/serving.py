"""What a request of HTTP costs a server: a create at ours, at moto's server, and an echo by h11 on trio.

Each server has a process of its own, and its CPU time is what counts: that of the client, which writes ready bytes into
a socket, does not. Ours and the echo keep a connection open; moto's server has one for each request, as it wants it.

Goals (issue 7): at least 10 x moto's rate and half of the echo's; ready within a second. How long an answer takes at 16
connections is wall time, and told without a goal.
"""

import re
import socket
from collections.abc import Callable, Iterator
from itertools import count
from statistics import quantiles
from time import perf_counter_ns  # noqa: TID251  a benchmark is where real time is measured
from typing import Self

import trio

from cloudsim.lab.engine.door import unsigned
from cloudsim.lab.engine.ratio import Effort, Ratio, is_installed, missing, once, rate, ratio
from cloudsim.lab.engine.servers import Child, children, ready_s
from cloudsim.lab.timing import Timing

_MOTO = "moto's server / ours, CPU time of a create by HTTP"
_MOTO_HEADERS = (
    b"host: ec2.us-east-1.amazonaws.com\r\ncontent-type: application/x-www-form-urlencoded\r\n"
    b"authorization: AWS4-HMAC-SHA256 Credential=a/20200101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=b"
)
_LENGTH = re.compile(rb"(?i)content-length: *(\d+)\r\n")


def serving_ratios(effort: Effort) -> Iterator[Ratio]:
    """Measure it."""
    ready = [ready_s() for _ in range(3)]
    yield once("cloudsim serve, until it listens, best of 3: s", min(wall for wall, _ in ready), at_most=1)
    yield once("cloudsim serve, until it listens, best of 3: s of CPU time", min(cpu for _, cpu in ready))
    has_moto = is_installed("moto") and is_installed("flask")
    with children("ours", "echo", *(["moto"] if has_moto else [])) as started:
        timings = _timings(started, effort.rounds(15))
        yield ratio("ours / an echo by h11 on trio, CPU time of a request", timings, "ours", "echo", at_most=2)
        if has_moto:
            yield ratio(_MOTO, timings, "moto", "ours", at_least=10)
        else:
            yield missing(_MOTO, "moto[server]", at_least=10)
        yield rate("requests per CPU second of our server", timings["ours"])
        each = 20 if effort.is_quick else 200
        for name in ("ours", "echo"):
            waited = trio.run(_waits_ns, started[name].port, 16, each)
            late = quantiles(waited, n=100, method="inclusive")[98]
            yield once(f"99 % of answers at 16 connections, {name}, come within: ms", late / 1e6)


def _timings(started: dict[str, Child], rounds: int) -> dict[str, Timing]:
    """Ask all servers in turn, in rounds of which the first is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in started}
    with Kept(started["ours"].port) as ours, Kept(started["echo"].port) as echo:
        asks: dict[str, Callable[[], int]] = {"ours": ours.ask, "echo": echo.ask}
        if "moto" in started:
            asks["moto"] = Moto(started["moto"].port).ask
        for number in range(rounds + 1):
            for name, ask in asks.items():
                before = started[name].cpu_ns()
                requests = ask()
                if number:
                    taken[name].append((started[name].cpu_ns() - before) / requests)
    return {name: Timing(tuple(each)) for name, each in taken.items()}


def create_bytes(number: int) -> bytes:
    """Write a create as it goes over the wire."""
    return f"GET {unsigned(number).target} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n".encode()


class Kept:
    """A client that keeps its connection; to be used with ``with``.

    Args:
        port: of the server.
    """

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._numbers = count()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self._socket.close()

    def ask(self, times: int = 200) -> int:
        """Make so many requests, one after the other."""
        for _ in range(times):
            self._socket.sendall(create_bytes(next(self._numbers)))
            answer = b""
            while not is_whole(answer):
                answer += self._socket.recv(65_536)
            assert answer.startswith(b"HTTP/1.1 200"), "every create succeeds"
        return times


class Moto:
    """A client of moto's server, which closes each connection.

    Args:
        port: of the server.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        found = re.search(rb"<subnetId>([^<]+)<", self._send(b"Action=DescribeSubnets&Version=2016-11-15"))
        assert found is not None, "moto has subnets of its own"
        self._create = b"Action=CreateNetworkInterface&Version=2016-11-15&SubnetId=" + found[1]

    def ask(self, times: int = 20) -> int:
        """Make so many interfaces, one after the other."""
        for _ in range(times):
            assert b"<networkInterfaceId>" in self._send(self._create), "every create succeeds"
        return times

    def _send(self, form: bytes) -> bytes:
        head = b"POST / HTTP/1.1\r\n%s\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % (_MOTO_HEADERS, len(form))
        with socket.create_connection(("127.0.0.1", self._port)) as connection:
            connection.sendall(head + form)
            return b"".join(iter(lambda: connection.recv(65_536), b""))


def is_whole(answer: bytes) -> bool:
    """Whether an answer has come to its end; it must say its length."""
    head, end, body = answer.partition(b"\r\n\r\n")
    if not end:
        return False
    length = _LENGTH.search(head + b"\r\n")
    assert length is not None, "every answer says its length"
    return len(body) >= int(length[1])


async def _waits_ns(port: int, connections: int, each: int) -> list[int]:
    """Ask by many connections at once, and give how long every answer took, in wall time."""
    waited: list[int] = []

    async def client(number: int) -> None:
        async with await trio.open_tcp_stream("127.0.0.1", port) as stream:
            for turn in range(each):
                request, answer = create_bytes(number * each + turn), b""
                start = perf_counter_ns()
                await stream.send_all(request)
                while not is_whole(answer):
                    answer += await stream.receive_some()
                waited.append(perf_counter_ns() - start)

    async with trio.open_nursery() as nursery:
        for number in range(connections):
            nursery.start_soon(client, number)
    return waited
