from math import log, sqrt
from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.whatif.statistics import Estimate, ratio_of_sums

runs = st.lists(
    st.integers(0, 1000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))), max_size=9
)
stretches = st.sampled_from([1.0, 0.3, 0.01])


def ends(estimate: Estimate) -> tuple[float, float]:
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.low, estimate.high


def bounds(estimate: Estimate) -> tuple[float, float]:
    assert estimate.lower_bound is not None
    assert estimate.upper_bound is not None
    return estimate.lower_bound, estimate.upper_bound


def test_the_ratio_estimator_is_sum_over_sum_and_not_the_mean_of_ratios() -> None:
    found = ratio_of_sums([0, 10], [10, 10_000])
    assert found.estimate == 10 / 10_010


def test_the_interval_is_the_delta_methods_on_the_scale_of_log_odds() -> None:
    parts = [10 + (7 * k) % 5 for k in range(200)]
    wholes = [100 + (11 * k) % 13 for k in range(200)]
    ratio = sum(parts) / sum(wholes)
    residues = [part - ratio * whole for part, whole in zip(parts, wholes, strict=True)]
    error = stdev(residues) / sqrt(200) / (sum(wholes) / 200)
    found = ratio_of_sums(parts, wholes)
    odds = [log(end / (1 - end)) - log(ratio / (1 - ratio)) for end in ends(found)]
    half = 1.972 * error / (ratio * (1 - ratio))
    assert odds == pytest.approx([-half, half], rel=1e-3)
    assert found.method == "ratio-log-odds"


@given(runs, stretches)
def test_the_order_of_the_runs_changes_no_digit(made: list[tuple[int, int]], stretch: float) -> None:
    parts, wholes = [part for part, _ in made], [whole for _, whole in made]
    assert ratio_of_sums(parts, wholes, stretch=stretch) == ratio_of_sums(parts[::-1], wholes[::-1], stretch=stretch)


@given(runs, stretches)
def test_the_share_of_the_rest_is_the_mirror_image(made: list[tuple[int, int]], stretch: float) -> None:
    parts, wholes = [part for part, _ in made], [whole for _, whole in made]
    rests = [whole - part for part, whole in made]
    found, rest = (ratio_of_sums(one, wholes, stretch=stretch) for one in (parts, rests))
    if found.low is not None:
        assert ends(found) == pytest.approx([1 - end for end in ends(rest)[::-1]], abs=1e-9)
        assert bounds(found) == pytest.approx([1 - end for end in bounds(rest)[::-1]], abs=1e-9)


@given(runs, stretches)
def test_an_interval_lies_between_nothing_and_all_and_about_the_estimate(
    made: list[tuple[int, int]], stretch: float
) -> None:
    found = ratio_of_sums([part for part, _ in made], [whole for _, whole in made], stretch=stretch)
    if found.low is not None:
        assert found.estimate is not None
        (low, high), (lower, upper) = ends(found), bounds(found)
        assert 0 <= low <= lower <= found.estimate + 1e-9
        assert found.estimate - 1e-9 <= upper <= high <= 1


def test_nothing_offered_has_no_ratio() -> None:
    found = ratio_of_sums([0, 0], [0, 0])
    assert (found.estimate, found.low, found.n) == (None, None, 2)


def test_one_run_or_one_that_alone_has_a_say_has_no_interval() -> None:
    for found in (ratio_of_sums([1], [2]), ratio_of_sums([1, 0], [2, 0])):
        assert (found.estimate, found.low, found.high, found.upper_bound) == (0.5, None, None, None)


@pytest.mark.parametrize(("count", "is_shown"), [(2, False), (298, False), (299, True)])
def test_none_in_any_of_299_runs_shows_one_percent_and_in_fewer_does_not(count: int, is_shown: bool) -> None:
    found = ratio_of_sums([0] * count, [1000] * count)
    assert (bounds(found)[1] <= 0.01) == is_shown
    assert found.estimate == bounds(found)[0] == 0
    assert (found.method, found.caution) == (
        "ratio-clopper-pearson",
        f"none in any of {count} runs: the bounds are what so many runs can prove",
    )


def test_runs_of_many_stretches_prove_as_much_as_more_runs_of_one() -> None:
    many, one = ratio_of_sums([0] * 10, [1000] * 10, stretch=0.05), ratio_of_sums([0] * 200, [1000] * 200)
    assert bounds(many) == bounds(one)


def test_one_run_with_a_rejection_says_nothing_of_heaps() -> None:
    found = ratio_of_sums([3, *[0] * 19], [1000] * 20)
    lower, upper = bounds(found)
    assert lower == 0
    assert upper == pytest.approx(0.2161, abs=1e-4), "Clopper and Pearson's for 1 of 20"
    assert found.caution == "any in only 1 of 20 runs: the bounds are what so many runs can prove"


def test_all_in_each_run_is_judged_as_none_is() -> None:
    found = ratio_of_sums([9] * 59, [9] * 59)
    lower, upper = bounds(found)
    assert lower == pytest.approx(0.95, abs=1e-3)
    assert upper == 1
    assert found.caution == "all in each of 59 runs: the bounds are what so many runs can prove"
    assert "all in all but 1 of 2 runs" in (ratio_of_sums([9, 8], [9, 9]).caution or "")


def test_a_bound_of_few_rejections_is_not_below_that_of_none() -> None:
    for count in (5, 20, 100):
        none = ratio_of_sums([0] * count, [1000] * count)
        for hit in range(1, 4):
            few = ratio_of_sums([2] * hit + [0] * (count - hit), [1000] * count)
            assert bounds(few)[1] > bounds(none)[1] or hit > 1


def test_runs_that_happen_to_say_the_same_are_not_taken_for_sure() -> None:
    low, high = ends(ratio_of_sums([1, 1, 1], [100, 100, 100]))
    assert low < 0.005
    assert high > 0.02


def test_runs_without_chance_say_what_is_and_no_more() -> None:
    found = ratio_of_sums([0, 0], [7, 7], stretch=0)
    assert (ends(found), bounds(found), found.caution) == ((0, 0), (0, 0), None)
    assert found.method == "ratio-without-chance"
