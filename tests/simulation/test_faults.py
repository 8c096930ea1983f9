"""Faults: each kind does what it says, to the calls that it is for and to no others."""

from typing import Any

import msgspec
import pytest

from cloudsim.api.requests import DescribeNetworkInterfaces
from cloudsim.errors.network import OperationConflict
from cloudsim.errors.own import DurationError, SettingError
from cloudsim.operations.operation import Phase
from cloudsim.simulation.faults import Match, Refuse
from cloudsim.simulation.latency import latency
from cloudsim.values.duration import SECOND
from tests.small_world import REGION, Watched, a_delete, code, small

CREATE_PHASES = (
    Phase.ADMIT,
    Phase.CLAIM_TOKEN,
    Phase.RESOLVE,
    Phase.RESERVE_QUOTA,
    Phase.LEASE_ADDRESSES,
    Phase.COMMIT,
)


def codes(sim: Watched, count: int, **changes: Any) -> list[str]:
    return [code(sim.ask(**changes)) for _ in range(count)]


# -- what each kind does


def test_a_lost_answer_never_comes_and_its_eni_exists_all_the_same() -> None:
    sim = Watched()
    sim.faults.lose_answer()
    reply = sim.ask()
    assert not reply.is_settled
    assert reply.fate == "was lost on its way back"
    assert len(sim.enis) == 1
    assert sim.calls == {}
    assert sim.close() == []


def test_a_lost_refusal_never_comes_either() -> None:
    sim = Watched(small(quota=0))
    sim.faults.lose_answer()
    assert code(sim.ask()) == "was lost on its way back"
    assert sim.in_flight == ()


@pytest.mark.parametrize("phase", [*CREATE_PHASES, Phase.RESPOND])
def test_a_delay_makes_its_phase_later_and_changes_nothing_else(phase: Phase) -> None:
    sim = Watched(latency=latency(there="1s", commit="1s"))
    sim.faults.delay(phase, "5s")
    delayed, usual = sim.send(client_token="t-1"), sim.send(client_token="t-2")
    sim.run()
    assert (delayed.settled_ns, usual.settled_ns) == (7 * SECOND, 2 * SECOND)
    assert code(delayed) == "ok"


def test_a_delay_of_a_first_phase_begins_after_the_way_there() -> None:
    sim = Watched()
    sim.faults.delay(Phase.ADMIT, 3)
    reply = sim.ask()
    assert reply.settled_ns == 3


def test_throttling_refuses_at_the_door_and_says_whom() -> None:
    sim = Watched()
    sim.faults.throttle()
    reply = sim.ask(client_token="t-1")
    assert reply.error is not None
    assert reply.error.code == "Throttling.User"
    assert "account acme called CreateNetworkInterface 0 times this minute, the limit is 0" in reply.error.message
    assert codes(sim, 1, client_token="t-1") == ["ok"]


@pytest.mark.parametrize("phase", CREATE_PHASES)
def test_any_refusal_can_come_at_any_phase_and_leaves_nothing(phase: Phase) -> None:
    sim = Watched()
    sim.faults.refuse(OperationConflict(resource="vsw-a"), at=phase)
    reply = sim.ask(client_token="t-1")
    assert str(reply.error) == "Operation.Conflict (403): ecs task is conflicted: vsw-a."
    assert (sim.enis, sim.held) == ([], {})
    assert sim.close() == []


@pytest.mark.parametrize("phase", CREATE_PHASES)
def test_an_operation_can_be_abandoned_at_any_phase_and_leaves_nothing(phase: Phase) -> None:
    sim = Watched()
    sim.faults.abandon(phase)
    assert code(sim.ask(client_token="t-1")) == f"was abandoned at {phase}"
    assert (sim.enis, sim.held, sim.in_flight) == ([], {}, ())
    assert sim.calls == {}
    assert sim.close() == []


def test_an_operation_that_is_abandoned_at_respond_has_done_its_work_and_is_never_answered() -> None:
    """It was answered once, since the answer was given before the fault was looked at."""
    sim = Watched()
    sim.faults.abandon(Phase.RESPOND)
    reply = sim.ask()
    assert (reply.is_settled, reply.fate, len(sim.enis)) == (False, "was abandoned at RESPOND", 1)
    assert sim.calls == {}


def test_an_asynchronous_delete_that_is_abandoned_at_its_end_hangs_and_can_be_repeated() -> None:
    sim = Watched(small(profile="current"))
    eni = sim.make().network_interface_id
    sim.faults.abandon(Phase.FINISH)
    assert code(sim.ask(a_delete(eni))) == "ok"
    assert sim.shown(eni).status == "Deleting"
    assert code(sim.ask(a_delete(eni))) == "ok"
    assert sim.enis == []


def test_an_asynchronous_delete_that_is_refused_after_its_answer_hangs_and_nobody_is_told() -> None:
    sim = Watched(small(profile="current"))
    eni = sim.make().network_interface_id
    sim.faults.refuse(OperationConflict(resource=eni), at=Phase.FINISH)
    assert code(sim.ask(a_delete(eni))) == "ok"
    assert sim.shown(eni).status == "Deleting"
    assert sim.in_flight == ()


def test_a_description_can_be_refused_where_it_is_made() -> None:
    sim = Watched()
    sim.faults.refuse(OperationConflict(resource="list"), at=Phase.READ)
    assert code(sim.ask(DescribeNetworkInterfaces(region_id=REGION))) == "Operation.Conflict"


# -- several at once


def test_delays_of_one_phase_add_up() -> None:
    sim = Watched()
    sim.faults.delay(Phase.COMMIT, "1s")
    sim.faults.delay(Phase.COMMIT, "2s")
    reply = sim.ask()
    assert reply.settled_ns == 3 * SECOND


def test_a_delay_and_a_refusal_of_one_phase_both_come() -> None:
    """The later one once took the earlier one's place, and both counted as struck."""
    sim = Watched()
    sim.faults.delay(Phase.COMMIT, "1s")
    sim.faults.refuse(OperationConflict(resource="x"), at=Phase.COMMIT)
    reply = sim.ask()
    assert (code(reply), reply.settled_ns) == ("Operation.Conflict", SECOND)


def test_two_refusals_of_one_phase_strike_two_calls() -> None:
    sim = Watched()
    first, second = sim.faults.throttle(), sim.faults.abandon(Phase.ADMIT)
    assert codes(sim, 3) == ["Throttling.User", "was abandoned at ADMIT", "ok"]
    assert (first.struck, second.struck) == (1, 1)


def test_faults_of_several_phases_strike_one_call_in_their_order() -> None:
    sim = Watched()
    sim.faults.delay(Phase.RESOLVE, "1s")
    sim.faults.lose_answer()
    reply = sim.ask()
    events = [msgspec.json.decode(line) for line in sim.cloud.journal.lines]
    assert [(event["ev"], event["t"]) for event in events[-2:]] == [("phase", SECOND), ("answer-lost", SECOND)]
    assert reply.fate


# -- which calls


def test_a_fault_strikes_the_next_call_and_no_other_unless_said_otherwise() -> None:
    sim = Watched()
    match = sim.faults.throttle()
    assert codes(sim, 3) == ["Throttling.User", "ok", "ok"]
    assert match.struck == 1


@pytest.mark.parametrize(
    ("match", "struck"),
    [
        (Match(first=2), [2]),
        (Match(times=3), [1, 2, 3]),
        (Match(first=3, times=2), [3, 4]),
        (Match(first=4, times=None), [4, 5, 6]),
        (Match(per_mille=0, times=None), []),
        (Match(per_mille=1000, times=None), [1, 2, 3, 4, 5, 6]),
        (Match(action="CreateNetworkInterface"), [1]),
        (Match(action="DeleteNetworkInterface"), []),
        (Match(caller="alice"), [1]),
        (Match(caller="alic"), []),
    ],
)
def test_a_match_says_which_calls_are_struck(match: Match, struck: list[int]) -> None:
    sim = Watched()
    assert sim.faults.throttle(match) is match
    assert [number for number, ended in enumerate(codes(sim, 6), 1) if ended != "ok"] == struck
    assert match.struck == len(struck)


def test_a_match_by_action_counts_only_calls_of_that_action() -> None:
    sim = Watched()
    sim.faults.throttle(Match(action="DeleteNetworkInterface", first=2))
    eni = sim.make().network_interface_id
    sim.make()
    assert code(sim.ask(a_delete("eni-x"))) == "InvalidEniId.NotFound"
    assert code(sim.ask(a_delete(eni))) == "Throttling.User"


def test_a_chance_strikes_about_so_many_and_the_same_ones_under_the_same_seed() -> None:
    def struck(seed: int) -> list[int]:
        sim = Watched(seed=seed, watch=False)
        sim.faults.throttle(Match(per_mille=250, times=None))
        return [number for number, ended in enumerate(codes(sim, 100)) if ended != "ok"]

    assert struck(1) == struck(1)
    assert struck(1) != struck(2)
    assert all(15 <= len(struck(seed)) <= 35 for seed in range(4))


@pytest.mark.parametrize("seed", range(10))
def test_a_chance_is_exact_to_the_mille(seed: int) -> None:
    drawn = Watched(seed=seed).send().call.draws.integer("fault/0") * 1000 >> 64
    for per_mille, wanted in ((drawn, "ok"), (drawn + 1, "Throttling.User")):
        sim = Watched(seed=seed)
        sim.faults.throttle(Match(per_mille=per_mille))
        assert codes(sim, 1) == [wanted]


def test_the_chance_of_a_call_does_not_depend_on_other_callers() -> None:
    def struck(*, with_another: bool) -> list[int]:
        sim = Watched(watch=False)
        sim.faults.throttle(Match(per_mille=500, times=None))
        other = sim.caller(account="acme", name="bob")
        found = []
        for number in range(40):
            if with_another:
                sim.ask(by=other)
            if code(sim.ask()) != "ok":
                found.append(number)
        return found

    assert struck(with_another=True) == struck(with_another=False)


# -- what cannot be


def test_nothing_can_be_refused_whose_answer_is_under_way() -> None:
    faults = Watched().faults
    with pytest.raises(SettingError, match="refuse it at COMMIT"):
        faults.refuse(OperationConflict(resource="x"), at=Phase.RESPOND)
    with pytest.raises(SettingError, match="refuse it at COMMIT"):
        faults.add(Refuse(Phase.RESPOND, lambda _: OperationConflict(resource="x")))


def test_phases_may_be_said_by_their_names_and_others_are_refused() -> None:
    sim = Watched()
    sim.faults.delay("COMMIT", "1s")  # type: ignore[arg-type]
    sim.faults.refuse(OperationConflict(resource="x"), at="COMMIT")  # type: ignore[arg-type]
    reply = sim.ask()
    assert (code(reply), reply.settled_ns) == ("Operation.Conflict", SECOND)
    with pytest.raises(SettingError, match="no phase 'COMIT'; did you mean 'COMMIT'"):
        sim.faults.abandon("COMIT")  # type: ignore[arg-type]
    with pytest.raises(SettingError, match="refuse it at COMMIT"):
        sim.faults.refuse(OperationConflict(resource="x"), at="RESPOND")  # type: ignore[arg-type]


def test_a_delay_is_a_duration() -> None:
    with pytest.raises(DurationError, match="5 apples"):
        Watched().faults.delay(Phase.COMMIT, "5 apples")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"action": "CreateNetworkInterfaces"}, "did you mean 'CreateNetworkInterface'"),
        ({"first": 0}, r"first \(0\)"),
        ({"times": 0}, r"at least once \(0\)"),
        ({"per_mille": 1001}, "1001"),
        ({"per_mille": -1}, "-1"),
    ],
)
def test_a_match_that_could_never_strike_is_refused(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingError, match=says):
        Match(**wrong)


def test_what_was_meant_and_what_happened_are_counted_apart() -> None:
    """A call without a token never does CLAIM_TOKEN, so a fault there is meant for it and does not happen."""
    sim = Watched()
    at_token = sim.faults.abandon(Phase.CLAIM_TOKEN)
    at_commit = sim.faults.delay(Phase.COMMIT, "1s")
    sim.make()
    assert (at_token.struck, at_token.fired) == (1, 0)
    assert (at_commit.struck, at_commit.fired) == (1, 1)


def test_a_fault_behind_another_that_ends_the_call_does_not_fire() -> None:
    sim = Watched()
    first = sim.faults.abandon(Phase.RESOLVE)
    later = sim.faults.abandon(Phase.COMMIT)
    sim.send()
    sim.run()
    assert (first.fired, later.struck, later.fired) == (1, 1, 0)
