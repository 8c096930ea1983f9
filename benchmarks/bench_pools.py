"""What the address pools cost, each policy against a pair of methods that do nothing.

The unit is a pair: release an address at random, allocate one. It is timed with 50, 90 and 99.9 % of the addresses
used, and with all used, so that each allocation finds the last free one. The yardstick is a pair of methods that only
return: what Python itself takes for the calls.

Goals: ip_pools, "Performance goals as ratios": pairs, flatness towards exhaustion, prefixes, creation, the edge.
"""

import hashlib
from collections.abc import Callable, Iterable
from itertools import islice

import netaddr

from benchmarks.harness import Goal, Timing, Variant, main, measure
from cloudsim.ipam.chance import advance, scatter
from cloudsim.ipam.edge import AddressSpace
from cloudsim.ipam.policies.registry import POLICIES
from cloudsim.ipam.pool import Pool

FILLS = {"50 %": 0.5, "90 %": 0.9, "99.9 %": 0.999, "last": 1.0}
PAIRS = 1000
"""Operations in a round: long enough to time, short enough for the clock not to move within a round."""
FLATNESS = {"next-fit": 1.7, "banded-next-fit": 1.7}
"""How much dearer the last address may be; 1.3 times for all others."""
SEARCHED = ("lowest-first", "next-fit")
"""Policies without an index to keep; all others are bound as uniform is, but ``pack``."""
PACKED = 4 / 3
"""How much dearer than uniform pack may be, which counts twice where uniform swaps once; the reference has no goal."""
TIMED = ("uniform", "lowest-first", "next-fit", "longest-free", "pack", "banded-uniform")
"""One of each kind: longest-free in order is the same code, and a banded policy adds the same to each."""


class Nothing:
    """A pool that does nothing: the price of the calls alone."""

    __slots__ = ()

    def allocate(self, now_ns: int) -> int:  # noqa: ARG002 - nothing is done with it
        """Return."""
        return 0

    def release(self, offset: int, now_ns: int) -> None:
        """Return."""


class Churn:
    """A pool at a steady fill, from which addresses are released in a fixed order that looks random."""

    def __init__(self, pool: Pool | Nothing, held: list[int], *, ticks: int = 0) -> None:
        self.pool = pool
        self.held = held
        self.ticks = ticks
        """How far time moves at each pair, in ns."""
        self.now_ns = 0
        places, draw = [], 1
        for _ in range(PAIRS):
            draw = advance(draw)
            places.append(scatter(draw, 0, len(held)))
        self.places = places

    def pairs(self) -> int:
        """Release and allocate."""
        release, allocate, held = self.pool.release, self.pool.allocate, self.held
        now_ns, ticks = self.now_ns, self.ticks
        for place in self.places:
            release(held[place], now_ns)
            held[place] = allocate(now_ns)
            now_ns += ticks
        self.now_ns = now_ns
        return len(self.places)

    def leases(self) -> int:
        """Release, lease and keep."""
        pool, held = self.pool, self.held
        assert isinstance(pool, Pool)
        for place in self.places:
            pool.release(held[place], 0)
            with pool.lease(count=1, now_ns=0) as lease:
                lease.keep()
            held[place] = lease.offsets[0]
        return len(self.places)

    def prefixes(self) -> int:
        """Allocate a prefix and release it."""
        pool = self.pool
        assert isinstance(pool, Pool)
        for _ in range(PAIRS // 10):
            pool.release_prefix(pool.allocate_prefix(0), 0)
        return PAIRS // 10


def filled(cidr: str, fill: float, *, policy: str = "uniform", cool_pairs: int = 0) -> Churn:
    """A pool filled under its own policy; a cool-down lasts as long as that many pairs."""
    pool = Pool(AddressSpace.parse(cidr), seed=1, policy=policy, cool_ns=cool_pairs)
    held = pool.allocate_many(int(pool.free_at(0) * fill), 0)
    return Churn(pool, held, ticks=1 if cool_pairs else 0)


def bench_pairs_24(rounds: int) -> list[Goal]:
    return _pairs("10.0.0.0/24", rounds, uniform=15, cooled=20, searched=11)


def bench_pairs_16(rounds: int) -> list[Goal]:
    return _pairs("10.0.0.0/16", rounds, uniform=25, cooled=32, searched=20)


def _pairs(cidr: str, rounds: int, *, uniform: float, cooled: float, searched: float) -> list[Goal]:
    length = cidr.partition("/")[2]
    variants: dict[str, Variant] = {"nothing": Churn(Nothing(), [0] * 200).pairs}
    for policy in TIMED:
        for name, fill in FILLS.items():
            variants[f"{policy} {name}"] = filled(cidr, fill, policy=policy).pairs
    size = AddressSpace.parse(cidr).size
    variants["cooled"] = filled(cidr, 0.9, cool_pairs=size // 20).pairs
    timings = measure(variants, rounds=rounds)
    goals = []
    for policy in TIMED:
        bound = searched if policy in SEARCHED else uniform * (PACKED if policy == "pack" else 1)
        goals.append(
            _goal(f"/{length} {policy} pair at 90 % / no-op pair", timings, f"{policy} 90 %", "nothing", bound)
        )
        for name in ("99.9 %", "last"):
            what = f"/{length} {policy} pair at {name} / at 50 %"
            goals.append(_goal(what, timings, f"{policy} {name}", f"{policy} 50 %", FLATNESS.get(policy, 1.3)))
    what = f"/{length} uniform pair with cool-down / no-op pair"
    return [*goals, _goal(what, timings, "cooled", "nothing", cooled)]


def _goal(what: str, timings: dict[str, Timing], name: str, base: str, bound: float, *, is_floor: bool = False) -> Goal:
    timing = timings[name]
    ratio = timings[base].ratio(timing) if is_floor else timing.ratio(timings[base])
    return Goal(what=what, ratio=ratio, bound=bound, is_floor=is_floor, ns=timing.ns)


def bench_requests_24(rounds: int) -> list[Goal]:
    """What a lease costs over a plain allocation, and a prefix over an address."""
    timings = measure(
        {
            "pairs": filled("10.0.0.0/24", 0.5).pairs,
            "leases": filled("10.0.0.0/24", 0.5).leases,
            "prefixes": filled("10.0.0.0/24", 0.04).prefixes,
        },
        rounds=rounds,
    )
    return [
        _goal("/24 lease, keep, release / allocate, release", timings, "leases", "pairs", 2),
        _goal("/24 prefix pair / address pair", timings, "prefixes", "pairs", 10),
    ]


def bench_creation_16(rounds: int) -> list[Goal]:
    """What a pool that nobody uses costs, and what a snapshot and the first change after it cost."""
    space = AddressSpace.parse("10.0.0.0/16")
    used = filled("10.0.0.0/16", 0.5).pool
    assert isinstance(used, Pool)
    buffers = [bytes(2 * 2 * space.size), bytes(space.size), bytes(space.size // 16)]
    timings = measure(
        {
            "netaddr": repeated(lambda: netaddr.IPNetwork("10.0.0.0/16")),
            "pool": repeated(lambda: Pool(space, seed=1)),
            "clone": repeated(used.clone),
            "memcpy": repeated(lambda: [bytearray(buffer) for buffer in buffers], 100),
            "first change": repeated(lambda: used.clone().allocate(0), 100),
        },
        rounds=rounds,
    )
    return [
        _goal("/16 unused pool / netaddr.IPNetwork", timings, "pool", "netaddr", 0.4),
        _goal("/16 clone / first change in a clone", timings, "clone", "first change", 1 / 5),
        _goal("/16 first change in a clone / memcpy of as much", timings, "first change", "memcpy", 3),
    ]


def bench_edge_16(rounds: int) -> list[Goal]:
    """Writing and reading the text of addresses, against netaddr."""
    space = AddressSpace.parse("10.0.0.0/16")
    write, read, address = space.text, space.offset, netaddr.IPAddress
    values = range(space.base, space.base + space.size, 257)
    texts = [write(value - space.base) for value in values]
    timings = measure(
        {
            "write": lambda: len([write(value - space.base) for value in values]),
            "netaddr writes": lambda: len([str(address(value)) for value in values]),
            "read": lambda: len([read(text) for text in texts]),
            "netaddr reads": lambda: len([int(address(text)) for text in texts]),
        },
        rounds=rounds,
    )
    return [
        _goal("netaddr / writing an address", timings, "write", "netaddr writes", 4, is_floor=True),
        _goal("netaddr / reading an address", timings, "read", "netaddr reads", 6, is_floor=True),
    ]


def repeated(act: Callable[[], object], count: int = 500) -> Variant:
    """A variant that does one thing many times."""

    def run() -> int:
        for _ in range(count):
            act()
        return count

    return run


def bench_pools_smoke() -> str:
    """Run everything that is timed, small and untimed, and return a digest of all addresses handed out."""
    digest = hashlib.sha256()
    for policy in POLICIES:
        for fill in FILLS.values():
            churn = filled("10.0.0.0/26", fill, policy=policy)
            churn.pairs()
            churn.leases()
            note(digest.update, churn.held)
        churn = filled("10.0.0.0/24", 0.1, policy=policy)
        churn.prefixes()
        note(digest.update, islice(churn.pool.used_offsets(), 99) if isinstance(churn.pool, Pool) else ())
        cooled = filled("10.0.0.0/24", 0.9, policy=policy, cool_pairs=10)
        cooled.pairs()
        note(digest.update, cooled.held)
    return digest.hexdigest()


def note(update: Callable[[bytes], None], offsets: Iterable[int]) -> None:
    update(" ".join(map(str, offsets)).encode() + b"\n")


if __name__ == "__main__":
    main([bench_pairs_24, bench_pairs_16, bench_requests_24, bench_creation_16, bench_edge_16], rounds=61)
