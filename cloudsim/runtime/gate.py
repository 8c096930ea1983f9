"""The gate: trio programs in virtual time, one step at a time, in an order that the kernel decides.

One object is both trio's clock and an instrument of its. trio asks its clock how long to sleep only when no task can
run; that question is the gate's turn: it lets the kernel act until the kernel hands a step to a script or reaches
trio's next deadline, and answers "not at all". As an instrument it wraps each new task (see ``script``). So plain trio
code (sleep, timeouts, events, locks, channels, nurseries) runs unmodified, and the same run happens in every process,
whatever the hash seed, the addresses of objects or the lots that trio draws.

Rules of the order:

- Scripts step eagerly: what one step woke goes on in the order of spawning, ahead of all tickets of the kernel.
- At one instant, trio's deadlines come before the kernel's tickets.
- trio's clock is a float. A deadline is due at ``round(deadline * 1e9)``, and the time that trio reads is never less
  than a deadline that was served, or one half a nanosecond ahead would never expire. Results use ``now_ns`` alone.

A hook must not raise: trio drops an instrument that does, and dies of a clock that does. So a fault is kept, all
scripts are let go, the program is cancelled, and :meth:`Gate.run` raises the fault at the end.

What comes from outside of the run, a thread that calls in or a signal, has no instant here: it is no part of a
simulation, but for Ctrl-C.

Source: trio documentation, "trio.abc.Clock" and "Instrument API"; trio/_core/_run.py of 0.35.
"""

from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import trio
from trio.lowlevel import Task, current_root_task, current_task

from cloudsim.errors.own import Deadlock, EndlessRun, OutsideWait
from cloudsim.kernel.actor import LAST, Step
from cloudsim.kernel.kernel import Kernel
from cloudsim.runtime.deadlock import deadlock_report
from cloudsim.runtime.frames import describe_wait, outside_wait
from cloudsim.runtime.script import Script, Turnstile
from cloudsim.runtime.waiter import Waiter
from cloudsim.values.duration import SECOND, Ns, as_duration, format_duration

if TYPE_CHECKING:
    from cloudsim.runtime.sharing import Sharing

T = TypeVar("T")

STEPS_PER_VISIT: Final = 4096
"""After so many steps of the kernel trio has a look around, or Ctrl-C would wait for the end of the run."""


class Gate(trio.abc.Clock, trio.abc.Instrument):
    """The clock and the instrument of one run of trio in virtual time.

    Args:
        kernel: has the time, and may have actors of its own before and during the run.
        touches: says what the steps of scripts may touch, for those who ask the kernel's actors.
    """

    def __init__(self, kernel: Kernel, *, touches: Callable[[], object] = tuple) -> None:
        self.kernel = kernel
        self._turnstile = Turnstile(kernel, self._refuse_outside_wait, touches)
        self.served_trio = False
        """Whether a deadline of trio's own was served, which no strategy chooses."""
        self.sharing: Sharing | None = None
        """Watches what scripts share, where somebody wants to know."""
        self.steps_max: int | None = None
        """After so many steps the run is broken off; None for any number."""
        self._served = 0.0  # the last deadline of trio that was served
        self._idle_at = -1  # the count of steps when trio was last asked to look around
        self._spawned = 0
        self._scope = trio.CancelScope()
        self._fault: BaseException | None = None

    @property
    def is_alone(self) -> bool:
        """Whether the calling script is the only one, and has waited for all that it spawned."""
        scripts = self._turnstile.scripts
        if len(scripts) != 1:
            return False
        task = current_task()
        return task in scripts and not task.child_nurseries

    def run(self, function: Callable[..., Awaitable[T]], *args: object) -> T:
        """Run an async function to its end in virtual time; once for each gate.

        Args:
            function: what trio.run would take.
            args: its arguments.

        Returns:
            What the function returns.

        Raises:
            Deadlock: everybody waits and nothing is due; the text says who waits for what.
            EndlessRun: there were more steps than there may be.
            OutsideWait: a task waits for a thread, a socket or trio's idle probe.
            BaseException: what the function raises, or an actor of the kernel, as it is.
        """
        assert not self._spawned, "a gate runs once"
        try:
            return trio.run(self._root, function, args, clock=self, instruments=[self])
        finally:
            if self._fault is not None:
                raise self._fault

    async def sleep(self, duration: Ns | str) -> None:
        """Sleep by a ticket of the kernel; the quick way to wait.

        Args:
            duration: nanoseconds, or a text such as ``50ms``; at 0 all that is due in this instant may go first.
        """
        delay_ns = duration if type(duration) is int and duration >= 0 else as_duration(duration)
        if self._turnstile.is_shut:
            script = self._script()
            await script.parked(self.kernel.schedule(script, delay_ns))
        else:  # the kernel has stopped, and a clean-up wants to sleep
            await trio.sleep(delay_ns / SECOND)

    async def sleep_until(self, due_ns: Ns) -> None:
        """Sleep until an instant; at once, but for a checkpoint, if it has passed."""
        await self.sleep(max(0, due_ns - self.kernel.now_ns))

    async def settle(self) -> None:
        """Wait until every other script is parked and nothing more is due in this instant.

        It stands for trio's ``wait_all_tasks_blocked``, which has no meaning in virtual time. Several scripts that
        settle go on one after the other, each when the one before has come to rest.
        """
        script = self._script()
        await script.parked(self.kernel.schedule(script, priority=LAST))

    def waiter(self, why: str) -> Waiter[Any]:
        """Make a waiter, by which the calling script waits for a value from the fast lane.

        Args:
            why: what it waits for, in words, for the report of a deadlock.
        """
        return Waiter(self._script, why)

    def note_call(self, client: str) -> None:
        """Take note that the calling script makes a call, where somebody wants to know what scripts share."""
        if self.sharing is not None:
            script = self._turnstile.scripts.get(current_task())
            if script is not None:
                self.sharing.note_call(client, script.name, is_early=not self.kernel.chosen)

    # What trio calls.

    def start_clock(self) -> None:
        """Do nothing; the kernel's clock stands where it stands."""

    def current_time(self) -> float:
        """Tell trio the time in seconds, never less than a deadline that was served."""
        now = self.kernel.now_ns / SECOND
        return now if now > self._served else self._served

    def deadline_to_sleep_time(self, deadline: float) -> float:
        """Let the kernel act, since no task can; answer that trio is to go on at once.

        Args:
            deadline: trio's next deadline in seconds, or infinity.
        """
        turnstile, kernel = self._turnstile, self.kernel
        if not turnstile.is_shut:
            return self._unwind(deadline)
        if self.sharing is not None:
            self.sharing.look()
        if self.steps_max is not None and kernel.steps >= self.steps_max:
            told = f"{kernel.steps:,} steps, at {format_duration(kernel.now_ns)}"
            self._stop(EndlessRun(f"the run has not ended after {told}; perhaps a script waits in a loop for ever"))
            return 0
        if turnstile.arrived:
            turnstile.arrived.sort(key=_by_number)
            for script in turnstile.arrived:
                kernel.wake(script)
            turnstile.arrived.clear()
        try:
            horizon_ns = None if deadline == inf else self._due_ns(deadline)
            ended = kernel.run(steps=STEPS_PER_VISIT, horizon_ns=horizon_ns)
            if ended is Step.HANDED_OVER:
                return 0
        except BaseException as fault:  # noqa: BLE001  # a clock that raises kills trio; run() raises it
            self._stop(fault)
            return 0
        if ended is Step.HORIZON:
            self.served_trio = True
            self._served = max(self._served, deadline)
        elif ended is Step.IDLE:
            # A callback of trio's own may be on its way (run_sync_soon); trio sees it after one more look around.
            if self._idle_at == kernel.steps:
                self._stop(Deadlock(deadlock_report(turnstile.scripts, kernel.now_ns)))
            self._idle_at = kernel.steps
        return 0

    @trio.lowlevel.enable_ki_protection  # trio would swallow a Ctrl-C that struck in here, and ask no more
    def task_spawned(self, task: Task) -> None:
        """Put a new task behind the turnstile, before its first step."""
        if self._turnstile.is_shut:
            script = self._admit(task, task.coro, task.name)
            if self.sharing is not None:
                self.sharing.add(script.name, task.coro)
            nursery = task.parent_nursery
            is_system = nursery is not None and nursery.parent_task is current_root_task()
            wrapped: Any = script.run(is_system=is_system)
            task.coro = wrapped

    # The rest is how.

    @trio.lowlevel.enable_ki_protection
    async def _root(self, function: Callable[..., Awaitable[T]], args: tuple[object, ...]) -> T:
        async def main() -> T:
            return await function(*args)

        with self._scope:
            script = self._admit(current_task(), main(), _title_of(function))
            self._turnstile.is_shut = True
            try:
                return cast("T", await script.run())
            finally:
                self._open()
        assert self._fault is not None, "only a fault cancels the whole program"
        raise self._fault

    def _admit(self, task: Task, coroutine: Coroutine[Any, Any, object], title: str) -> Script:
        script = Script(self._turnstile, task, coroutine, title=title, number=self._spawned)
        self._spawned += 1
        self._turnstile.scripts[task] = script
        return script

    def _script(self) -> Script:
        """Find the script that calls."""
        task = current_task()
        script = self._turnstile.scripts.get(task)
        assert script is not None, "called from a task of this gate's run"
        if self.sharing is not None and any(nursery.child_tasks for nursery in task.child_nurseries):
            self.sharing.note_beside(script.name)
        return script

    def _due_ns(self, deadline: float) -> Ns | None:
        """Round a deadline of trio to an instant of the kernel; None if it is beyond all numbers."""
        now_ns = self.kernel.now_ns
        if deadline <= self.current_time():
            return now_ns
        due = deadline * SECOND
        return None if due == inf else max(now_ns, round(due))

    def _refuse_outside_wait(self, script: Script) -> None:
        outside = outside_wait(script.coroutine)
        if outside is not None:
            where = describe_wait(script.coroutine).place
            self._stop(OutsideWait(f"{script.name} waits for {outside} ({where})"))

    def _stop(self, fault: BaseException) -> None:
        """Keep the fault, let all scripts go and cancel the program."""
        self._fault = fault
        self._open()
        self._scope.cancel()

    def _open(self) -> None:
        self._turnstile.is_shut = False
        for script in self._turnstile.scripts.values():
            script.release()

    def _unwind(self, deadline: float) -> float:
        """Serve a program that ends: deadlines are jumped to, and what waits outside is waited for."""
        if deadline < inf:
            self._served = max(self._served, deadline)
            return 0
        scripts = self._turnstile.scripts.values()
        if self._fault is None or not scripts or any(outside_wait(script.coroutine) for script in scripts):
            return inf
        # All that is left is shielded from the cancellation and waits for what never comes. The youngest first: a
        # parent waits for its children, and ends of itself when they have.
        youngest = max(scripts, key=_by_number)
        if youngest.is_forced:
            raise self._fault
        youngest.force(self._fault)
        return 0


def _by_number(script: Script) -> int:
    return script.number


def _title_of(function: Callable[..., object]) -> str:
    """Name a function as scripts are named."""
    while isinstance(function, partial):
        function = function.func
    return str(getattr(function, "__qualname__", type(function).__qualname__)).rpartition("<locals>.")[2]
