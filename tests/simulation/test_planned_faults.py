"""Faults of asynchronous changes, of tokens, and refusals that are told by another code."""

from typing import Any

import pytest

from cloudsim.api.requests import (
    AttachNetworkInterface,
    DescribeNetworkInterfaces,
    DetachNetworkInterface,
    RunInstances,
)
from cloudsim.errors.addresses import InvalidIpAddress, InvalidPrivateIpAddressDuplicated
from cloudsim.errors.own import SettingError
from cloudsim.operations.operation import Phase
from cloudsim.simulation.faults import Match
from cloudsim.simulation.latency import DEFAULT, LatencyProfile, latency
from cloudsim.simulation.world.builder import World
from cloudsim.values.duration import SECOND
from tests.small_world import REGION, Watched, a_delete, code, small


def with_instance(**world: Any) -> World:
    return small(**world).instance("i-1", type="ecs.g7.large", vswitch="vsw-a", security_groups=["sg-main"])


def attach(eni: str) -> AttachNetworkInterface:
    return AttachNetworkInterface(region_id=REGION, network_interface_id=eni, instance_id="i-1")


def detach(eni: str) -> DetachNetworkInterface:
    return DetachNetworkInterface(region_id=REGION, network_interface_id=eni, instance_id="i-1")


# -- what is asynchronous


def test_a_hung_detach_stays_detaching_until_it_is_repeated() -> None:
    sim = Watched(with_instance())
    eni = sim.make().network_interface_id
    assert code(sim.ask(attach(eni))) == "ok"
    match = sim.faults.hang_detach()
    assert code(sim.ask(detach(eni))) == "ok"
    assert sim.shown(eni).status == "Detaching"
    assert code(sim.ask(detach(eni))) == "ok"
    assert (sim.shown(eni).status, match.struck, match.fired) == ("Available", 1, 1)


def test_a_hung_attach_stays_attaching() -> None:
    sim = Watched(with_instance())
    eni = sim.make().network_interface_id
    sim.faults.hang_attach()
    assert code(sim.ask(attach(eni))) == "ok"
    assert (sim.shown(eni).status, sim.close()) == ("Attaching", [])


def test_a_failed_attach_is_available_again_with_its_slot_free_and_nobody_is_told() -> None:
    sim = Watched(with_instance())
    eni = sim.make().network_interface_id
    sim.faults.fail_attach()
    assert code(sim.ask(attach(eni))) == "ok"
    assert sim.shown(eni).status == "Available"
    assert code(sim.ask(attach(eni))) == "ok"
    assert (sim.shown(eni).status, sim.close()) == ("InUse", [])


def test_a_hung_delete_stays_deleting_until_it_is_repeated() -> None:
    sim = Watched(small(profile="current"))
    eni = sim.make().network_interface_id
    sim.faults.hang_delete()
    assert code(sim.ask(a_delete(eni))) == "ok"
    assert sim.shown(eni).status == "Deleting"
    assert code(sim.ask(a_delete(eni))) == "ok"
    assert sim.enis == []


def test_what_hangs_strikes_only_its_action_and_a_match_for_another_is_refused() -> None:
    sim = Watched(with_instance())
    match = sim.faults.hang_detach(Match(caller="alice", times=None))
    assert match.action == "DetachNetworkInterface"
    eni = sim.make().network_interface_id
    assert code(sim.ask(attach(eni))) == "ok"
    assert (sim.shown(eni).status, match.seen) == ("InUse", 0)
    with pytest.raises(SettingError, match="strikes DetachNetworkInterface, and the match is for RunInstances"):
        sim.faults.hang_detach(Match(action="RunInstances"))
    with pytest.raises(SettingError, match="takes Match, not 'alice'"):
        sim.faults.hang_detach("alice")  # type: ignore[arg-type]


def test_an_operation_that_finishes_in_several_steps_is_delayed_once_and_its_fault_counts_once() -> None:
    """It was delayed, and counted, at each of them."""
    run = RunInstances(
        region_id=REGION, image_id="m-1", instance_type="ecs.g7.large", vswitch_id="vsw-a", security_group_id="sg-main"
    )
    sim = Watched(latency=latency(finish="1s"))
    began = sim.ask(run)
    steps = sim.now_ns // SECOND
    assert (code(began), steps > 1) == ("ok", True)
    slow = Watched(latency=latency(finish="1s"))
    match = slow.faults.delay(Phase.FINISH, "10s")
    slow.ask(run)
    assert (slow.now_ns // SECOND, match.fired) == (steps + 10, 1)


def test_what_hangs_in_general_strikes_any_action_that_finishes_later() -> None:
    sim = Watched()
    match = sim.faults.hang(Match(times=None))
    assert code(sim.ask()) == "ok"
    assert (match.struck, match.fired) == (1, 0)


# -- tokens


def test_a_burnt_token_is_refused_for_ever_after() -> None:
    sim = Watched()
    sim.faults.burn_token()
    assert code(sim.ask(client_token="t-1")) == "was abandoned at COMMIT"
    assert [code(sim.ask(client_token="t-1")) for _ in range(2)] == ["IdempotentFailed"] * 2
    assert (sim.enis, sim.held) == ([], {})


# -- aliases


def full(**changes: Any) -> Watched:
    """A vSwitch of four addresses, of which one is free."""
    sim = Watched(small(mask=29), **changes)
    sim.make(secondary_private_ip_address_count=2)
    return sim


def test_a_shortage_is_told_by_its_alias() -> None:
    sim = full()
    sim.faults.alias(match=Match(times=2))
    found = [sim.ask(secondary_private_ip_address_count=1).error for _ in range(3)]
    assert [(one.code, one.http_status) for one in found if one is not None] == [
        ("QuotaExceeded.PrivateIpAddress", 400),
        ("QuotaExceeded.PrivateIpAddress", 400),
        ("InvalidVSwitchId.IpNotEnough", 403),
    ]
    assert found[0] is not None
    assert "vsw-a has 1 free, asked for 2" in found[0].message


def test_an_alias_counts_only_refusals_of_its_code() -> None:
    sim = full()
    match = sim.faults.alias()
    assert code(sim.ask(security_group_id="sg-x")) == "InvalidSecurityGroupId.NotFound"
    assert code(sim.ask()) == "ok"
    assert (match.seen, match.struck) == (0, 0)
    assert code(sim.ask()) == "QuotaExceeded.PrivateIpAddress"
    assert (match.seen, match.struck, match.fired) == (1, 1, 1)
    assert sim.calls["CreateNetworkInterface"]["QuotaExceeded.PrivateIpAddress"] == 1


def test_an_alias_by_chance_is_the_same_under_the_same_seed() -> None:
    def told(seed: int) -> list[str]:
        sim = full(seed=seed, watch=False)
        sim.faults.alias(match=Match(per_mille=500, times=None))
        return [code(sim.ask(secondary_private_ip_address_count=1)) for _ in range(20)]

    assert told(1) == told(1)
    assert len(set(told(1))) == 2


def test_a_token_remembers_the_true_refusal() -> None:
    sim = full()
    sim.faults.alias()
    asked: dict[str, Any] = {"client_token": "t-1", "secondary_private_ip_address_count": 1}
    assert [code(sim.ask(**asked)) for _ in range(2)] == [
        "QuotaExceeded.PrivateIpAddress",
        "InvalidVSwitchId.IpNotEnough",
    ]


def test_an_alias_that_cannot_be_is_refused() -> None:
    faults = Watched().faults
    with pytest.raises(SettingError, match=r"no code 'InvalidVSwitchId.IpNotEnouh'; did you mean"):
        faults.alias("InvalidVSwitchId.IpNotEnouh")
    with pytest.raises(SettingError, match=r"cannot be told as InvalidIp.Address, which also says: address, reason"):
        faults.alias(told_as=InvalidIpAddress)
    with pytest.raises(SettingError, match="takes Match, not 'alice'"):
        faults.alias(match="alice")  # type: ignore[arg-type]
    faults.alias(told_as=InvalidPrivateIpAddressDuplicated)


# -- times of their own


def test_an_action_may_take_its_own_time_to_finish() -> None:
    times = latency(finish="1s", actions={"DetachNetworkInterface": {"finish": "8s"}})
    sim = Watched(with_instance(), latency=times)
    eni = sim.make().network_interface_id
    sim.ask(attach(eni))
    assert sim.now_ns == SECOND
    sim.ask(detach(eni))
    assert sim.now_ns == 9 * SECOND


def test_a_profile_of_nothing_but_an_action_s_time_is_not_none() -> None:
    assert not latency(actions={"DetachNetworkInterface": {"finish": "8s"}}).is_none
    assert latency().is_none


def test_times_of_no_action_and_of_no_phase_are_refused() -> None:
    with pytest.raises(SettingError, match="no action 'Detach'"):
        latency(actions={"Detach": {"finish": "1s"}})
    with pytest.raises(SettingError, match="no phase 'finsh'; did you mean 'finish'"):
        latency(actions={"DetachNetworkInterface": {"finsh": "1s"}})
    with pytest.raises(SettingError, match="no phase 'strike'"):
        latency(strike="1s")


@pytest.mark.parametrize("profile", [DEFAULT])
def test_attaching_takes_2_to_8_seconds_by_default(profile: LatencyProfile) -> None:
    took = []
    for seed in range(10):
        sim = Watched(with_instance(), latency=profile, seed=seed, watch=False)
        reply = sim.ask(attach(sim.make().network_interface_id))
        assert reply.settled_ns is not None
        took.append(sim.now_ns - reply.settled_ns)
    assert all(2 * SECOND <= one <= 8 * SECOND for one in took)
    assert len(set(took)) == 10


def test_describing_is_not_touched_by_any_of_it() -> None:
    sim = Watched()
    sim.faults.hang_detach()
    assert code(sim.ask(DescribeNetworkInterfaces(region_id=REGION))) == "ok"
