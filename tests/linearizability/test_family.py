"""The rest of the family: groups, addresses of both families, launches, troubles; legal and seeded."""

from dataclasses import replace
from typing import Any

import pytest

from cloudsim.api.requests import (
    AssignIpv6Addresses,
    AssignPrivateIpAddresses,
    AttachNetworkInterface,
    DeleteInstance,
    DescribeVpcAttribute,
    DescribeVSwitchAttributes,
    DescribeVSwitches,
    DetachNetworkInterface,
    JoinSecurityGroup,
    LeaveSecurityGroup,
    ModifyNetworkInterfaceAttribute,
    ModifyVSwitchAttribute,
    RunInstances,
    UnassignIpv6Addresses,
    UnassignPrivateIpAddresses,
)
from cloudsim.api.requests.base import InstanceInterface
from cloudsim.api.responses import RunInstancesResponse
from cloudsim.errors.network import InvalidOperationInvalidEniState
from cloudsim.linearizability import History, Observed
from cloudsim.linearizability.survey import shown_by
from cloudsim.simulation.world.builder import World
from tests.linearizability.telling import Told, answered, asked, eni_of, lost, named, refused, showing, timed
from tests.linearizability.test_seeded import only
from tests.linearizability.workload import TYPE
from tests.small_world import REGION, Watched, a_create, small


def world(profile: str = "classic") -> World:
    return (
        small(profile=profile)
        .security_group("sg-other")
        .instance("i-1", type=TYPE, vswitch="vsw-a", security_groups=["sg-main"])
    )


def about(eni: str, **more: Any) -> dict[str, Any]:
    return {"region_id": REGION, "network_interface_id": eni, **more}


def wrong(told: Told, *calls: Observed) -> str:
    """The one violation of calls that follow one another."""
    return only(told.violations(*timed(*calls))).text


def test_groups_are_joined_once_and_left_once_and_never_the_last() -> None:
    told = Told(world())
    made = told.make()
    eni = eni_of(made)
    before = told.look(eni)
    join = told.ask(JoinSecurityGroup(**about(eni, security_group_id="sg-other")))
    both = told.look(eni)
    leave = told.ask(LeaveSecurityGroup(**about(eni, security_group_id="sg-main")))
    moved = told.ask(ModifyNetworkInterfaceAttribute(**about(eni, security_group_ids=("sg-main",))))
    assert told.violations(*timed(made, before, join, both, leave, moved, before)) == []
    assert "its security groups is sg-main sg-other, not sg-main" in wrong(told, made, join, before)
    assert wrong(told, made, join, named(join, "bob/1"))
    assert wrong(told, made, leave)
    assert wrong(told, join)
    unknown = timed(made)[0]
    late = [
        replace(call, invoked=call.invoked + 50, answered=(call.answered or 0) + 50) for call in timed(before, both)
    ]
    assert told.violations(unknown, replace(lost(join), invoked=3), *late) == []


def test_the_groups_of_an_instances_primary_eni_are_followed_also_where_nobody_knows_which_that_is() -> None:
    told = Told(world())
    primary = told.start.primaries["i-1"]
    join = told.ask(JoinSecurityGroup(region_id=REGION, instance_id="i-1", security_group_id="sg-other"))
    seen = told.look(primary)
    assert told.violations(*timed(join, seen)) == []
    assert wrong(told, seen, join)
    launch = told.ask(
        RunInstances(
            region_id=REGION,
            instance_type=TYPE,
            vswitch_id="vsw-a",
            security_group_id="sg-main",
            network_interfaces=(InstanceInterface(),),
        )
    )
    assert isinstance(launch.response, RunInstancesResponse)
    (instance,) = launch.response.instance_id_sets
    first = told.look(instance_id=instance)
    moved = told.ask(JoinSecurityGroup(region_id=REGION, instance_id=instance, security_group_id="sg-other"))
    then = told.look(instance_id=instance)
    assert told.violations(*timed(launch, first, moved, then)) == []
    assert "security groups" in wrong(told, launch, first, then)
    other = told.look(shown_by(first)[1].network_interface_id)
    assert wrong(told, launch, other, moved, showing(other, security_group_ids=("sg-other",))), (
        "it is not the primary one"
    )
    late = replace(lost(moved), invoked=5)
    launch, first, then = timed(launch, first, then)
    assert told.violations(launch, replace(first, answered=6), replace(late, invoked=5), then) == []


def test_addresses_of_both_families_come_and_go_together() -> None:
    told = Told(world("current"))
    made = told.make()
    eni = eni_of(made)
    none = told.look(eni)
    give4 = told.ask(AssignPrivateIpAddresses(**about(eni, secondary_private_ip_address_count=1, ipv4_prefix_count=1)))
    give6 = told.ask(AssignIpv6Addresses(**about(eni, ipv6_address_count=1, ipv6_prefixes=("2001:db8:0:1:5::/80",))))
    full = told.look(eni)
    (shown,) = shown_by(full)
    take4 = told.ask(UnassignPrivateIpAddresses(**about(eni, private_ip_addresses=shown.private_ip_addresses[1:])))
    take_prefix = told.ask(UnassignPrivateIpAddresses(**about(eni, ipv4_prefixes=shown.ipv4_prefixes)))
    take6 = told.ask(
        UnassignIpv6Addresses(**about(eni, ipv6_addresses=shown.ipv6_addresses, ipv6_prefixes=shown.ipv6_prefixes))
    )
    assert told.violations(*timed(made, none, give4, give6, full, take4, take_prefix, take6, none)) == []
    for calls in (
        (made, give4, full),
        (made, give4, give6, take4, full),
        (made, full),
        (made, give4, give6, take6, full),
    ):
        assert told.violations(*timed(*calls)), "each call shows in what is read"
    assert told.violations(*timed(made, take4))
    assert told.violations(*timed(give6)), "nobody made the ENI"
    twice = [one.key for one in told.violations(*timed(made, give6, named(give6, "bob/1")))]
    assert f"eni:{eni}" in twice
    made, give6, full, none = timed(made, give6, full, none)
    six = showing(full, private_ip_addresses=shown.private_ip_addresses[:1], ipv4_prefixes=())
    assert told.violations(made, lost(give6), six) == []
    assert told.violations(made, lost(give6), none) == []
    assert told.violations(made, lost(take6), none) == []


def test_a_repeated_assign_gives_nothing_again() -> None:
    told = Told(world())
    made = told.make()
    eni = eni_of(made)
    give = told.ask(AssignPrivateIpAddresses(**about(eni, secondary_private_ip_address_count=1, client_token="a-1")))
    again = told.ask(give.request)
    (shown,) = shown_by(told.look(eni))
    take = told.ask(UnassignPrivateIpAddresses(**about(eni, private_ip_addresses=shown.private_ip_addresses[1:])))
    repeat = told.ask(give.request)
    assert give.outcome == again.outcome == repeat.outcome == "ok"
    assert told.violations(*timed(made, give, again, take, repeat)) == []
    first, *rest = timed(made, give, again, take, repeat)
    assert told.violations(first, lost(rest[0]), *rest[1:]) == []
    fresh = asked(repeat, client_token="a-2")
    assert {one.key.partition(":")[0] for one in told.violations(*timed(made, give, fresh))} == {"eni", "address"}


def test_a_refusal_that_a_token_repeats_was_just_once() -> None:
    told = Told(world())
    made = told.make()
    eni = eni_of(made)
    request = AssignPrivateIpAddresses(**about(eni, secondary_private_ip_address_count=1, client_token="a-1"))
    moving = InvalidOperationInvalidEniState(eni=eni, expecting="Available", status="Attaching")
    put = told.ask(AttachNetworkInterface(**about(eni, instance_id="i-1")))
    on = told.look(eni)
    refusal = refused(told.ask(request), moving)
    assert told.violations(*timed(made, put, refusal, on, named(refusal, "bob/1"))) == []
    assert "it says that" in wrong(told, made, put, on, refusal)


def test_an_eni_ends_with_its_instance_or_is_free_again() -> None:
    told = Told(world())
    primary = told.start.primaries["i-1"]
    made = told.make()
    eni = eni_of(made)
    put = told.ask(AttachNetworkInterface(**about(eni, instance_id="i-1")))
    on, both = told.look(eni), told.look(primary)
    end = told.ask(DeleteInstance(region_id=REGION, instance_id="i-1", force=True))
    free, missing = told.look(eni), told.look(primary)
    assert told.violations(*timed(both, made, put, on, end, free, missing)) == []
    assert "but it is gone" in wrong(told, end, both)
    assert wrong(told, made, put, end, on)
    made, put, on, end, free, missing = timed(made, put, on, end, free, missing)
    assert told.violations(made, put, on, lost(end), free, missing) == []
    assert told.violations(made, put, lost(end), on) == []


def test_a_detach_needs_an_eni_that_is_on_the_instance() -> None:
    told = Told(world())
    made = told.make()
    eni = eni_of(made)
    put = told.ask(AttachNetworkInterface(**about(eni, instance_id="i-1")))
    off = told.ask(DetachNetworkInterface(**about(eni, instance_id="i-1")))
    assert told.violations(*timed(made, put, off, put)) == []
    assert wrong(told, made, off)
    assert wrong(told, made, put, asked(off, instance_id="i-2"))
    twice = timed(made, put, named(put, "bob/1"))
    assert "Attaching, on i-1" in only(told.violations(*twice)).text
    assert told.violations(*twice, attaches_fail=True) == [], "the first may have failed after its answer"


def test_a_launch_takes_an_eni_once_also_when_its_answer_is_repeated() -> None:
    told = Told(world())
    made = told.make()
    eni = eni_of(made)
    launch = RunInstances(
        region_id=REGION,
        instance_type=TYPE,
        vswitch_id="vsw-a",
        security_group_id="sg-main",
        network_interfaces=(InstanceInterface(network_interface_id=eni),),
        client_token="r-1",
    )
    first, again = told.ask(launch), told.ask(launch)
    on = told.look(eni)
    assert first.outcome == again.outcome == "ok"
    assert told.violations(*timed(made, first, again, on)) == []
    assert wrong(told, made, on, first)
    made, first, again, on = timed(made, first, again, on)
    assert told.violations(made, lost(first), again, on) == []
    assert told.violations(made, lost(first), on) == []
    other = asked(replace(first, call="bob/1", invoked=90, answered=91), client_token="r-2")
    assert told.violations(made, first, other)


@pytest.mark.parametrize("what", ["network_interface_name", "description", "delete_on_release"])
def test_everything_that_a_modify_sets_is_read_again(what: str) -> None:
    told = Told(world("current"))
    made = told.make()
    eni = eni_of(made)
    before = told.look(eni)
    change = told.ask(ModifyNetworkInterfaceAttribute(**about(eni, **{what: True if "on" in what[:9] else "new-text"})))
    after = told.look(eni)
    assert told.violations(*timed(made, before, change, after)) == []
    assert wrong(told, made, change, before)
    assert wrong(told, made, after, change)


# -- accounts, networks


def test_for_another_account_an_eni_does_not_exist() -> None:
    world = (
        World()
        .account("acme")
        .account("other")
        .region(REGION)
        .vpc("vpc-main", account="acme")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .security_group("sg-main")
    )
    told = Told(world)
    made = told.make()
    eni = eni_of(made)
    bob = told.sim.caller(account="other", name="bob")
    told.sim.ask(told.look_alone(eni).request, by=bob)
    missing = told.history.calls[-1]
    assert missing.outcome == "InvalidEniId.NotFound"
    assert told.violations(*timed(made, missing)) == []


def test_the_name_of_a_vswitch_is_followed_through_every_answer_that_shows_it() -> None:
    told = Told(world())
    change = told.ask(ModifyVSwitchAttribute(region_id=REGION, vswitch_id="vsw-a", vswitch_name="new-name"))
    listed = told.ask(DescribeVSwitches(region_id=REGION))
    alone = told.ask(DescribeVSwitchAttributes(region_id=REGION, vswitch_id="vsw-a"))
    vpc = told.ask(DescribeVpcAttribute(region_id=REGION, vpc_id="vpc-main"))
    assert told.violations(*timed(change, listed, alone, vpc)) == []
    assert wrong(told, alone, change)
    assert wrong(told, listed, change)
    assert wrong(told, change, answered(alone, description="nobodys"))


# -- troubles


def observed(sim: Watched) -> History:
    history = History(sim)
    sim.observers.append(history)
    return history


def test_a_token_that_a_trouble_burns_is_burnt() -> None:
    sim = Watched()
    history = observed(sim)
    sim.make(client_token="t-1")
    sim.trouble.burn_token("t-1", account="acme", region=REGION, action="CreateNetworkInterface")
    sim.run()
    assert sim.ask(client_token="t-1").error is not None
    assert history.judge().violations == ()
    without = [call for call in history.calls if call.request.action != "BurnToken"]
    assert len(Told().violations(*without)) == 1


def test_a_quota_that_a_trouble_changes_is_judged_by_the_widest_and_the_narrowest() -> None:
    sim = Watched(small(quota=1))
    history = observed(sim)
    sim.make()
    sim.trouble.set_quota("eni", 2, account="acme", region=REGION)
    sim.run()
    sim.make()
    sim.ask()
    assert [call.outcome for call in history.calls] == ["ok", "ok", "ok", "MaxEniCountExceeded"]
    assert history.judge().violations == ()


def test_a_launch_in_flight_may_hold_places() -> None:
    told = Told(small(quota=2))
    launch = told.ask(
        RunInstances(
            region_id=REGION,
            instance_type=TYPE,
            vswitch_id="vsw-a",
            security_group_id="sg-main",
            network_interfaces=(InstanceInterface(), InstanceInterface()),
        )
    )
    refusal = told.make()
    assert refusal.outcome == "MaxEniCountExceeded" or launch.outcome != "ok"
    assert told.violations(*timed(launch, refusal)) == []


def test_a_long_story_is_told_by_its_end() -> None:
    told = Told()
    made = told.make()
    eni = eni_of(made)
    names = [told.rename(eni, f"name-{number:02}") for number in range(20)]
    seen = told.look(eni)
    text = wrong(
        told, made, *names, *[showing(named(seen, f"eve/{n}"), network_interface_name="x" * 3) for n in range(5)]
    )
    assert "9 calls before, and then" in text
    assert len(text.splitlines()) < 22
    assert text.count("its name is name-19, not xxx") == 1
    assert a_create().action in told.history.calls[0].request.action
