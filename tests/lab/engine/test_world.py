"""The huge world, small: it is the one that it was."""

import hashlib

from cloudsim.lab.engine.world import PER_VPC, world, world_ratios
from cloudsim.simulation.saving.saving import simulation_of, snapshot_of
from cloudsim.simulation.simulation import Simulation

WHAT_WAS_BUILT = "8de40cc0d59c7c846ba3ef658878f281662bf2044785e995480f36f46bd2a9ac"


def test_the_world_is_the_one_that_it_was_and_is_saved_whole() -> None:
    simulation = Simulation(world(PER_VPC + 2, 2, 3).spec)
    snapshot = snapshot_of(simulation)
    loaded = simulation_of(snapshot)
    assert snapshot_of(loaded) == snapshot
    assert loaded.digest() == simulation.digest()
    assert loaded.close() == []
    assert hashlib.sha256(simulation.digest().encode()).hexdigest() == WHAT_WAS_BUILT


def test_building_saving_and_loading_are_each_held_against_their_bounds() -> None:
    found = list(world_ratios(4, instances=2, enis=3))
    assert [one.goal for one in found] == [None] * 6 + [0.5, 4_000, 4_000, 1_500, 1_500, 150]
    assert all(one.value for one in found[:6])
