"""Branches of a simulation: "what if from here", a thousand times over, without building the world again.

``freeze`` holds the present for good; each branch of it is a simulation that goes on from there by itself, to the same
answers, journal and digest that the first one would have come to. It costs what it changes, whatever exists.

A branch is made at rest: no call is under way and nothing is due, since a call that is half done cannot be copied.
Faults that were planned, properties, observers and scripts belong to the simulation that had them, and no branch has
them: plan them there.

Source: ip_pools.md section 3, "World snapshot".
"""

from __future__ import annotations

from collections import Counter
from copy import copy, deepcopy
from typing import TYPE_CHECKING, cast

from cloudsim.errors.own import SettingError
from cloudsim.kernel.kernel import Kernel
from cloudsim.kernel.strategy import Fifo, RandomOrder, RunToBlock, Strategy
from cloudsim.resources import branching
from cloudsim.simulation.throwing import NAME

if TYPE_CHECKING:
    from cloudsim.resources.cloud import Cloud
    from cloudsim.resources.journal import Journal
    from cloudsim.simulation.journey import Journey
    from cloudsim.simulation.simulation import Simulation
    from cloudsim.values.ids import CallName


class Branching:
    """The side of a simulation by which others go on from its present."""

    cloud: Cloud
    kernel: Kernel
    _in_flight: dict[CallName, Journey]

    def freeze(self) -> Present:
        """Hold the present, to make branches of; this simulation goes on over it.

        Things of the cloud that were looked up before belong to the past from now on: look them up again.

        Raises:
            SettingError: calls are under way, or something is due; or orders are explored, so that there is no
                telling how its strategy would go on.
        """
        waiting = self.kernel.pending
        if self._in_flight or waiting:
            raise SettingError(
                f"a simulation is frozen at rest: {len(self._in_flight)} calls are under way and {waiting} steps are "
                "due; run() lets them end"
            )
        return Present(cast("Simulation", self), branching.freeze(self.cloud))

    def clone(self) -> Simulation:
        """Give a simulation that goes on from the present by itself; for many of one present see :meth:`freeze`.

        Raises:
            SettingError: calls are under way, or something is due.
        """
        return self.freeze().branch()


class Present:
    """The present of a simulation, held for good.

    Args:
        simulation: of which.
        cloud: its frozen cloud.
    """

    __slots__ = (
        "_callers", "_calls", "_cloud", "_journal", "_kind", "_settings", "_slack_ns", "_strategy", "_unnamed",
        "_watch", "now_ns",
    )  # fmt: skip

    def __init__(self, simulation: Simulation, cloud: Cloud) -> None:
        self._kind = type(simulation)
        self._cloud = cloud
        self._strategy = _copied(simulation.kernel.strategy)
        self._slack_ns = simulation.kernel.slack_ns
        self._journal = simulation.cloud.journal.twin()
        self._settings = {name: getattr(simulation, name) for name in ("seed", "latency", "policy", "sent")}
        self._watch = simulation.watcher is not None, simulation.audits_events
        self._calls = {action: Counter(endings) for action, endings in simulation.calls.items()}
        self._callers = [copy(caller) for caller in simulation.callers.values()]
        self._unnamed = simulation.unnamed_callers
        self.now_ns = simulation.now_ns

    def branch(self, *, journal: Journal | None = None) -> Simulation:
        """Give a simulation that goes on from here by itself.

        Its callers are those that there were, by :meth:`Simulation.caller_named`, and go on counting their calls.

        Args:
            journal: where its events go; if None, one that goes on with the digest so far.
        """
        twin = object.__new__(self._kind)
        for name, value in self._settings.items():
            setattr(twin, name, value)
        cloud = branching.branch(self._cloud, self._journal.twin() if journal is None else journal)
        kernel = Kernel(_copied(self._strategy), slack_ns=self._slack_ns)
        kernel.now_ns = self.now_ns
        watch, audits = self._watch
        twin.begin(cloud, kernel, watch=watch, audit_events=audits)
        twin.sent = self._settings["sent"]
        twin.calls.update({action: Counter(endings) for action, endings in self._calls.items()})
        for caller in self._callers:
            if caller.name == NAME:  # who makes troubles is there already, and goes on counting
                twin.callers[NAME].count = caller.count
            else:
                twin.callers[caller.name] = copy(caller)
        twin.unnamed_callers = self._unnamed
        return twin


def _copied(strategy: Strategy) -> Strategy:
    """Give a strategy that will choose alike; nothing competes.

    Raises:
        SettingError: it is none of the plain ones.
    """
    if isinstance(strategy, Fifo | RunToBlock):
        return type(strategy)()
    if isinstance(strategy, RandomOrder):
        return deepcopy(strategy)
    raise SettingError(f"a simulation cannot be frozen under the strategy {type(strategy).__name__}")
