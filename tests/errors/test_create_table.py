"""The table of refusals of a create, held against the reference's."""

import csv
from pathlib import Path

from cloudsim.api.requests import ACTIONS
from cloudsim.errors.codes import CODES
from cloudsim.errors.table import CREATE_TABLE, FAMILY_TABLE, TABLE, CodeRow
from cloudsim.errors.table.create import FAMILY_ROWS, NEWER_ROWS, REFERENCE_ROWS
from cloudsim.operations.operation import Phase

REFERENCE = Path(__file__).parents[1] / "reference" / "error_codes.csv"


def codes(*tables: tuple[CodeRow, ...]) -> list[str]:
    return [row.error.code for table in tables for row in table]


def test_the_table_has_the_reference_s_codes_each_once() -> None:
    with REFERENCE.open(newline="") as rows:
        documented = [row["code"] for row in csv.DictReader(rows)]
    assert sorted(codes(REFERENCE_ROWS, FAMILY_ROWS)) == sorted(documented)


def test_a_create_can_give_25_of_the_34_and_its_sisters_the_other_nine() -> None:
    assert len(REFERENCE_ROWS) == 25
    assert len(FAMILY_ROWS) == 9


def test_no_code_has_two_rows() -> None:
    assert len(set(codes(CREATE_TABLE))) == len(CREATE_TABLE)


def test_every_row_s_refusal_is_registered() -> None:
    assert all(CODES[row.error.code] is row.error for row in CREATE_TABLE)


def test_a_create_s_row_names_trigger_phase_and_what_shows_it() -> None:
    for row in (*REFERENCE_ROWS, *NEWER_ROWS):
        assert row.trigger
        assert row.phase in list(Phase)
        assert row.shown_by
        assert row.operation == "CreateNetworkInterface"


def test_a_family_row_has_no_phase_and_names_the_operation_that_gives_it() -> None:
    for row in FAMILY_ROWS:
        assert row.trigger
        assert row.phase is None
        assert "CreateNetworkInterface" not in row.operation
        assert row.operation


def test_a_family_row_s_code_is_given_by_an_operation_that_it_names_whose_own_row_has_a_phase() -> None:
    given = {(row.error.code, row.operation) for row in FAMILY_TABLE}
    for row in FAMILY_ROWS:
        assert [who for who in row.operation.split(", ") if (row.error.code, who) in given] != [], row.error.code


def test_every_row_of_the_whole_table_says_who_gives_it_where_and_why() -> None:
    for row in TABLE:
        assert row.operation in ACTIONS
        assert row.phase in list(Phase)
        assert row.trigger
        assert "\n" not in row.trigger


def test_no_operation_gives_a_code_twice_for_the_same_reason() -> None:
    rows = [(row.operation, row.phase, row.error, row.trigger) for row in TABLE]
    assert [row for row in rows if rows.count(row) > 1] == []


def test_a_row_s_refusal_is_registered_or_a_variant_of_one_that_is() -> None:
    assert [row.error for row in TABLE if not issubclass(row.error, CODES[row.error.code])] == []


def test_what_may_be_tried_later_is_no_row_of_the_reference() -> None:
    assert not [row for row in (*REFERENCE_ROWS, *FAMILY_ROWS) if row.error.try_later]
