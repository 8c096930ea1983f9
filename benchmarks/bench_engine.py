"""What an event costs: the kernel's lanes and trio under the gate, against SimPy and against trio with its MockClock.

The model is the same everywhere: N processes, each of which sleeps M times, for delays that were drawn before. The
callback, the generator and the process of SimPy are what a user of each would write for it. Every engine tells when
which process ended, so that all of them can be seen to have done the same.

The collector is on, as in a user's run: with 10 000 tasks its share is what an engine's garbage makes it.

Goals: determinism, section 5, "Targets". The bound for scripts in memory is that section's 2 800 and 200 for the frame
that keeps Ctrl-C out of the gate. SimPy is optional; without it only the comparisons with trio are made.
"""

import gc
import hashlib
import sys
import tracemalloc
from collections.abc import Callable, Generator
from functools import partial
from importlib.util import find_spec
from typing import Any, TypeAlias

import trio
import trio.testing

from benchmarks.harness import Goal, Timing, Variant, main, measure
from cloudsim.kernel.actor import Step
from cloudsim.kernel.kernel import Kernel
from cloudsim.kernel.strategy import RandomOrder
from cloudsim.runtime.gate import Gate
from cloudsim.values.duration import SECOND
from cloudsim.values.entropy import Entropy

Delays: TypeAlias = list[list[int]]
"""For each process its delays in ns."""
Ended: TypeAlias = list[tuple[int, int]]
"""When which process ended, in the order of their ends."""
Engine: TypeAlias = Callable[[Delays], Ended]

HAS_SIMPY = find_spec("simpy") is not None


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


def watched_generators(delays: Delays) -> Ended:
    """The fast lane as tests run it: a strategy that chooses, and each step's touches held against its footprint."""
    kernel, ended = Kernel(RandomOrder(1)), Ended()
    footprint = frozenset({("pool", number) for number in range(4)})

    def watch(kind: str, number: int) -> None:
        assert (kind, number) in footprint, "a step touches what it declared"

    def process(number: int, own: list[int]) -> Generator[int, None, None]:
        for delay_ns in own:
            watch("pool", number & 3)
            yield delay_ns
        ended.append((kernel.now_ns, number))

    for number, own in enumerate(delays):
        kernel.process(process(number, own), name="process")
    run_to_the_end(kernel)
    return ended


def simpy_processes(delays: Delays) -> Ended:
    """SimPy."""
    import simpy  # an optional peer

    environment, ended = simpy.Environment(), Ended()

    def process(number: int, own: list[int]) -> Generator[Any, Any, None]:
        for delay_ns in own:
            yield environment.timeout(delay_ns)
        ended.append((int(environment.now), number))

    for number, own in enumerate(delays):
        environment.process(process(number, own))
    environment.run()
    return ended


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


ENGINES: dict[str, Engine] = {
    **({"SimPy": simpy_processes} if HAS_SIMPY else {}),
    "callbacks": callbacks,
    "generators": generators,
    "generators in random order, watched": watched_generators,
    "scripts with gate.sleep": scripts,
    "scripts with trio.sleep": plain_trio,
    "trio with MockClock": mock_clock,
}

GOALS = (
    ("callbacks", "SimPy", 1.1),
    ("generators", "SimPy", 1.25),
    ("generators in random order, watched", "SimPy", 1.5),
    ("scripts with gate.sleep", "SimPy", 6.5),
    ("scripts with trio.sleep", "trio with MockClock", 1.8),
    ("scripts with gate.sleep", "trio with MockClock", 0.4),
)
"""The time of the first is at most so many times that of the second."""


def compare(processes: int, sleeps: int, rounds: int) -> list[Goal]:
    """Time all engines side by side."""
    delays = draw_delays(processes, sleeps)

    def variant(engine: Engine) -> Variant:
        return lambda: sleeps * len(engine(delays))

    timings: dict[str, Timing] = measure(
        {name: variant(engine) for name, engine in ENGINES.items()}, rounds=rounds, collects=True
    )
    if not HAS_SIMPY:
        print("SimPy is not installed, so nothing is compared with it", file=sys.stderr)
    return [
        Goal(
            what=f"{processes} x {sleeps}: {name} / {base}",
            ratio=timings[name].ratio(timings[base]),
            bound=bound,
            ns=timings[name].ns,
        )
        for name, base, bound in GOALS
        if base in timings
    ]


def bench_engine_1000x50(rounds: int) -> list[Goal]:
    return compare(1000, 50, rounds)


def bench_engine_10000x5(rounds: int) -> list[Goal]:
    return compare(10_000, 5, rounds)


def bench_memory_10000(_: int) -> list[Goal]:
    """What one parked process and one parked script take, in bytes."""
    return [
        Goal(what="bytes of a parked process", ratio=_bytes_of_a_process(10_000), bound=1050),
        Goal(what="bytes of a parked script", ratio=_bytes_of_a_script(10_000), bound=3000),
    ]


def _bytes_of_a_process(count: int) -> float:
    def process(delay_ns: int) -> Generator[int, None, None]:
        yield delay_ns

    kernel = Kernel()
    gc.collect()
    tracemalloc.start()
    for number in range(count):
        kernel.process(process(SECOND + number), name=f"process-{number}")
    kernel.run(steps=count)
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return taken / count


def _bytes_of_a_script(count: int) -> float:
    gate = Gate(Kernel())

    async def parked() -> float:
        async with trio.open_nursery() as nursery:
            gc.collect()
            tracemalloc.start()
            for number in range(count):
                nursery.start_soon(gate.sleep, SECOND + number)
            await gate.settle()
            taken, _ = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            nursery.cancel_scope.cancel()
        return taken / count

    return gate.run(parked)


def bench_engine_smoke() -> dict[str, str]:
    """Run all engines with a few processes, and tell of each what ended when."""
    delays = draw_delays(20, 5)
    return {name: hashlib.sha256(repr(engine(delays)).encode()).hexdigest() for name, engine in ENGINES.items()}


if __name__ == "__main__":
    main([bench_engine_1000x50, bench_engine_10000x5, bench_memory_10000], rounds=7)
