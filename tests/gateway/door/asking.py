"""A door with a simulation behind it, asked by parameters; and what comes back, read."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import msgspec

from cloudsim.api.requests import ACTIONS
from cloudsim.gateway.defaults import default_world
from cloudsim.gateway.door import Door, Visit
from cloudsim.gateway.http import Headers, HttpAnswer, HttpRequest
from cloudsim.gateway.keys import keys_of
from cloudsim.resources.journal import Journal
from cloudsim.simulation.latency import NONE
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.spec import WorldSpec

FORM = (("content-type", "application/x-www-form-urlencoded"),)
ECS = "2014-05-26"


class Desk:
    """A door, asked.

    Args:
        world: behind it; the one without a file if None.
        more: further access keys, ``ID:SECRET``.
        wall_ns: the time of day.
        seed: of the simulation.
        options: of the door.
    """

    def __init__(
        self,
        world: WorldSpec | None = None,
        *,
        more: tuple[str, ...] = (),
        wall_ns: int = 0,
        seed: int = 0,
        **options: Any,
    ) -> None:
        world = world if world is not None else default_world()
        self.journal = Journal(keep=True)
        self.simulation = Simulation(world, seed=seed, latency=NONE, journal=self.journal)
        self.door = Door(self.simulation, keys_of(world, more=more), **options)
        self.wall_ns = wall_ns

    def visit(self, request: HttpRequest) -> Visit | HttpAnswer:
        return self.door.receive(request, wall_ns=self.wall_ns)

    def send(self, request: HttpRequest) -> HttpAnswer:
        """Send a request and let time pass until it is answered."""
        answer = self.visit(request)
        if isinstance(answer, Visit):
            self.simulation.run()
            over = self.door.answer(answer)
            assert over is not None, "nobody loses answers here"
            return over
        return answer

    def get(self, target: str, *headers: tuple[str, str], method: str = "GET", body: bytes = b"") -> HttpAnswer:
        return self.send(HttpRequest(method, target, headers, body))

    def ask(self, action: str, parameters: Mapping[str, str] | None = None, **said: str) -> HttpAnswer:
        """Ask by a V1 query, without a signature, in hangzhou; ``__`` in names stands for a dot."""
        version = ACTIONS[action].version if action in ACTIONS else ECS
        common = {"Action": action, "Version": version, "Format": "JSON", "RegionId": "cn-hangzhou"}
        own = {name.replace("__", "."): text for name, text in said.items()}
        return self.get(f"/?{urlencode({**common, **(parameters or {}), **own})}")

    def made(self, action: str, parameters: Mapping[str, str] | None = None, **said: str) -> dict[str, Any]:
        """Ask as :meth:`ask`, and give the answer, which is no refusal."""
        answer = self.ask(action, parameters, **said)
        read = read_json(answer)
        assert answer.status == 200, read
        return read

    def lines(self, event: str) -> list[dict[str, Any]]:
        lines = [msgspec.json.decode(line) for line in self.journal.lines]
        return [line for line in lines if line["ev"] == event]


def read_json(answer: HttpAnswer) -> dict[str, Any]:
    assert header(answer.headers, "content-type") == "application/json;charset=utf-8"
    return msgspec.json.decode(answer.body, type=dict[str, Any])


def code(answer: HttpAnswer | Visit) -> str:
    """The code of a refusal in JSON."""
    assert isinstance(answer, HttpAnswer), "it was let in"
    return str(read_json(answer)["Code"])


def header(headers: Headers, name: str) -> str | None:
    return dict(headers).get(name)
