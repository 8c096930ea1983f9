"""The census: addresses in use, ENIs, whole free blocks and quotas at every instant, whoever takes and gives back.

It is told just before each change of a pool and looks when the next one is about to come, so that it sees every value,
also one that lasts for no time. Addresses in use are those neither free nor reserved: of ENIs, primaries included, of
other products, in prefixes, and those that cool down. What is used of a quota are the ENIs that exist and count; places
that calls under way hold are not among them, since such a call may still fail.

Where calls take time a look follows at the end of each instant as well: ENIs and quotas change after the pool in the
same step, and the next step may be much later.

Price: a look at a pool's counters and a quota for each change, and two additions for each scope that differs.
"""

from bisect import insort
from collections.abc import Mapping

from cloudsim.kernel.actor import LAST
from cloudsim.kernel.kernel import Kernel
from cloudsim.resources.capacity import Capacity
from cloudsim.resources.cloud import Cloud
from cloudsim.resources.interface import EniType
from cloudsim.resources.ledger import Counted, CountWatcher
from cloudsim.resources.vswitch import VSwitch
from cloudsim.values.duration import Ns
from cloudsim.values.ids import AccountId, RegionId, VSwitchId
from cloudsim.whatif.running.gauges import Fullness, Gauge, Low, Stock
from cloudsim.whatif.running.scopes import Home, Scopes, Shared


class Places:
    """What is measured of some vSwitches together."""

    __slots__ = ("addresses", "blocks", "enis", "full")

    def __init__(self) -> None:
        self.addresses = Stock()
        self.enis = Gauge()
        """Secondary ones that exist."""
        self.blocks = Low()
        """Whole free /28."""
        self.full = Fullness()

    def begin(self, now_ns: Ns) -> None:
        """Measure from now on."""
        self.addresses.begin(now_ns)
        self.enis.begin(now_ns)
        self.blocks.begin()
        self.full.gauge.begin(now_ns)


class Watched:
    """One vSwitch, and how it was when it was last looked at.

    Args:
        vswitch: the vSwitch.
        meters: of the scopes that it is in.
        now_ns: the time.
    """

    __slots__ = ("_blocks", "_enis", "_free", "_meters", "in_use", "primaries", "size", "vswitch")

    def __init__(self, vswitch: VSwitch, meters: tuple[Places, ...], now_ns: Ns) -> None:
        self.vswitch = vswitch
        self._meters = meters
        self.primaries = sum(eni.type is EniType.PRIMARY for eni in vswitch.interfaces.values())
        self.size = self._free = vswitch.pool.space.size - sum(vswitch.pool.reserved)
        self.in_use = 0
        self._enis = 0
        self._blocks = vswitch.pool.whole_free_blocks(now_ns)
        for meter in meters:
            meter.addresses.resize(now_ns, self.size)
            meter.blocks.enlarge(self._blocks)
            meter.full.change(now_ns, int(not self._free), 1)
        self.look(now_ns)

    def look(self, at_ns: Ns) -> None:
        """Note what has changed, at the instant at which it did."""
        vswitch, meters = self.vswitch, self._meters
        enis = len(vswitch.interfaces) - self.primaries
        if enis != self._enis:
            change, self._enis = enis - self._enis, enis
            for meter in meters:
                meter.enis.add(at_ns, change)
        pool = vswitch.pool
        free, before = pool.free_at(at_ns), self._free
        in_use = self.size - free
        if vswitch.reservations:
            in_use -= pool.counts_at(at_ns).set_aside
        if in_use != self.in_use:
            change, self.in_use = in_use - self.in_use, in_use
            for meter in meters:
                meter.addresses.used.add(at_ns, change)
            self._count_blocks(at_ns)
        if free != before:
            self._free = free
            if not (free and before):
                for meter in meters:
                    meter.full.change(at_ns, 1 if before else -1)

    def _count_blocks(self, at_ns: Ns) -> None:
        blocks = self.vswitch.pool.whole_free_blocks(at_ns)
        if blocks != self._blocks:
            change, self._blocks = blocks - self._blocks, blocks
            for meter in self._meters:
                meter.blocks.add(change)


class Quota:
    """A quota of ENIs, and how it was when it was last looked at.

    Args:
        capacity: its places.
    """

    __slots__ = ("_capacity", "full", "stock")

    def __init__(self, capacity: Capacity) -> None:
        self._capacity = capacity
        self.stock = Stock()
        self.full = Fullness()
        self.full.change(0, int(not capacity.limit), 1)
        self.stock.resize(0, capacity.limit)
        self.look(0)

    def look_at_limit(self, at_ns: Ns) -> None:
        """Note what has changed, at an instant at which the limit may have been set anew."""
        change = self._capacity.limit - self.stock.size.value
        if change:
            self.stock.resize(at_ns, change)
            self._look(at_ns)

    def look(self, at_ns: Ns) -> None:
        """Note what has changed but for the limit, at the instant at which it did."""
        if self._capacity.used != self.stock.used.value:
            self._look(at_ns)

    def _look(self, at_ns: Ns) -> None:
        used, stock = self._capacity.used, self.stock
        stock.used.add(at_ns, used - stock.used.value)
        is_full = used >= stock.size.value
        if is_full != self.full.gauge.value:
            self.full.change(at_ns, 1 if is_full else -1)

    def begin(self, now_ns: Ns) -> None:
        """Measure from now on."""
        self.stock.begin(now_ns)
        self.full.gauge.begin(now_ns)


class Census:
    """The watcher of a cloud's counts.

    Args:
        scopes: of the run.
        cloud: has the vSwitches that are there at the beginning, and the quotas.
        kernel: has the time.
        following: who watched before, and goes on to.
        takes_time: whether calls do.
    """

    def __init__(
        self, scopes: Scopes, cloud: Cloud, kernel: Kernel, *, following: CountWatcher | None, takes_time: bool
    ) -> None:
        self._kernel = kernel
        self._following = following
        self._takes_time = takes_time
        self._homes: Mapping[str, Home] = scopes.homes
        self._watched: dict[str, Watched] = {}
        self._changed: Watched | None = None
        self._is_due = False
        self._changed_ns: Ns = 0
        self._looks_at_ns: Ns = -1
        self._limits_ns: list[Ns] = []
        """When quotas will be set anew, in order."""
        self.places = Shared[str, Places](scopes.places, Places)
        self.quotas = {scope: Quota(_capacity(cloud, scope)) for scope in scopes.quotas}
        """By scope."""
        self._quotas = tuple(self.quotas.values())
        for name in scopes.homes:
            if VSwitchId(name) in cloud.vswitches:
                self.add(cloud.vswitches[VSwitchId(name)])
        self.begin(0)  # they have all been there together from the beginning on

    def add(self, vswitch: VSwitch) -> None:
        """Count one more vSwitch."""
        self.settle()
        meters = self.places.of(vswitch.id)
        self._watched[vswitch.id] = Watched(vswitch, meters, self._kernel.now_ns)

    def begin(self, now_ns: Ns) -> None:
        """Measure from now on."""
        self.settle()
        for meter in self.places.each:
            meter.begin(now_ns)
        for quota in self._quotas:
            quota.begin(now_ns)

    def expect_limit(self, at_ns: Ns) -> None:
        """Look for a quota that is set anew at an instant, of which nobody tells."""
        insort(self._limits_ns, at_ns)
        self._kernel.call_at(at_ns, self._look_at_set, name="a quota is set", priority=LAST)

    def note_primary(self, vswitch: str, change: int) -> None:
        """Take note that an instance comes or goes, in the step in which its addresses change."""
        if vswitch in self._watched:
            self._watched[vswitch].primaries += change

    def note_count(self, vswitch: Counted) -> None:
        """Take note that the addresses of a vSwitch are about to change."""
        if self._following is not None:
            self._following.note_count(vswitch)
        if self._is_due:
            self.settle()
        self._changed = watched = self._watched.get(vswitch.id)
        self._is_due = True
        self._changed_ns = now_ns = self._kernel.now_ns
        if self._takes_time and self._looks_at_ns != now_ns:
            self._looks_at_ns = now_ns
            self._kernel.call_at(now_ns, self.settle, name="count", priority=LAST)
        if watched is not None and watched.vswitch.pool.cool_ns:
            # What is given back now is free again then, and nobody is told.
            due_ns = now_ns + watched.vswitch.pool.cool_ns
            self._kernel.call_at(due_ns, self._look_at_all, name=f"cooled {vswitch.id}")

    def settle(self) -> None:
        """Look at what has changed since the last look."""
        if self._is_due:
            self._is_due = False
            at_ns = self._changed_ns
            if self._changed is not None:
                self._changed.look(at_ns)
            if self._limits_ns and at_ns >= self._limits_ns[0]:
                self._look_at_limits(at_ns)
            for quota in self._quotas:
                quota.look(at_ns)

    def _look_at_limits(self, at_ns: Ns) -> None:
        for quota in self._quotas:
            quota.look_at_limit(at_ns)

    def _look_at_set(self) -> None:
        """Look at the end of an instant at which a quota was set anew."""
        self.settle()
        self._look_at_limits(self._kernel.now_ns)
        del self._limits_ns[0]

    def _look_at_all(self) -> None:
        self.settle()
        now_ns = self._kernel.now_ns
        for watched in self._watched.values():
            watched.look(now_ns)

    # -- questions, for series

    @property
    def watched(self) -> Mapping[str, Watched]:
        """The vSwitches that are there, by id."""
        return self._watched

    def zone_of(self, name: str) -> str:
        """The zone of a vSwitch."""
        return self._homes[name].zone


def _capacity(cloud: Cloud, scope: str) -> Capacity:
    account, _, region = scope.removeprefix("@quota:").partition("/")
    return cloud.estate(AccountId(account), RegionId(region)).quota
