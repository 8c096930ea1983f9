"""The calendar: how instants of virtual time are written in answers."""

from datetime import UTC, datetime, timedelta
from typing import Final

from cloudsim.values.duration import SECOND, Ns

EPOCH: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""What instant 0 of virtual time is called in answers."""


def calendar_text(instant_ns: Ns) -> str:
    """Write an instant as answers do: ``2026-01-01T00:00:00Z``, whole seconds."""
    return (EPOCH + timedelta(seconds=instant_ns // SECOND)).strftime("%Y-%m-%dT%H:%M:%SZ")
