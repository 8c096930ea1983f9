"""What a create over HTTP costs, against moto's server and against a bare server that does nothing with a request.

Each server is a process of its own, and what counts is its CPU time, in interleaved rounds on one kept connection, but
that moto's closes it after each answer.
How long sixteen connections at once wait is time of the wall, and told without a goal.

Goals: at least 10 x as many requests in a CPU second as moto server (CreateNetworkInterface of its EC2), and half as
many as the bare server; ready within a second of its start.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic_ns  # noqa: TID251 - a benchmark is where real time is measured
from typing import Final, NamedTuple

from cloudsim.lab.engine.ratio import Effort, Ratio, is_installed, missing, once, rate, ratio
from cloudsim.lab.engine.served import Line, Served, a_call, a_moto_call, cloudsim_served, free_port, served
from cloudsim.lab.timing import Timing

CREATE: Final = a_call("CreateNetworkInterface", VSwitchId="vsw-a", SecurityGroupId="sg-a")
_CALLS: Final = {"cloudsim": 400, "bare": 800, "moto": 40}
"""In a round."""
_AT_ONCE: Final = 16
_OVER_MOTO: Final = "moto server / cloudsim serve, a create by raw HTTP"
_OVER_BARE: Final = "requests in a CPU second: a create by cloudsim serve / a bare h11 server on trio"


class Asked(NamedTuple):
    """A server, a connection to it, and what it is asked."""

    server: Served
    line: Line
    request: bytes
    calls: int

    def round(self) -> float:
        """Make a round, and give the CPU time of the server for a request, in ns."""
        start_ns = self.server.cpu_ns
        for _ in range(self.calls):
            self.line.ask(self.request)
        return (self.server.cpu_ns - start_ns) / self.calls


def server_part(effort: Effort) -> Iterator[Ratio]:
    """Measure it."""
    has_moto = is_installed("moto") and is_installed("flask")
    with TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        asked = {
            "cloudsim": _asked(stack, "cloudsim", stack.enter_context(cloudsim_served(folder)), CREATE),
            "bare": _asked(stack, "bare", stack.enter_context(served("cloudsim.lab.engine.echo")), CREATE),
        }
        if has_moto:
            asked["moto"] = _moto(stack)
        timings = _interleaved(asked, effort.rounds(9))
        yield ratio(_OVER_BARE, timings, "bare", "cloudsim", at_least=0.5)
        if has_moto:
            yield ratio(_OVER_MOTO, timings, "moto", "cloudsim", at_least=10)
        else:
            yield missing(_OVER_MOTO, "moto[server]", at_least=10)
        yield rate("creates over HTTP in a CPU second", timings["cloudsim"])
        yield once("p99 of sixteen connections at once, ms", p99_ms(asked["cloudsim"].server, effort.rounds(100)))
        yield once("from the start to the ready line, ms", ready_ms(folder, effort.rounds(5)), at_most=1_000)


def _asked(stack: ExitStack, name: str, server: Served, request: bytes) -> Asked:
    line = Line(server.port)
    stack.callback(line.close)
    return Asked(server, line, request, _CALLS[name])


def _moto(stack: ExitStack) -> Asked:
    port = free_port()
    server = stack.enter_context(served("moto.server", "-p", str(port), port=port))
    line = Line(port)
    subnet = line.ask(a_moto_call("DescribeSubnets")).partition(b"<subnetId>")[2].partition(b"<")[0].decode()
    line.close()
    return _asked(stack, "moto", server, a_moto_call("CreateNetworkInterface", SubnetId=subnet))


def _interleaved(asked: Mapping[str, Asked], rounds: int) -> dict[str, Timing]:
    for one in asked.values():
        one.round()
    taken = [{name: one.round() for name, one in asked.items()} for _ in range(rounds)]
    return {name: Timing(tuple(each[name] for each in taken)) for name in asked}


def p99_ms(server: Served, calls: int) -> float:
    """Ask over sixteen connections at once, and give how long the hundredth part of the requests waits at least.

    Args:
        server: which.
        calls: over each connection.
    """
    waits: list[int] = []
    threads = [Thread(target=_ask_on, args=(server.port, calls, waits.append)) for _ in range(_AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(waits) == calls * _AT_ONCE, "every request is answered"
    return quantiles(waits, n=100)[98] / 1e6


def _ask_on(port: int, calls: int, note: Callable[[int], object]) -> None:
    line = Line(port)
    for _ in range(calls):
        start_ns = monotonic_ns()
        line.ask(CREATE)
        note(monotonic_ns() - start_ns)
    line.close()


def ready_ms(folder: Path, times: int) -> float:
    """Start it so many times, and give the median of the time of the wall until it is ready."""

    def start() -> int:
        with cloudsim_served(folder) as server:
            return server.ready_ns

    return median(start() for _ in range(times)) / 1e6
