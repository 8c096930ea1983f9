"""Every refusal that a create can give is provoked, with its status, its facts, its phase and nothing left behind."""

import csv
from pathlib import Path

import msgspec
import pytest

from cloudsim.errors.table.create import NEWER_ROWS, REFERENCE_ROWS
from cloudsim.errors.table.rows import TESTS
from cloudsim.operations.operation import Phase
from tests.operations.every_code import NEWER_CASES, REFERENCE_CASES, Case, in_place, provoke
from tests.small_world import Watched, code

CASES = (*REFERENCE_CASES, *NEWER_CASES)
ROWS = {row.error.code: row for row in (*REFERENCE_ROWS, *NEWER_ROWS)}
REFERENCE = Path(__file__).parents[1] / "reference" / "error_codes.csv"


def refused_at(lines: list[bytes], call: str) -> str:
    """The phase that a call did last before its answer set out."""
    events = [msgspec.json.decode(line) for line in lines]
    phases = [event["phase"] for event in events if event["call"] == call and event["ev"] == "phase"]
    assert phases[-1] == Phase.RESPOND
    return str(phases[-2])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_it_comes_with_its_status_its_facts_and_in_its_phase(case: Case) -> None:
    sim, reply = provoke(case)
    error = reply.error
    assert error is not None
    assert (error.code, error.http_status) == (case.code, case.status)
    assert [fact for fact in case.facts if fact not in error.message] == []
    assert refused_at(sim.cloud.journal.lines, reply.call.name) == ROWS[case.code].phase


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_it_leaves_nothing_behind(case: Case) -> None:
    sim, reply = provoke(case)
    enis, held = sim.enis, sim.held
    repeated = sim.ask(reply.call.request, by=sim.caller(account=case.account, user=case.user))
    assert repeated.error is not None
    assert repeated.error.code == case.code
    assert (sim.enis, sim.held) == (enis, held)
    assert sim.close() == []


def test_all_25_codes_of_the_reference_that_a_create_can_give_are_seen() -> None:
    with REFERENCE.open(newline="") as rows:
        documented = {row["code"]: int(row["http_status"]) for row in csv.DictReader(rows)}
    seen = {case.code: case.status for case in REFERENCE_CASES}
    assert len(seen) == len(REFERENCE_CASES) == 25
    assert seen == {code: documented[code] for code in seen}
    assert set(seen) == {row.error.code for row in REFERENCE_ROWS}


def test_every_row_that_the_tests_are_to_show_is_shown_here() -> None:
    to_show = {code for code, row in ROWS.items() if row.shown_by == TESTS}
    assert to_show - {case.code for case in CASES} == set()


def test_no_case_is_there_for_a_code_that_the_table_lacks() -> None:
    assert {case.code for case in CASES} == set(ROWS)


def test_a_message_is_the_reference_s_where_the_reference_has_one() -> None:
    with REFERENCE.open(newline="") as rows:
        fixed = {row["code"]: row["message"] for row in csv.DictReader(rows) if row["message"] != "%s"}
    said = {}
    for case in REFERENCE_CASES:
        if case.code in fixed:
            said[case.code] = provoke(case)[1].error.message
    assert said == {code: message for code, message in fixed.items() if code in said}
    assert len(said) == 5


def test_an_account_off_a_whitelist_creates_what_needs_none() -> None:
    sim = Watched(in_place("account", queue_sizes=False, connection_tracking=False))
    assert code(sim.ask()) == "ok"
