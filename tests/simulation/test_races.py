"""Races of two calls: all outcomes of all orders of their phases, under good policies and under known-bad ones."""

from math import comb
from typing import Any

import pytest

from cloudsim.api.requests import Request
from cloudsim.errors.own import SettingError
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import AddressPolicy, CheckOrder, Policy, QuotaPolicy, TokenPolicy
from cloudsim.simulation.world.builder import World
from tests.simulation.orders import Outcome, in_order, outcomes
from tests.small_world import REGION, Watched, a_create, a_delete, small

QUOTA, NO_ADDRESS, TAKEN = "MaxEniCountExceeded", "InvalidVSwitchId.IpNotEnough", "InvalidPrivateIpAddress.Duplicated"
RUNNING, MISMATCH, GROUP = "IdempotentProcessing", "IdempotentParameterMismatch", "SecurityGroupInstanceLimitExceed"
GONE = "InvalidEniId.NotFound"

both_orders = pytest.mark.parametrize("order", CheckOrder)


def codes(found: dict[Outcome, list[str]]) -> set[tuple[str, str]]:
    """The endings that were seen, in a sound cloud."""
    assert [outcome.audit for outcome in found if outcome.audit] == []
    return {outcome.codes for outcome in found}


def one_wins(refusal: str) -> set[tuple[str, str]]:
    return {("ok", refusal), (refusal, "ok")}


def test_every_order_of_the_phases_is_gone_through() -> None:
    found = outcomes(small(), a_create(), a_create())
    assert sum(map(len, found.values())) == comb(10, 5) == len(set().union(*found.values()))
    with_tokens = outcomes(small(), a_create(client_token="t-1"), a_create(client_token="t-2"))
    assert sum(map(len, with_tokens.values())) == comb(12, 6)


# -- the last of something: one has it, and the other is told so, in every order


@both_orders
@pytest.mark.parametrize(
    ("world", "changes", "refusal"),
    [
        (small(quota=1), {}, QUOTA),
        (small(mask=29, used=3), {}, NO_ADDRESS),
        (small(mask=29), {"secondary_private_ip_address_count": 2}, NO_ADDRESS),
        (small(), {"primary_ip_address": "10.0.0.9"}, TAKEN),
        (small().security_group("sg-tiny", capacity=1), {"security_group_id": "sg-tiny"}, GROUP),
    ],
    ids=["quota", "address", "all or none", "named address", "group"],
)
def test_the_last_one_goes_to_exactly_one_of_two(
    world: World, changes: dict[str, Any], refusal: str, order: CheckOrder
) -> None:
    found = outcomes(world, a_create(**changes), a_create(**changes), Policy(order=order))
    assert codes(found) == one_wins(refusal)
    assert {outcome.enis for outcome in found} == {1}


@both_orders
def test_two_that_both_fit_are_both_made_in_every_order(order: CheckOrder) -> None:
    found = outcomes(small(quota=2, mask=29, used=2), a_create(), a_create(), Policy(order=order))
    assert set(found) == {Outcome(("ok", "ok"), 2, same_eni=False)}


# -- one token


@both_orders
def test_of_two_calls_with_one_token_one_eni_is_made_in_every_order(order: CheckOrder) -> None:
    token = a_create(client_token="t-1")
    assert set(outcomes(small(), token, token, Policy(order=order))) == {
        Outcome(("ok", "ok"), 1, same_eni=True),
        Outcome(("ok", RUNNING), 1, same_eni=False),
        Outcome((RUNNING, "ok"), 1, same_eni=False),
    }


def test_of_two_calls_with_one_token_and_other_parameters_one_is_refused_in_every_order() -> None:
    found = outcomes(small(), a_create(client_token="t-1"), a_create(client_token="t-1", queue_number=1))
    assert codes(found) == one_wins(MISMATCH)
    assert {outcome.enis for outcome in found} == {1}


def test_of_two_calls_with_one_token_that_are_doomed_both_fail_alike_or_are_told_to_come_again() -> None:
    token = a_create(client_token="t-1")
    assert codes(outcomes(small(quota=0), token, token)) == {(QUOTA, QUOTA), (QUOTA, RUNNING), (RUNNING, QUOTA)}


# -- phantoms: what a doomed call holds meanwhile


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        (CheckOrder.QUOTA_FIRST, {(TAKEN, "ok"), (TAKEN, QUOTA), (QUOTA, "ok")}),
        (CheckOrder.ADDRESSES_FIRST, {(TAKEN, "ok")}),
    ],
)
def test_a_doomed_call_refuses_a_sound_one_the_last_place_only_where_it_holds_it(
    order: CheckOrder, wanted: set[tuple[str, str]]
) -> None:
    world = small(quota=1).instance("i-1", type="ecs.g7.xlarge", primary_ip="10.0.0.9")
    found = outcomes(world, a_create(primary_ip_address="10.0.0.9"), a_create(), Policy(order=order))
    assert codes(found) == wanted


def test_what_is_taken_and_given_back_within_one_phase_stands_in_nobody_s_way() -> None:
    """A call takes the last place of the quota and finds its group full: another never sees the place taken."""
    world = small(quota=1).security_group("sg-full", capacity=1, used=1)
    found = outcomes(world, a_create(), a_create(security_group_id="sg-full"))
    assert codes(found) == {("ok", QUOTA), ("ok", GROUP)}


# -- a create and a delete


def with_one(**changes: Any) -> World:
    return small(**changes).eni("eni-1", primary_ip="10.0.0.9")


@pytest.mark.parametrize(
    ("world", "create", "refusal"),
    [
        (with_one(quota=1), a_create(), QUOTA),
        (with_one(), a_create(primary_ip_address="10.0.0.9"), TAKEN),
        (small(mask=29, used=3).eni("eni-1"), a_create(), NO_ADDRESS),
    ],
    ids=["quota", "named address", "address"],
)
def test_a_create_gets_what_a_delete_gives_back_if_it_comes_later(world: World, create: Request, refusal: str) -> None:
    found = outcomes(world, create, a_delete("eni-1"))
    assert codes(found) == {("ok", "ok"), (refusal, "ok")}
    takes = 3 if refusal == QUOTA else 4
    for outcome, orders in found.items():
        for order in orders:
            is_later = nth(order, "B", 2) < nth(order, "A", takes)
            assert (outcome.codes[0] == "ok") is is_later


def nth(order: str, who: str, step: int) -> int:
    """When a call makes one of its steps, from 1."""
    return [at for at, steps in enumerate(order) if steps == who][step - 1]


def test_of_two_deletes_one_finds_nothing() -> None:
    assert codes(outcomes(with_one(), a_delete("eni-1"), a_delete("eni-1"))) == one_wins(GONE)


# -- known-bad policies: the race costs something, and the audit says what


def test_checked_and_counted_later_the_quota_is_overshot_in_some_orders() -> None:
    found = outcomes(small(quota=1), a_create(), a_create(), Policy(quota=QuotaPolicy.CHECK_THEN_COUNT))
    assert set(found) == {
        Outcome(("ok", QUOTA), 1, same_eni=False),
        Outcome((QUOTA, "ok"), 1, same_eni=False),
        Outcome(("ok", "ok"), 2, same_eni=False, audit=(f"quota:acme/{REGION} is overshot: 2 used, the limit is 1",)),
    }


def test_chosen_and_taken_later_one_address_is_given_twice_in_some_orders() -> None:
    named = a_create(primary_ip_address="10.0.0.9")
    found = outcomes(small(), named, named, Policy(address=AddressPolicy.CHECK_THEN_ACT))
    assert set(found) == {
        Outcome(("ok", TAKEN), 1, same_eni=False),
        Outcome((TAKEN, "ok"), 1, same_eni=False),
        Outcome(("ok", "ok"), 2, same_eni=False, audit=("10.0.0.9 of vsw-a belongs to 2 ENIs",)),
    }


def test_looked_up_and_entered_later_one_token_makes_two_enis_in_some_orders() -> None:
    token = a_create(client_token="t-1")
    found = outcomes(small(), token, token, Policy(token=TokenPolicy.LOOK_UP_THEN_COMMIT))
    assert set(found) == {
        Outcome(("ok", "ok"), 1, same_eni=True),
        Outcome(("ok", "ok"), 2, same_eni=False, audit=("token t-1 of acme made 2 ENIs",)),
    }


@pytest.mark.parametrize("prefixed", [False, True])
def test_what_was_given_twice_is_taken_until_its_last_holder_goes(*, prefixed: bool) -> None:
    """Three creates choose one address, or one prefix; each delete gives back what nobody else has."""
    changes: dict[str, Any] = {"ipv4_prefixes": ("10.0.0.32/28",)} if prefixed else {"primary_ip_address": "10.0.0.9"}
    world = small(profile="current" if prefixed else "classic")
    sim = Watched(world, policy=Policy(address=AddressPolicy.CHECK_THEN_ACT), watch=False)
    replies = [sim.send(**changes) for _ in range(3)]
    for reply in replies:
        sim.hold(reply, at=Phase.COMMIT)
    sim.run()
    for reply in replies:
        sim.release(reply)
    sim.run()
    assert len(sim.enis) == 3
    thing = "10.0.0.32/28" if prefixed else "10.0.0.9"
    assert sim.audit() == [f"{thing} of vsw-a belongs to 3 ENIs"]
    for left in (2, 1, 0):
        sim.ask(a_delete(sim.enis[0].id))
        assert [sentence for sentence in sim.audit() if "belongs to" in sentence] == (
            [f"{thing} of vsw-a belongs to 2 ENIs"] if left == 2 else []
        )
    assert sim.free_addresses("vsw-a") == 252
    assert sim.close() == []


def test_policies_may_be_said_by_their_texts_and_mean_the_same() -> None:
    """By identity each text was once taken for the known-bad choice."""
    said = Policy(token="claim", quota="hold", address="lease", order="quota-first")  # type: ignore[arg-type]
    assert said == Policy()
    assert said.token is TokenPolicy.CLAIM
    named = a_create(primary_ip_address="10.0.0.9")
    assert codes(outcomes(small(), named, named, said)) == one_wins(TAKEN)
    with pytest.raises(SettingError, match="no token policy 'claimed'; did you mean 'claim'"):
        Policy(token="claimed")  # type: ignore[arg-type]


def test_a_bad_outcome_comes_again_when_its_order_is_said_again() -> None:
    named = a_create(primary_ip_address="10.0.0.9")
    policy = Policy(address=AddressPolicy.CHECK_THEN_ACT)
    found = outcomes(small(), named, named, policy)
    bad = next(outcome for outcome in found if outcome.audit)
    assert in_order(small(), (named, named), policy, found[bad][0])[0] == bad
