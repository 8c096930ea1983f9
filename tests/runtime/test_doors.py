"""What a script may get wrong at the doors of a session is refused there, in words, and never ends in our own code."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from cloudsim import CreateNetworkInterface, Fifo, Phase, Retry, Session, World, attempt, gather
from cloudsim.api.requests import Request
from cloudsim.errors.own import CloudsimError, Deadlock, SettingError
from cloudsim.runtime.client import Client

SOUND: dict[str, Any] = {"vswitch_id": "vsw-a", "security_group_id": "sg-main"}


def session(**dials: Any) -> Session:
    world = World().account("acme").region("cn-hangzhou", zones=["h"]).vpc("vpc-main", cidr="10.0.0.0/8")
    world.vswitch("vsw-a", cidr="10.0.0.0/24").security_group("sg-main")
    return Session(world.spec, **dials)


def drive(script: Callable[[Session, Client], Awaitable[Any]]) -> Any:
    sim = session()
    client = sim.client(account="acme", region="cn-hangzhou")
    return sim.drive(lambda: script(sim, client))


async def called_already(_sim: Any, client: Any) -> None:
    await attempt(client.create_network_interface(**SOUND))


async def not_called(_sim: Any, client: Any) -> None:
    await gather([client.create_network_interface])


async def not_several(_sim: Any, client: Any) -> None:
    await gather(client.create_network_interface(**SOUND))


async def one_of_them_not_called(_sim: Any, client: Any) -> None:
    await gather([client.create_network_interface(**SOUND), client.create_network_interface])


async def a_number_as_text(_sim: Any, client: Any) -> None:
    client.submit(CreateNetworkInterface(**SOUND, queue_number="5"))  # type: ignore[arg-type]


async def no_request(_sim: Any, client: Any) -> None:
    client.submit(5)


async def a_client_for_a_caller(sim: Any, client: Any) -> None:
    sim.submit(client, CreateNetworkInterface(**SOUND))


async def a_request_without_an_operation(_sim: Any, client: Any) -> None:
    client.submit(Request(region_id="cn-hangzhou"))


async def an_account_that_is_no_text(sim: Any, _client: Any) -> None:
    sim.client(account=5)


async def half_a_name(sim: Any, _client: Any) -> None:
    sim.client(account="acme", name="\ud800")


async def no_request_of_a_caller(sim: Any, _client: Any) -> None:
    sim.submit(sim.caller(account="acme"), {"vswitch_id": "vsw-a"})


async def an_answer_held(sim: Any, client: Any) -> None:
    sim.hold(await attempt(client.create_network_interface, **SOUND), at=Phase.COMMIT)


async def nothing_released(sim: Any, _client: Any) -> None:
    sim.release(None)


async def no_reply(_sim: Any, client: Any) -> None:
    await client.answer("client-1/1")


async def half_a_character(_sim: Any, client: Any) -> None:
    await client.create_network_interface(**SOUND, description="\ud800x")


async def half_an_account(sim: Any, _client: Any) -> None:
    sim.client(account="\ud800")


async def half_a_user(sim: Any, _client: Any) -> None:
    sim.client(account="acme", user="ci\udfff")


async def half_a_region(sim: Any, _client: Any) -> None:
    sim.client(account="acme", region="\ud800")


async def a_name_for_a_match(sim: Any, _client: Any) -> None:
    sim.faults.lose_answer("client-1")


async def a_text_for_an_error(sim: Any, _client: Any) -> None:
    sim.faults.refuse("Throttling")


async def driven_again(sim: Any, _client: Any) -> None:
    sim.drive(lambda: gather([]))


async def closed(sim: Any, client: Any) -> None:
    sim.close()
    await client.create_network_interface(**SOUND)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (called_already, "attempt takes a method and its arguments"),
        (not_called, "gather takes coroutines, that is calls of async functions, not method"),
        (one_of_them_not_called, "gather takes coroutines"),
        (not_several, "gather takes several coroutines"),
        (a_number_as_text, "'queue_number' of CreateNetworkInterface cannot be '5'"),
        (no_request, "submit takes Request, not 5"),
        (a_client_for_a_caller, "submit, for who asks, takes Caller, not Client"),
        (a_request_without_an_operation, "CreateNetworkInterface, DeleteNetworkInterface, .*, not Request"),
        (an_account_that_is_no_text, "account of a caller takes str, not 5"),
        (half_a_name, "names are unique, printable"),
        (no_request_of_a_caller, "submit takes Request, not dict"),
        (an_answer_held, "hold takes Reply, not Outcome"),
        (nothing_released, "release takes Reply, not None"),
        (no_reply, "answer takes Reply, not 'client-1/1'"),
        (half_a_character, "half of a surrogate pair"),
        (half_an_account, "account of a caller has half of a surrogate pair"),
        (half_a_user, "user of a caller has half of a surrogate pair"),
        (half_a_region, "region of a client has half of a surrogate pair"),
        (a_name_for_a_match, "takes Match, not 'client-1'"),
        (a_text_for_an_error, "refuse takes ApiError, not 'Throttling'"),
        (driven_again, "a session is driven once"),
        (closed, "the simulation is closed"),
    ],
)
def test_a_slip_of_a_script_is_refused_at_the_door(script: Callable[..., Awaitable[Any]], said: str) -> None:
    with pytest.raises(SettingError, match=said):
        drive(script)


@pytest.mark.parametrize(
    ("dials", "said"),
    [
        ({"seed": "x"}, "seed of a simulation takes int, not 'x'"),
        ({"seed": 1.5}, "takes int, not 1.5"),
        ({"seed": True}, "takes int, not True"),
        ({"latency": "none"}, "takes LatencyProfile, not 'none'"),
        ({"policy": "x"}, "takes Policy, not 'x'"),
        ({"strategy": "fifo"}, "takes a Strategy such as RandomOrder"),
    ],
)
def test_a_dial_of_the_wrong_kind_is_refused_at_the_door(dials: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingError, match=said):
        session(**dials)


@pytest.mark.parametrize("keys", [{"attempts": "3"}, {"attempts": 1.5}, {"factor": "2"}])
def test_a_retry_counts_in_whole_numbers(keys: dict[str, Any]) -> None:
    with pytest.raises(SettingError, match="of a Retry takes int"):
        Retry(**keys)


def test_a_client_takes_a_retry() -> None:
    wrong: Any = "same"
    with pytest.raises(SettingError, match="retry of a client takes Retry, not 'same'"):
        session().client(account="acme", retry=wrong)


def test_lists_of_a_request_made_in_python_are_taken() -> None:
    async def script(_sim: Session, client: Client) -> str:
        groups: Any = ["sg-main"]
        answer = await client.answer(
            client.submit(CreateNetworkInterface(vswitch_id="vsw-a", security_group_ids=groups))
        )
        return answer.action

    assert drive(script) == "CreateNetworkInterface"


def test_who_waits_for_a_held_call_is_told_so_in_the_report() -> None:
    async def script(sim: Session, client: Client) -> None:
        reply = client.submit(CreateNetworkInterface(**SOUND))
        sim.hold(reply, at=Phase.COMMIT)
        await client.answer(reply)

    with pytest.raises(Deadlock, match="the answer of client-1/1, which is held at COMMIT and not released"):
        drive(script)


def test_a_released_call_is_not_said_to_be_held() -> None:
    async def script(sim: Session, client: Client) -> None:
        sim.faults.lose_answer()
        reply = client.submit(CreateNetworkInterface(**SOUND))
        sim.hold(reply, at=Phase.COMMIT)
        await sim.wait_held(reply)
        sim.release(reply)
        await client.answer(reply)

    with pytest.raises(Deadlock, match="which was lost on its way back"):
        drive(script)


def test_a_strategy_is_taken_as_it_is() -> None:
    assert session(strategy=Fifo()).close() == []
    assert issubclass(SettingError, CloudsimError)
