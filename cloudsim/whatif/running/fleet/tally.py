"""The tally: nodes and idle addresses over time, and their figures.

Idle are addresses that ENIs of the fleet hold and no pod uses: pools, primary addresses without a pod, what is left of
prefixes. What changes and changes back in one instant is no idleness, so a value counts as it is at the end of its
instant.

Source: experiments.md, "Figures".
"""

from collections.abc import Iterator

from cloudsim.kernel.kernel import Kernel
from cloudsim.resources.vswitch import VSwitch
from cloudsim.values.duration import Ns
from cloudsim.whatif.running.gauges import Gauge


class EndOfInstant:
    """A gauge of the values at the ends of instants.

    Args:
        warmup_ns: when measuring begins.
    """

    __slots__ = ("_at_ns", "_gauge", "_value")

    def __init__(self, warmup_ns: Ns) -> None:
        self._gauge = Gauge(warmup_ns)
        self._at_ns: Ns = 0
        self._value = 0

    def add(self, now_ns: Ns, change: int) -> None:
        """Change it by so much."""
        if now_ns != self._at_ns:
            self._gauge.set(self._at_ns, self._value)
            self._at_ns = now_ns
        self._value += change

    def settled(self) -> Gauge:
        """The gauge, with the last instant in it."""
        self._gauge.set(self._at_ns, self._value)
        return self._gauge


class Tally:
    """Counts what a fleet has.

    Args:
        kernel: has the time.
        warmup_ns: when measuring begins.
    """

    def __init__(self, kernel: Kernel, *, warmup_ns: Ns) -> None:
        self._kernel = kernel
        self._warmup_ns = warmup_ns
        self._nodes: dict[str, Gauge] = {"": Gauge(warmup_ns)}
        self._idle: dict[str, EndOfInstant] = {"": EndOfInstant(warmup_ns)}
        self._by_vswitch: dict[str, tuple[EndOfInstant, ...]] = {}

    def watch(self, vswitch: VSwitch) -> None:
        """Have figures of a vSwitch and its zone even if nothing comes there."""
        self._nodes.setdefault(f"@{vswitch.zone}", Gauge(self._warmup_ns))
        self._gauges_of(vswitch)

    def add_node(self, zone: str, kind: str, change: int) -> None:
        """One more node, or one less.

        Args:
            zone: where.
            kind: its instance type.
            change: 1 or -1.
        """
        for scope in ("", f"@{zone}", f"@{kind}"):
            self._nodes.setdefault(scope, Gauge(self._warmup_ns)).add(self._kernel.now_ns, change)

    def add_idle(self, vswitch: VSwitch, change: int) -> None:
        """So many more idle addresses of a vSwitch, or less."""
        now_ns = self._kernel.now_ns
        for gauge in self._gauges_of(vswitch):
            gauge.add(now_ns, change)

    def _gauges_of(self, vswitch: VSwitch) -> tuple[EndOfInstant, ...]:
        """The gauges that count the idle addresses of a vSwitch."""
        known = self._by_vswitch.get(vswitch.id)
        if known is None:
            scopes = ("", f"@{vswitch.id}", f"@{vswitch.zone}")
            known = tuple(self._idle.setdefault(scope, EndOfInstant(self._warmup_ns)) for scope in scopes)
            self._by_vswitch[vswitch.id] = known
        return known

    def figures(self, end_ns: Ns) -> Iterator[tuple[str, int | float | None]]:
        """Give the figures of a run that ends at an instant."""
        for scope, gauge in self._nodes.items():
            yield f"peak_nodes{scope}", gauge.peak
            yield f"mean_nodes{scope}", gauge.mean(end_ns)
        for scope, idle in self._idle.items():
            gauge = idle.settled()
            yield f"peak_idle_addresses{scope}", gauge.peak
            yield f"mean_idle_addresses{scope}", gauge.mean(end_ns)
