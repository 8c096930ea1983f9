"""DescribeInstanceTypes: the catalogue with its ENI figures, filters and pages."""

from typing import Any

import msgspec
import pytest

from cloudsim.api.render import to_json
from cloudsim.api.requests import DescribeInstanceTypes
from cloudsim.api.responses import DescribeInstanceTypesResponse
from tests.small_world import Watched, small


def world() -> Watched:
    """A catalogue with two types of its own, one of which nothing is known of."""
    return Watched(
        small()
        .instance_type("t.known", vcpu=2, memory_mib=1536, eni_quantity=3, ipv4_per_eni=4, ipv6_per_eni=0)
        .instance_type("t.unknown")
    )


def found(sim: Watched, **filters: Any) -> list[str]:
    return [one.instance_type_id for one in answer(sim, **filters).instance_types]


def answer(sim: Watched, **filters: Any) -> DescribeInstanceTypesResponse:
    told = sim.ask(DescribeInstanceTypes(**filters)).result()
    assert isinstance(told, DescribeInstanceTypesResponse)
    return told


def test_without_a_filter_the_whole_catalogue_comes_in_one_page_and_needs_no_region() -> None:
    told = answer(world())
    names = [one.instance_type_id for one in told.instance_types]
    assert len(names) == 838
    assert names == sorted(names)
    assert told.next_token == ""


def test_the_figures_of_a_public_type() -> None:
    (one,) = answer(world(), instance_types=("ecs.g7.xlarge",)).instance_types
    assert (one.instance_type_family, one.cpu_core_count, one.memory_size) == ("ecs.g7", 4, 16)
    assert (one.eni_quantity, one.eni_private_ip_address_quantity, one.eni_ipv6_address_quantity) == (4, 15, 15)
    assert (one.eni_total_quantity, one.eni_trunk_supported) == (20, True)
    # The arithmetic of clients: members of trunks, pods that share ENIs, pods with an ENI of their own.
    assert one.eni_total_quantity is not None
    assert one.eni_quantity is not None
    assert one.eni_total_quantity - one.eni_quantity == 16
    assert (one.eni_quantity - 1) * 15 == 45
    assert one.eni_quantity - 1 == 3


def test_what_is_not_known_is_left_out_of_the_answer() -> None:
    told = answer(world(), instance_types=("t.unknown",))
    (wire,) = msgspec.json.decode(to_json(told))["InstanceTypes"]["InstanceType"]
    assert wire == {"InstanceTypeFamily": "t", "InstanceTypeId": "t.unknown"}


def test_memory_is_whole_gib_where_it_is_whole() -> None:
    sim = world()
    assert b'"MemorySize":16,' in to_json(answer(sim, instance_types=("ecs.g7.xlarge",)))
    assert b'"MemorySize":1.5}' in to_json(answer(sim, instance_types=("t.known",)))


def test_unknown_names_are_not_in_the_list_and_a_name_said_twice_is_there_once() -> None:
    assert found(world(), instance_types=("t.known", "ecs.none", "t.known")) == ["t.known"]


def test_families_are_joined_by_or_and_with_names_by_and() -> None:
    sim = world()
    assert found(sim, instance_type_family="t") == ["t.known", "t.unknown"]
    both = found(sim, instance_type_family="t", instance_type_families=("ecs.g7",))
    assert {"t.known", "ecs.g7.xlarge"} < set(both)
    assert "ecs.g7a.xlarge" not in both
    assert found(sim, instance_type_families=("ecs.g7",), instance_types=("t.known",)) == []


@pytest.mark.parametrize(
    ("name", "family"),
    [
        *(("ecs.t6-c2m1.large", "ecs.t6"), ("ecs.t5-lc1m2.small", "ecs.t5"), ("ecs.u1-c1m8.xlarge", "ecs.u1")),
        *(("ecs.gn6i-c24g1.24xlarge", "ecs.gn6i"), ("ecs.f3-c4f1.xlarge", "ecs.f3"), ("ecs.i1-c5d1.4xlarge", "ecs.i1")),
        *(("ecs.vgn6i-m4.xlarge", "ecs.vgn6i"), ("ecs.vgn6i-m4-vws.xlarge", "ecs.vgn6i-vws")),
        *(("ecs.c7a-nps1.8xlarge", "ecs.c7a-nps1"), ("ecs.ebmre6-6t.52xlarge", "ecs.ebmre6-6t")),
    ],
)
def test_a_family_is_a_name_without_size_and_kind(name: str, family: str) -> None:
    (one,) = answer(world(), instance_types=(name,)).instance_types
    assert one.instance_type_family == family
    assert name in found(world(), instance_type_family=family)


@pytest.mark.parametrize(
    ("name", "fits", "too_much"),
    [
        ("minimum_cpu_core_count", 2, 3),
        ("maximum_cpu_core_count", 2, 1),
        ("minimum_memory_size", 1.5, 1.501),
        ("maximum_memory_size", 1.5, 1.499),
        ("minimum_eni_quantity", 3, 4),
        ("minimum_eni_private_ip_address_quantity", 4, 5),
        ("minimum_eni_ipv6_address_quantity", 0, 1),
    ],
)
def test_a_figure_that_is_not_known_satisfies_no_bound(name: str, fits: float, too_much: float) -> None:
    sim = world()
    assert found(sim, instance_type_family="t", **{name: fits}) == ["t.known"]
    assert found(sim, instance_type_family="t", **{name: too_much}) == []


def test_queues_can_be_asked_for() -> None:
    sim = world()
    assert found(sim, instance_types=("ecs.g7.xlarge",), minimum_primary_eni_queue_number=4) == ["ecs.g7.xlarge"]
    assert found(sim, instance_types=("ecs.g7.xlarge",), minimum_secondary_eni_queue_number=5) == []


def test_pages_lead_on_to_the_next() -> None:
    sim = world()
    names: list[str] = []
    token: str | None = None
    while token != "":
        told = answer(sim, max_results=300, next_token=token)
        names += [one.instance_type_id for one in told.instance_types]
        token = told.next_token
    assert names == found(sim)
