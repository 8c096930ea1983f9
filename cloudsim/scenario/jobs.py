"""Sampling by several processes: each run depends on its number alone, so the result is the same whatever their number.

Processes take chunks of numbers and give attempts back in order; the log of a run travels only where something is wrong
with it. Each process loads the scenario anew.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cloudsim.exploration.search import Attempt, Search

if TYPE_CHECKING:
    from cloudsim.scenario.explore import Exploration

_CHUNK: Final = 16

_search: list[Search] = []
"""In a working process: what it samples."""


def _begin(exploration: Exploration) -> None:
    """Prepare a process; Ctrl-C is for the one that waits for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _search.append(exploration.search())


def _sample(numbers: range) -> list[Attempt]:
    """Make the runs of some numbers."""
    attempts = [_search[0].sample(number) for number in numbers]
    return [one if one.run is not None and one.run.wrong else replace(one, log=[]) for one in attempts]


def sampled_by_processes(exploration: Exploration, search: Search, schedules: int) -> Iterator[Attempt]:
    """Give the attempts of a search in order, made by several processes.

    Args:
        exploration: says how many processes, and what each has to load.
        search: of this process, which has made the first run.
        schedules: how many attempts, the first run among them.
    """
    yield search.first
    chunks = iter([range(start, min(start + _CHUNK, schedules)) for start in range(1, schedules, _CHUNK)])
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(exploration.jobs, context, _begin, (exploration,)) as pool:
        waiting: deque[Future[list[Attempt]]] = deque()
        try:
            for chunk in chunks:
                waiting.append(pool.submit(_sample, chunk))
                if len(waiting) > 2 * exploration.jobs:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
