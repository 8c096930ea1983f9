"""``cloudsim compare``: two sweeps side by side, for people, for machines and for CI."""

from dataclasses import dataclass

from cloudsim.cli.documents import echo_document
from cloudsim.cli.guard import Exit
from cloudsim.whatif.report.comparing.comparison import compare
from cloudsim.whatif.report.comparing.condition import read_condition
from cloudsim.whatif.report.comparing.matching import read_side


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareOptions:
    """The options of the command."""

    conditions: tuple[str, ...]
    figures: tuple[str, ...]
    every: bool
    as_json: bool
    no_color: bool


def compare_command(a: str, b: str, options: CompareOptions) -> Exit:
    """Compare two sweeps.

    Args:
        a: a folder of results, or one with ``#`` and the number of a variant.
        b: likewise.
        options: as given.

    Raises:
        ResultsError: there is nothing that can be compared, or a condition is none.
        MissingExtra: a library is missing.
    """
    conditions = [read_condition(text) for text in options.conditions]
    figures = options.figures or None
    comparison = compare(read_side(a), read_side(b), conditions=conditions, figures=figures, every=options.every)
    if options.as_json:
        echo_document(comparison.document())
    else:
        from cloudsim.cli.compare_view import comparison_parts
        from cloudsim.cli.paper import Paper

        Paper(no_color=options.no_color).show(*comparison_parts(comparison))
    return Exit.BROKEN if comparison.fails else Exit.OK
