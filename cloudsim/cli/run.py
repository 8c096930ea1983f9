"""``cloudsim run``: run a scenario and print its result."""

import shlex
import sys
from contextlib import nullcontext, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import click

from cloudsim.cli.documents import echo_document
from cloudsim.cli.guard import Exit, tell_traceback
from cloudsim.cli.outputs import Outputs
from cloudsim.cli.progress import ProgressBar
from cloudsim.scenario.load import load_scenario
from cloudsim.scenario.runner import PreparedRun, Result, prepare
from cloudsim.scenario.settings import parse


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """The options of ``cloudsim run``."""

    seed: int
    assignments: tuple[str, ...]
    as_json: bool
    journal: Path | None
    outputs: tuple[tuple[str, Path], ...]
    quiet: bool
    verbose: bool
    no_color: bool
    debug: bool

    def again(self, scenario: str) -> str:
        """Write the command that runs the same once more."""
        words = ["cloudsim", "run", scenario, "--seed", str(self.seed)]
        for assignment in self.assignments:
            words += ["--set", assignment]
        return shlex.join(words)


def run_command(wanted: str, options: RunOptions) -> Exit:
    """Run a scenario.

    Args:
        wanted: its path or name.
        options: as given.

    Raises:
        CloudsimError: scenario, setting or world are wrong.
        CannotWrite: an output cannot be written.
    """
    # What a scenario prints itself must not get between a machine and its document.
    with redirect_stdout(sys.stderr) if options.as_json else nullcontext():
        run = prepare(load_scenario(wanted), seed=options.seed, given=parse(list(options.assignments)))
        with Outputs(options.journal, options.outputs) as outputs:
            result = _run(run, outputs, options)
    if options.debug and result.raised is not None:
        tell_traceback(result.raised)
    if options.as_json:
        echo_document(result.document())
    elif options.quiet:
        _tell_failures(result, options.again(wanted))
    else:
        from cloudsim.cli.result_view import print_result

        print_result(result, again=options.again(wanted), verbose=options.verbose, no_color=options.no_color)
    return Exit.OK if result.ok else Exit.BROKEN


def _run(run: PreparedRun, outputs: Outputs, options: RunOptions) -> Result:
    if options.quiet or not ProgressBar.is_wanted():
        return run.run(journal=outputs.journal)
    with ProgressBar() as progress:
        return run.run(journal=outputs.journal, progress=progress)


def _tell_failures(result: Result, again: str) -> None:
    """Say on stderr what is not as it should be, if anything."""
    for line in result.failures():
        click.echo(line, err=True)
    if not result.ok:
        click.echo(f"run it again: {again}", err=True)
