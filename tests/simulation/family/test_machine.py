"""The product and the naive cloud of the whole family side by side, audited at every event."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.simulation.family.base import Part
from tests.simulation.family.rules_addresses import ADDRESSES, AddressRules
from tests.simulation.family.rules_enis import ENIS
from tests.simulation.family.rules_instances import INSTANCES, InstanceRules
from tests.simulation.family.rules_places import ENDING, MAKING, MEMBERSHIPS, RESERVING, PlaceRules
from tests.simulation.family.rules_tagging import DESCRIPTIONS, TAGGING, TaggingRules
from tests.simulation.family.rules_tokens import ONCE, TokenRules
from tests.simulation.family.rules_troubles import OUTSIDE, TroubleRules


class FamilyMachine(AddressRules, PlaceRules, InstanceRules, TaggingRules, TokenRules, TroubleRules):
    """Random calls of all operations over random small worlds.

    Rules are few and stand for many calls, since hypothesis leaves some rules out of each example, and a world in which
    nothing is made or nothing is attached shows little.
    """

    @rule(what=ENIS)
    def enis(self, what: Part) -> None:
        self.do(what)

    @rule(what=st.one_of(ENIS, ADDRESSES, ONCE))
    def enis_and_addresses(self, what: Part) -> None:
        self.do(what)

    @rule(what=st.one_of(ADDRESSES, MEMBERSHIPS, RESERVING))
    def addresses_and_groups(self, what: Part) -> None:
        self.do(what)

    @rule(what=st.one_of(MAKING, ENDING, INSTANCES, INSTANCES, OUTSIDE, OUTSIDE))
    def surroundings(self, what: Part) -> None:
        self.do(what)

    @rule(what=st.one_of(TAGGING, DESCRIPTIONS))
    def labels_and_lists(self, what: Part) -> None:
        self.do(what)


class DeepFamilyMachine(FamilyMachine):
    """The same, many more times."""


TestFamily = FamilyMachine.TestCase
TestFamily.settings = settings(max_examples=40, stateful_step_count=40)
TestFamilyDeep = pytest.mark.deep(DeepFamilyMachine.TestCase)
TestFamilyDeep.settings = settings(max_examples=10_000, stateful_step_count=50)
