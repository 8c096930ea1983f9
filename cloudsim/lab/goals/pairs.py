"""Goals 1 to 3: what a pair takes over one that does nothing, and that this stays when nearly nothing is free."""

from collections.abc import Iterator

from cloudsim.ipam.policies.registry import POLICIES
from cloudsim.lab.allocator import ground
from cloudsim.lab.catalogue import chosen, ours, plain
from cloudsim.lab.filling import fill
from cloudsim.lab.goals.goal import Care, Goal, at_most, nothing, prepared, variants_of
from cloudsim.lab.observing import observe
from cloudsim.lab.timing import measure
from cloudsim.lab.workloads import COOL_DOWN, STEADY

_SHARES = {"50 %": 0.5, "90 %": 0.9, "99.9 %": 0.999, "last": 1.0}
_UNIFORM, _COOLED, _SEARCHED = {24: 15, 16: 25}, {24: 20, 16: 32}, {24: 11, 16: 20}
_FLAT, _FLAT_NEXT_FIT = 1.3, 1.7


def pair_goals(care: Care) -> Iterator[Goal]:
    """Measure them."""
    for length in (24, 16):
        yield from _on_block(length, care)
    yield from _probes(care)


def _on_block(length: int, care: Care) -> Iterator[Goal]:
    where, size = ground(length), f"/{length}"
    policies = [entry.name for entry in plain(ours())]
    works = {
        f"{policy} {said}": prepared(policy, where, share, care)
        for policy in policies
        for said, share in _SHARES.items()
    }
    works["nothing"] = nothing(where)
    works["cooled"] = prepared("uniform", where, 0.9, care, workload=COOL_DOWN)
    variants, prepare = variants_of(works)
    timings = measure(variants, rounds=care.rounds, before=prepare)
    name = f"{size} uniform pair at 90 % / no-op pair"
    yield at_most(1, name, timings, "uniform 90 %", "nothing", _UNIFORM[length])
    name = f"{size} uniform pair with cool-down / no-op pair"
    yield at_most(1, name, timings, "cooled", "nothing", _COOLED[length])
    for policy in ("lowest-first", "next-fit"):
        name = f"{size} {policy} pair at 90 % / no-op pair"
        yield at_most(2, name, timings, f"{policy} 90 %", "nothing", _SEARCHED[length])
    for policy in policies:
        bound = _FLAT_NEXT_FIT if policy == "next-fit" else _FLAT
        for said in ("99.9 %", "last"):
            name = f"{size} {policy} pair at {said} / at 50 %"
            yield at_most(3, name, timings, f"{policy} {said}", f"{policy} 50 %", bound)


def _probes(care: Care) -> Iterator[Goal]:
    """Count what is looked at for an allocation, with one free address left."""
    where = ground(20)
    for policy in POLICIES:
        (entry,) = (one for one in chosen([policy]) if one.is_ours)
        work = fill(entry, where, where.usable, STEADY, care.effort, counts=True).work
        seen = observe(work, 500)
        yield Goal(number=3, name=f"/20 {policy} probes for each allocation", value=seen.probes, op="==", goal=1)
