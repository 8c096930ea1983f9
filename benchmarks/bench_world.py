"""What a huge world costs: to build it, to save it and to load it, in time and in memory.

The world has 1 000 vSwitches with 100 instances each, and 10 ENIs on every instance beside its primary one: 1 100 000
ENIs. It obeys its own limits: 50 vSwitches of /21 in a VPC, so that a VPC uses 55 000 of its 60 000 addresses; one
enterprise group for each VPC; two accounts with 10 VPCs each.

Building, saving and loading are each done once, in processes of their own that have done nothing else: CPU time of the
process, and resident memory as the operating system counts it. Goals (issue 6): each of them within two minutes and
2.5 GB; loading at most half as long as building; bytes for each ENI. It takes a few minutes.
"""

import hashlib
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time  # noqa: TID251  a benchmark is where real time is measured

from benchmarks.harness import Goal, main
from cloudsim import Simulation, World, load_simulation, save_simulation
from cloudsim.simulation.saving.saving import simulation_of, snapshot_of

VSWITCHES = 1_000
INSTANCES = 100
"""In each vSwitch."""
ENIS = 10
"""On each instance, beside its primary one."""
PER_VPC = 50
TWO_MINUTES = 120
MEMORY = 2_500_000_000
ACCOUNTS = ("acme", "globex")


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


def resident_bytes() -> int:
    """Resident memory of this process."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()


def part(name: str, path: str, *sizes: str) -> dict[str, float]:
    """Do one part in this process, and say what it took."""
    vswitches, instances, enis = map(int, sizes)
    spec = None if name == "load" else world(vswitches, instances, enis).spec
    before, start = resident_bytes(), process_time()
    simulation = load_simulation(path) if spec is None else Simulation(spec)
    taken = {"seconds": process_time() - start, "bytes": resident_bytes() - before}
    if name == "save":
        start = process_time()
        save_simulation(simulation, path)
        taken["seconds"] = process_time() - start
    taken["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return taken


def apart(name: str, path: Path, *sizes: int) -> dict[str, float]:
    """Do one part in a process that has done nothing else."""
    command = [sys.executable, "-m", "benchmarks.bench_world", "--part", name, str(path), *map(str, sizes)]
    taken: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return taken


def bench_world_1100000(
    rounds: int, *, vswitches: int = VSWITCHES, instances: int = INSTANCES, enis: int = ENIS
) -> list[Goal]:
    """Build, save and load the world, each in a process of its own."""
    del rounds
    things = {
        "vSwitch": (vswitches, 0, 0),
        "instance, with its primary ENI": (vswitches, instances, 0),
        "ENI": (vswitches, instances, enis),
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "world.snapshot"
        built = {what: apart("build", path, *sizes) for what, sizes in things.items()}
        taken = {
            "build": built["ENI"],
            "save": apart("save", path, *things["ENI"]),
            "load": apart("load", path, *things["ENI"]),
        }
        size = path.stat().st_size
    counts = [vswitches, vswitches * instances, vswitches * instances * enis]
    grown = [0, *(one["bytes"] for one in built.values())]
    goals = [
        Goal(what=f"{name}: share of two minutes", ratio=one["seconds"] / TWO_MINUTES, bound=1, ns=one["seconds"] * 1e9)
        for name, one in taken.items()
    ]
    goals += [
        Goal(what=f"{name}: share of 2.5 GB, at its peak", ratio=one["peak"] / MEMORY, bound=1)
        for name, one in taken.items()
    ]
    goals.append(Goal(what="load / build", ratio=taken["load"]["seconds"] / taken["build"]["seconds"], bound=0.5))
    bounds = (4_000, 4_000, 1_500)
    goals += [
        Goal(what=f"bytes for each {what}", ratio=(after - before) / count, bound=bound)
        for what, before, after, count, bound in zip(things, grown, grown[1:], counts, bounds, strict=False)
    ]
    every = counts[1] + counts[2]
    goals.append(
        Goal(what="bytes for each ENI, loaded, with all else", ratio=taken["load"]["bytes"] / every, bound=1_500)
    )
    goals.append(Goal(what="bytes for each ENI in the file", ratio=size / every, bound=150))
    return goals


def bench_smoke() -> str:
    """Build, save and load a small one, and return a digest of what it is."""
    simulation = Simulation(world(PER_VPC + 2, 2, 3).spec)
    snapshot = snapshot_of(simulation)
    loaded = simulation_of(snapshot)
    assert snapshot_of(loaded) == snapshot, "nothing is lost"
    assert loaded.digest() == simulation.digest()
    assert loaded.close() == [], "nothing leaks"
    return hashlib.sha256(simulation.digest().encode()).hexdigest()


if __name__ == "__main__":
    if "--part" in sys.argv:
        print(json.dumps(part(*sys.argv[2:])))
    else:
        main([bench_world_1100000], rounds=1)
