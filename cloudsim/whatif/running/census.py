"""The census: how many addresses of each vSwitch are in use, at every instant, whoever takes them and gives them back.

It is told just before each change of a pool and looks at it when the next one is about to come, so that it sees every
value, also one that lasts for no time. Addresses in use are those neither free nor reserved: of ENIs, primaries
included, of other products, in prefixes, and those that cool down.

Price: two looks at a pool's counters for each change.
"""

from collections.abc import Iterable, Mapping

from cloudsim.kernel.kernel import Kernel
from cloudsim.resources.interface import EniType
from cloudsim.resources.ledger import Counted, CountWatcher
from cloudsim.resources.vswitch import VSwitch
from cloudsim.values.duration import Ns
from cloudsim.values.ids import VSwitchId
from cloudsim.whatif.running.gauges import Gauge


class Census:
    """The gauges of some vSwitches, and of all of them together; the watcher of a cloud's counts.

    Args:
        vswitches: by id.
        kernel: has the time.
        warmup_ns: when measuring begins.
        following: who watched before, and goes on to.
    """

    def __init__(
        self,
        vswitches: Mapping[VSwitchId, VSwitch],
        kernel: Kernel,
        *,
        warmup_ns: Ns,
        following: CountWatcher | None,
    ) -> None:
        self._kernel = kernel
        self._warmup_ns = warmup_ns
        self._following = following
        self._vswitches: dict[str, VSwitch] = {}
        self._changed: dict[str, Ns] = {}
        self.in_use: dict[str, Gauge] = {}
        """By vSwitch."""
        self.is_full: dict[str, Gauge] = {}
        """By vSwitch: 1 while no address is free."""
        self.total = Gauge(warmup_ns)
        """Addresses in use of all."""
        self.all_full = Gauge(warmup_ns)
        """1 while no address of any is free."""
        self.enis: dict[str, Gauge] = {}
        """By vSwitch: secondary ENIs that exist."""
        self.all_enis = Gauge(warmup_ns)
        """Secondary ENIs of all."""
        self._primaries: dict[str, int] = {}
        self.full_since: dict[str, Ns] = {}
        """By vSwitch the first instant at which no address was free; those that always had one are left out."""
        for vswitch in vswitches.values():
            self.add(vswitch)

    def add(self, vswitch: VSwitch) -> None:
        """Count one more vSwitch."""
        self._vswitches[vswitch.id] = vswitch
        self.in_use[vswitch.id] = Gauge(self._warmup_ns)
        self.is_full[vswitch.id] = Gauge(self._warmup_ns)
        self.enis[vswitch.id] = Gauge(self._warmup_ns)
        self._primaries[vswitch.id] = sum(eni.type is EniType.PRIMARY for eni in vswitch.interfaces.values())
        self._look(vswitch, self._kernel.now_ns)

    def note_primary(self, vswitch: str, change: int) -> None:
        """Take note that an instance comes or goes, in the step in which its addresses change."""
        if vswitch in self._primaries:
            self._primaries[vswitch] += change

    def note_count(self, vswitch: Counted) -> None:
        """Take note that the addresses of a vSwitch are about to change."""
        if self._following is not None:
            self._following.note_count(vswitch)
        self.settle()
        known = self._vswitches.get(vswitch.id)
        if known is not None:
            self._changed[vswitch.id] = now_ns = self._kernel.now_ns
            if known.pool.cool_ns:
                # What is given back now is free again then, and nobody is told.
                self._kernel.call_at(now_ns + known.pool.cool_ns, self._settle_all, name=f"cooled {vswitch.id}")

    def settle(self) -> None:
        """Look at what has changed since the last look."""
        if self._changed:
            for name, at_ns in self._changed.items():
                self._look(self._vswitches[name], at_ns)
            self._changed.clear()

    def _settle_all(self) -> None:
        self.settle()
        for vswitch in self._vswitches.values():
            self._look(vswitch, self._kernel.now_ns)

    def _look(self, vswitch: VSwitch, at_ns: Ns) -> None:
        counts = vswitch.pool.counts_at(at_ns)
        gauge = self.in_use[vswitch.id]
        in_use = counts.used + counts.in_prefix + counts.cooling
        self.total.add(at_ns, in_use - gauge.value)
        gauge.set(at_ns, in_use)
        enis = len(vswitch.interfaces) - self._primaries[vswitch.id]
        if enis != self.enis[vswitch.id].value:
            self.all_enis.add(at_ns, enis - self.enis[vswitch.id].value)
            self.enis[vswitch.id].set(at_ns, enis)
        is_full = not counts.free
        if is_full and vswitch.id not in self.full_since:
            self.full_since[vswitch.id] = at_ns
        full = self.is_full[vswitch.id]
        if full.value != is_full:
            full.set(at_ns, int(is_full))
            self.all_full.set(at_ns, int(all(one.value for one in self.is_full.values())))

    def zone_of(self, name: str) -> str:
        """Give the zone of a vSwitch."""
        return self._vswitches[name].zone

    def sizes(self, names: Iterable[str]) -> int:
        """How many addresses some vSwitches have, without the reserved ones."""
        pools = [self._vswitches[name].pool for name in names]
        return sum(pool.space.size - sum(pool.reserved) for pool in pools)
