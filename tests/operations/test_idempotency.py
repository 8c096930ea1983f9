"""ClientTokens, as a user of the real cloud meets them; each rule is a test."""

from typing import Any

import msgspec
import pytest

from cloudsim.api.responses import CreateNetworkInterfaceResponse
from cloudsim.errors.base import ApiError
from cloudsim.errors.network import InvalidVSwitchIdNotFound, OperationConflict
from cloudsim.errors.service import InternalError, ServiceUnavailable, Throttling, ThrottlingApi, ThrottlingUser
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import Policy, TokenPolicy
from cloudsim.simulation.faults import Match
from cloudsim.simulation.latency import latency
from cloudsim.simulation.reply import Reply
from cloudsim.simulation.world.builder import World
from cloudsim.values.duration import UNITS
from tests.small_world import REGION, Watched, a_create, a_delete, code, small

BEFORE_THE_CLAIM = (Phase.ADMIT, Phase.CLAIM_TOKEN)
AFTER_THE_CLAIM = (Phase.RESOLVE, Phase.RESERVE_QUOTA, Phase.LEASE_ADDRESSES, Phase.COMMIT)
LATER: tuple[ApiError, ...] = (
    ThrottlingUser(account="acme", action="CreateNetworkInterface", used=1, limit=1),
    Throttling(account="acme", action="CreateNetworkInterface", used=1, limit=1),
    ThrottlingApi(action="CreateNetworkInterface", used=1, limit=1),
    OperationConflict(resource="vsw-a"),
    InternalError(),
    ServiceUnavailable(),
)


def body(reply: Reply) -> CreateNetworkInterfaceResponse:
    """An answer without its RequestId."""
    answer = reply.result()
    assert isinstance(answer, CreateNetworkInterfaceResponse)
    return msgspec.structs.replace(answer, request_id="")


def test_the_same_token_and_parameters_get_the_same_answer_and_nothing_is_made() -> None:
    sim = Watched()
    first, again = (
        sim.ask(client_token="t-1", network_interface_name="web"),
        sim.ask(client_token="t-1", network_interface_name="web"),
    )
    assert body(first) == body(again)
    assert len(sim.enis) == 1
    assert sim.quota(account="acme", region=REGION).used == 1
    assert sim.close() == []


def test_a_repeat_has_a_request_id_of_its_own() -> None:
    sim = Watched()
    ids = [sim.make(client_token="t-1").request_id for _ in range(3)]
    assert len(set(ids)) == 3


def test_a_repeat_is_answered_as_the_first_call_was_also_when_the_eni_is_gone_since() -> None:
    sim = Watched()
    first = sim.ask(client_token="t-1")
    sim.ask(a_delete(body(first).network_interface_id))
    assert body(sim.ask(client_token="t-1")) == body(first)
    assert sim.enis == []


def test_another_token_is_another_call() -> None:
    sim = Watched()
    assert sim.make(client_token="t-1").network_interface_id != sim.make(client_token="T-1").network_interface_id
    assert len(sim.enis) == 2


def test_calls_without_a_token_have_nothing_to_do_with_each_other() -> None:
    sim = Watched()
    assert [code(sim.ask()), code(sim.ask(client_token=""))] == ["ok", "ok"]
    assert len(sim.enis) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"queue_number": 1},
        {"network_interface_name": "other"},
        {"security_group_id": None, "security_group_ids": ("sg-main",)},
        {"secondary_private_ip_address_count": 1},
    ],
)
def test_the_same_token_with_other_parameters_is_a_mismatch(changes: dict[str, Any]) -> None:
    sim = Watched()
    sim.make(client_token="t-1")
    assert code(sim.ask(client_token="t-1", **changes)) == "IdempotentParameterMismatch"
    assert code(sim.ask(client_token="t-1")) == "ok"
    assert len(sim.enis) == 1


def test_other_parameters_are_a_mismatch_also_while_the_first_call_runs() -> None:
    sim = Watched()
    sim.hold(sim.send(client_token="t-1"), at=Phase.COMMIT)
    assert code(sim.ask(client_token="t-1", queue_number=1)) == "IdempotentParameterMismatch"


@pytest.mark.parametrize("phase", AFTER_THE_CLAIM)
def test_while_the_first_call_runs_a_repeat_is_told_so_and_may_come_again(phase: Phase) -> None:
    sim = Watched()
    first = sim.send(client_token="t-1")
    sim.hold(first, at=phase)
    repeats = [sim.ask(client_token="t-1"), sim.ask(client_token="t-1")]
    sim.release(first)
    sim.run()
    assert [code(reply) for reply in repeats] == ["IdempotentProcessing"] * 2
    assert body(sim.ask(client_token="t-1")) == body(first)
    assert len(sim.enis) == 1


def test_from_the_commit_on_a_repeat_is_answered_also_where_the_first_answer_is_still_on_its_way() -> None:
    sim = Watched()
    first = sim.send(client_token="t-1")
    sim.hold(first, at=Phase.RESPOND)
    sim.run()
    again = sim.ask(client_token="t-1")
    assert not first.is_settled
    sim.release(first)
    sim.run()
    assert body(again) == body(first)


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"vswitch_id": "vsw-x"}, "InvalidVSwitchId.NotFound"),
        ({"primary_ip_address": "10.0.0.0"}, "InvalidVSwitchId.IpInvalid"),
    ],
)
def test_after_a_refusal_a_repeat_fails_alike(changes: dict[str, Any], wanted: str) -> None:
    sim = Watched()
    first, again = sim.ask(client_token="t-1", **changes), sim.ask(client_token="t-1", **changes)
    assert code(first) == code(again) == wanted
    assert first.error == again.error
    assert first.error is not again.error


def test_a_refusal_is_repeated_also_when_the_reason_for_it_is_gone() -> None:
    sim = Watched(small(quota=0))
    assert code(sim.ask(client_token="t-1")) == "MaxEniCountExceeded"
    sim.quota(account="acme", region=REGION).set_limit(10)
    assert code(sim.ask(client_token="t-1")) == "MaxEniCountExceeded"
    assert code(sim.ask(client_token="t-2")) == "ok"


@pytest.mark.parametrize("error", LATER, ids=lambda error: error.code)
@pytest.mark.parametrize("phase", AFTER_THE_CLAIM)
def test_a_refusal_that_says_try_later_frees_the_token(phase: Phase, error: ApiError) -> None:
    sim = Watched()
    sim.faults.refuse(error, at=phase)
    assert [code(sim.ask(client_token="t-1")) for _ in range(2)] == [error.code, "ok"]
    assert len(sim.enis) == 1
    assert b"token-freed" in b"".join(sim.cloud.journal.lines)


def test_a_token_that_was_freed_may_stand_for_other_parameters() -> None:
    sim = Watched()
    sim.faults.refuse(InternalError(), at=Phase.COMMIT)
    sim.ask(client_token="t-1")
    assert code(sim.ask(client_token="t-1", queue_number=1)) == "ok"


def test_a_pending_vswitch_is_tried_again_with_the_same_token() -> None:
    sim = Watched(small(status="Pending"))
    assert code(sim.ask(client_token="t-1")) == "IncorrectVSwitchStatus"
    (vswitch,) = sim.cloud.vswitches.values()
    vswitch.status = "Available"
    sim.cloud.note_vswitch(vswitch)
    assert code(sim.ask(client_token="t-1")) == "ok"


@pytest.mark.parametrize("phase", AFTER_THE_CLAIM)
def test_an_abandoned_call_burns_its_token_and_only_a_new_one_helps(phase: Phase) -> None:
    sim = Watched()
    sim.faults.abandon(phase)
    first = sim.ask(client_token="t-1")
    assert first.fate == f"was abandoned at {phase}"
    assert [code(sim.ask(client_token="t-1")) for _ in range(2)] == ["IdempotentFailed"] * 2
    assert code(sim.ask(client_token="t-2")) == "ok"
    assert len(sim.enis) == 1
    assert sim.close() == []


@pytest.mark.parametrize("phase", BEFORE_THE_CLAIM)
def test_a_call_that_is_abandoned_before_its_claim_leaves_the_token_alone(phase: Phase) -> None:
    sim = Watched()
    sim.faults.abandon(phase)
    sim.ask(client_token="t-1")
    assert code(sim.ask(client_token="t-1")) == "ok"


def test_a_call_that_is_abandoned_after_its_commit_has_an_answer_to_repeat() -> None:
    sim = Watched()
    sim.faults.abandon(Phase.RESPOND)
    first = sim.ask(client_token="t-1")
    assert (code(first), len(sim.enis)) == ("was abandoned at RESPOND", 1)
    assert sim.make(client_token="t-1").network_interface_id == sim.enis[0].id


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ({"vswitch_id": None}, "MissingParameter"),
        ({"queue_number": 0}, "InvalidParameter"),
        ({"region_id": "cn-nowhere"}, "InvalidRegionId.NotFound"),
    ],
)
def test_a_refusal_before_the_claim_is_not_remembered(before: dict[str, Any], wanted: str) -> None:
    sim = Watched()
    assert code(sim.ask(client_token="t-1", **before)) == wanted
    assert code(sim.ask(client_token="t-1")) == "ok"


@pytest.mark.parametrize("phase", BEFORE_THE_CLAIM)
def test_no_fault_before_the_claim_is_remembered_either(phase: Phase) -> None:
    sim = Watched()
    sim.faults.refuse(InvalidVSwitchIdNotFound(vswitch="vsw-a"), at=phase)
    assert [code(sim.ask(client_token="t-1")) for _ in range(2)] == ["InvalidVSwitchId.NotFound", "ok"]


@pytest.mark.parametrize(("token", "wanted"), [("t" * 64, "ok"), ("t" * 65, "refused"), ("tökén", "refused")])
def test_a_token_over_64_characters_or_beyond_ascii_is_refused(token: str, wanted: str) -> None:
    answer = code(Watched().ask(client_token=token))
    assert answer == ("ok" if wanted == "ok" else "InvalidClientToken.ValueNotSupported")


# -- the window


def at(sim: Watched, instant_ns: int, **changes: Any) -> Reply:
    """Make a call at an instant."""
    sim.run(until_ns=instant_ns)
    return sim.ask(**changes)


def test_a_token_is_known_for_24_hours_from_its_answer_on_and_not_an_instant_longer() -> None:
    day = 24 * UNITS["h"]
    for delay_ns, enis in ((day - 1, 1), (day, 2)):
        sim = Watched()
        sim.ask(client_token="t-1")
        assert code(at(sim, delay_ns, client_token="t-1")) == "ok"
        assert len(sim.enis) == enis
        assert sim.close() == []


def test_an_expired_token_may_stand_for_other_parameters_and_be_used_after_a_burnt_one() -> None:
    sim = Watched(policy=Policy(token_window_ns=UNITS["m"]))
    sim.faults.abandon(Phase.COMMIT)
    sim.ask(client_token="t-1")
    assert code(at(sim, UNITS["m"] - 1, client_token="t-1")) == "IdempotentFailed"
    assert code(at(sim, UNITS["m"], client_token="t-1", queue_number=1)) == "ok"


def test_a_refusal_is_remembered_for_the_window_too() -> None:
    sim = Watched(small(quota=0), policy=Policy(token_window_ns=100))
    sim.ask(client_token="t-1")
    sim.quota(account="acme", region=REGION).set_limit(1)
    assert code(at(sim, 99, client_token="t-1")) == "MaxEniCountExceeded"
    assert code(at(sim, 100, client_token="t-1")) == "ok"


def test_a_call_that_runs_longer_than_the_window_keeps_its_token_until_it_is_answered_and_a_window_more() -> None:
    sim = Watched(policy=Policy(token_window_ns=100))
    first = sim.send(client_token="t-1")
    sim.hold(first, at=Phase.COMMIT)
    assert code(at(sim, 1_000, client_token="t-1")) == "IdempotentProcessing"
    sim.release(first)
    sim.run()
    assert body(at(sim, 1_099, client_token="t-1")) == body(first)
    assert body(at(sim, 1_100, client_token="t-1")) != body(first)
    assert sim.close() == []


def test_the_audit_takes_two_enis_of_one_token_in_two_windows_for_what_they_are() -> None:
    """The window was counted from the claim once, and the audit counted it from the commit."""
    sim = Watched(policy=Policy(token_window_ns=UNITS["s"]), latency=latency(commit="300ms"))
    sim.ask(client_token="t-1")
    at(sim, UNITS["s"] + 300_000_000, client_token="t-1")
    assert len(sim.enis) == 2
    assert sim.close() == []


# -- the scope


def test_the_scope_of_a_token_is_account_and_region() -> None:
    world = (
        World()
        .account("acme")
        .account("other")
        .region(REGION)
        .region("cn-beijing")
        .vpc("vpc-main", account="acme", region=REGION, cidr="10.0.0.0/16")
        .vpc("vpc-north", account="acme", region="cn-beijing", cidr="10.0.0.0/16")
        .vpc("vpc-other", account="other", region=REGION, cidr="10.0.0.0/16")
        .vswitch("vsw-a", vpc="vpc-main", cidr="10.0.0.0/24")
        .vswitch("vsw-n", vpc="vpc-north", cidr="10.0.0.0/24")
        .vswitch("vsw-o", vpc="vpc-other", cidr="10.0.0.0/24")
        .security_group("sg-main", vpc="vpc-main")
        .security_group("sg-n", vpc="vpc-north")
        .security_group("sg-o", vpc="vpc-other")
    )
    sim = Watched(world)
    north = a_create(region_id="cn-beijing", vswitch_id="vsw-n", security_group_id="sg-n", client_token="t-1")
    other = a_create(vswitch_id="vsw-o", security_group_id="sg-o", client_token="t-1")
    replies = [sim.ask(client_token="t-1"), sim.ask(north), sim.ask(other, by=sim.caller(account="other"))]
    assert [code(reply) for reply in replies] == ["ok", "ok", "ok"]
    assert len({body(reply).network_interface_id for reply in replies}) == 3


def test_ram_users_of_one_account_share_its_tokens() -> None:
    sim = Watched(small_with_user())
    ours, theirs = (
        sim.ask(client_token="t-1"),
        sim.ask(a_create(client_token="t-1"), by=sim.caller(account="acme", user="ci")),
    )
    assert body(ours) == body(theirs)


def small_with_user() -> World:
    world = small()
    world._tables["account"][0]["users"] = [{"name": "ci"}]
    return world


# -- the known-bad policy


def test_looked_up_and_not_claimed_two_calls_with_one_token_make_two_enis_and_the_audit_says_so() -> None:
    sim = Watched(policy=Policy(token=TokenPolicy.LOOK_UP_THEN_COMMIT), watch=False)
    first = sim.send(client_token="t-1")
    sim.hold(first, at=Phase.COMMIT)
    second = sim.ask(client_token="t-1")
    sim.release(first)
    sim.run()
    assert body(first) != body(second)
    assert sim.close() == ["token t-1 of acme made 2 ENIs"]


def test_one_after_the_other_the_known_bad_policy_is_right() -> None:
    sim = Watched(policy=Policy(token=TokenPolicy.LOOK_UP_THEN_COMMIT))
    assert body(sim.ask(client_token="t-1")) == body(sim.ask(client_token="t-1"))
    assert code(sim.ask(client_token="t-1", queue_number=1)) == "IdempotentParameterMismatch"
    assert sim.close() == []


def test_the_known_bad_policy_forgets_a_call_that_failed() -> None:
    sim = Watched(policy=Policy(token=TokenPolicy.LOOK_UP_THEN_COMMIT))
    sim.faults.abandon(Phase.COMMIT, Match(first=1))
    assert [code(sim.ask(client_token="t-1")) for _ in range(2)] == ["was abandoned at COMMIT", "ok"]
