"""AssignIpv6Addresses and UnassignIpv6Addresses, and how an IPv6 vSwitch counts."""

from typing import Any

import pytest

from cloudsim.api.render import error_to_wire, to_wire
from cloudsim.api.requests import Request
from cloudsim.api.responses import AssignIpv6AddressesResponse
from cloudsim.operations.operation import Phase
from cloudsim.simulation.reply import Reply
from tests.operations.family.addressing import V6, assign4, assign6, closed_to, on_an_instance, unassign6, world
from tests.small_world import Watched, a_create, code, small


def assigned(reply: Reply) -> AssignIpv6AddressesResponse:
    answer = reply.result()
    assert isinstance(answer, AssignIpv6AddressesResponse)
    return answer


def test_addresses_and_prefixes_may_be_asked_for_together() -> None:
    sim = Watched(world())
    answer = assigned(sim.ask(assign6(ipv6_address_count=2, ipv6_prefix_count=1)))
    assert answer.network_interface_id == "eni-a"
    assert len(set(answer.ipv6_addresses)) == 2
    shown = sim.shown("eni-a")
    assert shown.ipv6_addresses == (f"{V6}:11", *answer.ipv6_addresses)
    assert shown.ipv6_prefixes == answer.ipv6_prefixes


def test_the_answer_is_written_as_documented() -> None:
    sim = Watched(world())
    answer = sim.ask(assign6(ipv6_addresses=(f"{V6}:7",), ipv6_prefixes=(f"{V6}5::/80",))).result()
    assert to_wire(answer) == {
        "RequestId": answer.request_id,
        "NetworkInterfaceId": "eni-a",
        "Ipv6Sets": {"Ipv6Address": [f"{V6}:7"]},
        "Ipv6PrefixSets": {"Ipv6Prefix": [f"{V6}5::/80"]},
    }


def test_an_address_is_answered_in_its_shortest_form_however_it_is_spelt() -> None:
    sim = Watched(world())
    assert assigned(sim.ask(assign6(ipv6_addresses=("2001:0DB8:0:1:0:0:0:00aB",)))).ipv6_addresses == (f"{V6}:ab",)


def test_ipv6_takes_no_ipv4_address_and_is_not_in_the_available_count() -> None:
    sim = Watched(world())
    vswitch = sim.enis[0].vswitch
    before = vswitch.available_count()
    sim.ask(assign6(ipv6_address_count=5, ipv6_prefix_count=2))
    assert vswitch.available_count() == before
    assert sim.shown("eni-a").private_ip_addresses == ("10.0.0.10", "10.0.0.11")


def test_ipv6_takes_places_of_a_basic_group_each_address_and_each_prefix_one() -> None:
    sim = Watched(world())
    (group,) = sim.cloud.security_groups.values()
    before = group.places.used
    sim.ask(assign6(ipv6_address_count=2, ipv6_prefix_count=1))
    assert group.places.used == before + 3


def test_the_two_families_of_one_eni_are_not_changed_at_the_same_time() -> None:
    sim = Watched(world())
    reply = sim.send(assign4())
    sim.hold(reply, at=Phase.LEASE_ADDRESSES)
    sim.run()
    assert code(sim.ask(assign6())) == "Operation.Conflict"


def test_the_two_families_do_not_share_a_token() -> None:
    sim = Watched(world())
    said = {"client_token": "t-1"}
    assert code(sim.ask(assign4(secondary_private_ip_address_count=1, **said))) == "ok"
    assert code(sim.ask(assign6(ipv6_address_count=1, **said))) == "ok"


def test_a_repeat_with_the_same_token_is_answered_alike() -> None:
    sim = Watched(world())
    request = assign6(ipv6_address_count=2, client_token="t-1")
    first, second = assigned(sim.ask(request)), assigned(sim.ask(request))
    assert first.ipv6_addresses == second.ipv6_addresses
    assert len(sim.shown("eni-a").ipv6_addresses) == 3


def test_an_eni_on_no_instance_may_have_ten_prefixes_counted() -> None:
    sim = Watched(world())
    assert code(sim.ask(assign6(ipv6_address_count=4, ipv6_prefix_count=5))) == "ok"
    assert code(sim.ask(assign6(ipv6_prefix_count=1))) == "MaxEniIpv6IpsCountExceeded"


def test_an_eni_on_an_instance_may_have_what_its_type_says() -> None:
    sim = Watched(on_an_instance(ipv6_per_eni=15))
    assert code(sim.ask(assign6(ipv6_address_count=10))) == "ok"
    assert code(sim.ask(assign6(ipv6_address_count=4))) == "ok"
    assert code(sim.ask(assign6())) == "InvalidOperation.Ipv6CountExceeded"


def test_a_type_whose_number_nobody_knows_limits_nothing() -> None:
    sim = Watched(on_an_instance(ipv6_per_eni=None))
    assert [code(sim.ask(assign6(ipv6_address_count=10))) for _ in range(2)] == ["ok", "ok"]


@pytest.mark.parametrize("last", ["", *(f"ffff:ffff:ffff:fff{digit}" for digit in "789abcdef")])
def test_the_first_address_and_the_last_nine_of_a_vswitch_are_the_system_s(last: str) -> None:
    sim = Watched(world())
    assert code(sim.ask(assign6(ipv6_addresses=(f"{V6}{last or ':'}",)))) == "InvalidVSwitchId.IpInvalid"


@pytest.mark.parametrize("last", [":1", "ffff:ffff:ffff:fff6"])
def test_the_addresses_beside_those_are_anybody_s(last: str) -> None:
    sim = Watched(world())
    assert code(sim.ask(assign6(ipv6_addresses=(f"{V6}{last}",)))) == "ok"


def test_what_is_created_with_ipv6_is_unassigned_like_what_is_assigned() -> None:
    sim = Watched(small(profile="current"))
    made = sim.make(ipv6_address_count=2)
    assert code(sim.ask(unassign6(made.network_interface_id, ipv6_addresses=made.ipv6_addresses))) == "ok"
    assert sim.shown(made.network_interface_id).ipv6_addresses == ()


ODD: list[tuple[dict[str, Any], str | None, str, int]] = [
    ({"regions_out_of_service": ["cn-hangzhou"]}, None, "Forbidden.RegionId", 403),
    ({"ram_supported": False, "users": [{"name": "bob"}]}, "bob", "Forbedden.NotSupportRAM", 403),
    (
        {"users": [{"name": "bob", "denied": ["AssignIpv6Addresses", "CreateNetworkInterface"]}]},
        "bob",
        "Forbbiden.SubUser",
        403,
    ),
]


@pytest.mark.parametrize(("account", "user", "spelt", "status"), ODD)
def test_the_oddities_of_ipv6_are_those_of_no_other_operation(
    account: dict[str, Any], user: str | None, spelt: str, status: int
) -> None:
    sim = Watched(closed_to(**account)())
    caller = sim.caller(account="acme", user=user, name="bob")
    odd = sim.ask(assign6(), by=caller).error
    usual = sim.ask(a_create(), by=caller).error
    assert odd is not None
    assert usual is not None
    assert (odd.code, odd.http_status) == (spelt, status)
    assert (usual.code, usual.http_status) != (odd.code, odd.http_status)
    assert usual.message.replace("CreateNetworkInterface", "AssignIpv6Addresses") == odd.message


def test_a_missing_parameter_is_403_for_ipv6_and_400_else() -> None:
    sim = Watched(world())
    requests: list[Request] = [assign6(""), unassign6(""), assign4("")]
    statuses = [(reply.error.code, reply.error.http_status) for reply in map(sim.ask, requests) if reply.error]
    assert statuses == [("MissingParameter", 403), ("MissingParameter", 403), ("MissingParameter", 400)]


def test_an_unassign_of_nothing_says_that_both_are_empty() -> None:
    sim = Watched(world())
    error = sim.ask(unassign6(ipv6_addresses=())).error
    assert error is not None
    told = error_to_wire(error, request_id="R", host_id="ecs.cn-hangzhou.aliyuncs.com")
    assert told["Code"] == "MissingParameter"
    assert told["Message"] == 'These parameters "Ipv6Address.N" and "Ipv6Prefix.N" cannot be both empty.'
