"""The reference's table, row by row: each of its 34 codes is provoked by the shortest calls that do it."""

import csv
from pathlib import Path

import pytest

from cloudsim.simulation.reply import Reply
from tests.operations.every_code import REFERENCE_CASES
from tests.operations.every_code import provoke as provoke_create
from tests.operations.family.harness import Case, provoke
from tests.operations.family.test_every_code import CASES
from tests.small_world import Watched

TABLE = Path(__file__).parents[1] / "reference" / "error_codes.csv"


def documented() -> list[dict[str, str]]:
    with TABLE.open(newline="") as rows:
        return list(csv.DictReader(rows))


def shortest(code: str) -> tuple[Watched, Reply, tuple[str, ...]]:
    """Provoke a code by a create where one can give it, else by a call of the family; and say what is told."""
    for one in REFERENCE_CASES:
        if one.code == code:
            return *provoke_create(one), one.facts
    by_code: dict[str, Case] = {case.code: case for case in reversed(CASES)}
    return *provoke(by_code[code]), by_code[code].facts


def test_the_table_has_34_rows() -> None:
    assert len(documented()) == 34


@pytest.mark.parametrize("row", documented(), ids=lambda row: row["code"])
def test_every_code_of_the_reference_is_given_with_its_status_and_its_facts(row: dict[str, str]) -> None:
    sim, reply, facts = shortest(row["code"])
    error = reply.error
    assert error is not None, "the call is refused"
    assert (error.code, error.http_status) == (row["code"], int(row["http_status"]))
    if row["message"] == "%s":
        assert facts, "a message of our own tells facts"
        assert all(fact in error.message for fact in facts)
    else:
        assert error.message == row["message"]
    assert sim.close() == []
    assert sim.held == {}
