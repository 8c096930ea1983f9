"""What an event costs: the kernel's lanes and trio under the gate, against SimPy, salabim and trio with its MockClock.

The callback, the generator and the processes of the others are what a user of each would write for the model. The
collector is on, as in a user's run: with 10 000 tasks its share is what an engine's garbage makes it.

Goals: determinism, section 5, "Targets", and one and a half times SimPy for operations that are watched.
"""

import gc
import tracemalloc
from collections.abc import Generator, Iterator
from typing import Final

import trio

from cloudsim.kernel.kernel import Kernel
from cloudsim.lab.engine import lanes, peers
from cloudsim.lab.engine.lanes import Delays, Engine, draw_delays, meeting
from cloudsim.lab.engine.ratio import Effort, Ratio, is_installed, missing, once, ratio
from cloudsim.lab.timing import Variant, measure
from cloudsim.runtime.gate import Gate
from cloudsim.values.duration import SECOND

OURS: Final[dict[str, Engine]] = {
    "callbacks": lanes.callbacks,
    "generators": lanes.generators,
    "operations chosen among rivals and watched": meeting(lanes.watched_operations),
    "scripts with gate.sleep": lanes.scripts,
    "scripts with trio.sleep": lanes.plain_trio,
    "trio with MockClock": lanes.mock_clock,
}
PEERS: Final[dict[str, tuple[str, Engine]]] = {
    "SimPy": ("simpy", peers.simpy_processes),
    "SimPy among rivals": ("simpy", meeting(peers.simpy_processes)),
    "salabim": ("salabim", peers.salabim_components),
}
"""By name: the library, and its engine."""

GOALS: Final[tuple[tuple[str, str, float | None], ...]] = (
    ("callbacks", "SimPy", 1.1),
    ("generators", "SimPy", 1.25),
    ("generators", "salabim", None),
    ("operations chosen among rivals and watched", "SimPy among rivals", 1.5),
    ("scripts with gate.sleep", "SimPy", 6.5),
    ("scripts with trio.sleep", "trio with MockClock", 1.8),
    ("scripts with gate.sleep", "trio with MockClock", 0.4),
)
"""The time of the first is at most so many times that of the second."""


def engine_part(effort: Effort) -> Iterator[Ratio]:
    """Measure it."""
    sizes = ((200, 20),) if effort.is_quick else ((1000, 50), (10_000, 5))
    for processes, sleeps in sizes:
        yield from lane_ratios(effort.rounds(7), processes, sleeps)
    parked = 1000 if effort.is_quick else 10_000
    yield once("bytes of a parked process", bytes_of_a_process(parked), at_most=1050)
    yield once("bytes of a parked script", bytes_of_a_script(parked), at_most=2800)


def installed_engines() -> dict[str, Engine]:
    """Give all engines that can run here."""
    return {name: engine for name, (library, engine) in PEERS.items() if is_installed(library)} | OURS


def lane_ratios(rounds: int, processes: int, sleeps: int) -> Iterator[Ratio]:
    """Time all engines side by side.

    Args:
        rounds: how many.
        processes: how many, each of which sleeps.
        sleeps: how often.
    """
    delays = draw_delays(processes, sleeps)
    variants = {name: _variant(engine, delays) for name, engine in installed_engines().items()}
    timings = measure(variants, rounds=rounds, collects=True)
    for name, base, bound in GOALS:
        words = f"{processes} x {sleeps}: {name} / {base}"
        if base in timings:
            yield ratio(words, timings, name, base, at_most=bound)
        else:
            yield missing(words, PEERS[base][0], at_most=bound)


def _variant(engine: Engine, delays: Delays) -> Variant:
    events = sum(map(len, delays))

    def run() -> int:
        assert len(engine(delays)) == len(delays), "every process ends"
        return events

    return run


def bytes_of_a_process(count: int) -> float:
    """Count what one parked process takes, of so many."""

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


def bytes_of_a_script(count: int) -> float:
    """Count what one parked script takes, of so many."""
    gate = Gate(Kernel())

    async def script(number: int) -> None:
        await gate.sleep(SECOND + number)

    async def parked() -> float:
        async with trio.open_nursery() as nursery:
            gc.collect()
            tracemalloc.start()
            for number in range(count):
                nursery.start_soon(script, number)
            await gate.settle()
            taken, _ = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            nursery.cancel_scope.cancel()
        return taken / count

    return gate.run(parked)
