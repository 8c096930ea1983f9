"""A run that meets all that trio leaves to chance, told as one digest. Run as a script, in a process of its own.

    python torture.py STRATEGY SEED [import-hypothesis]

30 waiters on one event, a lock, a capacity limiter, a channel with 4 consumers, 20 equal deadlines, a crash that
cancels 20 victims, and a fast lane that wakes scripts, while the heap is disturbed by the number of the process.
Importing hypothesis or pytest-trio switches trio's scheduler to another mode, so it is imported only on demand.
"""

import hashlib
import os
import sys
from collections.abc import Generator

import trio

from cloudsim.kernel.kernel import Kernel
from cloudsim.kernel.strategy import STRATEGIES
from cloudsim.runtime.gate import Gate
from cloudsim.values.entropy import Entropy

MS = 1_000_000


class Torture:
    """The scenario and what was seen."""

    def __init__(self, strategy: str, seed: int) -> None:
        self.kernel = Kernel(STRATEGIES[strategy](seed))
        self.gate = Gate(self.kernel)
        self.entropy = Entropy(seed)
        self.lines: list[str] = []

    def digest(self) -> str:
        choices = self.kernel.record_choices()
        self.gate.run(self.main)
        self.lines += [f"{step} {name}" for step, name in choices]
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()

    def emit(self, *facts: object) -> None:
        self.lines.append(f"{self.kernel.now_ns} {facts!r}")

    async def main(self) -> None:
        self.event, self.lock, self.limiter = trio.Event(), trio.Lock(), trio.CapacityLimiter(3)
        self.send, self.receive = trio.open_memory_channel[int](2)
        async with trio.open_nursery() as nursery:
            for number in range(30):
                nursery.start_soon(self.waiter, number)
            for number in range(4):
                nursery.start_soon(self.consumer, number)
            for number in range(20):
                nursery.start_soon(self.timeout, number)
                nursery.start_soon(self.caller, number)
            await trio.sleep(1)
            self.event.set()
            await self.crash_with_victims()
            await self.gate.sleep("20s")
            await self.gate.settle()
            nursery.cancel_scope.cancel()
        self.emit("end", self.kernel.steps, self.kernel.pending)

    async def waiter(self, number: int) -> None:
        await self.event.wait()
        self.emit("woke", number)
        async with self.lock:
            self.emit("lock", number)
            await trio.sleep(0.1)
        async with self.limiter:
            self.emit("limiter", number)
            await self.gate.sleep((1 + self.entropy.integer("nap", str(number)) % 2) * 100 * MS)
        await self.send.send(number)

    async def consumer(self, number: int) -> None:
        async for value in self.receive:
            self.emit("got", number, value)
            await trio.sleep(0.05)

    async def timeout(self, number: int) -> None:
        with trio.move_on_after(1.0) as scope:
            await trio.sleep_forever()
        self.emit("timeout", number, scope.cancelled_caught)

    async def caller(self, number: int) -> None:
        """Calls into the fast lane, with a timeout that is due with the third answer."""
        for turn in range(4):
            waiter = self.gate.waiter("an answer")
            self.kernel.process(self.answer(waiter.wake, number, turn), name=f"answer-{number}")
            with trio.move_on_after(0.003) as scope:
                self.emit("answer", number, await waiter.wait())
            if scope.cancelled_caught:
                self.emit("no answer", number, turn)

    def answer(self, wake: object, number: int, turn: int) -> Generator[int, None, None]:
        assert callable(wake)
        for _ in range(turn + 1):
            self.emit("step", number, turn)
            yield MS
        wake(turn)

    async def crash_with_victims(self) -> None:
        async def crash() -> None:
            await trio.sleep(1.5)
            raise ValueError("boom")

        async def victim(number: int) -> None:
            try:
                await trio.sleep_forever()
            finally:
                self.emit("victim", number)

        try:
            async with trio.open_nursery() as nursery:
                for number in range(20):
                    nursery.start_soon(victim, number)
                nursery.start_soon(crash)
        except* ValueError as group:
            self.emit("crashed", len(group.exceptions))


def main() -> None:
    strategy, seed, *rest = sys.argv[1:]
    if rest:
        import hypothesis  # noqa: F401
    disturbance = [bytearray(1 + number * os.getpid() % 300) for number in range(os.getpid() % 977)]
    digests = [Torture(strategy, int(seed)).digest() for _ in range(2)]
    assert digests[0] == digests[1], "a run depends on the one before it"
    del disturbance
    sys.stdout.write(digests[0])


if __name__ == "__main__":
    main()
