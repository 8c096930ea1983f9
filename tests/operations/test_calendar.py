"""Instants as answers write them."""

from cloudsim.operations.calendar import calendar_text
from cloudsim.values.duration import UNITS


def test_an_instant_is_written_in_whole_seconds_from_2026_on() -> None:
    assert calendar_text(0) == "2026-01-01T00:00:00Z"
    assert calendar_text(UNITS["d"] + 1_999_999_999) == "2026-01-02T00:00:01Z"


def test_the_last_year_that_four_digits_write_is_not_left() -> None:
    last = "9999-12-31T23:59:59Z"
    assert [calendar_text(years * 365 * UNITS["d"]) for years in (8_000, 1_000_000)] == [last, last]
