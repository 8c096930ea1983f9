import pytest

from cloudsim.whatif.statistics import Difference, Estimate, judge, mean, quantile


def test_the_json_has_the_five_agreed_fields_and_no_other_where_none_applies() -> None:
    assert list(mean([1, 2, 3]).as_json()) == ["estimate", "low", "high", "n", "method"]


def test_the_json_of_a_quantile_counts_the_censored() -> None:
    assert quantile([None, None], 0.5).as_json() == {
        "estimate": None,
        "low": None,
        "high": None,
        "n": 2,
        "method": "order-statistics",
        "censored": 2,
    }


def test_a_caution_is_told_with_the_estimate() -> None:
    assert Estimate(estimate=1.0, n=1, method="x", caution="beware").as_json()["caution"] == "beware"


def test_a_difference_tells_both_p_values_and_the_answer() -> None:
    told = Difference(estimate=1.0, n=2, method="x", p=0.01, p_adjusted=0.03).as_json()
    assert (told["p"], told["p_adjusted"], told["differs"]) == (0.01, 0.03, True)


@pytest.mark.parametrize(
    ("bound", "limit", "met"), [(0.009, 0.01, True), (0.01, 0.01, True), (0.011, 0.01, False), (None, 0.01, False)]
)
def test_a_target_is_met_if_and_only_if_the_one_sided_bound_satisfies_it(
    bound: float | None, limit: float, met: bool
) -> None:
    at_most = judge(Estimate(estimate=0.0, n=9, method="x", upper_bound=bound), at_most=limit)
    assert (at_most.bound, at_most.met) == (bound, met)
    mirrored = None if bound is None else -bound
    at_least = judge(Estimate(estimate=0.0, n=9, method="x", lower_bound=mirrored), at_least=-limit)
    assert (at_least.bound, at_least.met) == (mirrored, met)


def test_a_target_has_exactly_one_limit() -> None:
    with pytest.raises(AssertionError, match="one limit"):
        judge(mean([1, 2]), at_most=1, at_least=1)
    with pytest.raises(AssertionError, match="one limit"):
        judge(mean([1, 2]))
