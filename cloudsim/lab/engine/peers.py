"""The same model in simulators of others: SimPy, salabim."""

from collections.abc import Generator
from importlib import import_module
from typing import Any

from cloudsim.lab.engine.lanes import Delays, Ended


def simpy_processes(delays: Delays) -> Ended:
    """SimPy."""
    simpy = import_module("simpy")
    environment, ended = simpy.Environment(), Ended()

    def process(number: int, own: list[int]) -> Generator[Any, Any, None]:
        for delay_ns in own:
            yield environment.timeout(delay_ns)
        ended.append((int(environment.now), number))

    for number, own in enumerate(delays):
        environment.process(process(number, own))
    environment.run()
    return ended


def salabim_components(delays: Delays) -> Ended:
    """Salabim's components with ``yield``, which need no greenlets; its time is a float, exact up to 2 ** 53 ns."""
    salabim = import_module("salabim")
    salabim.yieldless(False)  # noqa: FBT003  its only form
    environment, ended = salabim.Environment(trace=False), Ended()

    class Sleeper(salabim.Component):  # type: ignore[misc, name-defined]  # salabim has no types
        def setup(self, number: int, own: list[int]) -> None:
            self.number, self.own = number, own

        def process(self) -> Generator[Any, Any, None]:
            for delay_ns in self.own:
                yield self.hold(delay_ns)
            ended.append((round(environment.now()), self.number))

    for number, own in enumerate(delays):
        Sleeper(number=number, own=own)
    environment.run()
    return ended
