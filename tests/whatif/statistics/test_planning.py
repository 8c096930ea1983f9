from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.whatif.statistics import (
    Estimate,
    cautions,
    mean,
    proportion,
    quantile,
    ratio_of_sums,
    runs_for_half_width,
    runs_for_quantile,
    runs_needed,
)


@pytest.mark.parametrize(
    ("p", "confidence", "runs"),
    [(0.01, 0.95, 299), (0.05, 0.95, 59), (0.1, 0.9, 22), (0.001, 0.95, 2995), (0.01, 0.99, 459), (0.5, 0.75, 2)],
)
def test_the_published_numbers_of_runs_without_failure_are_met(p: float, confidence: float, runs: int) -> None:
    assert runs_needed(p, confidence) == runs


@pytest.mark.parametrize(("failures", "runs"), [(0, 59), (1, 93), (2, 124), (3, 153), (4, 181)])
def test_the_published_numbers_of_runs_with_failures_are_met(failures: int, runs: int) -> None:
    """Wilks' numbers for 95 % of a distribution at 95 % confidence, by order."""
    assert runs_needed(0.05, failures=failures) == runs


@given(st.integers(1, 99), st.integers(50, 99))
def test_runs_needed_is_the_least_that_will_do(percent: int, confidence: int) -> None:
    runs = runs_needed(percent / 100, confidence / 100)
    good, doubt = Fraction(100 - percent, 100), Fraction(100 - confidence, 100)
    assert good**runs <= doubt
    assert runs == 1 or good ** (runs - 1) > doubt


def test_a_claim_of_never_or_a_confidence_of_all_is_refused() -> None:
    with pytest.raises(AssertionError, match="never and always"):
        runs_needed(0)
    with pytest.raises(AssertionError, match="sure"):
        runs_needed(0.5, 1)


@pytest.mark.parametrize(("q", "both", "one"), [(0.05, 72, 59), (0.95, 72, 59), (0.5, 6, 5), (0.99, 368, 299)])
def test_a_quantile_needs_runs_for_the_end_on_its_scarce_side(q: float, both: int, one: int) -> None:
    assert runs_for_quantile(q) == both
    assert runs_for_quantile(q, one_sided=True) == one
    short, enough = quantile(range(both - 1), q), quantile(range(both), q)
    assert None in {short.low, short.high}
    assert None not in {enough.low, enough.high}


@given(st.lists(st.integers(0, 100), min_size=2, max_size=30), st.floats(0.5, 50))
def test_so_many_runs_of_the_same_spread_are_narrow_enough(values: list[int], half_width: float) -> None:
    needed = runs_for_half_width(values, half_width)
    assert needed is not None
    assert needed >= 2
    now = mean(values)
    assert now.high is not None
    assert now.estimate is not None
    assert (needed <= len(values)) == (now.high - now.estimate <= half_width * (1 + 1e-12))


def test_one_run_knows_no_spread() -> None:
    assert runs_for_half_width([1.0], 1.0) is None


def test_a_claim_on_a_yes_or_no_is_told_how_many_runs_it_needs() -> None:
    found = proportion([False] * 20)
    assert cautions(found, at_most=0.01) == ("needs 299 runs or more at one-sided 95 %, and has 20",)
    assert cautions(proportion([True] * 20), at_least=0.99) == cautions(found, at_most=0.01)
    assert cautions(proportion([False] * 299), at_most=0.01) == ()
    assert cautions(found, at_most=1.0) == cautions(found) == ()


def test_a_claim_on_a_quantile_is_told_how_many_runs_it_needs() -> None:
    found = quantile(range(20), 0.05)
    assert cautions(found, at_least=3, q=0.05) == ("needs 59 runs or more at one-sided 95 %, and has 20",)
    assert cautions(found, at_most=3, q=0.05) == ()


def test_any_other_claim_needs_two_runs() -> None:
    assert cautions(mean([1.0]), at_most=3) == ("needs 2 runs or more at one-sided 95 %, and has 1",)
    assert cautions(Estimate(estimate=1.0, n=2, method="student-t"), at_most=3) == ()


def test_a_claim_on_a_ratio_without_any_is_told_how_many_runs_it_needs() -> None:
    assert cautions(ratio_of_sums([0, 0], [5, 6]), at_most=0.01) == (
        "none in any of 2 runs: the bounds are what so many runs can prove",
        "needs 299 runs or more at one-sided 95 %, and has 2",
    )
    assert cautions(ratio_of_sums([0] * 299, [5] * 299), at_most=0.01) == ()
    assert cautions(ratio_of_sums([5, 6], [5, 6]), at_least=0.99)[1:] == (
        "needs 299 runs or more at one-sided 95 %, and has 2",
    )


def test_runs_of_stretches_need_as_many_fewer_runs() -> None:
    *_, text = cautions(ratio_of_sums([0, 0], [500, 600], stretch=0.1), at_most=0.01)
    assert text == "needs 30 runs or more at one-sided 95 %, and has 2"
    assert cautions(ratio_of_sums([0] * 30, [500] * 30, stretch=0.1), at_most=0.01) == ()


def test_a_claim_that_the_estimate_supports_and_the_bound_does_not_is_told_about_how_many_runs_it_needs() -> None:
    parts, wholes = [8, 12, 5, 15, 10], [1000] * 5
    [text] = cautions(ratio_of_sums(parts, wholes), at_most=0.012)
    assert text == "needs about 20 runs, judging by these, and has 5"
    found = ratio_of_sums(parts * 4, wholes * 4)
    assert found.upper_bound is not None
    assert found.upper_bound <= 0.012


def test_a_claim_that_fails_or_holds_needs_no_more_runs() -> None:
    found = ratio_of_sums([8, 12, 5, 15, 10], [1000] * 5)
    assert cautions(found, at_most=0.005) == cautions(found, at_most=0.05) == cautions(found, at_least=0.05) == ()


def test_never_is_not_shown_by_any_number_of_runs() -> None:
    *_, text = cautions(ratio_of_sums([0] * 1000, [9] * 1000), at_most=0)
    assert text == "that it is never cannot be shown by any number of runs"


def test_one_run_bounds_no_ratio() -> None:
    assert cautions(ratio_of_sums([0], [9]), at_most=0.5) == ("needs 2 runs or more at one-sided 95 %, and has 1",)


def test_what_an_estimate_says_of_itself_comes_first() -> None:
    found = Estimate(estimate=1.0, n=1, method="student-t", caution="careful")
    assert cautions(found, at_most=3) == ("careful", "needs 2 runs or more at one-sided 95 %, and has 1")
