"""DescribeInstances and DescribeInstanceStatus: every filter, both styles of paging, and what is shown."""

from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cloudsim.api.params import from_parameters
from cloudsim.api.render import to_json
from cloudsim.api.requests import (
    DescribeInstances,
    DescribeInstanceStatus,
    InstanceInterface,
    StartInstance,
    StopInstance,
    Tag,
)
from cloudsim.api.responses import DescribeInstancesResponse, DescribeInstanceStatusResponse
from cloudsim.simulation.world.builder import World
from cloudsim.values.ids import InstanceId
from tests.operations.family.launches import SMALL_TYPE, a_primary, a_run, by_primary, current
from tests.operations.family.test_run_instances import launched
from tests.small_world import REGION, Watched, code, small


def shown(sim: Watched, **filters: Any) -> DescribeInstancesResponse:
    answer = sim.ask(DescribeInstances(**{"region_id": REGION, **filters})).result()
    assert isinstance(answer, DescribeInstancesResponse)
    return answer


def ids(sim: Watched, **filters: Any) -> list[str]:
    return [instance.instance_id for instance in shown(sim, **filters).instances]


def statuses(sim: Watched, **filters: Any) -> DescribeInstanceStatusResponse:
    answer = sim.ask(DescribeInstanceStatus(**{"region_id": REGION, **filters})).result()
    assert isinstance(answer, DescribeInstanceStatusResponse)
    return answer


def rich() -> tuple[Watched, str, str]:
    """Two instances that differ in everything."""
    world = (
        World(profile="current")
        .account("acme")
        .region(REGION, zones=["cn-hangzhou-h", "cn-hangzhou-i"])
        .vpc("vpc-main", cidr="10.0.0.0/16", ipv6_cidr="2001:db8::/56")
        .vpc("vpc-two", cidr="10.1.0.0/16")
        .vswitch("vsw-a", vpc="vpc-main", zone="cn-hangzhou-h", cidr="10.0.0.0/24", ipv6=1)
        .vswitch("vsw-i", vpc="vpc-two", zone="cn-hangzhou-i", cidr="10.1.0.0/24")
        .security_group("sg-main", vpc="vpc-main")
        .security_group("sg-two", vpc="vpc-two")
        .resource_group("rg-blue")
        .eni("eni-free", vswitch="vsw-a")
    )
    sim = Watched(world)
    (one,) = launched(
        sim,
        instance_name="node-one",
        image_id="image-1",
        private_ip_address="10.0.0.9",
        ipv6_addresses=("2001:db8:0:1::9",),
        resource_group_id="rg-blue",
        tags=(Tag(key="team", value="net"), Tag(key="bare")),
    )
    (two,) = launched(
        sim, vswitch_id="vsw-i", security_group_id="sg-two", instance_type="ecs.c7.large", tags=(Tag(key="team"),)
    )
    sim.ask(StopInstance(region_id=REGION, instance_id=two.id))
    return sim, one.id, two.id


FILTERS: dict[str, tuple[Any, Any]] = {
    "instance_name": ("node-one", "node-two"),
    "image_id": ("image-1", "image-2"),
    "instance_type": (SMALL_TYPE, "ecs.g7.large"),
    "instance_type_family": ("ecs.g7", "ecs.g"),
    "vpc_id": ("vpc-main", "vpc-none"),
    "vswitch_id": ("vsw-a", "vsw-none"),
    "zone_id": ("cn-hangzhou-h", "cn-hangzhou-j"),
    "security_group_id": ("sg-main", "sg-none"),
    "status": ("Running", "Starting"),
    "private_ip_addresses": (("10.0.0.9", "10.0.0.7"), ("10.0.0.7",)),
    "ipv6_addresses": (("2001:db8:0:1::9",), ("2001:db8:0:1::7",)),
    "resource_group_id": ("rg-blue", "rg-none"),
    "tags": ((Tag(key="team", value="net"), Tag(key="bare")), (Tag(key="team", value="web"),)),
}


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_finds_what_has_the_value_and_nothing_else(name: str) -> None:
    sim, one, _ = rich()
    had, lacked = FILTERS[name]
    assert ids(sim, **{name: had}) == [one]
    assert ids(sim, **{name: lacked}) == []


def test_filters_are_joined_by_and() -> None:
    sim, one, two = rich()
    assert ids(sim, status="Running", instance_ids=(one, two), vswitch_id="vsw-a") == [one]
    assert ids(sim, status="Stopped", vswitch_id="vsw-a") == []
    assert ids(sim, instance_ids=(two,), zone_id="cn-hangzhou-h") == []


def test_a_tag_without_a_value_finds_every_value() -> None:
    sim, one, two = rich()
    assert ids(sim, tags=(Tag(key="team"),)) == [one, two]


def test_a_star_in_a_name_stands_for_anything() -> None:
    sim, one, two = rich()
    assert ids(sim, instance_name="node-*") == [one]
    assert ids(sim, instance_name="*") == [one, two]
    assert ids(sim, instance_name="node.one") == []
    assert ids(sim, instance_name=two) == [two]


@cache
def named_alike() -> tuple[Watched, dict[str, str]]:
    """Instances whose names have two letters, and those names by id."""
    sim = Watched(current())
    names = ("aa", "ab", "aab", "aba", "abab", "baab", "a" * 128)
    return sim, {launched(sim, instance_name=name)[0].id: name for name in names}


@given(pattern=st.text("ab*", min_size=1, max_size=8))
@example(pattern="ab*b")
@example(pattern="*a" * 40 + "*b")  # a regular expression tries every way to share a hundred letters among forty stars
@settings(max_examples=60)
def test_stars_find_what_a_shell_finds_by_them(pattern: str) -> None:
    sim, names = named_alike()
    assert ids(sim, instance_name=pattern) == [one for one, name in names.items() if fnmatchcase(name, pattern)]


def test_all_instances_are_of_the_vpc_network() -> None:
    sim, one, two = rich()
    assert ids(sim, instance_network_type="vpc") == [one, two]
    assert ids(sim, instance_network_type="classic") == []


def test_unknown_ids_are_not_in_the_list_and_the_others_come_as_they_are_named() -> None:
    sim, one, two = rich()
    assert ids(sim, instance_ids=(two, "i-none", one, two)) == [two, one]


def test_an_empty_array_of_ids_finds_nothing_and_no_array_finds_all() -> None:
    sim, one, two = rich()
    for text, found in (("[]", []), (None, [one, two]), (f'["{two}"]', [two])):
        parameters = {"RegionId": REGION, **({} if text is None else {"InstanceIds": text})}
        request = from_parameters("DescribeInstances", parameters).request
        answer = sim.ask(request).result()
        assert isinstance(answer, DescribeInstancesResponse)
        assert [instance.instance_id for instance in answer.instances] == found


def test_an_instance_is_shown_with_its_enis_and_where_it_is() -> None:
    sim = Watched(current())
    primary = a_primary(secondary_private_ip_address_count=1, ipv6_address_count=1)
    (instance,) = launched(sim, by_primary(primary, InstanceInterface(), tags=(Tag(key="a", value="b"),)))
    (one,) = shown(sim).instances
    assert (one.instance_name, one.status, one.stopped_mode) == (instance.id, "Running", "Not-applicable")
    assert (one.cpu, one.memory, one.instance_type_family) == (4, 16384, "ecs.g7")
    assert (one.creation_time, one.zone_id, one.region_id) == ("2026-01-01T00:00Z", "cn-hangzhou-h", REGION)
    first, second = one.network_interfaces
    assert (first.type, second.type) == ("Primary", "Secondary")
    assert [address.primary for address in first.private_ip_sets] == [True, False]
    assert len(first.ipv6_sets) == 1
    assert one.vpc_attributes.private_ip_address == (first.primary_ip_address,)
    wire = msgspec.json.decode(to_json(shown(sim)))["Instances"]["Instance"][0]
    assert wire["VpcAttributes"]["PrivateIpAddress"] == {"IpAddress": [first.primary_ip_address]}
    assert wire["Tags"] == {"Tag": [{"TagKey": "a", "TagValue": "b"}]}
    assert wire["SecurityGroupIds"] == {"SecurityGroupId": ["sg-main"]}
    assert wire["PublicIpAddress"] == wire["InnerIpAddress"] == {"IpAddress": []}
    prefixes = wire["NetworkInterfaces"]["NetworkInterface"][0]["Ipv4PrefixSets"]
    assert prefixes == {"Ipv4PrefixSet": []}


@pytest.mark.parametrize(("asked", "told"), [(None, "KeepCharging"), ("StopCharging", "StopCharging")])
def test_how_an_instance_was_stopped_is_shown_while_it_is(asked: str | None, told: str) -> None:
    sim = Watched(small().instance("i-1", type=SMALL_TYPE))
    sim.ask(StopInstance(region_id=REGION, instance_id="i-1", stopped_mode=asked))
    assert shown(sim).instances[0].stopped_mode == told
    sim.ask(StartInstance(region_id=REGION, instance_id="i-1"))
    assert shown(sim).instances[0].stopped_mode == "Not-applicable"
    assert sim.cloud.instances[InstanceId("i-1")].stopped_mode == ""


def test_one_that_the_world_stopped_is_shown_as_charged() -> None:
    sim = Watched(small().instance("i-1", type=SMALL_TYPE, status="Stopped"))
    assert shown(sim).instances[0].stopped_mode == "KeepCharging"


def many(count: int = 25) -> Watched:
    return Watched(small().instance("i-{n:02}", type=SMALL_TYPE, count=count))


def test_pages_of_the_old_style_hold_10_by_default() -> None:
    sim = many()
    page = shown(sim)
    assert (len(page.instances), page.total_count, page.page_number, page.page_size) == (10, 25, 1, 10)
    assert [one.instance_id for one in shown(sim, page_number=2, page_size=20).instances] == [
        f"i-{number}" for number in range(21, 26)
    ]


def test_pages_of_the_new_style_lead_on_to_the_next() -> None:
    sim = many()
    found: list[str] = []
    token: str | None = None
    while token != "":
        page = shown(sim, max_results=10, next_token=token)
        found += [one.instance_id for one in page.instances]
        token = page.next_token
    assert found == [f"i-{number:02}" for number in range(1, 26)]
    assert len(shown(sim, max_results=1).instances) == 10
    assert len(shown(many(120), max_results=500).instances) == 100


def test_the_status_of_instances_is_listed_in_pages_of_10() -> None:
    sim = many(12)
    page = statuses(sim)
    assert (len(page.instance_statuses), page.total_count, page.page_size) == (10, 12, 10)
    assert [one.instance_id for one in statuses(sim, page_number=2).instance_statuses] == ["i-11", "i-12"]


def test_the_status_of_named_instances_and_of_a_zone() -> None:
    sim, one, two = rich()
    found = statuses(sim, instance_ids=(two, "i-none")).instance_statuses
    assert [(status.instance_id, status.status) for status in found] == [(two, "Stopped")]
    assert [status.instance_id for status in statuses(sim, zone_id="cn-hangzhou-h").instance_statuses] == [one]


def test_a_page_of_status_begins_at_1() -> None:
    reply = many(1).ask(DescribeInstanceStatus(region_id=REGION, page_number=0))
    assert code(reply) == "InvalidParameter"


def test_a_launch_is_listed_behind_those_that_were_there() -> None:
    sim = many(2)
    (made,) = launched(sim, a_run())
    assert ids(sim) == ["i-01", "i-02", made.id]
