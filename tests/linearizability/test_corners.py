"""Corners of the models: lingering deletes, burnt tokens, refusals that were lost, what is known of nothing."""

from dataclasses import replace
from typing import Any

from cloudsim.api.requests import (
    AssignPrivateIpAddresses,
    CreateVpc,
    JoinSecurityGroup,
    LeaveSecurityGroup,
    UnassignPrivateIpAddresses,
)
from cloudsim.api.troubles import BurnToken, SetQuota
from cloudsim.errors.network import InvalidVSwitchIdNotFound
from cloudsim.errors.tokens import IdempotentFailed
from cloudsim.linearizability import Observed
from tests.linearizability.telling import Told, answered, asked, beside, eni_of, lost, named, refused, showing, timed
from tests.linearizability.test_family import about, world
from tests.linearizability.test_seeded import only
from tests.small_world import REGION, small


def test_where_deletes_linger_an_address_comes_back_at_any_later_moment() -> None:
    told = Told(small(profile="current"))
    first = told.make()
    eni = eni_of(first)
    seen = told.look(eni)
    gone = told.delete(eni)
    missing, second = told.look(eni), told.make()
    (address,) = first.response.private_ip_addresses  # type: ignore[union-attr]
    again = answered(second, private_ip_addresses=(address,))
    deleting = showing(seen, status="Deleting")
    assert told.violations(*timed(first, gone, deleting, deleting, missing, again)) == []
    assert told.violations(*timed(first, gone, named(gone, "bob/1"), again)) == [], "a delete may be repeated"
    assert "which is being deleted" not in only(told.violations(*timed(first, again, gone))).text
    assert len(told.violations(*timed(first, gone, missing, deleting))) == 1


def test_an_eni_of_a_lost_create_may_be_changed_in_every_way_before_anybody_sees_it() -> None:
    told = Told(world())
    made = told.make()
    eni = eni_of(made)
    join = told.ask(JoinSecurityGroup(**about(eni, security_group_id="sg-other")))
    leave = told.ask(LeaveSecurityGroup(**about(eni, security_group_id="sg-main")))
    give = told.ask(AssignPrivateIpAddresses(**about(eni, private_ip_addresses=("10.0.0.9",))))
    take = told.ask(UnassignPrivateIpAddresses(**about(eni, private_ip_addresses=("10.0.0.9",))))
    seen = told.look(eni)
    made, *others = timed(made, join, leave, give, take, seen)
    assert told.violations(lost(made), *others) == []
    assert told.violations(lost(made), others[-1], replace(others[3], invoked=90, answered=91)), "it has been taken"


def test_a_change_of_an_eni_that_is_gone_is_found_and_one_that_was_lost_did_not_happen() -> None:
    told = Told(world())
    made = told.make()
    eni = eni_of(made)
    give = told.ask(AssignPrivateIpAddresses(**about(eni, private_ip_addresses=("10.0.0.9",))))
    take = told.ask(UnassignPrivateIpAddresses(**about(eni, private_ip_addresses=("10.0.0.9",))))
    join = told.ask(JoinSecurityGroup(**about(eni, security_group_id="sg-other")))
    leave = told.ask(LeaveSecurityGroup(**about(eni, security_group_id="sg-main")))
    gone = told.delete(eni)
    missing = told.look(eni)
    for change in (give, take, join, leave):
        assert only(told.violations(*timed(made, gone, change))).key == f"eni:{eni}"
    made, gone, give, take, missing = timed(made, gone, give, take, missing)
    assert told.violations(made, gone, lost(give), lost(take), missing) == []
    again = replace(named(made, "bob/1"), invoked=90, answered=91)
    assert "it was made before, and is gone" in only(told.violations(made, gone, lost(give), lost(take), again)).text


def test_a_token_that_is_burnt_while_its_call_runs_is_answered_once_and_then_dead() -> None:
    told = Told()
    made = told.make(client_token="t-1")
    burn = replace(
        named(made, "trouble/1"),
        request=BurnToken(account="acme", region_id=REGION, of_action="CreateNetworkInterface", client_token="t-1"),
    )
    dead = refused(named(made, "bob/1"), IdempotentFailed(token="t-1"))
    made, burn, dead = timed(made, burn, dead)
    long = replace(made, answered=burn.answered and burn.answered + 1)
    dead = replace(dead, invoked=20, answered=21)
    assert told.violations(long, burn, dead) == []
    assert told.violations(made, dead), "nothing burnt it"
    assert told.violations(made, replace(lost(burn), response=None), dead) == []


def test_a_refusal_that_was_lost_is_told_by_the_repeat_of_its_token() -> None:
    told = Told()
    made = told.make(client_token="t-1")
    error = InvalidVSwitchIdNotFound(vswitch="vsw-a")
    made, again, third, fourth = timed(made, refused(made, error), refused(made, error), made)
    again, third, fourth = named(again, "bob/1"), named(third, "cleo/1"), named(fourth, "dan/1")
    assert told.violations(lost(made), again, third) == []
    assert told.violations(lost(made), again, third, fourth) == [], (
        "the lost call may have been one that changed nothing"
    )


def test_a_token_of_a_call_without_a_region_is_not_judged() -> None:
    told = Told()
    made = told.ask(CreateVpc(region_id=REGION, client_token="v-1"))
    other = answered(named(made, "bob/1"), vpc_id="vpc-other")
    nowhere = [asked(call, region_id=None) for call in (made, other)]
    assert told.violations(*timed(*nowhere)) == []
    found = only(told.violations(*timed(made, other)))
    assert "vpc-other" in found.text


def test_of_many_calls_that_cannot_be_explained_a_few_are_told() -> None:
    told = Told(world())
    made = told.make()
    gone = told.delete(eni_of(made))
    made, gone = timed(made, gone)
    late = [
        replace(call, invoked=call.invoked + 50, answered=(call.answered or 0) + 50)
        for call in beside(*[named(gone, f"eve/{number}") for number in range(5)])
    ]
    text = only(told.violations(made, gone, *late)).text
    assert text.count("because") == 3
    assert "and 2 more" in text


def test_the_quota_of_one_scope_is_no_others_and_counts_what_was_there() -> None:
    told = Told(small(quota=2).eni("eni-old", vswitch="vsw-a", security_groups=["sg-main"]))
    wide = Told(small(quota=9).eni("eni-old", vswitch="vsw-a", security_groups=["sg-main"]))
    calls: list[Observed] = [wide.make(), wide.make()]
    how: dict[str, Any] = {"quota": "eni", "limit": 9, "region_id": REGION}
    elsewhere = replace(calls[0], call="trouble/1", response=None, request=SetQuota(account="other", **how))
    found = only(told.violations(*timed(elsewhere, *calls)))
    assert "at least 3 ENIs at once, where 2 are allowed.\n  1 at the beginning\n" in found.text
    here = replace(elsewhere, request=SetQuota(account="acme", **how))
    assert told.violations(*timed(here, *calls)) == []


def test_a_conflict_of_something_that_is_no_eni_says_nothing_of_enis() -> None:
    told = Told()
    seen = told.look()
    assert told.violations(*timed(refused(seen, IdempotentFailed(token="eni:eni-x")))) == []
