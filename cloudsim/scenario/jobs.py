"""Runs by several processes: the result is the same whatever their number.

A sample depends on its number alone: processes take chunks of numbers, and attempts come back in order. A run of the
systematic search depends on its path alone: processes make runs that will be wanted later, and the search takes each
when its turn has come. The log of a sample travels only where something is wrong with it. Each process loads the
scenario anew.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from cloudsim.exploration.search import SYSTEMATIC, Attempt, Search, attempted
from cloudsim.exploration.tree import Mark, Path, Walked, mark_of, walk

if TYPE_CHECKING:
    from cloudsim.scenario.explore import Exploration

_CHUNK: Final = 16
"""Samples that a process makes at a time."""
_AHEAD: Final = 3
"""Runs of a systematic search that are made ahead, for each process."""

_search: list[Search] = []
"""In a working process: what it works for."""


def _begin(exploration: Exploration) -> None:
    """Prepare a process; Ctrl-C is for the one that waits for it, and so is the standard output, for the report."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout = sys.stderr
    _search.append(exploration.search())


def _sample(numbers: range) -> list[Attempt]:
    """Make the runs of some numbers."""
    attempts = [_search[0].sample(number) for number in numbers]
    return [one if one.run is not None and one.run.wrong else replace(one, log=[]) for one in attempts]


def _walk(path: Path) -> Walked:
    """Make the run along a path."""
    return walk(_search[0].program, path, _search[0].rules)


@contextmanager
def _pool(exploration: Exploration) -> Iterator[ProcessPoolExecutor]:
    """Give processes that have loaded what is explored; what they have not begun is dropped at the end."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(exploration.jobs, context, _begin, (exploration,)) as pool:
        try:
            yield pool
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def sampled_by_processes(exploration: Exploration, search: Search, schedules: int) -> Iterator[Attempt]:
    """Give the samples of a search in order, made by several processes.

    Args:
        exploration: says how many processes, and what each has to load.
        search: of this process, which has made the first run.
        schedules: how many attempts, the first run among them.
    """
    yield search.first
    chunks = [range(start, min(start + _CHUNK, schedules)) for start in range(1, schedules, _CHUNK)]
    with _pool(exploration) as pool:
        waiting: deque[Future[list[Attempt]]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(_sample, chunk))
            if len(waiting) > 2 * exploration.jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def walked_by_processes(exploration: Exploration, search: Search) -> Iterator[Attempt]:
    """Give the attempts of a systematic search in order, made by several processes.

    Args:
        exploration: says how many processes, and what each has to load.
        search: of this process.
    """
    tree = search.begin_tree()
    under_way: dict[Mark, Future[Walked]] = {}
    with _pool(exploration) as pool:

        def begun(path: Path) -> Mark:
            mark = mark_of(path)
            if mark not in under_way:
                under_way[mark] = pool.submit(_walk, path)
            return mark

        number = 0
        while not tree.is_covered:
            mark = begun(tree.next_path())
            for ahead in islice(tree.paths_ahead(), _AHEAD * exploration.jobs):
                begun(ahead)
            tried = tree.take(under_way.pop(mark).result())
            yield attempted(number, SYSTEMATIC, tried.run, tried.log)
            number += 1
