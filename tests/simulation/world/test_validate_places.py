from collections.abc import Callable

import pytest

from cloudsim.simulation.world.builder import World
from cloudsim.simulation.world.validate import validate
from tests.simulation.world.sample import problems_of, small


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda w: w.account("acme"), "account[1].id: 'acme' is there already; an id is given once"),
        (
            lambda w: w.account("a/b"),
            "account[1].id: 'a/b' cannot be an id: letters, digits and . _ : - are, beginning with one of the first",
        ),
        (
            lambda w: w.account("b", users=[{"name": "ci"}, {"name": "ci"}]),
            "account[1].users[1].name: 'ci' is the name of another user already",
        ),
        (
            lambda w: w.account("b", eni_quota={"cn-hangzou": 5}),
            "account[1].eni_quota.cn-hangzou: there is no region 'cn-hangzou'; did you mean 'cn-hangzhou'?",
        ),
        (
            lambda w: w.account("b", regions_out_of_service=["mars"]),
            "account[1].regions_out_of_service[0]: there is no region 'mars'; known are: cn-hangzhou",
        ),
        (
            lambda w: w.region("cn-beijing", zones=["cn-hangzhou-h"]),
            "region[1].zones[0]: 'cn-hangzhou-h' is a zone of 'cn-hangzhou' already",
        ),
        (
            lambda w: w.region("cn-beijing", zones=["z", "z"]),
            "region[1].zones[1]: 'z' is a zone of 'cn-beijing' already",
        ),
        (
            lambda w: w.resource_group("rg-1", account="acm"),
            "resource_group[0].account: there is no account 'acm'; did you mean 'acme'?",
        ),
        (
            lambda w: w.resource_group("rg-1", account="acme").account("b", default_resource_group="rg-1"),
            "account[1].default_resource_group: 'rg-1' is a resource group of 'acme'",
        ),
        (
            lambda w: w.instance_type("ecs.x").instance_type("ecs.x"),
            "instance_type[1].name: 'ecs.x' is there already; an id is given once",
        ),
    ],
)
def test_a_place_that_contradicts_another_is_refused(spoil: Callable[[World], World], said: str) -> None:
    assert problems_of(spoil(small())) == [said]


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"enis": 1}, "limits.enis: there is no such limit; known are: "),
        ({"eni_quotaa": 1}, "limits.eni_quotaa: there is no such limit; did you mean 'eni_quota'?"),
        ({"name": 1}, "limits.name: there is no such limit; "),
        ({"eni_quota": True}, "limits.eni_quota: expected a whole number"),
        ({"newer_parameters": 1}, "limits.newer_parameters: expected true or false"),
        ({"eni_quota": -1}, "limits.eni_quota: expected at least 0"),
    ],
)
def test_a_limit_that_no_profile_has_is_refused(limits: dict[str, int], said: str) -> None:
    (problem,) = problems_of(small(limits=limits))
    assert problem.startswith(said)


def test_a_limit_takes_the_place_of_the_profiles_number() -> None:
    profile = validate(
        small(profile="current", limits={"groups_per_eni_max": 16, "newer_parameters": False}).spec
    ).profile
    assert (profile.groups_per_eni_max, profile.newer_parameters, profile.eni_quota) == (16, False, 5_000)


def test_what_is_not_named_where_there_are_several_is_refused() -> None:
    world = World().region("r").region("s").account("a").account("b").vpc("v").resource_group("rg")
    assert problems_of(world) == [
        "resource_group[0].account: no account is named, and there are 2, so name one",
        "vpc[0].account: no account is named, and there are 2, so name one",
        "vpc[0].region: no region is named, and there are 2, so name one",
    ]


def test_what_is_not_named_where_there_is_none_is_refused() -> None:
    assert problems_of(World().vswitch("s", cidr="10.0.0.0/24")) == [
        "vswitch[0].vpc: no VPC is named, and there is none",
    ]


def test_what_refers_to_something_broken_is_not_blamed_for_it() -> None:
    world = World().account("a").region("r").vpc("v", cidr="10.0.0.0/40").vswitch("s", cidr="10.0.0.0/24").eni()
    world.security_group("sg").instance("i", type="ecs.g7.large")
    (problem,) = problems_of(world)
    assert problem.startswith("vpc[0].cidr: '10.0.0.0/40' is not an address block")


def test_a_region_without_zones_has_one() -> None:
    assert validate(World().region("cn-x").spec).regions["cn-x"].zones == ("cn-x-a",)


def test_the_owner_id_and_the_default_resource_group_are_derived_from_the_id_alone() -> None:
    first = validate(World().account("acme").spec).accounts["acme"]
    second = validate(World().account("other").account("acme").spec).accounts["acme"]
    assert (first.owner_id, first.default_resource_group) == (second.owner_id, second.default_resource_group)
    assert len(first.owner_id) == 16
    assert first.owner_id.isdecimal()
    assert first.default_resource_group.startswith("rg-acfm")
    assert len(first.default_resource_group) == len("rg-acfm") + 11


def test_the_default_resource_group_may_be_listed_too() -> None:
    world = World().account("acme", default_resource_group="rg-own").resource_group("rg-own")
    assert list(validate(world.spec).resource_groups) == ["rg-own"]
