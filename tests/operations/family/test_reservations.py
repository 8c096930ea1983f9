"""Blocks of vSwitches that are set aside for prefixes."""

import pytest

from cloudsim.api.render import to_json
from cloudsim.api.requests import CreateVSwitchCidrReservation, ListVSwitchCidrReservations, Tag
from cloudsim.ipam.edge import AddressSpace
from cloudsim.operations.operation import Phase
from tests.operations.family.networking import (
    a_reservation,
    a_reservation_end,
    listed_reservations,
    made_reservation,
    made_vswitch,
    shown_reservation,
    shown_vswitch,
)
from tests.small_world import REGION, Watched, a_delete, code, small


def current() -> Watched:
    return Watched(small(profile="current"))


def test_a_reserved_block_is_assigning_first_and_assigned_then() -> None:
    sim = Watched()
    reply = sim.send(a_reservation())
    sim.hold(reply, at=Phase.FINISH)
    sim.run()
    (first,) = listed_reservations(sim).vswitch_cidr_reservations
    assert (first.status, first.available_cidr_count) == ("Assigning", 0)
    sim.release(reply)
    sim.run()
    shown = shown_reservation(sim, first.vswitch_cidr_reservation_id)
    assert (shown.status, shown.available_cidr_count, shown.assigned_cidr_count) == ("Assigned", 1, 0)


def test_what_a_reserved_block_was_made_with_is_shown() -> None:
    sim = Watched()
    made = made_reservation(
        sim,
        vswitch_cidr_reservation_cidr="10.0.0.64/26",
        vswitch_cidr_reservation_name="pods",
        vswitch_cidr_reservation_description="for pods",
        vswitch_cidr_reservation_type="Prefix",
        tags=(Tag(key="app", value="shop"),),
    )
    assert made.startswith("vcr-bp1")
    shown = shown_reservation(sim, made)
    assert (shown.vswitch_cidr_reservation_cidr, shown.ip_version, shown.type) == ("10.0.0.64/26", "IPv4", "Prefix")
    assert (shown.vswitch_cidr_reservation_name, shown.vswitch_cidr_reservation_description) == ("pods", "for pods")
    assert (shown.vswitch_id, shown.vpc_id, shown.creation_time) == ("vsw-a", "vpc-main", "2026-01-01T00:00:00Z")
    assert [(tag.key, tag.value) for tag in shown.tags] == [("app", "shop")]
    assert shown.available_cidr_count == 4


def test_a_reservation_lowers_the_count_of_free_addresses_by_its_size() -> None:
    sim = Watched()
    made = made_reservation(sim, vswitch_cidr_reservation_cidr="10.0.0.64/26")
    assert shown_vswitch(sim, "vsw-a").available_ip_address_count == 252 - 64
    sim.ask(a_reservation_end(made)).result()
    assert shown_vswitch(sim, "vsw-a").available_ip_address_count == 252


def test_single_addresses_are_never_taken_from_it_and_prefixes_only() -> None:
    sim = current()
    made = made_reservation(sim)
    assert code(sim.ask(primary_ip_address="10.0.0.65")) == "InvalidPrivateIpAddress.Duplicated"
    (prefix,) = sim.make(ipv4_prefix_count=1).ipv4_prefixes
    assert prefix == "10.0.0.64/28"
    shown = shown_reservation(sim, made)
    assert (shown.assigned_cidr_count, shown.available_cidr_count) == (1, 0)
    assert code(sim.ask(ipv4_prefix_count=1)) == "InvalidVSwitchId.IpNotEnough"


def test_a_block_with_prefixes_in_use_is_given_back_once_they_are_gone() -> None:
    sim = current()
    made = made_reservation(sim)
    eni = sim.make(ipv4_prefix_count=1).network_interface_id
    assert code(sim.ask(a_reservation_end(made))) == "DependencyViolation"
    assert shown_reservation(sim, made).status == "Assigned"
    sim.ask(a_delete(eni)).result()
    assert code(sim.ask(a_reservation_end(made))) == "ok"
    assert code(sim.ask(primary_ip_address="10.0.0.65")) == "ok"
    assert listed_reservations(sim).vswitch_cidr_reservations == ()


def test_a_prefix_that_a_request_in_flight_holds_keeps_its_reservation() -> None:
    sim = current()
    made = made_reservation(sim)
    create = sim.send(ipv4_prefix_count=1)
    sim.hold(create, at=Phase.COMMIT)
    sim.run()
    assert code(sim.ask(a_reservation_end(made))) == "DependencyViolation"
    sim.release(create)
    sim.run()
    assert code(create) == "ok"
    assert sim.close() == []


def test_a_block_that_is_being_given_back_is_free_already_and_still_listed() -> None:
    sim = Watched()
    made = made_reservation(sim)
    reply = sim.send(a_reservation_end(made))
    sim.hold(reply, at=Phase.FINISH)
    sim.run()
    assert shown_reservation(sim, made).status == "Releasing"
    assert code(sim.ask(primary_ip_address="10.0.0.65")) == "ok"
    assert code(sim.ask(a_reservation_end(made))) == "IncorrectStatus"
    assert code(sim.ask(a_reservation())) == "InvalidCidrBlock.Overlapped"
    sim.release(reply)
    sim.run()
    assert code(sim.ask(a_reservation_end(made))) == "InvalidVSwitchCidrReservationId.NotFound"
    assert code(sim.ask(a_reservation())) == "InvalidParameter"


def test_a_mask_takes_the_lowest_block_that_is_wholly_free() -> None:
    sim = Watched(small(prefix_reservations=["10.0.0.16/28"]))
    sim.ask(primary_ip_address="10.0.0.35").result()
    for wanted in ("10.0.0.48/28", "10.0.0.64/28"):
        made = made_reservation(sim, vswitch_cidr_reservation_mask="28")
        assert shown_reservation(sim, made).vswitch_cidr_reservation_cidr == wanted
    made = made_reservation(sim, vswitch_cidr_reservation_mask="26")
    assert shown_reservation(sim, made).vswitch_cidr_reservation_cidr == "10.0.0.128/26"


@pytest.mark.parametrize(("number", "length"), [(1, 28), (2, 27), (3, 26), (4, 26)])
def test_a_number_of_prefixes_takes_the_smallest_block_that_holds_them(number: int, length: int) -> None:
    sim = Watched()
    made = made_reservation(sim, ip_prefix_number=number)
    assert shown_reservation(sim, made).vswitch_cidr_reservation_cidr.endswith(f"/{length}")


def test_ipv6_blocks_have_their_own_count_and_their_own_bounds() -> None:
    sim = current()
    six = {"ip_version": "IPv6"}
    made = made_reservation(sim, vswitch_cidr_reservation_cidr="2001:db8:0:1:4000::/66", **six)
    shown = shown_reservation(sim, made)
    assert (shown.ip_version, shown.available_cidr_count) == ("IPv6", 1 << 14)
    assert shown_vswitch(sim, "vsw-a").available_ip_address_count == 252
    by_mask = made_reservation(sim, vswitch_cidr_reservation_mask="80", **six)
    assert shown_reservation(sim, by_mask).vswitch_cidr_reservation_cidr == "2001:db8:0:1:1::/80"
    for wrong in ("2001:db8:0:1::/64", "2001:db8:0:1:2::/81"):
        assert code(sim.ask(a_reservation(vswitch_cidr_reservation_cidr=wrong, **six))) == "InvalidParameter"
    (prefix,) = sim.make(ipv6_prefix_count=1).ipv6_prefixes
    assert AddressSpace.parse("2001:db8:0:1:4000::/66").contains(AddressSpace.parse(prefix))
    assert listed_reservations(sim).vswitch_cidr_reservations == ()
    assert listed_reservations(sim, ip_version="IPv6").total_count == 2
    sim.ask(a_reservation_end(by_mask)).result()
    assert sim.close() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"vswitch_cidr_reservation_cidr": "10.0.0.0/25"},
        {"vswitch_cidr_reservation_cidr": "10.0.0.64/29"},
        {"vswitch_cidr_reservation_cidr": "10.0.1.0/28"},
        {"vswitch_cidr_reservation_cidr": "10.0.0.240/28"},
        {"vswitch_cidr_reservation_mask": "29"},
        {"vswitch_cidr_reservation_mask": "twenty"},
        {"vswitch_cidr_reservation_type": "subnet"},
        {"ip_version": "IPv5"},
        {"ip_prefix_number": 33},
        {"vswitch_cidr_reservation_name": "http://x"},
        {"vswitch_cidr_reservation_description": "d" * 257},
    ],
)
def test_what_cannot_be_reserved_is_refused_and_changes_nothing(changes: dict[str, object]) -> None:
    sim = Watched()
    assert code(sim.ask(a_reservation(**changes))) == "InvalidParameter"
    assert shown_vswitch(sim, "vsw-a").available_ip_address_count == 252
    assert listed_reservations(sim).total_count == 0


def test_a_block_in_use_is_not_reserved() -> None:
    sim = Watched()
    sim.ask(primary_ip_address="10.0.0.70").result()
    assert code(sim.ask(a_reservation())) == "InvalidParameter"


def test_one_form_of_the_block_is_required_and_its_text_has_to_be_one() -> None:
    sim = Watched()
    nothing = CreateVSwitchCidrReservation(region_id=REGION, vswitch_id="vsw-a")
    assert code(sim.ask(nothing)) == "MissingParameter"
    assert code(sim.ask(a_reservation(vswitch_cidr_reservation_cidr="10.0.0.64"))) == "InvalidCidrBlock.Malformed"


def test_ten_blocks_of_each_family_are_allowed() -> None:
    sim = current()
    for number in range(1, 11):
        made_reservation(sim, vswitch_cidr_reservation_cidr=f"10.0.0.{16 * number}/28")
    eleventh = a_reservation(vswitch_cidr_reservation_cidr="10.0.0.192/28")
    assert code(sim.ask(eleventh)) == "QuotaExceeded.VSwitchCidrReservation"
    assert code(sim.ask(a_reservation(vswitch_cidr_reservation_mask="80", ip_version="IPv6"))) == "ok"


def test_the_list_is_filtered_and_comes_in_pages() -> None:
    sim = current()
    other = made_vswitch(sim)
    made = [made_reservation(sim, vswitch_cidr_reservation_mask="28") for _ in range(3)]
    made += [
        made_reservation(
            sim, vswitch_id=other, vswitch_cidr_reservation_mask="28", tags=(Tag(key="app", value=str(number)),)
        )
        for number in range(2)
    ]

    def found(**filters: object) -> list[str]:
        listed = listed_reservations(sim, **filters).vswitch_cidr_reservations
        return [one.vswitch_cidr_reservation_id for one in listed]

    assert found() == made
    assert found(vswitch_id=other) == made[3:]
    assert found(vswitch_cidr_reservation_ids=(made[4], made[0], "vcr-none")) == [made[0], made[4]]
    assert found(tags=(Tag(key="app", value="1"),)) == [made[4]]
    assert found(vswitch_cidr_reservation_type="prefix") == made
    page = listed_reservations(sim, max_results=2)
    assert (page.total_count, page.max_results, page.next_token) == (5, 2, "2")
    second = listed_reservations(sim, max_results=3, next_token=page.next_token)
    assert [one.vswitch_cidr_reservation_id for one in second.vswitch_cidr_reservations] == made[2:]
    assert second.next_token == ""
    wrong = ListVSwitchCidrReservations(region_id=REGION, next_token="somewhere")
    assert code(sim.ask(wrong)) == "InvalidParameter"


def test_blocks_that_a_world_reserves_have_ids_and_can_be_given_back() -> None:
    ids = []
    for _ in range(2):
        sim = Watched(small(profile="current", prefix_reservations=["10.0.0.64/28", "2001:db8:0:1:8000::/80"]))
        both = [
            one.vswitch_cidr_reservation_id
            for family in ("IPv4", "IPv6")
            for one in listed_reservations(sim, ip_version=family).vswitch_cidr_reservations
        ]
        ids.append(both)
        for reservation in both:
            assert reservation.startswith("vcr-bp1")
            assert code(sim.ask(a_reservation_end(reservation))) == "ok"
        assert shown_vswitch(sim, "vsw-a").available_ip_address_count == 252
        assert sim.close() == []
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2


def test_a_repeat_with_the_token_gets_the_same_block_and_a_repeated_end_succeeds() -> None:
    sim = Watched()
    first, second = (made_reservation(sim, client_token="t-1") for _ in range(2))
    assert first == second
    for _ in range(2):
        assert code(sim.ask(a_reservation_end(first, client_token="t-2"))) == "ok"


def test_the_wire_has_flat_lists() -> None:
    sim = Watched()
    made_reservation(sim, tags=(Tag(key="app", value="shop"),))
    wire = to_json(listed_reservations(sim))
    assert b'"VSwitchCidrReservations":[{"AssignedCidrCount":0,' in wire
    assert b'"Tags":[{"Key":"app","Value":"shop"}]' in wire
