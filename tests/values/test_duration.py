"""Durations are whole nanoseconds with readable literals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudsim.errors.own import DurationError
from cloudsim.values.duration import as_duration, format_duration, parse_duration


@pytest.mark.parametrize(
    ("text", "nanoseconds"),
    [
        ("50ms", 50_000_000),
        ("1h30m", 5_400_000_000_000),
        ("0", 0),
        ("0s", 0),
        ("1.5s", 1_500_000_000),
        ("2d", 172_800_000_000_000),
        ("7ns", 7),
        (" 3us ", 3_000),
        ("0.1ms", 100_000),
    ],
)
def test_a_literal_is_read_to_the_nanosecond(text: str, nanoseconds: int) -> None:
    assert parse_duration(text) == nanoseconds


@pytest.mark.parametrize(
    "text", ["", "5", "ms", "5 ms", "-1s", "1m1h", "1s1s", "1.s", "\u0661s", "1e3s", "5xs", "1h 30m"]
)
def test_what_is_no_duration_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(DurationError, match="such as 50ms, 2m or 1h30m"):
        parse_duration(text)


def test_nothing_is_finer_than_a_nanosecond() -> None:
    with pytest.raises(DurationError, match="the finest step of time is 1ns"):
        parse_duration("1.5ns")


@given(st.integers(0, 10**20))
def test_what_is_written_is_read_back(nanoseconds: int) -> None:
    assert parse_duration(format_duration(nanoseconds)) == nanoseconds


def test_a_negative_duration_is_written_with_a_minus() -> None:
    assert format_duration(-1_500_000_000) == "-1s500ms"


def test_a_duration_may_be_text_or_nanoseconds_but_not_negative() -> None:
    assert as_duration("2m") == as_duration(120_000_000_000)
    with pytest.raises(DurationError, match="at least 0"):
        as_duration(-1)
