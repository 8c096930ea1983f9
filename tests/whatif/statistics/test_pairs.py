from math import sqrt
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.whatif.statistics import (
    Difference,
    adjusted,
    holm,
    mean,
    paired_difference,
    paired_proportion_difference,
    paired_ratio_difference,
    ratio_of_sums,
)


def test_the_sleep_of_gosset_is_met() -> None:
    """Student's own example (1908): t = 4.0621, p = 0.002833 with ten pairs, 0.70 to 2.46 hours."""
    dextro = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    laevo = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    found = paired_difference(dextro, laevo)
    changes = [new - old for old, new in zip(dextro, laevo, strict=True)]
    assert fmean(changes) / stdev(changes) * sqrt(10) == pytest.approx(4.0621, abs=1e-4)
    assert found.p == pytest.approx(0.002833, abs=1e-6)
    assert found.low == pytest.approx(0.7001142, abs=1e-6)
    assert found.high == pytest.approx(2.4598858, abs=1e-6)


def test_common_random_numbers_make_the_difference_sharper_than_its_parts() -> None:
    before = [float(10 * k) for k in range(20)]
    after = [value + 1 + k % 2 for k, value in enumerate(before)]
    found, apart = paired_difference(before, after), mean(after)
    assert found.estimate == 1.5
    assert found.high is not None
    assert apart.high is not None
    assert apart.estimate is not None
    assert found.high - 1.5 < (apart.high - apart.estimate) / 100


def test_a_pair_of_which_one_has_no_figure_is_left_out() -> None:
    assert paired_difference([1.0, None, 2.0, 5.0], [2.0, 7.0, None, 8.0]) == paired_difference([1.0, 5.0], [2.0, 8.0])


@pytest.mark.parametrize(("n", "estimate"), [(0, None), (1, 2.0)])
def test_fewer_than_two_pairs_have_neither_interval_nor_p_value(n: int, estimate: float | None) -> None:
    for found in (
        paired_difference([1.0] * n, [3.0] * n),
        paired_ratio_difference(([1.0] * n, [1.0] * n), ([3.0] * n, [1.0] * n)),
    ):
        assert (found.estimate, found.low, found.high, found.p) == (estimate, None, None, None)


def test_no_difference_in_any_pair_is_no_evidence() -> None:
    found = paired_difference([1.0, 5.0, 2.0], [1.0, 5.0, 2.0])
    assert (found.estimate, found.low, found.high, found.p) == (0, 0, 0, 1)


def test_the_same_difference_in_all_pairs_is_as_good_as_the_sign_test() -> None:
    assert paired_difference([1.0, 2.0], [2.0, 3.0]).p == 0.5
    assert paired_difference([1.0] * 20, [2.0] * 20).p == 2 / 2**20


def test_the_ratios_differ_by_the_difference_of_their_estimates() -> None:
    before, after = ([1, 2, 3], [10, 20, 10]), ([2, 2, 5], [10, 20, 10])
    first, second = ratio_of_sums(*before).estimate, ratio_of_sums(*after).estimate
    assert first is not None
    assert second is not None
    found = paired_ratio_difference(before, after)
    assert found.estimate == second - first
    assert found.method == "paired-ratio-jackknife"


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=20))
def test_ratios_to_one_each_differ_as_means_do(pairs: list[tuple[int, int]]) -> None:
    before, after, ones = [old for old, _ in pairs], [new for _, new in pairs], [1] * len(pairs)
    ratio, plain = paired_ratio_difference((before, ones), (after, ones)), paired_difference(before, after)
    assert ratio.estimate == pytest.approx(plain.estimate, abs=1e-9)
    assert ratio.low == pytest.approx(plain.low, abs=1e-6)
    assert ratio.high == pytest.approx(plain.high, abs=1e-6)


def test_ratios_of_nothing_do_not_differ() -> None:
    assert paired_ratio_difference(([0, 0], [0, 0]), ([1, 1], [2, 2])).estimate is None
    assert paired_ratio_difference(([1, 0], [2, 0]), ([1, 1], [2, 2])).low is None


def test_mcnemars_exact_p_value_counts_the_runs_that_changed() -> None:
    """Ten changed for the worse and two for the better: 2 P(Bin(12, 1/2) <= 2) = 158 / 4096."""
    before = [False] * 10 + [True] * 2 + [True] * 8 + [False] * 5
    after = [True] * 10 + [False] * 2 + [True] * 8 + [False] * 5
    found = paired_proportion_difference(before, after)
    assert found.p == pytest.approx(158 / 4096)
    assert found.estimate == 8 / 25
    centre, error = 8 / 27, sqrt(13 / 27 - (8 / 27) ** 2) / sqrt(27)
    assert found.low == pytest.approx(centre - 1.959964 * error, abs=1e-6)
    assert found.high == pytest.approx(centre + 1.959964 * error, abs=1e-6)


def test_runs_that_keep_their_answers_are_no_evidence_and_few_runs_leave_room() -> None:
    found = paired_proportion_difference([True, False], [True, False])
    assert (found.estimate, found.p) == (0, 1)
    assert found.low is not None
    assert found.low < -0.4
    assert paired_proportion_difference([False], [True]).as_json()["low"] is None
    assert paired_proportion_difference([], []).estimate is None


def test_holms_published_way_is_followed() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == (0.03, 0.06, 0.06, 0.02)
    assert holm([]) == ()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_lies_between_nothing_and_bonferroni_and_keeps_the_order(p_values: list[float]) -> None:
    found = holm(p_values)
    for p, new in zip(p_values, found, strict=True):
        assert p <= new <= min(1, len(p_values) * p)
    order = sorted(range(len(found)), key=lambda index: p_values[index])
    assert [found[index] for index in order] == sorted(found)
    assert min(found) == min(1, len(p_values) * min(p_values))


def test_differences_are_adjusted_together_and_those_without_a_p_value_not_counted() -> None:
    def difference(p: float | None) -> Difference:
        return Difference(estimate=1.0, n=3, method="x", p=p)

    found = adjusted({"a": difference(0.03), "b": difference(None), "c": difference(0.02)})
    assert {name: (one.p_adjusted, one.differs) for name, one in found.items()} == {
        "a": (0.04, True),
        "b": (None, False),
        "c": (0.04, True),
    }
