"""Goals 4 to 8: how many times as long others' ways take, each in its own steady state."""

from collections.abc import Iterator, Mapping

from cloudsim.lab.allocator import ground
from cloudsim.lab.goals.goal import Care, Goal, Prepared, at_least, prepared, variants_of
from cloudsim.lab.timing import measure

_SHARES = {"50 %": 0.5, "99.9 %": 0.999, "last": 1.0}
_GOALS = (
    (4, "kea-iterative", "99.9 %", 15),
    (4, "kea-iterative", "last", 300),
    (5, "kea-random", "99.9 %", 100),
    (5, "kea-random", "last", 3000),
    (6, "set-rejection", "50 %", 0.6),
    (6, "set-rejection", "99.9 %", 80),
    (6, "set-rejection", "last", 2000),
)
"""On a /16: number, model, use, bound."""
_PAIRS = {"50 %": 1000, "99.9 %": 40, "last": 5}
"""In a round of a peer."""
_IP_SET, _REBUILD = {24: 250, 16: 10_000}, {24: 1000, 16: 100_000}


def peer_goals(care: Care) -> Iterator[Goal]:
    """Measure them."""
    where = ground(16)
    works = {f"uniform {said}": prepared("uniform", where, share, care) for said, share in _SHARES.items()}
    for _, name, said, _ in _GOALS:
        works[f"{name} {said}"] = prepared(name, where, _SHARES[said], care, pairs=_PAIRS[said])
    variants, prepare = variants_of(works)
    timings = measure(variants, rounds=care.rounds, before=prepare)
    for number, name, said, bound in _GOALS:
        told = f"/16 {name} pair at {said} / ours"
        yield at_least(number, told, timings, f"{name} {said}", f"uniform {said}", bound)
    yield from _ip_sets(24, care)
    if care.is_quick:
        for number, name in (7, "ipset-uniform"), (8, "neutron-rebuild"):
            bound = (_IP_SET if number == 7 else _REBUILD)[16]
            told = f"/16 {name} pair at 90 % / ours"
            yield Goal(number=number, name=told, value=None, op=">=", goal=bound, note="too slow for a quick run")
    else:
        yield from _ip_sets(16, care)


def _ip_sets(length: int, care: Care) -> Iterator[Goal]:
    where, size = ground(length), f"/{length}"
    works: Mapping[str, Prepared] = {
        "ours": prepared("uniform", where, 0.9, care),
        "ipset": prepared("ipset-uniform", where, 0.9, care, pairs=20 if length == 24 else 1),
        "rebuild": prepared("neutron-rebuild", where, 0.9, care, pairs=5 if length == 24 else 1),
    }
    variants, prepare = variants_of(works)
    rounds = care.rounds if length == 24 else min(care.rounds // 2, 5)
    timings = measure(variants, rounds=rounds, before=prepare, warmup=1 if length == 24 else 0)
    yield at_least(7, f"{size} ipset-uniform pair at 90 % / ours", timings, "ipset", "ours", _IP_SET[length])
    yield at_least(8, f"{size} neutron-rebuild pair at 90 % / ours", timings, "rebuild", "ours", _REBUILD[length])
