from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.whatif.analytic import arrival_by, arrival_quantile, linear_growth_time
from cloudsim.whatif.extras import need


def test_the_first_arrival_is_exponential() -> None:
    assert arrival_by(1, 0.3) == pytest.approx(1 - exp(-0.3))
    assert arrival_quantile(1, 0.5) == pytest.approx(log(2))


@pytest.mark.parametrize(
    ("number", "q", "chi_square"),
    # The published table of chi-square with 2 n degrees of freedom, which is twice the Gamma of shape n.
    [(1, 0.95, 5.991), (5, 0.95, 18.307), (10, 0.05, 10.851), (15, 0.025, 16.791), (50, 0.99, 135.807)],
)
def test_quantiles_are_those_of_chi_square(number: int, q: float, chi_square: float) -> None:
    assert 2 * arrival_quantile(number, q) == pytest.approx(chi_square, abs=0.0006)


@pytest.mark.parametrize("number", [1, 13, 253, 65_533])
@pytest.mark.parametrize("share", [0.2, 0.9, 0.99, 1.0, 1.01, 1.1, 5.0])
def test_probabilities_agree_with_scipy(number: int, share: float) -> None:
    expected = need("scipy.special", extra="whatif").gammainc(number, number * share)
    assert arrival_by(number, number * share) == pytest.approx(expected, rel=1e-8, abs=1e-12)


@given(st.integers(1, 300), st.floats(0.001, 0.999))
def test_a_quantile_is_where_the_probability_is_reached(number: int, q: float) -> None:
    assert arrival_by(number, arrival_quantile(number, q)) == pytest.approx(q, rel=1e-9)


def test_nothing_has_come_before_time_begins() -> None:
    assert arrival_by(1, 0.0) == 0


@given(st.floats(0, 1e4), st.floats(0.01, 100), st.floats(0, 100))
def test_linear_growth_is_undone_by_integrating_the_rate(expected: float, start: float, slope: float) -> None:
    time = linear_growth_time(expected, start=start, slope=slope)
    assert start * time + slope * time * time / 2 == pytest.approx(expected)


def test_growth_from_nothing_has_a_time_too() -> None:
    assert linear_growth_time(8.0, start=0.0, slope=1.0) == pytest.approx(4.0)
    assert linear_growth_time(0.0, start=0.0, slope=1.0) == 0
