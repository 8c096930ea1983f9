"""A look past the API says that orders prove nothing, but for the last look of a script that has waited for all."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import trio

from cloudsim import Phase, Session, attempt, gather
from cloudsim.api.requests import CreateNetworkInterface
from cloudsim.exploration.ready import Ready, RunsToBlock
from cloudsim.kernel.kernel import ANY_TIME
from cloudsim.simulation.latency import NONE
from tests.small_world import small

ACCOUNT, REGION = "acme", "cn-hangzhou"
PLACE: dict[str, Any] = {"vswitch_id": "vsw-a", "security_group_id": "sg-main"}


def look(sim: Session) -> int:
    return len(sim.interfaces(account=ACCOUNT, region=REGION))


async def two_creates(sim: Session) -> None:
    clients = [sim.client(account=ACCOUNT, region=REGION) for _ in range(2)]
    await gather(client.create_network_interface(**PLACE) for client in clients)


async def after_all(sim: Session) -> None:
    await two_creates(sim)
    look(sim)


async def after_a_refusal(sim: Session) -> None:
    client = sim.client(account=ACCOUNT, region=REGION)
    await attempt(client.create_network_interface, vswitch_id="vsw-unknown", security_group_id="sg-main")
    look(sim)


async def between(sim: Session) -> None:
    await two_creates(sim)
    look(sim)
    await two_creates(sim)


async def beside_a_call(sim: Session) -> None:
    client = sim.client(account=ACCOUNT, region=REGION)
    reply = client.submit(CreateNetworkInterface(**PLACE))
    await client.create_network_interface(**PLACE)
    look(sim)
    await client.answer(reply)


async def unheard(sim: Session) -> None:
    client = sim.client(account=ACCOUNT, region=REGION)
    client.submit(CreateNetworkInterface(**PLACE))
    await client.create_network_interface(**PLACE)
    await sim.settle()
    look(sim)


async def after_a_delete(sim: Session) -> None:
    client = sim.client(account=ACCOUNT, region=REGION)
    made = await client.create_network_interface(**PLACE)
    await client.delete_network_interface(network_interface_id=made.network_interface_id)
    await sim.settle()
    look(sim)


async def beside_another_script(sim: Session) -> None:
    async with trio.open_nursery() as nursery:
        nursery.start_soon(two_creates, sim)
        await sim.client(account=ACCOUNT, region=REGION).create_network_interface(**PLACE)
        look(sim)


async def with_a_nursery_open(sim: Session) -> None:
    heard = trio.Event()

    async def one_create() -> None:
        await sim.client(account=ACCOUNT, region=REGION).create_network_interface(**PLACE)
        heard.set()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(one_create)
        await heard.wait()
        look(sim)


async def after_an_act_at_an_instant(sim: Session) -> None:
    sim.at(0, lambda: None, name="act")
    await two_creates(sim)
    look(sim)


async def after_a_time_out(sim: Session) -> None:
    client = sim.client(account=ACCOUNT, region=REGION, timeout="1ms")
    sim.faults.delay(Phase.COMMIT, by="2ms")
    await attempt(client.create_network_interface, **PLACE)
    await sim.sleep("5ms")
    look(sim)


Script = Callable[[Session], Awaitable[None]]


def looks(script: Script, *, profile: str = "classic") -> bool:
    sim = Session(small(profile=profile).spec, latency=NONE, strategy=Ready(RunsToBlock()), slack_ns=ANY_TIME)
    sim.drive(lambda: script(sim))
    sim.close()
    return sim.scripts_looked


@pytest.mark.parametrize("script", [after_all, after_a_refusal, between])
def test_who_has_waited_for_all_sees_the_same_in_every_order_that_is_equal(script: Script) -> None:
    assert not looks(script)


@pytest.mark.parametrize(
    "script",
    [
        beside_a_call,
        unheard,
        beside_another_script,
        with_a_nursery_open,
        after_an_act_at_an_instant,
        after_a_time_out,
    ],
)
def test_who_looks_while_something_may_still_come_or_have_come_later_is_told(script: Script) -> None:
    assert looks(script)


def test_a_step_after_the_answer_is_one_that_nobody_waits_for() -> None:
    assert not looks(after_a_delete, profile="classic")
    assert looks(after_a_delete, profile="current")  # there the ENI is gone some time after the answer


def test_a_look_by_a_condition_that_is_asked_after_every_step_counts() -> None:
    async def watched(sim: Session) -> None:
        sim.always("few", lambda: look(sim) < 9)
        await two_creates(sim)

    assert looks(watched)
