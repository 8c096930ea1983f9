"""UnassignPrivateIpAddresses and UnassignIpv6Addresses: all that is named goes in one instant, or nothing does."""

import pytest

from cloudsim.operations.operation import Phase
from cloudsim.operations.policy import AddressPolicy, Policy
from tests.operations.family.addressing import (
    V6,
    assign4,
    assign6,
    on_an_instance,
    unassign4,
    unassign6,
    with_two_enis,
    world,
)
from tests.small_world import Watched, code, small

RICH = {
    "secondary_ips": ["10.0.0.11", "10.0.0.12"],
    "ipv4_prefixes": ["10.0.0.32/28", "10.0.0.64/28"],
    "ipv6_addresses": [f"{V6}:11", f"{V6}:12"],
    "ipv6_prefixes": [f"{V6}5::/80", f"{V6}6::/80"],
}


def places(sim: Watched) -> int:
    return next(iter(sim.cloud.security_groups.values())).places.used


def test_what_is_named_goes_and_the_rest_stays() -> None:
    sim = Watched(world(eni=RICH))
    gone4 = unassign4(private_ip_addresses=("10.0.0.11",)), unassign4(ipv4_prefixes=("10.0.0.64/28",))
    gone6 = unassign6(ipv6_addresses=(f"{V6}:12",), ipv6_prefixes=(f"{V6}5::/80",))
    assert [code(sim.ask(request)) for request in (*gone4, gone6)] == ["ok", "ok", "ok"]
    shown = sim.shown("eni-a")
    assert shown.private_ip_addresses == ("10.0.0.10", "10.0.0.12")
    assert shown.ipv4_prefixes == ("10.0.0.32/28",)
    assert shown.ipv6_addresses == (f"{V6}:11",)
    assert shown.ipv6_prefixes == (f"{V6}6::/80",)


def test_addresses_and_places_are_free_at_that_instant() -> None:
    sim = Watched(world(eni=RICH))
    vswitch = sim.enis[0].vswitch
    before, used = vswitch.available_count(), places(sim)
    sim.ask(unassign4(private_ip_addresses=("10.0.0.11", "10.0.0.12"))).result()
    sim.ask(unassign4(ipv4_prefixes=("10.0.0.32/28",))).result()
    assert vswitch.available_count() == before + 2 + 16
    assert places(sim) == used - 3
    assert code(sim.ask(assign4(private_ip_addresses=("10.0.0.12",), ipv4_prefixes=("10.0.0.32/28",)))) == "ok"


def test_an_eni_without_anything_newer_carries_no_record_of_it() -> None:
    sim = Watched(world())
    sim.ask(assign4(ipv4_prefixes=("10.0.0.32/28",)))
    sim.ask(unassign4(ipv4_prefixes=("10.0.0.32/28",)))
    assert sim.enis[0].extras is not None
    sim.ask(unassign6())
    assert sim.enis[0].extras is None


@pytest.mark.parametrize(
    "request_",
    [
        unassign4(private_ip_addresses=("10.0.0.11", "10.0.0.99")),
        unassign4(private_ip_addresses=("10.0.0.11", "10.0.0.10")),
        unassign4(ipv4_prefixes=("10.0.0.32/28", "10.0.0.96/28")),
        unassign6(ipv6_addresses=(f"{V6}:11", f"{V6}:99")),
        unassign6(ipv6_addresses=(f"{V6}:11",), ipv6_prefixes=(f"{V6}9::/80",)),
    ],
)
def test_one_that_cannot_go_keeps_all_others_there(request_: object) -> None:
    sim = Watched(world(eni=RICH))
    before, used = sim.shown("eni-a"), places(sim)
    assert code(sim.ask(request_)) == "InvalidIp.IpUnassigned"  # type: ignore[arg-type]
    assert sim.shown("eni-a") == before
    assert places(sim) == used
    assert sim.held == {}


def test_a_repeat_meets_what_clients_take_for_success() -> None:
    sim = Watched(world())
    assert [code(sim.ask(unassign4())) for _ in range(2)] == ["ok", "InvalidIp.IpUnassigned"]


def test_an_address_of_another_eni_is_not_taken_from_it() -> None:
    sim = Watched(with_two_enis())
    assert code(sim.ask(unassign4(private_ip_addresses=("10.0.0.20",)))) == "InvalidIp.IpUnassigned"
    assert sim.shown("eni-b").private_ip_addresses == ("10.0.0.20",)


def test_an_ipv6_address_is_known_in_every_spelling() -> None:
    sim = Watched(world(eni=RICH))
    spelt = unassign6(ipv6_addresses=("2001:DB8:0:1:0::0011",), ipv6_prefixes=("2001:0db8:0:1:5:0::/80",))
    assert code(sim.ask(spelt)) == "ok"
    assert sim.shown("eni-a").ipv6_addresses == (f"{V6}:12",)


def test_addresses_are_not_taken_from_an_eni_that_is_being_changed() -> None:
    sim = Watched(world())
    reply = sim.send(assign6())
    sim.hold(reply, at=Phase.COMMIT)
    sim.run()
    assert [code(sim.ask(request)) for request in (unassign4(), unassign6())] == ["Operation.Conflict"] * 2
    sim.release(reply)
    sim.run()
    assert [code(sim.ask(request)) for request in (unassign4(), unassign6())] == ["ok", "ok"]


@pytest.mark.parametrize("status", ["Running", "Stopped"])
def test_the_instance_may_run_or_be_stopped(status: str) -> None:
    sim = Watched(on_an_instance(status=status))
    assert [code(sim.ask(request)) for request in (unassign4(), unassign6())] == ["ok", "ok"]
    assert [code(sim.ask(request)) for request in (assign4(), assign6())] == ["ok", "ok"]


def test_an_address_that_cools_down_is_given_to_nobody_until_its_time() -> None:
    sim = Watched(small(cool_down="1s").eni("eni-a", secondary_ips=["10.0.0.11"]))
    sim.ask(unassign4())
    named = assign4(private_ip_addresses=("10.0.0.11",))
    assert code(sim.ask(named)) == "InvalidPrivateIpAddress.Duplicated"
    sim.run(until_ns=1_000_000_000)
    assert code(sim.ask(named)) == "ok"


def test_a_group_that_counts_enis_gets_no_place_back() -> None:
    enterprise = small(profile="current").security_group("sg-enterprise", type="enterprise")
    sim = Watched(enterprise.eni("eni-a", secondary_ips=["10.0.0.11"], security_groups=["sg-enterprise"]))
    sim.ask(unassign4())
    assert sim.close() == []


def test_an_address_that_two_enis_have_by_a_known_bad_policy_is_taken_until_both_lost_it() -> None:
    sim = Watched(
        small(policy="lowest-first").eni("eni-a", primary_ip="10.0.0.100").eni("eni-b", primary_ip="10.0.0.101"),
        policy=Policy(address=AddressPolicy.CHECK_THEN_ACT),
        watch=False,
    )
    replies = [sim.send(assign4(eni)) for eni in ("eni-a", "eni-b")]
    sim.run()
    assert [code(reply) for reply in replies] == ["ok", "ok"]
    vswitch, gone = sim.enis[0].vswitch, {"private_ip_addresses": ("10.0.0.1",)}
    before = vswitch.available_count()
    sim.ask(unassign4("eni-a", **gone))
    assert vswitch.available_count() == before
    sim.ask(unassign4("eni-b", **gone))
    assert vswitch.available_count() == before + 1
    assert sim.close() == []
