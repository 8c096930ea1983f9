"""The recorder: writes down what reaches a simulation, so that it can be done again.

The form is that of :mod:`cloudsim.scenario.recording`. A line is written before what it tells of happens, with the
place at which it does: the steps of the kernel and its clock.
"""

from collections.abc import Callable
from typing import Final

import msgspec

from cloudsim.api.params import to_parameters
from cloudsim.gateway.door import Asked
from cloudsim.scenario.recording import (
    FORMAT,
    AnyLine,
    Begin,
    ByHandIn,
    CallIn,
    ChangeIn,
    End,
    Head,
    RefusedIn,
)
from cloudsim.simulation.simulation import Simulation
from cloudsim.version import __version__

BEGINNING: Final = ("reset", "seed", "world", "restore")
"""Paths of the admin API that put another simulation in the place of the one that is served."""


class Recorder:
    """Writes one recording.

    Args:
        write: takes whole lines; it may raise, and then the server ends.
    """

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._simulation: Simulation | None = None
        self._heard: list[str] = []
        self._before = (0, 0)
        self._put(Head(format=FORMAT, cloudsim=__version__))

    def begin(self, begin: Begin, simulation: Simulation) -> None:
        """Begin a segment, and end the one before."""
        self.end()
        self._put(begin)
        self._simulation = simulation

    def note_call(self, asked: Asked) -> None:
        """Write down a call that is about to be submitted."""
        steps, t = self._place()
        caller = asked.caller
        heard, self._heard = tuple(self._heard), []
        self._put(CallIn(
            steps=steps, t=t, name=f"{caller.name}/{caller.count + 1}", account=caller.account, user=caller.user,
            parameters=to_parameters(asked.request), unknown=asked.unknown, heard=heard,
        ))  # fmt: skip

    def note_answer(self, call: str) -> None:
        """Note that a call has been answered, for the line of the next one."""
        self._heard.append(call)

    def note_refusal(self, code: str) -> None:
        """Write down that the gateway has refused a request."""
        steps, t = self._place()
        self._put(RefusedIn(steps=steps, t=t, code=code))

    def mark(self) -> None:
        """Remember the place, before somebody changes the simulation by the admin API or in this process."""
        self._before = self._place()

    def note_change(self, path: str, body: bytes) -> None:
        """Write down what the admin API changed since :meth:`mark`; what begins a segment stands there already."""
        if path not in BEGINNING:
            steps, t = self._before
            self._put(ChangeIn(steps=steps, t=t, path=path, body=body.decode()))

    def note_by_hand(self) -> None:
        """Write down that this process had the simulation in its hands since :meth:`mark`."""
        steps, t = self._before
        self._put(ByHandIn(steps=steps, t=t))

    def end(self) -> None:
        """End the segment, if one is open, with the digest that it came to."""
        simulation = self._simulation
        if simulation is not None:
            steps, t = self._place()
            journal = simulation.cloud.journal
            self._put(End(steps=steps, t=t, digest=journal.digest(), events=journal.events))
            self._simulation, self._heard = None, []

    def _place(self) -> tuple[int, int]:
        assert self._simulation is not None, "a segment is open"
        kernel = self._simulation.kernel
        return kernel.steps, kernel.now_ns

    def _put(self, line: AnyLine) -> None:
        self._write(msgspec.json.encode(line) + b"\n")
