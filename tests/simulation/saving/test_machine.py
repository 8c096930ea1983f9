"""The family's machine once more, in a world that is saved and loaded in between: the naive cloud notices nothing."""

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from cloudsim.resources.journal import Journal
from cloudsim.simulation.saving.saving import simulation_of, snapshot_of
from tests.simulation.family.base import Part
from tests.simulation.family.rules_enis import ENIS
from tests.simulation.family.rules_places import MAKING
from tests.simulation.family.test_machine import FamilyMachine
from tests.small_world import Watched


class SavingFamilyMachine(FamilyMachine):
    """What the naive cloud says, a simulation that was saved and loaded says too, every footprint and audit held."""

    def at_rest(self) -> bool:
        return not self.sim.in_flight and not self.sim.kernel.pending

    @precondition(at_rest)
    @rule()
    def saves_and_loads(self) -> None:
        self.sim.faults.stop()
        snapshot = snapshot_of(self.sim)
        assert snapshot_of(self.sim) == snapshot
        loaded = simulation_of(snapshot, watch=True, journal=Journal(keep=True))
        assert snapshot_of(loaded) == snapshot
        assert not loaded.audit()
        loaded.__class__ = Watched
        assert isinstance(loaded, Watched)
        loaded.alice = loaded.caller_named("alice")
        self.sim = loaded

    @rule(what=st.one_of(ENIS, MAKING))
    def more(self, what: Part) -> None:
        self.do(what)


class DeepSavingFamilyMachine(SavingFamilyMachine):
    """The same, many more times."""


TestSaving = SavingFamilyMachine.TestCase
TestSaving.settings = settings(max_examples=10, phases=(Phase.explicit, Phase.generate))
TestSavingDeep = pytest.mark.deep(DeepSavingFamilyMachine.TestCase)
TestSavingDeep.settings = settings(max_examples=1_000, stateful_step_count=50)
