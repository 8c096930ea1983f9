"""Scripts: trio tasks as the kernel sees them, and the turnstile that lets one of them step at a time.

trio steps all ready tasks as one batch, in an order that it draws by lot, and wakes the waiters of an event in the
order of their addresses. So nothing of a task may step when trio says so. Each task's coroutine is wrapped: when trio
resumes it, the wrapper notes that it *arrived* and parks again, until the kernel grants it the step. A batch then holds
one task, and the lot has nothing to decide.

What the kernel itself wakes (a sleep of ours, an answer) is granted with the wake, so it takes one trip through trio
instead of two. A task cannot be cancelled between its arrival and its grant, as no task can that trio made ready.

Only public names of trio are used. The wrapper is a real coroutine, since trio's locks look at the coroutine's state;
in it Ctrl-C is held back, for one in the midst of the gate would lose a step, and inside it is let through again.

Source: trio documentation, "Low-level operations"; trio/_core/_run.py of 0.35.
"""

import re
import types
from collections.abc import Callable, Coroutine, Generator
from typing import Any, Final, NoReturn, TypeVar, cast

import outcome
from trio.lowlevel import (
    Abort,
    Task,
    disable_ki_protection,
    enable_ki_protection,
    reschedule,
    wait_task_rescheduled,
)

from cloudsim.kernel.actor import HANDED_OVER, HandedOver
from cloudsim.kernel.kernel import Kernel

T = TypeVar("T")
Trap = object
"""What a coroutine yields to trio; trio's own type is private."""

STEPPING: Final = 0
"""It steps, or it is parked in a primitive of trio."""
WAITING: Final = -1
"""Parked until somebody wakes it."""
GRANTED: Final = -2
"""The kernel will resume it in this instant; it cannot be cancelled now."""


def make_trap(abort: Callable[[Callable[[], NoReturn]], Abort]) -> Trap:
    """Make what ``wait_task_rescheduled(abort)`` yields, to be yielded any number of times."""
    return wait_task_rescheduled(abort).__await__().send(None)  # noqa: ASYNC105  # only its trap is wanted


_ADDRESS: Final = re.compile(" at 0x[0-9a-fA-F]+")

AT_THE_GATE: Final[Trap] = make_trap(lambda _: Abort.FAILED)


@disable_ki_protection
async def open_to_interrupts(coroutine: Coroutine[Any, Any, T]) -> T:
    """Let Ctrl-C through in the frames inside."""
    return await coroutine


class Turnstile:
    """What the gate and its scripts share: who arrived, and who passes.

    Args:
        kernel: grants the steps.
        inspect: called with each script that parks in a primitive of trio.
        touches: says what the steps of scripts may touch.
    """

    __slots__ = ("arrived", "inspect", "is_shut", "kernel", "passing", "scripts", "touches")

    def __init__(
        self, kernel: Kernel, inspect: "Callable[[Script], None]", touches: Callable[[], object] = tuple
    ) -> None:
        self.kernel = kernel
        self.inspect = inspect
        self.touches = touches
        self.is_shut = False
        self.arrived: list[Script] = []
        self.passing: Script | None = None
        self.scripts: dict[Task, Script] = {}


class Script:
    """A trio task as an actor of the kernel.

    Args:
        turnstile: where it waits for its steps.
        task: the trio task.
        coroutine: what people wrote, inside all wrappers.
        title: what people or trio call the task.
        number: how many tasks were spawned before it in this run.
    """

    __slots__ = ("_title", "_trap", "coroutine", "is_forced", "number", "state", "task", "turnstile", "why")

    def __init__(
        self, turnstile: Turnstile, task: Task, coroutine: Coroutine[Any, Any, object], *, title: str, number: int
    ) -> None:
        self.turnstile = turnstile
        self.task = task
        self.coroutine = coroutine
        self.number = number
        self._title = title
        self.state = STEPPING
        """One of the constants above, or the ticket of the kernel that it sleeps on."""
        self.why = ""
        """What it waits for, in words, where a waiter knows."""
        self.is_forced = False
        self._trap: Trap | None = None

    @property
    def name(self) -> str:
        """A name that is equal in every run, such as ``worker#3``; made when asked for, which is seldom."""
        title, function = self._title, str(getattr(self.coroutine, "__qualname__", "script"))
        if title.endswith(function) or _ADDRESS.search(title):
            # trio's own name for it, with the module (which is not the same for a script and for a module) or the repr.
            title = function.rpartition("<locals>.")[2]
        return f"{title}#{self.number}"

    def footprint(self) -> object:
        """What a step may touch, which is the same for all scripts."""
        return self.turnstile.touches()

    def resume(self) -> HandedOver | None:
        """Let trio step the task next; an actor's ``resume``."""
        turnstile = self.turnstile
        if not turnstile.is_shut:
            return None  # the run is over or unwinds, and trio steps its tasks alone
        self.state = STEPPING
        turnstile.passing = self
        reschedule(self.task)
        return HANDED_OVER

    @types.coroutine
    def parked(self, state: int) -> Generator[Trap, Any, None]:
        """Park until the kernel resumes the script.

        Args:
            state: ``WAITING``, or a ticket of the kernel.

        Raises:
            trio.Cancelled: it was cancelled first.
        """
        self.state = state
        if self._trap is None:
            self._trap = make_trap(self._abort)
        (yield self._trap).unwrap()

    def wake(self) -> None:
        """Resume a script that is ``WAITING``, in its turn; one that was cancelled meanwhile is left alone."""
        if self.state == WAITING:
            self.state = GRANTED
            self.turnstile.kernel.wake(self)
            if not self.turnstile.is_shut:
                self.release()

    def release(self) -> None:
        """Let a script that waits for its grant go without it."""
        if self.state == GRANTED:
            self.state = STEPPING
            reschedule(self.task)

    def force(self, fault: BaseException) -> None:
        """Raise a fault where the script waits, shielded or not; once, in a program that has no other way out.

        What it waits for may still think that it waits, so this is for the end of a run only.
        """
        self.is_forced = True
        self.state = STEPPING
        reschedule(self.task, outcome.Error(fault))

    def _abort(self, _: Callable[[], NoReturn]) -> Abort:
        if self.state == GRANTED:
            return Abort.FAILED
        if self.state > 0:
            self.turnstile.kernel.cancel(self.state)
        self.state = STEPPING
        return Abort.SUCCEEDED

    @enable_ki_protection
    async def run(self, *, is_system: bool = False) -> object:
        """Run the coroutine, each step by grant, and return what it returns.

        Args:
            is_system: a system task of trio, which Ctrl-C never interrupts.
        """
        try:
            return await self._drive(self.coroutine if is_system else open_to_interrupts(self.coroutine))
        finally:
            del self.turnstile.scripts[self.task]

    @types.coroutine
    def _drive(self, coroutine: Coroutine[Any, Any, object]) -> Generator[Trap, Any, object]:
        turnstile = self.turnstile
        step = send = cast("Callable[[Any], Trap]", coroutine.send)
        value: object = None
        while True:
            if turnstile.passing is not self and turnstile.is_shut:
                self.state = GRANTED
                turnstile.arrived.append(self)
                yield AT_THE_GATE
            turnstile.passing = None
            try:
                trap = step(value)
            except StopIteration as end:
                return end.value
            value = None  # else the frame would keep a Cancelled, with all frames of its traceback, while it is parked
            if trap is not self._trap and turnstile.is_shut:
                turnstile.inspect(self)
            try:
                step, value = send, (yield trap)
            except BaseException as error:  # noqa: BLE001  # trio throws what was no trap of its own; it is the coroutine's
                step, value = coroutine.throw, error
