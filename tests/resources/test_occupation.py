"""Occupation: one change of a resource at a time."""

import pytest

from cloudsim.errors.network import OperationConflict
from cloudsim.resources.journal import Journal
from cloudsim.resources.ledger import Ledger, Mode
from cloudsim.resources.occupation import Occupations
from cloudsim.values.ids import CallName
from tests.resources.touches import Touches


def some() -> Occupations:
    return Occupations(Ledger(Journal()))


def test_a_resource_is_occupied_for_the_length_of_the_block() -> None:
    busy = some()
    with busy.occupy("eni:eni-1"):
        assert list(busy.by_key) == ["eni:eni-1"]
    assert busy.by_key == {}
    busy.require_free("eni:eni-1")


def test_a_second_change_meanwhile_is_refused_by_name_and_may_be_tried_again() -> None:
    busy = some()
    with busy.occupy("eni:eni-1"), pytest.raises(OperationConflict, match="eni:eni-1") as refused:
        busy.occupy("eni:eni-1")
    assert refused.value.try_later
    with busy.occupy("eni:eni-1"):
        pass


def test_other_resources_are_free() -> None:
    busy = some()
    with busy.occupy("eni:eni-1"), busy.occupy("eni:eni-2"):
        busy.require_free("eni:eni-3")


def test_what_is_kept_is_free_before_the_block_ends_and_may_be_somebody_else_s_then() -> None:
    busy = some()
    with busy.occupy("eni:eni-1") as occupied:
        occupied.keep()
        other = busy.occupy("eni:eni-1")
    assert list(busy.by_key) == ["eni:eni-1"]
    other.keep()
    assert busy.by_key == {}


def test_a_resource_is_free_whatever_ended_the_block() -> None:
    busy = some()
    with pytest.raises(GeneratorExit), busy.occupy("eni:eni-1"):
        raise GeneratorExit
    assert busy.by_key == {}


def test_it_is_written_down_who_changes_it_and_a_refusal_has_touched_the_key() -> None:
    ledger = Ledger(Journal())
    ledger.call = CallName("alice/1")
    ledger.watcher = touches = Touches()
    busy = Occupations(ledger)
    busy.occupy("eni:eni-1")
    assert busy.by_key == {"eni:eni-1": "alice/1"}
    touches.seen.clear()
    with pytest.raises(OperationConflict):
        busy.require_free("eni:eni-1")
    assert touches.seen == [("eni:eni-1", Mode.READ)]
    busy.leave("eni:eni-1")
    assert touches.seen[1:] == [("eni:eni-1", Mode.WRITE)]
