from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.whatif.analytic import binomial_at_most
from cloudsim.whatif.statistics import Estimate, proportion, wilson


def answers(yes: int, n: int) -> list[bool]:
    return [True] * yes + [False] * (n - yes)


def rounded(estimate: Estimate) -> tuple[float, float]:
    assert estimate.low is not None
    assert estimate.high is not None
    return round(estimate.low, 4), round(estimate.high, 4)


@pytest.mark.parametrize(
    ("yes", "n", "exact", "score"),
    # Newcombe (1998), table I: methods 5 (Clopper-Pearson) and 3 (Wilson).
    [
        (81, 263, (0.2527, 0.3676), (0.2553, 0.3662)),
        (15, 148, (0.0578, 0.1617), (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1684), (0.0, 0.1611)),
        (1, 29, (0.0009, 0.1776), (0.0061, 0.1718)),
    ],
)
def test_the_published_examples_are_met(
    yes: int, n: int, exact: tuple[float, float], score: tuple[float, float]
) -> None:
    assert rounded(proportion(answers(yes, n))) == exact
    assert rounded(wilson(answers(yes, n))) == score


@given(st.integers(2, 80), st.data())
def test_at_clopper_and_pearsons_bounds_the_tail_is_what_was_allowed(n: int, data: st.DataObject) -> None:
    yes = data.draw(st.integers(0, n))
    found = proportion(answers(yes, n))
    assert found.low is not None
    assert found.high is not None
    assert found.upper_bound is not None
    if yes < n:
        assert binomial_at_most(yes, n, found.high) == pytest.approx(0.025)
        assert binomial_at_most(yes, n, found.upper_bound) == pytest.approx(0.05)
    if yes:
        assert 1 - binomial_at_most(yes - 1, n, found.low) == pytest.approx(0.025)


@given(st.integers(2, 80), st.data())
def test_turning_the_question_round_turns_the_answer_round(n: int, data: st.DataObject) -> None:
    yes = data.draw(st.integers(0, n))
    for method in (proportion, wilson):
        one, other = method(answers(yes, n)), method(answers(n - yes, n))
        assert one.low is not None
        assert other.high is not None
        assert one.low == pytest.approx(1 - other.high, abs=1e-9)


@pytest.mark.parametrize("n", [2, 5, 10, 20, 50])
@pytest.mark.parametrize("p", [0.01, 0.05, 0.2, 0.5])
def test_clopper_and_pearson_cover_at_least_what_they_say(n: int, p: float) -> None:
    covered = two_sided = 0.0
    for yes in range(n + 1):
        chance = binomial_at_most(yes, n, p) - (binomial_at_most(yes - 1, n, p) if yes else 0)
        found = proportion(answers(yes, n))
        assert found.low is not None
        assert found.high is not None
        assert found.upper_bound is not None
        two_sided += chance * (found.low <= p <= found.high)
        covered += chance * (p <= found.upper_bound)
    assert two_sided >= 0.95
    assert covered >= 0.95


def test_299_runs_without_a_failure_prove_one_percent_and_298_do_not() -> None:
    enough, short = proportion(answers(0, 299)).upper_bound, proportion(answers(0, 298)).upper_bound
    assert enough is not None
    assert short is not None
    assert enough <= 0.01 < short


@pytest.mark.parametrize("method", [proportion, wilson])
def test_one_run_has_no_interval_and_no_run_no_estimate(method: Callable[[Sequence[bool]], Estimate]) -> None:
    nothing: list[bool] = []
    for said, estimate in (([True], 1.0), (nothing, None)):
        found = method(said)
        assert (found.estimate, found.low, found.high, found.upper_bound) == (estimate, None, None, None)
