from math import sqrt
from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.whatif.statistics import Estimate, mean

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
    found = mean([3.0])
    assert found.estimate == 3.0
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
    assert mean(values) == mean(values[::-1])
