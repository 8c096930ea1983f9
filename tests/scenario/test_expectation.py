"""Expectations: values held against what is wanted."""

from typing import Any

import pytest

from cloudsim.errors.own import ScenarioError, SettingError
from cloudsim.kernel.strategy import STRATEGIES
from cloudsim.resources.interface import EniStatus
from cloudsim.scenario.expectation import Expectations, Measured, in_words


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
        (0.5, {"at_least": 0.25, "at_most": 0.5}, True, ">= 0.25 and <= 0.5"),
        (0.51, {"at_most": 0.5}, False, "<= 0.5"),
        (1, {"at_least": 0.5}, True, ">= 0.5"),
        (True, {"equals": True}, True, "= true"),
        (False, {"equals": True}, False, "= true"),
        (0, {}, True, "noted"),
        ([], {}, True, "noted"),
        (False, {}, True, "noted"),
        (None, {"equals": None}, True, "= nothing"),
        ("ok", {"equals": None}, False, "= nothing"),
        ({"ok": 1}, {"equals": {"ok": 1}}, True, "= ok=1"),
        (["a", "b"], {"equals": ["a", "c"]}, False, "= a, c"),
        (["a"], {"among": (["b"], ["a"])}, True, "one of b, a"),
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


@pytest.mark.parametrize(
    "value", [object(), {1, 2}, {"ids": frozenset("a")}, [b"eni"], {("a", 1): 2}, STRATEGIES["fifo"]]
)
def test_what_is_no_json_is_refused_by_the_name_of_its_expectation(value: Any) -> None:
    """An address in memory or an order of hashes once made the document differ, or the encoder fail."""
    for wanted in ({}, {"among": [1, value]}, {"equals": value}):
        expect = Expectations()
        with pytest.raises(
            ScenarioError, match=r"^expectation 'pods': \w+ is nothing that a result can show"
        ) as refused:
            expect("pods", value if not wanted else 1, **wanted)
        assert "0x" not in str(refused.value)
        assert expect.found == []


@pytest.mark.parametrize(
    ("measured", "kept"),
    [
        (("a", ("b",)), ["a", ["b"]]),
        ({1: "a"}, {"1": "a"}),
        (EniStatus.AVAILABLE, "Available"),
        (float("inf"), "inf"),
        ("\ud800", "\\ud800"),
        (2**70, 2**70),
        ([None, True], [None, True]),
    ],
)
def test_what_json_has_another_form_for_is_kept_in_it_and_equals_itself(measured: Any, kept: Measured) -> None:
    expect = Expectations()
    assert expect("it", measured, equals=measured)
    assert [type(expect.found[0].measured), expect.found[0].measured] == [type(kept), kept]


def test_nothing_can_be_among_nothing() -> None:
    """An empty ``among`` was once taken for none at all."""
    with pytest.raises(SettingError, match=r"^expectation 'code': among is empty, so that nothing would be right$"):
        Expectations()("code", "ok", among=())


@pytest.mark.parametrize(
    ("measured", "written"),
    [
        (3, "3"),
        (0.5, "0.5"),
        (True, "true"),
        (False, "false"),
        (None, "nothing"),
        ("ok", "ok"),
        ({"ok": 2, "lost": False}, "ok=2, lost=false"),
        (["a", "b"], "a, b"),
        ([], "none"),
        ({}, "none"),
        (list(range(10)), "0, 1, 2, 3, 4, 5, 6, 7, and 2 more"),
        (list(range(8)), "0, 1, 2, 3, 4, 5, 6, 7"),
    ],
)
def test_a_measured_value_is_one_line(measured: Measured, written: str) -> None:
    assert in_words(measured, shown_max=8) == written


def test_all_members_are_written_unless_it_is_said_how_many() -> None:
    assert in_words(list(range(10))) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9"
