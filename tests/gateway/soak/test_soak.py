"""At full rate for a while, connections coming and going, tokens used again: nothing is lost, doubled or piled up."""

import json
from itertools import count
from pathlib import Path
from threading import Thread
from time import monotonic  # noqa: TID251  a soak lasts as long as it is told to, on the wall
from typing import Any

import pytest

from cloudsim.gateway.admin_client import AdminClient
from cloudsim.lab.engine.served import Line, Served, a_call, cloudsim_served

WORKERS = 8
AT_ONCE = 10
"""ENIs that a worker has at most."""


class Worker:
    """Somebody who makes ENIs, asks again with the token of each, and deletes the oldest, over ever new connections."""

    def __init__(self, port: int, name: str, until: float) -> None:
        self.asked = 0
        self.enis: list[str] = []
        self.failure: BaseException | None = None
        self._port, self._name, self._until = port, name, until
        self.thread = Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            for number in count():
                if monotonic() > self._until:
                    break
                line = Line(self._port)
                for _ in range(1 + number % 7):
                    self._turn(line)
                line.close()
        except BaseException as error:  # noqa: BLE001  raised again by who waits
            self.failure = error

    def _turn(self, line: Line) -> None:
        token = f"{self._name}-{self.asked}"
        made, again = (self._create(line, token) for _ in range(2))
        assert made == again, "one token is one ENI, however often it is used"
        assert made not in self.enis, "one ENI is one token's"
        self.enis.append(made)
        if len(self.enis) > AT_ONCE:
            self._ask(line, "DeleteNetworkInterface", NetworkInterfaceId=self.enis.pop(0))
        shown = self._ask(line, "DescribeNetworkInterfaces", **{"NetworkInterfaceId.1": made})
        assert [eni["NetworkInterfaceId"] for eni in shown["NetworkInterfaceSets"]["NetworkInterfaceSet"]] == [made]

    def _create(self, line: Line, token: str) -> str:
        answer = self._ask(line, "CreateNetworkInterface", VSwitchId="vsw-a", SecurityGroupId="sg-a", ClientToken=token)
        return str(answer["NetworkInterfaceId"])

    def _ask(self, line: Line, action: str, **parameters: str) -> dict[str, Any]:
        self.asked += 1
        answer: dict[str, Any] = json.loads(line.ask(a_call(action, AccessKeyId=self._name, **parameters)))
        return answer


def soaked(server: Served, seconds: float) -> tuple[float, float]:
    """Work for a while; give what memory the server has now, and its CPU time for a request, in ns."""
    start_ns, until = server.cpu_ns, monotonic() + seconds
    workers = [Worker(server.port, f"worker-{number}", until) for number in range(WORKERS)]
    for worker in workers:
        worker.thread.join()
        if worker.failure is not None:
            raise worker.failure
    for worker in workers:
        line = Line(server.port)
        for eni in worker.enis:
            line.ask(a_call("DeleteNetworkInterface", NetworkInterfaceId=eni))
        line.close()
    asked = sum(worker.asked for worker in workers)
    require_nothing_left(server, asked + sum(len(worker.enis) for worker in workers))
    return server.resident_bytes, (server.cpu_ns - start_ns) / asked


def require_nothing_left(server: Served, asked: int) -> None:
    """Each request is one call that succeeded; no ENI is left, nothing is under way and the audit is clean."""
    admin = AdminClient(f"http://127.0.0.1:{server.port}")
    admin.advance("10m")
    state = admin.state()
    assert sum(endings["ok"] for endings in state["calls"].values()) == asked
    assert all(set(endings) == {"ok"} for endings in state["calls"].values())
    assert admin.problems() == []
    admin.reset()  # calls are counted anew


@pytest.mark.parametrize(
    ("windows", "seconds", "growth"),
    [pytest.param(6, 10, 1.5, id="a minute"), pytest.param(20, 30, 1.1, marks=pytest.mark.deep, id="ten minutes")],
)
def test_memory_and_cost_stay_what_they_were_and_no_answer_is_lost_or_doubled(
    tmp_path: Path, windows: int, seconds: float, growth: float
) -> None:
    """Worlds that were put away wait for the collector, so a minute is not enough for memory to come to its height."""
    with cloudsim_served(tmp_path) as server:
        sizes, costs = zip(*[soaked(server, seconds) for _ in range(windows)], strict=True)
    warm = windows // 3  # until then caches and the allocator's arenas fill
    assert sizes[-1] < sizes[warm] * growth, sizes
    assert costs[-1] < costs[warm] * 2, costs
