from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import accumulate
from math import factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.whatif.analytic import carried, erlang_b, kaufman_roberts, occupancy, places_needed, product_form
from cloudsim.whatif.analytic.number import Number
from tests.whatif.analytic.chains import State, stationary

loads = st.fractions(min_value=Fraction(1, 10), max_value=20, max_denominator=20)


def test_a_28_at_8_erlang_blocks_what_the_issue_says() -> None:
    assert round(erlang_b(8.0, 12), 6) == 0.051406


@pytest.mark.parametrize(
    ("places", "offered", "blocked"),
    # The published table of Erlang's B: the load in erlang that so many places carry at a blocking of 1 %, of 0.1 %.
    [(1, 0.0101, 0.01), (5, 1.36, 0.01), (10, 4.46, 0.01), (20, 12.0, 0.01), (100, 84.1, 0.01), (10, 3.09, 0.001)],
)
def test_the_published_table_is_met(places: int, offered: float, blocked: float) -> None:
    assert erlang_b(offered, places) == pytest.approx(blocked, rel=0.03)


@given(loads, st.integers(0, 12))
def test_erlang_b_is_the_textbook_quotient(offered: Fraction, places: int) -> None:
    terms = [offered**k / factorial(k) for k in range(places + 1)]
    assert erlang_b(offered, places) == terms[-1] / sum(terms)
    assert occupancy(offered, places) == [term / sum(terms) for term in terms]


@given(loads, st.integers(0, 12))
def test_the_mean_taken_is_the_load_that_is_not_refused(offered: Fraction, places: int) -> None:
    assert carried(offered, places) == sum(k * p for k, p in enumerate(occupancy(offered, places)))


def test_no_load_takes_nothing() -> None:
    assert occupancy(0.0, 3) == [1.0, 0.0, 0.0, 0.0]
    assert erlang_b(0.0, 0) == 1.0


def test_the_occupancy_of_a_large_pool_neither_overflows_nor_vanishes() -> None:
    found = occupancy(60_000.0, 65_532)
    assert sum(found) == pytest.approx(1)
    assert sum(k * p for k, p in enumerate(found)) == pytest.approx(60_000)


@given(st.floats(0.1, 200), st.sampled_from([0.1, 0.01, 1e-6]))
def test_places_needed_is_the_smallest_number_that_will_do(offered: float, at_most: float) -> None:
    places = places_needed(offered, at_most)
    assert erlang_b(offered, places) <= at_most < erlang_b(offered, places - 1)


def phases(
    shares: Sequence[Fraction], rates: Sequence[Fraction], places: int, arrivals: Fraction
) -> dict[State, Fraction]:
    """Items live through one of several exponential times, so their lifetimes are hyper-exponential."""

    def moves(state: State) -> Iterable[tuple[State, Fraction]]:
        for k, (share, rate) in enumerate(zip(shares, rates, strict=True)):
            if sum(state) < places:
                yield (*state[:k], state[k] + 1, *state[k + 1 :]), arrivals * share
            if state[k]:
                yield (*state[:k], state[k] - 1, *state[k + 1 :]), rate * state[k]

    return stationary((0,) * len(shares), moves)


def test_hyperexponential_lifetimes_are_blocked_as_exponential_ones_of_the_same_mean() -> None:
    shares, rates, arrivals = (Fraction(9, 10), Fraction(1, 10)), (Fraction(3), Fraction(1, 7)), Fraction(3)
    lifetime = sum((share / rate for share, rate in zip(shares, rates, strict=True)), Fraction(0))
    found = phases(shares, rates, 4, arrivals)
    assert sum(p for state, p in found.items() if sum(state) == 4) == erlang_b(arrivals * lifetime, 4)


def test_lifetimes_of_two_stages_are_blocked_as_exponential_ones_of_the_same_mean() -> None:
    def moves(state: State) -> Iterable[tuple[State, Fraction]]:
        first, second = state
        if first + second < 4:
            yield (first + 1, second), Fraction(3)
        if first:
            yield (first - 1, second + 1), Fraction(2) * first
        if second:
            yield (first, second - 1), Fraction(1, 2) * second

    found = stationary((0, 0), moves)
    assert sum(p for state, p in found.items() if sum(state) == 4) == erlang_b(
        Fraction(3) * (Fraction(1, 2) + Fraction(2)), 4
    )


def many_sized(classes: Sequence[tuple[Fraction, int]], places: int) -> dict[State, Fraction]:
    def moves(state: State) -> Iterable[tuple[State, Fraction]]:
        taken = sum(count * size for count, (_, size) in zip(state, classes, strict=True))
        for k, (load, size) in enumerate(classes):
            if taken + size <= places:
                yield (*state[:k], state[k] + 1, *state[k + 1 :]), load
            if state[k]:
                yield (*state[:k], state[k] - 1, *state[k + 1 :]), Fraction(state[k])

    return stationary((0,) * len(classes), moves)


@pytest.mark.parametrize(
    ("classes", "places"),
    [
        ([(Fraction(2), 1), (Fraction(1, 2), 3)], 7),
        ([(Fraction(1), 2), (Fraction(1, 3), 5)], 12),
        ([(Fraction(1), 1), (Fraction(1), 2), (Fraction(1, 2), 4)], 6),
    ],
)
def test_kaufman_roberts_agrees_with_the_chain_itself(classes: list[tuple[Fraction, int]], places: int) -> None:
    found = many_sized(classes, places)
    free = {state: places - sum(n * size for n, (_, size) in zip(state, classes, strict=True)) for state in found}
    expected = tuple(sum((p for state, p in found.items() if free[state] < size), Fraction(0)) for _, size in classes)
    assert kaufman_roberts(classes, places) == expected


@given(loads, st.integers(1, 20), st.integers(1, 3))
def test_kaufman_roberts_with_one_size_is_erlang_b_of_so_many_blocks(offered: Fraction, places: int, size: int) -> None:
    assert kaufman_roberts([(offered, size)], places) == (erlang_b(offered, places // size),)


def test_an_eni_larger_than_the_pool_is_always_refused() -> None:
    assert kaufman_roberts([(Fraction(1), 1), (Fraction(1), 9)], 8)[1] == 1


def test_kaufman_roberts_of_a_large_pool_does_not_overflow() -> None:
    assert kaufman_roberts([(4000.0, 1)], 4092)[0] == pytest.approx(erlang_b(4000.0, 4092), rel=1e-9)


def shared(loads: Sequence[Fraction], sizes: Sequence[int], quota: int) -> dict[State, Fraction]:
    def moves(state: State) -> Iterable[tuple[State, Fraction]]:
        for k, (load, size) in enumerate(zip(loads, sizes, strict=True)):
            if state[k] < size and sum(state) < quota:
                yield (*state[:k], state[k] + 1, *state[k + 1 :]), load
            if state[k]:
                yield (*state[:k], state[k] - 1, *state[k + 1 :]), Fraction(state[k])

    return stationary((0,) * len(loads), moves)


@pytest.mark.parametrize(
    ("offered", "sizes", "quota"),
    [
        ((Fraction(2), Fraction(3)), (3, 4), 5),
        ((Fraction(2), Fraction(3)), (3, 4), 3),
        ((Fraction(2), Fraction(3)), (3, 4), 7),
        ((Fraction(2), Fraction(3)), (3, 4), 99),
        ((Fraction(1), Fraction(2), Fraction(1, 2)), (2, 3, 2), 4),
    ],
)
def test_the_product_form_agrees_with_the_chain_itself(
    offered: tuple[Fraction, ...], sizes: tuple[int, ...], quota: int
) -> None:
    chain = shared(offered, sizes, quota)
    for k, met in enumerate(product_form(offered, sizes, quota)):
        both = sum((p for state, p in chain.items() if state[k] == sizes[k] and sum(state) == quota), Fraction(0))
        assert met.both == both
        assert met.only_full == sum((p for state, p in chain.items() if state[k] == sizes[k]), Fraction(0)) - both
        assert met.only_quota == sum((p for state, p in chain.items() if sum(state) == quota), Fraction(0)) - both
        assert met.blocked == met.both + met.only_full + met.only_quota


@given(loads, st.integers(1, 10), st.integers(1, 12))
def test_one_vswitch_under_a_quota_is_the_smaller_of_the_two(offered: Fraction, size: int, quota: int) -> None:
    (met,) = product_form([offered], [size], quota)
    assert met.blocked == erlang_b(offered, min(size, quota))


def test_types_are_kept() -> None:
    def kinds(values: Iterable[Number]) -> list[type]:
        return [type(value) for value in values]

    assert kinds(kaufman_roberts([(1.0, 1), (2.0, 2)], 4)) == [float, float]
    assert kinds(kaufman_roberts([(Fraction(1), 1), (Fraction(2), 2)], 4)) == [Fraction, Fraction]
    assert kinds(list(accumulate(occupancy(Fraction(2), 3)))) == [Fraction] * 4
