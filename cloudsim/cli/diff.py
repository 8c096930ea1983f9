"""``cloudsim diff``: say where two journals part, for people and for machines."""

from pathlib import Path
from typing import Final

from cloudsim.cli.documents import echo_document
from cloudsim.cli.guard import Exit
from cloudsim.scenario.comparing import compare_journals

FORMAT_VERSION: Final = 1
"""Of the JSON document; additions keep it, anything else raises it."""


def diff_command(left: Path, right: Path, *, context: int, as_json: bool, no_color: bool) -> Exit:
    """Compare two journals.

    Args:
        left: a file.
        right: the other.
        context: how many equal events to show before the difference.
        as_json: as a document.
        no_color: no colours.

    Raises:
        JournalError: a file cannot be read, or is no journal.
    """
    comparison = compare_journals(left, right, context=context)
    if as_json:
        echo_document({"format_version": FORMAT_VERSION, **comparison.document()})
    else:
        from cloudsim.cli.comparison_view import comparison_parts
        from cloudsim.cli.paper import Paper

        Paper(no_color=no_color).show(*comparison_parts(comparison))
    return Exit.OK if comparison.is_equal else Exit.BROKEN
