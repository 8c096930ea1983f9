"""A host without a server, and requests as a well-behaved client sends them."""

from collections import Counter
from typing import Any

import msgspec

from cloudsim.gateway.admin.admin import Admin
from cloudsim.gateway.admin.events import EventStream
from cloudsim.gateway.admin.security import AdminOptions
from cloudsim.gateway.http import HttpAnswer, HttpRequest
from cloudsim.simulation.latency import NONE
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.spec import WorldSpec
from tests.small_world import a_create, small

PORT = 8765
HOST = f"127.0.0.1:{PORT}"
OPTIONS = AdminOptions(port=PORT)
TOKEN = "a-token-of-some-length"  # noqa: S105  of nobody


class Hosted:
    """Serves nothing, and holds a simulation as a server does."""

    time = "on-request"

    def __init__(self, world: WorldSpec | None = None) -> None:
        self.world = world if world is not None else small(quota=5).spec
        self.changes = 0
        self.refused: Counter[str] = Counter()
        self.failures: list[str] = []
        self.simulation = Simulation(self.world, latency=NONE)

    def begin(self, world: WorldSpec, seed: int) -> None:
        begun = Simulation(world, seed=seed, latency=NONE)
        self.simulation.close()
        self.world, self.simulation = world, begun

    def begin_again(self) -> None:
        self.begin(self.world, self.simulation.seed)

    def resume(self, simulation: Simulation) -> None:
        self.simulation.close()
        self.simulation = simulation

    def follow(self) -> None:
        pass

    def note_change(self) -> None:
        self.changes += 1


class Operator:
    """Who asks an admin; ``ask`` gives what JSON says.

    Args:
        served: whose admin it is; a new one if None.
        options: of the admin.
        headers: besides or instead of the usual ones.
    """

    def __init__(self, served: Hosted | None = None, options: AdminOptions = OPTIONS, **headers: str) -> None:
        self.host = served if served is not None else Hosted()
        self.changes: list[tuple[str, bytes]] = []
        self.admin = Admin(self.host, options, on_change=lambda path, body: self.changes.append((path, body)))
        self.headers = {"host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}

    def raw(self, method: str, target: str, body: bytes = b"", **headers: str) -> HttpAnswer:
        usual = {
            **self.headers,
            **({"content-type": "application/json", "x-cloudsim-admin": "1"} if method == "POST" else {}),
        }
        chosen = {**usual, **{name.replace("_", "-"): value for name, value in headers.items()}}
        answer = self.admin.answer(HttpRequest(method, target, tuple(chosen.items()), body))
        assert isinstance(answer, HttpAnswer)
        return answer

    def get(self, path: str) -> Any:
        return self.read(self.raw("GET", f"/_cloudsim/{path}"))

    def post(self, path: str, **body: Any) -> Any:
        return self.read(self.raw("POST", f"/_cloudsim/{path}", msgspec.json.encode(body)))

    def refused(self, path: str, **body: Any) -> tuple[int, str]:
        """Status and message of a change that is not made."""
        answer = self.raw("POST", f"/_cloudsim/{path}", msgspec.json.encode(body))
        assert answer.status >= 400, answer
        return answer.status, msgspec.json.decode(answer.body)["message"]

    def stream(self, **headers: str) -> EventStream:
        chosen = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        stream = self.admin.answer(HttpRequest("GET", "/_cloudsim/events", tuple(chosen.items())))
        assert isinstance(stream, EventStream)
        return stream

    def make_eni(self, name: str = "ak-1") -> str:
        """Make an ENI, and give how it ended."""
        simulation = self.host.simulation
        caller = simulation.callers.get(name) or simulation.caller(account="acme", name=name)
        reply = simulation.submit(caller, a_create())
        simulation.run()
        return "ok" if reply.error is None and reply.is_settled else reply.error.code if reply.error else reply.fate

    @staticmethod
    def read(answer: HttpAnswer) -> Any:
        assert answer.status == 200, answer
        return msgspec.json.decode(answer.body)
