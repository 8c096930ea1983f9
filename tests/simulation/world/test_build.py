from typing import Any

from cloudsim.ipam.states import State
from cloudsim.resources.account import AccessStatus, AccountKind
from cloudsim.resources.catalogue import InstanceType
from cloudsim.resources.instance import InstanceStatus
from cloudsim.resources.interface import EniStatus, EniType
from cloudsim.simulation.world.builder import World
from cloudsim.values.ids import (
    AccountId,
    InstanceId,
    RegionId,
    ResourceGroupId,
    SecurityGroupId,
    VpcId,
    VSwitchId,
)
from tests.simulation.world.sample import built, dump, enis_of, small

ACME, HANGZHOU, VSW_A = AccountId("acme"), RegionId("cn-hangzhou"), VSwitchId("vsw-a")


def test_an_instance_owns_a_primary_eni_with_an_address_of_its_vswitch() -> None:
    cloud = built(small().instance("i-0001", type="ecs.g7.xlarge", status="Stopped"))
    instance = cloud.instances[InstanceId("i-0001")]
    eni = instance.primary
    assert (instance.status, instance.type.name) == (InstanceStatus.STOPPED, "ecs.g7.xlarge")
    assert (eni.type, eni.status, eni.instance) == (EniType.PRIMARY, EniStatus.IN_USE, "i-0001")
    assert cloud.vswitches[VSW_A].available_count() == 251
    assert eni.id.startswith("eni-bp1")
    assert len(eni.id) == len("eni-") + 20


def test_a_primary_eni_takes_a_place_in_its_group_and_none_of_the_quota() -> None:
    cloud = built(small().instance("i-0001", type="ecs.g7.xlarge"))
    assert cloud.security_groups[SecurityGroupId("sg-main")].places.used == 1
    assert cloud.estate(ACME, HANGZHOU).quota.used == 0


def test_a_primary_eni_counts_where_the_world_says_so() -> None:
    cloud = built(small(limits={"primary_enis_count": True}).instance("i-0001", type="ecs.g7.xlarge"))
    assert cloud.estate(ACME, HANGZHOU).quota.used == 1


def test_instances_come_in_numbers() -> None:
    cloud = built(small().instance("i-{n:04}-x", type="ecs.g7.xlarge", count=3).instance("j-{n}", type="ecs.g7.large"))
    assert list(cloud.instances) == ["i-0001-x", "i-0002-x", "i-0003-x", "j-1"]


def test_an_eni_that_says_everything_is_as_it_says() -> None:
    world = small().security_group("sg-two").resource_group("rg-1").instance("i-1", type="ecs.g7.xlarge")
    world.eni(
        "eni-1",
        primary_ip="10.0.0.9",
        secondary_ips=["10.0.0.8", "10.0.0.10"],
        security_groups=["sg-two", "sg-main"],
        type="Trunk",
        instance="i-1",
        status="Detaching",
        name="front",
        description="made before",
        tags={"team": "a", "env": "b"},
        resource_group="rg-1",
        queue_number=4,
        mac="00:16:3e:0a:0b:0c",
        ipv4_prefixes=["10.0.0.16/28"],
    )
    (_, eni) = enis_of(built(world))
    assert eni.id == "eni-1"
    assert eni.private_ip_addresses == ("10.0.0.9", "10.0.0.8", "10.0.0.10")
    assert eni.security_group_ids == ("sg-two", "sg-main")
    assert (eni.type, eni.status, eni.instance) == (EniType.TRUNK, EniStatus.DETACHING, "i-1")
    assert (eni.name, eni.description, eni.queue_number) == ("front", "made before", 4)
    assert eni.tags == (("team", "a"), ("env", "b"))
    assert (eni.resource_group, eni.mac_address) == ("rg-1", "00:16:3e:0a:0b:0c")
    assert eni.extras is not None
    assert eni.extras.ipv4_prefixes == ("10.0.0.16/28",)
    assert eni.vswitch.pool.state_of(17, 0) is State.IN_PREFIX


def test_an_eni_that_says_nothing_is_available_in_the_first_group() -> None:
    cloud = built(small().security_group("sg-two").eni())
    (eni,) = enis_of(cloud)
    assert (eni.type, eni.status, eni.instance) == (EniType.SECONDARY, EniStatus.AVAILABLE, None)
    assert eni.security_group_ids == ("sg-main",)
    assert eni.resource_group == cloud.accounts[ACME].default_resource_group != ""


def test_an_empty_list_of_groups_means_none() -> None:
    (eni,) = enis_of(built(small().eni(security_groups=[])))
    assert eni.security_group_ids == ()


def test_an_eni_of_a_cloud_product_is_in_use_without_an_instance() -> None:
    (eni,) = enis_of(built(small().eni(status="InUse")))
    assert (eni.status, eni.instance) == (EniStatus.IN_USE, None)


def test_enis_with_counted_addresses_take_that_many() -> None:
    cloud = built(small().eni(count=3, secondary_count=4))
    assert [len(eni.private_ip_addresses) for eni in enis_of(cloud)] == [5, 5, 5]
    assert cloud.estate(ACME, HANGZHOU).quota.used == 3
    assert cloud.security_groups[SecurityGroupId("sg-main")].places.used == 15
    assert cloud.vswitches[VSW_A].available_count() == 252 - 15


def test_a_drawn_id_and_mac_avoid_those_that_are_named() -> None:
    (drawn,) = enis_of(built(small().eni()))
    named, other = enis_of(built(small().eni().eni(drawn.id, mac=drawn.mac_address)))
    assert other.id == drawn.id
    assert other.mac_address == drawn.mac_address
    assert named.id != drawn.id
    assert named.mac_address != drawn.mac_address


def test_a_drawn_address_avoids_those_that_are_named_later() -> None:
    (drawn,) = enis_of(built(small().eni()))
    first, _ = enis_of(built(small().eni().eni(primary_ip=drawn.primary_ip_address)))
    assert first.primary_ip_address != drawn.primary_ip_address


def test_addresses_of_other_products_come_last_and_move_nothing() -> None:
    def vswitch(used: int) -> World:
        world = World().account("acme").region("cn-hangzhou").vpc("v").vswitch("vsw-a", cidr="10.0.0.0/24", used=used)
        return world.instance("i-{n}", type="ecs.g7.large", count=20).eni(count=20)

    without, with_used = built(vswitch(0)), built(vswitch(180))
    assert with_used.vswitches[VSW_A].available_count() == 252 - 40 - 180
    assert with_used.vswitches[VSW_A].taken_elsewhere == 180
    assert [eni.private_ip_addresses for eni in enis_of(without)] == [
        eni.private_ip_addresses for eni in enis_of(with_used)
    ]


def test_the_policy_of_the_vswitch_chooses() -> None:
    world = World().account("a").region("r").vpc("v").vswitch("s", cidr="10.0.0.0/24", policy="lowest-first", used=2)
    cloud = built(world.instance("i", type="ecs.g7.large").eni(count=2).eni(primary_ip="10.0.0.3"))
    assert [eni.primary_ip_address for eni in enis_of(cloud)] == ["10.0.0.1", "10.0.0.2", "10.0.0.4", "10.0.0.3"]
    assert list(cloud.vswitches[VSwitchId("s")].pool.used_offsets()) == [1, 2, 3, 4, 5, 6]


def test_released_addresses_cool_down_as_the_vswitch_says() -> None:
    world = World().account("a").region("r").vpc("v").vswitch("s", cidr="10.0.0.0/24", cool_down="5m")
    pool = built(world).vswitches[VSwitchId("s")].pool
    pool.release(pool.allocate(0), 0)
    assert pool.counts_at(5 * 60 * 10**9 - 1).cooling == 1
    assert pool.counts_at(5 * 60 * 10**9).cooling == 0


def test_a_reservation_is_set_aside() -> None:
    world = World().account("a").region("r").vpc("v", ipv6_cidr="2001:db8::/56")
    reservations = ["10.0.0.64/26", "2001:db8:0:2:7::/80"]
    world.vswitch("s", cidr="10.0.0.0/24", ipv6=2, prefix_reservations=reservations)
    vswitch = built(world).vswitches[VSwitchId("s")]
    assert vswitch.pool.counts_at(0).set_aside == 64
    assert vswitch.available_count() == 252 - 64
    assert vswitch.pool6 is not None
    assert vswitch.pool6.counts_at(0).set_aside == 1 << 48


def test_ipv6_addresses_are_taken_from_their_own_block() -> None:
    world = World(profile="current").account("a").region("r").vpc("v", ipv6_cidr="2001:db8::/56")
    world.vswitch("s", cidr="10.0.0.0/24", ipv6=1)
    world.eni(ipv6_addresses=["2001:db8:0:1::9"], ipv6_prefixes=["2001:db8:0:1:5::/80"])
    (eni,) = enis_of(built(world))
    assert eni.extras is not None
    assert eni.extras.ipv6_addresses == ("2001:db8:0:1::9",)
    pool6 = eni.vswitch.pool6
    assert pool6 is not None
    assert pool6.state_of(9, 0) is State.USED
    assert pool6.counts_at(0).in_prefix == 1 << 48


def test_vswitches_with_the_same_addresses_draw_apart() -> None:
    world = World().account("a").region("r").vpc("v").vpc("w")
    world.vswitch("s", vpc="v", cidr="10.0.0.0/24").vswitch("t", vpc="w", cidr="10.0.0.0/24")
    enis = enis_of(built(world.eni(vswitch="s", count=20).eni(vswitch="t", count=20)))
    assert [eni.primary_ip_address for eni in enis[:20]] != [eni.primary_ip_address for eni in enis[20:]]


def test_an_account_is_as_it_says() -> None:
    world = World().region("r").region("s", prefixes=False)
    world.account(
        "acme",
        queue_sizes=False,
        connection_tracking=False,
        owner_id="42",
        eni_quota={"r": 7},
        kind="unsupported",
        status="disabled",
        ram_supported=False,
        users=[{"name": "ci", "status": "expired", "denied": ["CreateNetworkInterface"]}],
        regions_out_of_service=["s"],
        default_resource_group="rg-d",
    )
    cloud = built(world.resource_group("rg-1"))
    account = cloud.accounts[ACME]
    assert (account.owner_id, account.kind, account.status) == ("42", AccountKind.UNSUPPORTED, AccessStatus.DISABLED)
    assert (account.ram_supported, account.default_resource_group) == (False, "rg-d")
    assert account.users["ci"].status is AccessStatus.EXPIRED
    assert account.users["ci"].denied == ("CreateNetworkInterface",)
    assert account.regions_out_of_service == {RegionId("s")}
    assert (account.queue_sizes, account.connection_tracking) == (False, False)
    assert [region.has_prefixes for region in cloud.regions.values()] == [True, False]
    assert cloud.estate(ACME, RegionId("r")).quota.limit == 7
    assert cloud.estate(ACME, RegionId("s")).quota.limit == 100
    assert list(cloud.resource_groups) == ["rg-1", "rg-d"]
    assert cloud.resource_groups[ResourceGroupId("rg-1")].account == "acme"


def test_a_group_has_the_capacity_of_its_type_in_the_profile_unless_it_says_its_own() -> None:
    def limits(profile: str) -> dict[str, tuple[int, bool]]:
        world = (
            small(profile=profile).security_group("big", type="enterprise").security_group("own", capacity=3, used=2)
        )
        world.security_group("old", network="classic")
        groups = built(world).security_groups
        assert groups[SecurityGroupId("own")].places.free == 1
        assert groups[SecurityGroupId("old")].vpc is None
        return {group.id: (group.places.limit, group.counts_enis) for group in groups.values()}

    assert limits("classic") == {
        "sg-main": (2_000, False),
        "big": (65_536, False),
        "own": (3, False),
        "old": (2_000, False),
    }
    assert limits("current")["sg-main"] == (6_000, False)
    assert limits("current")["big"] == (65_536, True)


def test_a_quota_below_what_exists_begins_as_it_is_and_gives_nothing() -> None:
    world = World().account("acme", eni_quota=1).region("cn-hangzhou").vpc("v").vswitch("s", cidr="10.0.0.0/24")
    quota = built(world.security_group("sg", capacity=2).eni(count=3)).estate(ACME, HANGZHOU).quota
    assert (quota.limit, quota.used, quota.free) == (1, 3, 0)


def test_a_vpc_is_as_it_says() -> None:
    world = World().account("a").region("r")
    world.vpc("v", cidr="10.0.0.0/16", secondary_cidrs=["10.1.0.0/16"], ipv6_cidr="2001:db8::/56")
    vpc = built(world.vswitch("s", cidr="10.1.0.0/24", status="Pending")).vpcs[VpcId("v")]
    assert (vpc.account, vpc.region, vpc.cidrs) == ("a", "r", ("10.0.0.0/16", "10.1.0.0/16"))
    assert vpc.ipv6_cidr == "2001:db8::/56"


def test_everything_is_called_tagged_and_grouped_as_it_says() -> None:
    said: dict[str, Any] = {"name": "main", "tags": {"team": "net", "env": ""}, "resource_group": "rg-net"}
    world = World().account("acme").region("cn-hangzhou").resource_group("rg-net").vpc("v", **said)
    world.vswitch("s", cidr="10.0.0.0/24", **said).security_group("sg", **said)
    cloud = built(world.instance("i-1", type="ecs.g7.large", **said))
    things = [table.popitem()[1] for table in (cloud.vpcs, cloud.vswitches, cloud.security_groups, cloud.instances)]
    for thing in things:
        assert (thing.name, thing.tags, thing.resource_group) == ("main", (("team", "net"), ("env", "")), "rg-net")
    (primary,) = enis_of(cloud)
    assert (primary.tags, primary.resource_group) == (things[0].tags, "rg-net")


def test_everything_is_in_the_default_resource_group_unless_said_otherwise() -> None:
    cloud = built(small().instance("i-1", type="ecs.g7.large"))
    default = cloud.accounts[ACME].default_resource_group
    for table in (cloud.vpcs, cloud.vswitches, cloud.security_groups, cloud.instances):
        assert [thing.resource_group for thing in table.values()] == [default]


def test_the_resource_group_of_an_instance_is_its_own_beside_a_primary_eni_that_has_a_table() -> None:
    world = small().resource_group("rg-net").instance("i-1", type="ecs.g7.large", resource_group="rg-net")
    cloud = built(world.eni("eni-1", type="Primary", instance="i-1"))
    (primary,) = enis_of(cloud)
    assert cloud.instances[InstanceId("i-1")].resource_group == "rg-net" != primary.resource_group


def test_members_are_on_the_trunk_that_they_name_or_on_the_only_one() -> None:
    world = small().instance("i-1", type="ecs.g7.xlarge").instance("i-2", type="ecs.g7.xlarge")
    world.eni("eni-m", type="Member", instance="i-1", count=1, trunk="eni-t2")
    world.eni("eni-n{n}", type="Member", instance="i-2", count=2)
    world.eni("eni-lost", type="Member", instance="i-1")
    world.eni("eni-t1", type="Trunk", instance="i-1").eni("eni-t2", type="Trunk", instance="i-1")
    world.eni("eni-t3", type="Trunk", instance="i-2").eni("eni-off", type="Member")
    seats = {
        eni.id: None if eni.extras is None else (eni.extras.trunk, eni.extras.device_index)
        for eni in enis_of(built(world))
        if eni.type == "Member"
    }
    assert seats == {
        "eni-m": ("eni-t2", 1),
        "eni-n1": ("eni-t3", 1),
        "eni-n2": ("eni-t3", 2),
        "eni-lost": None,
        "eni-off": None,
    }


def test_a_type_of_the_world_limits_its_instances() -> None:
    world = small().instance_type("ecs.own", eni_quantity=2, memory_mib=512).instance("i-1", type="ecs.own")
    kind = built(world).instances[InstanceId("i-1")].type
    assert kind == InstanceType(name="ecs.own", eni_quantity=2, memory_mib=512)


def test_the_same_seed_gives_the_same_cloud_and_another_seed_another() -> None:
    world = small().instance("i-{n}", type="ecs.g7.large", count=5).eni(count=5)
    assert dump(built(world, seed=1)) == dump(built(world, seed=1))
    assert dump(built(world, seed=1)) != dump(built(world, seed=2))


def test_the_worlds_enis_are_in_the_digest_of_the_run() -> None:
    assert built(small()).journal.digest() != built(small().eni()).journal.digest()
