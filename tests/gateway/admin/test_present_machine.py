"""The family's machine once more: at every instant the present can be saved as a world, and loaded to the same."""

from typing import Any

import msgspec
import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from cloudsim.gateway.admin.present import present_world, tables_of
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.facts import facts_of, facts_of_group, facts_of_instance, facts_of_vpc, facts_of_vswitch
from cloudsim.simulation.simulation import Simulation
from cloudsim.simulation.world.tables import read_tables
from tests.simulation.family.base import Part
from tests.simulation.family.rules_enis import ENIS
from tests.simulation.family.rules_places import MAKING
from tests.simulation.family.test_machine import FamilyMachine

UNSAID = {
    "token", "description", "traffic_mode", "queue_pair_number", "rx_queue_size", "tx_queue_size", "delete_on_release",
    "source_dest_check", "connection_tracking", "device_index", "network_card_index", "enhanced", "bond", "slaves",
    "inner_access_policy",
}  # fmt: skip
"""Facts that no table of a world says; the description of an ENI is one that it does say, and is looked at apart."""


def what_is(cloud: Cloud) -> dict[str, Any]:
    """Everything that a world can say, each thing by its id."""
    enis = [eni for estate in cloud.estates.values() for eni in estate.interfaces.values()]
    things = [
        *[(eni.id, (facts_of(eni), eni.description)) for eni in enis],
        *[(vpc.id, (facts_of_vpc(vpc), vpc.address_limit)) for vpc in cloud.vpcs.values()],
        *[
            (one.id, (facts_of_vswitch(one), one.taken_elsewhere, one.pool.policy, one.pool.cool_ns))
            for one in cloud.vswitches.values()
        ],
        *[(one.id, (facts_of_group(one), one.places.limit, one.places.used)) for one in cloud.security_groups.values()],
        *[(one.id, (facts_of_instance(one), sorted(one.interfaces))) for one in cloud.instances.values()],
        *[(f"{key}", (one.quota.limit, one.quota.used, one.vcpu_places.used)) for key, one in cloud.estates.items()],
    ]
    return {
        name: ({key: value for key, value in facts.items() if key not in UNSAID} if isinstance(facts, dict) else facts,
               *more)
        for name, (facts, *more) in things
    }  # fmt: skip


def reloaded(cloud: Cloud) -> Simulation:
    """Save the present as JSON, and load it."""
    saved = msgspec.json.encode(tables_of(present_world(cloud)))
    return Simulation(read_tables(msgspec.json.decode(saved)))


class PresentFamilyMachine(FamilyMachine):
    """Whatever was done: what is there is there after it was saved and loaded, and saying it again says the same."""

    @rule()
    def saves_the_present_and_loads_it(self) -> None:
        loaded = reloaded(self.sim.cloud)
        assert not loaded.audit()
        assert what_is(loaded.cloud) == what_is(self.sim.cloud)
        again = present_world(loaded.cloud)
        assert present_world(Simulation(again).cloud) == again

    @rule(what=st.one_of(ENIS, MAKING))
    def more(self, what: Part) -> None:
        self.do(what)


class DeepPresentFamilyMachine(PresentFamilyMachine):
    """The same, many more times."""


TestPresent = PresentFamilyMachine.TestCase
TestPresent.settings = settings(max_examples=3, phases=(Phase.explicit, Phase.generate))
TestPresentDeep = pytest.mark.deep(DeepPresentFamilyMachine.TestCase)
TestPresentDeep.settings = settings(max_examples=1_000, stateful_step_count=50)
