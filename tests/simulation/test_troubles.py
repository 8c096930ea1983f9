"""Troubles as verbs: each does what it says at its instant, goes through submit, and can be ended."""

from typing import Any

import msgspec
import pytest

from cloudsim.api.requests import (
    ACTIONS,
    AttachNetworkInterface,
    CreateVSwitch,
    DescribeVSwitches,
    DetachNetworkInterface,
)
from cloudsim.api.troubles import SetInstanceStatus, TakeZoneOut
from cloudsim.errors.network import OperationConflict
from cloudsim.errors.own import SettingError
from cloudsim.kernel.strategy import RandomOrder
from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import Policy
from cloudsim.operations.troubles import KINDS
from cloudsim.simulation.faults import Match
from cloudsim.simulation.latency import DEFAULT
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.throwing import Thrown
from cloudsim.simulation.world.builder import World
from cloudsim.values.duration import SECOND
from tests.small_world import REGION, Watched, a_create, a_delete, code, small

ZONE = "cn-hangzhou-h"


def with_instance(**world: Any) -> World:
    return small(**world).instance("i-1", type="ecs.g7.large", vswitch="vsw-a", security_groups=["sg-main"])


def attach(eni: str) -> AttachNetworkInterface:
    return AttachNetworkInterface(region_id=REGION, network_interface_id=eni, instance_id="i-1")


def detach(eni: str) -> DetachNetworkInterface:
    return DetachNetworkInterface(region_id=REGION, network_interface_id=eni, instance_id="i-1")


def now(sim: Watched) -> None:
    """Let all that is due happen."""
    sim.run(until_ns=sim.now_ns + 1)


def struck(sim: Watched, thrown: Thrown) -> str:
    """Let a trouble strike, and say how it went."""
    now(sim)
    return thrown.fate


# -- zones


def test_a_zone_that_is_out_refuses_what_works_in_it_until_it_is_back() -> None:
    sim = Watched()
    assert struck(sim, sim.trouble.take_zone_out(ZONE)) == "ok"
    assert code(sim.ask(client_token="t-1")) == "ServiceUnavailable"
    assert sim.ask(DescribeVSwitches(region_id=REGION)).error is None
    assert struck(sim, sim.trouble.bring_zone_back(ZONE)) == "ok"
    assert code(sim.ask(client_token="t-1")) == "ok"


def test_a_zone_is_out_from_an_instant_on_for_a_while() -> None:
    sim = Watched()
    thrown = sim.trouble.take_zone_out(ZONE, at="10m", lasting="5m")
    assert (thrown.fate, thrown.end) == ("planned", None)
    answers = []
    for minute in (9, 10, 14, 15):
        sim.at(minute * 60 * SECOND, lambda: answers.append(sim.send()), name="a create")
    sim.run()
    assert [code(reply) for reply in answers] == ["ok", "ServiceUnavailable", "ServiceUnavailable", "ok"]
    assert thrown.end is not None
    assert (thrown.fate, thrown.end.fate, thrown.end.at_ns) == ("ok", "ok", 15 * 60 * SECOND)


def test_a_trouble_says_what_it_is_when_it_comes_and_how_it_went() -> None:
    sim = Watched()
    thrown = sim.trouble.take_zone_out(ZONE, at="10m")
    assert repr(thrown) == "<Thrown TakeZoneOut at 10m: planned>"
    sim.run()
    assert repr(thrown) == "<Thrown TakeZoneOut at 10m: ok>"


def test_a_trouble_strikes_before_everything_else_of_its_instant() -> None:
    sim = Watched()
    earlier = sim.send()
    sim.trouble.take_zone_out(ZONE)
    sim.run()
    assert code(earlier) == "ServiceUnavailable"


def test_instances_of_the_zone_are_out_as_well() -> None:
    sim = Watched(with_instance())
    eni = sim.make().network_interface_id
    assert struck(sim, sim.trouble.take_zone_out(ZONE)) == "ok"
    assert code(sim.ask(attach(eni))) == "ServiceUnavailable"


def test_a_zone_that_two_troubles_take_out_is_back_after_the_later_end() -> None:
    """It was back after the earlier one, and a quota that was cut twice never came back."""
    sim = Watched()
    sim.trouble.take_zone_out(ZONE, lasting="2m")
    sim.trouble.take_zone_out(ZONE, at="1m", lasting="2m")
    answers = []
    for second in (150, 180):
        sim.at(second * SECOND, lambda: answers.append(sim.send()), name="a create")
    sim.run()
    assert [code(reply) for reply in answers] == ["ServiceUnavailable", "ok"]


# -- states


def test_an_instance_is_set_to_a_status_and_back() -> None:
    sim = Watched(with_instance())
    eni = sim.make().network_interface_id
    thrown = sim.trouble.set_instance_status("i-1", "Stopping", lasting="1m")
    assert struck(sim, thrown) == "ok"
    assert code(sim.ask(attach(eni))) == "InvalidOperation.InvalidEcsState"
    sim.run()
    assert thrown.end is not None
    assert thrown.end.request == SetInstanceStatus(instance_id="i-1", status="Running")
    assert code(sim.ask(attach(eni))) == "ok"


def test_a_vswitch_that_is_being_changed_refuses() -> None:
    sim = Watched()
    sim.trouble.set_vswitch_status("vsw-a", lasting="1m")
    now(sim)
    assert code(sim.send()) == "under way"
    now(sim)
    assert sim.calls["CreateNetworkInterface"] == {"IncorrectVSwitchStatus": 1}
    sim.run()
    assert code(sim.ask()) == "ok"


# -- addresses


def test_other_products_use_up_part_of_a_vswitch_and_give_it_back() -> None:
    sim = Watched(small(mask=28))
    assert struck(sim, sim.trouble.occupy_addresses("vsw-a", 5)) == "ok"
    assert struck(sim, sim.trouble.occupy_addresses("vsw-a", leaving=1)) == "ok"
    assert sim.free_addresses("vsw-a") == 1
    assert [code(sim.ask()) for _ in range(2)] == ["ok", "InvalidVSwitchId.IpNotEnough"]
    assert struck(sim, sim.trouble.free_addresses("vsw-a", 2)) == "ok"
    assert sim.free_addresses("vsw-a") == 2
    assert struck(sim, sim.trouble.free_addresses("vsw-a")) == "ok"
    assert sim.free_addresses("vsw-a") == 11
    assert struck(sim, sim.trouble.free_addresses("vsw-a")) == "ok"
    assert sim.close() == []


def test_what_one_trouble_occupied_is_given_back_at_its_end_and_nothing_else() -> None:
    sim = Watched(small(mask=28))
    sim.trouble.occupy_addresses("vsw-a", 4, lasting="1m")
    sim.trouble.occupy_addresses("vsw-a", 3, lasting="2m")
    sim.run(until_ns=60 * SECOND + 1)
    assert sim.free_addresses("vsw-a") == 9
    sim.run()
    assert sim.free_addresses("vsw-a") == 12


def test_more_than_there_is_is_refused_and_takes_nothing() -> None:
    sim = Watched(small(mask=28))
    assert struck(sim, sim.trouble.occupy_addresses("vsw-a", 13)) == "InvalidVSwitchId.IpNotEnough"
    assert struck(sim, sim.trouble.occupy_addresses("vsw-a", leaving=20)) == "ok"
    assert sim.free_addresses("vsw-a") == 12


def test_a_vswitch_says_quota_exceeded_instead_of_ip_not_enough_and_its_tokens_remember_it() -> None:
    sim = Watched(small(mask=29))
    sim.trouble.occupy_addresses("vsw-a", leaving=0)
    sim.trouble.alias_shortage("vsw-a", lasting="1m")
    now(sim)
    reply = sim.send(client_token="t-1")
    now(sim)
    assert reply.error is not None
    assert (reply.error.code, reply.error.http_status) == ("QuotaExceeded.PrivateIpAddress", 400)
    sim.run()
    assert code(sim.ask()) == "InvalidVSwitchId.IpNotEnough"
    assert code(sim.ask(client_token="t-1")) == "QuotaExceeded.PrivateIpAddress"


# -- tokens


def burn(sim: Watched) -> Thrown:
    return sim.trouble.burn_token("t-1", account="acme", region=REGION)


@pytest.mark.parametrize("is_used", [False, True])
def test_a_burnt_token_is_refused_whatever_it_stands_for(is_used: bool) -> None:
    sim = Watched(policy=Policy(token_window_ns=60 * SECOND))
    if is_used:
        sim.make(client_token="t-1")
    assert struck(sim, burn(sim)) == "ok"
    assert code(sim.ask(client_token="t-1")) == "IdempotentFailed"
    assert code(sim.ask(client_token="t-1", description="another one")) == "IdempotentFailed"
    sim.run(until_ns=60 * SECOND)
    if not is_used:
        assert code(sim.ask(client_token="t-1")) == "ok"


@pytest.mark.parametrize(("group", "ended"), [("sg-main", "ok"), ("sg-x", "InvalidSecurityGroupId.NotFound")])
def test_a_token_that_is_burnt_while_its_call_runs_stays_burnt(group: str, ended: str) -> None:
    sim = Watched()
    running = sim.send(client_token="t-1", security_group_id=group)
    sim.hold(running, at=Phase.RESOLVE)
    sim.run()
    assert struck(sim, burn(sim)) == "ok"
    sim.release(running)
    sim.run()
    assert code(running) == ended
    assert code(sim.ask(client_token="t-1")) == "IdempotentFailed"


def test_it_stays_burnt_as_well_where_the_call_may_be_tried_later() -> None:
    """The refusal once forgot the token, whoever had it by then."""
    sim = Watched()
    running = sim.send(client_token="t-1")
    sim.hold(running, at=Phase.RESOLVE)
    sim.run()
    burn(sim)
    sim.trouble.take_zone_out(ZONE, lasting="1s")
    now(sim)
    sim.release(running)
    sim.run()
    assert code(running) == "ServiceUnavailable"
    assert code(sim.ask(client_token="t-1")) == "IdempotentFailed"


# -- quotas


def eni_quota(sim: Watched) -> int:
    return sim.quota(account="acme", region=REGION).limit


def test_the_eni_quota_is_cut_to_below_what_is_in_use_and_comes_back() -> None:
    sim = Watched()
    enis = [sim.make().network_interface_id for _ in range(3)]
    thrown = sim.trouble.set_quota("eni", 1, account="acme", region=REGION, lasting="1m")
    assert struck(sim, thrown) == "ok"
    assert code(sim.send()) == "under way"
    now(sim)
    assert sim.calls["CreateNetworkInterface"] == {"ok": 3, "MaxEniCountExceeded": 1}
    sim.send(a_delete(enis[0]))
    sim.run()
    assert (code(sim.ask()), eni_quota(sim), sim.close()) == ("ok", 100, [])


def test_a_quota_that_is_cut_twice_is_in_the_end_what_it_was() -> None:
    sim = Watched()
    limits = []
    for limit, at, lasting in ((5, "1m", "4m"), (3, "2m", "1m"), (2, "3m", "3m")):
        sim.trouble.set_quota("eni", limit, account="acme", region=REGION, at=at, lasting=lasting)
    for minute in range(8):
        sim.at(minute * 60 * SECOND + 1, lambda: limits.append(eni_quota(sim)), name="look")
    sim.run()
    assert limits == [100, 5, 3, 2, 2, 2, 100, 100]


@pytest.mark.parametrize(
    ("quota", "limit", "whose", "refused"),
    [
        ("private-addresses", 1, {"vpc": "vpc-main"}, "QuotaExceeded.PrivateIpAddress"),
        ("group-places", 1, {"group": "sg-main"}, "SecurityGroupInstanceLimitExceed"),
    ],
)
def test_quotas_of_vpcs_and_groups_can_be_set(quota: str, limit: int, whose: dict[str, str], refused: str) -> None:
    sim = Watched()
    sim.make()
    thrown = sim.trouble.set_quota(quota, limit, **whose, lasting="1m")
    assert struck(sim, thrown) == "ok"
    reply = sim.send()
    sim.run()
    assert code(reply) == refused
    assert code(sim.ask()) == "ok"


def test_the_number_of_vswitches_of_a_vpc_can_be_set() -> None:
    sim = Watched()
    sim.trouble.set_quota("vswitches", 1, vpc="vpc-main")
    made = CreateVSwitch(region_id=REGION, vpc_id="vpc-main", zone_id=ZONE, cidr_block="10.0.9.0/24")
    assert code(sim.ask(made)) == "QuotaExceeded.VSwitch"


@pytest.mark.parametrize("quota", ["vpcs", "security-groups"])
def test_the_other_quotas_of_an_account_can_be_set(quota: str) -> None:
    sim = Watched()
    assert struck(sim, sim.trouble.set_quota(quota, 0, account="acme", region=REGION)) == "ok"
    (found,) = sim.cloud.estates.values()
    assert {"vpcs": found.vpc_places, "security-groups": found.group_places}[quota].limit == 0


# -- snags


def test_the_next_detach_of_an_eni_hangs_and_the_one_after_it_does_not() -> None:
    sim = Watched(with_instance())
    eni = sim.make().network_interface_id
    assert code(sim.ask(attach(eni))) == "ok"
    assert struck(sim, sim.trouble.hang_detach(eni)) == "ok"
    assert code(sim.ask(detach(eni))) == "ok"
    assert sim.shown(eni).status == "Detaching"
    assert code(sim.ask(detach(eni))) == "ok"
    assert sim.shown(eni).status == "Available"


def test_an_attach_that_is_under_way_can_be_made_to_fail_or_to_hang() -> None:
    sim = Watched(with_instance())
    ends = {}
    for verb in (sim.trouble.fail_attach, sim.trouble.hang_attach):
        eni = sim.make().network_interface_id
        reply = sim.send(attach(eni))
        sim.hold(reply, at=Phase.FINISH)
        sim.run()
        assert struck(sim, verb(eni)) == "ok"
        sim.release(reply)
        sim.run()
        ends[verb.__name__] = sim.shown(eni).status
    assert ends == {"fail_attach": "Available", "hang_attach": "Attaching"}


def test_a_delete_hangs_where_it_is_asynchronous() -> None:
    sim = Watched(small(profile="current"))
    eni, other = sim.make().network_interface_id, sim.make().network_interface_id
    sim.trouble.hang_delete(eni)
    sim.run()
    for one in (other, eni):
        assert code(sim.ask(a_delete(one))) == "ok"
    assert [one.id for one in sim.enis] == [eni]


# -- how troubles go


def test_a_trouble_is_journalled_as_a_call_is_and_no_call_is_counted() -> None:
    sim = Watched(latency=DEFAULT)
    thrown = sim.trouble.take_zone_out(ZONE)
    assert thrown.fate == "under way"
    sim.run()
    events = [msgspec.json.decode(line) for line in sim.cloud.journal.lines][-5:]
    assert [(event["ev"], event["call"], event["t"]) for event in events] == [
        ("call", "trouble/1", 0),
        ("phase", "trouble/1", 0),
        ("zone-out", "trouble/1", 0),
        ("phase", "trouble/1", 0),
        ("answer", "trouble/1", 0),
    ]
    assert sim.calls == {}
    assert [one.fate for one in sim.trouble.thrown] == ["ok"]


def test_faults_of_any_action_leave_troubles_alone() -> None:
    sim = Watched()
    match = sim.faults.refuse(OperationConflict(resource="x"), match=Match(times=None))
    assert struck(sim, sim.trouble.take_zone_out(ZONE)) == "ok"
    assert match.seen == 0


def test_no_api_has_troubles() -> None:
    assert [kind.action for kind in KINDS if kind.action in ACTIONS] == []
    assert {kind.action for kind in KINDS} == {kind.__name__ for kind in KINDS}


def test_a_trouble_can_be_submitted_by_hand() -> None:
    sim = Watched()
    assert code(sim.ask(TakeZoneOut(zone=ZONE))) == "ok"
    assert code(sim.ask()) == "ServiceUnavailable"


def test_a_list_of_what_can_be_submitted_leaves_troubles_out() -> None:
    class Odd(type(a_create())):  # type: ignore[misc]
        pass

    with pytest.raises(SettingError, match=r"JoinResourceGroup, not Odd$"):
        Watched().send(Odd())


@pytest.mark.parametrize("seed", range(4))
def test_a_trouble_that_goes_late_by_the_slack_and_was_to_last_for_less_ends_at_once(seed: int) -> None:
    sim = Simulation(small().spec, strategy=RandomOrder(seed), slack_ns=SECOND)
    sim.at(SECOND, lambda: None, name="later")  # who goes first takes the clock with it
    thrown = sim.trouble.take_zone_out(ZONE, at=1, lasting="1ms")
    sim.run()
    assert thrown.end is not None
    assert not sim.close()
