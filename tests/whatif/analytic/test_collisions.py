from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.whatif.analytic import (
    binomial,
    binomial_at_most,
    birthday,
    collisions_expected,
    distinct,
    free_blocks_expected,
    hypergeometric,
)


@pytest.mark.parametrize(("people", "shared"), [(10, 0.1169), (20, 0.4114), (23, 0.5073), (30, 0.7063), (57, 0.9901)])
def test_birthdays_are_shared_as_everybody_knows(people: int, shared: float) -> None:
    assert round(float(birthday(people, 365)), 4) == shared


def test_more_people_than_days_share_one_for_certain() -> None:
    assert birthday(13, 12) == 1


@pytest.mark.parametrize(("drawn", "size"), [(0, 3), (1, 3), (4, 3), (5, 4), (3, 6)])
def test_picks_agree_with_trying_all(drawn: int, size: int) -> None:
    found = [len(set(picks)) for picks in product(range(size), repeat=drawn)]
    assert birthday(drawn, size) == Fraction(sum(one < drawn for one in found), len(found))
    assert distinct(drawn, size) == [Fraction(found.count(count), len(found)) for count in range(drawn + 1)]
    assert collisions_expected(drawn, size) == Fraction(sum(drawn - one for one in found), len(found))


def test_whole_free_blocks_agree_with_trying_all() -> None:
    size, block = 8, 2
    for taken in range(size + 1):
        found = [
            sum(not any(at // block == one for at in chosen) for one in range(size // block))
            for chosen in combinations(range(size), taken)
        ]
        assert free_blocks_expected(size=size, block=block, taken=taken) == Fraction(sum(found), len(found))


@given(st.integers(0, 12), st.data())
def test_hypergeometric_probabilities_sum_to_1_with_the_known_mean(size: int, data: st.DataObject) -> None:
    marked, drawn = data.draw(st.integers(0, size)), data.draw(st.integers(0, size))
    found = [hypergeometric(k, size=size, marked=marked, drawn=drawn) for k in range(drawn + 1)]
    assert sum(found) == 1
    assert sum(k * p for k, p in enumerate(found)) * size == marked * drawn
    assert hypergeometric(drawn + 1, size=size, marked=marked, drawn=drawn) == 0


@given(st.integers(0, 12), st.fractions(0, 1, max_denominator=9))
def test_binomial_probabilities_sum_to_1_with_the_known_mean(trials: int, p: Fraction) -> None:
    found = [binomial(k, trials, p) for k in range(trials + 1)]
    assert binomial_at_most(trials, trials, p) == 1
    assert sum(k * one for k, one in enumerate(found)) == trials * p
    assert binomial(-1, trials, p) == binomial(trials + 1, trials, p) == 0
