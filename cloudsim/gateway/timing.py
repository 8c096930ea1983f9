"""Timing: when the simulation runs that is asked, between the wall's time and none at all.

``on-request``, the default: no time passes but for those who ask. What is read in one look at the sockets is let in
together, so that those calls compete under the schedule strategy, and the simulation runs until each has its answer;
what goes on after it (an attachment, a launch) waits. A description first lets time pass until the next transition of
something that it names, and a refusal that waiting may cure until that of anything, so whoever waits for a status, or
tries until it may, comes to it by asking. ``real`` and ``x10`` let virtual time follow the wall, once or ten times as
fast. ``step`` lets nothing pass; the admin API does.

All of them run the same simulation; they differ in nothing but the horizon to which they let it run.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from math import inf
from typing import Final, Protocol

import trio

from cloudsim.errors.own import SettingError
from cloudsim.gateway.door import Visit
from cloudsim.gateway.reception import Arrival, Reception
from cloudsim.gateway.transitions import advance_after, advance_for
from cloudsim.kernel.actor import Step
from cloudsim.simulation.simulation import Simulation
from cloudsim.values.duration import SECOND, Ns

ON_REQUEST: Final = "on-request"
REAL: Final = "real"
STEP: Final = "step"
_STEPS_AT_A_TIME: Final = 1_000
"""Of the kernel: some milliseconds. A call needs a dozen, and what is due before its answer."""
_TIMES: Final = re.compile(r"x([0-9]{1,6}(?:\.[0-9]{1,6})?)", re.ASCII)


class Timing(Protocol):
    """Decides when the simulation runs."""

    name: str

    async def ask(self, arrival: Arrival) -> None:
        """Let a request in, and wait until it is answered."""
        ...

    def follow(self) -> None:
        """Bring the clock to the present, where it follows the wall: before anybody looks at it or changes anything."""
        ...

    def changed(self) -> None:
        """Be told that somebody has changed the simulation, moved its time or put another one in its place."""
        ...

    async def run(self) -> None:
        """Let time pass by itself, as long as the server runs."""
        ...


class OnRequest:
    """No time passes but for those who ask.

    Args:
        reception: where requests go.
    """

    name = ON_REQUEST

    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._arrived: list[Arrival] = []
        self._is_gathering = False
        self._work: Iterator[Step] | None = None
        """What is done for those who were read together, step by step."""
        self._unfinished = trio.Event()
        """Set while there is more of it than a request may take for itself."""

    async def ask(self, arrival: Arrival) -> None:
        """Wait for all that is read in the same look at the sockets, and run until these are answered."""
        self._arrived.append(arrival)
        if not self._is_gathering and not self._unfinished.is_set():
            if self._reception.clients > 1:
                # All others that were read with this one are there when trio has been round once.
                self._is_gathering = True
                await trio.lowlevel.cancel_shielded_checkpoint()
                self._is_gathering = False
            if not self._go_on():
                self._unfinished.set()
        await arrival.wait()

    def _go_on(self) -> bool:
        """Do what is asked, as far as it takes no more than some steps, and say whether all is done."""
        for _ in range(_STEPS_AT_A_TIME):
            if self._work is None:
                if not self._arrived:
                    return True
                self._work = self._serve()
            work, self._work = self._work, None  # which it is no more if it fails
            if next(work, None) is not None:
                self._work = work
        return False

    def _serve(self) -> Iterator[Step]:
        arrived, self._arrived = self._arrived, []
        arrived.sort(key=lambda arrival: arrival.connection)  # trio wakes who was read together in any order
        reception, simulation = self._reception, self._reception.door.simulation
        calls = [(arrival, asked) for arrival in arrived if (asked := reception.read(arrival)) is not None]
        for _, asked in calls:
            yield from advance_for(simulation, asked.request)
        if reception.door.simulation is not simulation:
            for arrival, _ in calls:  # of whom they were asked was put away meanwhile
                arrival.end(None)
            return
        is_alone = len(calls) == 1
        visits = [reception.enter(arrival, asked, is_alone=is_alone) for arrival, asked in calls]
        yield from _until_over(simulation, visits)
        yield from advance_after(simulation, [visit.reply.error for visit in visits if visit.reply.error is not None])
        reception.deliver()

    def follow(self) -> None:
        """Do nothing."""

    def changed(self) -> None:
        """Give out what has come by it."""
        self._reception.deliver()

    async def run(self) -> None:
        """Do what takes long, and let others have their turn now and then: signals, the admin API, whoever connects."""
        while True:
            await self._unfinished.wait()
            while not self._go_on():
                await trio.lowlevel.checkpoint()
            self._unfinished = trio.Event()


def _until_over(simulation: Simulation, visits: list[Visit]) -> Iterator[Step]:
    """Make steps until all visits are over, or the rest of them is held and somebody else has to let them go on."""
    under_way = [visit for visit in visits if not visit.is_over]
    while under_way:
        if under_way[-1].is_over:
            under_way.pop()
            continue
        stepped = simulation.kernel.step()
        if stepped is not Step.RAN:
            return
        yield stepped


class Stepped:
    """No time passes at all but by the admin API.

    Args:
        reception: where requests go.
    """

    name = STEP

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    async def ask(self, arrival: Arrival) -> None:
        """Let a call in, which stays where it is until somebody lets time pass."""
        asked = self._reception.read(arrival)
        if asked is not None:
            self._reception.enter(arrival, asked)
        await arrival.wait()

    def follow(self) -> None:
        """Do nothing."""

    def changed(self) -> None:
        """Give out what has come by it."""
        self._reception.deliver()

    async def run(self) -> None:
        """Do nothing."""


class Following:
    """Virtual time follows the wall.

    Args:
        reception: where requests go.
        name: as it was asked for.
        pace: virtual time in a unit of the wall's.
    """

    def __init__(self, reception: Reception, *, name: str, pace: Fraction) -> None:
        self.name = name
        self._reception = reception
        self._pace = pace
        self._began_s: float | None = None
        self._base_ns: Ns = 0
        self._changed = trio.Event()

    def _wanted_ns(self) -> Ns:
        """What virtual time should be now."""
        now_s = trio.current_time()
        if self._began_s is None:
            self._begin(now_s)
        assert self._began_s is not None, "it has begun"
        passed_ns = round((now_s - self._began_s) * SECOND)
        return self._base_ns + passed_ns * self._pace.numerator // self._pace.denominator

    def _begin(self, now_s: float) -> None:
        self._began_s, self._base_ns = now_s, self._reception.door.simulation.now_ns

    def follow(self) -> None:
        """Do all that is due by now."""
        simulation = self._reception.door.simulation
        # Whoever moved time on by hand has put it ahead of the wall, which takes a while to come there.
        simulation.run(until_ns=max(simulation.now_ns, self._wanted_ns()))
        self._reception.deliver()

    async def ask(self, arrival: Arrival) -> None:
        """Let a call in at the present instant."""
        self.follow()
        asked = self._reception.read(arrival)
        if asked is not None:
            self._reception.enter(arrival, asked)
            self._changed.set()
        await arrival.wait()

    def changed(self) -> None:
        """Count from the present instant of the simulation that is there now."""
        self._begin(trio.current_time())
        self._reception.deliver()
        self._changed.set()

    async def run(self) -> None:
        """Follow the wall from one thing that is due to the next."""
        while True:
            self._changed = trio.Event()
            self.follow()
            due_ns = self._reception.door.simulation.kernel.next_due_ns
            with trio.move_on_at(inf if due_ns is None else self._when(due_ns)):
                await self._changed.wait()

    def _when(self, due_ns: Ns) -> float:
        """The time of the wall by which an instant has passed."""
        assert self._began_s is not None, "it has begun"
        ahead_ns = (due_ns + 1 - self._base_ns) * self._pace.denominator / self._pace.numerator
        return self._began_s + ahead_ns / SECOND


def require_time(name: str) -> str:
    """Take the name of a timing.

    Raises:
        SettingError: there is none of that name.
    """
    times = _TIMES.fullmatch(name)
    if name in (ON_REQUEST, REAL, STEP) or (times is not None and Fraction(times[1]) > 0):
        return name
    raise SettingError(f"time passes {ON_REQUEST}, {REAL}, xN (such as x10, ten times as fast) or {STEP}, not {name!r}")


def timing_named(name: str, reception: Reception) -> Timing:
    """Make a timing of a name that :func:`require_time` has accepted.

    Args:
        name: the name.
        reception: where requests go.
    """
    if name == ON_REQUEST:
        return OnRequest(reception)
    if name == STEP:
        return Stepped(reception)
    return Following(reception, name=name, pace=Fraction(1) if name == REAL else Fraction(name[1:]))
