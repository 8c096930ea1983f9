"""Random small worlds: the facts of one, and both clouds made of them."""

from dataclasses import dataclass

from hypothesis import strategies as st

from cloudsim.simulation.world.builder import World
from tests.simulation.family.naive import NaiveFamily
from tests.simulation.family.naive_things import NaiveGroup, NaiveType, NaiveVpc, NaiveVSwitch
from tests.small_world import REGION

VPCS = {"vpc-main": 0, "vpc-two": 1}
HOMES = {"vsw-a": ("vpc-main", "h", 0), "vsw-b": ("vpc-main", "i", 64), "vsw-c": ("vpc-two", "h", 0)}
"""Of each vSwitch its VPC, its zone, and where it begins."""
GROUPS = {"sg-1": "vpc-main", "sg-2": "vpc-main", "sg-3": "vpc-two", "sg-4": "vpc-main"}
HOSTS = {"i-1": ("vsw-a", "t.small"), "i-2": ("vsw-b", "t.big")}
IPV6 = {"vsw-a": 1, "vsw-b": 2}


@dataclass(frozen=True)
class SmallVSwitch:
    size: int
    used: int = 0
    policy: str = "lowest-first"
    cool_down: int = 0
    has_ipv6: bool = False


@dataclass(frozen=True)
class SmallWorld:
    is_current: bool
    quota: int
    groups_per_eni: int
    vswitches: dict[str, SmallVSwitch]
    capacities: dict[str, int]
    types: dict[str, NaiveType]
    statuses: dict[str, str]
    """Of the instances at the beginning."""
    is_enterprise: bool
    """Whether the group sg-4 is one."""


def _vswitches(sizes: list[int]) -> st.SearchStrategy[SmallVSwitch]:
    return st.builds(
        SmallVSwitch,
        size=st.sampled_from(sizes),
        used=st.integers(0, 2),
        policy=st.sampled_from(["lowest-first", "lowest-first", "uniform", "next-fit"]),
        cool_down=st.sampled_from([0, 0, 60]),
        has_ipv6=st.sampled_from([True, True, False]),
    )


_TYPES = st.builds(
    NaiveType,
    slots=st.sampled_from([1, 2, 3, 4, 4, 4]),
    addresses_per_eni=st.integers(2, 8),
    ipv6_per_eni=st.sampled_from([0, 2, 3, 10, 10]),
    has_trunks=st.sampled_from([True, True, False]),
    members=st.integers(0, 2),
)

SMALL_WORLDS = st.builds(
    SmallWorld,
    is_current=st.sampled_from([True, True, True, False]),
    quota=st.integers(2, 8),
    groups_per_eni=st.integers(2, 3),
    vswitches=st.fixed_dictionaries(
        {"vsw-a": _vswitches([64, 64, 64, 16, 8]), "vsw-b": _vswitches([32, 16, 8]), "vsw-c": _vswitches([8])}
    ),
    capacities=st.fixed_dictionaries(
        {
            "sg-1": st.sampled_from([40, 40, 12, 4, 0]),
            "sg-2": st.sampled_from([60, 60, 30, 10, 2]),
            "sg-3": st.integers(3, 9),
            "sg-4": st.integers(1, 12),
        }
    ),
    types=st.fixed_dictionaries({"t.small": _TYPES, "t.big": _TYPES}),
    statuses=st.fixed_dictionaries(
        {
            name: st.sampled_from(
                ["Running", "Running", "Running", "Running", "Stopped", "Stopped", "Pending", "Stopping"]
            )
            for name in HOSTS
        }
    ),
    is_enterprise=st.booleans(),
)


def product_of(facts: SmallWorld) -> World:
    profile = "current" if facts.is_current else "classic"
    made = World(profile=profile, limits={"groups_per_eni_max": facts.groups_per_eni})
    made.account("acme", eni_quota=facts.quota, default_resource_group="rg-1")
    made.region(REGION, zones=[f"{REGION}-h", f"{REGION}-i"])
    made.resource_group("rg-2", account="acme")
    for name, type_ in facts.types.items():
        made.instance_type(
            name,
            eni_quantity=type_.slots,
            ipv4_per_eni=type_.addresses_per_eni,
            ipv6_per_eni=type_.ipv6_per_eni,
            eni_total_quantity=type_.slots + type_.members,
            eni_trunk_supported=type_.has_trunks,
        )
    for vpc, number in VPCS.items():
        made.vpc(vpc, cidr=f"10.{number}.0.0/16", ipv6_cidr="2001:db8::/56" if vpc == "vpc-main" else None)
    for name, one in facts.vswitches.items():
        vpc, zone, first = HOMES[name]
        cidr = f"10.{VPCS[vpc]}.0.{first}/{33 - one.size.bit_length()}"
        ipv6 = IPV6[name] if one.has_ipv6 and name in IPV6 else None
        common = {"vpc": vpc, "zone": f"{REGION}-{zone}", "policy": one.policy, "cool_down": f"{one.cool_down}s"}
        made.vswitch(name, cidr=cidr, used=one.used, ipv6=ipv6, **common)  # type: ignore[arg-type]
    for group, vpc in GROUPS.items():
        kind = "enterprise" if group == "sg-4" and facts.is_enterprise else "normal"
        made.security_group(group, vpc=vpc, capacity=facts.capacities[group], type=kind)  # type: ignore[arg-type]
    for host, (vswitch, type_name) in HOSTS.items():
        status = facts.statuses[host]
        made.instance(host, type=type_name, vswitch=vswitch, security_groups=["sg-2"], status=status)  # type: ignore[arg-type]
    return made


def naive_of(facts: SmallWorld) -> NaiveFamily:
    """Without what has addresses, which the product chose."""
    naive = NaiveFamily(quota=facts.quota, is_current=facts.is_current, groups_per_eni=facts.groups_per_eni)
    naive.vpcs = {name: NaiveVpc(number) for name, number in VPCS.items()}
    for name, one in facts.vswitches.items():
        naive.vswitches[name] = NaiveVSwitch(
            *HOMES[name],
            size=one.size,
            has_ipv6=one.has_ipv6 and name in IPV6,
            is_lowest_first=one.policy == "lowest-first",
            cool_down=one.cool_down * 1_000_000_000,
            fixtures=one.used,
        )
    for name, vpc in GROUPS.items():
        is_enterprise = name == "sg-4" and facts.is_enterprise
        counts_enis = is_enterprise and facts.is_current
        naive.groups[name] = NaiveGroup(vpc, facts.capacities[name], is_enterprise, counts_enis)
    return naive
