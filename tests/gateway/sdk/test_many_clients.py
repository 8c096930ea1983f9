"""Many official clients at once: one token is one ENI, a quota is a quota, and nobody has more than he knows of."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from cloudsim.gateway.admin_client import AdminClient
from cloudsim.gateway.thread import ThreadServer, serve_in_thread
from tests.gateway.sdk.life import Ask, asked
from tests.gateway.sdk.serving import REGION, TOKEN, a_world
from tests.gateway.sdk.tea import Clients

exceptions = pytest.importorskip("alibabacloud_tea_openapi.exceptions")
unretryable = pytest.importorskip("darabonba.exceptions").UnretryableException


def a_create(**parameters: Any) -> Ask:
    return asked("create_network_interface", v_switch_id="vsw-a", security_group_id="sg-main", **parameters)


def enis_of(server: ThreadServer) -> list[str]:
    return server.look(lambda sim: [str(eni.id) for eni in sim.interfaces(account="acme", region=REGION)])


async def persistent(clients: Clients, ask: Ask, *, tries: int = 30) -> str:
    """Call again, with the same token, whenever no answer comes or the answer says to try later."""
    for _ in range(tries):
        try:
            made: str = (await clients.body_async(ask)).network_interface_id
        except unretryable:
            continue
        except exceptions.ThrottlingException:
            continue
        except exceptions.ClientException as refused:
            if refused.code != "IdempotentProcessing":
                raise
        else:
            return made
    raise AssertionError(f"no answer in {tries} tries")


async def ending(clients: Clients, ask: Ask) -> str:
    try:
        await clients.body_async(ask)
    except exceptions.ClientException as refused:
        return str(refused.code)
    return "ok"


async def together(calls: list[Any]) -> list[Any]:
    return await asyncio.gather(*calls)


@pytest.mark.parametrize("strategy", ["fifo", "random"])
def test_fifty_clients_with_one_token_make_one_eni(strategy: str) -> None:
    with serve_in_thread(a_world(), settings={"strategy": strategy}) as server:
        told = asyncio.run(together([persistent(Clients(server), a_create(client_token=TOKEN)) for _ in range(50)]))
        assert set(told) == set(enis_of(server))
        assert len(enis_of(server)) == 1


def test_two_hundred_enis_wanted_and_a_quota_of_a_hundred_are_a_hundred_enis() -> None:
    with serve_in_thread(a_world(quota=100)) as server:
        clients = Clients(server)
        endings = asyncio.run(together([ending(clients, a_create()) for _ in range(200)]))
        assert Counter(endings) == {"ok": 100, "MaxEniCountExceeded": 100}
        assert len(enis_of(server)) == 100


def test_under_faults_and_after_a_restart_clients_with_tokens_have_the_enis_that_they_believe_to_have() -> None:
    with serve_in_thread(a_world()) as server:
        AdminClient(server.url).fault("lose_answer", times=None, per_mille=300)
        AdminClient(server.url).fault("throttle", times=None, per_mille=100)
        before = asyncio.run(together([persistent(Clients(server), create) for create in creates(range(20))]))
        AdminClient(server.url).stop_faults()
        snapshot = AdminClient(server.url).snapshot()
    with serve_in_thread(a_world()) as server:
        AdminClient(server.url).restore(snapshot)
        AdminClient(server.url).fault("lose_answer", times=None, per_mille=300)
        # Half of them do not know whether they have got their ENI, and ask again.
        after = asyncio.run(together([persistent(Clients(server), create) for create in creates(range(10, 30))]))
        assert after[:10] == before[10:]
        assert sorted({*before, *after}) == sorted(enis_of(server))
        assert len(enis_of(server)) == 30


def creates(numbers: range) -> list[Ask]:
    return [a_create(client_token=f"pod-{number}") for number in numbers]
