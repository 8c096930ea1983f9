from collections.abc import Callable
from typing import Any

import pytest

from cloudsim.simulation.world.builder import World
from cloudsim.simulation.world.validate import validate
from tests.simulation.world.sample import problems_of, small

G7 = "ecs.g7.xlarge"  # 4 ENIs, 15 IPv4 and 15 IPv6 addresses each, 20 ENIs with members
OTHERWISE = "unless an [[instance_type]] table says otherwise"


def furnished() -> World:
    """An instance i-1 in vsw-a, a vSwitch of the other zone, one of another VPC, groups of all kinds."""
    return (
        small()
        .account("other")
        .vswitch("vsw-i", vpc="vpc-main", zone="cn-hangzhou-i", cidr="10.0.1.0/24")
        .vpc("vpc-two", account="acme", region="cn-hangzhou", cidr="172.16.0.0/16", ipv6_cidr="2001:db8::/56")
        .vswitch("vsw-two", vpc="vpc-two", zone="cn-hangzhou-h", cidr="172.16.0.0/24", ipv6=0)
        .security_group("sg-two", vpc="vpc-two")
        .security_group("sg-classic", network="classic", account="acme", region="cn-hangzhou")
        .security_group("sg-big", vpc="vpc-main", type="enterprise")
        .resource_group("rg-other", account="other")
        .instance("i-1", type=G7, vswitch="vsw-a", primary_ip="10.0.0.10")
    )


@pytest.mark.parametrize(
    ("add", "said"),
    [
        (
            lambda w: w.instance("i-2", type="ecs.g7.xlrge", vswitch="vsw-a"),
            f"instance[1].type: instance type 'ecs.g7.xlrge' is not known; did you mean '{G7}'?",
        ),
        (
            lambda w: w.instance("i-2", type=G7, vswitch="vsw-aa"),
            "instance[1].vswitch: there is no vSwitch 'vsw-aa'; did you mean 'vsw-a'?",
        ),
        (
            lambda w: w.instance("i-2", type=G7),
            "instance[1].vswitch: no vSwitch is named, and there are 3, so name one",
        ),
        (
            lambda w: w.instance("i-1", type=G7, vswitch="vsw-a"),
            "instance[1].id: 'i-1' is there already; an id is given once",
        ),
        (
            lambda w: w.instance("i-{n}", type=G7, vswitch="vsw-a", count=2),
            "instance[1].id: 'i-1' is there already; an id is given once",
        ),
        (
            lambda w: w.instance("i", type=G7, vswitch="vsw-a", count=2),
            "instance[1].id: 2 things cannot share the id 'i'; write 'i-{n}'",
        ),
        (
            lambda w: w.instance("j-{n}", type=G7, vswitch="vsw-a", count=2, primary_ip="10.0.0.9"),
            "instance[1].primary_ip: 2 instances cannot have the same address",
        ),
        (
            lambda w: w.instance("i-2", type=G7, vswitch="vsw-a", primary_ip="10.0.0.10"),
            "instance[1].primary_ip: 10.0.0.10 is taken by instance[0].primary_ip already",
        ),
        (
            lambda w: w.instance("i-2", type=G7, vswitch="vsw-a", security_groups=["sg-two"]),
            "instance[1].security_groups[0]: 'sg-two' is of VPC 'vpc-two', the ENI lies in VPC 'vpc-main'",
        ),
        (
            lambda w: w.eni(vswitch="vsw-a", instance="i-1", count=4),
            f"instance[0]: 'i-1' has 5 ENIs on it, the primary one included; {G7} allows 4, {OTHERWISE}",
        ),
        (
            lambda w: w.eni(vswitch="vsw-a", instance="i-1", type="Member", count=20),
            f"instance[0]: 'i-1' has 21 ENIs with the members of trunks; {G7} allows 20, {OTHERWISE}",
        ),
        (
            lambda w: w.eni(vswitch="vsw-a", type="Primary", instance="i-1", primary_ip="10.0.0.9"),
            "instance[0].primary_ip: the primary ENI of 'i-1' has an [[eni]] table, which says its address and groups",
        ),
    ],
)
def test_an_instance_that_cannot_be_is_refused(add: Callable[[World], World], said: str) -> None:
    problems = problems_of(add(furnished()))
    assert said in problems
    assert len(problems) <= 2  # a repeated address comes with a repeated id


@pytest.mark.parametrize(
    ("add", "said"),
    [
        (
            lambda w: w.eni("e", vswitch="vsw-a").eni("e", vswitch="vsw-a"),
            "eni[1].id: 'e' is there already; an id is given once",
        ),
        (
            lambda w: w.eni("e", vswitch="vsw-a", count=2),
            "eni[0].id: 2 things cannot share the id 'e'; write 'e-{n}'",
        ),
        (lambda w: w.eni(), "eni[0].vswitch: no vSwitch is named, and there are 3, so name one"),
        (
            lambda w: w.eni(vswitch="vsw-a", instance="i-9"),
            "eni[0].instance: there is no instance 'i-9'; did you mean 'i-1'?",
        ),
        (
            lambda w: w.eni(vswitch="vsw-i", instance="i-1"),
            "eni[0].instance: 'i-1' lies in cn-hangzhou-h of 'vpc-main', the ENI in cn-hangzhou-i of 'vpc-main'",
        ),
        (
            lambda w: w.eni(vswitch="vsw-two", instance="i-1"),
            "eni[0].instance: 'i-1' lies in cn-hangzhou-h of 'vpc-main', the ENI in cn-hangzhou-h of 'vpc-two'",
        ),
        (lambda w: w.eni(vswitch="vsw-a", type="Primary"), "eni[0].instance: a primary ENI is an instance's; name it"),
        (
            lambda w: w.eni(vswitch="vsw-a", status="Attaching"),
            "eni[0].status: an ENI that is Attaching is on an instance; name it",
        ),
        (
            lambda w: w.eni(vswitch="vsw-a", instance="i-1", status="Available"),
            "eni[0].status: an ENI that is Available is on no instance",
        ),
        (
            lambda w: w.eni(vswitch="vsw-a", secondary_ips=["10.0.0.9"], secondary_count=1),
            "eni[0].secondary_count: secondary addresses are either named or counted, not both",
        ),
        (
            lambda w: w.eni(vswitch="vsw-a", primary_ip="10.0.0.9", count=2),
            "eni[0].primary_ip: 2 ENIs cannot have the same",
        ),
        (lambda w: w.eni(vswitch="vsw-a", mac="00:16:3e:00:00:01", count=2), "eni[0].mac: 2 ENIs cannot have the same"),
        (
            lambda w: w.eni(vswitch="vsw-a", mac="02:16:3e:00:00:01"),
            "eni[0].mac: '02:16:3e:00:00:01' is not of the form 00:16:3e:xx:xx:xx, in lower case",
        ),
        (
            lambda w: w.eni(vswitch="vsw-a", mac="00:16:3e:00:00:01").eni(vswitch="vsw-a", mac="00:16:3e:00:00:01"),
            "eni[1].mac: 00:16:3e:00:00:01 is the MAC address of eni[0] already",
        ),
        (
            lambda w: w.eni(vswitch="vsw-a", security_groups=["sg-man"]),
            "eni[0].security_groups[0]: there is no security group 'sg-man'; did you mean 'sg-main'?",
        ),
        (
            lambda w: w.eni(vswitch="vsw-a", security_groups=["sg-classic"]),
            "eni[0].security_groups[0]: 'sg-classic' is of the classic network, the ENI lies in VPC 'vpc-main'",
        ),
        (
            lambda w: w.eni(vswitch="vsw-a", security_groups=["sg-main", "sg-main"]),
            "eni[0].security_groups[1]: 'sg-main' is listed twice",
        ),
        (
            lambda w: w.eni(vswitch="vsw-a", security_groups=["sg-main", "sg-big"]),
            "eni[0].security_groups[1]: 'sg-big' is enterprise, 'sg-main' is not; none are mixed",
        ),
        (
            lambda w: w.eni(vswitch="vsw-a", resource_group="rg-other"),
            "eni[0].resource_group: 'rg-other' belongs to 'other', the ENI to 'acme'",
        ),
        (
            lambda w: w.eni(vswitch="vsw-a", resource_group="rg-othr"),
            "eni[0].resource_group: there is no resource group 'rg-othr'; did you mean 'rg-other'?",
        ),
        (
            lambda w: w.eni(vswitch="vsw-a", instance="i-1", secondary_count=15),
            f"eni[0]: it has 16 IPv4 addresses and prefixes; {G7} allows 15, {OTHERWISE}",
        ),
    ],
)
def test_an_eni_that_cannot_be_is_refused(add: Callable[[World], World], said: str) -> None:
    assert problems_of(add(furnished())) == [said]


def test_an_eni_is_in_few_groups() -> None:
    names = [f"sg-{n}" for n in range(6)]
    world = small()
    for name in names:
        world.security_group(name, vpc="vpc-main")
    said = "eni[0].security_groups: an ENI is in at most 5 groups, not 6"
    assert problems_of(world.eni(security_groups=names)) == [said]


def test_too_many_ipv6_addresses_for_the_instance_type_are_refused() -> None:
    world = furnished().instance("i-2", type=G7, vswitch="vsw-two")
    world.eni(vswitch="vsw-two", instance="i-2", ipv6_addresses=[f"2001:db8::{n:x}" for n in range(1, 17)])
    assert problems_of(world) == [f"eni[0]: it has 16 IPv6 addresses and prefixes; {G7} allows 15, {OTHERWISE}"]


def test_a_number_that_the_catalogue_lacks_limits_nothing() -> None:
    world = small().instance_type("ecs.own").instance("i-1", type="ecs.own")
    assert len(validate(world.eni(instance="i-1", count=30, secondary_count=5).spec).enis) == 1


def test_a_second_primary_eni_is_refused() -> None:
    world = small().instance("i-1", type=G7).eni(type="Primary", instance="i-1").eni(type="Primary", instance="i-1")
    assert problems_of(world) == ["eni[1].instance: 'i-1' has a primary ENI already"]


def test_two_primary_enis_by_count_are_refused() -> None:
    world = small().instance("i-1", type=G7).eni(type="Primary", instance="i-1", count=2)
    assert problems_of(world) == ["eni[0].count: an instance has one primary ENI"]


def test_a_primary_eni_lies_where_its_instance_does() -> None:
    world = small().vswitch("vsw-b", zone="cn-hangzhou-h", cidr="10.0.1.0/24")
    world.instance("i-1", type=G7, vswitch="vsw-a").eni(type="Primary", instance="i-1", vswitch="vsw-b")
    assert problems_of(world) == ["eni[0].vswitch: 'i-1' lies in 'vsw-a', and so does its primary ENI"]


def test_an_instance_lies_where_the_primary_eni_that_it_is_told_to_have_does() -> None:
    world = small().vswitch("vsw-b", zone="cn-hangzhou-h", cidr="10.0.1.0/24")
    world.instance("i-1", type=G7).eni("eni-1", type="Primary", instance="i-1", vswitch="vsw-b")
    plan = validate(world.spec)
    assert plan.instances["i-1"].vswitch.spec.id == "vsw-b"
    assert plan.enis == []


def test_an_eni_of_a_broken_instance_is_not_blamed_for_it() -> None:
    world = small().instance("i-1", type="ecs.none.large").eni(instance="i-1")
    (problem,) = problems_of(world)
    assert problem.startswith("instance[0].type: ")


@pytest.mark.parametrize(
    ("primary_ip", "said"),
    [
        ("10.0.1.5", "10.0.1.5 lies outside 10.0.0.0/24 of vSwitch 'vsw-a'"),
        ("10.0.0", "'10.0.0' is not an IPv4 address"),
        ("10.0.0.0", "10.0.0.0 is the system's, as are the first 1 and the last 3 of every vSwitch"),
        ("10.0.0.253", "10.0.0.253 is the system's, as are the first 1 and the last 3 of every vSwitch"),
        ("10.0.0.17", "10.0.0.17 is taken by eni[0].secondary_ips[1] already"),
        ("10.0.0.40", "10.0.0.40 lies in the prefix of eni[1].ipv4_prefixes[0]"),
        ("10.0.0.70", "10.0.0.70 lies in a prefix reservation, from which no single address is taken"),
    ],
)
def test_an_address_that_cannot_be_had_is_refused(primary_ip: str, said: str) -> None:
    world = World().account("acme").region("r").vpc("v", ipv6_cidr="2001:db8::/56")
    world.vswitch("vsw-a", cidr="10.0.0.0/24", prefix_reservations=["10.0.0.64/26"])
    world.eni(secondary_ips=["10.0.0.16", "10.0.0.17"]).eni(ipv4_prefixes=["10.0.0.32/28"])
    assert problems_of(world.eni(primary_ip=primary_ip)) == [f"eni[2].primary_ip: {said}"]


@pytest.mark.parametrize(
    ("prefix", "said"),
    [
        ("10.0.0.16/29", "'10.0.0.16/29' is not an address block: expected an IPv4 prefix of /28"),
        ("10.0.1.16/28", "10.0.1.16/28 lies outside 10.0.0.0/24 of vSwitch 'vsw-a'"),
        ("10.0.0.0/28", "10.0.0.0/28 is not wholly free: it holds addresses of the system, or some that are taken"),
        ("10.0.0.16/28", "10.0.0.16/28 is not wholly free: it holds addresses of the system, or some that are taken"),
    ],
)
def test_a_prefix_that_cannot_be_had_is_refused(prefix: str, said: str) -> None:
    world = small().eni(primary_ip="10.0.0.20").eni(ipv4_prefixes=[prefix])
    assert problems_of(world) == [f"eni[1].ipv4_prefixes[0]: {said}"]


def test_ipv6_addresses_are_taken_where_there_is_an_ipv6_block_alone() -> None:
    (problem,) = problems_of(small().eni(ipv6_addresses=["2001:db8::1"]))
    assert problem == "eni[0]: it has IPv6 addresses, and vSwitch 'vsw-a' has no IPv6 block"


def test_an_ipv6_address_or_prefix_is_given_once() -> None:
    world = (
        World().account("acme").region("r").vpc("v", ipv6_cidr="2001:db8::/56").vswitch("s", cidr="10.0.0.0/24", ipv6=1)
    )
    ipv6 = {"ipv6_addresses": ["2001:db8:0:1::9"], "ipv6_prefixes": ["2001:db8:0:1:5::/80"]}
    world.eni(**ipv6).eni(**ipv6)  # type: ignore[arg-type]
    assert [problem.partition(":")[0] for problem in problems_of(world)] == [
        "eni[1].ipv6_addresses[0]",
        "eni[1].ipv6_prefixes[0]",
    ]


def test_more_instances_and_enis_than_addresses_are_refused() -> None:
    world = small().instance("i-{n}", type=G7, count=250).eni(secondary_count=3)
    said = "'vsw-a' is too small: its instances and ENIs need 254 more addresses at the beginning, 252 are free"
    assert problems_of(world) == [f"vswitch[0]: {said}"]


def test_a_quota_and_a_capacity_below_what_exists_are_allowed() -> None:
    world = World().account("a", eni_quota=1).region("r").vpc("v").vswitch("s", cidr="10.0.0.0/24")
    world.security_group("sg", capacity=2, used=5).eni(count=3)
    assert len(validate(world.spec).enis) == 1


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"type": "Secondary", "trunk": "eni-t"}, "only a member is on a trunk"),
        ({"type": "Member", "trunk": "eni-tt"}, "there is no trunk 'eni-tt'; did you mean 'eni-t'?"),
        ({"type": "Member", "trunk": "eni-t", "instance": "i-2"}, "'eni-t' is on i-1, the member on i-2"),
        ({"type": "Member", "trunk": "eni-t", "instance": None}, "'eni-t' is on i-1, the member on none"),
        ({"type": "Member", "trunk": "eni-off"}, "'eni-off' is on no instance, the member on i-1"),
    ],
)
def test_a_member_is_on_the_instance_of_its_trunk(keys: dict[str, Any], said: str) -> None:
    world = small().instance("i-1", type=G7).instance("i-2", type=G7)
    world.eni("eni-t", type="Trunk", instance="i-1").eni("eni-off", type="Trunk")
    assert problems_of(world.eni("eni-m", **{"instance": "i-1", **keys})) == [f"eni[2].trunk: {said}"]


@pytest.mark.parametrize("primary", [False, True])
def test_an_instance_is_in_a_resource_group_of_its_account(*, primary: bool) -> None:
    world = furnished().instance("i-2", type=G7, vswitch="vsw-a", resource_group="rg-other")
    if primary:
        world.eni("eni-p", type="Primary", instance="i-2", vswitch="vsw-a")
    what = "instance" if primary else "ENI"
    said = f"instance[1].resource_group: 'rg-other' belongs to 'other', the {what} to 'acme'"
    assert problems_of(world) == [said]
