"""The session: scripts that sleep, hold, gather and settle in virtual time."""

import pytest
import trio

from cloudsim.api.requests import CreateNetworkInterface
from cloudsim.api.responses import CreateNetworkInterfaceResponse
from cloudsim.errors.own import Deadlock, DurationError, SettingError
from cloudsim.errors.quota import MaxEniCountExceeded
from cloudsim.operations.operation import Phase
from cloudsim.runtime.outcome import attempt
from cloudsim.runtime.session import Session, gather
from cloudsim.simulation.latency import DEFAULT, NONE
from cloudsim.values.duration import SECOND
from tests.runtime.sessions import SOUND, WHERE, drive, session
from tests.small_world import small

MS = 1_000_000
CREATE = CreateNetworkInterface(**SOUND)


# -- time


def test_a_sleep_lets_virtual_time_pass_and_none_of_the_real_kind() -> None:
    async def script(sim: Session) -> list[int]:
        seen = []
        for duration in ("1h", 5, 0):
            await sim.sleep(duration)
            seen.append(sim.now_ns)
        await trio.sleep(0.25)
        return [*seen, sim.now_ns]

    hour = 3600 * SECOND
    assert drive(script)[1] == [hour, hour + 5, hour + 5, hour + 5 + SECOND // 4]


def test_sleeping_until_an_instant_that_has_passed_is_no_sleep() -> None:
    async def script(sim: Session) -> list[int]:
        await sim.sleep_until(7)
        seen = [sim.now_ns]
        await sim.sleep_until(3)
        return [*seen, sim.now_ns]

    assert drive(script)[1] == [7, 7]


@pytest.mark.parametrize("wrong", ["soon", -1, 0.05])
def test_what_is_no_duration_cannot_be_slept(wrong: object) -> None:
    """Seconds, as trio.sleep takes them, once made the clock a float."""

    async def script(sim: Session) -> None:
        with pytest.raises(DurationError):
            await sim.sleep(wrong)  # type: ignore[arg-type]

    sim, _ = drive(script)
    assert type(sim.now_ns) is int


def test_settling_waits_until_nothing_is_due_in_the_instant() -> None:
    async def script(sim: Session) -> tuple[int, int]:
        client = sim.client(**WHERE)
        client.submit(CREATE)
        before = len(sim.interfaces(**WHERE))
        await sim.settle()
        return before, len(sim.interfaces(**WHERE))

    assert drive(script, latency=NONE)[1] == (0, 1)


# -- holding by hand


def test_an_order_can_be_said_by_hand() -> None:
    """The doomed call holds the last place; the sound one is refused meanwhile, and goes through afterwards."""

    async def script(sim: Session) -> list[str]:
        client = sim.client(**WHERE)
        doomed = client.submit(CreateNetworkInterface(**SOUND, primary_ip_address="10.0.0.0"))
        sim.hold(doomed, at=Phase.LEASE_ADDRESSES)
        await sim.wait_held(doomed)
        meanwhile = await attempt(client.create_network_interface, **SOUND)
        sim.release(doomed)
        ended = await attempt(client.answer, doomed)
        afterwards = await attempt(client.create_network_interface, **SOUND)
        return [meanwhile.code, ended.code, afterwards.code]

    assert drive(script, small(quota=1))[1] == ["MaxEniCountExceeded", "InvalidVSwitchId.IpInvalid", "ok"]


def test_several_may_wait_until_a_call_is_held_and_late_ones_too() -> None:
    async def script(sim: Session) -> list[int]:
        reply = sim.client(**WHERE).submit(CREATE)
        sim.hold(reply, at=Phase.COMMIT)
        seen: list[int] = []

        async def wait() -> None:
            await sim.wait_held(reply)
            seen.append(sim.now_ns)

        async with trio.open_nursery() as nursery:
            nursery.start_soon(wait)
            nursery.start_soon(wait)
        await wait()
        sim.release(reply)
        return seen

    assert drive(script)[1] == [40 * MS] * 3


def test_a_call_can_be_led_from_phase_to_phase() -> None:
    async def script(sim: Session) -> list[Phase]:
        reply = sim.client(**WHERE).submit(CREATE)
        seen = []
        sim.hold(reply, at=Phase.ADMIT)
        await sim.wait_held(reply)
        for phase in (Phase.RESERVE_QUOTA, Phase.COMMIT, Phase.RESPOND):
            sim.hold(reply, at=phase)
            sim.release(reply)
            await sim.wait_held(reply)
            seen.append(reply.journey.phase)
        sim.release(reply)
        return seen

    assert drive(script)[1] == [Phase.RESERVE_QUOTA, Phase.COMMIT, Phase.RESPOND]


def test_waiting_for_a_call_that_never_comes_to_its_phase_is_an_error_and_no_wait_for_ever() -> None:
    async def script(sim: Session) -> None:
        reply = sim.client(**WHERE).submit(CREATE)
        sim.hold(reply, at=Phase.COMMIT)
        for _ in range(2):
            with pytest.raises(SettingError, match="client-1/1 is over and never came to COMMIT"):
                await sim.wait_held(reply)

    drive(script, small(quota=0))


def test_waiting_for_a_call_that_nobody_holds_is_an_error() -> None:
    async def script(sim: Session) -> None:
        reply = sim.client(**WHERE).submit(CREATE)
        with pytest.raises(SettingError, match=r"say sim\.hold\(call, at=\.\.\.\) first"):
            await sim.wait_held(reply)

    drive(script)


def test_a_wait_for_a_held_call_can_be_cancelled() -> None:
    async def script(sim: Session) -> int:
        reply = sim.client(**WHERE).submit(CREATE)
        sim.hold(reply, at=Phase.COMMIT)
        with trio.move_on_after(0.02):
            await sim.wait_held(reply)
        cancelled_at_ns = sim.now_ns
        await sim.sleep("1s")
        sim.release(reply)
        return cancelled_at_ns

    assert drive(script)[1] == 20 * MS


def test_a_held_call_that_nobody_releases_is_named_when_everybody_waits() -> None:
    async def script(sim: Session) -> None:
        client = sim.client(**WHERE)
        reply = client.submit(CREATE)
        sim.hold(reply, at=Phase.COMMIT)
        await client.answer(reply)

    with pytest.raises(Deadlock, match="waits for the answer of client-1/1"):
        drive(script)


# -- gather


def test_gathering_runs_all_at_once_and_gives_the_results_in_order() -> None:
    async def script(sim: Session) -> list[int]:
        async def after(duration: str) -> int:
            await sim.sleep(duration)
            return sim.now_ns

        return await gather(after(duration) for duration in ("3s", "1s", "2s"))

    sim, results = drive(script)
    assert results == [3 * SECOND, SECOND, 2 * SECOND]
    assert sim.now_ns == 3 * SECOND


def test_gathering_tells_how_far_it_has_come_where_somebody_asks() -> None:
    told: list[tuple[int, int]] = []

    async def script(sim: Session) -> None:
        await gather(
            [sim.sleep(duration) for duration in ("3s", "1s", "2s")],
            progress=lambda done, total: told.append((done, total)),
        )

    drive(script)
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_gathering_nothing_gives_nothing() -> None:
    async def script(sim: Session) -> list[int]:
        return await gather([])

    assert drive(script)[1] == []


def test_the_first_of_a_gathering_that_raises_cancels_the_others_and_leaves_no_coroutine_behind() -> None:
    """Under the test settings a coroutine that was never awaited is an error."""

    async def script(sim: Session) -> list[str]:
        ended: list[str] = []

        async def wait() -> None:
            try:
                await sim.sleep("1h")
            finally:
                ended.append("cancelled")

        async def fail() -> None:
            await sim.sleep("1s")
            raise ValueError("on purpose")

        with pytest.RaisesGroup(pytest.RaisesExc(ValueError, match="on purpose")):
            await gather([wait(), fail(), wait()])
        return ended

    sim, ended = drive(script)
    assert ended == ["cancelled", "cancelled"]
    assert sim.now_ns == SECOND


def test_a_gathering_that_is_cancelled_before_it_begins_leaves_no_coroutine_behind() -> None:
    async def script(sim: Session) -> bool:
        with trio.CancelScope() as scope:
            scope.cancel()
            await gather([sim.sleep(1), sim.sleep(2)])
        return scope.cancelled_caught

    assert drive(script)[1]


def test_of_a_gathering_of_attempts_nobody_is_cancelled() -> None:
    async def script(sim: Session) -> list[str]:
        create = sim.client(**WHERE).create_network_interface
        return [outcome.code for outcome in await gather(attempt(create, **SOUND) for _ in range(5))]

    assert sorted(drive(script, small(quota=3))[1]) == ["MaxEniCountExceeded"] * 2 + ["ok"] * 3


# -- outcomes


def test_an_outcome_gives_the_response_or_raises_what_stood_in_its_way() -> None:
    async def script(sim: Session) -> CreateNetworkInterfaceResponse:
        create = sim.client(**WHERE, timeout="1s").create_network_interface
        ok, refused = await attempt(create, **SOUND), await attempt(create, **SOUND)
        assert (ok.is_ok, ok.code, ok.error) == (True, "ok", None)
        assert (refused.is_ok, refused.code, refused.response) == (False, "MaxEniCountExceeded", None)
        with pytest.raises(MaxEniCountExceeded):
            refused.unwrap()
        return ok.unwrap()

    sim, answer = drive(script, small(quota=1))
    assert answer.network_interface_id == sim.interfaces(**WHERE)[0].id


def test_a_time_out_is_an_outcome_too_and_a_mistake_is_none() -> None:
    async def script(sim: Session) -> str:
        create = sim.client(**WHERE, timeout="1ms").create_network_interface
        with pytest.raises(SettingError):
            await attempt(create, vswitch="vsw-a")  # type: ignore[call-arg]
        return (await attempt(create, **SOUND)).code

    assert drive(script)[1] == "RequestTimeout"


# -- the rest


def test_whoever_watches_is_told_of_progress_and_nobody_needs_to_watch() -> None:
    async def script(sim: Session) -> None:
        sim.progress(1, 2)

    told: list[tuple[int, int]] = []
    drive(script, progress=lambda done, total: told.append((done, total)))
    drive(script)
    assert told == [(1, 2)]


def test_a_session_has_seed_0_and_is_not_watched_unless_asked() -> None:
    plain = Session(small().spec)
    assert (plain.seed, plain.watcher, plain.cloud.journal.is_kept) == (0, None, False)


def test_what_is_neither_method_nor_coroutine_is_refused() -> None:
    async def script(sim: Session) -> None:
        with pytest.raises(SettingError, match="attempt takes a method"):
            await attempt(5)  # type: ignore[arg-type]
        with pytest.raises(SettingError, match="gather takes several coroutines"):
            await gather(5)  # type: ignore[arg-type]

    drive(script)


def test_waiting_for_what_is_no_call_is_refused() -> None:
    async def script(sim: Session) -> None:
        with pytest.raises(SettingError, match="wait_held takes Reply"):
            await sim.wait_held("client-1/1")  # type: ignore[arg-type]

    drive(script)


def test_what_a_script_raises_comes_out_as_it_is() -> None:
    async def script(sim: Session) -> None:
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        drive(script)


def test_a_session_is_driven_once() -> None:
    async def script() -> None:
        await trio.lowlevel.checkpoint()

    sim = session()
    sim.drive(script)
    with pytest.raises(SettingError, match="driven once"):
        sim.drive(script)


def test_scripts_and_arrivals_of_one_simulation_have_one_digest_at_every_run() -> None:
    async def script(sim: Session) -> None:
        caller = sim.caller(account="acme", name="arrivals")
        for number in range(10):
            sim.at(
                number * 7 * MS,
                lambda: sim.submit(caller, CreateNetworkInterface(region_id="cn-hangzhou", **SOUND)),
                name="arrival",
            )
        create = sim.client(**WHERE).create_network_interface
        await gather(attempt(create, **SOUND) for _ in range(10))

    digests = [drive(script, latency=DEFAULT, seed=seed)[0].digest() for seed in (3, 3, 4)]
    assert digests[0] == digests[1] != digests[2]
