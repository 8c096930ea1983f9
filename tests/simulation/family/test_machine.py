"""The product and the naive cloud of the whole family side by side, audited at every event."""

import pytest
from hypothesis import settings

from tests.simulation.family.rules_enis import EniRules
from tests.simulation.family.rules_places import PlaceRules


class FamilyMachine(EniRules, PlaceRules):
    """Random calls of all operations over a small world."""


class DeepFamilyMachine(FamilyMachine):
    """The same, many more times."""


TestFamily = FamilyMachine.TestCase
TestFamily.settings = settings(max_examples=60)
TestFamilyDeep = pytest.mark.deep(DeepFamilyMachine.TestCase)
TestFamilyDeep.settings = settings(max_examples=10_000, stateful_step_count=50)
