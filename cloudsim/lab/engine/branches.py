"""What a branch costs: ``Simulation.freeze`` and ``Present.branch``, and work in a branch against that in none.

Two simulations of the same ENIs: one is frozen, and its branches read and write over what it holds; the other one never
is. Branches write into a vSwitch of their own past, by the straight way.

Goals: ip_pools.md section 3, "World snapshot": at most 1 ms and 100 KB for a branch whatever exists, what is written
costs in proportion, reads at most 1.5 x. Freezing is done once for all branches, and has no goal.
"""

import tracemalloc
from collections.abc import Iterator
from typing import Final

from cloudsim.api.requests import DescribeNetworkInterfaces
from cloudsim.lab.engine.create import ROOM, roomy
from cloudsim.lab.engine.ratio import Effort, Ratio, once, ratio
from cloudsim.lab.timing import Variant, cpu_ns, measure
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.journal import SilentJournal
from cloudsim.simulation.branching import Present
from cloudsim.simulation.latency import NONE
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.straight import StraightWay

REGION: Final = "cn-hangzhou"
CALLER: Final = "planner"
READS: Final = 200
"""In a round; ten of them for pages."""


def branches_part(effort: Effort) -> Iterator[Ratio]:
    """Measure it."""
    enis = 1_000_000 if effort.is_large else 5_000 if effort.is_quick else 100_000
    yield from branch_ratios(effort.rounds(15), enis=enis, branches=1000)


def branch_ratios(rounds: int, *, enis: int, branches: int) -> Iterator[Ratio]:
    """Measure branches of so many ENIs."""
    (plain, ids), (frozen, _) = grown(enis), grown(enis)
    start = cpu_ns()
    present = frozen.freeze()
    yield once(f"freeze {enis} ENIs: ms", (cpu_ns() - start) / 1e6)
    yield once(f"a branch of {enis} ENIs: bytes", _bytes_each(present, min(branches, 100)), at_most=100_000)
    start = cpu_ns()
    kept = [present.branch() for _ in range(branches)]
    each_ns = (cpu_ns() - start) / branches
    yield once(f"a branch of {enis} ENIs, of {branches}: ms", each_ns / 1e6, at_most=1, ns=each_ns)
    variants = {"read": reads(plain, ids), "read, branch": reads(kept[0], ids)}
    variants |= {"page": pages(plain), "page, branch": pages(kept[0])}
    timings = measure(variants, rounds=rounds)
    yield ratio("a read by id in a branch / in none", timings, "read, branch", "read", at_most=1.5)
    yield ratio("a page of 50 by vSwitch in a branch / in none", timings, "page, branch", "page", at_most=1.5)
    yield from _write_ratios(rounds, plain, present)


def _write_ratios(rounds: int, plain: Simulation, present: Present) -> Iterator[Ratio]:
    """Hold k creates in a new branch, the branch included, against k more where there is none."""
    counts = (10, 100, 1000)
    timings = measure(
        {f"{where} {k}": variant for k in counts for where, variant in _writers(plain, present, k).items()},
        rounds=rounds,
    )
    for k in counts:
        words = f"a create of {k} in a new branch, which is made first / in none"
        yield ratio(words, timings, f"branch {k}", f"plain {k}")


def _writers(plain: Simulation, present: Present, k: int) -> dict[str, Variant]:
    """Make what creates k ENIs in a round: in a new branch each time, and in one simulation that goes on."""

    def in_a_branch() -> int:
        created(present.branch(), k)
        return k

    def in_none() -> int:
        created(plain, k)
        return k

    return {"branch": in_a_branch, "plain": in_none}


def grown(enis: int) -> tuple[Simulation, list[str]]:
    """Make a simulation of so many ENIs, which has one more vSwitch that is empty, and give their ids too."""
    vswitches = -(-enis // ROOM)
    simulation = Simulation(roomy(vswitches + 1).spec, latency=NONE, journal=SilentJournal())
    caller = simulation.caller(account="acme", name=CALLER)
    ids: list[str] = []
    for number in range(vswitches):
        way = StraightWay(simulation, caller, region=REGION, vswitch=f"vsw-{number}", group=f"sg-{number}")
        ids += [_id(way) for _ in range(min(ROOM, enis - len(ids)))]
    return simulation, ids


def created(simulation: Simulation, k: int) -> list[str]:
    """Make so many ENIs in the last vSwitch."""
    last = len(simulation.cloud.vswitches) - 1
    caller = simulation.caller_named(CALLER)
    way = StraightWay(simulation, caller, region=REGION, vswitch=f"vsw-{last}", group=f"sg-{last}")
    return [_id(way) for _ in range(k)]


def _id(way: StraightWay) -> str:
    made = way.create()
    assert isinstance(made, NetworkInterface), "every create succeeds"
    return made.id


def reads(simulation: Simulation, ids: list[str]) -> Variant:
    """Read ENIs by their ids, one in a call, wherever they are."""
    caller = simulation.caller_named(CALLER)
    wanted = [
        DescribeNetworkInterfaces(region_id=REGION, network_interface_ids=(ids[number * 7919 % len(ids)],))
        for number in range(READS)
    ]

    def run() -> int:
        for request in wanted:
            assert simulation.perform(caller, request).error is None, "every read succeeds"
        return READS

    return run


def pages(simulation: Simulation) -> Variant:
    """Read the first page of a vSwitch's ENIs."""
    caller = simulation.caller_named(CALLER)
    request = DescribeNetworkInterfaces(region_id=REGION, vswitch_id="vsw-0", max_results=50)

    def run() -> int:
        for _ in range(READS // 20):
            assert simulation.perform(caller, request).error is None, "every read succeeds"
        return READS // 20

    return run


def _bytes_each(present: Present, count: int) -> float:
    tracemalloc.start()
    kept = [present.branch() for _ in range(count)]
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return taken / len(kept)
