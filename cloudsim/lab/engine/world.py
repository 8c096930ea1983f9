"""What a huge world costs: to build it, to save it and to load it, in time and in memory.

The world has vSwitches with 100 instances each, and 10 ENIs on every instance beside its primary one; 1 000 vSwitches
with ``--large``: 1 100 000 ENIs. It obeys its own limits: 50 vSwitches of /21 in a VPC, so that a VPC uses 55 000 of
its 60 000 addresses; one enterprise group for each VPC; two accounts with 10 VPCs each.

Building, saving and loading are each done once, in processes of their own that have done nothing else: CPU time of the
process, and resident memory as the operating system counts it. Goals (issue 6), for the large one: each of them within
two minutes and 2.5 GB; and for any: loading at most half as long as building; bytes for each ENI.
"""

import resource
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time  # noqa: TID251  a benchmark is where real time is measured
from typing import Final

from cloudsim.lab.engine.apart import apart, resident_bytes
from cloudsim.lab.engine.ratio import Effort, Ratio, once
from cloudsim.simulation.saving.saving import load_simulation, save_simulation
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.builder import World

INSTANCES: Final = 100
"""In each vSwitch."""
ENIS: Final = 10
"""On each instance, beside its primary one."""
PER_VPC: Final = 50
TWO_MINUTES: Final = 120
MEMORY: Final = 2_500_000_000
ACCOUNTS: Final = ("acme", "globex")


def world_part(effort: Effort) -> Iterator[Ratio]:
    """Measure it."""
    yield from world_ratios(1000 if effort.is_large else 50 if effort.is_quick else 100)


def world(vswitches: int, instances: int, enis: int) -> World:
    """Say the world, or a smaller one of its make.

    Args:
        vswitches: how many.
        instances: in each vSwitch.
        enis: on each instance, beside its primary one; at least 0.
    """
    made = World().region("cn-hangzhou", zones=["cn-hangzhou-h"])
    for account in ACCOUNTS:
        made.account(account, eni_quota=600_000)
    for number in range(-(-vswitches // PER_VPC)):
        made.vpc(f"vpc-{number}", account=ACCOUNTS[number % 2])
        made.security_group(f"sg-{number}", vpc=f"vpc-{number}", type="enterprise")
    for number in range(vswitches):
        vswitch, block = f"vsw-{number}", number % PER_VPC << 3
        made.vswitch(vswitch, vpc=f"vpc-{number // PER_VPC}", cidr=f"10.{block >> 8}.{block & 255}.0/21")
        if instances:
            made.instance(f"i-{number}-{{n}}", type="ecs.g7.32xlarge", vswitch=vswitch, count=instances)
        if enis:
            for place in range(1, instances + 1):
                made.eni(vswitch=vswitch, instance=f"i-{number}-{place}", count=enis)
    return made


def measured(act: str, path: str, vswitches: int, instances: int, enis: int) -> dict[str, float]:
    """Do one thing in this process, and say what it took.

    Args:
        act: ``build``, ``save`` or ``load``.
        path: of the file that is saved or loaded.
        vswitches: of the world.
        instances: likewise.
        enis: likewise.
    """
    spec = None if act == "load" else world(vswitches, instances, enis).spec
    before, start = resident_bytes(), process_time()
    simulation = load_simulation(path) if spec is None else Simulation(spec)
    taken = {"seconds": process_time() - start, "bytes": resident_bytes() - before}
    if act == "save":
        start = process_time()
        save_simulation(simulation, path)
        taken["seconds"] = process_time() - start
    taken["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return taken


def world_ratios(vswitches: int, *, instances: int = INSTANCES, enis: int = ENIS) -> Iterator[Ratio]:
    """Build, save and load the world, each in a process of its own."""
    things = {
        "vSwitch": (vswitches, 0, 0),
        "instance, with its primary ENI": (vswitches, instances, 0),
        "ENI": (vswitches, instances, enis),
    }
    with TemporaryDirectory() as folder:
        path = Path(folder) / "world.snapshot"
        built = {what: apart(measured, "build", str(path), *sizes) for what, sizes in things.items()}
        taken = {"build": built["ENI"]} | {
            act: apart(measured, act, str(path), *things["ENI"]) for act in ("save", "load")
        }
        size = path.stat().st_size
    counts = (vswitches, vswitches * instances, vswitches * instances * enis)
    every = counts[1] + counts[2]
    yield from _within(taken, every)
    yield once("load / build", taken["load"]["seconds"] / taken["build"]["seconds"], at_most=0.5)
    before = 0.0
    for (what, one), count, bound in zip(built.items(), counts, (4_000, 4_000, 1_500), strict=True):
        yield once(f"bytes for each {what}", (one["bytes"] - before) / count, at_most=bound)
        before = one["bytes"]
    yield once("bytes for each ENI, loaded, with all else", taken["load"]["bytes"] / every, at_most=1_500)
    yield once("bytes for each ENI in the file", size / every, at_most=150)


def _within(taken: Mapping[str, dict[str, float]], enis: int) -> Iterator[Ratio]:
    """Hold time and memory against what a world of a million ENIs may take; it is no goal for smaller ones."""
    bound = 1 if enis >= 1_000_000 else None
    for act, one in taken.items():
        seconds = one["seconds"]
        yield once(f"{act} {enis} ENIs: share of two minutes", seconds / TWO_MINUTES, at_most=bound, ns=seconds * 1e9)
    for act, one in taken.items():
        yield once(f"{act} {enis} ENIs: share of 2.5 GB, at its peak", one["peak"] / MEMORY, at_most=bound)
