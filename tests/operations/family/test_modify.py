"""ModifyNetworkInterfaceAttribute: what changes, what stays, and groups that are exchanged."""

from typing import Any

import pytest

from cloudsim.api.requests import ConnectionTracking, EnhancedNetwork, TrafficConfig
from cloudsim.resources.interface import EniExtras
from tests.operations.family.cases_interfaces import attach, current, detach, hosted, modify, show
from tests.operations.family.cases_modify import crowded, grouped
from tests.small_world import Watched, code, small


def group(sim: Watched, name: str) -> tuple[int, int]:
    """Places used and members of a group."""
    found = next(one for one in sim.cloud.security_groups.values() if one.id == name)
    return found.places.used, found.members


def extras(sim: Watched, eni: str = "eni-1") -> EniExtras:
    return next(one for one in sim.enis if one.id == eni).extras or EniExtras()


def test_what_is_given_changes_and_the_rest_stays() -> None:
    sim = Watched(hosted(name="old-name", description="old text", queue_number=2))
    assert code(sim.ask(modify(network_interface_name="new-name"))) == "ok"
    shown = sim.shown("eni-1")
    assert (shown.network_interface_name, shown.description, shown.queue_number) == ("new-name", "old text", 2)
    assert code(sim.ask(modify(description="new text", queue_number=3))) == "ok"
    shown = sim.shown("eni-1")
    assert (shown.network_interface_name, shown.description, shown.queue_number) == ("new-name", "new text", 3)


def test_a_modification_of_nothing_is_answered_and_changes_nothing() -> None:
    sim = Watched(hosted(name="a-name"))
    before = sim.shown("eni-1")
    assert code(sim.ask(modify(network_interface_name="", description=""))) == "ok"
    assert sim.shown("eni-1") == before


def test_an_eni_is_found_by_its_new_name_only() -> None:
    sim = Watched(hosted(name="old-name"))
    assert sim.describe(network_interface_name="old-name").total_count == 1
    sim.ask(modify(network_interface_name="new-name"))
    assert [sim.describe(network_interface_name=name).total_count for name in ("old-name", "new-name")] == [0, 1]


def test_a_primary_eni_changes_its_name_and_its_description() -> None:
    sim = Watched(hosted())
    (instance,) = sim.cloud.instances.values()
    eni = instance.primary.id
    assert code(sim.ask(modify(eni, network_interface_name="eth0", description="the first"))) == "ok"
    assert (sim.shown(eni).network_interface_name, sim.shown(eni).description) == ("eth0", "the first")


@pytest.mark.parametrize(
    "asked",
    [
        {"delete_on_release": False},
        {"source_dest_check": True},
        {"rx_queue_size": 8192, "tx_queue_size": 8192},
        {"connection_tracking_configuration": ConnectionTracking(udp_timeout=10)},
        {"enhanced_network": EnhancedNetwork(enable_rss=True)},
        {"network_interface_traffic_config": TrafficConfig(network_interface_traffic_mode="HighPerformance")},
    ],
)
def test_nothing_else_of_a_primary_eni_changes(asked: dict[str, Any]) -> None:
    sim = Watched(current())
    (instance,) = sim.cloud.instances.values()
    reply = sim.ask(modify(instance.primary.id, **asked))
    assert code(reply) == "InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc"


# -- groups


def test_groups_take_the_place_of_all_that_the_eni_was_in() -> None:
    sim = Watched(grouped().security_group("sg-new", capacity=2))
    assert (group(sim, "sg-main"), group(sim, "sg-new")) == ((2, 1), (0, 0))
    assert code(sim.ask(modify(security_group_ids=("sg-new",)))) == "ok"
    assert (group(sim, "sg-main"), group(sim, "sg-new")) == ((0, 0), (2, 1))
    assert sim.shown("eni-1").security_group_ids == ("sg-new",)
    assert [sim.describe(security_group_id=name).total_count for name in ("sg-main", "sg-new")] == [0, 1]


def test_a_group_that_stays_needs_no_second_place() -> None:
    world = small().security_group("sg-two", capacity=2).eni("eni-1", security_groups=["sg-two"], secondary_count=1)
    sim = Watched(world)
    assert code(sim.ask(modify(security_group_ids=("sg-main", "sg-two")))) == "ok"
    assert (group(sim, "sg-main"), group(sim, "sg-two")) == ((2, 1), (2, 1))


def test_a_refused_exchange_of_groups_leaves_all_places_as_they_were() -> None:
    sim = Watched(grouped().security_group("sg-new"))
    before = [group(sim, name) for name in ("sg-main", "sg-new", "sg-full")]
    assert code(sim.ask(modify(security_group_ids=("sg-new", "sg-full")))) == "SecurityGroupInstanceLimitExceed"
    assert [group(sim, name) for name in ("sg-main", "sg-new", "sg-full")] == before
    assert sim.held == {}


def test_a_refused_exchange_of_groups_leaves_the_name_too() -> None:
    sim = Watched(grouped())
    sim.ask(modify(security_group_ids=("sg-full",), network_interface_name="new-name"))
    assert sim.shown("eni-1").network_interface_name == ""


def test_an_eni_moves_from_a_basic_group_to_an_enterprise_one_at_once() -> None:
    sim = Watched(grouped())
    assert code(sim.ask(modify(security_group_ids=("sg-big",)))) == "ok"
    assert (group(sim, "sg-main"), group(sim, "sg-big")) == ((0, 0), (1, 1))


def test_an_eni_in_a_group_that_counts_enis_gives_one_place_back() -> None:
    sim = Watched(crowded())
    assert code(sim.ask(modify(security_group_ids=("sg-main",)))) == "ok"
    assert (group(sim, "sg-main"), group(sim, "sg-big")) == ((1, 1), (0, 0))


def test_a_group_twice_is_an_invalid_parameter_under_the_profile_classic() -> None:
    reply = Watched(hosted()).ask(modify(security_group_ids=("sg-main", "sg-main")))
    assert code(reply) == "InvalidParameter"
    assert reply.error is not None
    assert "SecurityGroupId.N" in reply.error.message


def test_nobody_is_put_out_of_a_group_that_a_product_manages() -> None:
    sim = Watched(small().security_group("sg-theirs", service_managed=True).eni("eni-1", security_groups=["sg-theirs"]))
    reply = sim.ask(modify(security_group_ids=("sg-main",)))
    assert code(reply) == "InvalidOperation.ResourceManagedByCloudProduct"
    assert code(sim.ask(modify(security_group_ids=("sg-theirs", "sg-main")))) == "ok"


# -- queues and traffic


def test_queues_change_while_the_eni_is_free_or_its_instance_stopped() -> None:
    sim = Watched(hosted(status="Stopped"))
    for eni in ("eni-1", "eni-on"):
        assert code(sim.ask(modify(eni, queue_number=2))) == "ok"
        assert sim.shown(eni).queue_number == 2


def test_a_free_eni_may_ask_for_more_queues_than_any_instance_has() -> None:
    sim = Watched(hosted(status="Stopped"))
    assert code(sim.ask(modify(queue_number=2048))) == "ok"
    assert code(sim.ask(attach())) == "InvalidOperation.MaxEniQueueNumberExceeded"


def test_queues_that_were_given_up_can_be_had_by_another() -> None:
    world = small(profile="current").instance_type("tiny", primary_queues=2, secondary_queues=2, total_queues=6)
    world = world.instance("i-1", type="tiny", status="Stopped").eni("eni-{n}", count=2, instance="i-1")
    sim = Watched(world)
    assert code(sim.ask(modify("eni-2", queue_number=3))) == "InvalidOperation.ExceedInstanceTypeQueueNumber"
    assert code(sim.ask(modify("eni-1", queue_number=1))) == "ok"
    assert code(sim.ask(modify("eni-2", queue_number=3))) == "ok"


def test_a_member_s_queues_are_held_against_its_own_limit_only() -> None:
    sim = Watched(current(status="Stopped"))
    trunk = sim.make(instance_type="Trunk").network_interface_id
    sim.ask(attach(trunk))
    sim.ask(attach("eni-1", trunk_network_instance_id=trunk))
    assert code(sim.ask(modify("eni-1", queue_number=4))) == "ok"
    assert code(sim.ask(modify("eni-1", queue_number=5))) == "InvalidOperation.MaxEniQueueNumberExceeded"


def test_the_traffic_config_goes_before_the_parameters_beside_it() -> None:
    sim = Watched(current())
    config = TrafficConfig(
        network_interface_traffic_mode="HighPerformance",
        queue_number=8,
        queue_pair_number=4,
        rx_queue_size=16384,
        tx_queue_size=16384,
    )
    asked = modify(queue_number=2, rx_queue_size=8192, tx_queue_size=8192, network_interface_traffic_config=config)
    assert code(sim.ask(asked)) == "ok"
    alone: Any = sim.ask(show("eni-1")).result()
    shown = alone.network_interface_traffic_config
    assert (shown.network_interface_traffic_mode, shown.queue_number, shown.queue_pair_number) == (
        "HighPerformance",
        8,
        4,
    )
    assert (extras(sim).rx_queue_size, extras(sim).tx_queue_size) == (16384, 16384)


def test_an_eni_that_is_high_performance_takes_queue_pairs_without_saying_so_again() -> None:
    sim = Watched(current())
    eni = sim.make(network_interface_traffic_mode="HighPerformance").network_interface_id
    asked = modify(eni, network_interface_traffic_config=TrafficConfig(queue_pair_number=2))
    assert code(sim.ask(asked)) == "ok"
    assert sim.shown(eni).queue_pair_number == 2


def test_a_traffic_mode_that_the_eni_has_already_is_no_change() -> None:
    sim = Watched(current())
    eni = sim.make(ipv6_address_count=1).network_interface_id
    asked = modify(eni, network_interface_traffic_config=TrafficConfig(network_interface_traffic_mode="Standard"))
    assert code(sim.ask(asked)) == "ok"


def test_time_outs_that_are_not_given_stay_as_they_were() -> None:
    sim = Watched(current())
    for tracking in (ConnectionTracking(tcp_established_timeout=30), ConnectionTracking(udp_timeout=10)):
        assert code(sim.ask(modify(connection_tracking_configuration=tracking))) == "ok"
    alone: Any = sim.ask(show("eni-1")).result()
    shown = alone.connection_tracking_configuration
    assert (shown.tcp_established_timeout, shown.tcp_closed_and_time_wait_timeout, shown.udp_timeout) == (30, 3, 10)


def test_what_becomes_of_an_eni_is_changed_and_changed_back() -> None:
    sim = Watched(current())
    assert code(sim.ask(modify("eni-on", delete_on_release=True, source_dest_check=True))) == "ok"
    assert (sim.shown("eni-on").delete_on_release, sim.shown("eni-on").source_dest_check) == (True, True)
    assert code(sim.ask(modify("eni-on", delete_on_release=False, source_dest_check=False))) == "ok"
    assert next(eni for eni in sim.enis if eni.id == "eni-on").extras is None


def test_what_was_modified_outlives_an_attachment() -> None:
    sim = Watched(current())
    sim.ask(modify(delete_on_release=True))
    for request in (attach(network_card_index=0), detach("eni-1")):
        assert code(sim.ask(request)) == "ok"
    assert extras(sim) == EniExtras(delete_on_release=True)
