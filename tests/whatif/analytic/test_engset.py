from collections.abc import Iterable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.whatif.analytic import engset, erlang_b
from tests.whatif.analytic.chains import State, stationary


def test_the_example_of_the_handbook_is_met() -> None:
    """Iversen: four sources of 1/3 erlang each when idle, three places."""
    found = engset(4, Fraction(1, 3), 3)
    assert (found.time, found.call) == (Fraction(4, 85), Fraction(1, 64))


@pytest.mark.parametrize(("sources", "places"), [(5, 3), (3, 3), (2, 3), (1, 1), (6, 1)])
def test_engset_agrees_with_the_chain_itself(sources: int, places: int) -> None:
    idle_rate, end_rate = Fraction(2, 3), Fraction(5, 4)

    def moves(state: State) -> Iterable[tuple[State, Fraction]]:
        (busy,) = state
        if busy < places:
            yield (busy + 1,), (sources - busy) * idle_rate
        if busy:
            yield (busy - 1,), busy * end_rate

    chain = stationary((0,), moves)
    full = chain.get((places,), Fraction(0))
    asked = sum((p * (sources - state[0]) for state, p in chain.items()), Fraction(0))
    found = engset(sources, idle_rate / end_rate, places)
    assert found.time == full
    assert found.call == full * (sources - places) / asked


def test_lifetimes_of_two_stages_make_no_difference() -> None:
    sources, places, idle_rate = 4, 2, Fraction(1, 2)

    def moves(state: State) -> Iterable[tuple[State, Fraction]]:
        first, second = state
        if first + second < places:
            yield (first + 1, second), (sources - first - second) * idle_rate
        if first:
            yield (first - 1, second + 1), Fraction(3) * first
        if second:
            yield (first, second - 1), Fraction(1, 2) * second

    chain = stationary((0, 0), moves)
    full = sum(p for state, p in chain.items() if sum(state) == places)
    assert full == engset(sources, idle_rate * (Fraction(1, 3) + Fraction(2)), places).time


@given(st.integers(1, 12), st.fractions(0, 3, max_denominator=12), st.integers(0, 12))
def test_what_requests_see_is_never_worse_than_what_time_sees(sources: int, ratio: Fraction, places: int) -> None:
    found = engset(sources, ratio, places)
    assert 0 <= found.call <= found.time <= 1


def test_very_many_clients_are_arrivals_at_random() -> None:
    found = engset(10**7, 8e-7, 12)
    assert found.call == pytest.approx(erlang_b(8.0, 12), rel=1e-5)
