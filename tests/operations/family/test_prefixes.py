"""IPv4 prefixes of ENIs: whole aligned blocks, from reservations where there are any, each one address of the limit."""

import pytest

from cloudsim.api.responses import AssignIpv6AddressesResponse, AssignPrivateIpAddressesResponse
from cloudsim.simulation.reply import Reply
from tests.operations.family.addressing import V6, assign4, assign6, unassign4, world
from tests.small_world import Watched, code, small


def assigned(reply: Reply) -> tuple[str, ...]:
    answer = reply.result()
    if isinstance(answer, AssignIpv6AddressesResponse):
        return answer.ipv6_prefixes
    assert isinstance(answer, AssignPrivateIpAddressesResponse)
    return answer.assigned_private_ip_addresses_set.ipv4_prefixes


def test_a_prefix_that_the_vswitch_chooses_is_aligned_and_free() -> None:
    sim = Watched(small(profile="current").eni("eni-a", primary_ip="10.0.0.20"))
    prefixes = assigned(sim.ask(assign4(ipv4_prefix_count=10)))
    blocks = [int(prefix.split(".")[3].removesuffix("/28")) for prefix in prefixes]
    assert len(set(blocks)) == 10
    assert all(block % 16 == 0 for block in blocks)
    assert not {0, 16, 240} & set(blocks), "blocks with a system's or the ENI's address are not whole"


def test_an_ipv6_prefix_is_an_aligned_80() -> None:
    sim = Watched(world())
    for prefix in assigned(sim.ask(assign6(ipv6_prefix_count=5))):
        assert prefix.startswith(V6)
        assert prefix.endswith("::/80")


def test_addresses_and_prefixes_may_be_asked_for_together() -> None:
    sim = Watched(world())
    assert code(sim.ask(assign4(secondary_private_ip_address_count=2, ipv4_prefixes=("10.0.0.32/28",)))) == "ok"
    shown = sim.shown("eni-a")
    assert len(shown.private_ip_addresses) == 4
    assert shown.ipv4_prefixes == ("10.0.0.32/28",)


def test_a_prefix_takes_sixteen_addresses_of_the_vswitch_and_one_place_of_the_group() -> None:
    sim = Watched(world())
    (vswitch,), (group,) = sim.cloud.vswitches.values(), sim.cloud.security_groups.values()
    free, used = vswitch.available_count(), group.places.used
    sim.ask(assign4(ipv4_prefix_count=2))
    assert vswitch.available_count() == free - 32
    assert group.places.used == used + 2


def test_no_single_address_is_taken_from_a_prefix_of_somebody() -> None:
    sim = Watched(world().eni("eni-b"))
    sim.ask(assign4(ipv4_prefixes=("10.0.0.32/28",)))
    for host in ("10.0.0.32", "10.0.0.40", "10.0.0.47"):
        assert code(sim.ask(assign4("eni-b", private_ip_addresses=(host,)))) == "InvalidPrivateIpAddress.Duplicated"
    assert code(sim.ask(assign4(ipv4_prefixes=("10.0.0.32/28",)))) == "InvalidIp.IpAssigned"
    assert code(sim.ask(assign4("eni-b", ipv4_prefixes=("10.0.0.32/28",)))) == "InvalidPrivateIpAddress.Duplicated"


def test_a_prefix_is_unassigned_whole_and_not_by_its_addresses() -> None:
    sim = Watched(world())
    sim.ask(assign4(ipv4_prefixes=("10.0.0.32/28",)))
    assert code(sim.ask(unassign4(private_ip_addresses=("10.0.0.33",)))) == "InvalidIp.IpUnassigned"
    assert code(sim.ask(unassign4(ipv4_prefixes=("10.0.0.32/28",)))) == "ok"
    assert code(sim.ask(assign4(private_ip_addresses=("10.0.0.33",)))) == "ok"


@pytest.mark.parametrize("seed", range(5))
def test_with_reservations_prefixes_come_from_them_and_addresses_never_do(seed: int) -> None:
    reserved = world(prefix_reservations=["10.0.0.128/27", "10.0.0.64/28"])
    sim = Watched(reserved, seed=seed)
    prefixes = assigned(sim.ask(assign4(ipv4_prefix_count=3)))
    assert sorted(prefixes) == ["10.0.0.128/28", "10.0.0.144/28", "10.0.0.64/28"]
    assert code(sim.ask(assign4(ipv4_prefix_count=1))) == "InvalidVSwitchId.IpNotEnough"
    for _ in range(4):
        sim.ask(assign4(secondary_private_ip_address_count=10))
    hosts = [int(address.split(".")[3]) for address in sim.shown("eni-a").private_ip_addresses]
    assert len(hosts) == 42
    assert not any(128 <= host < 160 or 64 <= host < 80 for host in hosts)


def test_an_address_in_a_reservation_cannot_be_named() -> None:
    sim = Watched(world(prefix_reservations=["10.0.0.64/28"]))
    assert code(sim.ask(assign4(private_ip_addresses=("10.0.0.65",)))) == "InvalidPrivateIpAddress.Duplicated"


def test_a_prefix_that_comes_back_to_a_reservation_is_for_prefixes_alone_again() -> None:
    sim = Watched(world(prefix_reservations=["10.0.0.64/28"]))
    sim.ask(assign4(ipv4_prefix_count=1))
    sim.ask(unassign4(ipv4_prefixes=("10.0.0.64/28",)))
    assert code(sim.ask(assign4(private_ip_addresses=("10.0.0.65",)))) == "InvalidPrivateIpAddress.Duplicated"
    assert assigned(sim.ask(assign4(ipv4_prefix_count=1))) == ("10.0.0.64/28",)


def test_ipv6_prefixes_come_from_ipv6_reservations() -> None:
    sim = Watched(world(prefix_reservations=[f"{V6}8000::/79"]))
    assert sorted(assigned(sim.ask(assign6(ipv6_prefix_count=2)))) == [f"{V6}8000::/80", f"{V6}8001::/80"]
    assert code(sim.ask(assign6(ipv6_prefix_count=1))) == "InvalidVSwitchId.IpNotEnough"


def test_a_vswitch_may_have_many_free_addresses_and_no_whole_block() -> None:
    holes = small(profile="current", mask=27)
    sim = Watched(holes.eni("eni-a", primary_ip="10.0.0.9").eni("eni-b", primary_ip="10.0.0.20"))
    assert sim.enis[0].vswitch.available_count() == 26
    assert code(sim.ask(assign4(ipv4_prefix_count=1))) == "InvalidVSwitchId.IpNotEnough"
