"""Comparing journals: the first event that differs, and the whole."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.errors.own import JournalError
from cloudsim.resources.journal import Journal
from cloudsim.scenario.comparing import Comparison, Event, compare_journals
from cloudsim.scenario.load import load_scenario
from cloudsim.scenario.runner import run_scenario


def event(n: int, **facts: Any) -> Event:
    return {"call": f"pods/{n}", "ev": "call", "n": n, "t": n * 1000, **facts}


def journal(path: Path, *events: Event) -> Path:
    path.write_text("".join(f"{json.dumps(one)}\n" for one in events))
    return path


def compare(folder: Path, left: list[Event], right: list[Event], *, context: int = 3) -> Comparison:
    return compare_journals(journal(folder / "a", *left), journal(folder / "b", *right), context=context)


def test_equal_journals_have_no_difference_and_the_digest_of_their_run(tmp_path: Path) -> None:
    files = []
    for name in ("a", "b"):
        files.append(tmp_path / name)
        with files[-1].open("wb") as file:
            written = Journal()
            written.add_sink(file.write)
            result = run_scenario(load_scenario("token_race"), journal=written)
    comparison = compare_journals(*files)
    assert comparison.is_equal
    assert comparison.difference is None
    assert comparison.kinds() == {}
    for side in (comparison.left, comparison.right):
        assert (side.digest, side.events, side.virtual_ns) == (result.digest, result.events, result.virtual_ns)
        assert side.own_calls == []


def test_empty_journals_are_equal(tmp_path: Path) -> None:
    comparison = compare(tmp_path, [], [])
    assert comparison.is_equal
    assert (comparison.left.events, comparison.left.virtual_ns) == (0, 0)
    assert comparison.left.digest == sha256().hexdigest()


def test_the_first_difference_is_told_with_what_is_equal_before_it(tmp_path: Path) -> None:
    left = [event(n) for n in range(10)]
    right = [event(n) for n in range(10)]
    right[6] = event(6, eni="eni-2", t=5_500)
    right[8] = event(8, eni="eni-3")
    difference = compare(tmp_path, left, right, context=2).difference
    assert difference is not None
    assert (difference.ordinal, difference.line) == (6, 7)
    assert difference.virtual_ns == 5_500
    assert difference.calls == ["pods/6"]
    assert difference.fields == ["eni", "t"]
    assert (difference.left, difference.right) == (left[6], right[6])
    assert list(difference.context) == left[4:6]


@pytest.mark.parametrize("context", [0, 50])
def test_context_is_as_much_as_was_asked_for_and_there_is(tmp_path: Path, context: int) -> None:
    left = [event(n) for n in range(4)]
    difference = compare(tmp_path, left, [*left[:3], event(3, x=1)], context=context).difference
    assert difference is not None
    assert list(difference.context) == left[: min(context, 3)]


@pytest.mark.parametrize("shorter", ["left", "right"])
def test_a_journal_that_ends_early_differs_where_the_other_goes_on(tmp_path: Path, shorter: str) -> None:
    long = [event(n) for n in range(5)]
    sides = (long[:3], long) if shorter == "left" else (long, long[:3])
    comparison = compare(tmp_path, *sides)
    difference = comparison.difference
    assert difference is not None
    assert getattr(difference, shorter) is None
    assert (difference.left or difference.right) == long[3]
    assert difference.fields == sorted(long[3])
    assert (difference.line, difference.ordinal, difference.virtual_ns) == (4, 3, 3_000)
    assert [comparison.left.events, comparison.right.events] == [len(side) for side in sides]


def test_calls_that_only_one_side_begins_are_found_whatever_their_order(tmp_path: Path) -> None:
    left = [event(n, call=call) for n, call in enumerate(["a/1", "a/2", "a/3", "b/1", "c/1", "c/1", "c/1"])]
    right = [event(n, call=call) for n, call in enumerate(["b/1", "a/3", "a/2", "z/9", "c/1", "c/1"])]
    comparison = compare(tmp_path, left, right)
    assert comparison.left.own_calls == ["a/1", "c/1"]
    assert comparison.right.own_calls == ["z/9"]


def test_kinds_tell_answers_apart_by_their_ending(tmp_path: Path) -> None:
    left = [event(0), event(1, ev="answer", answer="ok"), event(2, ev="answer", answer="ok")]
    right = [event(0), event(1, ev="answer", answer="ok"), event(2, ev="answer", answer="MaxEniCountExceeded")]
    assert compare(tmp_path, left, right).kinds() == {"answer MaxEniCountExceeded": (0, 1), "answer ok": (2, 1)}


def test_other_bytes_for_the_same_events_are_no_difference(tmp_path: Path) -> None:
    one = journal(tmp_path / "a", event(0), event(1))
    other = tmp_path / "b"
    other.write_text("".join(f"{json.dumps(event(n), sort_keys=False, separators=(',', ':'))}\r\n" for n in range(2)))
    comparison = compare_journals(one, other)
    assert comparison.is_equal
    assert comparison.left.digest != comparison.right.digest


def test_true_is_not_one_and_null_is_not_left_out(tmp_path: Path) -> None:
    for ours, theirs in (({"x": True}, {"x": 1}), ({"x": None}, {})):
        difference = compare(tmp_path, [event(0, **ours)], [event(0, **theirs)]).difference
        assert difference is not None
        assert difference.fields == ["x"]


def test_both_calls_are_named_where_two_journals_choose_differently(tmp_path: Path) -> None:
    difference = compare(tmp_path, [event(0, call="a/1")], [event(0, call="b/1")]).difference
    assert difference is not None
    assert difference.calls == ["a/1", "b/1"]


BROKEN = {
    b'{"call":"a/1","ev":"call","n":1,"t"': "this is no JSON",
    b"": "this is no JSON",
    b"\xff\xfe": "this is no JSON",
    b"[1, 2]": "this is no event of a journal",
    b'{"call":"a/1","ev":"call","n":1}': "this is no event of a journal: Object missing required field `t`",
    b'{"call":"a/1","ev":"call","n":1,"t":0.5}': "this is no event of a journal",
    b'{"call":"a/1","ev":"call","n":1,"t":1,"x":' + b"[" * 100_000: "this is no JSON",
    b'{"call":"a/1","ev":"call","n":1,"t":1,"x":"\xff"}': "this is no JSON",
}


@pytest.mark.parametrize("line", BROKEN)
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_line_that_is_no_event_is_refused_with_file_and_line(tmp_path: Path, line: bytes, side: str) -> None:
    good = journal(tmp_path / "good", event(0), event(1))
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(json.dumps(event(0)).encode() + b"\n" + line + b"\n")
    files = (bad, good) if side == "left" else (good, bad)
    with pytest.raises(JournalError) as refused:
        compare_journals(*files)
    assert str(refused.value).startswith(f"{bad}, line 2: {BROKEN[line]}")


def test_a_broken_line_far_behind_the_first_difference_is_refused_too(tmp_path: Path) -> None:
    good = journal(tmp_path / "good", *(event(n) for n in range(50)))
    bad = journal(tmp_path / "bad", *(event(n, x=1) for n in range(49)))
    with bad.open("a") as file:
        file.write("{")
    with pytest.raises(JournalError, match="bad, line 50: this is no JSON"):
        compare_journals(good, bad)


def test_a_wrong_fact_in_an_equal_line_is_refused_where_it_would_be_shown(tmp_path: Path) -> None:
    """Lines of equal bytes are not read in full, unless they are the context."""
    wrong = b'{"call":"a/1","ev":"call","n":0,"t":0,"x":"\xff"}\n'
    files = [tmp_path / "a", tmp_path / "b"]
    for number, file in enumerate(files):
        file.write_bytes(wrong + json.dumps(event(1, x=number)).encode())
    with pytest.raises(JournalError, match="a, line 1: this is no JSON"):
        compare_journals(*files)
    assert compare_journals(*files, context=0).difference is not None


def test_a_file_that_cannot_be_read_is_refused_by_name(tmp_path: Path) -> None:
    good = journal(tmp_path / "good")
    with pytest.raises(JournalError, match="nowhere: No such file or directory"):
        compare_journals(good, tmp_path / "nowhere")
    with pytest.raises(JournalError, match="Is a directory"):
        compare_journals(tmp_path, good)


FACTS = st.fixed_dictionaries({"call": st.sampled_from(["", "a/1", "a/2", "b/1"]), "t": st.integers(0, 3)})


@given(left=st.lists(FACTS, max_size=6), right=st.lists(FACTS, max_size=6))
def test_it_finds_what_comparing_lists_finds(
    tmp_path_factory: pytest.TempPathFactory, left: list[Event], right: list[Event]
) -> None:
    ours, theirs = ([event(n, **facts) for n, facts in enumerate(side)] for side in (left, right))
    comparison = compare(tmp_path_factory.mktemp("journals"), ours, theirs)
    longest = max(len(ours), len(theirs))
    first = next((n for n in range(longest) if ours[n : n + 1] != theirs[n : n + 1]), None)
    found = comparison.difference
    assert (None if found is None else found.ordinal) == first
    for side, mine, other in ((comparison.left, ours, theirs), (comparison.right, theirs, ours)):
        counts = {name: _count(mine, name) - _count(other, name) for name in ("a/1", "a/2", "b/1")}
        assert sorted(side.own_calls) == [name for name, count in counts.items() if count > 0]
        assert side.events == len(mine)


def _count(events: list[Event], call: str) -> int:
    return sum(one["call"] == call for one in events)
