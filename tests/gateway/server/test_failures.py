"""A bug of ours that strikes in a request: whoever waits is answered, health says it, and the server goes on."""

import json
import threading
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection, IncompleteRead
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import trio

from cloudsim.gateway.gateway import Gateway, GatewayOptions
from cloudsim.gateway.http import HttpAnswer, HttpRequest
from cloudsim.gateway.thread import ThreadServer
from cloudsim.simulation.simulation import Simulation
from tests.gateway.server.failing import CREATE, break_next_create, server_that_fails
from tests.gateway.server.talking import Line, Talk, get, query
from tests.small_world import small


def test_a_bug_ends_its_request_and_not_the_server_which_says_that_its_state_may_be_half_way() -> None:
    with server_that_fails() as server:
        talk = Talk(server)
        assert talk.admin("health")["ok"]
        server.do(break_next_create)
        said = talk.ask("CreateNetworkInterface", **CREATE)
        assert said["Code"] == "InternalError"
        assert said.keys() == {"Code", "HostId", "Message", "Recommend", "RequestId"}
        assert "/_cloudsim/health" in said["Message"]
        health = talk.admin("health")
        assert (health["ok"], health["status"], len(health["problems"])) == (False, "failed", 1)
        assert health["problems"][0].startswith("Bug: on purpose")
        assert "NetworkInterfaceId" in talk.ask("CreateNetworkInterface", **CREATE)
        talk.admin("reset", {})
        assert talk.admin("health")["ok"]
        assert talk.ask("DescribeNetworkInterfaces")["TotalCount"] == 0
        talk.close()


def test_it_is_told_in_the_form_that_the_client_reads() -> None:
    with server_that_fails() as server:
        server.do(break_next_create)
        line = Line(server)
        line.say(get(query("CreateNetworkInterface", Format="XML", **CREATE)))
        status, body, headers = line.hear()
        line.close()
        assert (status, headers["content-type"]) == (500, "text/xml;charset=utf-8")
        assert ET.fromstring(body).findtext("Code") == "InternalError"  # noqa: S314  it is our own


def asked_at_once(server: ThreadServer, count: int) -> list[str]:
    """Ask for ENIs on so many connections at one time, and give how each ended."""
    ended: list[str] = []

    def ask(number: int) -> None:
        talk = Talk(server, key=f"key-{number}")
        ended.append(talk.ask("CreateNetworkInterface", **CREATE).get("Code", "ok"))
        talk.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive(), "nobody waits for ever"
    return ended


@pytest.mark.parametrize("time", ["on-request", "x1000"])
def test_whoever_waits_with_it_is_answered_and_all_who_come_later_are_served(time: str) -> None:
    with server_that_fails(time=time) as server:
        server.do(break_next_create)
        ended = asked_at_once(server, 8)
        assert set(ended) <= {"ok", "InternalError"}
        assert "InternalError" in ended
        assert asked_at_once(server, 4) == ["ok"] * 4


def test_a_bug_in_the_admin_api_is_answered_as_json() -> None:
    def divide() -> list[str]:
        return [str(1 // 0)]

    def break_audit(simulation: Simulation) -> None:
        simulation.audit = divide  # type: ignore[method-assign]

    def mend_audit(simulation: Simulation) -> None:
        del simulation.audit

    with server_that_fails(ZeroDivisionError) as server:
        server.do(break_audit)
        line = Line(server)
        line.say(get("/_cloudsim/audit", host=server.endpoint))
        status, body, _ = line.hear()
        assert (status, json.loads(body)["code"]) == (500, "InternalError")
        line.close()
        server.do(mend_audit)


def test_a_bug_in_a_stream_ends_the_stream_alone() -> None:
    def set_zones_out(zones: Any) -> Callable[[Simulation], None]:
        return lambda simulation: setattr(simulation.cloud.conditions, "zones_out", zones)

    with server_that_fails(ExceptionGroup) as server, closing(Talk(server)) as talk:
        stream = HTTPConnection(server.host, server.port, timeout=20)
        stream.request("GET", "/_cloudsim/events")
        answer = stream.getresponse()
        server.do(set_zones_out(None))
        assert "Regions" in talk.ask("DescribeRegions")
        with pytest.raises(IncompleteRead):  # once it wants to say the state
            answer.read()
        stream.close()
        server.do(set_zones_out({}))
        while talk.admin("health")["ok"]:
            pass  # the stream is closed before anybody is told why
        assert "Regions" in talk.ask("DescribeRegions")


async def test_who_was_refused_with_it_is_answered_once() -> None:
    gateway = Gateway(GatewayOptions(world=small().spec))
    gateway.do(break_next_create)
    gateway.note_clients(2)
    answers: list[object] = [None, None]

    async def ask(number: int, target: str) -> None:
        answer = await gateway.answer(HttpRequest("GET", target, ()), number)
        assert isinstance(answer, HttpAnswer)
        answers[number] = json.loads(answer.body)["Code"]

    async with trio.open_nursery() as nursery:
        nursery.start_soon(ask, 0, query("NoSuchAction"))  # over, and not yet woken, when the other one fails
        nursery.start_soon(ask, 1, query("CreateNetworkInterface", **CREATE))
    assert answers == ["InvalidApi.NotFound", "InternalError"]
