"""The whole family through the client: made, waited for, listed and ended, in one story each."""

from typing import Any

import pytest

from cloudsim.api.requests import ACTIONS
from cloudsim.errors.own import WaitTimeout
from cloudsim.resources.catalogue import Catalogue
from cloudsim.runtime.making import method_of
from cloudsim.runtime.outcome import attempt
from cloudsim.runtime.retry import Retry, TokenUse
from cloudsim.runtime.session import Session
from cloudsim.runtime.waiting import Poll
from cloudsim.simulation.latency import latency
from cloudsim.simulation.world.builder import World
from tests.runtime.running import S
from tests.runtime.sessions import WHERE, drive
from tests.small_world import small

ASYNC = latency("async", there="10ms", commit="30ms", respond="10ms", finish="4s")
MANY_ENIS = [one for one in map(Catalogue().get, Catalogue().names()) if (one.eni_quantity or 0) >= 15]
BRISK = Poll(first="1s", interval="1s", steps=30)


def current() -> World:
    return small(profile="current")


def run(script: Any, world: World | None = None, **dials: Any) -> tuple[Session, Any]:
    return drive(script, world if world is not None else current(), **{"latency": ASYNC, **dials})


def test_a_network_is_made_and_ended_with_waits_in_between() -> None:
    async def script(sim: Session) -> list[str]:
        client = sim.client(**WHERE)
        vpc = (await client.create_vpc(cidr_block="10.9.0.0/16", vpc_name="nine")).vpc_id
        states = [(await client.wait_until_vpc_available(vpc, poll=BRISK)).status]
        made = await client.create_vswitch(vpc_id=vpc, zone_id="cn-hangzhou-h", cidr_block="10.9.1.0/24")
        vswitch = await client.wait_until_vswitch_available(made.vswitch_id, poll=BRISK)
        states.append(vswitch.status)
        assert vswitch.available_ip_address_count == 252
        await client.delete_vswitch(vswitch_id=made.vswitch_id)
        assert await client.wait_until_vswitch_gone(made.vswitch_id, poll=BRISK) > 0
        await client.delete_vpc(vpc_id=vpc)
        assert await client.wait_until_vpc_gone(vpc, poll=BRISK) > 0
        return states

    assert run(script)[1] == ["Available", "Available"]


def test_an_instance_is_run_stopped_and_ended_with_waits_in_between() -> None:
    async def script(sim: Session) -> list[str]:
        client = sim.client(**WHERE)
        made = await client.run_instances(
            instance_type="ecs.g7.xlarge", image_id="m-1", vswitch_id="vsw-a", security_group_id="sg-main"
        )
        (instance,) = made.instance_id_sets
        states = [(await client.wait_until_instance(instance, "Running", poll=BRISK)).status]
        await client.stop_instance(instance_id=instance)
        states.append((await client.wait_until_instance(instance, "Stopped", poll=BRISK)).status)
        await client.delete_instance(instance_id=instance)
        assert await client.wait_until_instance_gone(instance, poll=BRISK) > 0
        return states

    assert run(script)[1] == ["Running", "Stopped"]


def test_an_instance_that_does_not_get_there_is_given_up() -> None:
    async def script(sim: Session) -> str:
        client = sim.client(**WHERE)
        with pytest.raises(WaitTimeout) as ended:
            await client.wait_until_instance("i-1", "Stopped", poll=Poll(steps=2))
        return ended.value.seen

    assert run(script, current().instance("i-1", type="ecs.g7.xlarge", vswitch="vsw-a"))[1] == "Running"


def crowded() -> World:
    world = World(profile="current").account("acme", eni_quota=100).region("cn-hangzhou", zones=["cn-hangzhou-h"])
    for number in range(60):
        vpc, zone = f"vpc-{number:02}", "cn-hangzhou-h"
        world.vpc(vpc, cidr="10.0.0.0/16").vswitch(f"vsw-{number:02}", cidr="10.0.1.0/24", vpc=vpc, zone=zone)
        world.security_group(f"sg-{number:02}", vpc=vpc)
    return world.instance("i-{n:03}", type="ecs.g7.xlarge", count=120, vswitch="vsw-00")


@pytest.mark.parametrize(
    ("name", "filters", "count"),
    [
        ("all_instances", {}, 120),
        ("all_instances", {"style": "pages"}, 120),
        ("all_instances", {"instance_ids": ["i-007"]}, 1),
        ("all_instance_statuses", {}, 120),
        ("all_instance_types", {}, 836),
        ("all_instance_types", {"max_results": 10, "minimum_eni_quantity": 15}, len(MANY_ENIS)),
        ("all_vpcs", {}, 60),
        ("all_route_tables", {}, 60),
        ("all_vswitches", {"page_size": 7}, 60),
        ("all_security_groups", {}, 60),
        ("all_security_groups", {"style": "pages"}, 60),
        ("all_network_interfaces", {"type": "Primary"}, 120),
    ],
)
def test_whole_lists_are_as_long_as_what_there_is(name: str, filters: dict[str, Any], count: int) -> None:
    async def script(sim: Session) -> int:
        seen = [item async for item in getattr(sim.client(**WHERE), name)(**filters)]
        assert len({repr(item) for item in seen}) == len(seen)
        return len(seen)

    assert run(script, crowded())[1] == count


def test_tags_and_reserved_blocks_are_lists_too() -> None:
    async def script(sim: Session) -> tuple[list[str], list[str]]:
        client = sim.client(**WHERE)
        await client.tag_resources(
            resource_type="securitygroup", resource_ids=["sg-main"], tags={f"k{n}": "v" for n in range(12)}
        )
        tags = [
            tag.tag_key
            async for tag in client.all_tag_resources(resource_type="securitygroup", resource_ids=["sg-main"])
        ]
        await client.create_vswitch_cidr_reservation(vswitch_id="vsw-a", vswitch_cidr_reservation_cidr="10.0.0.64/27")
        blocks = [
            block.vswitch_cidr_reservation_cidr
            async for block in client.all_vswitch_cidr_reservations(vswitch_id="vsw-a")
        ]
        return tags, blocks

    _, (tags, blocks) = run(script)
    assert sorted(tags) == sorted(f"k{n}" for n in range(12))
    assert blocks == ["10.0.0.64/27"]


def test_what_belongs_to_no_region_is_asked_for_without_one() -> None:
    async def script(sim: Session) -> tuple[list[str], int, str]:
        client = sim.client(account="acme")
        regions = [region.region_id for region in (await client.describe_regions()).regions]
        types = await client.describe_instance_types(instance_types=["ecs.g7.large"])
        lost = await attempt(client.describe_vpcs)
        return regions, len(types.instance_types), lost.code

    assert run(script)[1] == (["cn-hangzhou"], 1, "MissingParameter")


def test_a_token_is_drawn_for_every_action_that_takes_one() -> None:
    """Only a create once got one: a group, a VPC and an instance whose answer was lost were made twice."""

    async def script(sim: Session) -> list[int]:
        retry = Retry(attempts=2, backoff="10s", token=TokenUse.SAME)
        client = sim.client(**WHERE, timeout="1s", retry=retry)
        sim.faults.lose_answer()
        await client.create_security_group(vpc_id="vpc-main", security_group_name="twice")
        sim.faults.lose_answer()
        await client.create_vpc(cidr_block="10.9.0.0/16")
        sim.faults.lose_answer()
        await client.run_instances(instance_type="ecs.g7.large", vswitch_id="vsw-a", security_group_id="sg-main")
        await sim.sleep(60 * S)
        groups = [group async for group in client.all_security_groups(security_group_name="twice")]
        vpcs = [vpc async for vpc in client.all_vpcs() if vpc.cidr_block == "10.9.0.0/16"]
        instances = [instance async for instance in client.all_instances()]
        return [len(groups), len(vpcs), len(instances)]

    assert run(script)[1] == [1, 1, 1]


@pytest.mark.parametrize("action", ACTIONS)
def test_each_method_makes_a_call_of_its_action(action: str) -> None:
    async def script(sim: Session) -> None:
        await attempt(getattr(sim.client(**WHERE), method_of(action)))

    assert list(run(script)[0].calls) == [action]
