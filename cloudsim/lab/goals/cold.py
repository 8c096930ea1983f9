"""Goals 15 and 16: pools that are cold in the cache, and a yardstick in C.

The yardstick is a free list of which ``pop`` and ``append`` are called from Python: the least that an allocator in C
costs a Python caller. It does nothing of what a pool does beside, and there is no goal.
"""

from collections.abc import Iterator
from typing import Any

from cloudsim.lab.allocator import ground
from cloudsim.lab.goals.goal import PAIRS, Care, Goal, at_most, prepared
from cloudsim.lab.timing import Timing, measure
from cloudsim.lab.workloads import Many, Steady

_POOLS = 10_000


class _FreeList:
    """A list whose methods are those of an allocator, in C; a release takes no time with it."""

    __slots__ = ("allocate", "release")

    def __init__(self, offsets: list[int]) -> None:
        self.allocate = offsets.pop
        self.release: Any = offsets.insert


def cold_goals(care: Care) -> Iterator[Goal]:
    """Measure them."""
    where = ground(24)
    first = prepared("uniform", where, 0.9, care).work
    warm, *ours = (Steady(first.allocator.clone(), first.held[:], where) for _ in range(_POOLS + 1))
    for work in (warm, *ours):  # a clone becomes its own with its first change
        work.prepare(1)
        work.run()
    warm_list, *lists = (Steady(_FreeList(list(range(32))), [0] * 200, where) for _ in range(_POOLS + 1))
    works = {
        "warm": Many([warm]), "cold": Many(ours), "list warm": Many([warm_list]), "list cold": Many(lists),
    }  # fmt: skip

    def prepare() -> None:
        for work in works.values():
            work.prepare(PAIRS)

    timings = measure({name: work.run for name, work in works.items()}, rounds=care.rounds, before=prepare)
    yield at_most(15, "/24 uniform pair in 10 000 pools / in one", timings, "cold", "warm", 2.5)
    yield _told("warm", timings)
    yield _told("cold", timings)


def _told(state: str, timings: dict[str, Timing]) -> Goal:
    name = "list " + state
    return Goal(
        number=16, name=f"/24 uniform pair / free list in C, {state}", value=timings[state].ratio(timings[name]),
        op="", goal=None, note="for information: list.pop and list.insert, called from Python",
    )  # fmt: skip
