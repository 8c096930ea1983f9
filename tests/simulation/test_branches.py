"""Branches go on as the simulation would have, to the same digest, and never meet."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cloudsim import Simulation
from cloudsim.api.requests import (
    AttachNetworkInterface,
    CreateVSwitchCidrReservation,
    DescribeNetworkInterfaces,
    DetachNetworkInterface,
    Request,
)
from cloudsim.errors.own import SettingError
from cloudsim.exploration.strategies.named import make_strategy
from cloudsim.kernel.strategy import RandomOrder, RunToBlock
from cloudsim.resources.consistency import EVENTUAL
from cloudsim.resources.journal import Journal
from cloudsim.resources.throttle import Throttling
from cloudsim.simulation.latency import DEFAULT, NONE
from cloudsim.simulation.straight import StraightWay
from cloudsim.values.ids import VSwitchId
from tests.small_world import REGION, Watched, a_create, a_delete, small

acts = st.one_of(
    st.tuples(st.just("create"), st.sampled_from([None, "t-1", "t-2"])),
    st.tuples(st.just("delete"), st.integers(0, 5)),
    st.tuples(st.sampled_from(["describe", "deep", "name", "outage"]), st.just(0)),
)
Act = tuple[str, Any]


def simulated(**how: Any) -> Simulation:
    how = {"latency": DEFAULT, "journal": Journal(keep=True), "seed": 5, **how}
    return Simulation(small(quota=6, mask=28, cool_down="2s").spec, **how)


def go_on(sim: Simulation, wanted: list[Act]) -> list[str]:
    """Do all of it with two callers, at once and one after the other, and say how each ended."""
    if "a" not in sim.callers:
        sim.caller(account="acme", name="a")
        sim.caller(account="acme", name="b")
    replies = []
    for number, (verb, value) in enumerate(wanted):
        enis = sim.interfaces(account="acme", region=REGION)
        request: Request
        if verb == "create":
            request = a_create(client_token=value)
        elif verb == "delete":
            request = a_delete(enis[value % len(enis)].id if enis else "eni-none")
        elif verb == "outage":
            sim.trouble.take_zone_out("cn-hangzhou-h", lasting="1s")
            continue
        else:
            filters: dict[str, Any] = {"deep": {"page_number": 2, "page_size": 2}, "name": {"status": "Available"}}
            request = DescribeNetworkInterfaces(region_id=REGION, **filters.get(verb, {}))
        replies.append(sim.submit(sim.caller_named("ab"[number % 2]), request))
        if number % 3 == 0:
            sim.run()
    sim.run()
    return [repr(reply.error or reply.result()) for reply in replies]


@settings(deadline=None, max_examples=40)
@given(
    before=st.lists(acts, max_size=8),
    after=st.lists(acts, max_size=8),
    mischief=st.lists(acts, max_size=5),
    how=st.fixed_dictionaries(
        {},
        optional={
            "consistency": st.just(EVENTUAL),
            "throttling": st.just(Throttling(kind="bucket", limits={"CreateNetworkInterface": 3})),  # type: ignore[arg-type]
        },
    ),
    strategy=st.sampled_from([None, RunToBlock, lambda: RandomOrder(3)]),
)
def test_a_branch_goes_on_as_the_simulation_would_have(
    before: list[Act], after: list[Act], mischief: list[Act], how: dict[str, Any], strategy: Any
) -> None:
    def begun() -> Simulation:
        sim = simulated(strategy=None if strategy is None else strategy(), **how)
        go_on(sim, before)
        return sim

    alone = begun()
    answers = go_on(alone, after)
    root = begun()
    present = root.freeze()
    first, second = present.branch(), present.branch()
    go_on(first, mischief)
    go_on(root, mischief)
    assert go_on(second, after) == answers
    third = present.branch()
    deeper = third.clone().clone()
    go_on(third, mischief)
    assert go_on(deeper, after) == answers
    assert root.digest() == first.digest() == third.digest()
    assert second.digest() == deeper.digest() == alone.digest()
    assert second.calls == alone.calls
    assert second.sent == alone.sent
    for sim in (alone, root, first, second, third, deeper):
        assert not sim.close()


def test_a_branch_of_many_generations_is_what_the_first_one_became() -> None:
    sim = Watched(small(mask=24))
    made: list[str] = []
    for generation in range(30):
        made.append(sim.make(network_interface_name=f"n-{generation}").network_interface_id)
        if generation % 3 == 2:
            sim.ask(a_delete(made.pop(0)))
        sim.freeze()
    assert [eni.id for eni in sim.enis] == made
    assert sim.describe(network_interface_name="n-29").total_count == 1
    assert not sim.close()


def test_calls_under_way_forbid_to_freeze() -> None:
    sim = simulated()
    sim.submit(sim.caller(account="acme"), a_create())
    with pytest.raises(SettingError, match=r"1 calls are under way and 1 steps are due; run\(\) lets them end"):
        sim.freeze()
    sim.run()
    sim.freeze()


def test_orders_that_are_explored_forbid_to_freeze() -> None:
    with pytest.raises(SettingError, match="cannot be frozen under the strategy"):
        simulated(strategy=make_strategy("pct", 1)).freeze()


def test_who_is_no_caller_is_not_found() -> None:
    sim = simulated()
    sim.caller(account="acme", name="alice")
    with pytest.raises(SettingError, match="there is no caller 'alicia'"):
        sim.caller_named("alicia")


def test_the_straight_way_goes_on_in_the_simulation_that_was_frozen() -> None:
    sim = simulated(latency=NONE)
    way = StraightWay(sim, sim.caller(account="acme"), region=REGION, vswitch="vsw-a", group="sg-main")
    before = way.create()
    present = sim.freeze()
    after = way.create()
    assert sim.interfaces(account="acme", region=REGION) != [before, after], "what was looked up before is of the past"
    assert len(sim.interfaces(account="acme", region=REGION)) == 2
    assert len(present.branch().interfaces(account="acme", region=REGION)) == 1
    assert not sim.close()


def test_the_limits_of_calls_are_each_branch_s_own() -> None:
    sim = Watched(throttling=Throttling(limits={"CreateNetworkInterface": 2}))
    sim.make()
    present = sim.freeze()
    for branch in (present.branch(), present.branch()):
        caller = branch.caller_named("alice")
        endings = [branch.submit(caller, a_create()) for _ in range(2)]
        branch.run()
        assert [reply.error is None for reply in endings] == [True, False]


def test_what_is_shown_late_is_each_branch_s_own() -> None:
    sim = Watched(consistency=EVENTUAL)
    sim.make()
    present = sim.freeze()
    one, other = present.branch(), present.branch()
    assert isinstance(one, Watched)
    assert isinstance(other, Watched)
    for branch in (one, other):
        branch.alice = branch.caller_named("alice")
        assert branch.describe().total_count == 0
    one.kernel.call_at(10_000_000_000, lambda: None, name="later")
    one.run()
    one.make()
    vswitch = one.cloud.vswitches[VSwitchId("vsw-a")]
    assert other.cloud.conditions.shown_count(other.cloud.vswitches[vswitch.id]) == 252
    other.kernel.call_at(3_000_000_000, lambda: None, name="later")
    other.run()
    assert other.describe().total_count == 1
    assert not one.close()
    assert not other.close()


def test_zones_and_stock_are_each_branch_s_own() -> None:
    present = Watched().freeze()
    one, other = present.branch(), present.branch()
    one.trouble.take_zone_out("cn-hangzhou-h")
    one.trouble.sell_out("cn-hangzhou-h")
    one.run()
    assert one.cloud.conditions.zones_out
    assert not other.cloud.conditions.zones_out
    assert not other.cloud.conditions.sold_out


def test_reservations_are_each_branch_s_own() -> None:
    present = Watched().freeze()
    one, other = present.branch(), present.branch()
    assert isinstance(one, Watched)
    one.alice = one.caller_named("alice")
    block: dict[str, Any] = {"vswitch_id": "vsw-a", "vswitch_cidr_reservation_cidr": "10.0.0.64/26"}
    assert one.ask(CreateVSwitchCidrReservation(region_id=REGION, **block)).error is None
    assert one.cloud.vswitches[VSwitchId("vsw-a")].reservations
    untouched = other.cloud.vswitches[VSwitchId("vsw-a")]
    assert not untouched.reservations
    assert untouched.available_count() == 252
    assert not one.close()
    assert not other.close()


def test_addresses_that_are_given_away_twice_are_each_branch_s_own() -> None:
    sim = Watched()
    address = sim.make().private_ip_addresses[0]
    sim.cloud.vswitches[VSwitchId("vsw-a")].book((address,), ())
    present = sim.freeze()
    for branch in (present.branch(), present.branch()):
        vswitch = branch.cloud.vswitches[VSwitchId("vsw-a")]
        vswitch.release((address,))  # one of its two holders goes
        assert vswitch.available_count() == 251


def test_lists_keep_their_order_in_a_branch() -> None:
    sim = Watched(small().instance("i-1", type="ecs.g7.large", vswitch="vsw-a"))
    first, second = sim.make().network_interface_id, sim.make().network_interface_id
    sim.describe(status="Available")  # from here on there is an index
    sim.ask(AttachNetworkInterface(region_id=REGION, network_interface_id=first, instance_id="i-1"))
    branch = sim.freeze().branch()
    assert isinstance(branch, Watched)
    branch.alice = branch.caller_named("alice")
    branch.ask(DetachNetworkInterface(region_id=REGION, network_interface_id=first, instance_id="i-1"))
    shown = branch.describe(status="Available").network_interface_sets
    assert [eni.network_interface_id for eni in shown] == [first, second]
    assert sim.describe(status="Available").total_count == 1


def test_troubles_are_counted_on_in_a_branch() -> None:
    sim = simulated()
    sim.trouble.take_zone_out("cn-hangzhou-h")
    sim.run()
    branch = sim.clone()
    for one in (sim, branch):
        one.trouble.bring_zone_back("cn-hangzhou-h")
        one.run()
    assert branch.digest() == sim.digest()


def test_a_branch_has_the_slack_of_its_simulation() -> None:
    assert simulated(slack_ns=7).freeze().branch().kernel.slack_ns == 7
