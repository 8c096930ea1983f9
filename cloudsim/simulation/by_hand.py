"""Orders said by hand: a call is suspended at a phase until it is released, without any search.

Source: trio's Sequencer, for tools that say an order in a test.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cloudsim.errors.own import SettingError, require
from cloudsim.kernel.kernel import Kernel
from cloudsim.operations.operation import Phase, as_phase
from cloudsim.simulation.reply import Reply
from cloudsim.values.ids import CallName

if TYPE_CHECKING:
    from cloudsim.simulation.journey import Journey


class ByHand:
    """The side of a simulation by which a test says an order."""

    kernel: Kernel
    _in_flight: dict[CallName, Journey]

    def __init__(self) -> None:
        self._on_held: dict[CallName, list[Callable[[bool], object]]] = {}

    def hold(self, reply: Reply, at: Phase) -> None:
        """Suspend a call when it is about to do a phase, until :meth:`release`.

        Args:
            reply: of the call.
            at: a phase that it has not begun to do.

        Raises:
            SettingError: the call is over, or there is no such phase.
        """
        phase = as_phase(at)
        require(reply, Reply, "hold")
        if reply.call.name not in self._in_flight:
            raise SettingError(f"{reply.call.name} is over, and cannot be held at {at}")
        reply.journey.stop_at = phase

    def release(self, reply: Reply) -> None:
        """Let a held call go on, at the present instant, as far as it has been told to stop again meanwhile.

        One that has not come to where it is to be held will not stop there.
        """
        require(reply, Reply, "release")
        journey = reply.journey
        if not journey.is_held or journey.stop_at is journey.phase:
            journey.stop_at = None
        if journey.is_held:
            journey.is_held = False
            reply.say("")
            self.kernel.schedule(journey, priority=journey.priority)

    def when_held(self, reply: Reply, told: Callable[[bool], object]) -> None:
        """Tell ``told`` True once the call has come to where it is held, or False once it is over without that."""
        name = reply.call.name
        if reply.journey.is_held or name not in self._in_flight:
            told(reply.journey.is_held)
        else:
            self._on_held.setdefault(name, []).append(told)

    def note_held(self, journey: Journey) -> None:
        """A journey has come to where it is held, or is over."""
        for told in self._on_held.pop(journey.name, ()):
            told(journey.is_held)
