"""Expectations: values held against what is wanted."""

import pytest

from cloudsim.scenario.expectation import Expectations, Measured


@pytest.mark.parametrize(
    ("measured", "wanted", "ok", "words"),
    [
        (100, {"equals": 100}, True, "= 100"),
        (99, {"equals": 100}, False, "= 100"),
        (0, {"equals": 0}, True, "= 0"),
        (5, {"at_least": 5}, True, ">= 5"),
        (4, {"at_least": 5}, False, ">= 5"),
        (5, {"at_most": 5}, True, "<= 5"),
        (6, {"at_most": 5}, False, "<= 5"),
        (5, {"at_least": 1, "at_most": 4}, False, ">= 1 and <= 4"),
        ("many", {"at_least": 1}, False, ">= 1"),
        ("ok", {"among": ("ok", "lost")}, True, "one of ok, lost"),
        ("no", {"among": ("ok", "lost")}, False, "one of ok, lost"),
        (True, {}, True, "true"),
        ([], {}, False, "true"),
        ({"ok": 1}, {"equals": {"ok": 1}}, True, "= {'ok': 1}"),
    ],
)
def test_a_value_is_held_against_what_is_wanted(
    measured: Measured, wanted: dict[str, Measured], ok: bool, words: str
) -> None:
    expect = Expectations()
    assert expect("it", measured, **wanted) is ok  # type: ignore[arg-type]
    [found] = expect.found
    assert (found.name, found.measured, found.ok, found.wanted) == ("it", measured, ok, words)
    assert expect.all_met is ok


def test_one_unmet_expectation_is_enough_and_all_are_kept() -> None:
    expect = Expectations()
    expect("first", 1, equals=2)
    expect("second", 1, equals=1)
    assert not expect.all_met
    assert [found.name for found in expect.found] == ["first", "second"]
