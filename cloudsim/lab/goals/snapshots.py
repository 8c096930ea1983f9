"""Goals 11 to 13: pools that nobody uses, memory, and snapshots.

A snapshot of many pools is a layer over their table, as a branch of a cloud has one: each pool is cloned when somebody
first looks at it there. The eager copy that it is held against copies the buffers of each.
"""

import gc
from collections.abc import Iterator
from functools import partial

import netaddr

from cloudsim.ipam.pool import Pool
from cloudsim.lab.allocator import ground
from cloudsim.lab.catalogue import chosen
from cloudsim.lab.filling import Effort, fill
from cloudsim.lab.goals.goal import Care, Goal, at_most, repeated
from cloudsim.lab.memory import bytes_of
from cloudsim.lab.ours import make_pool
from cloudsim.lab.timing import Variant, measure
from cloudsim.lab.workloads import STEADY
from cloudsim.resources.layers import Layer

_POOLS = 10_000
_SMALL = {24: 1 / 6, 16: 1 / 25}
_UNTOUCHED = Effort(turnovers=0, probes=0)


def snapshot_goals(care: Care) -> Iterator[Goal]:
    """Measure them."""
    yield from _creation(care)
    for length in (24, 16):
        yield _memory(length)
    yield from _snapshots(care)


def _creation(care: Care) -> Iterator[Goal]:
    where = ground(16)
    make = partial(Pool, where.space, seed=1)
    timings = measure(
        {"netaddr": repeated(lambda: netaddr.IPNetwork("10.0.0.0/16"), 500), "pool": repeated(make, 500)},
        rounds=care.rounds,
    )
    yield at_most(11, "/16 unused pool / netaddr.IPNetwork", timings, "pool", "netaddr", 0.4)
    size = bytes_of(lambda: [make() for _ in range(_POOLS)]) / _POOLS
    yield Goal(number=11, name="bytes for each of 10 000 unused pools", value=size, op="<=", goal=256)


def _memory(length: int) -> Goal:
    """Weigh a uniform pool, all of it used, against a set of netaddr's addresses."""
    where = ground(length)
    base, first, usable = where.space.base, where.reserved.first, where.usable
    (entry,) = (one for one in chosen(["uniform"]) if one.is_ours)
    pool = bytes_of(lambda: fill(entry, where, usable, STEADY, _UNTOUCHED).work.allocator)
    addresses = bytes_of(lambda: {netaddr.IPAddress(base + first + at) for at in range(usable)})
    name = f"/{length} bytes of a full uniform pool / of a set of IPAddress"
    return Goal(number=12, name=name, value=pool / addresses, op="<=", goal=_SMALL[length])


def _snapshots(care: Care) -> Iterator[Goal]:
    small = ground(24)
    pools: dict[int, Pool] = {number: make_pool("uniform", small) for number in range(_POOLS)}
    for pool in pools.values():
        pool.allocate(0)
    numbers = bytes(small.size)
    buffers = bytes(small.size), bytes(small.size // 16)
    large = make_pool("uniform", ground(16))
    large.allocate_many(30_000, 0)
    large_buffers = [bytes(2 * 2 * large.space.size), bytes(large.space.size), bytes(large.space.size // 16)]

    def eager() -> int:
        copies = [(bytearray(numbers), bytearray(numbers), bytearray(buffers[0]), bytearray(buffers[1])) for _ in pools]
        return len(copies)

    def snapshot() -> int:
        return len(Layer(pools, Pool.clone))

    variants: dict[str, Variant] = {
        "snapshot": snapshot,
        "eager": eager,
        "memcpy": repeated(lambda: [bytearray(buffer) for buffer in large_buffers], 100),
        "first change": repeated(lambda: large.clone().allocate(0), 100),
    }
    timings = measure(variants, rounds=min(care.rounds, 9))
    gc.collect()
    yield at_most(13, "snapshot of 10 000 /24 pools / eager copy", timings, "snapshot", "eager", 1 / 50)
    yield at_most(13, "/16 first change in a clone / memcpy of as much", timings, "first change", "memcpy", 3)
