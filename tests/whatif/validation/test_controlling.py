"""Estimates with controls."""

from math import sqrt
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.values.entropy import Entropy
from cloudsim.whatif.validation.controlling import controlled, pseudo_values


def uniform(name: str, count: int) -> list[float]:
    """Draw numbers of mean 0."""
    return [Entropy(1).integer(name, str(index), bits=53) / 2**53 - 0.5 for index in range(count)]


numbers = st.lists(st.floats(-100, 100), min_size=3, max_size=30)


@given(numbers)
def test_without_controls_it_is_the_mean_and_its_standard_error(values: list[float]) -> None:
    estimate, error, free = controlled(values, [1.0] * len(values), [])
    assert estimate == pytest.approx(fmean(values), abs=1e-9)
    assert error == pytest.approx(stdev(values) / sqrt(len(values)), rel=1e-6, abs=1e-9)
    assert free == len(values) - 1


def test_noise_that_is_all_of_a_control_is_taken_out_to_nothing() -> None:
    control = uniform("control", 12)
    estimate, error, free = controlled([3 + 2 * one for one in control], [1.0] * 12, [control])
    assert estimate == pytest.approx(3)
    assert error == pytest.approx(0, abs=1e-12)
    assert free == 10


def test_a_control_that_says_nothing_new_costs_no_degree_of_freedom() -> None:
    control, values = uniform("control", 12), uniform("values", 12)
    once = controlled(values, [1.0] * 12, [control])
    assert controlled(values, [1.0] * 12, [control, [2 * one for one in control], [0.0] * 12]) == pytest.approx(once)


def test_with_one_control_it_is_the_textbook_line() -> None:
    n = 20
    control, noise = uniform("control", n), uniform("noise", n)
    values = [1 + 0.7 * one + 0.1 * other for one, other in zip(control, noise, strict=True)]
    centre, mean = fmean(control), fmean(values)
    square = sum((one - centre) ** 2 for one in control)
    slope = sum((one - centre) * (value - mean) for one, value in zip(control, values, strict=True)) / square
    left = sum((value - mean - slope * (one - centre)) ** 2 for one, value in zip(control, values, strict=True))
    estimate, error, free = controlled(values, [1.0] * n, [control])
    assert estimate == pytest.approx(mean - slope * centre)
    assert error == pytest.approx(sqrt(left / (n - 2) * (1 / n + centre**2 / square)))
    assert free == n - 2


def test_pseudo_values_of_equal_wholes_are_the_ratios() -> None:
    assert pseudo_values([1, 2, 6], [4, 4, 4]) == pytest.approx([0.25, 0.5, 1.5])
