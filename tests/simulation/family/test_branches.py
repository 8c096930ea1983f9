"""The family's machine once more, in a world that goes on in branches of itself, while the others do mischief."""

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from cloudsim.api.requests import DeleteNetworkInterface
from cloudsim.resources.interface import EniStatus, EniType
from tests.simulation.family.base import Part
from tests.simulation.family.rules_enis import ENIS
from tests.simulation.family.rules_places import MAKING
from tests.simulation.family.test_machine import FamilyMachine
from tests.small_world import REGION, Watched, a_create


def do_mischief(sim: Watched) -> None:
    """Take and end things, as a twin of the simulation that the machine goes on with."""
    for _ in range(2):
        sim.ask(a_create())
    for eni in [one for one in sim.enis if one.type is not EniType.PRIMARY and one.status is EniStatus.AVAILABLE][:3]:
        sim.ask(DeleteNetworkInterface(region_id=REGION, network_interface_id=eni.id))
    for vswitch in sim.cloud.vswitches.values():
        vswitch.name = "spoilt"
    for group in sim.cloud.security_groups.values():
        group.places.set_limit(0)
    for instance in sim.cloud.instances.values():
        instance.name = "spoilt"


class BranchingFamilyMachine(FamilyMachine):
    """What the naive cloud says, a branch of a branch says too, whatever its twins did."""

    def at_rest(self) -> bool:
        return not self.sim.in_flight and not self.sim.kernel.pending

    @precondition(at_rest)
    @rule(goes_on=st.sampled_from(["itself", "branch", "clone"]))
    def branches(self, goes_on: str) -> None:
        before = self.sim
        present = before.freeze()
        twin = present.branch()
        assert isinstance(twin, Watched)
        twin.alice = twin.caller_named("alice")
        if goes_on == "itself":
            do_mischief(twin)
            return
        self.sim = twin
        do_mischief(before)
        if goes_on == "clone":
            clone = twin.clone()
            assert isinstance(clone, Watched)
            clone.alice = clone.caller_named("alice")
            do_mischief(clone)

    @rule(what=st.one_of(ENIS, MAKING))
    def more(self, what: Part) -> None:
        self.do(what)


class DeepBranchingFamilyMachine(BranchingFamilyMachine):
    """The same, many more times."""


TestBranches = BranchingFamilyMachine.TestCase
TestBranches.settings = settings(max_examples=12, phases=(Phase.explicit, Phase.generate))
TestBranchesDeep = pytest.mark.deep(DeepBranchingFamilyMachine.TestCase)
TestBranchesDeep.settings = settings(max_examples=2_000, stateful_step_count=50)
