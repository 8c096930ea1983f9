"""Refusals of assigning and unassigning addresses and prefixes."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from cloudsim.api.requests import Request
from cloudsim.operations.operation import Phase
from cloudsim.simulation.world.builder import World
from tests.operations.family.addressing import (
    V6,
    assign4,
    assign6,
    closed_to,
    on_an_instance,
    unassign4,
    unassign6,
    with_two_enis,
    world,
)
from tests.operations.family.harness import Case, case
from tests.small_world import REGION, Watched, small

Maker: TypeAlias = Callable[..., Request]


def _mid_way(request: Request, *, at: Phase = Phase.COMMIT) -> Callable[[Watched], None]:
    """Send a call and hold it before a phase."""

    def before(sim: Watched) -> None:
        sim.hold(sim.send(request), at=at)
        sim.run()

    return before


def _burn(request: Request) -> Callable[[Watched], None]:
    """Let a call end without an answer once it has claimed its token."""

    def before(sim: Watched) -> None:
        sim.faults.abandon(Phase.COMMIT)
        sim.ask(request)

    return before


def _cases_of_target(make: Maker) -> Iterator[Case]:
    yield case("InvalidEniId.NotFound", 404, make("eni-none"), "eni-none", world=world)
    for status in ("Attaching", "Detaching", "Deleting"):
        yield case(
            "InvalidOperation.InvalidEniState",
            400,
            make(),
            "eni-a",
            status,
            world=lambda status=status: world(
                eni={"status": status, "instance": None if status == "Deleting" else "i-1"}
            ).instance("i-1", type="ecs.g7.large"),
        )
    yield case("InvalidOperation.EniServiceManaged", 403, make(), "eni-a", world=lambda: world(eni={"status": "InUse"}))
    yield case(
        "InvalidOperation.InvalidEcsState",
        400,
        make(),
        "i-1",
        "Starting",
        world=lambda: on_an_instance(status="Starting"),
    )
    yield case(
        "Operation.Conflict",
        403,
        make(),
        "eni-a",
        world=world,
        before=_mid_way(assign4()),
    )


def _without_prefixes() -> World:
    """The usual world, in a region that has no IP prefixes."""
    made = world()
    made._tables["region"][0]["prefixes"] = False
    return made


def _cases_of_prefixes(make: Maker, listed: str, prefix: str, longer: str, loose: str) -> Iterator[Case]:
    for code, names, fact in (
        ("InvalidIp.IpRepeated", (prefix, prefix), prefix),
        ("InvalidIp.IpPrefixIllegal", ("here",), "here"),
        ("InvalidIp.IpPrefixIllegal", (f"{prefix}x",), f"{prefix}x"),
        ("InvalidIp.IpPrefixMaskNotSame", (prefix, longer), longer),
        ("InvalidIp.IpPrefixMaskInvalid", (longer,), longer.partition("/")[2]),
        ("InvalidIp.IpPrefixNotStrict", (loose,), loose),
    ):
        yield case(code, 403, make(**{listed: names}), fact, world=world)
    none_there = "InvalidOperation.RegionNotSupportIpPrefix"
    yield case(none_there, 500, make(**{listed: (prefix,)}), REGION, world=_without_prefixes)


def _cases_of_assign(make: Maker, singles: str, single: str, count: str, prefix: str) -> Iterator[Case]:
    """What both families' assign refuse; the fields are those of the family."""
    listed = "ipv4_prefixes" if "." in prefix else "ipv6_prefixes"
    tokened = make(**{count: 1, "client_token": "t-1"})
    tiny = lambda: world(eni={"security_groups": ["sg-tiny"]}).security_group("sg-tiny", capacity=3)  # noqa: E731
    yield from (
        case(
            "UnsupportedParameter", 400, make(**{listed: (prefix,)}), "classic", world=lambda: world(profile="classic")
        ),
        case("InvalidParameter", 400, make(**{count: 0}), "0", world=world),
        case("InvalidParameter", 400, make(**{singles: (single,) * 33}), "33", world=world),
        case("InvalidParameter", 400, make(**{listed: (prefix,) * 11}), "11", world=world),
        case("InvalidParameter.Conflict", 400, make(**{singles: (single,), count: 1}), world=world),
        case("InvalidIp.IpRepeated", 403, make(**{singles: (single, single)}), single, world=world),
        case(
            "InvalidClientToken.ValueNotSupported",
            400,
            make(**{count: 1, "client_token": "t" * 65}),
            "65",
            world=world,
        ),
        case(
            "IdempotentParameterMismatch",
            400,
            tokened,
            "t-1",
            world=world,
            before=lambda sim: sim.ask(make(**{count: 2, "client_token": "t-1"})),
        ),
        case("IdempotentProcessing", 403, tokened, "t-1", world=world, before=_mid_way(tokened)),
        case("IdempotentFailed", 403, tokened, "t-1", world=world, before=_burn(tokened)),
        case("SecurityGroupInstanceLimitExceed", 403, make(**{count: 1}), "sg-tiny", "3", world=tiny),
    )
    yield from _cases_of_target(make)


def _cases_of_unassign(make: Maker, singles: str, foreign: str, listed: str, prefix: str) -> Iterator[Case]:
    """What both families' unassign refuse."""
    both = (f"{singles}.N", f"{listed}.N")
    field, prefix_field = (
        ("private_ip_addresses", "ipv4_prefixes") if "." in prefix else ("ipv6_addresses", "ipv6_prefixes")
    )
    old = lambda: world(profile="classic")  # noqa: E731
    yield from (
        case("MissingParameter", 403, make(**{field: ()}), *both, world=world),
        case("UnsupportedParameter", 400, make(**{prefix_field: (prefix,)}), "classic", world=old),
        case("InvalidParameter", 400, make(**{field: (foreign,) * 33}), "33", world=world),
        case("InvalidParameter", 400, make(**{prefix_field: (prefix,) * 11}), "11", world=world),
        case("InvalidIp.IpRepeated", 403, make(**{field: (foreign, foreign)}), foreign, world=world),
        case("InvalidIp.IpUnassigned", 403, make(**{field: (foreign,)}), foreign, "eni-a", world=world),
        case("InvalidIp.IpUnassigned", 403, make(**{prefix_field: (prefix,)}), prefix, "eni-a", world=world),
    )
    yield from _cases_of_target(make)


def _cases_of_oddities(make: Maker, needed: dict[str, Any]) -> Iterator[Case]:
    """What the operations on IPv6 addresses answer with a status or a spelling of their own."""
    action = make().action
    yield from (
        case("MissingParameter", 403, make(**needed, region_id=""), "RegionId", world=world),
        case("MissingParameter", 403, make("", **needed), "NetworkInterfaceId", world=world),
        case("Forbidden.RegionId", 403, make(), REGION, "acme", world=closed_to(regions_out_of_service=[REGION])),
        case(
            "Forbedden.NotSupportRAM",
            403,
            make(),
            "bob",
            action,
            user="bob",
            world=closed_to(ram_supported=False, users=[{"name": "bob"}]),
        ),
        case(
            "Forbbiden.SubUser",
            403,
            make(),
            "bob",
            action,
            user="bob",
            world=closed_to(users=[{"name": "bob", "denied": [action]}]),
        ),
    )


def _tight_vpc() -> World:
    """A VPC that has as many addresses in use as it may."""
    return small(vpc={"private_addresses": 2}).eni("eni-a", secondary_count=1)


ASSIGN4: tuple[Case, ...] = (
    *_cases_of_assign(
        assign4, "private_ip_addresses", "10.0.0.12", "secondary_private_ip_address_count", "10.0.0.32/28"
    ),
    *_cases_of_prefixes(assign4, "ipv4_prefixes", "10.0.0.32/28", "10.0.0.32/29", "10.0.0.33/28"),
    case("MissingParameter", 400, assign4(region_id="", ipv4_prefix_count=1), "RegionId", world=world),
    case("MissingParameter", 400, assign4("", ipv4_prefix_count=1), "NetworkInterfaceId", world=world),
    case("InvalidEniId.NotFound", 404, assign4("here"), "here", world=world),
    case("MissingParameter", 400, assign4(private_ip_addresses=()), "PrivateIpAddress.N", world=world),
    case(
        "UnsupportedParameter",
        400,
        assign4(ipv4_prefix_count=1),
        "Ipv4PrefixCount",
        world=lambda: world(profile="classic"),
    ),
    case("InvalidParameter", 400, assign4(ipv4_prefix_count=11), "1 to 10", world=world),
    case(
        "InvalidParameter",
        400,
        assign4(private_ip_addresses=("10.0.0.12",) * 11),
        "11",
        world=lambda: world(profile="classic"),
    ),
    case("InvalidIp.Address", 403, assign4(private_ip_addresses=(f"{V6}:12",)), f"{V6}:12", world=world),
    case("InvalidVSwitchId.IpInvalid", 403, assign4(private_ip_addresses=("10.0.0",)), "10.0.0", world=world),
    case("InvalidVSwitchId.IpInvalid", 403, assign4(private_ip_addresses=("10.1.0.9",)), "10.1.0.9", world=world),
    case("InvalidVSwitchId.IpInvalid", 403, assign4(private_ip_addresses=("10.0.0.253",)), "reserved", world=world),
    case("InvalidVSwitchId.IpInvalid", 403, assign4(ipv4_prefixes=("10.0.0.0/28",)), "reserved", world=world),
    case(
        "MaxEniPrivateIpsCountExceeded",
        403,
        assign4(secondary_private_ip_address_count=10),
        "asked for 12",
        "11",
        world=lambda: world(profile="classic"),
    ),
    case("MaxEniPrivateIpsCountExceeded", 403, assign4(secondary_private_ip_address_count=49), "51", "50", world=world),
    case(
        "MaxEniPrivateIpsCountExceeded",
        403,
        assign4(secondary_private_ip_address_count=49),
        "51",
        "50",
        world=lambda: on_an_instance(ipv4_per_eni=60),
    ),
    case(
        "InvalidOperation.Ipv4CountExceeded",
        403,
        assign4(),
        "eni-a",
        "i-1",
        "own.large",
        "3",
        "2",
        world=on_an_instance,
    ),
    case("InvalidIp.IpAssigned", 403, assign4(private_ip_addresses=("10.0.0.11",)), "10.0.0.11", "eni-a", world=world),
    case("InvalidPrivateIpAddress.Duplicated", 400, assign4(private_ip_addresses=("10.0.0.20",)), world=with_two_enis),
    case("InvalidPrivateIpAddress.Duplicated", 400, assign4(ipv4_prefixes=("10.0.0.16/28",)), world=with_two_enis),
    case("InvalidVSwitchId.IpNotEnough", 403, assign4(), "vsw-a", "0 free", world=lambda: world(mask=28, used=10)),
    case(
        "InvalidVSwitchId.IpNotEnough",
        403,
        assign4(ipv4_prefix_count=2),
        "2 whole blocks of /28",
        "1 free",
        world=lambda: world(prefix_reservations=["10.0.0.64/28"]),
    ),
    case("QuotaExceeded.PrivateIpAddress", 400, assign4(), "vpc-main", "2 of 2", world=_tight_vpc),
)

UNASSIGN4: tuple[Case, ...] = (
    *_cases_of_unassign(unassign4, "PrivateIpAddress", "10.0.0.12", "Ipv4Prefix", "10.0.0.32/28"),
    case(
        "InvalidParameter.Conflict",
        400,
        unassign4(private_ip_addresses=("10.0.0.11",), ipv4_prefixes=("10.0.0.32/28",)),
        "PrivateIpAddress.N",
        "Ipv4Prefix.N",
        world=world,
    ),
    *_cases_of_prefixes(unassign4, "ipv4_prefixes", "10.0.0.32/28", "10.0.0.32/29", "10.0.0.33/28"),
    case("InvalidPrivateIpAddress.Malformed", 403, unassign4(private_ip_addresses=("10.0.0",)), "10.0.0", world=world),
    case("InvalidPrivateIpAddress.Malformed", 403, unassign4(private_ip_addresses=("::1",)), "::1", world=world),
    case("InvalidEniId.Malformed", 400, unassign4("here"), "EniId", "here", world=world),
    case("InvalidIp.IpUnassigned", 403, unassign4(private_ip_addresses=("10.0.0.10",)), "primary", world=world),
)

ASSIGN6: tuple[Case, ...] = (
    *_cases_of_assign(assign6, "ipv6_addresses", f"{V6}:12", "ipv6_address_count", f"{V6}5::/80"),
    *_cases_of_prefixes(assign6, "ipv6_prefixes", f"{V6}5::/80", f"{V6}5::/96", f"{V6}5::1/80"),
    *_cases_of_oddities(assign6, {"ipv6_address_count": 1}),
    case("InvalidParams.EniId", 400, assign6("here"), "here", world=world),
    case("MissingParameter", 403, assign6(ipv6_addresses=()), "Ipv6Address.N", world=world),
    case("InvalidIp.Address", 403, assign6(ipv6_addresses=("10.0.0.12",)), "10.0.0.12", world=world),
    case("InvalidVSwitchId.IpInvalid", 403, assign6(ipv6_addresses=("2001:db8::1",)), "2001:db8::1", world=world),
    case("MaxEniIpv6IpsCountExceeded", 403, assign6(ipv6_address_count=10), "11", "10", world=world),
    case(
        "InvalidOperation.Ipv6CountExceeded",
        403,
        assign6(),
        "eni-a",
        "i-1",
        "own.large",
        "2",
        "1",
        world=on_an_instance,
    ),
    case(
        "InvalidOperation.Ipv6NotSupport",
        403,
        assign6(),
        "eni-a",
        "i-1",
        "own.large",
        world=lambda: on_an_instance(ipv6_per_eni=0, eni={"ipv6_addresses": []}),
    ),
    case("InvalidVSwitch.Ipv6NotTurnOn", 403, assign6(), "vsw-a", world=lambda: world(ipv6=None)),
    case("InvalidIp.IpAssigned", 403, assign6(ipv6_addresses=(f"{V6}0:0::11",)), f"{V6}:11", "eni-a", world=world),
    case("InvalidPrivateIpAddress.Duplicated", 400, assign6(ipv6_addresses=(f"{V6}:20",)), world=with_two_enis),
    case(
        "InvalidVSwitchId.IpNotEnough",
        403,
        assign6(ipv6_prefix_count=2),
        "2 whole blocks of /80",
        world=lambda: world(prefix_reservations=[f"{V6}8000::/80"]),
    ),
)

UNASSIGN6: tuple[Case, ...] = (
    *_cases_of_unassign(unassign6, "Ipv6Address", f"{V6}:12", "Ipv6Prefix", f"{V6}5::/80"),
    *_cases_of_prefixes(unassign6, "ipv6_prefixes", f"{V6}5::/80", f"{V6}5::/96", f"{V6}5::1/80"),
    *_cases_of_oddities(unassign6, {"ipv6_addresses": (f"{V6}:11",)}),
    case("InvalidParams.EniId", 400, unassign6("here"), "here", world=world),
    case("InvalidIp.Address", 403, unassign6(ipv6_addresses=("here",)), "here", world=world),
)

CASES: tuple[Case, ...] = (*ASSIGN4, *UNASSIGN4, *ASSIGN6, *UNASSIGN6)
