from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.whatif.analytic import binomial, binomial_at_most
from cloudsim.whatif.statistics import quantile
from cloudsim.whatif.statistics.quantiles import lower_place, upper_place

shares = st.sampled_from([Fraction(1, 20), Fraction(1, 2), Fraction(9, 10), Fraction(95, 100)])


def test_the_5_percent_quantile_has_a_lower_end_from_72_runs_on() -> None:
    assert quantile(range(71), 0.05).low is None
    assert quantile(range(72), 0.05).low == 0
    assert quantile(range(58), 0.05).lower_bound is None
    assert quantile(range(59), 0.05).lower_bound == 0


def test_an_end_that_the_runs_can_give_is_given_without_the_other() -> None:
    found = quantile(range(20), 0.05)
    assert (found.estimate, found.low, found.high) == (0, None, 3)


def test_the_published_places_for_the_median_are_met() -> None:
    """The sign test's table: of 20 the 6th and the 15th, of 6 the first and the last, of 5 none."""
    found = quantile(range(1, 21), 0.5)
    assert (found.estimate, found.low, found.high) == (10, 6, 15)
    assert (quantile(range(6), 0.5).low, quantile(range(6), 0.5).high) == (0, 5)
    assert (quantile(range(5), 0.5).low, quantile(range(5), 0.5).high) == (None, None)


def test_a_quantile_among_the_censored_is_none_and_counts_them() -> None:
    found = quantile([3.0, None, None, None], 0.5)
    assert (found.estimate, found.censored, found.n) == (None, 3, 4)


def test_the_censored_are_later_than_all_and_not_dropped() -> None:
    found = quantile([None, 5.0, 1.0, None, 3.0], 0.5)
    assert (found.estimate, found.censored) == (5.0, 2)
    assert quantile([5.0, 1.0, 3.0], 0.5).estimate == 3.0


def test_an_upper_end_among_the_censored_is_none() -> None:
    found = quantile([*range(14), *[None] * 6], 0.5)
    assert (found.estimate, found.low, found.high) == (9, 5, None)
    assert quantile([*range(15), *[None] * 5], 0.5).high == 14


def test_a_lower_end_among_the_censored_is_the_horizon_which_all_of_them_reached() -> None:
    """Where no run of a hundred was ever refused in 90 days, 5 % of runs in less than 30 days can be ruled out."""
    found = quantile([None] * 100, 0.05, horizon=90.0)
    assert (found.estimate, found.low, found.lower_bound, found.high) == (None, 90.0, 90.0, None)
    assert quantile([None] * 100, 0.05).lower_bound is None


def test_seven_percent_of_a_hundred_runs_are_seven() -> None:
    assert 0.07 * 100 > 7
    assert quantile(range(1, 101), 0.07).estimate == 7


def test_one_run_has_no_interval_and_no_run_no_estimate() -> None:
    assert quantile([4.0], 0.9).as_json() == {
        "estimate": 4.0,
        "low": None,
        "high": None,
        "n": 1,
        "method": "order-statistics",
        "censored": 0,
    }
    assert quantile([None], 0.9).estimate is None
    assert quantile([], 0.9).estimate is None


@given(st.integers(2, 60), shares, st.sampled_from([Fraction(1, 40), Fraction(1, 20)]))
def test_the_places_are_the_narrowest_that_the_binomial_tails_allow(n: int, share: Fraction, tail: Fraction) -> None:
    """Against every place in turn, with exact fractions."""
    above = [k for k in range(1, n + 1) if binomial_at_most(k - 1, n, share) <= tail]
    below = [k for k in range(1, n + 1) if 1 - binomial_at_most(k - 1, n, share) <= tail]
    assert lower_place(n, share, float(tail)) == (above[-1] if above else None)
    assert upper_place(n, share, float(tail)) == (below[0] if below else None)


@given(st.integers(2, 60), shares)
def test_the_interval_covers_at_least_95_percent_whatever_the_distribution(n: int, share: Fraction) -> None:
    low, high = lower_place(n, share, 0.025), upper_place(n, share, 0.025)
    inside = range(low or 0, high if high is not None else n + 1)
    assert sum(binomial(k, n, share) for k in inside) >= Fraction(95, 100)


@given(st.lists(st.none() | st.integers(0, 50), min_size=2, max_size=40), shares)
def test_the_estimate_is_the_first_time_that_the_share_of_runs_has_got_to(
    values: list[int | None], share: Fraction
) -> None:
    found = quantile(values, share).estimate
    wanted = ceil(share * len(values))
    reached = [
        time
        for time in sorted(value for value in values if value is not None)
        if sum(value is not None and value <= time for value in values) >= wanted
    ]
    assert found == (reached[0] if reached else None)


@pytest.mark.parametrize("q", [0, 1, 0.0, 1.0])
def test_the_ends_of_a_distribution_are_no_quantiles(q: float) -> None:
    with pytest.raises(AssertionError, match="ends"):
        quantile([1.0, 2.0], q)
