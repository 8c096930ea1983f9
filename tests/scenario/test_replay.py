"""Replay: exactly, by choices, by its order after edits, or not to the end; and it always says which."""

from pathlib import Path

import msgspec
import pytest

from cloudsim.errors.own import ScenarioError, SettingError
from cloudsim.resources.journal import Journal
from cloudsim.scenario.explore import Budget
from cloudsim.scenario.replay import Way, replay
from cloudsim.scenario.schedule import Schedule, from_token, to_token
from tests.scenario.races import ENDLESS, TOKENS, a_schedule, explored
from tests.scenario.worlds import write


@pytest.fixture
def schedule(tmp_path: Path) -> Schedule:
    return a_schedule(tmp_path)


def test_what_is_unchanged_is_replayed_exactly_and_fails_as_it_did(schedule: Schedule) -> None:
    made = replay(schedule)
    assert (made.way, made.why, made.is_same) == (Way.EXACT, "", True)
    assert made.failing.run.digest == schedule.expect.digest
    assert set(made.expected) == made.failing.run.kinds


def test_the_journal_is_that_of_the_run_that_is_told_of(schedule: Schedule) -> None:
    journal = Journal(keep=True)
    made = replay(schedule, journal=journal)
    assert journal.digest() == made.failing.run.digest


def test_a_token_is_replayed_by_its_choices_for_it_has_no_digest(schedule: Schedule) -> None:
    made = replay(from_token(to_token(schedule), schedule.scenario))
    assert (made.way, made.why) == (Way.BY_CHOICES, "")
    assert "expectation: ENIs" in made.failing.run.kinds


EDITS = {
    "a caller dropped": TOKENS.replace(', create(sim, "cid")', ""),
    "a caller added": TOKENS.replace('[create(sim, "ann")', '[create(sim, "zoe"), create(sim, "ann")'),
    "an await added": TOKENS.replace("    await attempt", "    await sim.sleep('1s')\n    await attempt"),
    "a call added": TOKENS.replace(
        "    await attempt", "    await client.describe_network_interfaces()\n    await attempt"
    ),
    "callers in another order": TOKENS.replace(
        'create(sim, "ann"), create(sim, "bob")', 'create(sim, "bob"), create(sim, "ann")'
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_the_failure_is_found_again_and_it_is_said_that_it_is_not_the_same_run(
    tmp_path: Path, schedule: Schedule, edit: str
) -> None:
    assert EDITS[edit] != TOKENS
    write(tmp_path, EDITS[edit], "race")
    made = replay(schedule)
    assert made.is_same, made.why
    assert made.way in (Way.BY_CHOICES, Way.BY_ORDER, Way.LEFT)
    assert made.why


def test_by_its_order_where_choices_cannot_be_made(tmp_path: Path, schedule: Schedule) -> None:
    far = msgspec.structs.replace(schedule, choices=((0, "nobody/1"),))
    made = replay(far)
    assert made.way is Way.BY_ORDER
    assert made.why.startswith("the choices cannot be made any more: step 0 was made by nobody/1, and now only ann/1")
    assert made.is_same


def test_left_where_neither_can_be_followed(tmp_path: Path, schedule: Schedule) -> None:
    lost = msgspec.structs.replace(schedule, choices=((0, "nobody/1"),), order={})
    made = replay(lost)
    assert made.way is Way.LEFT
    assert made.why.endswith("; it has no order to go by")
    (key,) = (key for key in schedule.order if key.startswith("token:"))
    odd = {key: ("w ann/1", "w bob/1", "w ann/1", *schedule.order[key][::-1], "w ann/1")}
    made = replay(msgspec.structs.replace(lost, order=odd))
    assert made.why


def test_what_was_mended_is_said_to_be_well(tmp_path: Path, schedule: Schedule) -> None:
    write(tmp_path, TOKENS.replace('client_token="t"', "client_token=name").replace("equals=1", "equals=2"), "race")
    made = replay(schedule)
    assert not made.failing.run.wrong
    assert not made.is_same
    assert made.way is not Way.EXACT
    assert made.why


def test_what_fails_in_another_way_is_not_the_same(tmp_path: Path, schedule: Schedule) -> None:
    write(tmp_path, TOKENS + "    assert False\n", "race")
    settled = msgspec.structs.replace(schedule, settings={})
    made = replay(settled)
    assert made.failing.run.kinds == {"broken: AssertionError"}
    assert not made.is_same


def test_nothing_expected_and_nothing_wrong_is_the_same(schedule: Schedule) -> None:
    made = replay(Schedule(scenario=schedule.scenario, mode="async"))
    assert made.is_same
    assert made.way is Way.BY_CHOICES


def test_a_scenario_that_is_gone_or_has_lost_its_setting_is_told(tmp_path: Path, schedule: Schedule) -> None:
    with pytest.raises(SettingError, match="pods"):
        replay(msgspec.structs.replace(schedule, settings={"pods": 3}))
    (tmp_path / "race.py").unlink()
    with pytest.raises(ScenarioError, match=r"race\.py: No such file"):
        replay(schedule)


def test_a_run_that_never_ends_is_found_broken_off_and_replayed_exactly(tmp_path: Path) -> None:
    findings = explored(tmp_path, ENDLESS, budget=Budget(steps=300))
    (found,) = findings.found
    assert found.what.startswith("the run has not ended after 300 steps, at 4m59s; perhaps a script waits in a loop")
    assert not findings.is_proved
    made = replay(found.schedule)
    assert (made.way, made.is_same) == (Way.EXACT, True)
