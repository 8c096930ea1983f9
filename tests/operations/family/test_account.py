"""Regions, zones, and the quotas of an account while they change."""

from typing import Any

import pytest

from cloudsim.api.requests import DescribeAccountAttributes, DescribeRegions, DescribeZones
from cloudsim.api.responses import (
    DescribeAccountAttributesResponse,
    DescribeRegionsResponse,
    DescribeZonesResponse,
)
from cloudsim.simulation.world.builder import World
from tests.small_world import REGION, Watched, a_delete, code, small


def regions_of(sim: Watched, **said: Any) -> DescribeRegionsResponse:
    found = sim.ask(DescribeRegions(**said)).result()
    assert isinstance(found, DescribeRegionsResponse)
    return found


def zones_of(sim: Watched, **said: Any) -> DescribeZonesResponse:
    found = sim.ask(DescribeZones(region_id=REGION, **said)).result()
    assert isinstance(found, DescribeZonesResponse)
    return found


def attributes(sim: Watched, *names: str) -> dict[str, list[str]]:
    request = DescribeAccountAttributes(region_id=REGION, attribute_names=names or None)
    found = sim.ask(request).result()
    assert isinstance(found, DescribeAccountAttributesResponse)
    return {item.attribute_name: [one.value for one in item.attribute_values] for item in found.account_attribute_items}


def eni_limit(sim: Watched) -> str:
    (value,) = attributes(sim, "max-elastic-network-interfaces")["max-elastic-network-interfaces"]
    return value


# -- regions and zones


def test_every_region_is_listed_with_its_endpoint_and_one_out_of_service_is_sold_out() -> None:
    world = World().account("acme", regions_out_of_service=["cn-beijing"]).region(REGION).region("cn-beijing")
    found = regions_of(Watched(world)).regions
    assert [(one.region_id, one.region_endpoint, one.status) for one in found] == [
        (REGION, "ecs.cn-hangzhou.aliyuncs.com", "available"),
        ("cn-beijing", "ecs.cn-beijing.aliyuncs.com", "soldOut"),
    ]


@pytest.mark.parametrize(
    ("language", "region", "zone"),
    [
        (None, "华东 1（杭州）", "华东 1（杭州） 可用区 H"),  # noqa: RUF001
        ("zh-CN", "华东 1（杭州）", "华东 1（杭州） 可用区 H"),  # noqa: RUF001
        ("en-US", "China (Hangzhou)", "China (Hangzhou) Zone H"),
    ],
)
def test_names_come_in_the_language_that_is_accepted(language: str | None, region: str, zone: str) -> None:
    sim = Watched()
    assert regions_of(sim, accept_language=language).regions[0].local_name == region
    assert zones_of(sim, accept_language=language).zones[0].local_name == zone


def test_a_region_of_nobody_s_list_is_called_by_its_id() -> None:
    assert regions_of(Watched(World().account("acme").region("xx-test"))).regions[0].local_name == "xx-test"


def test_a_zone_lists_what_can_be_made_in_it_unless_that_is_not_wanted() -> None:
    sim = Watched(small().instance_type("ecs.own.large", eni_quantity=2))
    (zone,) = zones_of(sim).zones
    assert (zone.zone_id, zone.zone_type) == ("cn-hangzhou-h", "AvailabilityZone")
    assert zone.available_resource_creation == ("VSwitch", "Instance")
    assert {"ecs.own.large", "ecs.g7.xlarge"} <= set(zone.available_instance_types)
    (brief,) = zones_of(sim, verbose=False).zones
    assert (brief.available_resource_creation, brief.available_instance_types) == ((), ())


# -- quotas


def test_all_attributes_that_have_a_value_are_told_unless_some_are_named() -> None:
    sim = Watched(small(quota=7))
    found = attributes(sim)
    assert list(found) == [
        "instance-network-type",
        "max-security-groups",
        "max-elastic-network-interfaces",
        "used-postpaid-instance-vcpu-count",
        "supported-postpaid-instance-types",
    ]
    assert found["max-elastic-network-interfaces"] == ["7"]
    assert found["max-security-groups"] == ["100"]
    assert found["instance-network-type"] == ["vpc", "classic"]
    assert "ecs.g7.xlarge" in found["supported-postpaid-instance-types"]


def test_an_account_of_today_has_no_classic_network() -> None:
    sim = Watched(small(profile="current"))
    assert attributes(sim, "instance-network-type") == {"instance-network-type": ["vpc"]}
    assert eni_limit(sim) == "5000"


def test_a_documented_attribute_that_nothing_stands_behind_is_left_out() -> None:
    found = attributes(Watched(), "max-dedicated-hosts", "max-security-groups", "max-security-groups")
    assert found == {"max-security-groups": ["100"]}


def test_a_quota_that_is_lowered_below_what_is_in_use_refuses_until_enough_is_deleted() -> None:
    sim = Watched(small(quota=5))
    enis = [sim.make().network_interface_id for _ in range(4)]
    sim.quota(account="acme", region=REGION).set_limit(2)
    assert eni_limit(sim) == "2"
    assert len(sim.enis) == 4, "what exists stays"
    for eni, wanted in zip(enis, ("4 of 2", "3 of 2", "2 of 2"), strict=False):
        refused = sim.ask()
        assert (code(refused), wanted in str(refused.error)) == ("MaxEniCountExceeded", True)
        sim.ask(a_delete(eni))
    assert code(sim.ask()) == "ok"
    assert code(sim.ask()) == "MaxEniCountExceeded"
    assert sim.close() == []


def test_a_quota_that_is_raised_lets_the_next_create_through() -> None:
    sim = Watched(small(quota=1))
    sim.make()
    assert code(sim.ask()) == "MaxEniCountExceeded"
    sim.quota(account="acme", region=REGION).set_limit(3)
    assert (eni_limit(sim), code(sim.ask())) == ("3", "ok")
    assert sim.close() == []
