"""The simulation: callers, submitting, holding by hand, virtual time, and its end; all without trio."""

import gc
import sys
from pathlib import Path
from subprocess import run

import msgspec
import pytest

from cloudsim.errors.own import SettingError
from cloudsim.errors.quota import MaxEniCountExceeded
from cloudsim.kernel.actor import URGENT, Step
from cloudsim.operations.operation import Phase
from cloudsim.simulation.journey import Journey
from cloudsim.simulation.latency import NONE
from cloudsim.simulation.reply import Reply
from cloudsim.simulation.simulation import Simulation
from cloudsim.values.duration import SECOND
from tests.small_world import REGION, Watched, a_delete, code, small


def events(sim: Simulation) -> list[dict[str, object]]:
    return [msgspec.json.decode(line) for line in sim.cloud.journal.lines]


# -- callers


def test_callers_without_a_name_are_numbered() -> None:
    sim = Watched()
    names = [sim.caller(account="acme").name for _ in range(3)]
    assert names == ["client-1", "client-2", "client-3"]


def test_a_caller_with_a_name_moves_nobody_else_s_number() -> None:
    """Callers were once numbered by how many there were, so a named one renamed all that came after it."""
    sim = Watched()
    sim.caller(account="acme", name="bob")
    assert sim.caller(account="acme").name == "client-1"


def test_a_number_that_somebody_has_as_a_name_is_passed_over() -> None:
    """It was refused once: ``names are unique``, said to somebody who had given none."""
    sim = Watched()
    sim.caller(account="acme", name="client-1")
    sim.caller(account="acme", name="client-3")
    assert [sim.caller(account="acme").name for _ in range(2)] == ["client-2", "client-4"]


@pytest.mark.parametrize("name", ["alice", "a/b", ""])
def test_a_name_that_is_taken_or_has_a_slash_or_nothing_is_refused(name: str) -> None:
    with pytest.raises(SettingError, match="cannot name a caller"):
        Watched().caller(account="acme", name=name)


def test_a_call_is_named_by_its_caller_and_its_ordinal() -> None:
    sim = Watched()
    bob = sim.caller(account="acme", name="bob")
    assert [sim.send().call.name, sim.send(by=bob).call.name, sim.send().call.name] == ["alice/1", "bob/1", "alice/2"]


# -- submitting


def test_nothing_but_the_departure_happens_when_a_call_is_submitted() -> None:
    sim = Watched()
    reply = sim.send()
    assert (reply.is_settled, reply.submitted_ns, sim.kernel.steps, len(sim.in_flight)) == (False, 0, 0, 1)
    *world, departure = events(sim)
    assert [event["ev"] for event in world] == ["vpc-created", "group-created", "vswitch-created"]
    assert departure == {
        "account": "acme",
        "action": "CreateNetworkInterface",
        "call": "alice/1",
        "ev": "call",
        "n": 3,
        "region": REGION,
        "t": 0,
    }


def test_a_journal_streams_unless_it_is_asked_to_keep_its_lines() -> None:
    plain = Simulation(small().spec)
    assert (plain.cloud.journal.is_kept, plain.seed, plain.watcher) == (False, 0, None)


def test_a_simulation_needs_no_trio() -> None:
    program = """
import sys
from cloudsim import CreateNetworkInterface, Simulation, World
world = World().account("acme").region("cn-hangzhou").vpc("vpc-1").vswitch("vsw-1", cidr="10.0.0.0/24")
sim = Simulation(world.security_group("sg-1").spec)
caller = sim.caller(account="acme")
replies = [
    sim.submit(caller, CreateNetworkInterface(region_id="cn-hangzhou", vswitch_id="vsw-1", security_group_id="sg-1"))
    for _ in range(120)
]
sim.run()
print(sum(reply.error is None for reply in replies), "trio" in sys.modules, sim.close())
"""
    done = run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stdout == "100 False []\n"


def test_what_is_planned_for_an_instant_happens_then() -> None:
    sim = Watched()
    sim.at(5 * SECOND, sim.send, name="arrival")
    assert sim.run(until_ns=5 * SECOND) is Step.HORIZON
    assert sim.enis == []
    assert sim.run() is Step.IDLE
    assert sim.enis[0].created_ns == 5 * SECOND


def test_at_one_instant_what_is_urgent_goes_first() -> None:
    sim = Watched(small(quota=1))
    eni = sim.make().network_interface_id
    sim.at(SECOND, sim.send, name="create")
    sim.at(SECOND, lambda: sim.submit(sim.alice, a_delete(eni), priority=URGENT), name="delete", priority=URGENT)
    sim.run()
    assert sim.calls["CreateNetworkInterface"] == {"ok": 2}


def test_nothing_can_be_planned_for_the_past() -> None:
    sim = Watched()
    sim.run(until_ns=10)
    with pytest.raises(SettingError, match="tea: instant 9 has passed, it is 10"):
        sim.at(9, lambda: None, name="tea")


def test_a_call_that_is_submitted_in_the_step_of_another_leaves_that_step_its_name() -> None:
    """The submitter once took the ledger over, so the rest of the step was written down under the new call's name."""
    sim = Watched()
    first = sim.send()
    first.when_settled(sim.send)
    sim.run()
    assert [event["call"] for event in events(sim) if event["ev"] == "answer"] == ["alice/1", "alice/2"]
    names = [event["call"] for event in events(sim) if event["ev"] == "call"]
    assert names == ["alice/1", "alice/2"]
    assert sim.cloud.ledger.call == "alice/2"


def test_a_run_goes_on_until_nothing_is_due_however_many_steps_that_takes() -> None:
    sim = Watched()
    sim.kernel.process((1 for _ in range(70_000)), name="clock")
    assert sim.run() is Step.IDLE
    assert sim.now_ns == 70_000


def test_calls_are_counted_by_action_and_ending() -> None:
    sim = Watched(small(quota=1))
    eni = sim.make().network_interface_id
    sim.ask()
    sim.ask(a_delete(eni))
    sim.ask(a_delete(eni))
    assert sim.calls == {
        "CreateNetworkInterface": {"ok": 1, "MaxEniCountExceeded": 1},
        "DeleteNetworkInterface": {"ok": 1, "InvalidEniId.NotFound": 1},
    }


# -- holding by hand


@pytest.mark.parametrize(
    "phase",
    [
        Phase.ADMIT,
        Phase.CLAIM_TOKEN,
        Phase.RESOLVE,
        Phase.RESERVE_QUOTA,
        Phase.LEASE_ADDRESSES,
        Phase.COMMIT,
        Phase.RESPOND,
    ],
)
def test_a_call_can_be_held_at_any_phase_before_it_is_done(phase: Phase) -> None:
    sim = Watched(latency=NONE)
    reply = sim.send(client_token="t-1")
    sim.hold(reply, at=phase)
    sim.run(until_ns=SECOND)
    assert reply.journey.is_held
    assert (reply.journey.phase, reply.fate) == (phase, f"is held at {phase} and not released")
    assert phase not in [event.get("phase") for event in events(sim)]
    sim.release(reply)
    sim.run()
    assert (code(reply), reply.settled_ns, reply.fate) == ("ok", SECOND, "")


def test_a_call_that_is_released_before_it_comes_there_is_not_held() -> None:
    sim = Watched()
    reply = sim.send()
    sim.hold(reply, at=Phase.COMMIT)
    sim.release(reply)
    sim.run()
    assert code(reply) == "ok"


def test_releasing_what_is_not_held_changes_nothing() -> None:
    sim = Watched()
    reply = sim.ask()
    sim.release(reply)
    assert sim.run() is Step.IDLE


def test_a_held_call_can_be_told_to_stop_again_further_on() -> None:
    """Told while it is held, or after its release: once the release forgot what had been told."""
    sim = Watched()
    told_before, told_after = sim.send(), sim.send()
    for reply in (told_before, told_after):
        sim.hold(reply, at=Phase.RESOLVE)
    sim.run()
    sim.hold(told_before, at=Phase.COMMIT)
    for reply in (told_before, told_after):
        sim.release(reply)
    sim.hold(told_after, at=Phase.COMMIT)
    sim.run()
    assert [journey.phase for journey in sim.in_flight] == [Phase.COMMIT, Phase.COMMIT]
    assert all(journey.is_held for journey in sim.in_flight)


def test_whoever_asks_is_told_when_a_call_is_held_or_that_it_never_will_be() -> None:
    sim = Watched(small(quota=0))
    told: list[tuple[str, bool]] = []
    held, refused = sim.send(), sim.send()
    sim.hold(held, at=Phase.RESERVE_QUOTA)
    sim.hold(refused, at=Phase.COMMIT)
    for name, reply in (("held", held), ("refused", refused), ("refused, too", refused)):
        sim.when_held(reply, lambda is_held, name=name: told.append((name, is_held)))  # type: ignore[misc]
    sim.run()
    assert sorted(told) == [("held", True), ("refused", False), ("refused, too", False)]
    sim.when_held(held, lambda is_held: told.append(("late", is_held)))
    sim.when_held(refused, lambda is_held: told.append(("late", is_held)))
    assert told[3:] == [("late", True), ("late", False)]


def test_a_phase_to_be_held_at_may_be_said_by_its_name() -> None:
    """A text was equal to no phase by identity once, and the call went by."""
    sim = Watched()
    reply = sim.send()
    sim.hold(reply, at="COMMIT")  # type: ignore[arg-type]
    sim.run()
    assert reply.journey.is_held
    with pytest.raises(SettingError, match="no phase 'RESERVE_QUTA'; did you mean 'RESERVE_QUOTA'"):
        sim.hold(reply, at="RESERVE_QUTA")  # type: ignore[arg-type]


def test_what_is_over_cannot_be_held() -> None:
    sim = Watched()
    reply = sim.ask()
    with pytest.raises(SettingError, match="alice/1 is over, and cannot be held at COMMIT"):
        sim.hold(reply, at=Phase.COMMIT)


# -- what is to be seen


def test_what_does_not_exist_is_refused_with_the_nearest_that_does() -> None:
    sim = Watched()
    with pytest.raises(SettingError, match="no account 'acne'; did you mean 'acme'"):
        sim.quota(account="acne", region=REGION)
    with pytest.raises(SettingError, match="no region 'cn-hangzu'; did you mean 'cn-hangzhou'"):
        sim.interfaces(account="acme", region="cn-hangzu")
    with pytest.raises(SettingError, match="no vSwitch 'vsw-b'; did you mean 'vsw-a'"):
        sim.free_addresses("vsw-b")


def test_free_addresses_are_those_of_the_present_instant_and_not_of_the_last_step() -> None:
    """An address that cools down was once free only after the next call had passed by."""
    sim = Watched(small(cool_down="10s"))
    sim.ask(a_delete(sim.make().network_interface_id))
    sim.run(until_ns=10 * SECOND - 1)
    assert sim.free_addresses("vsw-a") == 251
    sim.run(until_ns=10 * SECOND)
    assert sim.free_addresses("vsw-a") == 252
    assert sim.audit() == []


# -- replies


def test_a_call_that_is_over_and_read_needs_no_garbage_collector() -> None:
    sim = Watched()
    gc.collect()
    gc.disable()
    try:
        assert code(sim.ask()) == "ok"
        assert not any(isinstance(one, Journey | Reply) for one in gc.get_objects())
    finally:
        gc.enable()


def test_a_reply_is_read_once_it_has_come() -> None:
    sim = Watched()
    reply = sim.send()
    with pytest.raises(SettingError, match="answer of alice/1 has not come yet"):
        reply.result()
    sim.run()
    assert reply.result() is reply.response


def test_a_reply_that_is_lost_says_so_when_it_is_read() -> None:
    sim = Watched()
    sim.faults.lose_answer()
    with pytest.raises(SettingError, match="answer of alice/1 was lost on its way back"):
        sim.ask().result()


def test_each_reader_of_a_refusal_gets_one_of_his_own() -> None:
    sim = Watched(small(quota=0))
    reply = sim.ask()
    raised = []
    for _ in range(2):
        with pytest.raises(MaxEniCountExceeded) as caught:
            reply.result()
        raised.append(caught.value)
    assert raised[0] == raised[1] == reply.error
    assert len({id(error) for error in (*raised, reply.error)}) == 3


def test_a_reply_that_is_kept_keeps_no_frames_of_its_operation() -> None:
    reply = Watched(small(quota=0)).ask()
    assert reply.error is not None
    assert (reply.error.__traceback__, reply.error.__context__) == (None, None)


def test_one_waits_for_a_reply_at_a_time() -> None:
    sim = Watched()
    reply = sim.send()
    reply.when_settled(lambda: None)
    with pytest.raises(SettingError, match="somebody waits for the answer of alice/1 already"):
        reply.when_settled(lambda: None)
    reply.stop_waiting()
    reply.when_settled(lambda: None)


def test_whoever_waits_is_told_of_a_lost_answer() -> None:
    sim = Watched()
    sim.faults.lose_answer()
    reply = sim.send()
    told: list[str] = []
    reply.when_settled(lambda: told.append("settled"), fate=lambda: told.append(reply.fate))
    sim.run()
    assert told == ["was lost on its way back"]


# -- the end


def test_closing_ends_what_is_in_flight_and_gives_back_what_it_held() -> None:
    sim = Watched()
    replies = [sim.send(client_token=f"t-{number}") for number in range(3)]
    for reply, phase in zip(replies, (Phase.LEASE_ADDRESSES, Phase.COMMIT, Phase.RESPOND), strict=True):
        sim.hold(reply, at=phase)
    sim.run()
    pins = {"pins:vsw-a": 2, "pins:sg-main": 2}
    assert sim.held == {"quota:acme/cn-hangzhou": 2, "group-places:sg-main": 2, "pool:vsw-a": 1} | pins
    assert sim.close() == []
    assert (sim.held, sim.in_flight, len(sim.enis)) == ({}, (), 1)
    assert {reply.fate for reply in replies} == {"was in flight when the simulation closed"}
    abandoned = [event["call"] for event in events(sim) if event["ev"] == "abandoned"]
    assert abandoned == [reply.call.name for reply in replies]


def test_a_closed_simulation_takes_no_calls() -> None:
    sim = Watched()
    sim.close()
    with pytest.raises(SettingError, match="takes no calls"):
        sim.send()


def test_asking_for_calls_that_nobody_made_leaves_no_trace_in_the_counts() -> None:
    sim = Watched()
    with pytest.raises(KeyError):
        sim.calls["DeleteNetworkInterface"]
    assert sim.calls == {}
