"""VPCs from their making to their end."""

import pytest

from cloudsim.api.render import to_json, to_xml
from cloudsim.api.requests import DescribeVpcAttribute, DescribeVpcs, ModifyVpcAttribute, Tag
from cloudsim.api.responses import CreateVpcResponse
from cloudsim.operations.operation import Phase
from cloudsim.simulation.world.builder import World
from tests.operations.family.networking import (
    ZONE,
    a_vpc,
    a_vpc_end,
    a_vswitch,
    listed_vpcs,
    made_vpc,
    made_vswitch,
    nothing_yet,
    shown_vpc,
)
from tests.small_world import REGION, Watched, code, small


def modify(vpc: str, **changes: object) -> ModifyVpcAttribute:
    return ModifyVpcAttribute(region_id=REGION, vpc_id=vpc, **changes)  # type: ignore[arg-type]


def test_a_vpc_is_pending_when_the_answer_comes_and_available_soon_after() -> None:
    sim = Watched(nothing_yet())
    reply = sim.send(a_vpc())
    sim.hold(reply, at=Phase.FINISH)
    sim.run()
    made = reply.result()
    assert isinstance(made, CreateVpcResponse)
    assert shown_vpc(sim, made.vpc_id).status == "Pending"
    sim.release(reply)
    sim.run()
    assert shown_vpc(sim, made.vpc_id).status == "Available"


def test_the_answer_names_router_route_table_and_resource_group() -> None:
    sim = Watched(nothing_yet().resource_group("rg-net"))
    made = sim.ask(a_vpc(resource_group_id="rg-net")).result()
    assert isinstance(made, CreateVpcResponse)
    assert made.vpc_id.startswith("vpc-bp1")
    assert made.vrouter_id.startswith("vrt-bp1")
    assert made.route_table_id.startswith("vtb-bp1")
    assert made.resource_group_id == "rg-net"
    assert shown_vpc(sim, made.vpc_id).resource_group_id == "rg-net"


def test_what_a_vpc_was_made_with_is_shown() -> None:
    sim = Watched(nothing_yet())
    vpc = made_vpc(sim, vpc_name="web", description="the web", tags=(Tag(key="app", value="shop"),))
    shown = shown_vpc(sim, vpc)
    assert (shown.vpc_name, shown.description, shown.cidr_block) == ("web", "the web", "192.168.0.0/16")
    assert [(tag.key, tag.value) for tag in shown.tags] == [("app", "shop")]
    assert (shown.region_id, shown.is_default, shown.enabled_ipv6, shown.ipv6_cidr_block) == (REGION, False, False, "")
    assert str(shown.owner_id) == sim.cloud.accounts[sim.alice.account].owner_id
    assert shown.creation_time == "2026-01-01T00:00:00Z"


def test_without_a_block_a_vpc_has_the_documented_one_in_every_profile() -> None:
    for world in (nothing_yet(), small()):
        sim = Watched(world)
        assert shown_vpc(sim, made_vpc(sim, cidr_block=None)).cidr_block == "172.16.0.0/12"


def test_ipv6_gives_a_block_of_56_that_the_call_alone_decides() -> None:
    blocks = []
    for _ in range(2):
        sim = Watched(nothing_yet())
        blocks.append(shown_vpc(sim, made_vpc(sim, enable_ipv6=True)).ipv6_cidr_block)
        blocks.append(shown_vpc(sim, made_vpc(sim, enable_ipv6=True)).ipv6_cidr_block)
    assert blocks[:2] == blocks[2:]
    assert blocks[0] != blocks[1]
    assert all(block.endswith("/56") for block in blocks)


def test_an_ipv6_block_that_is_named_turns_ipv6_on() -> None:
    sim = Watched(nothing_yet())
    shown = shown_vpc(sim, made_vpc(sim, ipv6_cidr_block="2001:DB8::/56"))
    assert (shown.enabled_ipv6, shown.ipv6_cidr_block) == (True, "2001:db8::/56")
    assert [block.ipv6_isp for block in shown.ipv6_cidr_blocks] == ["BGP"]


@pytest.mark.parametrize("cidr", ["2001:db8::1/56", "2001:db8::/48", "10.0.0.0/16"])
def test_an_ipv6_block_has_to_be_one_of_56(cidr: str) -> None:
    assert code(Watched(nothing_yet()).ask(a_vpc(ipv6_cidr_block=cidr))) == "InvalidParameter"


@pytest.mark.parametrize("cidr", ["224.0.0.0/24", "127.0.0.0/16", "169.254.0.0/16", "100.96.0.0/16"])
def test_no_vpc_has_an_address_of_a_forbidden_range(cidr: str) -> None:
    assert code(Watched(nothing_yet()).ask(a_vpc(cidr_block=cidr))) == "InvalidParameter"


@pytest.mark.parametrize("profile", ["classic", "current"])
def test_masks_are_8_to_28_bits_long(profile: str) -> None:
    """In the profile of today too: the usual example for Terraform is a VPC of 10.0.0.0/8."""
    sim = Watched(small(profile=profile))
    cidrs = ("10.0.0.0/7", "10.0.0.0/8", "172.16.0.0/12", "10.0.0.0/28", "10.0.0.0/29")
    codes = [code(sim.ask(a_vpc(cidr_block=cidr))) for cidr in cidrs]
    assert codes == ["InvalidParameter", "ok", "ok", "ok", "InvalidParameter"]


def test_an_ipv6_block_is_no_block_for_a_vpc_and_a_long_description_no_description() -> None:
    sim = Watched(nothing_yet())
    assert code(sim.ask(a_vpc(cidr_block="2001:db8::/56"))) == "InvalidCidrBlock.Malformed"
    assert code(sim.ask(a_vpc(description="d" * 257))) == "InvalidParameter"
    assert code(sim.ask(a_vpc(description="https://x"))) == "InvalidParameter"


def test_the_quota_is_held_while_a_vpc_is_made_and_comes_back_with_its_end() -> None:
    world = World(profile="current", limits={"vpcs_per_region_max": 1})
    sim = Watched(world.account("acme").region(REGION))
    first = sim.send(a_vpc())
    sim.hold(first, at=Phase.COMMIT)
    sim.run()
    assert code(sim.ask(a_vpc())) == "QuotaExceeded.Vpc"
    sim.release(first)
    sim.run()
    made = first.result()
    assert isinstance(made, CreateVpcResponse)
    assert code(sim.ask(a_vpc())) == "QuotaExceeded.Vpc"
    sim.ask(a_vpc_end(made.vpc_id)).result()
    assert code(sim.ask(a_vpc())) == "ok"


def test_a_repeat_with_the_token_gets_the_same_vpc() -> None:
    sim = Watched(nothing_yet())
    first, second = (sim.ask(a_vpc(client_token="t-1")).result() for _ in range(2))
    assert isinstance(first, CreateVpcResponse)
    assert isinstance(second, CreateVpcResponse)
    assert first.vpc_id == second.vpc_id
    assert first.request_id != second.request_id
    assert listed_vpcs(sim).total_count == 1


def test_a_deleted_vpc_is_deleting_first_and_gone_then() -> None:
    sim = Watched(nothing_yet())
    vpc = made_vpc(sim)
    reply = sim.send(a_vpc_end(vpc))
    sim.hold(reply, at=Phase.FINISH)
    sim.run()
    assert code(reply) == "ok"
    assert shown_vpc(sim, vpc).status == "Deleting"
    for request in (a_vpc_end(vpc), a_vswitch(vpc_id=vpc, cidr_block="192.168.0.0/24")):
        assert code(sim.ask(request)) == "IncorrectVpcStatus"
    sim.release(reply)
    sim.run()
    assert code(sim.ask(DescribeVpcAttribute(region_id=REGION, vpc_id=vpc))) == "InvalidVpcId.NotFound"


def test_a_repeated_delete_with_the_token_succeeds_and_deletes_nothing_again() -> None:
    sim = Watched(nothing_yet())
    vpc = made_vpc(sim)
    assert code(sim.ask(a_vpc_end(vpc, client_token="t-1"))) == "ok"
    assert code(sim.ask(a_vpc_end(vpc, client_token="t-1"))) == "ok"
    assert code(sim.ask(a_vpc_end(vpc))) == "InvalidVpcId.NotFound"


def test_what_has_come_into_a_vpc_that_was_ending_keeps_it_alive() -> None:
    """States set by hand make it possible; nothing else does."""
    sim = Watched(nothing_yet())
    vpc = made_vpc(sim)
    reply = sim.send(a_vpc_end(vpc))
    sim.hold(reply, at=Phase.FINISH)
    sim.run()
    thing = sim.cloud.vpcs[next(iter(sim.cloud.vpcs))]
    thing.status = "Available"
    sim.cloud.note_vpc(thing)
    made_vswitch(sim, vpc_id=vpc, cidr_block="192.168.0.0/24")
    sim.release(reply)
    sim.run()
    assert shown_vpc(sim, vpc).status == "Available"
    assert sim.close() == []


def test_a_vpc_with_a_vswitch_on_its_way_is_not_deleted() -> None:
    sim = Watched(nothing_yet())
    vpc = made_vpc(sim)
    making = sim.send(a_vswitch(vpc_id=vpc, cidr_block="192.168.0.0/24"))
    sim.hold(making, at=Phase.RESERVE_QUOTA)
    sim.run()
    assert code(sim.ask(a_vpc_end(vpc))) == "DependencyViolation"
    sim.release(making)
    sim.run()
    assert code(making) == "ok"
    assert code(sim.ask(a_vpc_end(vpc))) == "DependencyViolation.VSwitch"


def test_a_vpc_of_somebody_else_or_of_elsewhere_does_not_exist() -> None:
    world = nothing_yet().region("cn-beijing").account("other").vpc("vpc-other", account="other", region=REGION)
    sim = Watched(world)
    made = made_vpc(sim)
    assert code(sim.ask(DescribeVpcAttribute(region_id=REGION, vpc_id="vpc-other"))) == "InvalidVpcId.NotFound"
    assert code(sim.ask(a_vpc_end("vpc-other"))) == "InvalidVpcId.NotFound"
    assert code(sim.ask(DescribeVpcAttribute(region_id="cn-beijing", vpc_id=made))) == "InvalidVpcId.NotFound"
    assert listed_vpcs(sim, region_id="cn-beijing").vpcs == ()
    assert [one.vpc_id for one in listed_vpcs(sim).vpcs] == [made]


def test_the_region_may_be_left_out_where_a_vpc_is_named() -> None:
    sim = Watched(nothing_yet())
    vpc = made_vpc(sim)
    assert code(sim.ask(ModifyVpcAttribute(vpc_id=vpc, vpc_name="web"))) == "ok"
    assert shown_vpc(sim, vpc).vpc_name == "web"
    assert code(sim.ask(a_vswitch(region_id=None, vpc_id=vpc, cidr_block="192.168.0.0/24", client_token="t"))) == "ok"
    assert code(sim.ask(a_vswitch(region_id=None, vpc_id="vpc-none", client_token="t"))) == "InvalidVpcId.NotFound"
    assert code(sim.ask(a_vpc(region_id=None))) == "MissingParameter"
    assert code(sim.ask(a_vpc(region_id="cn-nowhere"))) == "InvalidRegionId.NotFound"


def test_a_region_that_is_out_of_service_is_so_for_a_vpc_that_lies_there() -> None:
    world = World().account("acme", regions_out_of_service=[REGION]).region(REGION, zones=[ZONE])
    sim = Watched(world.vpc("vpc-main").vswitch("vsw-a", cidr="10.0.0.0/24"))
    assert code(sim.ask(DescribeVpcAttribute(vpc_id="vpc-main"))) == "Forbidden.RegionId"


def test_vpcs_are_found_by_what_they_are() -> None:
    sim = Watched(nothing_yet().resource_group("rg-net"))
    web = made_vpc(sim, vpc_name="web", tags=(Tag(key="app", value="shop"), Tag(key="tier", value="1")))
    six = made_vpc(sim, enable_ipv6=True, resource_group_id="rg-net")

    def found(**filters: object) -> list[str]:
        return [one.vpc_id for one in listed_vpcs(sim, **filters).vpcs]

    assert found() == [web, six]
    assert found(vpc_id=f"{six}, {web},vpc-none") == [six, web]
    assert found(vpc_id="vpc-none") == []
    assert found(vpc_name="web") == [web]
    assert found(enable_ipv6=True) == [six]
    assert found(enable_ipv6=False) == [web]
    assert found(is_default=False) == [web, six]
    assert found(is_default=True) == []
    assert found(resource_group_id="rg-net") == [six]
    assert found(tags=(Tag(key="app"),)) == [web]
    assert found(tags=(Tag(key="app", value="shop"), Tag(key="tier", value="1"))) == [web]
    assert found(tags=(Tag(key="app", value="other"),)) == []
    assert found(vpc_name="web", enable_ipv6=True) == []
    assert code(sim.ask(a_vpc())) == "ok"


def test_a_page_of_vpcs_has_ten_unless_asked_otherwise() -> None:
    world = World(profile="current", limits={"vpcs_per_region_max": 20}).account("acme").region(REGION)
    sim = Watched(world)
    every = [made_vpc(sim) for _ in range(12)]
    first, second = listed_vpcs(sim), listed_vpcs(sim, page_number=2)
    assert [one.vpc_id for one in (*first.vpcs, *second.vpcs)] == every
    assert (first.total_count, first.page_number, first.page_size, second.page_number) == (12, 1, 10, 2)
    assert len(listed_vpcs(sim, page_size=50).vpcs) == 12


def test_too_many_ids_are_refused() -> None:
    sim = Watched(nothing_yet())
    many = ",".join(f"vpc-{number}" for number in range(21))
    assert code(sim.ask(DescribeVpcs(region_id=REGION, vpc_id=many))) == "InvalidParameter"


def test_a_vpc_shows_its_secondary_blocks_and_its_vswitches() -> None:
    world = nothing_yet().vpc("vpc-main", cidr="10.0.0.0/16", secondary_cidrs=["10.1.0.0/16"])
    sim = Watched(world)
    vswitch = made_vswitch(sim, cidr_block="10.1.0.0/24")
    shown = shown_vpc(sim, "vpc-main")
    assert (shown.cidr_block, shown.secondary_cidr_blocks) == ("10.0.0.0/16", ("10.1.0.0/16",))
    assert shown.vswitch_ids == (vswitch,)
    assert {one.resource_type: one.resource_count for one in shown.cloud_resources} == {
        "VRouter": 1,
        "RouteTable": 1,
        "VSwitch": 1,
    }


def test_name_and_description_change_and_what_is_not_given_stays() -> None:
    sim = Watched(nothing_yet())
    vpc = made_vpc(sim, vpc_name="web", description="the web")
    sim.ask(modify(vpc, vpc_name="shop")).result()
    assert (shown_vpc(sim, vpc).vpc_name, shown_vpc(sim, vpc).description) == ("shop", "the web")
    sim.ask(modify(vpc, description="the shop")).result()
    assert (shown_vpc(sim, vpc).vpc_name, shown_vpc(sim, vpc).description) == ("shop", "the shop")


def test_ipv6_is_turned_on_once() -> None:
    sim = Watched(nothing_yet())
    drawn, named = made_vpc(sim), made_vpc(sim)
    sim.ask(modify(drawn, enable_ipv6=False)).result()
    assert not shown_vpc(sim, drawn).enabled_ipv6
    sim.ask(modify(drawn, enable_ipv6=True)).result()
    block = shown_vpc(sim, drawn).ipv6_cidr_block
    assert block.endswith("/56")
    sim.ask(modify(drawn, enable_ipv6=True, ipv6_cidr_block=block)).result()
    assert shown_vpc(sim, drawn).ipv6_cidr_block == block
    sim.ask(modify(named, ipv6_cidr_block="2001:DB8::/56")).result()
    assert shown_vpc(sim, named).ipv6_cidr_block == "2001:db8::/56"
    other = sim.ask(modify(drawn, ipv6_cidr_block="2001:db8::/56"))
    assert code(other) == "InvalidParameter"
    assert shown_vpc(sim, drawn).ipv6_cidr_block == block


def test_an_owner_without_a_number_is_shown_as_nought() -> None:
    world = World(profile="current").account("acme", owner_id="acme").region(REGION)
    sim = Watched(world)
    assert shown_vpc(sim, made_vpc(sim)).owner_id == 0


def test_the_wire_has_the_documented_names() -> None:
    sim = Watched(nothing_yet())
    vpc = made_vpc(sim, tags=(Tag(key="app", value="shop"),))
    listed, shown = listed_vpcs(sim), shown_vpc(sim, vpc)
    assert b'"RouterTableIds":{"RouterTableIds":["vtb-' in to_json(listed)
    assert b'"Tags":{"Tag":[{"Key":"app","Value":"shop"}]}' in to_json(listed)
    assert b"<VRouterId>vrt-" in to_xml(shown)
    assert b"<CloudResourceSetType><ResourceCount>1</ResourceCount><ResourceType>VRouter</ResourceType>" in to_xml(
        shown
    )
