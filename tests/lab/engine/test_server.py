"""The servers of the benchmark answer what they are asked: creates over HTTP are those of a simulation by itself."""

import sys
from pathlib import Path

import pytest

from cloudsim.api.render import to_json
from cloudsim.api.requests import CreateNetworkInterface
from cloudsim.lab.engine.echo import ANSWER
from cloudsim.lab.engine.served import ROOMY_TOML, Line, cloudsim_served, served
from cloudsim.lab.engine.server import CREATE, Asked, p99_ms
from cloudsim.scenario.load_world import load_world
from cloudsim.simulation.simulation import Simulation

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="the clock of another process is Linux's")


@needs_linux
def test_creates_over_http_are_those_of_a_simulation_by_itself(tmp_path: Path) -> None:
    world = tmp_path / "world.toml"
    world.write_text(ROOMY_TOML, encoding="utf-8")
    simulation = Simulation(load_world(world))
    caller = simulation.caller(account="acme", name="bench-key")
    wish = CreateNetworkInterface(region_id="cn-hangzhou", vswitch_id="vsw-a", security_group_id="sg-a")
    with cloudsim_served(tmp_path) as server:
        line = Line(server.port)
        for _ in range(3):
            reply = simulation.submit(caller, wish)
            simulation.run()
            assert line.ask(CREATE) == to_json(reply.result())
        assert Asked(server, line, CREATE, 2).round() > 0
        assert p99_ms(server, 7) > 0
        line.close()


@needs_linux
def test_the_bare_server_answers_with_as_much_and_nothing_else() -> None:
    with served("cloudsim.lab.engine.echo") as server:
        line = Line(server.port)
        assert [line.ask(CREATE) for _ in range(3)] == [ANSWER] * 3
        line.close()
