"""Every policy keeps the same contract, in both families, against a pool made of sets."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from cloudsim.ipam.edge import Family
from cloudsim.ipam.policies.registry import POLICIES
from tests.ipam.machine import machine_of

every_policy = pytest.mark.parametrize("policy", POLICIES)
every_family = pytest.mark.parametrize("family", Family)


@every_policy
@every_family
def test_a_pool_does_what_a_pool_made_of_sets_would_do(policy: str, family: Family) -> None:
    run_state_machine_as_test(machine_of(policy, family))


@pytest.mark.deep
@every_policy
@every_family
def test_a_pool_does_so_for_a_night(policy: str, family: Family) -> None:
    run_state_machine_as_test(machine_of(policy, family), settings=settings.get_profile("deep"))
