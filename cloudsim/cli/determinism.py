"""``cloudsim check-determinism``: run a scenario several times, and say where the runs part and what to look for."""

import sys
from contextlib import redirect_stdout
from dataclasses import dataclass

from cloudsim.cli.documents import echo_document
from cloudsim.cli.guard import Exit
from cloudsim.cli.progress import ProgressBar
from cloudsim.scenario.repeating import Repetition, check_determinism
from cloudsim.scenario.settings import parse


@dataclass(frozen=True, slots=True, kw_only=True)
class DeterminismOptions:
    """The options of ``cloudsim check-determinism``."""

    seed: int
    assignments: tuple[str, ...]
    procs: int
    context: int
    as_json: bool
    no_color: bool


def determinism_command(wanted: str, options: DeterminismOptions) -> Exit:
    """Run a scenario several times and compare.

    Args:
        wanted: its path or name.
        options: as given.

    Raises:
        CloudsimError: scenario, setting or world are wrong.
    """
    # What the scenario prints would come twice, and is not what was asked for.
    with redirect_stdout(sys.stderr):
        repetition = _repeat(wanted, options)
    if options.as_json:
        echo_document(repetition.document())
    else:
        from cloudsim.cli.determinism_view import print_repetition

        print_repetition(repetition, no_color=options.no_color)
    return Exit.OK if repetition.is_deterministic else Exit.BROKEN


def _repeat(wanted: str, options: DeterminismOptions) -> Repetition:
    with ProgressBar() as progress:
        return check_determinism(
            wanted,
            seed=options.seed,
            given=parse(list(options.assignments)),
            processes=options.procs,
            context=options.context,
            progress=progress if ProgressBar.is_wanted() else None,
        )
