"""A row of the table of refusals, and where each operation's rows begin."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cloudsim.errors.base import ApiError

TESTS: Final = "tests"
"""Shown by a test and by no bundled scenario."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRow:
    """One refusal and how to meet it."""

    error: type[ApiError]
    trigger: str
    """What provokes it."""
    phase: str | None
    """Where in its operation it comes; None for several operations, each of which has a row of its own beside it, and
    for what the gateway refuses before any."""
    shown_by: str = TESTS
    """The bundled scenario that shows it, or the tests."""
    operation: str = "CreateNetworkInterface"
    """Who gives it; several are joined by commas."""


def rows_of(
    operation: str, phase: str, *rows: tuple[type[ApiError], str] | tuple[type[ApiError], str, str]
) -> Iterator[CodeRow]:
    """Make rows of what one operation refuses in one phase: an error, what provokes it, and maybe its scenario."""
    for error, trigger, *scenario in rows:
        shown_by = scenario[0] if scenario else TESTS
        yield CodeRow(error=error, trigger=trigger, phase=phase, operation=operation, shown_by=shown_by)
