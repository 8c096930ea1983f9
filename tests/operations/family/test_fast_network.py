"""HighPerformance traffic mode, virtual functions and RSS: what is kept, shown and allowed."""

from functools import partial
from typing import Any

import pytest

from cloudsim.api.requests import DescribeInstanceTypes, EnhancedNetwork, TrafficConfig
from cloudsim.resources.interface import EniExtras
from tests.operations.family.cases_interfaces import attach, current, detach, modify, of_type, show
from tests.operations.family.cases_rare import FAST, RSS, SRIOV, launch_of, make_fast, on_instance
from tests.small_world import Watched, code


def shown(sim: Watched, eni: str) -> dict[str, Any]:
    found: Any = sim.ask(show(eni)).result()
    one = found.enhanced_network
    return {
        "sriov": one.enable_sriov,
        "rss": one.enable_rss,
        "express": one.enable_express,
        "numbers": (one.virtual_function_quantity, one.virtual_function_total_queue_number),
    }


OFF = {"sriov": False, "rss": False, "express": False, "numbers": (None, None)}


def test_virtual_functions_are_kept_and_shown_and_end_with_sriov() -> None:
    sim = Watched(current())
    eni = sim.make(enhanced_network=SRIOV).network_interface_id
    assert shown(sim, eni) == {**OFF, "sriov": True, "numbers": (2, 4)}
    assert code(sim.ask(modify(eni, enhanced_network=SRIOV))) == "ok"  # the same numbers are no change
    assert code(sim.ask(modify(eni, enhanced_network=EnhancedNetwork(enable_rss=True)))) == "ok"
    assert shown(sim, eni) == {**OFF, "sriov": True, "rss": True, "numbers": (2, 4)}
    off = EnhancedNetwork(enable_sriov=False, enable_rss=False)
    assert code(sim.ask(modify(eni, enhanced_network=off))) == "ok"
    assert shown(sim, eni) == OFF
    assert sim.enis[-1].extras is None
    assert sim.close() == []


def test_express_is_kept_and_shown_and_nothing_else() -> None:
    sim = Watched(current())
    assert code(sim.ask(modify(enhanced_network=EnhancedNetwork(enable_express=True)))) == "ok"
    assert shown(sim, "eni-1") == {**OFF, "express": True}


def test_a_trunk_gets_virtual_functions_while_it_is_free() -> None:
    sim = Watched(current())
    trunk = sim.make(instance_type="Trunk").network_interface_id
    assert code(sim.ask(modify(trunk, enhanced_network=SRIOV))) == "ok"
    sim.ask(attach(trunk))
    assert code(sim.ask(modify(trunk, enhanced_network=SRIOV))) == "ok"


@pytest.mark.parametrize("numbers", [{}, {"eri_quantity": 1, "queue_pairs_per_eni": 4, "total_queue_pairs": 4}])
def test_what_the_type_allows_or_does_not_say_is_given(numbers: dict[str, Any]) -> None:
    sim = Watched(of_type(rss_supported=True, **numbers))
    eni = sim.make(**FAST, queue_pair_number=4, enhanced_network=RSS).network_interface_id
    assert code(sim.ask(attach(eni))) == "ok"
    assert code(sim.ask(modify(eni, enhanced_network=RSS))) == "ok"
    assert sim.close() == []


def test_queues_for_rdma_that_come_free_are_given_to_others() -> None:
    sim = Watched(of_type(total_queue_pairs=5))
    first, second = [sim.make(**FAST, queue_pair_number=3).network_interface_id for _ in range(2)]
    assert code(sim.ask(attach(first))) == "ok"
    assert code(sim.ask(attach(second))) == "InvalidOperation.EniQueuePairNumberOverflow"
    assert code(sim.ask(detach(first))) == "ok"
    assert code(sim.ask(attach(second))) == "ok"


def test_an_eni_that_is_fast_already_may_have_other_queues_within_its_own() -> None:
    sim = Watched(on_instance(eri_quantity=1, total_queue_pairs=5)())
    assert code(sim.ask(make_fast(queue_pair_number=5))) == "ok"
    fewer = modify(network_interface_traffic_config=TrafficConfig(queue_pair_number=2))
    assert code(sim.ask(fewer)) == "ok"
    (eni,) = [one for one in sim.enis if one.id == "eni-1"]
    assert (eni.extras or EniExtras()).queue_pair_number == 2


def test_other_parts_of_the_traffic_configuration_ask_nothing_of_rdma() -> None:
    sim = Watched(on_instance(eri_quantity=0)())
    sizes = TrafficConfig(rx_queue_size=8192, tx_queue_size=8192)
    assert code(sim.ask(modify(network_interface_traffic_config=sizes))) == "ok"


def test_a_launch_with_rdma_that_the_type_has_is_made() -> None:
    sim = Watched(of_type(eri_quantity=2, queue_pairs_per_eni=4, total_queue_pairs=8))
    assert code(sim.ask(launch_of(2, queue_pair_number=4))) == "ok"
    assert code(sim.ask(launch_of(3, queue_pair_number=1))) == (
        "InvalidOperation.HighPerformanceEniPerInstanceLimitExceeded"
    )
    assert sim.held == {}


def test_types_show_what_they_have_of_it() -> None:
    sim = Watched(of_type(eri_quantity=2, queue_pairs_per_eni=4, rss_supported=False))
    found: Any = sim.ask(DescribeInstanceTypes(instance_types=("tiny",))).result()
    (tiny,) = found.instance_types
    assert (tiny.eri_quantity, tiny.queue_pair_number, tiny.enhanced_network.rss_support) == (2, 4, False)


def test_a_young_generation_takes_enis() -> None:
    for generation in ("ecs-3", None):
        assert code(Watched(of_type(generation=generation)).ask(attach())) == "ok"
    assert code(Watched(partial(of_type, generation="ecs-1")()).ask(attach())) == "InvalidOperation.InvalidGeneration"
