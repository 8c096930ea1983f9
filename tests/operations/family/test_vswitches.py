"""vSwitches from their making to their end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.api.requests import ModifyVSwitchAttribute, Tag
from cloudsim.api.responses import CreateVSwitchResponse
from cloudsim.ipam.edge import AddressSpace
from cloudsim.operations.operation import Phase
from cloudsim.simulation.latency import DEFAULT
from cloudsim.simulation.reply import Reply
from cloudsim.simulation.world.builder import World
from tests.operations.family.networking import (
    ZONE,
    a_reservation,
    a_vswitch,
    a_vswitch_end,
    listed_vswitches,
    made_vpc,
    made_vswitch,
    nothing_yet,
    shown_vpc,
    shown_vswitch,
)
from tests.small_world import REGION, Watched, a_create, a_delete, code, small


def modify(vswitch: str = "vsw-a", **changes: object) -> ModifyVSwitchAttribute:
    return ModifyVSwitchAttribute(region_id=REGION, vswitch_id=vswitch, **changes)  # type: ignore[arg-type]


def held_at(sim: Watched, reply: Reply, phase: Phase) -> Reply:
    sim.hold(reply, at=phase)
    sim.run()
    return reply


def two_vswitches() -> World:
    return small(profile="current").vswitch("vsw-b", cidr="10.0.1.0/24")


# -- making


def test_a_vswitch_is_pending_first_and_creates_in_it_are_refused_until_it_is_available() -> None:
    sim = Watched()
    reply = held_at(sim, sim.send(a_vswitch()), Phase.FINISH)
    made = reply.result()
    assert isinstance(made, CreateVSwitchResponse)
    assert made.vswitch_id.startswith("vsw-bp1")
    assert shown_vswitch(sim, made.vswitch_id).status == "Pending"
    assert code(sim.ask(vswitch_id=made.vswitch_id)) == "IncorrectVSwitchStatus"
    sim.release(reply)
    sim.run()
    assert shown_vswitch(sim, made.vswitch_id).status == "Available"
    assert code(sim.ask(vswitch_id=made.vswitch_id)) == "ok"


def test_it_takes_a_while_under_the_default_latency() -> None:
    sim = Watched(latency=DEFAULT)
    reply = sim.send(a_vswitch())
    sim.run()
    made = reply.result()
    assert isinstance(made, CreateVSwitchResponse)
    assert reply.settled_ns is not None
    assert sim.now_ns > reply.settled_ns


def test_what_a_vswitch_was_made_with_is_shown() -> None:
    sim = Watched()
    made = made_vswitch(sim, vswitch_name="web", description="the web", tags=(Tag(key="app", value="shop"),))
    shown = shown_vswitch(sim, made)
    assert (shown.vswitch_name, shown.description, shown.cidr_block) == ("web", "the web", "10.0.9.0/24")
    assert (shown.vpc_id, shown.zone_id, shown.available_ip_address_count) == ("vpc-main", ZONE, 252)
    assert (shown.enabled_ipv6, shown.ipv6_cidr_block, shown.is_default) == (False, "", False)
    assert [(tag.key, tag.value) for tag in shown.tags] == [("app", "shop")]
    assert shown.route_table.route_table_id == sim.cloud.vswitches[next(iter(sim.cloud.vswitches))].vpc.route_table_id
    assert shown_vpc(sim, "vpc-main").vswitch_ids == ("vsw-a", made)


def test_a_vswitch_is_in_the_resource_group_of_its_vpc() -> None:
    sim = Watched(nothing_yet().resource_group("rg-net"))
    vpc = made_vpc(sim, resource_group_id="rg-net")
    made = made_vswitch(sim, vpc_id=vpc, cidr_block="192.168.0.0/24")
    assert shown_vswitch(sim, made).resource_group_id == "rg-net"


@pytest.mark.parametrize(("length", "count"), [(16, 65_532), (24, 252), (28, 12), (29, 4)])
def test_the_first_and_the_last_three_addresses_are_the_system_s(length: int, count: int) -> None:
    sim = Watched(nothing_yet().vpc("vpc-main", cidr="10.0.0.0/16"))
    made = made_vswitch(sim, cidr_block=f"10.0.0.0/{length}")
    assert shown_vswitch(sim, made).available_ip_address_count == count


def test_a_mask_alone_finds_the_lowest_free_block() -> None:
    sim = Watched()
    blocks = [
        shown_vswitch(sim, made_vswitch(sim, cidr_block=None, cidr_mask=mask)).cidr_block for mask in (25, 29, 24, 29)
    ]
    assert blocks == ["10.0.1.0/25", "10.0.1.128/29", "10.0.2.0/24", "10.0.1.136/29"]


def test_a_mask_looks_into_the_secondary_blocks_too() -> None:
    world = nothing_yet().vpc("vpc-main", cidr="10.0.0.0/24", secondary_cidrs=["10.9.0.0/16"])
    sim = Watched(world)
    assert shown_vswitch(sim, made_vswitch(sim, cidr_block=None, cidr_mask=20)).cidr_block == "10.9.0.0/20"
    full = sim.ask(a_vswitch(cidr_block=None, cidr_mask=16))
    assert code(full) == "InvalidParameter"
    assert code(sim.ask(a_vswitch(cidr_block=None, cidr_mask=30))) == "InvalidCirdrBlock.MaskLength"
    assert code(sim.ask(a_vswitch(cidr_block=None))) == "MissingParameter"


def test_a_block_lies_in_one_block_of_the_vpc() -> None:
    world = nothing_yet().vpc("vpc-main", cidr="10.0.0.0/24", secondary_cidrs=["10.0.1.0/24"])
    sim = Watched(world)
    assert code(sim.ask(a_vswitch(cidr_block="10.0.0.0/23"))) == "InvalidParameter"
    assert code(sim.ask(a_vswitch(cidr_block="10.0.1.0/24"))) == "ok"
    assert code(sim.ask(a_vswitch(cidr_block="10.0.0.0/24"))) == "ok"


def test_text_that_is_no_block_is_refused_as_malformed() -> None:
    sim = Watched()
    assert code(sim.ask(a_vswitch(cidr_block="10.0.9.0"))) == "InvalidCidrBlock.Malformed"
    assert code(sim.ask(a_vswitch(vswitch_name="n" * 129))) == "InvalidParameter"


def test_an_ipv6_block_is_the_one_of_the_vpc_that_is_named_by_its_number() -> None:
    sim = Watched(small(profile="current"))
    made = made_vswitch(sim, ipv6_cidr_block=255, ipv6_cidr_mask=64)
    shown = shown_vswitch(sim, made)
    assert (shown.enabled_ipv6, shown.ipv6_cidr_block) == (True, "2001:db8:0:ff::/64")
    sim.ask(vswitch_id=made, ipv6_address_count=1).result()
    assert code(sim.ask(a_vswitch(cidr_block="10.0.8.0/24", ipv6_cidr_block=255))) == "InvalidCidrBlock.Overlapped"
    assert code(sim.ask(a_vswitch(ipv6_cidr_block=256))) == "InvalidParameter"
    assert code(sim.ask(a_vswitch(ipv6_cidr_block=2, ipv6_cidr_mask=80))) == "InvalidParameter"
    assert sim.close() == []


def test_a_vpc_without_ipv6_gives_its_vswitches_none() -> None:
    assert code(Watched().ask(a_vswitch(ipv6_cidr_block=1))) == "InvalidParameter"


def test_two_at_the_same_time_in_one_vpc_are_refused_and_elsewhere_not() -> None:
    sim = Watched(nothing_yet().vpc("vpc-main", cidr="10.0.0.0/16").vpc("vpc-b", cidr="10.0.0.0/16"))
    for phase in (Phase.RESERVE_QUOTA, Phase.COMMIT, Phase.FINISH):
        cidr = f"10.0.{list(Phase).index(phase)}.0/24"
        first = held_at(sim, sim.send(a_vswitch(cidr_block=cidr)), phase)
        second = sim.ask(a_vswitch(cidr_block="10.0.99.0/24"))
        assert code(second) == "IncorrectVSwitchStatus"
        assert second.error is not None
        assert "simultaneously" in second.error.message
        assert code(sim.ask(a_vswitch(vpc_id="vpc-b", cidr_block=cidr))) == "ok"
        sim.release(first)
        sim.run()
        assert code(first) == "ok"
    assert code(sim.ask(a_vswitch(cidr_block="10.0.99.0/24"))) == "ok"


def test_a_refusal_for_another_creation_may_be_tried_later_with_the_same_token() -> None:
    sim = Watched()
    first = held_at(sim, sim.send(a_vswitch()), Phase.FINISH)
    again = a_vswitch(cidr_block="10.0.8.0/24", client_token="t-1")
    assert code(sim.ask(again)) == "IncorrectVSwitchStatus"
    sim.release(first)
    sim.run()
    assert code(sim.ask(again)) == "ok"
    repeat = sim.ask(again)
    assert code(repeat) == "ok"
    assert listed_vswitches(sim).total_count == 3


def test_a_token_in_progress_may_be_tried_later() -> None:
    sim = Watched()
    first = held_at(sim, sim.send(a_vswitch(client_token="t-1")), Phase.COMMIT)
    assert code(sim.ask(a_vswitch(client_token="t-1"))) == "OperationFailed.IdempotentTokenProcessing"
    sim.release(first)
    sim.run()
    repeat = sim.ask(a_vswitch(client_token="t-1")).result()
    made = first.result()
    assert isinstance(repeat, CreateVSwitchResponse)
    assert isinstance(made, CreateVSwitchResponse)
    assert repeat.vswitch_id == made.vswitch_id


def test_the_places_of_a_vpc_are_150_unless_said_otherwise() -> None:
    assert Watched().cloud.profile.vswitches_per_vpc_max == 150
    world = World(limits={"vswitches_per_vpc_max": 2}).account("acme").region(REGION, zones=[ZONE])
    sim = Watched(world.vpc("vpc-main", cidr="10.0.0.0/16").vswitch("vsw-a", cidr="10.0.0.0/24"))
    made = made_vswitch(sim)
    assert code(sim.ask(a_vswitch(cidr_block="10.0.8.0/24"))) == "QuotaExceeded.VSwitch"
    sim.ask(a_vswitch_end(made)).result()
    assert code(sim.ask(a_vswitch(cidr_block="10.0.8.0/24"))) == "ok"


def test_in_a_zone_that_is_out_nothing_is_made() -> None:
    sim = Watched()
    sim.cloud.conditions.zones_out[sim.cloud.regions[next(iter(sim.cloud.regions))].zones[0]] = True
    assert code(sim.ask(a_vswitch())) == "ServiceUnavailable"


def test_a_vswitch_chooses_its_addresses_by_the_name_of_the_call_that_made_it() -> None:
    first = []
    for _ in range(2):
        sim = Watched()
        made = made_vswitch(sim)
        first.append(sim.make(vswitch_id=made).private_ip_addresses)
    assert first[0] == first[1]


def test_reservations_in_a_new_vswitch_work() -> None:
    sim = Watched()
    made = made_vswitch(sim)
    assert code(sim.ask(a_reservation(vswitch_id=made, vswitch_cidr_reservation_cidr="10.0.9.64/28"))) == "ok"


# -- ending


def test_a_deleted_vswitch_is_pending_first_and_gone_then() -> None:
    sim = Watched()
    reply = held_at(sim, sim.send(a_vswitch_end()), Phase.FINISH)
    assert code(reply) == "ok"
    assert shown_vswitch(sim, "vsw-a").status == "Pending"
    assert code(sim.ask()) == "IncorrectVSwitchStatus"
    assert code(sim.ask(a_vswitch_end())) == "IncorrectVSwitchStatus"
    assert code(sim.ask(a_vswitch(cidr_block="10.0.0.0/24"))) == "InvalidCidrBlock.Overlapped"
    sim.release(reply)
    sim.run()
    assert listed_vswitches(sim).vswitches == ()
    assert code(sim.ask()) == "InvalidVSwitchId.NotFound"
    assert code(sim.ask(a_vswitch_end())) == "InvalidVSwitchId.NotFound"
    assert code(sim.ask(a_vswitch(cidr_block="10.0.0.0/24"))) == "ok"


def test_a_create_on_its_way_keeps_its_vswitch_whatever_it_is_about_to_do() -> None:
    for phase in (Phase.RESERVE_QUOTA, Phase.LEASE_ADDRESSES, Phase.COMMIT):
        sim = Watched()
        create = held_at(sim, sim.send(a_create()), phase)
        refused = sim.ask(a_vswitch_end())
        assert code(refused) == "DependencyViolation"
        sim.release(create)
        sim.run()
        assert code(create) == "ok"
        assert len(sim.enis) == 1
        assert sim.close() == []


def test_a_create_that_comes_to_its_vswitch_behind_a_delete_finds_it_leaving_or_gone() -> None:
    outcomes = set()
    for phase in (Phase.FINISH, Phase.RESPOND):
        sim = Watched()
        create = held_at(sim, sim.send(a_create()), Phase.RESOLVE)
        delete = sim.send(a_vswitch_end())
        if phase is Phase.FINISH:
            held_at(sim, delete, phase)
        sim.run()
        sim.release(create)
        sim.run()
        outcomes.add(code(create))
        assert code(delete) == "ok"
        assert sim.enis == []
    assert outcomes == {"IncorrectVSwitchStatus", "InvalidVSwitchId.NotFound"}


def test_an_eni_that_is_deleting_still_keeps_its_vswitch() -> None:
    sim = Watched(small(profile="current"))
    eni = sim.make().network_interface_id
    assert code(sim.ask(a_vswitch_end())) == "DependencyViolation"
    going = held_at(sim, sim.send(a_delete(eni)), Phase.FINISH)
    assert sim.shown(eni).status == "Deleting"
    refused = sim.ask(a_vswitch_end())
    assert code(refused) == "DependencyViolation"
    assert refused.error is not None
    assert "1 ENIs" in refused.error.message
    sim.release(going)
    sim.run()
    assert code(sim.ask(a_vswitch_end())) == "ok"


def test_reserved_blocks_and_other_products_keep_a_vswitch() -> None:
    sim = Watched(small(prefix_reservations=["10.0.0.64/28"]))
    assert code(sim.ask(a_vswitch_end())) == "DependencyViolation"
    sim = Watched(small(used=3))
    refused = sim.ask(a_vswitch_end())
    assert refused.error is not None
    assert "3 addresses of other products" in refused.error.message


def test_one_vswitch_of_a_vpc_ends_at_a_time() -> None:
    sim = Watched(two_vswitches())
    first = held_at(sim, sim.send(a_vswitch_end("vsw-a")), Phase.FINISH)
    assert code(sim.ask(a_vswitch_end("vsw-b"))) == "OperationDenied.OtherSubnetProcessing"
    assert code(sim.ask(a_vswitch())) == "ok"
    sim.release(first)
    sim.run()
    assert code(sim.ask(a_vswitch_end("vsw-b"))) == "ok"


def test_a_dry_run_deletes_nothing() -> None:
    sim = Watched()
    assert code(sim.ask(a_vswitch_end(dry_run=True))) == "DryRunOperation"
    assert shown_vswitch(sim, "vsw-a").status == "Available"


def test_what_has_come_into_a_vswitch_that_was_ending_keeps_it_alive() -> None:
    """States set by hand make it possible; nothing else does."""
    sim = Watched()
    reply = held_at(sim, sim.send(a_vswitch_end()), Phase.FINISH)
    vswitch = sim.cloud.vswitches[next(iter(sim.cloud.vswitches))]
    vswitch.status = "Available"
    sim.cloud.note_vswitch(vswitch)
    sim.make()
    sim.release(reply)
    sim.run()
    assert shown_vswitch(sim, "vsw-a").status == "Available"
    assert sim.close() == []


# -- changing


def test_a_vswitch_is_renamed_and_what_is_not_given_stays() -> None:
    sim = Watched()
    sim.ask(modify(vswitch_name="web", description="the web")).result()
    sim.ask(modify(vswitch_name="shop")).result()
    shown = shown_vswitch(sim, "vsw-a")
    assert (shown.vswitch_name, shown.description, shown.status) == ("shop", "the web", "Available")


def test_ipv6_is_turned_on_with_the_lowest_block_that_is_free_or_the_one_that_is_named() -> None:
    sim = Watched(two_vswitches())
    sim.ask(modify("vsw-b", enable_ipv6=True)).result()
    assert shown_vswitch(sim, "vsw-b").ipv6_cidr_block == "2001:db8::/64"
    sim.ask(modify("vsw-b", enable_ipv6=True)).result()
    sim.ask(modify("vsw-b", ipv6_cidr_block=0)).result()
    assert code(sim.ask(modify("vsw-b", ipv6_cidr_block=7))) == "InvalidParameter"
    assert shown_vswitch(sim, "vsw-b").ipv6_cidr_block == "2001:db8::/64"
    made = made_vswitch(sim)
    sim.ask(modify(made, ipv6_cidr_block=7)).result()
    assert shown_vswitch(sim, made).ipv6_cidr_block == "2001:db8:0:7::/64"
    sim.ask(vswitch_id=made, ipv6_address_count=1).result()


def test_a_creation_loses_an_ipv6_block_that_somebody_turns_on_meanwhile() -> None:
    sim = Watched(two_vswitches())
    creation = held_at(sim, sim.send(a_vswitch(ipv6_cidr_block=9)), Phase.COMMIT)
    sim.ask(modify("vsw-b", ipv6_cidr_block=9)).result()
    sim.release(creation)
    sim.run()
    assert code(creation) == "InvalidCidrBlock.Overlapped"
    assert sim.close() == []


# -- laws


@given(st.lists(st.tuples(st.integers(24, 29), st.integers(0, 31), st.booleans()), max_size=8))
def test_vswitches_never_overlap_and_agree_with_a_model_of_sets(steps: list[tuple[int, int, bool]]) -> None:
    """A /24 in which blocks are made and ended; the model is the set of addresses of each."""
    sim = Watched(nothing_yet().vpc("vpc-main", cidr="10.0.0.0/24"))
    model: dict[str, set[int]] = {}
    for length, number, is_end in steps:
        if is_end and model:
            gone = sorted(model)[number % len(model)]
            assert code(sim.ask(a_vswitch_end(gone))) == "ok"
            del model[gone]
            continue
        size = 1 << (32 - length)
        base = number * size % 256
        wanted = set(range(base, base + size))
        reply = sim.ask(a_vswitch(cidr_block=f"10.0.0.{base}/{length}"))
        if any(wanted & taken for taken in model.values()):
            assert code(reply) == "InvalidCidrBlock.Overlapped"
        else:
            made = reply.result()
            assert isinstance(made, CreateVSwitchResponse)
            model[made.vswitch_id] = wanted
    found = {one.vswitch_id: one.cidr_block for one in listed_vswitches(sim, page_size=50).vswitches}
    spaces = {vswitch: AddressSpace.parse(cidr) for vswitch, cidr in found.items()}
    first = AddressSpace.parse("10.0.0.0/24").base
    assert {
        vswitch: set(range(space.base - first, space.base - first + space.size)) for vswitch, space in spaces.items()
    } == model
    assert sim.close() == []
