"""Replay by choices: run-to-block with some deviations, each told by the number of the step and who makes it."""

from collections.abc import Mapping

from cloudsim.exploration.program import Diverged
from cloudsim.exploration.ready import Ready


class Replayed:
    """The chooser that makes exactly the choices of a schedule.

    Args:
        choices: who makes a step where it is not run-to-block, by the number of the step.
        is_strict: whether somebody who is not pending ends the run; else run-to-block goes on.
    """

    def __init__(self, choices: Mapping[int, str], *, is_strict: bool = True) -> None:
        self._choices = choices
        self._is_strict = is_strict

    def choose(self, ready: Ready) -> str:
        """Name who made this step.

        Raises:
            Diverged: he is not pending.
        """
        number = len(ready.log)
        chosen = self._choices.get(number)
        if chosen is None:
            return ready.base()
        if chosen in ready.tickets:
            return chosen
        if self._is_strict:
            pending = ", ".join(ready.tickets)
            raise Diverged(f"step {number} was made by {chosen}, and now only {pending} can make it")
        return ready.base()
