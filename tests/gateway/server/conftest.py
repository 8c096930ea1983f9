"""A server, and a raw line to it."""

from collections.abc import Iterator

import pytest

from cloudsim.gateway.limits import Limits
from cloudsim.gateway.thread import ThreadServer, serve_in_thread
from tests.gateway.server.talking import Line, Talk

SMALL = Limits(
    header_bytes=4096, body_bytes=1000, connections=3, idle_s=0.4, read_s=0.4, write_s=2, linger_s=0.5, grace_s=2
)


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadServer]:
    """A server of the usual world."""
    with serve_in_thread() as started:
        yield started


@pytest.fixture
def small() -> Iterator[ThreadServer]:
    """A server that has little patience."""
    with serve_in_thread(limits=SMALL) as started:
        yield started


@pytest.fixture
def line(server: ThreadServer) -> Iterator[Line]:
    """A raw line to the usual server."""
    opened = Line(server)
    yield opened
    opened.close()


@pytest.fixture
def talk(server: ThreadServer) -> Iterator[Talk]:
    """Calls to the usual server."""
    opened = Talk(server)
    yield opened
    opened.close()
