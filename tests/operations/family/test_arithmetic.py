"""Numbers that documents and clients print, held against the cloud.

Source: eni_api.md sections 2.9 and 5.
"""

import pytest

from cloudsim.resources.catalogue import Catalogue
from cloudsim.simulation.world.builder import World
from tests.operations.family.addressing import assign4
from tests.small_world import Watched, code, small

SHARED_PODS = {
    "ecs.g7.large": 12,
    "ecs.g7.xlarge": 45,
    "ecs.g7.2xlarge": 45,
    "ecs.g7.3xlarge": 105,
    "ecs.g7.4xlarge": 210,
    "ecs.g7.6xlarge": 210,
    "ecs.g7.8xlarge": 210,
    "ecs.g7.16xlarge": 210,
    "ecs.g7.32xlarge": 420,
}
"""Pods that share ENIs, on one node of each type: (EniQuantity - 1) x IPv4 addresses of an ENI."""


@pytest.mark.parametrize(("mask", "usable"), [(16, 65_532), (24, 252), (28, 12), (29, 4)])
def test_a_vswitch_has_all_addresses_but_four(mask: int, usable: int) -> None:
    sim = Watched(small(mask=mask))
    (vswitch,) = sim.cloud.vswitches.values()
    assert vswitch.available_count() == usable


@pytest.mark.parametrize(("mask", "usable"), [(28, 12), (29, 4)])
def test_so_many_can_be_had_and_no_more(mask: int, usable: int) -> None:
    sim = Watched(small(mask=mask))
    for _ in range(usable // 4):
        sim.make(secondary_private_ip_address_count=3)
    assert sim.enis[0].vswitch.available_count() == 0
    assert code(sim.ask()) == "InvalidVSwitchId.IpNotEnough"
    assert code(sim.ask(assign4(sim.enis[0].id))) == "InvalidVSwitchId.IpNotEnough"


@pytest.mark.parametrize("host", ["10.0.0.0", "10.0.0.253", "10.0.0.254", "10.0.0.255"])
def test_the_first_address_and_the_last_three_are_the_system_s(host: str) -> None:
    sim = Watched(small())
    assert code(sim.ask(primary_ip_address=host)) == "InvalidVSwitchId.IpInvalid"


def test_the_available_count_falls_by_one_for_each_primary_and_each_secondary_address() -> None:
    sim = Watched(small())
    (vswitch,) = sim.cloud.vswitches.values()
    eni = sim.make().network_interface_id
    assert vswitch.available_count() == 251
    sim.ask(assign4(eni, secondary_private_ip_address_count=3))
    assert vswitch.available_count() == 248


def node(type_name: str) -> Watched:
    """One instance of a type in a vSwitch that is large enough, with all its ENIs."""
    quantity = Catalogue().get(type_name).eni_quantity
    assert quantity is not None
    world: World = small(profile="current", mask=22)
    return Watched(
        world.instance("i-1", type=type_name).eni("eni-{n}", instance="i-1", count=quantity - 1), watch=False
    )


def test_the_g7_family_is_the_whole_of_it() -> None:
    assert {name for name in Catalogue().names() if name.startswith("ecs.g7.")} == SHARED_PODS.keys()


@pytest.mark.parametrize(("type_name", "pods"), list(SHARED_PODS.items()))
def test_pods_that_share_enis_are_as_many_as_clients_reckon(type_name: str, pods: int) -> None:
    type_ = Catalogue().get(type_name)
    assert type_.eni_quantity is not None
    assert type_.ipv4_per_eni is not None
    assert pods == (type_.eni_quantity - 1) * type_.ipv4_per_eni
    sim = node(type_name)
    addresses = 0
    for number in range(1, type_.eni_quantity):
        full = assign4(f"eni-{number}", secondary_private_ip_address_count=type_.ipv4_per_eni - 1)
        assert code(sim.ask(full)) == "ok"
        assert code(sim.ask(assign4(f"eni-{number}"))) == "InvalidOperation.Ipv4CountExceeded"
        addresses += type_.ipv4_per_eni
    assert addresses == pods


@pytest.mark.parametrize("type_name", list(SHARED_PODS))
def test_pods_with_an_eni_each_are_one_less_than_the_enis_of_the_instance(type_name: str) -> None:
    sim = Watched(small(profile="current").instance("i-1", type=type_name))
    (instance,) = sim.cloud.instances.values()
    assert instance.slots.free == instance.slots.limit - 1
    assert instance.slots.limit == Catalogue().get(type_name).eni_quantity


@pytest.mark.parametrize(
    ("type_name", "members", "trunk_pods"),
    [("ecs.g7.xlarge", 16, 18), ("ecs.g6.16xlarge", 52, 58), ("ecs.ebmre7p.32xlarge", 78, 108)],
)
def test_members_of_trunks_are_what_all_enis_are_more_than_the_ordinary_ones(
    type_name: str, members: int, trunk_pods: int
) -> None:
    sim = Watched(small(profile="current").instance("i-1", type=type_name))
    (instance,) = sim.cloud.instances.values()
    assert instance.member_slots.limit == members
    assert instance.slots.limit + instance.member_slots.limit - 2 == trunk_pods


def test_a_type_without_trunks_has_no_members() -> None:
    sim = Watched(small(profile="current").instance("i-1", type="ecs.g6.large"))
    (instance,) = sim.cloud.instances.values()
    assert instance.member_slots.limit == 0


def test_an_eni_in_use_of_a_type_of_six_addresses_has_room_for_five_prefixes() -> None:
    sim = node("ecs.g7.large")
    for _ in range(5):
        assert code(sim.ask(assign4("eni-1", ipv4_prefix_count=1))) == "ok"
    assert code(sim.ask(assign4("eni-1", ipv4_prefix_count=1))) == "InvalidOperation.Ipv4CountExceeded"
    assert code(sim.ask(assign4("eni-1"))) == "InvalidOperation.Ipv4CountExceeded"
    assert len(sim.shown("eni-1").ipv4_prefixes) == 5


def test_an_eni_on_no_instance_has_49_secondary_addresses_today_and_had_10_then() -> None:
    for profile, most in (("classic", 10), ("current", 49)):
        sim = Watched(small(profile=profile))
        eni = sim.make(secondary_private_ip_address_count=most).network_interface_id
        assert code(sim.ask(assign4(eni))) == "MaxEniPrivateIpsCountExceeded"
