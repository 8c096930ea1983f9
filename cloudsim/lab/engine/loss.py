"""The kernel against Ciw: M/M/12/12 at 8 erlang.

An arrival or a departure is an event, in both, and in both each of them draws its times with ``random.expovariate``;
Ciw writes a record for each customer, the kernel's model counts.
"""

import random  # noqa: TID251  as Ciw draws
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from typing import Final

from cloudsim.kernel.actor import Step
from cloudsim.kernel.kernel import Kernel
from cloudsim.lab.engine.ratio import Effort, Ratio, is_installed, missing, ratio
from cloudsim.lab.timing import measure
from cloudsim.values.duration import SECOND

PLACES: Final = 12
LOAD: Final = 8
_HOUR: Final = 3600 * SECOND


def loss_part(effort: Effort) -> Iterator[Ratio]:
    """Compare events per CPU second on the equal model."""
    yield from loss_ratios(effort.rounds(9), hours=200 if effort.is_quick else 1000)


def loss_ratios(rounds: int, *, hours: int) -> Iterator[Ratio]:
    """Compare, by so many hours of the model in a round."""
    what = f"Ciw / kernel, an event of M/M/{PLACES}/{PLACES}"
    if not is_installed("ciw"):
        yield missing(what, "ciw", at_least=1.5)
        return
    model, seeds = LossModel(1), iter(range(1, 1000))

    def by_ciw() -> int:
        arrived, _, departed = ciw_run(hours, next(seeds))
        return arrived + departed

    timings = measure({"Ciw": by_ciw, "kernel": partial(model.run, hours)}, rounds=rounds, collects=True)
    yield ratio(what, timings, "Ciw", "kernel", at_least=1.5)


class LossModel:
    """M/M/c/c as callbacks of the kernel; it goes on from where it was left."""

    def __init__(self, seed: int) -> None:
        self.kernel, self.draw = Kernel(), random.Random(seed).expovariate  # noqa: S311
        self.taken = self.arrived = self.refused = self.departed = 0
        self._next()

    def run(self, hours: int) -> int:
        """Run for so long, and give how many arrived and departed in it."""
        before = self.arrived + self.departed
        horizon_ns = self.kernel.now_ns + hours * _HOUR
        while self.kernel.run(steps=1_000_000, horizon_ns=horizon_ns) is Step.RAN:
            pass
        return self.arrived + self.departed - before

    def _next(self) -> None:
        self.kernel.call_at(self.kernel.now_ns + int(self.draw(LOAD) * _HOUR), self._arrive, name="arrival")

    def _arrive(self) -> None:
        self.arrived += 1
        if self.taken == PLACES:
            self.refused += 1
        else:
            self.taken += 1
            self.kernel.call_at(self.kernel.now_ns + int(self.draw(1) * _HOUR), self._depart, name="departure")
        self._next()

    def _depart(self) -> None:
        self.taken -= 1
        self.departed += 1


def ciw_run(hours: int, seed: int) -> tuple[int, int, int]:
    """Run the same model in Ciw: arrived, refused, departed."""
    ciw = import_module("ciw")

    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(LOAD)],
        service_distributions=[ciw.dists.Exponential(1)],
        number_of_servers=[PLACES],
        queue_capacities=[0],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(hours)
    served = len(simulation.get_all_records(only=["service"]))
    refused = len(simulation.get_all_records(only=["rejection"]))
    present = simulation.nodes[1].number_of_individuals
    return served + refused + present, refused, served
