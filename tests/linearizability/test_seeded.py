"""Violations that were put into real histories: each is found, and its text says what is wrong."""

from dataclasses import replace

import pytest

from cloudsim.api.requests import (
    AssignPrivateIpAddresses,
    AttachNetworkInterface,
    DescribeVpcs,
    ModifyVpcAttribute,
    UnassignPrivateIpAddresses,
)
from cloudsim.errors.addresses import InvalidIpIpAssigned, InvalidIpIpUnassigned
from cloudsim.errors.network import InvalidEniIdNotFound, InvalidOperationInvalidEniState, OperationConflict
from cloudsim.errors.quota import MaxEniCountExceeded
from cloudsim.errors.tokens import IdempotentFailed, IdempotentParameterMismatch, IdempotentProcessing
from cloudsim.linearizability import Observed, Violation
from tests.linearizability.telling import Told, answered, asked, beside, eni_of, named, refused, showing, timed
from tests.linearizability.workload import TYPE
from tests.small_world import REGION, small


def only(violations: list[Violation]) -> Violation:
    (one,) = violations
    assert not one.undecided
    return one


def assign(eni: str, **changes: object) -> AssignPrivateIpAddresses:
    how = {"secondary_private_ip_address_count": 1, **changes}
    return AssignPrivateIpAddresses(region_id=REGION, network_interface_id=eni, **how)  # type: ignore[arg-type]


# -- reads


@pytest.mark.parametrize("alone", [True, False])
def test_a_stale_read_after_a_delete_is_found(alone: bool) -> None:
    told = Told()
    made = told.make(network_interface_name="my-eni")
    eni = eni_of(made)
    seen = told.look_alone(eni) if alone else told.look(eni)
    gone = told.delete(eni)
    assert told.violations(*timed(made, seen, gone)) == []
    assert told.violations(*beside(made, gone), replace(seen, invoked=3, answered=9)) == [], "it read before the delete"
    found = only(told.violations(*timed(made, gone, seen)))
    assert found.key == f"eni:{eni}"
    assert found.calls == (made.call, gone.call, seen.call)
    for fact in (f"made {eni}, name my-eni", f"deleted {eni}", "After that: gone.", f"it shows {eni}, but it is gone"):
        assert fact in found.text
    assert f"{gone.call} [4, 5] DeleteNetworkInterface (ok)" in found.text


def test_a_lost_update_of_a_name_is_found() -> None:
    told = Told()
    made = told.make()
    eni = eni_of(made)
    first, seen = told.rename(eni, "first"), told.look(eni)
    second = told.rename(eni, "second", by="bob")
    assert told.violations(*timed(made, first, seen, second)) == []
    found = only(told.violations(*timed(made, first, second, seen)))
    assert "its name is second, not first" in found.text
    assert found.calls[-1] == seen.call
    assert "bob/1 [6, 7] ModifyNetworkInterfaceAttribute (ok): named it second" in found.text


def test_of_two_names_given_at_once_either_may_win_but_both_must_be_seen_in_one_order() -> None:
    told = Told()
    made = told.make()
    eni = eni_of(made)
    first, second = told.rename(eni, "first"), told.rename(eni, "second", by="bob")
    seen = told.look(eni)
    (made, *_) = timed(made)
    names = [replace(first, invoked=10, answered=20), replace(second, invoked=11, answered=21)]

    def reads(*shown: str) -> list[Violation]:
        looks = [
            replace(
                showing(named(seen, f"eve/{place}"), network_interface_name=name),
                invoked=30 + place,
                answered=30 + place,
            )
            for place, name in enumerate(shown)
        ]
        return told.violations(made, *names, *looks)

    assert reads("first", "first") == reads("second", "second") == []
    assert "its name is" in only(reads("first", "second")).text


def test_an_eni_that_nobody_made_is_found() -> None:
    told = Told()
    made = told.make()
    seen = told.look(eni_of(made))
    found = only(told.violations(*timed(seen)))
    assert "At the beginning: not made yet" in found.text
    assert f"it shows {eni_of(made)}, but it is not made yet" in found.text


def test_an_eni_that_is_there_and_missing_from_a_list_is_found() -> None:
    told = Told()
    nothing, none_of_it = told.look(), told.look("eni-1")
    made = told.make()
    eni = eni_of(made)
    none_of_it = asked(none_of_it, network_interface_ids=(eni,))
    for empty in (nothing, none_of_it):
        assert told.violations(*timed(empty, made)) == []
        assert told.violations(*beside(empty, made)) == []
        found = only(told.violations(*timed(made, empty)))
        assert f"it does not show {eni}, which is there: Available, with 10.0.0." in found.text


def test_a_page_or_a_filter_says_nothing_of_what_is_missing() -> None:
    told = Told()
    empty = told.look()
    made = told.make()
    filtered = asked(empty, network_interface_name="other")
    page = answered(empty, total_count=7)
    newer = answered(asked(empty, max_results=10), next_token="3")
    assert told.violations(*timed(made, filtered, page, newer)) == []


# -- addresses


def test_a_double_allocation_is_found() -> None:
    told = Told()
    first, second = told.make(), told.make()
    (address,) = first.response.private_ip_addresses  # type: ignore[union-attr]
    twice = answered(second, private_ip_addresses=(address,))
    for calls in (timed(first, twice), beside(first, twice)):
        found = only(told.violations(*calls))
        assert found.key == f"address:vsw-a/{address}"
        assert f"it gives {address} to {eni_of(second)}, but {address} is on {eni_of(first)}" in found.text
        assert set(found.calls) == {first.call, second.call}


def test_an_address_that_came_back_may_be_given_again() -> None:
    told = Told()
    first = told.make()
    gone = told.delete(eni_of(first))
    second = told.make()
    (address,) = first.response.private_ip_addresses  # type: ignore[union-attr]
    again = answered(second, private_ip_addresses=(address,))
    assert told.violations(*timed(first, gone, again)) == []
    assert only(told.violations(*timed(first, again, gone))).key == f"address:vsw-a/{address}"


def test_an_address_of_an_assign_is_no_other_enis() -> None:
    told = Told()
    first, second = told.make(), told.make()
    given = told.ask(
        assign(eni_of(first), private_ip_addresses=("10.0.0.77",), secondary_private_ip_address_count=None)
    )
    taken = told.ask(
        UnassignPrivateIpAddresses(
            region_id=REGION, network_interface_id=eni_of(first), private_ip_addresses=("10.0.0.77",)
        )
    )
    other = told.ask(
        assign(eni_of(second), private_ip_addresses=("10.0.0.77",), secondary_private_ip_address_count=None)
    )
    assert told.violations(*timed(first, second, given, taken, other)) == []
    found = only(told.violations(*timed(first, second, given, other, taken)))
    assert "10.0.0.77" in found.key
    assert f"10.0.0.77 is on {eni_of(first)}" in found.text


def test_an_address_that_existed_at_the_beginning_is_not_given_to_another() -> None:
    told = Told(small().eni("eni-old", vswitch="vsw-a", primary_ip="10.0.0.5", security_groups=["sg-main"]))
    made = answered(told.make(), private_ip_addresses=("10.0.0.5",))
    found = only(told.violations(*timed(made)))
    assert "At the beginning: on eni-old" in found.text


# -- tokens


def test_one_token_that_is_answered_by_two_enis_is_found() -> None:
    told = Told()
    first, second = told.make(client_token="t-1"), told.make(client_token="t-2")
    twice = asked(second, client_token="t-1")
    for calls in (timed(first, twice), beside(first, twice)):
        found = only(told.violations(*calls))
        assert found.key == f"token:acme/{REGION}/CreateNetworkInterface/t-1"
        assert f"it is answered with {eni_of(second)}, but the token is settled with {eni_of(first)}" in found.text


def test_a_repeat_is_answered_alike_also_when_the_eni_is_gone() -> None:
    told = Told()
    first = told.make(client_token="t-1")
    gone = told.delete(eni_of(first))
    again = told.make(client_token="t-1")
    assert eni_of(again) == eni_of(first)
    assert told.violations(*timed(first, gone, again)) == []


def test_a_token_may_be_used_anew_after_its_window_only() -> None:
    told = Told()
    first, second = told.make(client_token="t-1"), told.make(client_token="t-2")
    twice = timed(first, replace(asked(second, client_token="t-1"), invoked_ns=900, answered_ns=1000))
    assert told.violations(*twice, token_window_ns=1000) == []
    assert len(told.violations(*twice, token_window_ns=1001)) == 1


def test_a_token_does_not_stand_for_two_sets_of_parameters() -> None:
    told = Told()
    first = told.make(client_token="t-1")
    other = asked(first, description="another one")
    found = only(told.violations(*timed(first, named(other, "bob/1"))))
    assert "for other parameters" in found.text


@pytest.mark.parametrize(
    ("error", "fact"),
    [
        (IdempotentProcessing(token="t-1"), "no other call with it was under way"),
        (IdempotentParameterMismatch(token="t-1"), "the token is settled with"),
        (IdempotentFailed(token="t-1"), "the token is settled with"),
    ],
)
def test_a_refusal_that_speaks_of_a_token_needs_a_reason(error: object, fact: str) -> None:
    told = Told()
    first = told.make(client_token="t-1")
    again = refused(named(first, "bob/1"), error)  # type: ignore[arg-type]
    assert fact in only(told.violations(*timed(first, again))).text
    if isinstance(error, IdempotentProcessing):
        assert told.violations(*beside(first, again)) == []


# -- the quota


def test_an_overshot_quota_is_found() -> None:
    told = Told(small(quota=2))
    wide = Told(small(quota=9))
    made = [wide.make() for _ in range(3)]
    gone = wide.delete(eni_of(made[0]))
    assert told.violations(*timed(*made[:2])) == []
    assert told.violations(*timed(*made[:2], gone, made[2])) == []
    before = timed(*made[:2])
    assert (
        told.violations(*before, replace(gone, invoked=8, answered=12), replace(made[2], invoked=9, answered=11)) == []
    )
    found = only(told.violations(*timed(*made, gone)))
    assert found.key == f"quota:acme/{REGION}"
    assert "at least 3 ENIs at once, where 2 are allowed" in found.text
    assert found.calls == tuple(call.call for call in made)


def test_a_refusal_for_want_of_quota_needs_a_reason() -> None:
    told = Told(small(quota=2))
    first, second = told.make(), told.make()
    refusal = MaxEniCountExceeded(account="acme", region=REGION, used=2, limit=2, asked=1)
    third = refused(named(first, "bob/1"), refusal)
    assert told.violations(*timed(first, second, third)) == []
    assert told.violations(*beside(first, second, third)) == []
    held = refused(named(first, "cleo/1"), InvalidEniIdNotFound(eni="eni-nowhere"))
    assert told.violations(*timed(first), *beside_from(10, held, third)) == [], (
        "a phantom refusal, by a place that was held"
    )
    found = only(told.violations(*timed(first, third, second)))
    assert "at most 1 of 2 places were used or held by others" in found.text
    assert found.calls == ("bob/1",)


def beside_from(first: int, *calls: Observed) -> list[Observed]:
    return [
        replace(call, invoked=first + place, answered=first + len(calls) + place) for place, call in enumerate(calls)
    ]


# -- refusals that speak of an ENI


def test_a_not_found_of_an_eni_that_is_there_is_found() -> None:
    told = Told()
    made = told.make()
    eni = eni_of(made)
    gone = told.delete(eni)
    missing = told.look_alone(eni)
    assert missing.outcome == "InvalidEniId.NotFound"
    assert told.violations(*timed(made, gone, missing)) == []
    assert (
        told.violations(*timed(made), replace(gone, invoked=5, answered=8), replace(missing, invoked=6, answered=7))
        == []
    )
    found = only(told.violations(*timed(made, missing, gone)))
    assert f"it says that {eni} is not there, which is: Available" in found.text


def test_a_refusal_for_a_state_that_it_was_not_in_is_found() -> None:
    told = Told()
    made = told.make()
    eni = eni_of(made)
    gone = told.delete(eni)
    state = InvalidOperationInvalidEniState(eni=eni, expecting="Available", status="InUse")
    assert (
        f"it says that {eni} is InUse, and it is Available"
        in only(told.violations(*timed(made, refused(gone, state)))).text
    )


def test_a_conflict_needs_another_change_beside_it() -> None:
    told = Told()
    made = told.make()
    eni = eni_of(made)
    given = told.ask(assign(eni))
    (made,) = timed(made)
    busy = refused(told.rename(eni, "name"), OperationConflict(resource=f"eni:{eni}"))
    assert told.violations(made, *beside_from(10, given, busy)) == []
    found = only(told.violations(*timed(made, given, busy)))
    assert "no call was changing its addresses meanwhile" in found.text


def test_a_refusal_that_is_wrong_of_an_address_is_found() -> None:
    told = Told()
    made = told.make(primary_ip_address="10.0.0.5", private_ip_addresses=("10.0.0.6",))
    eni = eni_of(made)
    look = told.look(eni)
    had = refused(look, InvalidIpIpUnassigned(address="10.0.0.6", eni=eni, reason="which does not have it"))
    free = refused(look, InvalidIpIpAssigned(address="10.0.0.7", eni=eni))
    primary = refused(look, InvalidIpIpUnassigned(address="10.0.0.5", eni=eni, reason="whose primary address it is"))
    assert told.violations(*timed(made, primary)) == []
    assert "it says that 10.0.0.6 is not on" in only(told.violations(*timed(made, had))).text
    assert "it says that 10.0.0.7 is on" in only(told.violations(*timed(made, free))).text


def test_a_change_of_an_eni_that_is_gone_is_found() -> None:
    told = Told()
    made = told.make()
    eni = eni_of(made)
    changed = told.rename(eni, "late")
    gone = told.delete(eni)
    assert f"because {eni} is gone" in only(told.violations(*timed(made, gone, changed))).text
    assert "is gone" in only(told.violations(*timed(made, gone, named(gone, "bob/1")))).text


def test_an_attach_may_end_at_any_later_moment_and_not_before() -> None:
    world = small().instance("i-1", type=TYPE, vswitch="vsw-a", security_groups=["sg-main"])
    told = Told(world)
    made = told.make()
    eni = eni_of(made)
    free = told.look(eni)
    put = told.ask(AttachNetworkInterface(region_id=REGION, network_interface_id=eni, instance_id="i-1"))
    on = told.look(eni)
    coming = showing(on, status="Attaching")
    assert told.violations(*timed(made, free, put, coming, coming, on)) == []
    assert "its status is InUse, not Attaching" in only(told.violations(*timed(made, put, on, coming))).text
    assert "its status is Available, not InUse" in only(told.violations(*timed(made, on, put))).text
    assert "instance is i-1, not i-2" in only(told.violations(*timed(made, put, showing(on, instance_id="i-2")))).text


# -- names of networks


def test_a_lost_update_of_a_vpcs_name_is_found() -> None:
    told = Told()
    before = told.ask(DescribeVpcs(region_id=REGION))
    renamed = told.ask(ModifyVpcAttribute(region_id=REGION, vpc_id="vpc-main", vpc_name="new", description="what for"))
    after = told.ask(DescribeVpcs(region_id=REGION))
    assert told.violations(*timed(before, renamed, after)) == []
    found = only(told.violations(*timed(renamed, before)))
    assert found.key == "name:vpc-main"
    assert "it shows it called empty, described as empty, but it is called new, described as what for" in found.text
