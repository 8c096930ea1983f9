"""Eventual consistency: what descriptions show late, and that operations see the truth all the same."""

from typing import Any

import pytest

from cloudsim.api.requests import (
    AssignIpv6Addresses,
    AssignPrivateIpAddresses,
    DescribeNetworkInterfaceAttribute,
    DescribeVSwitches,
    ModifyNetworkInterfaceAttribute,
    UnassignIpv6Addresses,
    UnassignPrivateIpAddresses,
)
from cloudsim.api.responses import (
    AssignIpv6AddressesResponse,
    DescribeNetworkInterfaceAttributeResponse,
    DescribeVSwitchesResponse,
)
from cloudsim.errors.own import DurationError, SettingError
from cloudsim.resources.consistency import EVENTUAL, IMMEDIATE, Consistency, consistency_named
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.builder import World
from cloudsim.values.duration import SECOND
from tests.small_world import REGION, Watched, a_delete, code, small


def late(world: World | None = None, **how: Any) -> Watched:
    return Watched(world, consistency=Consistency(**how))


def listed(sim: Watched, **filters: Any) -> tuple[list[str], int | None]:
    """The ids of a list, and the total that it tells."""
    found = sim.describe(**filters)
    return [eni.network_interface_id for eni in found.network_interface_sets], found.total_count


def shown_count(sim: Watched) -> int:
    """AvailableIpAddressCount as DescribeVSwitches shows it."""
    found = sim.ask(DescribeVSwitches(region_id=REGION, vswitch_id="vsw-a")).result()
    assert isinstance(found, DescribeVSwitchesResponse)
    (only,) = found.vswitches
    return only.available_ip_address_count


# -- ENIs after their create


def test_a_new_eni_is_missing_from_the_list_for_a_while() -> None:
    sim = late(eni_after_create="2s")
    first = sim.make().network_interface_id
    sim.run(until_ns=SECOND)
    second = sim.make().network_interface_id
    assert listed(sim) == ([], 0)
    sim.run(until_ns=2 * SECOND)
    assert listed(sim) == ([first], 1)
    sim.run(until_ns=3 * SECOND)
    assert listed(sim) == ([first, second], 2)


@pytest.mark.parametrize(
    "filters",
    [
        {"vswitch_id": "vsw-a"},
        {"vswitch_id": "vsw-a", "vpc_id": "vpc-main"},
        {"status": "Available"},
        {"max_results": 10},
        {"max_results": 10, "vpc_id": "vpc-main", "status": "Available"},
        {"private_ip_addresses": ("10.0.0.5", "10.0.0.6")},
    ],
)
def test_no_way_of_asking_for_lists_shows_it(filters: dict[str, Any]) -> None:
    sim = late(eni_after_create="2s")
    old = sim.make(primary_ip_address="10.0.0.5").network_interface_id
    sim.run(until_ns=2 * SECOND)
    new = sim.make(primary_ip_address="10.0.0.6").network_interface_id
    assert listed(sim, **filters) == ([old], 1)
    sim.run(until_ns=4 * SECOND)
    assert listed(sim, **filters) == ([old, new], 2)


def test_nor_does_asking_for_it_by_id_in_a_list_but_asking_for_it_alone_does() -> None:
    sim = late(eni_after_create="2s")
    eni = sim.make().network_interface_id
    assert listed(sim, network_interface_ids=(eni,)) == ([], 0)
    alone = DescribeNetworkInterfaceAttribute(region_id=REGION, network_interface_id=eni)
    assert code(sim.ask(alone)) == "ok"


def test_pages_end_before_what_is_too_new() -> None:
    sim = late(eni_after_create="1s")
    old = [sim.make().network_interface_id for _ in range(12)]
    sim.run(until_ns=SECOND)
    for _ in range(5):
        sim.make()
    assert listed(sim, page_number=2) == (old[10:], 12)
    assert listed(sim, page_number=3) == ([], 12)
    assert sim.describe(max_results=10).next_token
    rest = sim.describe(max_results=10, next_token=sim.describe(max_results=10).next_token)
    assert [eni.network_interface_id for eni in rest.network_interface_sets] == old[10:]
    assert not rest.next_token


def test_an_eni_that_is_not_to_be_seen_can_be_deleted_and_is_never_seen() -> None:
    sim = late(eni_after_create="2s")
    gone = sim.make().network_interface_id
    kept = sim.make().network_interface_id
    assert code(sim.ask(a_delete(gone))) == "ok"
    assert listed(sim, vswitch_id="vsw-a") == ([], 0)
    sim.run(until_ns=2 * SECOND)
    assert listed(sim) == ([kept], 1)


def test_what_the_world_begins_with_is_seen_from_the_beginning() -> None:
    world = small().instance("i-1", type="ecs.g7.large", vswitch="vsw-a", security_groups=["sg-main"])
    sim = late(world, eni_after_create="2s")
    assert listed(sim)[1] == 1


# -- addresses after their unassign


def test_an_address_lingers_on_its_eni_and_is_free_all_the_same() -> None:
    sim = late(address_after_unassign="2s")
    eni = sim.make(private_ip_addresses=("10.0.0.9",)).network_interface_id
    sim.run(until_ns=SECOND)
    off = UnassignPrivateIpAddresses(region_id=REGION, network_interface_id=eni, private_ip_addresses=("10.0.0.9",))
    assert code(sim.ask(off)) == "ok"
    assert "10.0.0.9" in sim.shown(eni).private_ip_addresses
    assert listed(sim, private_ip_addresses=("10.0.0.9",)) == ([], 0)
    other = sim.make(primary_ip_address="10.0.0.9").network_interface_id
    assert sim.shown(other).private_ip_addresses == ("10.0.0.9",)
    sim.run(until_ns=3 * SECOND)
    assert "10.0.0.9" not in sim.shown(eni).private_ip_addresses


def test_an_address_that_came_back_and_went_again_lingers_from_the_last_time_on() -> None:
    sim = late(address_after_unassign="2s")
    eni = sim.make().network_interface_id
    on = AssignPrivateIpAddresses(region_id=REGION, network_interface_id=eni, private_ip_addresses=("10.0.0.9",))
    off = UnassignPrivateIpAddresses(region_id=REGION, network_interface_id=eni, private_ip_addresses=("10.0.0.9",))
    for request in (on, off, on, off):  # twice in one instant
        assert code(sim.ask(request)) == "ok"
    sim.run(until_ns=SECOND)
    assert code(sim.ask(on)) == "ok"
    assert sim.shown(eni).private_ip_addresses.count("10.0.0.9") == 1
    assert code(sim.ask(off)) == "ok"
    sim.run(until_ns=2 * SECOND)
    assert "10.0.0.9" in sim.shown(eni).private_ip_addresses
    sim.run(until_ns=3 * SECOND)
    assert "10.0.0.9" not in sim.shown(eni).private_ip_addresses


def test_ipv6_addresses_and_prefixes_linger_as_well() -> None:
    sim = late(small(profile="current"), address_after_unassign="2s")
    made = sim.make(ipv4_prefix_count=1)
    eni = made.network_interface_id
    (prefix,) = made.ipv4_prefixes
    on = AssignIpv6Addresses(region_id=REGION, network_interface_id=eni, ipv6_address_count=1)
    assigned = sim.ask(on).result()
    assert isinstance(assigned, AssignIpv6AddressesResponse)
    (address,) = sim.shown(eni).ipv6_addresses
    off = UnassignPrivateIpAddresses(region_id=REGION, network_interface_id=eni, ipv4_prefixes=(prefix,))
    off6 = UnassignIpv6Addresses(region_id=REGION, network_interface_id=eni, ipv6_addresses=(address,))
    assert [code(sim.ask(request)) for request in (off, off6)] == ["ok", "ok"]
    assert (sim.shown(eni).ipv4_prefixes, sim.shown(eni).ipv6_addresses) == ((prefix,), (address,))
    sim.run(until_ns=2 * SECOND)
    assert (sim.shown(eni).ipv4_prefixes, sim.shown(eni).ipv6_addresses) == ((), ())


def test_an_address_does_not_linger_where_only_other_things_are_late() -> None:
    sim = late(eni_after_create="1s")
    eni = sim.make(private_ip_addresses=("10.0.0.9",)).network_interface_id
    sim.run(until_ns=SECOND)
    off = UnassignPrivateIpAddresses(region_id=REGION, network_interface_id=eni, private_ip_addresses=("10.0.0.9",))
    assert code(sim.ask(off)) == "ok"
    assert "10.0.0.9" not in sim.shown(eni).private_ip_addresses


# -- free addresses


def test_the_count_of_free_addresses_is_what_was_true_a_while_ago() -> None:
    sim = late(available_count="5s")
    assert shown_count(sim) == 252
    sim.make(secondary_private_ip_address_count=9)
    assert (shown_count(sim), sim.free_addresses("vsw-a")) == (252, 242)
    sim.run(until_ns=4 * SECOND)
    eni = sim.make().network_interface_id
    assert shown_count(sim) == 252
    sim.run(until_ns=5 * SECOND)
    assert shown_count(sim) == 242
    assert code(sim.ask(a_delete(eni))) == "ok"
    sim.run(until_ns=9 * SECOND)
    assert shown_count(sim) == 241
    sim.run(until_ns=10 * SECOND)
    assert shown_count(sim) == 242


def test_the_count_is_not_late_where_only_other_things_are() -> None:
    sim = late(eni_after_create="5s")
    sim.make()
    assert shown_count(sim) == 251


# -- the dial


def test_by_default_nothing_is_late() -> None:
    sim = Watched()
    assert sim.cloud.conditions.lag is None
    assert listed(sim, network_interface_ids=(sim.make().network_interface_id,))[1] == 1


def test_settings_have_names_and_their_times_are_durations() -> None:
    assert (consistency_named("immediate"), consistency_named("eventual")) == (IMMEDIATE, EVENTUAL)
    with pytest.raises(SettingError, match="no consistency 'eventul'; did you mean 'eventual'"):
        consistency_named("eventul")
    with pytest.raises(DurationError, match="'soon' is not a duration"):
        Consistency(eni_after_create="soon")
    with pytest.raises(SettingError, match="consistency of a simulation takes Consistency, not 'eventual'"):
        Simulation(small().spec, consistency="eventual")  # type: ignore[arg-type]


# -- security groups after a modification


def regroup(sim: Watched, *groups: str, eni: str = "eni-1") -> None:
    request = ModifyNetworkInterfaceAttribute(region_id=REGION, network_interface_id=eni, security_group_ids=groups)
    assert code(sim.ask(request)) == "ok"


def in_groups(**how: Any) -> Watched:
    """Two ENIs in the usual group, and two further groups."""
    world = small().security_group("sg-b").security_group("sg-c")
    return late(world.eni("eni-1", security_groups=["sg-main"]).eni("eni-2", security_groups=["sg-main"]), **how)


def test_groups_are_shown_as_they_were_for_a_while() -> None:
    sim = in_groups(group_change="2s")
    regroup(sim, "sg-b")
    assert sim.shown("eni-1").security_group_ids == ("sg-main",)
    assert sim.enis[0].security_group_ids == ("sg-b",)
    alone = sim.ask(DescribeNetworkInterfaceAttribute(region_id=REGION, network_interface_id="eni-1")).result()
    assert isinstance(alone, DescribeNetworkInterfaceAttributeResponse)
    assert alone.security_group_ids == ("sg-b",)
    assert listed(sim, security_group_id="sg-b") == (["eni-1"], 1)  # who is in a group is known at once
    sim.run(until_ns=2 * SECOND)
    assert sim.shown("eni-1").security_group_ids == ("sg-b",)
    assert sim.close() == []


def test_each_change_of_groups_is_shown_after_its_own_lag() -> None:
    sim = in_groups(group_change="2s")
    regroup(sim, "sg-b")
    sim.run(until_ns=SECOND)
    regroup(sim, "sg-c")
    regroup(sim, "sg-b", eni="eni-2")
    shown = []
    for second in (1, 2, 3):
        sim.run(until_ns=second * SECOND)
        shown.append(sim.shown("eni-1").security_group_ids + sim.shown("eni-2").security_group_ids)
    assert shown == [("sg-main", "sg-main"), ("sg-b", "sg-main"), ("sg-c", "sg-b")]


def test_groups_are_shown_as_they_are_where_only_other_things_are_late() -> None:
    sim = in_groups(available_count="2s")
    regroup(sim, "sg-b")
    assert sim.shown("eni-1").security_group_ids == ("sg-b",)


def test_what_is_late_of_groups_is_kept_no_longer_than_it_is_late() -> None:
    sim = in_groups(group_change="2s")
    lag = sim.cloud.conditions.lag
    assert lag is not None
    for second, group in enumerate(("sg-b", "sg-c", "sg-b", "sg-c", "sg-b")):
        sim.run(until_ns=second * 2 * SECOND)
        regroup(sim, group)
        assert len(lag._groups) == 1
