"""Every refusal of the family's tables is provoked, with its status, its facts, and nothing left behind."""

import pytest

from cloudsim.api.requests import Request
from cloudsim.errors.table import FAMILY_TABLE
from tests.operations.family import (
    cases_account,
    cases_addresses,
    cases_groups,
    cases_instances,
    cases_interfaces,
    cases_modify,
    cases_networks,
    cases_rare,
    cases_tagging,
)
from tests.operations.family.harness import Case, by_the_other_code, provoke

_CASES = (
    *cases_interfaces.CASES,
    *cases_modify.CASES,
    *cases_addresses.CASES,
    *cases_instances.CASES,
    *cases_networks.CASES,
    *cases_groups.CASES,
    *cases_account.CASES,
    *cases_tagging.CASES,
    *cases_rare.CASES,
)
CASES = (*_CASES, *by_the_other_code(_CASES))


def _name(case: Case) -> str:
    return case.code


def _action(case: Case) -> str:
    """The action whose call a case is; one that is made from the simulation is known only there."""
    if isinstance(case.request, Request):
        return case.request.action
    action: str = provoke(case)[1].call.request.action
    return action


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_it_is_provoked_and_tells_the_facts_and_leaves_nothing(case: Case) -> None:
    sim, reply = provoke(case)
    error = reply.error
    assert error is not None, "the call is refused"
    assert (error.code, error.http_status) == (case.code, case.status)
    for fact in case.facts:
        assert fact in error.message
    assert sim.close() == []
    assert sim.held == {}


def test_every_row_of_the_tables_is_provoked_by_a_call_of_its_operation() -> None:
    provoked = {(_action(case), case.code) for case in CASES}  # that each is, the test above shows
    tabled = {(row.operation, row.error.code) for row in FAMILY_TABLE}
    assert tabled - provoked == set()
