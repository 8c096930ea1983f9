"""What the family's operations cost, and that none of it grows with what exists.

The same world is built with few and with many ENIs, and it obeys its own limits: 17 VPCs of one vSwitch, one enterprise
group and one instance each, at most 60 000 addresses in a VPC. Measured among the many and among the few: a page of 50
ENIs by each filter of DescribeNetworkInterfaces alone and by two together, the cycle create, attach, detach, delete,
and the pair assign, unassign.

An index is made by the first question that uses it (``cloudsim.resources.interface_index``); here that is the round
which is not counted, and what it takes is told apart.

Goals: among 1 000 000 ENIs at most 2 x what it takes among 10 000; among 100 000 without ``--large``.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from cloudsim.api.requests import (
    AssignPrivateIpAddresses,
    AttachNetworkInterface,
    CreateNetworkInterface,
    DeleteNetworkInterface,
    DescribeNetworkInterfaces,
    DetachNetworkInterface,
    Request,
    Tag,
    UnassignPrivateIpAddresses,
)
from cloudsim.lab.engine.apart import apart, resident_bytes
from cloudsim.lab.engine.ratio import Effort, Ratio, once, ratio
from cloudsim.lab.timing import Variant, cpu_ns, measure
from cloudsim.resources.journal import Journal
from cloudsim.simulation.latency import NONE
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.builder import World

REGION: Final = "cn-hangzhou"
VPCS: Final = 17
ON_AN_INSTANCE: Final = 60
TAGGED: Final = 100
"""ENIs of each VPC that have the rare tag; the frequent one is on all."""
PAGE: Final = 50
FILTERS: Final[dict[str, dict[str, Any]]] = {
    "nothing": {},
    "vSwitch": {"vswitch_id": "vsw-3"},
    "VPC": {"vpc_id": "vpc-3"},
    "instance": {"instance_id": "i-3"},
    "security group": {"security_group_id": "sg-3"},
    "a tag on all": {"tags": (Tag(key="app", value="all"),)},
    "a rare tag": {"tags": (Tag(key="rare", value="yes"),)},
    "status Available": {"status": "Available"},
    "status InUse": {"status": "InUse"},
    "vSwitch and rare tag": {"vswitch_id": "vsw-3", "tags": (Tag(key="rare", value="yes"),)},
    "instance and status": {"instance_id": "i-3", "status": "InUse"},
}


def populated(enis: int) -> World:
    """A world with about so many ENIs, which obeys its own limits."""
    limits = {"vpcs_per_region_max": VPCS, "security_groups_per_region_max": VPCS}
    world = World(limits=limits).account("acme", eni_quota=2_000_000).region(REGION, zones=[f"{REGION}-h"])
    world.instance_type("t.huge", eni_quantity=128, ipv4_per_eni=50)
    each = enis // VPCS
    for number in range(VPCS):
        home, tags = f"vsw-{number}", {"app": "all"}
        world.vpc(f"vpc-{number}", cidr=f"10.{number}.0.0/16")
        world.vswitch(f"vsw-{number}", vpc=f"vpc-{number}", cidr=f"10.{number}.0.0/16")
        world.security_group(f"sg-{number}", vpc=f"vpc-{number}", type="enterprise")
        world.instance(f"i-{number}", type="t.huge", vswitch=f"vsw-{number}")
        world.eni(count=ON_AN_INSTANCE, instance=f"i-{number}", tags=tags, vswitch=home)
        world.eni(count=TAGGED, tags={**tags, "rare": "yes"}, vswitch=home)
        world.eni(count=each - ON_AN_INSTANCE - TAGGED, tags=tags, vswitch=home)
    return world


class Family:
    """A simulation and its usual calls, each to its end at once."""

    def __init__(self, enis: int) -> None:
        self.simulation = Simulation(populated(enis).spec, latency=NONE, journal=Journal())
        self.caller = self.simulation.caller(account="acme")
        self.enis = [eni.id for eni in self.simulation.cloud.vswitches["vsw-5"].interfaces.values()]  # type: ignore[index]

    def ask(self, request: Request) -> Any:  # noqa: ANN401  any answer
        """Make a call to its end."""
        reply = self.simulation.submit(self.caller, request)
        self.simulation.run()
        return reply.result()

    def page(self, filters: dict[str, Any]) -> int:
        """Read one page."""
        found = self.ask(DescribeNetworkInterfaces(region_id=REGION, page_size=PAGE, **filters))
        assert len(found.network_interface_sets) == PAGE, "every filter finds at least a page"
        return 1

    def cycle(self, times: int = 20) -> int:
        """Create an ENI, put it on an instance, take it off and delete it, so many times."""
        for _ in range(times):
            made = self.ask(CreateNetworkInterface(region_id=REGION, vswitch_id="vsw-5", security_group_id="sg-5"))
            eni = made.network_interface_id
            self.ask(AttachNetworkInterface(region_id=REGION, network_interface_id=eni, instance_id="i-5"))
            self.ask(DetachNetworkInterface(region_id=REGION, network_interface_id=eni, instance_id="i-5"))
            self.ask(DeleteNetworkInterface(region_id=REGION, network_interface_id=eni))
        return times

    def addresses(self, times: int = 20) -> int:
        """Give an ENI an address and take it away again, so many times."""
        eni = self.enis[ON_AN_INSTANCE + TAGGED + 7]
        for _ in range(times):
            given = self.ask(
                AssignPrivateIpAddresses(
                    region_id=REGION, network_interface_id=eni, secondary_private_ip_address_count=1
                )
            )
            addresses = given.assigned_private_ip_addresses_set.private_ip_addresses
            self.ask(
                UnassignPrivateIpAddresses(region_id=REGION, network_interface_id=eni, private_ip_addresses=addresses)
            )
        return times


def family_part(effort: Effort) -> Iterator[Ratio]:
    """Measure it."""
    few = 10_000
    many = 1_000_000 if effort.is_large else 50_000 if effort.is_quick else 100_000
    yield from growth_ratios(effort.rounds(7), few=few, many=many)
    taken = [apart(bytes_with_indexes, enis)["value"] for enis in (few, many)]
    words = "bytes for each ENI, with an index for every filter"
    yield once(words, (taken[1] - taken[0]) / (many - few), at_most=1500)


def growth_ratios(rounds: int, *, few: int, many: int) -> Iterator[Ratio]:
    """Hold every filter, and the life of an ENI, among many ENIs against that among few."""
    little, large = Family(few), Family(many)
    first_ns = _first_pages_ns(large)
    actions: dict[str, tuple[Variant, Variant]] = {
        f"a page of {PAGE} by {name}": (partial(little.page, filters), partial(large.page, filters))
        for name, filters in FILTERS.items()
    }
    actions["create, attach, detach, delete"] = little.cycle, large.cycle
    actions["assign, unassign"] = little.addresses, large.addresses
    variants = {f"{name} {size}": one for name, pair in actions.items() for size, one in zip("fm", pair, strict=True)}
    timings = measure(variants, rounds=rounds)
    for name in actions:
        yield ratio(f"{name}, among {many} / {few}", timings, f"{name} m", f"{name} f", at_most=2)
    later_ns = sum(timings[f"a page of {PAGE} by {name} m"].ns for name in FILTERS)
    words = f"a page by every filter among {many}: for the first time, indexes made / later"
    yield once(words, first_ns / later_ns, ns=first_ns)


def _first_pages_ns(family: Family) -> int:
    start = cpu_ns()
    for filters in FILTERS.values():
        family.page(filters)
    return cpu_ns() - start


def bytes_with_indexes(enis: int) -> float:
    """Give the resident memory of a process that has so many ENIs, once every filter has been used."""
    family = Family(enis)
    for filters in FILTERS.values():
        family.page(filters)
    return resident_bytes()
