from collections.abc import Callable

import pytest

from cloudsim.ipam.policies.registry import POLICIES
from cloudsim.simulation.world.builder import World
from cloudsim.simulation.world.validate import validate
from tests.simulation.world.sample import problems_of, small

DURATION_ADVICE = "write numbers with units, the larger first, such as 50ms, 2m or 1h30m"


def bare(profile: str = "classic") -> World:
    return World(profile=profile).account("acme").region("cn-hangzhou")


@pytest.mark.parametrize(
    ("cidr", "said"),
    [
        (
            "10.0.0.0",
            "'10.0.0.0' is not an address block: expected an address, a slash and a prefix length, as in 10.0.0.0/24",
        ),
        (
            "10.0.0.1/8",
            "'10.0.0.1/8' is not an address block: bits are set beyond its prefix length; the block is 10.0.0.0/8",
        ),
        ("fd00::/56", "fd00::/56 is an IPv6 block; expected IPv4"),
        ("10.0.0.0/7", "10.0.0.0/7 has to be /8 to /28 in the classic profile (limits.vpc_prefix_min = 8)"),
        ("10.0.0.0/29", "10.0.0.0/29 has to be /8 to /28 in the classic profile (limits.vpc_prefix_min = 8)"),
        ("100.64.0.0/10", "100.64.0.0/10 overlaps 100.64.0.0/10, which no VPC may have"),
        ("100.0.0.0/8", "100.0.0.0/8 overlaps 100.64.0.0/10, which no VPC may have"),
        ("224.0.1.0/24", "224.0.1.0/24 overlaps 224.0.0.0/4, which no VPC may have"),
        ("127.0.0.0/16", "127.0.0.0/16 overlaps 127.0.0.0/8, which no VPC may have"),
        ("169.254.3.0/24", "169.254.3.0/24 overlaps 169.254.0.0/16, which no VPC may have"),
    ],
)
def test_a_block_that_no_vpc_may_have_is_refused(cidr: str, said: str) -> None:
    assert problems_of(bare().vpc("v", cidr=cidr)) == [f"vpc[0].cidr: {said}"]


def limited(vpc_prefix_min: int) -> World:
    limits = {"vpc_prefix_min": vpc_prefix_min}
    return World(profile="current", limits=limits).account("acme").region("cn-hangzhou")


def test_a_world_may_have_smaller_vpcs_only() -> None:
    said = "10.0.0.0/15 has to be /16 to /28 in the current profile (limits.vpc_prefix_min = 16)"
    assert problems_of(limited(16).vpc("v", cidr="10.0.0.0/15")) == [f"vpc[0].cidr: {said}"]


@pytest.mark.parametrize(
    ("world", "cidr"),
    [(bare("classic"), "10.0.0.0/8"), (bare("current"), "10.0.0.0/8"), (limited(16), "10.0.0.0/16")],
)
def test_a_vpc_without_a_block_has_the_largest_that_may_be(world: World, cidr: str) -> None:
    plan = validate(world.vpc("v").spec)
    assert [block.cidr for block in plan.vpcs["v"].blocks] == [cidr]


@pytest.mark.parametrize(
    ("secondary", "said"),
    [
        (["10.1.0.0/16"], "vpc[0].secondary_cidrs[0]: 10.1.0.0/16 overlaps 10.0.0.0/8 of the same VPC"),
        (
            ["192.168.0.0/24", "192.168.0.0/25"],
            "vpc[0].secondary_cidrs[1]: 192.168.0.0/25 overlaps 192.168.0.0/24 of the same VPC",
        ),
        (
            [f"192.168.{n}.0/24" for n in range(6)],
            "vpc[0].secondary_cidrs: a VPC has at most 5 secondary blocks, not 6",
        ),
        (["127.0.0.0/24"], "vpc[0].secondary_cidrs[0]: 127.0.0.0/24 overlaps 127.0.0.0/8, which no VPC may have"),
    ],
)
def test_secondary_blocks_are_few_and_apart(secondary: list[str], said: str) -> None:
    assert problems_of(bare().vpc("v", cidr="10.0.0.0/8", secondary_cidrs=secondary)) == [said]


def test_an_ipv6_block_of_a_vpc_is_a_56() -> None:
    assert problems_of(bare().vpc("v", ipv6_cidr="2001:db8::/64")) == ["vpc[0].ipv6_cidr: 2001:db8::/64 has to be /56"]


@pytest.mark.parametrize(
    ("add", "said"),
    [
        (
            lambda w: w.vswitch("b", cidr="10.0.0.128/25", zone="cn-hangzhou-i"),
            "vswitch[1].cidr: 10.0.0.128/25 of 'b' overlaps 10.0.0.0/24 of 'vsw-a' (vswitch[0])",
        ),
        (
            lambda w: w.vswitch("b", cidr="10.0.0.0/16", zone="cn-hangzhou-i"),
            "vswitch[1].cidr: 10.0.0.0/16 of 'b' overlaps 10.0.0.0/24 of 'vsw-a' (vswitch[0])",
        ),
        (
            lambda w: w.vswitch("b", cidr="10.1.0.0/24", zone="cn-hangzhou-i"),
            "vswitch[1].cidr: 10.1.0.0/24 of 'b' lies outside 10.0.0.0/16 of VPC 'vpc-main'",
        ),
        (
            lambda w: w.vswitch("b", cidr="10.0.8.0/30", zone="cn-hangzhou-i"),
            "vswitch[1].cidr: 10.0.8.0/30 has to be /16 to /29",
        ),
        (
            lambda w: w.vswitch("b", cidr="10.0.8.0/24", zone="cn-hangzhou-k"),
            "vswitch[1].zone: there is no zone 'cn-hangzhou-k'; did you mean 'cn-hangzhou-i'?",
        ),
        (
            lambda w: w.vswitch("b", cidr="10.0.8.0/24"),
            "vswitch[1].zone: no zone is named, and there are 2, so name one",
        ),
        (
            lambda w: w.vswitch("b", cidr="10.0.8.0/24", zone="cn-hangzhou-i", policy="lowest"),
            "vswitch[1].policy: there is no policy 'lowest'; did you mean 'lowest-first'?",
        ),
        (
            lambda w: w.vswitch("b", cidr="10.0.8.0/24", zone="cn-hangzhou-i", prefix_policy="best"),
            "vswitch[1].prefix_policy: there is no prefix policy 'best'; did you mean 'best-fit'?",
        ),
        (
            lambda w: w.vswitch("b", cidr="10.0.8.0/24", zone="cn-hangzhou-i", cool_down="5 minutes"),
            f"vswitch[1].cool_down: '5 minutes' is not a duration: {DURATION_ADVICE}",
        ),
        (
            lambda w: w.vswitch("b", cidr="10.0.8.0/24", zone="cn-hangzhou-i", ipv6=3),
            "vswitch[1].ipv6: VPC 'vpc-main' has no ipv6_cidr",
        ),
        (
            lambda w: w.vswitch("vsw-a", cidr="10.0.8.0/24", zone="cn-hangzhou-i"),
            "vswitch[1].id: 'vsw-a' is there already; an id is given once",
        ),
        (
            lambda w: w.vswitch("b", cidr="10.0.8.0/24", zone="cn-hangzhou-i", used=253),
            "vswitch[1].used: 253 addresses are used by others, but only 252 are left for them in 10.0.8.0/24",
        ),
    ],
)
def test_a_vswitch_that_contradicts_its_vpc_is_refused(add: Callable[[World], World], said: str) -> None:
    assert problems_of(add(small())) == [said]


@pytest.mark.parametrize("policy", [name for name, kind in POLICIES.items() if kind.sparse is None])
def test_a_policy_that_cannot_serve_an_ipv6_block_is_refused_with_the_reason_and_another(policy: str) -> None:
    def with_policy(policy: str) -> World:
        world = bare().vpc("v", cidr="10.0.0.0/16", ipv6_cidr="2001:db8::/56")
        return world.vswitch("s", cidr="10.0.0.0/24", policy=policy, ipv6=1)

    kind = POLICIES[policy]
    (said,) = problems_of(with_policy(policy))
    refused, advised = said.split("; ")
    assert refused == f"vswitch[0].policy: {policy!r} is not for the IPv6 block of 's': {kind.why_not_sparse}"
    assert advised == f"{kind.instead!r} comes to the same there"
    validate(with_policy(kind.instead).spec)


def test_every_overlap_is_found_whatever_the_order() -> None:
    world = bare().vpc("v", cidr="10.0.0.0/8")
    for name, cidr in [("c", "10.0.2.0/24"), ("a", "10.0.0.0/24"), ("b", "10.0.1.0/24"), ("d", "10.0.0.0/22")]:
        world.vswitch(name, cidr=cidr)
    world.vswitch("e", cidr="10.0.2.128/25").vswitch("f", cidr="10.0.3.0/24")
    assert [problem.partition(":")[0] for problem in problems_of(world)] == ["vswitch[3].cidr", "vswitch[4].cidr"]


def test_a_vswitch_may_lie_in_a_secondary_block_but_not_across_two() -> None:
    world = bare().vpc("v", cidr="10.0.0.0/17", secondary_cidrs=["10.0.128.0/17"])
    assert list(validate(world.vswitch("s", cidr="10.0.128.0/24").spec).vswitches) == ["s"]
    (problem,) = problems_of(world.vswitch("t", cidr="10.0.0.0/16"))
    assert problem.endswith("10.0.0.0/16 of 't' lies outside 10.0.0.0/17, 10.0.128.0/17 of VPC 'v'")


def test_blocks_of_different_vpcs_may_overlap() -> None:
    world = small().vpc("vpc-other", cidr="10.0.0.0/16")
    world.vswitch("vsw-other", vpc="vpc-other", zone="cn-hangzhou-h", cidr="10.0.0.0/24")
    assert list(validate(world.spec).vswitches) == ["vsw-a", "vsw-other"]


def with_ipv6() -> World:
    return bare().vpc("v", ipv6_cidr="2001:db8::/56").vswitch("a", cidr="10.0.0.0/24", ipv6=255)


def test_an_ipv6_block_is_a_number_within_the_vpcs_or_the_block_itself() -> None:
    plan = validate(with_ipv6().vswitch("b", cidr="10.0.1.0/24", ipv6="2001:db8:0:7::/64").spec)
    assert [each.space6 and each.space6.cidr for each in plan.vswitches.values()] == [
        "2001:db8:0:ff::/64",
        "2001:db8:0:7::/64",
    ]


@pytest.mark.parametrize(
    ("ipv6", "said"),
    [
        (255, "2001:db8:0:ff::/64 is the IPv6 block of 'a' (vswitch[0]) already"),
        ("2001:db8:1::/64", "2001:db8:1::/64 lies outside 2001:db8::/56 of VPC 'v'"),
        ("2001:db8::/80", "2001:db8::/80 has to be /64"),
        ("10.0.1.0/24", "10.0.1.0/24 is an IPv4 block; expected IPv6"),
    ],
)
def test_an_ipv6_block_that_cannot_be_is_refused(ipv6: int | str, said: str) -> None:
    assert problems_of(with_ipv6().vswitch("b", cidr="10.0.1.0/24", ipv6=ipv6)) == [f"vswitch[1].ipv6: {said}"]


@pytest.mark.parametrize(
    ("reservation", "said"),
    [
        ("10.0.1.0/25", "10.0.1.0/25 has to be /26 to /28"),
        ("10.0.1.16/29", "10.0.1.16/29 has to be /26 to /28"),
        ("10.0.1.0/28", "10.0.1.0/28 holds addresses of the system, or is reserved in part already"),
        ("10.0.1.240/28", "10.0.1.240/28 holds addresses of the system, or is reserved in part already"),
        ("10.0.1.80/28", "10.0.1.80/28 holds addresses of the system, or is reserved in part already"),
        ("10.0.2.0/28", "10.0.2.0/28 lies outside 10.0.1.0/24 of 'b'"),
        ("2001:db8::/80", "'b' has no IPv6 block"),
        ("x", "'x' is not an address block: expected an address, a slash and a prefix length, as in 10.0.0.0/24"),
    ],
)
def test_a_reservation_that_cannot_be_is_refused(reservation: str, said: str) -> None:
    world = with_ipv6().vswitch("b", cidr="10.0.1.0/24", prefix_reservations=["10.0.1.64/26", reservation])
    assert problems_of(world) == [f"vswitch[1].prefix_reservations[1]: {said}"]


def test_an_ipv6_reservation_is_a_part_of_the_block_as_a_call_would_have_it() -> None:
    """The whole /64 was taken, which CreateVSwitchCidrReservation refuses."""
    world = with_ipv6()
    world.vswitch("b", cidr="10.0.1.0/24", ipv6=7, prefix_reservations=["2001:db8:0:7::/64"])
    assert problems_of(world) == ["vswitch[1].prefix_reservations[0]: 2001:db8:0:7::/64 has to be /65 to /80"]
    world = with_ipv6().vswitch("b", cidr="10.0.1.0/24", ipv6=7, prefix_reservations=["2001:db8:0:7:4000::/66"])
    assert [block.cidr for block in validate(world.spec).vswitches["b"].reservations] == ["2001:db8:0:7:4000::/66"]


def test_a_small_vswitch_has_no_room_for_a_reservation() -> None:
    world = bare().vpc("v").vswitch("b", cidr="10.0.1.0/27", prefix_reservations=["10.0.1.16/28"])
    said = "10.0.1.0/27 is too small: a reservation is a quarter of it at most, and a /28 at least"
    assert problems_of(world) == [f"vswitch[0].prefix_reservations[0]: {said}"]


def test_reservations_of_a_family_are_few() -> None:
    reservations = [f"10.0.1.{n * 16}/28" for n in range(1, 12)]
    world = bare().vpc("v").vswitch("b", cidr="10.0.1.0/24", prefix_reservations=reservations)
    said = "a vSwitch has at most 10 reservations of IPv4, not 11"
    assert problems_of(world) == [f"vswitch[0].prefix_reservations: {said}"]


@pytest.mark.parametrize(
    ("add", "said"),
    [
        (
            lambda w: w.security_group("b", vpc="vpc-mian"),
            "security_group[1].vpc: there is no VPC 'vpc-mian'; did you mean 'vpc-main'?",
        ),
        (
            lambda w: w.security_group("b", account="acme"),
            'security_group[1].account: it is that of the VPC; only `network = "classic"` needs it',
        ),
        (
            lambda w: w.security_group("b", network="classic", vpc="vpc-main"),
            "security_group[1].vpc: a group of the classic network belongs to no VPC",
        ),
        (
            lambda w: w.security_group("b", network="classic", region="mars"),
            "security_group[1].region: there is no region 'mars'; known are: cn-hangzhou",
        ),
    ],
)
def test_a_security_group_that_belongs_nowhere_is_refused(add: Callable[[World], World], said: str) -> None:
    assert problems_of(add(small())) == [said]


@pytest.mark.parametrize(
    ("add", "said"),
    [
        (
            lambda w, **keys: w.vpc("v", account="acme", region="cn-hangzhou", cidr="10.1.0.0/16", **keys),
            "vpc[1].resource_group: 'rg-other' belongs to 'other', the VPC to 'acme'",
        ),
        (
            lambda w, **keys: w.vswitch("s", vpc="vpc-main", zone="cn-hangzhou-h", cidr="10.0.9.0/24", **keys),
            "vswitch[1].resource_group: 'rg-other' belongs to 'other', the vSwitch to 'acme'",
        ),
        (
            lambda w, **keys: w.security_group("sg", vpc="vpc-main", **keys),
            "security_group[1].resource_group: 'rg-other' belongs to 'other', the security group to 'acme'",
        ),
    ],
)
def test_what_is_in_a_resource_group_of_somebody_else_is_refused(add: Callable[..., World], said: str) -> None:
    world = small().account("other").resource_group("rg-other", account="other")
    assert problems_of(add(world, resource_group="rg-other")) == [said]
