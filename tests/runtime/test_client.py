"""The client: answers and refusals, time-outs that cancel nothing, retries with every use of tokens."""

import pytest
import trio

from cloudsim.api.requests import CreateNetworkInterface
from cloudsim.api.responses import CreateNetworkInterfaceResponse
from cloudsim.errors.own import Deadlock, DurationError, RequestTimeout, SettingError
from cloudsim.errors.quota import MaxEniCountExceeded
from cloudsim.errors.service import ThrottlingUser
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import Policy, TokenPolicy
from cloudsim.runtime.client import Client
from cloudsim.runtime.outcome import attempt
from cloudsim.runtime.retry import Retry, TokenUse
from cloudsim.runtime.session import Session
from cloudsim.simulation.faults import Match
from cloudsim.values.duration import SECOND
from tests.runtime.sessions import SOUND, WHERE, drive, session
from tests.small_world import small

MS = 1_000_000


def made(sim: Session) -> int:
    return len(sim.interfaces(**WHERE))


# -- answers


def test_a_call_is_answered_after_its_latency() -> None:
    async def script(sim: Session) -> tuple[CreateNetworkInterfaceResponse, int]:
        answer = await sim.client(**WHERE).create_network_interface(**SOUND)
        return answer, sim.now_ns

    sim, (answer, now_ns) = drive(script)
    assert (answer.network_interface_id, now_ns) == (sim.interfaces(**WHERE)[0].id, 50 * MS)


def test_a_refusal_is_raised() -> None:
    async def script(sim: Session) -> None:
        with pytest.raises(MaxEniCountExceeded, match="0 of 0"):
            await sim.client(**WHERE).create_network_interface(**SOUND)

    drive(script, small(quota=0))


def test_create_describe_and_delete_go_together() -> None:
    async def script(sim: Session) -> list[int]:
        client = sim.client(**WHERE)
        answer = await client.create_network_interface(**SOUND, network_interface_name="web")
        counts = []
        for _ in range(2):
            page = await client.describe_network_interfaces(network_interface_name="web")
            counts.append(page.total_count)
            if counts == [1]:
                await client.delete_network_interface(network_interface_id=answer.network_interface_id)
        return counts

    assert drive(script)[1] == [1, 0]


def test_a_client_without_a_region_says_it_with_each_call() -> None:
    async def script(sim: Session) -> list[str]:
        client = sim.client(account="acme")
        here = await attempt(client.create_network_interface, region_id="cn-hangzhou", **SOUND)
        nowhere = await attempt(client.create_network_interface, **SOUND)
        return [here.code, nowhere.code]

    assert drive(script)[1] == ["ok", "MissingParameter"]


def test_a_region_that_a_call_names_goes_before_the_client_s() -> None:
    async def script(sim: Session) -> str:
        return (await attempt(sim.client(**WHERE).create_network_interface, region_id="cn-x", **SOUND)).code

    assert drive(script)[1] == "InvalidRegionId.NotFound"


def test_a_client_may_be_a_ram_user() -> None:
    async def script(sim: Session) -> str:
        return (await attempt(sim.client(**WHERE, user="nobody").create_network_interface, **SOUND)).code

    assert drive(script)[1] == "Abs.InvalidAccount.NotFound"


def test_many_tasks_may_use_one_client() -> None:
    async def script(sim: Session) -> None:
        client = sim.client(**WHERE)
        async with trio.open_nursery() as nursery:
            for _ in range(20):
                nursery.start_soon(attempt, client.create_network_interface)
                nursery.start_soon(lambda: client.create_network_interface(**SOUND))

    sim, _ = drive(script)
    assert sim.calls == {"CreateNetworkInterface": {"MissingParameter": 20, "ok": 20}}


# -- waiting for what was submitted


def test_a_call_can_be_submitted_now_and_its_answer_waited_for_later() -> None:
    async def script(sim: Session) -> int:
        client = sim.client(**WHERE)
        reply = client.submit(CreateNetworkInterface(**SOUND))
        await sim.sleep("1s")
        answer = await client.answer(reply)
        assert answer is reply.response
        return sim.now_ns

    assert drive(script)[1] == SECOND


def test_two_tasks_cannot_wait_for_one_answer() -> None:
    async def script(sim: Session) -> None:
        client = sim.client(**WHERE)
        reply = client.submit(CreateNetworkInterface(**SOUND))
        with pytest.RaisesGroup(pytest.RaisesExc(SettingError, match="somebody waits for the answer of client-1/1")):
            async with trio.open_nursery() as nursery:
                nursery.start_soon(client.answer, reply)
                nursery.start_soon(client.answer, reply)

    drive(script)


# -- time-outs


@pytest.mark.parametrize("timeout", ["20ms", 20 * MS])
def test_a_time_out_ends_the_wait_and_never_the_operation(timeout: str | int) -> None:
    async def script(sim: Session) -> list[tuple[int, int]]:
        with pytest.raises(RequestTimeout, match="client-1/1: no answer within 20ms; the operation goes on"):
            await sim.client(**WHERE, timeout=timeout).create_network_interface(**SOUND)
        seen = [(sim.now_ns, made(sim))]
        await sim.sleep("1s")
        return [*seen, (sim.now_ns, made(sim))]

    sim, seen = drive(script)
    assert seen == [(20 * MS, 0), (SECOND + 20 * MS, 1)]
    assert sim.calls == {"CreateNetworkInterface": {"ok": 1}}


def test_an_answer_that_comes_in_time_leaves_no_timer_behind() -> None:
    async def script(sim: Session) -> None:
        await sim.client(**WHERE, timeout="1h").create_network_interface(**SOUND)

    sim, _ = drive(script)
    assert sim.now_ns == 50 * MS
    assert sim.kernel.pending == 0


def test_a_time_out_is_counted_from_the_departure() -> None:
    async def script(sim: Session) -> int:
        client = sim.client(**WHERE, timeout="30ms")
        reply = client.submit(CreateNetworkInterface(**SOUND))
        await sim.sleep("40ms")
        with pytest.raises(RequestTimeout):
            await client.answer(reply)
        return sim.now_ns

    assert drive(script)[1] == 40 * MS


def test_what_has_come_is_answered_however_late_one_asks() -> None:
    async def script(sim: Session) -> bool:
        client = sim.client(**WHERE, timeout="60ms")
        reply = client.submit(CreateNetworkInterface(**SOUND))
        await sim.sleep("1h")
        return await client.answer(reply) is reply.response

    assert drive(script)[1]


@pytest.mark.parametrize("timeout", ["50ms", 50 * MS - 1, 50 * MS + 1])
def test_a_time_out_in_the_instant_of_the_answer_has_one_ending(timeout: str | int) -> None:
    async def script(sim: Session) -> str:
        return (await attempt(sim.client(**WHERE, timeout=timeout).create_network_interface, **SOUND)).code

    sim, ended = drive(script)
    assert ended == ("ok" if timeout == 50 * MS + 1 else "RequestTimeout")
    assert made(sim) == 1


def test_a_waiting_client_can_be_cancelled_by_trio_and_its_operation_goes_on() -> None:
    async def script(sim: Session) -> tuple[bool, int, int]:
        client = sim.client(**WHERE, timeout="1h")
        with trio.move_on_after(0.02) as scope:
            await client.create_network_interface(**SOUND)
        cancelled_at_ns = sim.now_ns
        await sim.sleep("1s")
        return scope.cancelled_caught, cancelled_at_ns, made(sim)

    sim, seen = drive(script)
    assert seen == (True, 20 * MS, 1)
    assert sim.kernel.pending == 0


def test_a_call_whose_wait_was_cancelled_can_be_waited_for_again() -> None:
    async def script(sim: Session) -> int:
        client = sim.client(**WHERE)
        reply = client.submit(CreateNetworkInterface(**SOUND))
        with trio.move_on_after(0.02):
            await client.answer(reply)
        await client.answer(reply)
        return sim.now_ns

    assert drive(script)[1] == 50 * MS


# -- what never comes


def test_who_waits_for_a_lost_answer_without_a_time_out_is_told_what_for() -> None:
    async def script(sim: Session) -> None:
        sim.faults.lose_answer()
        await sim.client(**WHERE, name="pod-7").create_network_interface(**SOUND)

    with pytest.raises(Deadlock) as ended:
        drive(script)
    report = str(ended.value)
    assert "everybody waits and nothing is due, at 50ms:" in report
    assert "waits for the answer of pod-7/1, which was lost on its way back (" in report


def test_who_begins_to_wait_for_what_is_lost_already_is_told_too() -> None:
    async def script(sim: Session) -> None:
        sim.faults.abandon(Phase.COMMIT)
        client = sim.client(**WHERE)
        reply = client.submit(CreateNetworkInterface(**SOUND))
        await sim.sleep("1s")
        await client.answer(reply)

    with pytest.raises(Deadlock, match="the answer of client-1/1, which was abandoned at COMMIT"):
        drive(script)


# -- retries


def retrying(sim: Session, token: TokenUse, **dials: object) -> Client:
    return sim.client(**WHERE, timeout="100ms", retry=Retry(attempts=2, backoff="1s", token=token), **dials)  # type: ignore[arg-type]


@pytest.mark.parametrize(("token", "enis"), [(TokenUse.SAME, 1), (TokenUse.FRESH, 2), (TokenUse.NONE, 2)], ids=str)
def test_after_a_lost_answer_the_same_token_finds_the_eni_and_others_leak_it(token: TokenUse, enis: int) -> None:
    async def script(sim: Session) -> tuple[str, int]:
        sim.faults.lose_answer()
        answer = await retrying(sim, token).create_network_interface(**SOUND)
        return answer.network_interface_id, sim.now_ns

    sim, (known, now_ns) = drive(script)
    assert made(sim) == enis
    assert known == sim.interfaces(**WHERE)[-1].id
    assert now_ns == (100 + 1000 + (20 if enis == 1 else 50)) * MS


def tokens(sim: Session) -> list[str | None]:
    return [eni.client_token for eni in sim.interfaces(**WHERE)]


def test_a_caller_s_own_token_goes_before_a_drawn_one_and_a_fresh_one_comes_after_it() -> None:
    async def script(sim: Session, token: TokenUse) -> None:
        sim.faults.lose_answer()
        await retrying(sim, token).create_network_interface(**SOUND, client_token="mine")

    seen = {}
    for token in TokenUse:
        sim, _ = drive(lambda sim, token=token: script(sim, token))  # type: ignore[misc]
        seen[token] = tokens(sim)
    assert seen[TokenUse.SAME] == seen[TokenUse.NONE] == ["mine"]
    assert seen[TokenUse.FRESH][0] == "mine"
    assert len(str(seen[TokenUse.FRESH][1])) == 32


@pytest.mark.parametrize("given", [None, ""])
def test_a_client_that_repeats_with_a_token_draws_one_where_none_is_given(given: str | None) -> None:
    """An empty one was once taken for one that was given, and the repeat leaked an ENI."""

    async def script(sim: Session) -> None:
        sim.faults.lose_answer()
        await retrying(sim, TokenUse.SAME).create_network_interface(**{**SOUND, "client_token": given})

    sim, _ = drive(script)
    (token,) = tokens(sim)
    assert token is not None
    assert len(token) == 32


def test_drawn_tokens_belong_to_client_and_call_and_to_the_seed() -> None:
    async def script(sim: Session) -> None:
        for client in (retrying(sim, TokenUse.SAME, name="a"), retrying(sim, TokenUse.SAME, name="b")):
            for _ in range(2):
                await client.create_network_interface(**SOUND)

    drawn = [tokens(drive(script, seed=seed)[0]) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1]
    assert len(set(drawn[0]) | set(drawn[2])) == 8


def test_a_client_repeats_what_says_try_later_and_nothing_else() -> None:
    async def script(sim: Session) -> list[str]:
        sim.faults.throttle(Match(times=2))
        client = sim.client(**WHERE, retry=Retry(attempts=5, backoff="1s", token=TokenUse.SAME))
        answer = await attempt(client.create_network_interface, **SOUND)
        refused = await attempt(client.create_network_interface, vswitch_id="vsw-x", security_group_id="sg-main")
        return [answer.code, refused.code]

    sim, codes = drive(script)
    assert codes == ["ok", "InvalidVSwitchId.NotFound"]
    assert sim.calls == {"CreateNetworkInterface": {"Throttling.User": 2, "ok": 1, "InvalidVSwitchId.NotFound": 1}}


def test_after_its_last_try_a_client_raises_what_that_one_met() -> None:
    async def script(sim: Session) -> None:
        sim.faults.throttle(Match(times=None))
        with pytest.raises(ThrottlingUser):
            await sim.client(**WHERE, retry=Retry(attempts=3, backoff="1s")).create_network_interface(**SOUND)

    sim, _ = drive(script)
    assert sim.calls == {"CreateNetworkInterface": {"Throttling.User": 3}}
    assert sim.now_ns == (1 + 2) * SECOND + 3 * 20 * MS


def test_a_client_retries_deletes_and_descriptions_too() -> None:
    async def script(sim: Session) -> int:
        client = sim.client(**WHERE, retry=Retry(attempts=2, backoff="1s"))
        eni = (await client.create_network_interface(**SOUND)).network_interface_id
        sim.faults.throttle()
        await client.delete_network_interface(network_interface_id=eni)
        sim.faults.throttle()
        return (await client.describe_network_interfaces()).total_count

    assert drive(script)[1] == 0


def test_the_retry_meets_its_own_first_try_while_that_still_runs() -> None:
    async def script(sim: Session) -> str:
        retry = Retry(attempts=3, backoff="5ms", token=TokenUse.SAME)
        client = sim.client(**WHERE, timeout="15ms", retry=retry)
        return (await attempt(client.create_network_interface, **SOUND)).code

    sim, ended = drive(script)
    assert ended == "RequestTimeout"
    assert made(sim) == 1
    assert sim.calls["CreateNetworkInterface"]["IdempotentProcessing"] >= 1


def test_under_the_known_bad_policy_the_retry_makes_a_second_eni() -> None:
    async def script(sim: Session) -> None:
        retry = Retry(attempts=2, backoff="5ms", token=TokenUse.SAME)
        await attempt(sim.client(**WHERE, timeout="15ms", retry=retry).create_network_interface, **SOUND)
        await sim.sleep("1s")

    sim = session(policy=Policy(token=TokenPolicy.LOOK_UP_THEN_COMMIT))
    with pytest.raises(AssertionError, match="made 2 ENIs"):
        sim.drive(lambda: script(sim))


# -- names and time-outs that cannot be


def test_a_name_that_is_taken_is_refused_and_a_time_out_that_is_none() -> None:
    sim = session()
    assert sim.client(**WHERE, name="bob").name == "bob"
    with pytest.raises(SettingError, match="'bob' cannot name a caller"):
        sim.client(**WHERE, name="bob")
    with pytest.raises(DurationError, match="soon"):
        sim.client(**WHERE, timeout="soon")
    with pytest.raises(DurationError, match="write text with a unit"):
        sim.client(**WHERE, timeout=0.5)  # type: ignore[arg-type]
