"""The benchmark of exploration at its smoke size: each bug of a known-bad policy is found, and the toy is the toy."""

import asyncio

from benchmarks.bench_explore import BATCH, asyncio_toy, bench_explore_smoke, ours
from cloudsim.exploration.ready import Recorded


def test_every_race_of_the_benchmark_shows_its_bug() -> None:
    assert bench_explore_smoke() == {
        "create: one token twice": 2,
        "create: the quota overshot": 2,
        "create: one address twice": 2,
        "assign: one address twice": 2,
        "attach: deleted before": 3,
    }


def test_the_toys_of_all_engines_run() -> None:
    assert ours(Recorded)() == BATCH
    asyncio.run(asyncio_toy())
