"""Goals 9 and 10: to find a whole free block, and to take one."""

from collections.abc import Callable, Iterator

from cloudsim.ipam.pool import Pool
from cloudsim.ipam.space import SpaceMap
from cloudsim.lab.allocator import Ground, ground
from cloudsim.lab.catalogue import chosen
from cloudsim.lab.goals.goal import Care, Goal, at_least, at_most, repeated
from cloudsim.lab.models.ip_sets import IPSetLowest
from cloudsim.lab.timing import Variant, measure
from cloudsim.lab.workloads import Nothing

_WALKED = {24: 100, 16: 10_000}
_FEW, _MOST = 0.05, 0.6
"""Shares of use: with 5 % some blocks are free, with 60 % none."""


def block_goals(care: Care) -> Iterator[Goal]:
    """Measure them."""
    for length in (24, 16):
        yield from _look_up(ground(length), care)
        yield from _taking(ground(length), care)


def _look_up(where: Ground, care: Care) -> Iterator[Goal]:
    """Look for the lowest whole block with none left, which is the longest search, in our map and in an IPSet."""
    size = f"/{where.space.length}"
    held = _held(where, _MOST)
    truth = SpaceMap.of(where.space, where.reserved)
    for offset in held:
        truth.occupy(offset)
    addresses = IPSetLowest(where)
    addresses.preload(held)
    assert truth.busy.find(0) == -1, "no block is whole at this use"
    assert addresses.find_block() == -1, "an IPSet sees the same"
    find, stop, idle = truth.busy.find, truth.whole.stop, Nothing().allocate

    def ours() -> int:
        for _ in range(1000):
            find(0, 0, stop)
        return 1000

    def noop() -> int:
        for _ in range(1000):
            idle(0)
        return 1000

    variants: dict[str, Variant] = {"ours": ours, "noop": noop, "ipset": repeated(addresses.find_block, 1)}
    timings = measure(variants, rounds=min(care.rounds, 15))
    yield at_most(9, f"{size} free /28 look-up / no-op method", timings, "ours", "noop", 8)
    bound = _WALKED[where.space.length]
    yield at_least(9, f"{size} free /28 in IPSet.iter_cidrs / ours", timings, "ipset", "ours", bound)


def _taking(where: Ground, care: Care) -> Iterator[Goal]:
    """Take a prefix and give it back, beside the same with an address."""
    pool = _pool(where, _FEW)

    def prefixes() -> int:
        for _ in range(100):
            pool.release_prefix(pool.allocate_prefix(0), 0)
        return 100

    def singles() -> int:
        for _ in range(100):
            pool.release(pool.allocate(0), 0)
        return 100

    timings = measure({"prefixes": prefixes, "singles": singles, "leases": _leases(pool)}, rounds=care.rounds)
    size = f"/{where.space.length}"
    yield at_most(10, f"{size} prefix pair / address pair", timings, "prefixes", "singles", 10)
    yield at_most(10, f"{size} lease, keep, release / allocate, release", timings, "leases", "singles", 2)


def _leases(pool: Pool) -> Callable[[], int]:
    def run() -> int:
        for _ in range(100):
            with pool.lease(count=1, now_ns=0) as lease:
                lease.keep()
            pool.release(lease.offsets[0], 0)
        return 100

    return run


def _pool(where: Ground, share: float) -> Pool:
    (entry,) = (one for one in chosen(["uniform"]) if one.is_ours)
    pool = entry.make(where)
    assert isinstance(pool, Pool), "ours are pools"
    pool.allocate_many(int(where.usable * share), 0)
    return pool


def _held(where: Ground, share: float) -> list[int]:
    return list(_pool(where, share).used_offsets())
