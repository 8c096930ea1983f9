"""Numbers in words."""

import pytest

from cloudsim.whatif.report import words
from cloudsim.whatif.report.results import Variant
from cloudsim.whatif.statistics import Estimate


@pytest.mark.parametrize(
    ("metric", "value", "said"),
    [
        ("rejection_ratio", 0.051406, "5.14\u00a0%"),
        ("rejection_ratio@vsw-a", 0.0, "0\u00a0%"),
        ("time_to_exhaustion.q50", 5400.0, "90\u00a0min"),
        ("time_to_exhaustion", 0.0, "0\u00a0s"),
        ("time_to_exhaustion", 90_000.0, "25\u00a0h"),
        ("time_to_exhaustion", 864_000.0, "10\u00a0d"),
        ("wait.p95", 0.25, "250\u00a0ms"),
        ("calls", 12_345.6, "12\u202f346"),
        ("calls", -3.25, "\u22123.25"),
        ("mean_addresses", 0.00001234, "1.2e-05"),
        ("calls", None, "\u2013"),
    ],
)
def test_a_figure_is_in_its_unit(metric: str, value: float | None, said: str) -> None:
    assert words.figure(metric, value) == said


def test_a_change_has_a_sign_and_that_of_a_share_is_in_points() -> None:
    assert words.change("rejection_ratio", 0.05) == "+5 points"
    assert words.change("rejection_ratio", -0.05) == "\u22125 points"
    assert words.change("calls", 3.0) == "+3"
    assert words.change("calls", None) == "\u2013"


def test_an_interval_may_be_open() -> None:
    def ends(low: float | None, high: float | None) -> str:
        return words.interval("calls", Estimate(estimate=1.0, low=low, high=high, n=3, method="m"))

    assert [ends(1, 2), ends(1, None), ends(None, 2), ends(None, None)] == ["1 to 2", "from 1", "up to 2", "\u2013"]


def test_variants_are_named_by_what_tells_them_apart() -> None:
    def named(*axes: dict[str, object]) -> tuple[str, ...]:
        return words.variant_names([Variant(axes=one, metrics={}) for one in axes])

    assert named({}) == ("as stated",)
    assert named({"vswitch.a.cidr": "x", "b.c": 1}, {"vswitch.a.cidr": "y", "b.c": 1}) == ("a.cidr x", "a.cidr y")
    assert named({"u.a.k": 1, "v.a.k": 1}, {"u.a.k": 2, "v.a.k": 2})[0] == "u.a.k 1, v.a.k 1"


def test_long_lists_are_cut() -> None:
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.listed(list("abcdefgh"), most=3) == "a, b, c and 5 more"
