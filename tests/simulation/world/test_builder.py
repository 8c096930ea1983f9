import tomllib

import pytest

from cloudsim.errors.own import WorldError
from cloudsim.simulation.world.builder import World
from cloudsim.simulation.world.tables import read_tables
from tests.simulation.world.sample import built, dump

TOML = """
format = 1
profile = "current"
limits = { groups_per_eni_max = 16 }

[[account]]
id = "acme"
eni_quota = { cn-hangzhou = 100, cn-beijing = 50 }
users = [{ name = "ci", denied = ["DeleteNetworkInterface"] }]

[[region]]
id = "cn-hangzhou"
zones = ["cn-hangzhou-h", "cn-hangzhou-i"]

[[region]]
id = "cn-beijing"

[[vpc]]
id = "vpc-main"
region = "cn-hangzhou"
cidr = "10.0.0.0/16"
ipv6_cidr = "2001:db8::/56"

[[vswitch]]
id = "vsw-a"
zone = "cn-hangzhou-h"
cidr = "10.0.0.0/24"
ipv6 = 3
used = 100
cool_down = "5m"
prefix_reservations = ["10.0.0.64/26"]

[[security_group]]
id = "sg-main"
capacity = 500

[[security_group]]
id = "sg-old"
network = "classic"
region = "cn-beijing"

[[resource_group]]
id = "rg-1"

[[instance_type]]
name = "ecs.own"
eni_quantity = 5

[[instance]]
id = "i-{n:02}"
type = "ecs.own"
count = 3

[[eni]]
id = "eni-{n}"
instance = "i-02"
resource_group = "rg-1"
tags = { team = "a" }
count = 2

[[eni]]
ipv4_prefixes = ["10.0.0.80/28"]
"""


def in_python() -> World:
    return (
        World(profile="current", limits={"groups_per_eni_max": 16})
        .account(
            "acme",
            eni_quota={"cn-hangzhou": 100, "cn-beijing": 50},
            users=[{"name": "ci", "denied": ["DeleteNetworkInterface"]}],
        )
        .region("cn-hangzhou", zones=["cn-hangzhou-h", "cn-hangzhou-i"])
        .region("cn-beijing")
        .vpc("vpc-main", region="cn-hangzhou", cidr="10.0.0.0/16", ipv6_cidr="2001:db8::/56")
        .vswitch(
            "vsw-a",
            zone="cn-hangzhou-h",
            cidr="10.0.0.0/24",
            ipv6=3,
            used=100,
            cool_down="5m",
            prefix_reservations=["10.0.0.64/26"],
        )
        .security_group("sg-main", capacity=500)
        .security_group("sg-old", network="classic", region="cn-beijing")
        .resource_group("rg-1")
        .instance_type("ecs.own", eni_quantity=5)
        .instance("i-{n:02}", type="ecs.own", count=3)
        .eni("eni-{n}", instance="i-02", resource_group="rg-1", tags={"team": "a"}, count=2)
        .eni(ipv4_prefixes=["10.0.0.80/28"])
    )


def test_a_builder_and_a_file_that_say_the_same_are_equal() -> None:
    from_file = read_tables(tomllib.loads(TOML))
    assert from_file == in_python().spec
    assert dump(built(from_file)) == dump(built(in_python()))


def test_a_world_takes_few_lines_where_there_is_one_of_each() -> None:
    world = (
        World()
        .account("acme")
        .region("cn-hangzhou")
        .vpc("vpc-main")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .security_group("sg-main")
        .instance("i-{n}", type="ecs.g7.xlarge", count=10)
    )
    cloud = built(world)
    assert len(cloud.instances) == 10


def test_a_builder_goes_on_after_its_spec_was_taken() -> None:
    world = World().account("acme")
    first = world.spec
    assert world.account("other").spec != first
    assert [account.id for account in first.accounts] == ["acme"]


def test_a_key_of_the_wrong_kind_is_refused_by_its_path() -> None:
    world = World().account("acme").account("b", eni_quota="many")  # type: ignore[arg-type]
    with pytest.raises(WorldError, match=r"^account\[1\].eni_quota: expected a whole number or a table, not text$"):
        _ = world.spec
