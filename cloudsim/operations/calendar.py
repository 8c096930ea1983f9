"""The calendar: how instants of virtual time are written in answers."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from cloudsim.values.duration import SECOND, Ns

EPOCH: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""What instant 0 of virtual time is called in answers."""
_LAST_SECOND: Final = (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC) - EPOCH) // timedelta(seconds=1)
"""The last one that four digits of a year can write."""


def calendar_text(instant_ns: Ns) -> str:
    """Write an instant as answers do: ``2026-01-01T00:00:00Z``, whole seconds; the year 9999 is not left."""
    return _text_of_second(min(instant_ns // SECOND, _LAST_SECOND))


@lru_cache(maxsize=1024)
def _text_of_second(second: int) -> str:
    """Write a second; things are made many at a time, and shown many times."""
    return (EPOCH + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")
