"""The servers of the benchmark answer, in processes of their own."""

import pytest

from cloudsim.lab.engine.ratio import is_installed
from cloudsim.lab.engine.servers import children, ready_s
from cloudsim.lab.engine.serving import Kept, Moto, is_whole


def test_ours_and_the_echo_answer_every_request_of_a_kept_connection() -> None:
    with children("ours", "echo") as started:
        for child in started.values():
            before = child.cpu_ns()
            with Kept(child.port) as client:
                assert client.ask(5) == 5
            assert child.cpu_ns() > before


@pytest.mark.skipif(not (is_installed("moto") and is_installed("flask")), reason="moto's server is not installed")
def test_motos_server_makes_interfaces() -> None:
    with children("moto") as started:
        assert Moto(started["moto"].port).ask(2) == 2


def test_serve_gets_ready() -> None:
    wall, cpu = ready_s()
    assert wall > 0
    assert cpu > 0


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        (b"", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", True),
    ],
)
def test_an_answer_is_whole_when_its_body_is_as_long_as_it_says(answer: bytes, whole: bool) -> None:
    assert is_whole(answer) is whole
