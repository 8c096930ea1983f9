from math import sqrt
from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.whatif.statistics import Estimate, batch_means, batch_ratio, mean, ratio_of_sums

numbers = st.integers(-(10**6), 10**6)


def interval(estimate: Estimate) -> tuple[float, float]:
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.low, estimate.high


def test_twenty_runs_reach_2093_thousandths_of_the_standard_error() -> None:
    """Student's t with 19 degrees of freedom: 2.093 two-sided, 1.729 one-sided, in every table."""
    values = list(range(20))
    found = mean(values)
    low, high = interval(found)
    error = stdev(values) / sqrt(20)
    assert (found.estimate, found.n, found.method) == (9.5, 20, "student-t")
    assert (high - low) / 2 / error == pytest.approx(2.093, abs=0.0005)
    assert found.upper_bound is not None
    assert (found.upper_bound - 9.5) / error == pytest.approx(1.729, abs=0.0005)
    assert found.lower_bound == pytest.approx(19 - found.upper_bound)


def test_one_run_has_an_estimate_and_no_interval() -> None:
    for found in (mean([3.0]), ratio_of_sums([1], [2])):
        assert found.estimate is not None
        assert (found.low, found.high, found.lower_bound, found.upper_bound) == (None,) * 4


def test_runs_without_the_figure_are_left_out_and_not_counted() -> None:
    assert mean([1.0, None, 3.0]) == mean([1.0, 3.0])
    assert mean([None, None]).estimate is None
    assert mean([]).n == 0


def test_runs_that_all_say_the_same_leave_no_trace_of_rounding() -> None:
    found = mean([0.1] * 10)
    assert interval(found) == (found.estimate, found.estimate)


@given(st.lists(numbers, min_size=2, max_size=20))
def test_the_order_of_the_runs_changes_no_digit(values: list[int]) -> None:
    backwards = values[::-1]
    assert mean(values) == mean(backwards)
    wholes = [abs(value) + 1 for value in values]
    assert ratio_of_sums(values, wholes) == ratio_of_sums(backwards, wholes[::-1])


@given(st.lists(numbers, min_size=2, max_size=20))
def test_a_ratio_to_one_each_is_the_mean(values: list[int]) -> None:
    ratio, plain = ratio_of_sums(values, [1] * len(values)), mean(values)
    assert ratio.estimate == plain.estimate
    assert interval(ratio) == pytest.approx(interval(plain), rel=1e-6, abs=1e-6)


def test_the_ratio_estimator_is_sum_over_sum_and_not_the_mean_of_ratios() -> None:
    found = ratio_of_sums([0, 10], [10, 10_000])
    assert found.estimate == 10 / 10_010
    assert found.method == "ratio-jackknife"


def test_the_jackknife_agrees_with_the_delta_method_to_first_order() -> None:
    parts = [10 + (7 * k) % 5 for k in range(200)]
    wholes = [100 + (11 * k) % 13 for k in range(200)]
    ratio = sum(parts) / sum(wholes)
    residues = [part - ratio * whole for part, whole in zip(parts, wholes, strict=True)]
    error = stdev(residues) / sqrt(200) / (sum(wholes) / 200)
    low, high = interval(ratio_of_sums(parts, wholes))
    assert (high - low) / 2 == pytest.approx(1.972 * error, rel=1e-3)


def test_nothing_offered_has_no_ratio() -> None:
    found = ratio_of_sums([0, 0], [0, 0])
    assert (found.estimate, found.low, found.n) == (None, None, 2)


def test_a_ratio_on_which_only_one_run_has_a_say_has_no_interval() -> None:
    found = ratio_of_sums([1, 0], [2, 0])
    assert (found.estimate, found.low, found.high) == (0.5, None, None)


def test_an_interval_is_cut_where_the_ratio_must_lie() -> None:
    assert interval(ratio_of_sums([0, 0, 9], [10, 10, 10]))[0] < 0
    found = ratio_of_sums([0, 0, 9], [10, 10, 10], within=(0, 1))
    assert (found.low, found.lower_bound) == (0, 0)


def test_none_in_any_run_is_cautioned() -> None:
    found = ratio_of_sums([0, 0], [10, 12])
    assert interval(found) == (0, 0)
    assert found.caution == "none in any of 2 runs: the interval has no width, which proves little"


def test_batches_leave_the_rest_out_at_the_beginning() -> None:
    values = [1000.0, *([1.0, 3.0] * 10)]
    found = batch_means(values, batches=10)
    assert (found.estimate, found.n, found.method, found.caution) == (2.0, 10, "batch-means", None)
    assert interval(found) == (2.0, 2.0)


def test_batches_that_are_too_short_are_cautioned() -> None:
    caution = batch_means([float(k) for k in range(100)]).caution
    assert caution is not None
    assert caution.startswith("neighbouring batches are correlated (0.9")


def test_the_batches_of_a_ratio_are_sums() -> None:
    found = batch_ratio([1, 0, 1, 1, 0, 0, 1, 1], [2, 2, 2, 2, 2, 2, 2, 2], batches=4, within=(0, 1))
    assert (found.estimate, found.n, found.method) == (5 / 16, 4, "batch-ratio-jackknife")
    again = ratio_of_sums([1, 2, 0, 2], [4, 4, 4, 4], within=(0, 1))
    assert interval(found) == interval(again)


def test_batches_with_nothing_in_them_are_no_neighbours() -> None:
    found = batch_ratio([0, 0, 0, 0], [0, 0, 0, 0], batches=2)
    assert (found.estimate, found.caution) == (None, None)


def test_too_few_values_for_the_batches_are_refused() -> None:
    with pytest.raises(AssertionError, match="at least one value"):
        batch_means([1.0], batches=2)
    with pytest.raises(AssertionError, match="no spread"):
        batch_means([1.0], batches=1)
