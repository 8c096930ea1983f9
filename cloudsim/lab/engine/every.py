"""All parts, and a run of those that are wanted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cloudsim.lab.engine.branches import branches_part
from cloudsim.lab.engine.create import create_part
from cloudsim.lab.engine.door import gateway_part
from cloudsim.lab.engine.engine import engine_part
from cloudsim.lab.engine.explore import explore_part
from cloudsim.lab.engine.family import family_part
from cloudsim.lab.engine.loss import loss_part
from cloudsim.lab.engine.planner import planner_part
from cloudsim.lab.engine.ratio import Effort, Ratio
from cloudsim.lab.engine.server import server_part
from cloudsim.lab.engine.sweeps import sweeps_part
from cloudsim.lab.engine.world import world_part

PARTS: Final[dict[str, Callable[[Effort], Iterator[Ratio]]]] = {
    "engine": engine_part,
    "create": create_part,
    "family": family_part,
    "explore": explore_part,
    "planner": planner_part,
    "loss": loss_part,
    "sweeps": sweeps_part,
    "branches": branches_part,
    "world": world_part,
    "gateway": gateway_part,
    "server": server_part,
}

PEERS: Final = ("simpy", "salabim", "ciw", "moto", "boto3", "detangle", "simloom")
"""Libraries of others."""

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was measured, part by part."""

    effort: Effort
    parts: dict[str, list[Ratio]]

    @property
    def ratios(self) -> Iterator[Ratio]:
        """All of them, in the order of the parts."""
        for ratios in self.parts.values():
            yield from ratios

    @property
    def peers_missing(self) -> list[str]:
        """The libraries of peers that are not installed and were asked for, each once."""
        return list(dict.fromkeys(one.note for one in self.ratios if one.value is None))


def measure_parts(names: Sequence[str], effort: Effort, progress: Progress | None = None) -> Measured:
    """Measure parts, one after the other.

    Args:
        names: of the parts; all if there is none.
        effort: how carefully.
        progress: is told (parts done, parts in all, the part that is measured).
    """
    wanted = [name for name in PARTS if name in names or not names]
    parts = {}
    for done, name in enumerate(wanted):
        if progress is not None:
            progress(done, len(wanted), name)
        parts[name] = list(PARTS[name](effort))
    return Measured(effort=effort, parts=parts)
