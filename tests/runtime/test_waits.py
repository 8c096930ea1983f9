"""Waits for states: until Available, InUse or gone, with the policies of the real clients, and how they end without."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from cloudsim.errors.own import RequestTimeout, SettingError, WaitFailed, WaitTimeout
from cloudsim.errors.service import ThrottlingUser
from cloudsim.runtime.client import Client
from cloudsim.runtime.outcome import attempt
from cloudsim.runtime.retry import Retry
from cloudsim.runtime.session import Session
from cloudsim.runtime.waiting import (
    CILIUM_ATTACH,
    TERRAFORM_DETACH,
    TERWAY_ATTACH,
    TERWAY_DELETE,
    TERWAY_UNASSIGN,
    Poll,
)
from cloudsim.simulation.latency import latency
from cloudsim.simulation.world.builder import World
from tests.runtime.running import MS, S
from tests.runtime.sessions import SOUND, WHERE, drive
from tests.small_world import small

ASYNC = latency("async", there="10ms", commit="30ms", respond="10ms", finish="4s")
"""An attach takes 50 ms until its answer and 4 s more until it is done."""
EVERY_SECOND = Poll(first="1s", interval="1s", steps=10)


def world() -> World:
    return small(profile="current").instance("i-1", type="ecs.g7.xlarge", vswitch="vsw-a").eni("eni-1", vswitch="vsw-a")


def run(script: Callable[[Session], Awaitable[Any]], **dials: Any) -> tuple[Session, Any]:
    return drive(script, world(), latency=ASYNC, **dials)


async def attached(client: Client, eni: str = "eni-1") -> None:
    await client.attach_network_interface(instance_id="i-1", network_interface_id=eni)


def looks(sim: Session) -> int:
    return sim.calls["DescribeNetworkInterfaces"].total()


# -- what comes


def test_an_eni_is_waited_for_until_it_is_in_use() -> None:
    async def script(sim: Session) -> tuple[str, str, int]:
        client = sim.client(**WHERE)
        await attached(client)
        eni = await client.wait_until_in_use("eni-1", poll=EVERY_SECOND)
        return eni.status, eni.instance_id, sim.now_ns

    sim, (status, instance, now_ns) = run(script)
    assert (status, instance) == ("InUse", "i-1")
    assert looks(sim) == 4  # of which each takes 20 ms
    assert now_ns == 50 * MS + 4 * (S + 20 * MS)


def test_and_until_it_is_available_again_after_its_detach() -> None:
    async def script(sim: Session) -> str:
        client = sim.client(**WHERE)
        await attached(client)
        await client.wait_until_in_use("eni-1")
        await client.detach_network_interface(instance_id="i-1", network_interface_id="eni-1")
        return (await client.wait_until_available("eni-1", poll=TERRAFORM_DETACH)).status

    assert run(script)[1] == "Available"


def test_and_until_it_is_gone() -> None:
    async def script(sim: Session) -> int:
        client = sim.client(**WHERE)
        await client.delete_network_interface(network_interface_id="eni-1")
        return await client.wait_until_gone("eni-1", poll=TERWAY_DELETE)

    sim, waited_ns = run(script)
    assert waited_ns == 6 * S + 3 * 20 * MS  # at 1 s, 3 s and 6 s
    assert not [eni for eni in sim.interfaces(**WHERE) if eni.id == "eni-1"]


def test_what_was_never_there_is_gone_at_the_first_look() -> None:
    async def script(sim: Session) -> int:
        return await sim.client(**WHERE).wait_until_gone("eni-x", poll=EVERY_SECOND)

    assert run(script)[1] == S + 20 * MS


def test_addresses_are_waited_for_until_they_are_unassigned() -> None:
    async def script(sim: Session) -> tuple[str, ...]:
        client = sim.client(**WHERE)
        made = await client.create_network_interface(**SOUND, private_ip_addresses=["10.0.0.9", "10.0.0.10"])
        eni = made.network_interface_id
        refused = await attempt(client.wait_until_unassigned, eni, ["10.0.0.9", "10.0.0.99"], poll=EVERY_SECOND)
        assert isinstance(refused.error, WaitTimeout)
        assert refused.error.seen == "with 10.0.0.9"
        await client.unassign_private_ip_addresses(network_interface_id=eni, private_ip_addresses=["10.0.0.9"])
        shown = await client.wait_until_unassigned(eni, ["10.0.0.9"], poll=TERWAY_UNASSIGN)
        return shown.private_ip_addresses[1:]

    assert run(script)[1] == ("10.0.0.10",)


def test_a_wait_may_be_for_a_region_that_the_client_is_not_in() -> None:
    async def script(sim: Session) -> str:
        return (await sim.client(account="acme").wait_until_available("eni-1", region_id="cn-hangzhou")).status

    assert run(script)[1] == "Available"


# -- what does not come


def test_who_gives_up_is_told_the_last_state_and_what_it_cost_and_what_a_real_client_says() -> None:
    async def script(sim: Session) -> WaitTimeout:
        client = sim.client(**WHERE)
        await attached(client)
        await client.wait_until_in_use("eni-1")
        sim.faults.hang_detach()
        await client.detach_network_interface(instance_id="i-1", network_interface_id="eni-1")
        with pytest.raises(WaitTimeout) as ended:
            await client.wait_until_available("eni-1", poll=TERRAFORM_DETACH)
        return ended.value

    _, error = run(script)
    assert (error.code, error.thing, error.wanted, error.seen) == ("WaitTimeout", "eni-1", "Available", "Detaching")
    assert (error.waited_ns, error.polls) == (60 * S, 11)
    assert str(error) == (
        "eni-1 is not Available after 1m and 11 looks, last seen: Detaching; a client that waits so says "
        "\"timeout while waiting for state to become 'Available' (last state: 'Detaching', timeout: 1m)\""
    )


def test_cilium_is_gone_before_a_slow_attach_is_done() -> None:
    async def script(sim: Session) -> tuple[WaitTimeout, str]:
        client = sim.client(**WHERE)
        await attached(client)
        with pytest.raises(
            WaitTimeout, match=r'6 looks, last seen: Attaching; .* "timed out waiting for the condit'
        ) as late:
            await client.wait_until_in_use("eni-1", poll=CILIUM_ATTACH)
        return late.value, (await client.wait_until_in_use("eni-1", poll=TERWAY_ATTACH)).status

    slow = latency("slow", there="10ms", commit="30ms", respond="10ms", finish="20s")
    _, (error, status) = drive(script, world(), latency=slow)
    assert error.polls == 6
    assert error.waited_ns == 15 * S + 6 * 20 * MS
    assert status == "InUse"


def test_an_attach_that_fell_back_is_told_apart_from_one_that_is_late() -> None:
    async def script(sim: Session) -> WaitFailed:
        sim.faults.fail_attach()
        client = sim.client(**WHERE)
        await attached(client)
        with pytest.raises(WaitFailed) as ended:
            await client.wait_until_in_use("eni-1", poll=TERWAY_ATTACH)
        return ended.value

    _, error = run(script)
    assert (error.code, error.seen) == ("WaitFailed", "Available")
    assert "eni-1 will not be InUse: after " in str(error)
    assert str(error).endswith("2 looks it is Available, seen before: Attaching")


def test_what_was_there_and_is_gone_is_waited_for_no_longer() -> None:
    async def script(sim: Session) -> str:
        client = sim.client(**WHERE)
        await client.delete_network_interface(network_interface_id="eni-1")
        with pytest.raises(WaitFailed) as ended:
            await client.wait_until_available("eni-1", poll=EVERY_SECOND)
        return str(ended.value)

    assert run(script)[1] == (
        "eni-1 will not be Available: after 4s80ms and 4 looks it is absent, seen before: Deleting"
    )


def test_addresses_of_an_eni_that_is_gone_are_waited_for_no_longer() -> None:
    async def script(sim: Session) -> str:
        client = sim.client(**WHERE)
        await client.delete_network_interface(network_interface_id="eni-1")
        with pytest.raises(WaitFailed) as ended:
            await client.wait_until_unassigned(
                "eni-1", sim.interfaces(**WHERE)[-1].private_ip_addresses, poll=EVERY_SECOND
            )
        return ended.value.seen

    assert run(script)[1] == "absent"


def test_what_was_never_seen_may_still_come() -> None:
    async def script(sim: Session) -> WaitTimeout:
        with pytest.raises(WaitTimeout) as ended:
            await sim.client(**WHERE).wait_until_available("eni-x", poll=EVERY_SECOND)
        return ended.value

    _, error = run(script)
    assert (error.seen, error.polls) == ("absent", 10)


def test_a_time_that_is_over_before_the_first_look_is_waited_for_all_the_same() -> None:
    async def script(sim: Session) -> str:
        with pytest.raises(WaitTimeout) as ended:
            await sim.client(**WHERE).wait_until_available("eni-1", poll=Poll(first="5s", timeout="2s"))
        assert sim.now_ns == 2 * S
        return str(ended.value)

    assert run(script)[1] == "eni-1 is not Available after 2s and 0 looks, last seen: nothing yet"


def test_one_look_is_one_look() -> None:
    async def script(sim: Session) -> None:
        with pytest.raises(WaitTimeout, match=r"and 1 look, last seen: Available$"):
            await sim.client(**WHERE).wait_until_interface("eni-1", "Deleting", poll=Poll(first=0, steps=1))

    run(script)


def test_how_a_wait_ended_can_be_had_as_an_outcome() -> None:
    async def script(sim: Session) -> list[str]:
        client = sim.client(**WHERE)
        come = await attempt(client.wait_until_available, "eni-1")
        never = await attempt(client.wait_until_interface, "eni-1", "InUse", failed=["Available"])
        late = await attempt(client.wait_until_gone, "eni-1", poll=EVERY_SECOND)
        gone = await attempt(client.wait_until_gone, "eni-x")
        assert gone.unwrap() > S
        with pytest.raises(WaitTimeout):
            late.unwrap()
        return [come.code, never.code, late.code, gone.code]

    assert run(script)[1] == ["ok", "WaitFailed", "WaitTimeout", "ok"]


# -- looks are calls


def test_a_look_that_is_refused_ends_the_wait_unless_the_client_repeats_it() -> None:
    async def script(sim: Session) -> str:
        sim.faults.throttle()
        with pytest.raises(ThrottlingUser):
            await sim.client(**WHERE).wait_until_available("eni-1")
        sim.faults.throttle()
        return (await sim.client(**WHERE, retry=Retry(attempts=2)).wait_until_available("eni-1")).status

    sim, status = run(script)
    assert status == "Available"
    assert sim.calls["DescribeNetworkInterfaces"] == {"Throttling.User": 2, "ok": 1}


def test_a_look_that_is_not_answered_ends_the_wait() -> None:
    async def script(sim: Session) -> None:
        sim.faults.lose_answer()
        with pytest.raises(RequestTimeout):
            await sim.client(**WHERE, timeout="1s").wait_until_available("eni-1")

    run(script)


def test_jitter_belongs_to_the_client_and_its_wait_and_to_the_seed() -> None:
    async def script(sim: Session) -> list[int]:
        ends = []
        for client in (sim.client(**WHERE, name="a"), sim.client(**WHERE, name="b")):
            for _ in range(2):
                begun_ns = sim.now_ns
                await attempt(client.wait_until_interface, "eni-1", "Deleting", poll=TERWAY_ATTACH)
                ends.append(sim.now_ns - begun_ns)
        return ends

    first, again, other = (run(script, seed=seed)[1] for seed in (1, 1, 2))
    assert first == again
    assert len({*first, *other}) == 8


def test_a_policy_that_is_none_is_refused() -> None:
    async def script(sim: Session) -> None:
        with pytest.raises(SettingError, match="poll of a wait takes Poll, not '5s'"):
            await sim.client(**WHERE).wait_until_available("eni-1", poll="5s")  # type: ignore[arg-type]

    run(script)
