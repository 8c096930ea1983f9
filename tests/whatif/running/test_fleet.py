"""The fleet: modes, pools, nodes that come and go, and what its agent does when things are refused or take time."""

from pathlib import Path
from typing import Any

import pytest

from cloudsim.errors.own import ExperimentError
from cloudsim.errors.service import InternalError
from cloudsim.simulation.faults import Match
from cloudsim.whatif.experiment.spec import Experiment
from cloudsim.whatif.running.fleet.builtin import BuiltIn
from cloudsim.whatif.running.fleet.limits import MINUTE, Limits
from cloudsim.whatif.running.replication import Replication
from tests.whatif.running.fleets import ZONES, a_fleet, calls, pods, run


def test_a_pod_takes_an_idle_address_then_a_free_slot_then_a_new_eni(tmp_path: Path) -> None:
    figures = run(a_fleet(pods(tmp_path, *[(second, 50) for second in range(1, 5)]), {}))
    assert calls(figures) == {"Create": 2, "Attach": 2, "Assign": 2, "Detach": 2, "Delete": 2, "Unassign": 1}
    # The third pod is the last of its ENI: its address goes with that.
    assert (figures["peak_enis"], figures["peak_addresses"], figures["peak_nodes"]) == (2, 4, 1)


def test_a_full_node_gets_a_neighbour_and_stays(tmp_path: Path) -> None:
    figures = run(a_fleet(pods(tmp_path, *[(1, 9)] * 7), {}))
    assert (figures["peak_nodes"], figures["peak_enis"], figures["accepted"]) == (2, 3, 7)
    assert figures["peak_nodes@ecs.small"] == figures[f"peak_nodes@{ZONES[0]}"] == 2


def test_an_eni_that_is_kept_keeps_its_primary_address_only(tmp_path: Path) -> None:
    figures = run(a_fleet(pods(tmp_path, (1, 5), (2, 6), (10, 20)), {"release_eni": "keep"}))
    assert calls(figures) == {"Create": 1, "Attach": 1, "Assign": 1, "Unassign": 1}
    assert figures["peak_idle_addresses"] == 1
    assert figures["mean_idle_addresses"] == pytest.approx((1 + 4) / 20)  # from 5 to 6 the primary one, from 6 to 10


def test_each_pod_has_an_eni_of_its_own_in_the_exclusive_mode(tmp_path: Path) -> None:
    figures = run(a_fleet(pods(tmp_path, (1, 5), (2, 6), (3, 9)), {"mode": "exclusive-eni", "nodes": 1}))
    assert calls(figures) == {"Create": 2, "Attach": 2, "Detach": 2, "Delete": 2}
    assert figures["rejected.NoNode"] == 1


def test_members_of_a_trunk_carry_a_pod_each(tmp_path: Path) -> None:
    experiment = a_fleet(pods(tmp_path, *[(1, 9)] * 5), {"mode": "trunk", "nodes": 1}, profile="current")
    figures = run(experiment)
    assert calls(figures) == {"Create": 5, "Attach": 5, "Detach": 4, "Delete": 4}
    assert (figures["accepted"], figures["rejected.NoNode"], figures["peak_enis"]) == (4, 1, 5)
    assert figures["peak_idle_addresses"] == 1, "the trunk's own address is no pod's"


def test_a_prefix_carries_sixteen_pods(tmp_path: Path) -> None:
    experiment = a_fleet(pods(tmp_path, *[(1, 9)] * 17), {"mode": "prefix"}, profile="current")
    figures = run(experiment)
    assert calls(figures) == {"Create": 1, "Attach": 1, "Assign": 1, "Unassign": 1, "Detach": 1, "Delete": 1}
    assert (figures["peak_addresses"], figures["peak_idle_addresses"], figures["peak_enis"]) == (33, 16, 1)
    # The first block is empty as its sixteenth pod leaves, and is given back; the seventeenth takes the ENI with it.


def test_a_new_node_warms_up_and_its_pods_find_addresses(tmp_path: Path) -> None:
    fleet = {"pool": {"warm_up": 5, "max": 6}, "nodes": 1, "release_eni": "keep"}
    figures = run(a_fleet(pods(tmp_path, *[(1, 9)] * 5), fleet))
    assert calls(figures) == {"Create": 2, "Attach": 2}, "an ENI is made with its addresses"
    assert (figures["peak_idle_addresses"], figures["peak_addresses"]) == (5, 5)


def test_a_pool_is_kept_between_its_minimum_and_its_maximum(tmp_path: Path) -> None:
    fleet = {"pool": {"min": 1, "max": 2}, "nodes": 1, "release_eni": "keep"}
    figures = run(a_fleet(pods(tmp_path, (1, 9), (2, 9), (3, 9), (20, None)), fleet))
    assert figures["peak_addresses"] == 4
    assert figures["peak_idle_addresses"] == 2
    assert calls(figures) == {"Create": 2, "Attach": 2, "Assign": 2, "Unassign": 2}


def test_an_eni_stays_when_its_last_pod_leaves_if_the_minimum_needs_its_addresses(tmp_path: Path) -> None:
    fleet = {"pool": {"min": 1, "max": 1}, "nodes": 1}
    figures = run(a_fleet(pods(tmp_path, (1, 5), (10, 15)), fleet))
    assert "Delete" not in calls(figures)


def test_idle_addresses_are_reclaimed_after_a_while(tmp_path: Path) -> None:
    pool = {"warm_up": 3, "max": 3, "idle_reclaim_after": "10s", "idle_reclaim_every": "5s", "idle_reclaim_batch": 1}
    figures = run(a_fleet(pods(tmp_path, (1, None)), {"pool": pool, "nodes": 1}, horizon="60s"))
    assert calls(figures) == {"Create": 1, "Attach": 1, "Unassign": 2}
    assert figures["mean_addresses"] == pytest.approx((3 * 10 + 2 * 5 + 1 * 45) / 60)


def test_a_fixed_number_of_nodes_is_dealt_to_the_zones_and_more_pods_find_none(tmp_path: Path) -> None:
    workload = pods(tmp_path, *[(1, 9)] * 20, vswitch=["vsw-a", "vsw-b"], zone="row % 2")
    figures = run(a_fleet(workload, {"nodes": 3}))
    assert (figures[f"peak_nodes@{ZONES[0]}"], figures[f"peak_nodes@{ZONES[1]}"]) == (2, 1)
    assert (figures[f"rejected.NoNode@{ZONES[1]}"], figures["rejected"]) == (4, 4)


def test_pods_without_a_zone_fill_the_lowest_nodes_of_all_zones(tmp_path: Path) -> None:
    figures = run(a_fleet(pods(tmp_path, *[(1, 9)] * 13, vswitch=["vsw-a", "vsw-b"]), {}))
    assert (figures["accepted"], figures["peak_nodes"]) == (13, 3)


def test_an_autoscaler_boots_nodes_up_to_its_maximum_and_lets_idle_ones_go(tmp_path: Path) -> None:
    nodes = {"min": 0, "max": 2, "boot": "10s", "scale_down_after": "30s"}
    experiment = a_fleet(pods(tmp_path, *[(1, 100)] * 13), {"nodes": nodes, "release_eni": "keep"}, horizon="200s")
    figures = run(experiment)
    assert (figures["accepted"], figures["rejected.NoNode"], figures["peak_nodes"]) == (12, 1, 2)
    # Pods live from 11 to 110, nodes from 11 to 140, when their kept ENIs are taken off.
    assert figures["mean_nodes"] == pytest.approx(2 * 129 / 200)
    assert figures["mean_holders"] == pytest.approx(12 * 99 / 200)
    assert calls(figures)["Delete"] == calls(figures)["Create"] == 4


def test_an_autoscaler_has_its_minimum_from_the_beginning_on(tmp_path: Path) -> None:
    nodes = {"min": 2, "scale_down_after": "1s"}
    figures = run(a_fleet(pods(tmp_path, (5, 6)), {"nodes": nodes}, horizon="100s"))
    assert figures["mean_nodes"] == 2


def test_a_refused_call_refuses_the_pod_and_no_other_eni_is_tried(tmp_path: Path) -> None:
    vswitches = [{"id": "vsw-a", "zone": ZONES[0], "cidr": "10.0.0.0/29", "used": 3}]
    figures = run(a_fleet(pods(tmp_path, (1, 9), (2, 9), (20, 30)), {}, vswitches=vswitches))
    assert figures["rejected.InvalidVSwitchId.IpNotEnough@vsw-a"] == 1
    assert calls(figures) == {"Create": 2, "Attach": 2, "Assign": 1, "Detach": 2, "Delete": 2}


def test_another_vswitch_is_tried_after_an_ip_not_enough_and_the_full_one_left_alone(tmp_path: Path) -> None:
    vswitches = [
        {"id": "vsw-a", "zone": ZONES[0], "cidr": "10.0.0.0/29", "used": 4},
        {"id": "vsw-c", "zone": ZONES[0], "cidr": "10.0.2.0/24"},
    ]
    rows = [(1, 90), (2, 90), (70, 90)]
    workload = pods(tmp_path, *rows, vswitch=["vsw-a", "vsw-c"])
    fleet = {"mode": "exclusive-eni", "vswitch_block": "1m"}
    figures = run(a_fleet(workload, fleet, vswitches=vswitches))
    assert (figures["accepted"], calls(figures)["Create"]) == (3, 5), "asked at 1 and 70, left alone at 2"
    figures = run(a_fleet(pods(tmp_path, *rows), fleet, vswitches=vswitches))
    assert figures["rejected.NoNode@vsw-a"] == 1, "without any call"
    assert figures["rejected.InvalidVSwitchId.IpNotEnough"] == 2


def test_the_vswitch_with_most_free_addresses_is_asked_for_and_its_count_kept(tmp_path: Path) -> None:
    rows = [(1, 90), (2, 90), (70, 90)]
    workload = pods(tmp_path, *rows, vswitch=["vsw-a", "vsw-c"], choice="most-free")
    figures = run(a_fleet(workload, {"mode": "exclusive-eni"}))
    assert calls(figures)["DescribeVSwitches"] == 6
    assert (figures["accepted@vsw-a"], figures["accepted@vsw-c"]) == (2, 1)
    figures = run(a_fleet(workload, {"mode": "exclusive-eni", "vswitch_cache": "1m"}))
    # Two ENIs go by what was asked first; the third is on a second node, which asks for itself.
    assert (figures["accepted@vsw-a"], calls(figures)["DescribeVSwitches"]) == (2, 4)
    assert figures["peak_addresses@vsw-a"] == 2


def test_a_random_choice_is_keyed_by_the_pod(tmp_path: Path) -> None:
    workload = pods(tmp_path, *[(1, 9)] * 40, vswitch=["vsw-a", "vsw-c"], choice="random")
    figures = run(a_fleet(workload, {"mode": "exclusive-eni"}))
    assert figures == run(a_fleet(workload, {"mode": "exclusive-eni"}))
    assert 10 < figures["accepted@vsw-a"] < 30


def test_nodes_take_addresses_of_their_vswitch_where_one_is_said(tmp_path: Path) -> None:
    vswitches = [
        {"id": "vsw-a", "zone": ZONES[0], "cidr": "10.0.0.0/24"},
        {"id": "vsw-c", "zone": ZONES[0], "cidr": "10.0.2.0/29", "used": 2},
    ]
    workload = pods(tmp_path, *[(1, 9)] * 20)
    figures = run(a_fleet(workload, {"node_vswitch": "vsw-c"}, vswitches=vswitches))
    assert (figures["peak_nodes"], figures["rejected.NoNode"]) == (2, 8), "no third node has an address"
    figures = run(a_fleet(workload, {"node_vswitch": {ZONES[0]: "vsw-a"}}, vswitches=vswitches))
    assert (figures["peak_addresses"], figures["peak_enis"]) == (20 + 4, 7), "nodes' own ENIs are not secondary ones"
    with pytest.raises(ExperimentError, match="no place for all nodes"):
        run(a_fleet(workload, {"node_vswitch": "vsw-c", "nodes": 3}, vswitches=vswitches))


def test_limits_of_the_vpc_are_not_used_up_by_nodes_outside(tmp_path: Path) -> None:
    figures = run(a_fleet(pods(tmp_path, *[(1, 9)] * 9), {}, vpc={"private_addresses": 8}))
    assert (figures["accepted"], figures["peak_nodes"]) == (8, 2)


def test_a_node_that_the_vcpu_quota_has_no_place_for_does_not_come(tmp_path: Path) -> None:
    figures = run(a_fleet(pods(tmp_path, *[(1, 9)] * 9), {}, account={"vcpu_quota": 3}))
    assert (figures["accepted"], figures["rejected.NoNode"]) == (6, 3)


def test_with_latency_the_calls_of_a_node_follow_each_other(tmp_path: Path) -> None:
    latency = {"there": "0s", "commit": "1s", "respond": "0s", "finish": "3s"}
    experiment = a_fleet(pods(tmp_path, (1, 100), (1, 100), (2, 100)), {"attach_latency": "2s"}, latency=latency)
    replication = Replication(experiment, 1)
    figures = replication.run().figures
    assert (figures["accepted"], figures["peak_addresses"]) == (3, 3)
    # Create 1 s, attach 1 s and 3 s until InUse (looked for ten times a second), 2 s more: 8 s; then 1 s an address.
    assert figures["mean_holders"] == pytest.approx((98 - 6 + 92 - 1 + 91 - 1) / 100, abs=0.1)


def with_a_refusal(experiment: Experiment, action: str, **match: Any) -> dict[str, Any]:
    """Run it with a call of an action refused."""
    replication = Replication(experiment, 1)
    replication.simulation.faults.refuse(InternalError(), match=Match(action=action, **match))
    figures = replication.run().figures
    assert not replication.simulation.audit()
    return dict(figures)


def test_an_eni_that_cannot_be_attached_is_deleted_again(tmp_path: Path) -> None:
    figures = with_a_refusal(a_fleet(pods(tmp_path, (1, 9), (20, 30)), {}), "AttachNetworkInterface")
    assert (figures["rejected.InternalError@vsw-a"], figures["accepted"]) == (1, 1)
    assert calls(figures) == {"Create": 2, "Attach": 2, "Delete": 2, "Detach": 1}


@pytest.mark.parametrize("action", ["DetachNetworkInterface", "DeleteNetworkInterface"])
def test_an_eni_that_stays_since_a_call_was_refused_goes_with_the_next_pod(tmp_path: Path, action: str) -> None:
    experiment = a_fleet(pods(tmp_path, (1, 9), (20, 30)), {})
    figures = with_a_refusal(experiment, action)
    assert (figures["accepted"], figures["mean_enis"] > 20 / 30) == (2, True)
    is_detach = action.startswith("Detach")
    # One that was not taken off is used again; one that is off is deleted together with the next one.
    assert calls(figures)["Create"] == (1 if is_detach else 2)
    assert calls(figures)["Delete"] == (1 if is_detach else 3)


def test_an_address_that_cannot_be_given_back_is_idle_until_a_pod_leaves_again(tmp_path: Path) -> None:
    experiment = a_fleet(pods(tmp_path, (1, 90), (2, 90), (3, 10), (4, 20)), {})
    figures = with_a_refusal(experiment, "UnassignPrivateIpAddresses")
    assert figures["peak_idle_addresses"] == 1
    figures = with_a_refusal(a_fleet(pods(tmp_path, (1, 90), (3, 10), (20, 30)), {}), "UnassignPrivateIpAddresses")
    assert calls(figures) == {"Create": 1, "Attach": 1, "Assign": 1, "Unassign": 2, "Detach": 1, "Delete": 1}


def test_a_pool_that_cannot_be_filled_leaves_the_refusal_to_the_pods(tmp_path: Path) -> None:
    experiment = a_fleet(pods(tmp_path, (1, 90)), {"pool": {"warm_up": 4, "max": 4}, "nodes": 1})
    figures = with_a_refusal(experiment, "CreateNetworkInterface")
    assert (figures["accepted"], figures["peak_addresses"]) == (1, 1)


def test_without_a_count_the_agent_goes_by_what_it_knew(tmp_path: Path) -> None:
    workload = pods(tmp_path, (1, 90), vswitch=["vsw-a", "vsw-c"], choice="most-free")
    figures = with_a_refusal(a_fleet(workload, {}), "DescribeVSwitches")
    assert figures["accepted@vsw-c"] == 1


def test_a_trunk_that_cannot_be_made_refuses_the_pod(tmp_path: Path) -> None:
    experiment = a_fleet(pods(tmp_path, (1, 90), (2, 90)), {"mode": "trunk"}, profile="current")
    figures = with_a_refusal(experiment, "CreateNetworkInterface")
    assert (figures["rejected.InternalError"], figures["accepted"], figures["peak_enis"]) == (1, 1, 2)


def test_a_node_with_a_trunk_goes_with_it(tmp_path: Path) -> None:
    nodes = {"scale_down_after": "5s"}
    figures = run(a_fleet(pods(tmp_path, (1, 9)), {"mode": "trunk", "nodes": nodes}, profile="current", horizon="60s"))
    assert calls(figures) == {"Create": 2, "Attach": 2, "Detach": 2, "Delete": 2}
    assert figures["mean_nodes"] == pytest.approx(13 / 60)


def test_a_node_whose_eni_stays_does_not_go(tmp_path: Path) -> None:
    experiment = a_fleet(pods(tmp_path, (1, 9)), {"nodes": {"scale_down_after": "5s"}}, horizon="60s")
    figures = with_a_refusal(experiment, "DetachNetworkInterface", times=None)
    assert figures["mean_nodes"] == pytest.approx(59 / 60)


def test_pods_that_wait_for_a_node_that_never_comes_are_refused(tmp_path: Path) -> None:
    experiment = a_fleet(pods(tmp_path, *[(1, 90)] * 8), {"nodes": {"boot": "9s"}}, account={"vcpu_quota": 3})
    figures = run(experiment)
    assert (figures["accepted"], figures["rejected.NoNode"], figures["peak_nodes"]) == (6, 2, 1)


def test_client_limits_space_the_calls_of_a_node(tmp_path: Path) -> None:
    fleet = {"mode": "exclusive-eni", "rate_limits": {"CreateNetworkInterface": 1, "*": 100}}
    figures = run(a_fleet(pods(tmp_path, (1, 200), (1, 200)), fleet, horizon="200s"))
    assert figures["mean_holders"] == pytest.approx((199 + 139) / 200), "the second create goes a minute later"


def test_a_bucket_lets_a_minute_of_calls_through_at_once_and_then_one_at_a_time() -> None:
    limits = Limits({"A": 3, "*": 1})
    assert [limits.wait_ns("A", 0) for _ in range(5)] == [0, 0, 0, MINUTE // 3, 2 * MINUTE // 3]
    assert (limits.wait_ns("B", 0), limits.wait_ns("C", 0)) == (0, MINUTE)
    assert limits.wait_ns("A", 10 * MINUTE) == 0
    assert Limits({}).wait_ns("A", 0) == 0


def test_a_pending_pod_asks_until_it_is_placed(tmp_path: Path) -> None:
    rows = [(1, 100), *[(2, None)] * 6]
    workload = pods(tmp_path, *rows, retry="until-placed", retry_every="10s")
    figures = run(a_fleet(workload, {"nodes": 1}, horizon="200s"))
    assert (figures["accepted"], figures["pending"]) == (7, 0)
    figures = run(a_fleet({**workload, "retry": {"attempts": 3, "backoff": "1s"}}, {"nodes": 1}, horizon="200s"))
    assert figures["rejected.NoNode"] == 1
    figures = run(a_fleet(workload, {"nodes": 1}, horizon="90s"))
    assert figures["pending"] == 1


class Spread(BuiltIn):
    """An agent that never shares an ENI."""

    def has_room(self, pod: Any) -> bool:  # noqa: ARG002  as the protocol has it
        return len(self._enis.held) < self._desk.sizes.enis

    def place(self, pod: Any, done: Any) -> None:
        self._make(pod.wants, pod.key, done)


def test_a_users_own_agent_takes_the_place_of_the_built_in_one(tmp_path: Path) -> None:
    workload = pods(tmp_path, *[(1, 9)] * 4)
    figures = run(a_fleet(workload, {"agent": "tests.whatif.running.test_fleet:Spread"}))
    assert (figures["peak_enis"], figures["peak_nodes"]) == (4, 2)
    for said in ("tests.whatif.running.test_fleet:Missing", "tests.nothing:Agent", "tests.whatif.running.fleets:ZONES"):
        with pytest.raises(ExperimentError, match=r"fleet\.agent"):
            run(a_fleet(workload, {"agent": said}))


def test_two_workloads_share_nodes_and_not_the_vswitches_that_only_one_has(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    first.mkdir()
    second.mkdir()
    one = pods(first, (1, 50), (2, 50), name="one")
    two = pods(second, (3, 50), name="two", vswitch=["vsw-c"])
    figures = run(a_fleet([one, two], {}))
    assert (figures["peak_nodes"], figures["accepted@vsw-a"], figures["accepted@vsw-c"]) == (1, 2, 1)


def test_nodes_that_come_and_go_in_a_vswitch_of_pods_are_no_secondary_enis(tmp_path: Path) -> None:
    fleet = {"node_vswitch": "vsw-a", "security_group": "sg-main", "nodes": {"scale_down_after": "5s"}}
    figures = run(a_fleet(pods(tmp_path, *[(1, 9)] * 7, (40, 50)), fleet, horizon="80s"))
    assert (figures["peak_enis"], figures["peak_addresses"], figures["peak_nodes"]) == (3, 9, 2)
    assert figures["mean_enis"] == pytest.approx((3 * 8 + 10) / 80)


def test_primary_enis_take_the_quota_where_the_profile_counts_them(tmp_path: Path) -> None:
    limits = {"primary_enis_count": True}
    experiment = a_fleet(pods(tmp_path, *[(1, 9)] * 7), {}, limits=limits, account={"eni_quota": 3})
    figures = run(experiment)
    assert (figures["accepted"], figures["rejected.NoNode"], figures["peak_nodes"]) == (6, 1, 1)


def test_an_eni_in_a_vswitch_that_is_left_alone_is_asked_for_no_address(tmp_path: Path) -> None:
    vswitches = [{"id": "vsw-a", "zone": ZONES[0], "cidr": "10.0.0.0/29", "used": 3}]
    workload = pods(tmp_path, (1, 90), (2, 90), (3, 90), (80, 90))
    figures = run(a_fleet(workload, {"vswitch_block": "1m"}, vswitches=vswitches))
    assert calls(figures)["Assign"] == 2
    assert (figures["rejected.NoNode@vsw-a"], figures["rejected.InvalidVSwitchId.IpNotEnough"]) == (1, 2)


def test_a_pod_whose_vswitch_no_eni_of_its_node_can_be_in_is_refused(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    first.mkdir()
    second.mkdir()
    both = [pods(first, (1, 50), name="one"), pods(second, (1, 50), name="two", vswitch=["vsw-c"])]
    figures = run(a_fleet(both, {"instance_type": "ecs.tiny"}, latency={"commit": "1s"}))
    # Both are sent to the one node before it has its only ENI.
    assert (figures["accepted@one"], figures["rejected.NoNode@two"]) == (1, 1)
    figures = run(a_fleet(both, {"instance_type": "ecs.tiny"}))
    assert (figures["accepted"], figures["peak_nodes"]) == (2, 2)


def test_a_pool_that_grows_again_is_reclaimed_later(tmp_path: Path) -> None:
    pool = {"warm_up": 3, "max": 3, "idle_reclaim_after": "10s", "idle_reclaim_every": "5s", "idle_reclaim_batch": 9}
    figures = run(a_fleet(pods(tmp_path, (1, None), (2, 8)), {"pool": pool, "nodes": 1}, horizon="60s"))
    assert figures["mean_addresses"] == pytest.approx((3 * 18 + 42) / 60), "eight seconds later"


def test_pods_that_are_there_at_the_beginning_hold_addresses_that_no_counted_call_took(tmp_path: Path) -> None:
    workload = pods(tmp_path, (None, 50), (None, None), (10, 20), blank_start="begin")
    figures = run(a_fleet(workload, {}))
    assert (figures["offered"], figures["accepted"], figures["peak_holders"], figures["peak_nodes"]) == (1, 1, 3, 1)
    assert calls(figures) == {"Assign": 1, "Unassign": 1}
    assert figures["mean_addresses"] == pytest.approx((2 * 50 + 10) / 50)


def test_a_run_is_the_same_each_time(tmp_path: Path) -> None:
    experiment = a_fleet(
        pods(tmp_path, *[(second, second + 30) for second in range(40)], vswitch=["vsw-a", "vsw-b"], zone="row % 2"),
        {"pool": {"min": 1, "max": 2}},
        latency="default",
    )
    first, second = (Replication(experiment, 7, with_digest=True).run() for _ in range(2))
    assert (first.digest, first.result_digest) == (second.digest, second.result_digest)
    assert first.figures["accepted"] == 40
