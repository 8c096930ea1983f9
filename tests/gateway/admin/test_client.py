"""The Python client against a real server."""

import socket
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

import pytest

from cloudsim.errors.own import SettingError
from cloudsim.gateway.admin_client import AdminClient, AdminError
from cloudsim.gateway.thread import ThreadServer, serve_in_thread
from cloudsim.simulation.saving.saving import snapshot_of
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.spec import WorldSpec
from tests.gateway.server.talking import Talk
from tests.small_world import small


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadServer]:
    with serve_in_thread(small(quota=5)) as server:
        yield server


@pytest.fixture
def admin(server: ThreadServer) -> AdminClient:
    client = AdminClient(server.url)
    client.reset(seed=0)
    return client


def create(server: ThreadServer) -> int:
    """Make an ENI by the API, and give the status."""
    asked = {
        "Action": "CreateNetworkInterface", "Version": "2014-05-26", "Format": "JSON", "AccessKeyId": "ak",
        "RegionId": "cn-hangzhou", "VSwitchId": "vsw-a", "SecurityGroupId": "sg-main",
    }  # fmt: skip
    connection = HTTPConnection(server.host, server.port, timeout=30)
    connection.request("GET", f"/?{urlencode(asked)}")
    status = connection.getresponse().status
    connection.close()
    return status


def test_what_the_client_changes_the_api_meets(server: ThreadServer, admin: AdminClient) -> None:
    assert create(server) == 200
    admin.fault("refuse", code="InternalError", times=1)
    assert [create(server), create(server)] == [500, 200]
    assert admin.faults()[0]["struck"] == 1
    admin.trouble("take_zone_out", zone="cn-hangzhou-h", lasting="5m")
    assert create(server) == 503
    admin.advance("5m")
    assert create(server) == 200
    admin.set_quota("eni", 3, account="acme", region="cn-hangzhou")
    assert create(server) == 403
    assert admin.state()["enis"]["Available"] == 3
    assert [one["limit"] for one in admin.quotas() if one["quota"] == "eni"] == [3]
    assert "cloudsim_calls_total" in admin.metrics()
    assert admin.problems() == []


def test_a_snapshot_a_world_and_a_seed_go_there_and_back(server: ThreadServer, admin: AdminClient) -> None:
    create(server)
    admin.advance()
    snapshot, world = admin.snapshot(), admin.world()
    assert "ClientTokens" in admin.left_out_of_world()
    admin.load_world(admin.world(at="begin"), seed=9)
    assert (admin.health()["seed"], admin.state()["enis"]["Available"]) == (9, 0)
    admin.load_world(world, seed=4)
    assert (admin.health()["seed"], admin.state()["enis"]["Available"]) == (4, 1)
    admin.restore(snapshot)
    assert (admin.health()["seed"], admin.state()["enis"]["Available"]) == (0, 1)


def described(talk: Talk) -> dict[str, Any]:
    """What the API says of all ENIs, vSwitches and instances, by id, but for the dates."""
    enis = talk.ask("DescribeNetworkInterfaces", MaxResults="100")["NetworkInterfaceSets"]["NetworkInterfaceSet"]
    vswitches = talk.ask("DescribeVSwitches")["VSwitches"]["VSwitch"]
    instances = talk.ask("DescribeInstances")["Instances"]["Instance"]
    things = [*enis, *vswitches, *instances]
    names = ("NetworkInterfaceId", "InstanceId", "VSwitchId")
    return {
        next(thing[name] for name in names if name in thing): {
            key: value for key, value in thing.items() if key not in ("CreationTime", "StartTime")
        }
        for thing in things
    }


def test_what_the_api_says_of_a_saved_world_it_says_of_the_loaded_one_under_whatever_seed() -> None:
    world = small(used=20, cool_down="5m").instance("i-node", type="ecs.g7.xlarge")
    with serve_in_thread(world) as server, closing(Talk(server)) as talk:
        admin = AdminClient(server.url)
        create = {"VSwitchId": "vsw-a", "SecurityGroupId": "sg-main"}
        more = {"Tag.1.Key": "a", "Tag.1.Value": "b", "SecondaryPrivateIpAddressCount": "3", "Description": "one"}
        first = talk.ask("CreateNetworkInterface", **create, **more)["NetworkInterfaceId"]
        talk.ask("CreateNetworkInterface", **create, NetworkInterfaceName="two")
        talk.ask("AttachNetworkInterface", NetworkInterfaceId=first, InstanceId="i-node")
        admin.advance()
        before = described(talk)
        assert before[first]["Status"] == "InUse"
        admin.load_world(admin.world(), seed=77)
        assert described(talk) == before
        assert admin.problems() == []


def test_a_snapshot_of_another_world_can_be_called_by_its_first_account(server: ThreadServer) -> None:
    with serve_in_thread() as other:
        snapshot = AdminClient(server.url).snapshot()
        AdminClient(other.url).restore(snapshot)
        assert create(other) == 200
        assert AdminClient(other.url).state()["accounts"] == ["acme"]
        nobodys = snapshot_of(Simulation(WorldSpec()))
        with pytest.raises(AdminError, match="has an account"):
            AdminClient(other.url).restore(nobodys)
        assert create(other) == 200


def test_the_journal_is_read_on_from_where_it_was(server: ThreadServer, admin: AdminClient) -> None:
    create(server)
    first = admin.journal(limit=5)
    rest = admin.journal(first["next"])
    assert rest["lines"][0]["n"] == first["lines"][-1]["n"] + 1
    assert admin.troubles()["thrown"] == 0
    assert any(route["path"] == "journal" for route in admin.help())


def test_refusals_carry_status_code_and_reason(admin: AdminClient) -> None:
    with pytest.raises(AdminError, match="did you mean 'lose_answer'") as caught:
        admin.fault("lose_anser")
    assert (caught.value.status, caught.value.code) == (400, "BadRequest")
    admin.stop_faults()


def test_a_server_that_is_not_there_and_an_address_that_is_none_are_said() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        with pytest.raises(AdminError, match="does not answer"):
            AdminClient(f"http://127.0.0.1:{nobody.getsockname()[1]}", timeout_s=5).health()
    for wrong in ("127.0.0.1:8080", "https://127.0.0.1", "http://127.0.0.1/x"):
        with pytest.raises(SettingError, match="is at an address such as"):
            AdminClient(wrong)


@pytest.mark.parametrize("path", ["/_cloudsimx", "/_cloudsim?x=1"])
def test_a_path_that_is_nearly_the_admin_s_is_told_how_it_is_written(server: ThreadServer, path: str) -> None:
    connection = HTTPConnection(server.host, server.port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert (answer.status, b"a path that begins with /_cloudsim/" in answer.read()) == (400, True)
    connection.close()


def test_a_browser_that_leaves_the_slash_out_is_led_to_the_dashboard(server: ThreadServer) -> None:
    connection = HTTPConnection(server.host, server.port, timeout=30)
    connection.request("GET", "/_cloudsim")
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("location"), answer.read()) == (308, "/_cloudsim/", b"")
    connection.close()


def test_a_head_has_the_length_of_the_body_that_it_leaves_out(server: ThreadServer) -> None:
    connection = HTTPConnection(server.host, server.port, timeout=30)
    lengths = []
    for method in ("GET", "HEAD"):
        connection.request(method, "/_cloudsim/quotas")
        answer = connection.getresponse()
        lengths.append((answer.getheader("content-length"), len(answer.read())))
    connection.close()
    assert lengths == [(str(lengths[0][1]), lengths[0][1]), (str(lengths[0][1]), 0)]


def test_the_stream_comes_over_the_wire_and_ends_with_the_client(server: ThreadServer, admin: AdminClient) -> None:
    connection = HTTPConnection(server.host, server.port, timeout=30)
    connection.request("GET", "/_cloudsim/events")
    answer = connection.getresponse()
    assert answer.getheader("content-type") == "text/event-stream"
    assert answer.readline() == b"event: world\n"
    assert "cloudsim_subscribers 1" in admin.metrics()
    answer.close()
    connection.close()
    while "cloudsim_subscribers 0" not in admin.metrics():
        pass


def test_where_time_follows_the_wall_the_admin_sees_and_changes_the_present_also_when_nobody_calls() -> None:
    with serve_in_thread(small(), time="x100000") as server:
        admin = AdminClient(server.url)
        while (now_ns := admin.health()["now_ns"]) == 0:
            pass
        thrown = admin.trouble("take_zone_out", zone="cn-hangzhou-h")
        assert now_ns < thrown["at_ns"] < admin.health()["now_ns"]
        assert server.look(lambda sim: sim.now_ns) > thrown["at_ns"]
