"""Every policy keeps the same contract, in both families, against a pool made of sets."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from cloudsim.ipam.edge import Family
from cloudsim.ipam.policies.registry import POLICIES
from tests.ipam.cases import serves
from tests.ipam.machine import machine_of

MACHINES = [
    (Family.IPV4, ("uniform",)),
    (Family.IPV4, ("lowest-first",)),
    (Family.IPV4, ("next-fit",)),
    (Family.IPV4, ("longest-free", "longest-free-sequential")),
    (Family.IPV4, ("pack",)),
    (Family.IPV4, tuple(name for name in POLICIES if name.startswith("banded-"))),
    (Family.IPV6, ("uniform",)),
    (Family.IPV6, ("lowest-first", "banded-lowest-first")),
    (Family.IPV6, ("next-fit", "banded-next-fit")),
]
"""Policies that are alike take turns in one machine."""
every_machine = pytest.mark.parametrize(
    ("family", "policies"), MACHINES, ids=[f"{family}-{policies[0]}" for family, policies in MACHINES]
)


@every_machine
def test_a_pool_does_what_a_pool_made_of_sets_would_do(family: Family, policies: tuple[str, ...]) -> None:
    run_state_machine_as_test(machine_of(policies, family), settings=settings(max_examples=20, stateful_step_count=40))


@pytest.mark.deep
@every_machine
def test_a_pool_does_so_for_a_night(family: Family, policies: tuple[str, ...]) -> None:
    run_state_machine_as_test(machine_of(policies, family), settings=settings.get_profile("deep"))


@pytest.mark.parametrize("family", Family)
def test_no_policy_is_left_out(family: Family) -> None:
    tried = [name for of, policies in MACHINES if of is family for name in policies]
    assert sorted(tried) == sorted(name for name in POLICIES if serves(name, family))
