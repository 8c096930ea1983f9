"""A server in which a bug of ours strikes, on purpose."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from cloudsim.errors.base import ApiError
from cloudsim.gateway.thread import ThreadServer, serve_in_thread
from cloudsim.operations.operation import Call, Phase
from cloudsim.simulation.faults import Match, Refuse
from cloudsim.simulation.simulation import Simulation
from tests.small_world import small

CREATE = {"VSwitchId": "vsw-a", "SecurityGroupId": "sg-main"}


class Bug(Exception):
    """Stands for whatever nobody has thought of."""


def fail(call: Call[Any]) -> ApiError:
    raise Bug(f"on purpose, in {call.name}")


def break_next_create(simulation: Simulation) -> None:
    simulation.faults.add(Refuse(Phase.COMMIT, fail), Match(action="CreateNetworkInterface"))


@contextmanager
def server_that_fails(with_what: type[Exception] = Bug, **options: Any) -> Iterator[ThreadServer]:
    """Serve the small world; at the end, what failed in between is raised where the server was begun."""
    try:
        with serve_in_thread(small(), **options) as server:
            yield server
    except with_what:
        return
    pytest.fail("nobody was told in the end")
