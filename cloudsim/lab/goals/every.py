"""All goals, one part after the other."""

from collections.abc import Callable, Iterator
from typing import Final

from cloudsim.lab.goals.blocks import block_goals
from cloudsim.lab.goals.cold import cold_goals
from cloudsim.lab.goals.edge import edge_goals
from cloudsim.lab.goals.goal import Care, Goal
from cloudsim.lab.goals.pairs import pair_goals
from cloudsim.lab.goals.peers import peer_goals
from cloudsim.lab.goals.snapshots import snapshot_goals

PARTS: Final[dict[str, Callable[[Care], Iterator[Goal]]]] = {
    "pairs": pair_goals,
    "others": peer_goals,
    "whole blocks": block_goals,
    "memory and snapshots": snapshot_goals,
    "text": edge_goals,
    "cold pools": cold_goals,
}

QUICK: Final = Care(rounds=5, warm_turnovers=0.1, warm_probes=30_000, is_quick=True)
FULL: Final = Care(rounds=31, warm_turnovers=2, warm_probes=1_500_000)


def measure_goals(care: Care, progress: Callable[[int, int, str], None] | None = None) -> list[Goal]:
    """Measure all goals.

    Args:
        care: how carefully.
        progress: is told (parts done, parts in all, what is measured).
    """
    goals: list[Goal] = []
    for done, (name, part) in enumerate(PARTS.items()):
        if progress is not None:
            progress(done, len(PARTS), f"goals: {name}")
        goals += part(care)
    return sorted(goals, key=lambda goal: goal.number)
