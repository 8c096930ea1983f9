"""What the family's operations cost, and that none of it grows with what exists.

The same world is built with few and with many ENIs, and it obeys its own limits: 17 VPCs of one vSwitch, one enterprise
group and one instance each, at most 60 000 addresses in a VPC. Measured among the many and among the few: a page of 50
ENIs by each filter of DescribeNetworkInterfaces alone and by two together, the cycle create, attach, detach, delete,
and the pair assign, unassign.

An index is made by the first question that uses it (``cloudsim.resources.interface_index``); here that is the round
which no benchmark counts, and what it takes is printed apart.

Goals: among 1 000 000 ENIs at most 2 x what it takes among 10 000. ``--large`` measures that; without it the many are
100 000. Bytes for each ENI are those of ``bench_create``, and again after every filter was used once.
"""

import hashlib
import resource
import subprocess
import sys
from functools import partial
from time import thread_time_ns  # noqa: TID251 - a benchmark is where real time is measured
from typing import Any

from benchmarks.harness import Goal, Variant, main, measure
from cloudsim import DescribeNetworkInterfaces, Journal, Simulation, World
from cloudsim.api.requests import (
    AssignPrivateIpAddresses,
    AttachNetworkInterface,
    CreateNetworkInterface,
    DeleteNetworkInterface,
    DetachNetworkInterface,
    Request,
    Tag,
    UnassignPrivateIpAddresses,
)
from cloudsim.simulation.latency import NONE

REGION = "cn-hangzhou"
VPCS = 17
ON_AN_INSTANCE = 60
TAGGED = 100
"""ENIs of each VPC that have the rare tag; the frequent one is on all."""
PAGE = 50
FILTERS: dict[str, dict[str, Any]] = {
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


def _many() -> int:
    return 1_000_000 if "--large" in sys.argv[1:] else 100_000


def bench_pages_and_cycles(rounds: int, *, few: int = 10_000, many: int | None = None) -> list[Goal]:
    """Every filter, and the life of an ENI, among many ENIs and among few."""
    many = _many() if many is None else many
    little, large = Family(few), Family(many)
    for name, filters in FILTERS.items():
        start = thread_time_ns()
        large.page(filters)
        if not few < 10_000:  # the tests' size prints nothing
            print(f"the first page by {name} among {many}: {(thread_time_ns() - start) / 1e6:.1f} ms", file=sys.stderr)
    actions: dict[str, tuple[Variant, Variant]] = {
        f"a page of {PAGE} by {name}": (partial(little.page, filters), partial(large.page, filters))
        for name, filters in FILTERS.items()
    }
    actions["create, attach, detach, delete"] = little.cycle, large.cycle
    actions["assign, unassign"] = little.addresses, large.addresses
    variants = {f"{name} {size}": one for name, pair in actions.items() for size, one in zip("fm", pair, strict=True)}
    timings = measure(variants, rounds=rounds)
    goals = []
    for name in actions:
        among_few, among_many = timings[f"{name} f"], timings[f"{name} m"]
        ratio = among_many.ratio(among_few)
        goals.append(Goal(what=f"{name}, among {many} / {few}", ratio=ratio, bound=2, ns=among_many.ns))
    return goals


def bench_bytes_with_indexes(rounds: int) -> list[Goal]:
    """Bytes for each ENI once every filter has been used; each size in a process of its own."""
    del rounds  # nothing is timed
    code = (
        "import sys; from pathlib import Path; from benchmarks.bench_family import FILTERS, Family;"
        "family = Family(int(sys.argv[1])); [family.page(one) for one in FILTERS.values()];"
        "print(Path('/proc/self/statm').read_text().split()[1])"  # pages; the peak would be the parent's, if higher
    )
    few, many = 20_000, _many()
    resident = [
        int(subprocess.run([sys.executable, "-c", code, str(enis)], check=True, capture_output=True, text=True).stdout)
        for enis in (few, many)
    ]
    bytes_each = (resident[1] - resident[0]) * resource.getpagesize() / (many - few)
    return [Goal(what="bytes for each ENI, with an index for every filter", ratio=bytes_each, bound=1500, ns=0)]


def bench_smoke() -> str:
    """Make every call of the benchmark once, and give the digest of what was done."""
    family = Family(VPCS * 200)
    for filters in FILTERS.values():
        family.page(filters)
    family.cycle(2)
    family.addresses(2)
    assert family.simulation.close() == [], "the audit is clean"
    return hashlib.sha256(family.simulation.digest().encode()).hexdigest()


if __name__ == "__main__":
    main([bench_pages_and_cycles, bench_bytes_with_indexes], rounds=7)
