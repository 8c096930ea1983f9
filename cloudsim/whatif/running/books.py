"""The books of a run: what was offered, accepted and refused, how many items live and wait, and for how long.

An item is counted if it arrives within the measured time; its refusal is the final one. It counts in its cell, its
workload and the vSwitch that was tried last, and so in every scope that the cell is in. Counts are kept by cell and
added up at the end; what has a peak is kept by scope (:mod:`~cloudsim.whatif.running.scopes`).

Where the documents are silent: an item waits from its arrival to its address, over all its tries, also while a call of
its is under way. An outage lasts from an item that is refused for good to the next one that gets what it wants, and a
recovery from the first item that waits until none does; those that are not over at the end of the run end there. An
item that waits at the end counts in ``wait`` with what it has waited so far.

Price: a call of a function and two additions for each scope that differs, as an item comes and as it goes.

Source: experiments.md, "Figures".
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from cloudsim.values.duration import SECOND, Ns
from cloudsim.whatif.arrivals.items import Item
from cloudsim.whatif.running.gauges import Gauge, Span
from cloudsim.whatif.running.scopes import ALL, Key, Scopes, Shared
from cloudsim.whatif.running.windows import Windows

NO_NODE: Final = "NoNode"
"""The code of items that are refused without any call."""


class Meter:
    """What is measured of the items of a scope."""

    __slots__ = ("living", "outage", "recovery", "waiting")

    def __init__(self) -> None:
        self.living = Gauge()
        self.waiting = Gauge()
        self.outage = Span()
        """While every item is refused."""
        self.recovery = Span()
        """While any item waits."""

    def wait(self, now_ns: Ns, change: int) -> None:
        """One more waits, or one less."""
        self.waiting.add(now_ns, change)
        if self.waiting.value:
            self.recovery.start(now_ns)
        else:
            self.recovery.stop(now_ns)

    def begin(self, now_ns: Ns) -> None:
        """Measure from now on."""
        for part in (self.living, self.waiting, self.outage, self.recovery):
            part.begin(now_ns)


class Cell:
    """What came of the items of one workload that were tried in one vSwitch last.

    Args:
        meters: of the scopes that it is in.
        starts: windows of the scopes that it is in.
    """

    __slots__ = ("accepted", "by_code", "first_rejection_ns", "meters", "pending", "starts", "waits")

    def __init__(self, meters: tuple[Meter, ...], starts: tuple[Windows, ...]) -> None:
        self.meters = meters
        self.starts = starts
        self.accepted = 0
        self.pending = 0
        self.by_code: Counter[str] = Counter()
        """Items that were refused for good."""
        self.first_rejection_ns: Ns | None = None
        """From the beginning on, whatever is measured."""
        self.waits: list[Ns] = []
        """How long items waited, those that did."""


class Books:
    """Counts of one run.

    Args:
        scopes: of the run.
        warmup_ns: items that arrive before it are not counted.
    """

    def __init__(self, scopes: Scopes, warmup_ns: Ns) -> None:
        self._warmup_ns = warmup_ns
        self._items = scopes.items
        told = {ALL: self._items[ALL], **scopes.workloads, **{zone: self._items[zone] for zone in scopes.zones}}
        self.meters = Shared[Key, Meter](self._items, Meter)
        self.starts = Shared[Key, Windows](told, Windows)
        """Items that got what they want, by the instant at which they did, within the measured time."""
        self.cells = {key: Cell(self.meters.of(key), self.starts.of(key)) for key in self._items[ALL]}

    def begin(self, now_ns: Ns) -> None:
        """Measure from now on."""
        for meter in self.meters.each:
            meter.begin(now_ns)

    @property
    def living(self) -> int:
        """How many items live."""
        return self.meters.by_scope[ALL].living.value

    def refusals(self, cells: Iterable[Cell] | None = None) -> Counter[str]:
        """Count the items that were refused for good so far, by code; those of some cells, or all."""
        found: Counter[str] = Counter()
        for cell in self.cells.values() if cells is None else cells:
            found.update(cell.by_code)
        return found

    @property
    def has_refused(self) -> bool:
        """Whether any item was ever refused, measured or not."""
        return any(cell.first_rejection_ns is not None for cell in self.cells.values())

    def inside(self, scope: str) -> list[Cell]:
        """Give the cells of a scope."""
        return [self.cells[key] for key in self._items[scope]]

    # -- as items come and go

    def accept(self, now_ns: Ns, item: Item, cell: Cell) -> None:
        """An item has got what it wants, and lives."""
        for meter in cell.meters:
            meter.living.add(now_ns, 1)
        if item.is_initial or now_ns < self._warmup_ns:
            return
        for windows in cell.starts:
            windows.note(now_ns)
        if item.at_ns >= self._warmup_ns:
            cell.accepted += 1
            if now_ns != item.at_ns:
                cell.waits.append(now_ns - item.at_ns)
            for meter in cell.meters:
                if meter.outage.since_ns is not None:
                    meter.outage.stop(now_ns)

    def leave(self, now_ns: Ns, cell: Cell) -> None:
        """An item is over."""
        for meter in cell.meters:
            meter.living.add(now_ns, -1)

    def reject(self, now_ns: Ns, item: Item, cell: Cell, code: str) -> None:
        """An item was refused for good."""
        if cell.first_rejection_ns is None:
            cell.first_rejection_ns = now_ns
        if item.at_ns >= self._warmup_ns and not item.is_initial:
            cell.by_code[code] += 1
            for meter in cell.meters:
                meter.outage.start(now_ns)

    def wait(self, now_ns: Ns, was: Cell | None, cell: Cell | None) -> None:
        """An item begins to wait, goes on in another cell, or waits no more.

        Args:
            now_ns: the time.
            was: where it has waited; None where it has not.
            cell: where it waits from now on; None for nowhere.
        """
        before = () if was is None else was.meters
        after = () if cell is None else cell.meters
        for meter in after:
            if meter not in before:
                meter.wait(now_ns, 1)
        for meter in before:
            if meter not in after:
                meter.wait(now_ns, -1)

    def leave_pending(self, end_ns: Ns, item: Item, cell: Cell) -> None:
        """An item still waits at the end."""
        if item.at_ns >= self._warmup_ns and not item.is_initial:
            cell.pending += 1
            if end_ns != item.at_ns:
                cell.waits.append(end_ns - item.at_ns)


def waits_at(cells: Iterable[Cell], percents: Iterable[int]) -> list[float | None]:
    """Give how long items wait: the shortest times that so many per cent of them do not exceed, in seconds.

    Args:
        cells: whose items.
        percents: each 1 to 100.

    Returns:
        One for each; None where no item got what it wanted, or waits for it.
    """
    inside = list(cells)
    count = sum(cell.accepted + cell.pending for cell in inside)
    waits = sorted([wait for cell in inside for wait in cell.waits])
    # How many come after it in the order; those that did not wait come first.
    behind = [count - -(-count * percent // 100) for percent in percents]
    return [None if not count else in_seconds(waits[-1 - more]) if more < len(waits) else 0.0 for more in behind]


def in_seconds(instant_ns: Ns) -> float:
    """Give an instant as figures tell it."""
    return instant_ns / SECOND
