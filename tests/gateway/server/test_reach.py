"""Who reaches a server is told by the addresses that it has, whatever their names look like."""

import socket
from typing import Any

import pytest
import trio

from cloudsim.gateway.gateway import Gateway, GatewayOptions
from cloudsim.gateway.server import Server


class Names(trio.abc.HostnameResolver):
    """Names of which each stands for every address of this machine."""

    async def getaddrinfo(self, host: Any, port: Any, *rest: Any) -> Any:
        del host, rest
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("0.0.0.0", port))]  # noqa: S104

    async def getnameinfo(self, sockaddr: Any, flags: int) -> Any:
        raise AssertionError(f"nobody asks for the name of {sockaddr} ({flags})")


async def reach_of(host: str) -> bool:
    server = Server(Gateway(GatewayOptions()), host=host)
    await server.listen()
    try:
        return server.is_loopback
    finally:
        await server.aclose()


@pytest.mark.parametrize(
    ("host", "is_loopback"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("localhost", True), ("0.0.0.0", False)],  # noqa: S104
)
async def test_an_address_is_loopback_or_is_not(host: str, is_loopback: bool) -> None:
    assert await reach_of(host) is is_loopback


@pytest.mark.parametrize("host", ["localhost.example.com", "127.0.0.1.example.com", "localhost"])
async def test_a_name_that_looks_like_loopback_is_what_it_stands_for(host: str) -> None:
    trio.socket.set_custom_hostname_resolver(Names())
    assert not await reach_of(host)
