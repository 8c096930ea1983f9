"""The tally: nodes, ENIs by instance type and workload, and idle addresses over time.

Idle are addresses that ENIs of the fleet hold and no pod uses. They are of three kinds. ``eni``: primary addresses
without a pod, which an ENI cannot give back. ``prefix``: what is left of a prefix that pods have other addresses of.
``pool``: single addresses and whole prefixes that were fetched ahead or are kept. What changes and changes back in one
instant is no idleness, so a value counts as it is at the end of its instant.

Where the documents are silent: an ENI counts for the workload whose pod it was made for, or whose pool.

Source: experiments.md, "Figures".
"""

from collections.abc import Iterable, Mapping
from typing import Final

from cloudsim.kernel.kernel import Kernel
from cloudsim.resources.cloud import Cloud
from cloudsim.values.duration import Ns
from cloudsim.whatif.running.fleet.parts import Unit
from cloudsim.whatif.running.gauges import EndOfInstant, Gauge
from cloudsim.whatif.running.scopes import ALL, Scopes, Shared

POOL: Final = "pool"
PREFIX: Final = "prefix"
ENI: Final = "eni"

Owner = tuple[str, str, str]
"""Account, zone and instance type of an instance."""


class Idle:
    """Idle addresses of some vSwitches together, in all and by kind."""

    __slots__ = ("by_kind", "every")

    def __init__(self) -> None:
        self.every = EndOfInstant()
        self.by_kind = {kind: EndOfInstant() for kind in (POOL, ENI, PREFIX)}

    def begin(self, now_ns: Ns) -> None:
        """Measure from now on."""
        for gauge in (self.every, *self.by_kind.values()):
            gauge.begin(now_ns)


class Tally:
    """Counts what a fleet has, and what instances the world has besides.

    Args:
        scopes: of the run.
        cloud: its world at the beginning.
        kernel: has the time.
    """

    def __init__(self, scopes: Scopes, cloud: Cloud, kernel: Kernel) -> None:
        self._kernel = kernel
        self.nodes: dict[str, Gauge] = {scope: Gauge() for scope in (ALL, *scopes.zones, *scopes.types)}
        """By scope; an instance of the world is no node."""
        self.enis: dict[str, Gauge] = {scope: Gauge() for scope in (*scopes.types, *scopes.workloads)}
        """Secondary ENIs of nodes and instances, by type; of those that agents made, by workload."""
        self.idle = Shared[str, Idle]({**scopes.places}, Idle)
        self.owned: dict[Owner, Gauge] = {}
        """Instances and nodes, by whose they are."""
        for instance in cloud.instances.values():
            home = instance.primary.vswitch
            self._own((home.vpc.account, home.zone, instance.type.name), 1)
            self._of(self.enis, f"@{instance.type.name}").add(0, len(instance.interfaces) - 1)

    def begin(self, now_ns: Ns) -> None:
        """Measure from now on."""
        for gauges in (self.nodes, self.enis, self.owned):
            for gauge in gauges.values():
                gauge.begin(now_ns)
        for idle in self.idle.each:
            idle.begin(now_ns)

    @staticmethod
    def _of(gauges: dict[str, Gauge], scope: str) -> Gauge:
        return gauges.setdefault(scope, Gauge())

    def _own(self, owner: Owner, change: int) -> None:
        self.owned.setdefault(owner, Gauge()).add(self._kernel.now_ns, change)

    def add_node(self, owner: Owner, change: int) -> None:
        """One more node, or one less."""
        _, zone, kind = owner
        for scope in (ALL, f"@{zone}", f"@{kind}"):
            self._of(self.nodes, scope).add(self._kernel.now_ns, change)
        self._own(owner, change)

    def add_eni(self, kind: str, workload: str, change: int) -> None:
        """One more ENI of a node, or one less.

        Args:
            kind: the instance type of the node.
            workload: whose pod it was made for.
            change: 1 or -1.
        """
        for scope in (f"@{kind}", f"@{workload}"):
            self._of(self.enis, scope).add(self._kernel.now_ns, change)

    # -- idle addresses

    def add_units(self, vswitch: str, units: Iterable[Unit], sign: int) -> None:
        """Addresses and prefixes that nobody uses come (1) or go (-1)."""
        for unit in units:
            size = max(1, unit.size)
            self._add(vswitch, sign * size, {ENI if unit.is_primary else POOL: sign * size})

    def take(self, vswitch: str, unit: Unit) -> None:
        """A pod has taken an address of a unit."""
        self._add(vswitch, -1, _taking(unit, unit.taken - 1))

    def give_back(self, vswitch: str, unit: Unit) -> None:
        """A pod has given an address of a unit back."""
        self._add(vswitch, 1, {kind: -change for kind, change in _taking(unit, unit.taken).items()})

    def _add(self, vswitch: str, change: int, by_kind: Mapping[str, int]) -> None:
        now_ns = self._kernel.now_ns
        for idle in self.idle.of(vswitch):
            idle.every.add(now_ns, change)
            for kind, more in by_kind.items():
                idle.by_kind[kind].add(now_ns, more)


def _taking(unit: Unit, taken: int) -> dict[str, int]:
    """Say what changes by kind when one more address of a unit is taken, of which so many are."""
    if unit.is_primary:
        return {ENI: -1}
    if unit.size == 1:
        return {POOL: -1}
    return {PREFIX: -1} if taken else {POOL: -unit.size, PREFIX: unit.size - 1}
