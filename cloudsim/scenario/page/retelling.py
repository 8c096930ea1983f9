"""A small failing run, made once more with its journal kept: which lines each of its steps wrote.

A line belongs to the step during which it was written; what scripts say after a step, before the next one is chosen,
belongs to it too. Nothing is matched by names, so it holds for any program.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from cloudsim.exploration.footprints import touches_of
from cloudsim.exploration.order import contended_keys
from cloudsim.exploration.ready import BEFORE_ALL, Ready, Step, deviations
from cloudsim.exploration.replay import Replayed
from cloudsim.exploration.shrinking import Failing
from cloudsim.exploration.threads import threads_of
from cloudsim.kernel.actor import Ticket
from cloudsim.resources.journal import Journal
from cloudsim.resources.ledger import Mode
from cloudsim.scenario.explore import Findings, Found
from cloudsim.scenario.exploring import ScenarioProgram
from cloudsim.scenario.schedule import to_token

STEPS_MAX: Final = 300
"""With more steps than these only those are shown that decide, or touch what another thread touches;"""
STEPS_MAX_AT_ALL: Final = 1500
"""and no more of them than these."""


class _Listening(Ready):
    """Notes how long the journal was before each step."""

    def __init__(self, choices: dict[int, str], journal: Journal) -> None:
        super().__init__(Replayed(choices, is_strict=False))
        self._journal = journal
        self.starts: list[int] = []

    def pop(self) -> Ticket:
        self.starts.append(self._journal.events)
        return super().pop()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal."""

    step: int
    """During which it was written; ``BEFORE_ALL`` for what came before the first one."""
    text: bytes
    """As it is in the journal."""

    @property
    def said(self) -> dict[str, Any]:
        """The line, read."""
        said: dict[str, Any] = msgspec.json.decode(self.text)
        return said


@dataclass(frozen=True, slots=True)
class Retold:
    """A run with all that is needed to draw it."""

    log: Sequence[Step]
    lines: Sequence[Line]
    is_same: bool
    """Whether it was the very run that was found."""

    def contended(self) -> list[str]:
        """The keys that several actors touch and somebody changes, in the order in which they are first touched."""
        return contended_keys(self.log)

    def threads(self) -> list[str]:
        """Who steps, in the order of the first steps."""
        threads = threads_of(self.log)
        return list(dict.fromkeys(threads[step.key] for step in self.log))

    def deciding(self) -> dict[int, str]:
        """The steps at which it is not run-to-block, and who makes them."""
        return dict(deviations(list(self.log)))

    def shown(self) -> list[int]:
        """The numbers of the steps to draw: all of a short run, of a longer one those that matter."""
        if len(self.log) <= STEPS_MAX:
            return list(range(len(self.log)))
        keys, deciding = frozenset(self.contended()), self.deciding()
        matter = [
            number
            for number, step in enumerate(self.log)
            if number in deciding or any(key in keys for key, _ in touches_of(step.footprint))
        ]
        return matter[:STEPS_MAX_AT_ALL]

    def left_out(self) -> str:
        """Say which steps are not drawn; empty if all are."""
        number = len(self.log) - (drawn := len(self.shown()))
        if drawn == STEPS_MAX_AT_ALL:
            return f"Only the first {drawn} steps that matter are drawn, of {len(self.log)} steps in all."
        told = f"{number} of {len(self.log)} steps are left out, which decide nothing and meet nobody."
        return told if number else ""


def retell(failing: Failing) -> Retold:
    """Make a run once more and listen."""
    program = failing.program
    assert isinstance(program, ScenarioProgram), "only runs of scenarios have a journal"
    journal = Journal(keep=True)
    ready = _Listening(dict(deviations(list(failing.log))), journal)
    run, _ = program.run_whole(ready, journal=journal)
    step, lines = BEFORE_ALL, list[Line]()
    for number, text in enumerate(journal.lines):
        while step + 1 < len(ready.starts) and ready.starts[step + 1] <= number:
            step += 1
        lines.append(Line(step, text))
    return Retold(ready.log, lines, run.digest == failing.run.digest)


def failing_runs(findings: Findings) -> dict[str, list[Found]]:
    """Sort what was found by the runs that show it: for each token of a run all that is wrong with it."""
    runs: dict[str, list[Found]] = {}
    for found in findings.found:
        runs.setdefault(to_token(found.schedule), []).append(found)
    return runs


def common_ground(log: Sequence[Step], number: int) -> list[str]:
    """Name what a deciding step and its followers touch, before whoever was passed over goes on, and he touches too.

    Args:
        log: of the run.
        number: of the deciding step.
    """
    passed = log[number].base
    after = next((at for at in range(number, len(log)) if log[at].key == passed), len(log))
    meanwhile: dict[str, Mode] = {}
    for step in log[number:after]:
        for key, mode in touches_of(step.footprint):
            had = meanwhile.get(key)
            meanwhile[key] = mode if had is None or had is mode else Mode.WRITE
    met: dict[str, None] = {}
    for step in log[after:]:
        if step.key == passed:
            for key, mode in touches_of(step.footprint):
                if key in meanwhile and (mode is Mode.WRITE or mode is not meanwhile[key]):
                    met[key] = None
    return list(met)
