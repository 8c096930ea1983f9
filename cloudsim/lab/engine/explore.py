"""What exploration takes: a schedule against one of detangle and of simloom.

The toy of the first part is the same everywhere: three tasks that check a quota and count three times over, among six
that do nothing in eight steps each, every step one choice of the random strategy. cloudsim runs it as actors of the
kernel, its fast lane; the peers as asyncio tasks that sleep for no time. They do not write down the same: cloudsim the
key, footprint, base, rivals, cause and instant of every step (or nothing, as a plain strategy), detangle its decisions,
simloom its tape, event log and coverage. simloom needs Python 3.12.

Goals: issue "Find the race", taken from the determinism study.
"""

import asyncio
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, Final

from cloudsim.exploration.ready import Recorded
from cloudsim.kernel.strategy import RandomOrder
from cloudsim.lab.engine.ratio import Effort, Ratio, is_installed, missing, ratio
from cloudsim.lab.engine.toys import NOISE_STEPS, toy
from cloudsim.lab.timing import Variant, measure

BATCH: Final = 20
"""Schedules in a round."""


def ours(record: Callable[[RandomOrder], Any]) -> Variant:
    """Run the toy in the next orders of the random strategy."""
    program = toy(3)
    number = 0

    def variant() -> int:
        nonlocal number
        for _ in range(BATCH):
            number += 1
            program.run(record(RandomOrder(number)))
        return BATCH

    return variant


async def asyncio_toy() -> None:
    """The same toy for asyncio; that the quota is overshot is no failure here, so that nobody stops to shrink."""
    used = 0

    async def user() -> None:
        nonlocal used
        for _ in range(2):
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        has_room = used < 1
        await asyncio.sleep(0)
        if has_room:
            used += 1

    async def noise() -> None:
        for _ in range(NOISE_STEPS):
            await asyncio.sleep(0)

    await asyncio.gather(*(user() for _ in range(3)), *(noise() for _ in range(6)))


def detangles() -> Variant:
    """Explore the toy by detangle's random walk."""
    explore, number = import_module("detangle").explore, 0

    def variant() -> int:
        nonlocal number
        number += 1
        explore(asyncio_toy, runs=BATCH, strategy="random", seed=number, database=False)
        return BATCH

    return variant


def simlooms() -> Variant:
    """Explore the toy by simloom's random walk."""
    explore, number = import_module("simloom").explore, 0

    def variant() -> int:
        nonlocal number
        explore(asyncio_toy, runs=BATCH, start_seed=number * BATCH)
        number += 1
        return BATCH

    return variant


PEERS: Final[dict[str, tuple[Callable[[], Variant], float]]] = {"detangle": (detangles, 1.5), "simloom": (simlooms, 10)}
"""By library: its variant, and how many times as long as ours its schedule should take at least."""


def explore_part(effort: Effort) -> Iterator[Ratio]:
    """Measure it."""
    variants = {"recorded": ours(Recorded), "plain": ours(lambda strategy: strategy)}
    variants |= {name: make() for name, (make, _) in PEERS.items() if is_installed(name)}
    timings = measure(variants, rounds=effort.rounds(9))
    for name, (_, bound) in PEERS.items():
        for lane, words in (("recorded", "every step recorded"), ("plain", "nothing recorded")):
            what = f"a schedule of {name} / of cloudsim, {words}"
            if name in timings:
                yield ratio(what, timings, name, lane, at_least=bound)
            else:
                yield missing(what, name, at_least=bound)
    yield ratio("a schedule recorded / not recorded", timings, "recorded", "plain")
