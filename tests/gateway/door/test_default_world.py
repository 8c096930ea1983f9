"""The world that is served where no file says another."""

from cloudsim.gateway.defaults import ACCOUNT, default_world
from cloudsim.resources.geography import LOCAL_NAMES
from cloudsim.simulation.world.validate import validate
from tests.gateway.door.asking import Desk


def test_it_is_sound_and_has_nothing_but_regions_and_an_account() -> None:
    world = default_world()
    validate(world)
    assert [account.id for account in world.accounts] == [ACCOUNT]
    assert (*world.vpcs, *world.vswitches, *world.security_groups, *world.instances, *world.enis) == ()


def test_hangzhou_has_its_zones_from_b_to_k() -> None:
    zones = Desk().made("DescribeZones")["Zones"]["Zone"]
    assert [zone["ZoneId"] for zone in zones] == [f"cn-hangzhou-{letter}" for letter in "bcdefghijk"]
    assert "ecs.g7.xlarge" in zones[0]["AvailableInstanceTypes"]["InstanceTypes"]


def test_zones_outside_china_are_named_without_a_hyphen() -> None:
    zones = Desk().made("DescribeZones", RegionId="ap-southeast-1")["Zones"]["Zone"]
    assert [zone["ZoneId"] for zone in zones] == ["ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c"]


def test_every_region_has_a_name() -> None:
    regions = Desk().made("DescribeRegions", AcceptLanguage="en-US")["Regions"]["Region"]
    assert len(regions) == 28
    assert [region["RegionId"] for region in regions if region["LocalName"] == region["RegionId"]] == []
    assert {region["RegionId"] for region in regions} == LOCAL_NAMES.keys()


def test_every_zone_takes_a_vswitch() -> None:
    desk = Desk()
    for region in default_world().regions:
        where = {"RegionId": region.id}
        vpc = desk.made("CreateVpc", where, CidrBlock="10.0.0.0/16")["VpcId"]
        for number, zone in enumerate(region.zones):
            desk.made("CreateVSwitch", where, VpcId=vpc, ZoneId=zone, CidrBlock=f"10.0.{number}.0/24")
