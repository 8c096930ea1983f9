"""Unknown outcomes: a call whose answer never came took effect at any point after its departure, or never."""

from dataclasses import replace

from cloudsim.api.requests import AssignPrivateIpAddresses
from cloudsim.errors.tokens import IdempotentFailed
from cloudsim.linearizability.survey import shown_by
from cloudsim.resources.consistency import EVENTUAL
from tests.linearizability.telling import Told, answered, asked, beside, eni_of, lost, named, refused, showing, timed
from tests.linearizability.test_seeded import only
from tests.small_world import REGION


def test_a_lost_delete_may_have_happened_or_not() -> None:
    told = Told()
    made = told.make()
    eni = eni_of(made)
    there = told.look(eni)
    gone = told.delete(eni)
    missing = told.look(eni)
    made, gone, *reads = timed(made, lost(gone), there, missing)
    gone = lost(gone)
    there, missing = reads
    assert told.violations(made, gone, there) == []
    assert told.violations(made, gone, missing) == []
    assert told.violations(made, gone, there, missing) == [], "it took effect late"
    back = replace(named(there, "bob/1"), invoked=20, answered=21)
    assert "but it is gone" in only(told.violations(made, gone, missing, back)).text, "it cannot be undone"


def test_a_lost_delete_does_not_happen_before_it_departs() -> None:
    told = Told()
    made = told.make()
    eni = eni_of(made)
    gone = told.delete(eni)
    missing = told.look(eni)
    made, missing, gone = timed(made, missing, gone)
    assert "does not show" in only(told.violations(made, missing, lost(gone))).text


def test_a_lost_create_may_have_made_any_eni_of_its_account() -> None:
    told = Told()
    made = told.make(network_interface_name="hers")
    seen = told.look(eni_of(made))
    made, seen = timed(made, seen)
    assert told.violations(lost(made), seen) == []
    other = showing(named(seen, "bob/1"), network_interface_name="another")
    both = [lost(made), seen, replace(other, invoked=10, answered=11)]
    assert "its name is hers, not another" in only(told.violations(*both)).text
    elsewhere = replace(lost(made), account="other")
    assert len(told.violations(elsewhere, seen)) == 1
    assert len(told.violations(seen, replace(lost(made), invoked=99))) == 1, "it departed too late"


def test_a_lost_create_is_told_by_the_repeat_of_its_token() -> None:
    told = Told()
    made = told.make(client_token="t-1")
    eni = eni_of(made)
    seen, again = told.look(eni), told.make(client_token="t-1")
    made, seen, again = timed(made, seen, again)
    assert told.violations(lost(made), seen, again) == []
    assert len(told.violations(seen, again)) == 1, "without the lost one nobody had made it"


def test_a_lost_create_may_have_burnt_its_token() -> None:
    told = Told()
    made = told.make(client_token="t-1")
    burnt = refused(named(made, "bob/1"), IdempotentFailed(token="t-1"))
    made, burnt = timed(made, burnt)
    assert told.violations(lost(made), burnt) == []
    other = replace(named(answered(made, network_interface_id="eni-other"), "cleo/1"), invoked=30, answered=31)
    assert [one.key for one in told.violations(lost(made), burnt, other)] == [
        f"token:acme/{REGION}/CreateNetworkInterface/t-1"
    ]


def test_the_address_of_a_lost_create_is_given_once_when_its_repeat_is_answered() -> None:
    told = Told()
    made = told.make(client_token="t-1")
    eni = eni_of(made)
    gone, second, again = told.delete(eni), told.make(), told.make(client_token="t-1")
    (address,) = made.response.private_ip_addresses  # type: ignore[union-attr]
    second = answered(second, private_ip_addresses=(address,))
    made, gone, second, again = timed(made, gone, second, again)
    assert told.violations(lost(made), gone, second, again) == []


def test_a_lost_assign_may_have_given_anything_of_what_it_asked_for() -> None:
    told = Told()
    made = told.make()
    eni = eni_of(made)
    (primary,) = made.response.private_ip_addresses  # type: ignore[union-attr]
    few = told.look(eni)
    given = told.ask(
        AssignPrivateIpAddresses(region_id=REGION, network_interface_id=eni, private_ip_addresses=("10.0.0.77",))
    )
    made, given, few = timed(made, given, few)
    more = showing(replace(named(few, "bob/1"), invoked=20, answered=21), private_ip_addresses=(primary, "10.0.0.77"))
    other = showing(replace(more, invoked=30, answered=31), private_ip_addresses=(primary, "10.0.0.78"))
    assert told.violations(made, lost(given), few, more) == []
    assert "private addresses" in only(told.violations(made, lost(given), more, other)).text
    count = asked(lost(given), private_ip_addresses=None, secondary_private_ip_address_count=1)
    assert told.violations(made, count, few, other) == []


def test_a_search_that_is_given_up_says_so() -> None:
    told = Told()
    made = told.make()
    eni = eni_of(made)
    names = [told.rename(eni, f"name-{number}") for number in range(12)]
    seen = showing(told.look(eni), network_interface_name="nobodys")
    (made,) = timed(made)
    at_once = [replace(call, invoked=call.invoked + 100, answered=call.invoked + 200) for call in beside(*names)]
    calls = [made, *at_once, replace(seen, invoked=900, answered=901)]
    (found,) = told.violations(*calls, limit=100)
    assert found.undecided
    assert "undecided" in found.text
    assert not only(told.violations(*calls)).undecided
    assert told.violations(*calls[:-1], limit=100) == [], "a legal history is explained at the first try"


def test_late_descriptions_are_not_held_against_the_cloud() -> None:
    told = Told()
    missing = told.look("eni-1")
    made = told.make(private_ip_addresses=("10.0.0.6",))
    eni = eni_of(made)
    full, alone = told.look(eni), told.look_alone(eni)
    had = shown_by(full)[0].private_ip_addresses
    few = showing(full, private_ip_addresses=had[:1])
    missing = asked(missing, network_interface_ids=(eni,))
    assert len(told.violations(*timed(made, missing))) == 1
    assert told.violations(*timed(made, missing, full), consistency=EVENTUAL) == []
    lingers = showing(full, private_ip_addresses=("10.0.0.9", *had))
    assert told.violations(*timed(made, lingers), consistency=EVENTUAL) == []
    assert len(told.violations(*timed(made, few), consistency=EVENTUAL)) == 1, "what it has is shown"
    wrong = answered(alone, private_ip_addresses=("10.0.0.9",))
    assert len(told.violations(*timed(made, wrong), consistency=EVENTUAL)) == 1, (
        "one that is asked for alone is not late"
    )
