"""Holders: how many items live, of all workloads and of each, and how many begin within short windows."""

from cloudsim.kernel.kernel import Kernel
from cloudsim.values.duration import Ns
from cloudsim.whatif.arrivals.items import Item
from cloudsim.whatif.running.gauges import Gauge, Windows


class Holders:
    """The live items of a run.

    Args:
        kernel: has the time.
        workloads: their names.
        warmup_ns: when measuring begins.
    """

    def __init__(self, kernel: Kernel, workloads: tuple[str, ...], *, warmup_ns: Ns) -> None:
        self._kernel = kernel
        self._warmup_ns = warmup_ns
        self.total = Gauge(warmup_ns)
        self.by_workload = {name: Gauge(warmup_ns) for name in workloads}
        self.starts = Windows()
        """Items that got what they want, by the instant at which they did, within the measured time."""

    def add(self, item: Item, change: int) -> None:
        """One more lives, or one less."""
        now_ns = self._kernel.now_ns
        self.total.add(now_ns, change)
        self.by_workload[item.workload].add(now_ns, change)
        if change > 0 and now_ns >= self._warmup_ns and not item.is_initial:
            self.starts.note(now_ns)
