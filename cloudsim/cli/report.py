"""``cloudsim report``: write the page of a sweep, and say what it says first."""

from pathlib import Path
from typing import Final

import click

from cloudsim.cli.documents import echo_document
from cloudsim.cli.outputs import CannotWrite
from cloudsim.cli.sweep_view import last_first
from cloudsim.whatif.report import PAGE, read_results, write_report
from cloudsim.whatif.report.findings import findings_of

FORMAT_VERSION: Final = 1
"""Of the JSON document; additions keep it, anything else raises it."""


def report_command(folder: Path, *, path: Path | None, with_plots: bool, as_json: bool) -> None:
    """Write the page.

    Args:
        folder: of the results.
        path: of the page; in the folder unless given.
        with_plots: whether it has plots.
        as_json: print what was found as a document.

    Raises:
        ResultsError: the folder has no results.
        MissingExtra: a library is missing.
        CannotWrite: the page cannot be written.
    """
    results = read_results(folder)
    try:
        written = write_report(results, with_plots=with_plots, path=path)
    except OSError as reason:
        raise CannotWrite(folder / PAGE if path is None else path, reason) from reason
    findings = list(findings_of(results))
    if as_json:
        told = [{"tone": one.tone.value, "text": one.text} for one in findings]
        echo_document({"format_version": FORMAT_VERSION, "page": str(written), "findings": told})
        return
    click.echo(f"Page: {written}\n")
    for one in last_first(findings):
        click.echo(one.text)
