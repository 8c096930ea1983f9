"""The lanes of the engine: the kernel's callbacks, processes and watched operations, and trio under the gate.

The model is the same everywhere: N processes, each of which sleeps M times, for delays that were drawn before. Every
engine tells when which process ended, so that all of them can be seen to have done the same.
"""

from collections.abc import Callable, Generator
from functools import partial
from typing import Any, TypeAlias

import trio
import trio.testing

from cloudsim.kernel.actor import Step
from cloudsim.kernel.kernel import Kernel
from cloudsim.kernel.strategy import RandomOrder
from cloudsim.resources.ledger import Mode
from cloudsim.runtime.gate import Gate
from cloudsim.simulation.watch import FootprintWatcher
from cloudsim.values.duration import SECOND
from cloudsim.values.entropy import Entropy

Delays: TypeAlias = list[list[int]]
"""For each process its delays in ns."""
Ended: TypeAlias = list[tuple[int, int]]
"""When which process ended, in the order of their ends."""
Engine: TypeAlias = Callable[[Delays], Ended]

MEETINGS = SECOND // 100
"""The distance of the instants at which rivals meet."""


def draw_delays(processes: int, sleeps: int) -> Delays:
    """Delays of 1 ns to 1 s."""
    stream = Entropy(1).stream("benchmark", "delays")
    return [[1 + stream.below(SECOND) for _ in range(sleeps)] for _ in range(processes)]


def run_to_the_end(kernel: Kernel) -> None:
    """Run the kernel until nothing is pending."""
    while kernel.run(steps=1_000_000) is Step.RAN:
        pass


def callbacks(delays: Delays) -> Ended:
    """The kernel's callbacks: each schedules the next."""
    kernel, ended = Kernel(), Ended()

    def start(number: int, own: list[int]) -> None:
        rest = iter(own)

        def fire() -> None:
            delay_ns = next(rest, None)
            if delay_ns is None:
                ended.append((kernel.now_ns, number))
            else:
                kernel.call_at(kernel.now_ns + delay_ns, fire, name="callback")

        fire()

    for number, own in enumerate(delays):
        start(number, own)
    run_to_the_end(kernel)
    return ended


def generators(delays: Delays) -> Ended:
    """The kernel's fast lane."""
    kernel, ended = Kernel(), Ended()

    def process(number: int, own: list[int]) -> Generator[int, None, None]:
        for delay_ns in own:  # noqa: UP028  # as a user's process has it, which does more between its sleeps
            yield delay_ns
        ended.append((kernel.now_ns, number))

    for number, own in enumerate(delays):
        kernel.process(process(number, own), name="process")
    run_to_the_end(kernel)
    return ended


class WatchedOperation:
    """An operation on the fast lane: it yields its phases, and each step is held against the footprint of its phase.

    It takes a place and then an address, over and over, and touches them as the tables of a cloud report it. The
    journey of a real call does as much at each step, and journals it.
    """

    __slots__ = ("_delays", "_ended", "_footprints", "_operation", "_phase", "_watcher", "name", "number")

    def __init__(self, number: int, delays: list[int], watcher: FootprintWatcher, ended: Callable[[int], None]) -> None:
        quota, pool = f"quota:acme/region-{number & 3}", f"pool:vsw-{number & 3}"
        self.name = f"operation-{number}"
        self.number = number
        self._delays = iter(delays)
        self._ended = ended
        self._watcher = watcher
        self._phase = 0
        # While the address is leased the place is held, and a refusal would give it back.
        self._footprints = (((quota, Mode.WRITE),), ((quota, Mode.WRITE), (pool, Mode.WRITE)))
        self._operation = self._operate(quota, pool)

    def _operate(self, quota: str, pool: str) -> Generator[int, None, None]:
        touch = self._watcher.touch
        while True:
            touch(quota, Mode.WRITE)
            yield 1
            touch(pool, Mode.WRITE)
            yield 0

    def resume(self) -> int | None:
        """Make the step that is due."""
        self._watcher.begin(self.name, self._footprints[self._phase])
        self._phase = next(self._operation)
        delay_ns = next(self._delays, None)
        if delay_ns is None:
            self._ended(self.number)
        return delay_ns


def watched_operations(delays: Delays) -> Ended:
    """Operations as tests and exploration run them: a strategy chooses among rivals, the product's watcher looks on."""
    kernel, ended, watcher = Kernel(RandomOrder(1)), Ended(), FootprintWatcher()
    for number, own in enumerate(delays):
        kernel.schedule(WatchedOperation(number, own, watcher, lambda who: ended.append((kernel.now_ns, who))))
    run_to_the_end(kernel)
    return ended


def meeting(engine: Engine) -> Engine:
    """The same engine with delays in whole steps of a hundredth of a second, so that many are due at one instant.

    Who goes first among them is the engine's choice, so the ends are given in a fixed order.
    """
    return lambda delays: sorted(engine([[-(-delay // MEETINGS) * MEETINGS for delay in own] for own in delays]))


def scripts(delays: Delays) -> Ended:
    """Tasks of trio that sleep by the gate."""
    gate, ended = Gate(Kernel()), Ended()

    async def task(number: int, own: list[int]) -> None:
        for delay_ns in own:
            await gate.sleep(delay_ns)
        ended.append((gate.kernel.now_ns, number))

    gate.run(_nursery, task, delays)
    return ended


def plain_trio(delays: Delays) -> Ended:
    """Tasks of trio under the gate that know nothing of it."""
    gate, ended = Gate(Kernel()), Ended()
    gate.run(_nursery, partial(_sleeper, ended), delays)
    return ended


def mock_clock(delays: Delays) -> Ended:
    """The same tasks under trio's own clock for tests."""
    ended = Ended()
    trio.run(_nursery, partial(_sleeper, ended), delays, clock=trio.testing.MockClock(autojump_threshold=0))
    return ended


async def _nursery(task: Callable[[int, list[int]], Any], delays: Delays) -> None:
    async with trio.open_nursery() as nursery:
        for number, own in enumerate(delays):
            nursery.start_soon(task, number, own)


async def _sleeper(ended: Ended, number: int, own: list[int]) -> None:
    for delay_ns in own:
        await trio.sleep(delay_ns / SECOND)
    ended.append((round(trio.current_time() * SECOND), number))
