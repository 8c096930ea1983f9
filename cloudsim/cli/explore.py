"""``cloudsim explore``: try many orders, and say what was found."""

import shlex
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cloudsim.cli.documents import echo_document
from cloudsim.cli.guard import Exit
from cloudsim.cli.outputs import CannotWrite, OutputFile
from cloudsim.cli.progress import ProgressBar
from cloudsim.errors.own import SettingError
from cloudsim.scenario.explore import Budget, Exploration, Findings
from cloudsim.scenario.failures import Failures
from cloudsim.scenario.schedule import Schedule
from cloudsim.scenario.settings import parse

INTERRUPTED: Final = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class ExploreOptions:
    """The options of ``cloudsim explore``."""

    seed: int
    assignments: tuple[str, ...]
    strategy: str
    mode: str
    schedules: int | None
    seconds: float | None
    events: int | None
    steps: int
    preemptions_max: int | None
    seeks_faults: bool
    audits_events: bool
    stops_at_first: bool
    jobs: int
    no_shrink: bool
    no_remember: bool
    outputs: tuple[tuple[str, Path], ...]
    as_json: bool
    quiet: bool
    no_color: bool

    def exploration(self, wanted: str) -> Exploration:
        """Say what is to be explored.

        Raises:
            SettingError: a setting is said twice, or belongs to another option.
        """
        given = parse(list(self.assignments))
        if "strategy" in given:
            raise SettingError("explore takes its strategy by --strategy, not by --set")
        return Exploration(
            wanted=wanted, seed=self.seed, given=dict(given), mode=self.mode, strategy=self.strategy,
            preemptions_max=self.preemptions_max, seeks_faults=self.seeks_faults, audits_events=self.audits_events,
            budget=Budget(
                schedules=self.schedules, seconds=self.seconds, events=self.events, steps=self.steps,
                stops_at_first=self.stops_at_first,
            ),
            jobs=self.jobs, shrinks=not self.no_shrink,
        )  # fmt: skip

    def again(self, wanted: str) -> str:
        """Write the command that explores the same once more."""
        words = ["cloudsim", "explore", wanted, "--seed", str(self.seed)]
        for assignment in self.assignments:
            words += ["--set", assignment]
        words += [] if self.strategy == "auto" else ["--strategy", self.strategy]
        words += [] if self.mode == "async" else ["--mode", self.mode]
        words += ["--faults"] if self.seeks_faults else []
        return shlex.join(words)


def explore_command(wanted: str, options: ExploreOptions) -> Exit | int:
    """Explore a scenario.

    Raises:
        CloudsimError: the scenario, a setting or the world is wrong.
        CannotWrite: an output cannot be written.
    """
    exploration = options.exploration(wanted)
    failures = Failures()
    # What a scenario prints itself, run after run, must not get between people, or a machine, and the report.
    with redirect_stdout(sys.stderr):
        exploration.program()  # what is wrong with it is told before any file is opened
        outputs = [(kind, OutputFile(path)) for kind, path in options.outputs]
        known = [] if options.no_remember else [schedule for _, schedule in failures.of(wanted, exploration.given)]
        findings = _explored(exploration, known, options)
    files = {} if options.no_remember else _keep(findings, failures)
    for kind, file in outputs:
        file.write(_page(kind, findings, files, again=options.again(wanted)))
        file.close()
    if options.as_json:
        echo_document(findings.document(files))
    elif not options.quiet or not findings.ok:
        from cloudsim.cli.findings_view import print_findings

        print_findings(findings, files, again=options.again(wanted), no_color=options.no_color)
    if findings.was_interrupted:
        return INTERRUPTED
    return Exit.OK if findings.ok else Exit.BROKEN


def _explored(exploration: Exploration, known: Sequence[Schedule], options: ExploreOptions) -> Findings:
    if options.quiet or not ProgressBar.is_wanted():
        return exploration.run(remembered=known)
    with ProgressBar() as progress:
        return exploration.run(remembered=known, progress=progress)


def _keep(findings: Findings, failures: Failures) -> dict[str, str]:
    """Write every failure down, and give the files by kind."""
    files: dict[str, str] = {}
    for found in findings.found:
        try:
            files[found.kind] = str(failures.keep(found.schedule))
        except OSError as error:
            raise CannotWrite(Path(".cloudsim/failures"), error) from error
    return files


def _page(kind: str, findings: Findings, files: dict[str, str], *, again: str) -> bytes:
    from cloudsim.scenario.page import chrome_of, write_page

    return chrome_of(findings) if kind == "chrome" else write_page(findings, files, again=again).encode()
