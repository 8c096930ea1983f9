"""Troubles that cannot be: what can be known is said at once, and what turns out later is a refusal."""

from collections.abc import Callable

import pytest

from cloudsim.api.troubles import OccupyAddresses, SetQuota
from cloudsim.errors.own import DurationError, SettingError
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.throwing import Thrown
from cloudsim.values.duration import SECOND
from tests.small_world import REGION, Watched, code, small

ZONE = "cn-hangzhou-h"

MISSING: list[tuple[Callable[[Simulation], Thrown], str]] = [
    (lambda sim: sim.trouble.set_instance_status("i-9", "Stopped", at=1, lasting=1), "InvalidInstanceId.NotFound"),
    (lambda sim: sim.trouble.set_vswitch_status("vsw-9", at=1, lasting=1), "InvalidVSwitchId.NotFound"),
    (lambda sim: sim.trouble.occupy_addresses("vsw-9", 1, at=1, lasting=1), "InvalidVSwitchId.NotFound"),
    (lambda sim: sim.trouble.alias_shortage("vsw-9", at=1, lasting=1), "InvalidVSwitchId.NotFound"),
    (lambda sim: sim.trouble.set_quota("vswitches", 1, vpc="vpc-9", at=1, lasting=1), "InvalidVpcId.NotFound"),
    (
        lambda sim: sim.trouble.set_quota("group-places", 1, group="sg-9", at=1, lasting=1),
        "InvalidSecurityGroupId.NotFound",
    ),
    (lambda sim: sim.trouble.hang_detach("eni-9", at=1), "InvalidEniId.NotFound"),
]


@pytest.mark.parametrize(("throw", "refused"), MISSING)
def test_what_is_not_there_at_its_instant_is_a_refusal_and_nothing_else_happens(
    throw: Callable[[Simulation], Thrown], refused: str
) -> None:
    sim = Watched()
    thrown = throw(sim)
    sim.run()
    assert thrown.fate == refused
    assert thrown.end is None or thrown.end.fate == refused
    assert code(sim.ask()) == "ok"


WRONG: list[tuple[Callable[[Simulation], object], str]] = [
    (lambda sim: sim.trouble.take_zone_out("cn-hangzhou-i"), "no zone 'cn-hangzhou-i'; did you mean 'cn-hangzhou-h'"),
    (lambda sim: sim.trouble.bring_zone_back("x", at="1m"), "no zone 'x'"),
    (lambda sim: sim.trouble.set_instance_status("i-9", "Stopped"), "no instance 'i-9'"),
    (lambda sim: sim.trouble.set_instance_status("i-1", "Stoped"), "no status of an instance 'Stoped'; did you mean"),
    (lambda sim: sim.trouble.set_vswitch_status("vsw-b"), "no vSwitch 'vsw-b'; did you mean 'vsw-a'"),
    (lambda sim: sim.trouble.set_vswitch_status("vsw-a", "Gone"), "no status of a vSwitch 'Gone'"),
    (lambda sim: sim.trouble.occupy_addresses("vsw-a"), r"so many addresses \(count\) or all but so many \(leaving\)"),
    (lambda sim: sim.trouble.occupy_addresses("vsw-a", 1, leaving=1), "either so many addresses"),
    (lambda sim: sim.trouble.occupy_addresses("vsw-a", -1), "number of addresses is at least 0, not -1"),
    (lambda sim: sim.trouble.free_addresses("vsw-a", True), "the number of addresses takes int"),
    (lambda sim: sim.trouble.hang_attach("eni-1"), "no ENI 'eni-1'"),
    (lambda sim: sim.trouble.burn_token("t", account="acm", region=REGION), "no account 'acm'; did you mean 'acme'"),
    (lambda sim: sim.trouble.burn_token("t", account="acme", region="r"), "no region 'r'"),
    (
        lambda sim: sim.trouble.burn_token("t", account="acme", region=REGION, action="DeleteNetworkInterface"),
        "no action that takes a ClientToken 'DeleteNetworkInterface'",
    ),
    (
        lambda sim: sim.trouble.burn_token("", account="acme", region=REGION),
        "a ClientToken to burn has 1 to 64 characters of ASCII, unlike ''",
    ),
    (lambda sim: sim.trouble.burn_token("\ud800", account="acme", region=REGION), "1 to 64 characters of ASCII"),
    (lambda sim: sim.trouble.set_quota("enis", 1), "no quota 'enis'; did you mean 'eni'"),
    (lambda sim: sim.trouble.set_quota("eni", -1, account="acme", region=REGION), "at least 0, not -1"),
    (lambda sim: sim.trouble.set_quota("eni", 1), "'eni' is set by account and region_id, not by nothing"),
    (
        lambda sim: sim.trouble.set_quota("vswitches", 1, account="acme", vpc="vpc-main"),
        "'vswitches' is set by vpc_id, not by account and vpc_id",
    ),
    (lambda sim: sim.trouble.set_quota("eni", 1, account="acm", region=REGION), "no account 'acm'"),
    (lambda sim: sim.trouble.set_quota("eni", 1, account="acme", region="r"), "no region 'r'"),
    (lambda sim: sim.trouble.set_quota("vswitches", 1, vpc="vpc-x"), "no VPC 'vpc-x'"),
    (lambda sim: sim.trouble.set_quota("group-places", 1, group="sg-x"), "no security group 'sg-x'"),
    (lambda sim: sim.caller(account="acme", name="trouble"), "'trouble' cannot name a caller"),
]


@pytest.mark.parametrize(("wrong", "says"), WRONG)
def test_what_is_wrong_with_a_trouble_is_said_at_once(wrong: Callable[[Simulation], object], says: str) -> None:
    sim = Watched(small().instance("i-1", type="ecs.g7.large", vswitch="vsw-a", security_groups=["sg-main"]))
    with pytest.raises(SettingError, match=says):
        wrong(sim)
    assert sim.trouble.thrown == []


def test_instants_that_have_passed_and_times_that_are_none_are_refused() -> None:
    sim = Watched()
    sim.run(until_ns=60 * SECOND)
    with pytest.raises(SettingError, match="trouble: TakeZoneOut: instant 1000000000 has passed"):
        sim.trouble.take_zone_out(ZONE, at="1s")
    with pytest.raises(DurationError, match="'soon' is not a duration"):
        sim.trouble.take_zone_out(ZONE, lasting="soon")
    assert sim.trouble.thrown == []
    assert code(sim.ask()) == "ok"


def test_fields_are_held_against_each_other_by_hand_as_well() -> None:
    with pytest.raises(SettingError):
        OccupyAddresses(vswitch_id="vsw-a")
    with pytest.raises(SettingError):
        SetQuota(quota="eni", limit=1)
