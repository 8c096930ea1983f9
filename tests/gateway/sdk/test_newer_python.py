"""The newer Python SDKs, alibabacloud_ecs20140526 and alibabacloud_vpc20160428, unmodified, sync and async."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from cloudsim.gateway.thread import ThreadServer, serve_in_thread
from tests.gateway.sdk.life import Ask, Story, asked, ecs, whole_life
from tests.gateway.sdk.serving import TOKEN, a_world
from tests.gateway.sdk.tea import Clients

exceptions = pytest.importorskip("alibabacloud_tea_openapi.exceptions")

A_CREATE = {"v_switch_id": "vsw-a", "security_group_id": "sg-main"}


def told(clients: Clients, story: Story) -> Any:
    """Tell a story by the sync half."""
    try:
        ask = next(story)
        while True:
            ask = story.send(clients.body(ask))
    except StopIteration as ended:
        return ended.value


async def told_async(clients: Clients, story: Story) -> Any:
    """Tell a story by the async half."""
    try:
        ask = next(story)
        while True:
            ask = story.send(await clients.body_async(ask))
    except StopIteration as ended:
        return ended.value


@pytest.fixture
def small() -> Iterator[ThreadServer]:
    with serve_in_thread(a_world(quota=3)) as server:
        yield server


def a_create(**parameters: Any) -> Ask:
    return asked("create_network_interface", **A_CREATE, **parameters)


def test_a_whole_life_by_the_sync_clients() -> None:
    with serve_in_thread() as server:
        assert told(Clients(server), whole_life()).startswith("vpc-")


def test_a_whole_life_by_the_async_clients() -> None:
    with serve_in_thread(verify_signatures=True) as server:
        assert asyncio.run(told_async(Clients(server), whole_life())).startswith("vpc-")


def refusal(clients: Clients, ask: Ask) -> Any:
    with pytest.raises(exceptions.ClientException) as caught:
        clients.body(ask)
    return caught.value


def test_a_quota_that_is_used_up_is_a_client_exception_with_its_code(small: ThreadServer) -> None:
    clients = Clients(small)
    for _ in range(3):
        clients.body(a_create())
    error = refusal(clients, a_create())
    assert (error.code, error.status_code) == ("MaxEniCountExceeded", 403)
    assert error.request_id
    assert error.data["HostId"].startswith("ecs")
    assert error.data["Recommend"].startswith("https://")


def test_a_dry_vswitch_is_a_client_exception_with_its_code() -> None:
    with serve_in_thread(a_world(mask=29)) as server:
        clients = Clients(server)
        clients.body(a_create(secondary_private_ip_address_count=3))
        assert refusal(clients, a_create()).code == "InvalidVSwitchId.IpNotEnough"


def test_a_token_with_other_parameters_is_a_client_exception_with_its_code(small: ThreadServer) -> None:
    clients = Clients(small)
    clients.body(a_create(client_token=TOKEN))
    error = refusal(clients, a_create(client_token=TOKEN, description="another one"))
    assert error.code == "IdempotentParameterMismatch"


def test_an_eni_that_is_not_there_is_a_client_exception_and_an_empty_list(small: ThreadServer) -> None:
    clients = Clients(small)
    error = refusal(clients, asked("attach_network_interface", network_interface_id="eni-x", instance_id="i-x"))
    assert error.code in {"InvalidEniId.NotFound", "InvalidInstanceId.NotFound", "InvalidEcsId.NotFound"}
    nothing = clients.body(asked("describe_network_interfaces", network_interface_id=["eni-x"]))
    assert nothing.network_interface_sets.network_interface_set == []


def test_throttling_is_a_throttling_exception_that_says_when_to_come_again(small: ThreadServer) -> None:
    small.do(lambda sim: sim.faults.throttle())
    clients = Clients(small)
    with pytest.raises(exceptions.ThrottlingException) as caught:
        clients.body(a_create())
    assert caught.value.code == "Throttling.User"
    assert caught.value.retry_after > 0
    clients.body(a_create())


def test_a_wrong_secret_is_a_client_exception_with_its_code() -> None:
    with serve_in_thread(a_world(), access_key="testid:another", verify_signatures=True) as server:
        server.access_key_secret = server.access_key_secret[::-1]
        assert refusal(Clients(server), a_create()).code == "SignatureDoesNotMatch"


def test_an_answer_that_is_lost_is_a_connection_that_breaks_and_the_token_finds_the_eni_again(
    small: ThreadServer,
) -> None:
    small.do(lambda sim: sim.faults.lose_answer())
    clients = Clients(small)
    with pytest.raises(Exception, match=r"onnection|RemoteDisconnected|timed out") as caught:
        clients.body(a_create(client_token=TOKEN))
    assert type(caught.value).__name__ == "UnretryableException"
    made = clients.body(a_create(client_token=TOKEN))
    listed = clients.body(asked("describe_network_interfaces"))
    assert [eni.network_interface_id for eni in listed.network_interface_sets.network_interface_set] == [
        made.network_interface_id
    ]


def test_the_model_of_every_answer_is_the_one_that_its_request_is_for(small: ThreadServer) -> None:
    clients = Clients(small)
    body = clients.body(a_create())
    assert type(body) is ecs.CreateNetworkInterfaceResponseBody
    body.validate()
