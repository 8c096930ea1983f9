"""Orders that hypothesis chooses: at each step, among all that could be next, a number is drawn.

0 is run-to-block: whoever stepped last goes on if it can, else the first in line. So shrinking numbers means shrinking
towards the order in which nobody is interrupted, and what is left are the steps that matter.
"""

from typing import Protocol

from hypothesis import note
from hypothesis import strategies as st

from cloudsim.exploration.ready import Ready, deviations


class _Draws(Protocol):
    """The part of ``random.Random`` that is used."""

    def randrange(self, stop: int, /) -> int:
        """Draw a number from 0 to below ``stop``."""


class DrawnOrder(Ready):
    """A strategy of the kernel whose choices are drawn; for one simulation.

    Its :attr:`log` has every step. In a failing example each choice that is not run-to-block is noted.

    Args:
        draws: where numbers come from.
    """

    def __init__(self, draws: _Draws) -> None:
        super().__init__(self)
        self._draws = draws

    def choose(self, _ready: Ready) -> str:
        """Name the step that is drawn; where only one is pending, nothing is drawn."""
        base = self.base()
        if len(self.tickets) == 1:
            return base
        number = self._draws.randrange(len(self.tickets))
        if not number:
            return base
        chosen = [key for key in self.tickets if key != base][number - 1]
        note(f"step {len(self.log)}: {chosen} in place of {base}")
        return chosen

    def __repr__(self) -> str:
        """Say where it has not been run-to-block so far."""
        return f"DrawnOrder({deviations(self.log)})"


@st.composite
def schedules(draw: st.DrawFn) -> DrawnOrder:
    """Give orders, as the ``strategy`` of a Simulation or a Session."""
    return DrawnOrder(draw(st.randoms(use_true_random=False)))
