"""Chance comes from one seed, by name, in integers."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.values.entropy import Entropy, Stream


def test_draws_are_what_they_were_in_every_version_and_on_every_platform() -> None:
    entropy = Entropy(7)
    assert entropy.integer("latency", "client-1/17") == 3854225705984698400
    stream = entropy.stream("latency", "client-1/17")
    assert [stream.below(1000) for _ in range(4)] == [970, 869, 18, 532]


def test_a_draw_is_keyed_by_what_it_is_for_and_not_by_what_came_before() -> None:
    first, second = Entropy(1), Entropy(1)
    first.integer("other", "draw")
    assert first.integer("eni", "a") == second.integer("eni", "a")
    assert len({first.integer(stream, key) for stream in "ab" for key in "ab"}) == 4
    assert Entropy(2).integer("eni", "a") != first.integer("eni", "a")


@given(st.integers(1, 512), st.integers())
def test_an_integer_has_the_bits_that_were_asked_for(bits: int, seed: int) -> None:
    assert 0 <= Entropy(seed).integer("s", "k", bits=bits) < 1 << bits


@given(st.integers(1, 1 << 32), st.integers(0, (1 << 64) - 1))
def test_a_draw_below_a_bound_lies_below_it(bound: int, state: int) -> None:
    assert 0 <= Stream(state).below(bound) < bound


def test_a_bound_that_is_none_is_our_own_fault() -> None:
    with pytest.raises(AssertionError, match="1 to"):
        Stream(1).below(0)
    with pytest.raises(AssertionError, match="512 bits"):
        Entropy(1).integer("s", "k", bits=513)


def test_a_stream_is_even() -> None:
    """Chi-square over six cells; the 99.9 % bound for five degrees of freedom is 20.5."""
    stream = Entropy(3).stream("dice", "")
    counts = Counter(stream.below(6) for _ in range(60_000))
    assert sum((counts[face] - 10_000) ** 2 / 10_000 for face in range(6)) < 20.5
