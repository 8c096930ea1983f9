"""Schedules as files and tokens: what is written is read again, and what is damaged is told with its place."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.errors.own import ScheduleError
from cloudsim.scenario import schedule as module
from cloudsim.scenario.schedule import Expected, Schedule, from_token, read_schedule, to_document, to_token
from tests.scenario.races import a_schedule

names = st.text(min_size=1, max_size=8)
touches = st.builds("{} {}".format, st.sampled_from("rwa"), names)
values = st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5)
schedules = st.builds(
    Schedule,
    scenario=names,
    settings=st.dictionaries(names, values, max_size=3),
    seed=st.integers(-(2**63), 2**63),
    mode=st.sampled_from(["async", "ties", "5ms", "0s"]),
    choices=st.lists(st.tuples(st.integers(0, 10**6), names), max_size=4).map(tuple),
    order=st.dictionaries(names, st.lists(touches, max_size=3).map(tuple), max_size=3),
    strikes=st.lists(names, max_size=2).map(tuple),
    scripts=st.text(max_size=5),
    steps_max=st.integers(1, 10**9),
    expect=st.builds(Expected, wrong=st.lists(names, max_size=2).map(tuple), digest=names, events=st.integers(0, 9)),
    made_with=st.dictionaries(names, names, max_size=2),
)


@given(schedules)
def test_what_is_written_is_read_again_and_equal_schedules_are_equal_files(schedule: Schedule) -> None:
    document = to_document(schedule)
    again = module._checked(document, "here")
    assert again == schedule
    assert to_document(again) == document


@given(schedules)
def test_a_token_has_all_but_the_order_and_what_was_to_be_seen(schedule: Schedule) -> None:
    again = from_token(to_token(schedule), schedule.scenario)
    assert again == msgspec.structs.replace(schedule, order={}, expect=Expected(), made_with={})


@given(schedules, st.data())
def test_a_token_that_lost_its_end_or_has_another_letter_is_refused_or_is_the_same(
    schedule: Schedule, data: st.DataObject
) -> None:
    token = to_token(schedule)
    with pytest.raises(ScheduleError):
        from_token(token[: data.draw(st.integers(0, len(token) - 3))], schedule.scenario)
    place = data.draw(st.integers(4, len(token) - 1))
    changed = f"{token[:place]}{data.draw(st.sampled_from('aZ-_0!'))}{token[place + 1 :]}"
    try:
        again = from_token(changed, schedule.scenario)
    except ScheduleError:
        return
    # zlib's check sum lets nothing else through; bits after the last byte mean nothing.
    assert again == from_token(token, schedule.scenario)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_bytes_whatever_are_more_than_refused(data: bytes) -> None:
    with pytest.raises(ScheduleError):
        module._checked(data, "here")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(Schedule.__struct_fields__), JSON)
def test_a_part_of_any_kind_is_taken_or_refused(part: str, said: Any) -> None:
    document = {"scenario": "x", "mode": "async", part: said}
    with suppress(ScheduleError):
        taken = module._checked(json.dumps(document).encode(), "here")
        assert module._checked(to_document(taken), "here") == taken


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ('{"scenario": "x"', "it is not JSON: "),
        ("[]", "it is no schedule: Expected `object`, got `array`"),
        ('{"mode": "async"}', "missing required field `scenario`"),
        ('{"scenario": "x", "mode": "async", "colour": 1}', "unknown field `colour`"),
        ('{"scenario": "x", "mode": "async", "seed": "1"}', "Expected `int`, got `str` - at `$.seed`"),
        ('{"scenario": "x", "mode": "async", "choices": [[0, "a"], [1]]}', "at `$.choices[1]`"),
        ('{"scenario": "x", "mode": "async", "choices": [[-1, "a"]]}', "at `$.choices[0][0]`"),
        ('{"scenario": "x", "mode": "async", "order": {"k": ["x a"]}}', "'x a' of k is no touch"),
        ('{"scenario": "x", "mode": "async", "order": {"k": ["w"]}}', "'w' of k is no touch"),
        ('{"scenario": "x", "mode": "sideways"}', "there is no mode 'sideways'"),
        ('{"scenario": "x", "mode": "5 parsecs"}', "not a duration"),
        ('{"scenario": "x", "mode": "async", "steps_max": 0}', "at `$.steps_max`"),
        ('{"format": 2, "anything": 1}', "it is of format 2, and this version reads formats up to 1"),
        ('{"format": "new", "scenario": "x", "mode": "async"}', "at `$.format`"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_place(tmp_path: Path, document: str, told: str) -> None:
    path = tmp_path / "x.sched.json"
    path.write_text(document)
    with pytest.raises(ScheduleError) as refused:
        read_schedule(path)
    assert str(refused.value).startswith(f"{path}: ")
    assert told in str(refused.value)


def test_a_file_that_cannot_be_read_or_is_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ScheduleError, match=r"nowhere\.sched\.json: it cannot be read: No such file"):
        read_schedule(tmp_path / "nowhere.sched.json")
    with pytest.raises(ScheduleError, match="it cannot be read: Is a directory"):
        read_schedule(tmp_path)
    monkeypatch.setattr(module, "_BYTES_MAX", 10)
    (tmp_path / "large.sched.json").write_text(" " * 11)
    with pytest.raises(ScheduleError, match="it has 11 bytes, and a schedule has at most 10"):
        read_schedule(tmp_path / "large.sched.json")


def test_a_token_of_too_much_or_of_another_kind_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    token = to_token(Schedule(scenario="x", mode="async", choices=((1, "a" * 500),)))
    for wrong, told in (
        ("", "'' is no schedule: a token begins with 'cs1.'"),
        ("cs2.abc", "'cs2.abc' is no schedule"),
        ("cs1.", "damaged"),
        ("cs1.!!!", "damaged"),
        (token[:-6], "a part of it is missing"),
        (to_token(Schedule(scenario="x", mode="sideways")), "damaged: there is no mode 'sideways'"),
    ):
        with pytest.raises(ScheduleError, match=told):
            from_token(wrong, "x")
    monkeypatch.setattr(module, "_BYTES_MAX", 100)
    with pytest.raises(ScheduleError, match="damaged"):
        from_token(token, "x")


def test_the_schedule_of_a_failure_says_everything_that_brings_it_back(tmp_path: Path) -> None:
    schedule = a_schedule(tmp_path)
    assert schedule.scenario == str(tmp_path / "race.py")
    assert schedule.settings == {"policy.token": "look-up-then-commit"}
    assert [who for _, who in schedule.choices] == ["bob/1"]
    assert "expectation: ENIs" in schedule.expect.wrong
    assert {"cloudsim", "python", "trio"} == schedule.made_with.keys()
    token = next(key for key in schedule.order if key.startswith("token:"))
    assert {text[2:5] for text in schedule.order[token]} >= {"ann", "bob"}
