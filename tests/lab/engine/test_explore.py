"""The toy of the explorers is the same toy everywhere."""

import asyncio

from cloudsim.exploration.ready import Recorded
from cloudsim.lab.engine.explore import BATCH, PEERS, asyncio_toy, explore_part, ours
from cloudsim.lab.engine.ratio import Effort


def test_the_toys_of_all_engines_run() -> None:
    assert ours(Recorded)() == BATCH
    asyncio.run(asyncio_toy())


def test_every_peer_is_held_against_ours_or_named() -> None:
    found = list(explore_part(Effort(is_quick=True)))
    assert all(one.value or one.note in PEERS for one in found)
    assert len(found) == 2 * len(PEERS) + 1
