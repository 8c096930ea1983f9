"""A shelf: things in the order of their birth, with cheap pages from anywhere.

Most shelves only grow at their end and are read at their beginning, so a shelf starts as a plain dictionary, whose
order is that of its filling. The first thing that comes out of order, or the first page that is read from its middle,
turns it into a sorted list once, at a price that was saved when it was filled: amortised, adding and taking out cost
O(log n), and a page of k costs O(log n + k), wherever it begins.

Source: sortedcontainers, "Performance at Scale", for the sorted list.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final, Generic, Protocol, TypeVar

from sortedcontainers import SortedList

from cloudsim.resources.layers import Layer, Serials


class Born(Protocol):
    """A thing with the ordinal of its birth, unique within its shelf."""

    @property
    def serial(self) -> int:
        """The ordinal."""


ThingT = TypeVar("ThingT", bound=Born)

_MIDDLE: Final = 64
"""A page that begins behind so many things, or behind so many gaps of what was taken out, begins in the middle."""


class Shelf(Generic[ThingT]):
    """Things by their serial."""

    __slots__ = ("_by_serial", "_gaps", "_in_order", "_newest")

    def __init__(self) -> None:
        self._by_serial: dict[int, ThingT] = {}
        self._in_order: SortedList[int] | Serials | None = None
        """The serials, once the dictionary's order is not enough."""
        self._newest = -1
        self._gaps = 0

    def over(self, known: Callable[[ThingT], ThingT]) -> "Shelf[ThingT]":
        """Give a shelf over this one, which nobody changes any more.

        Args:
            known: gives the thing there that one here is.
        """
        shelf: Shelf[ThingT] = Shelf()
        shelf._by_serial = Layer(self._by_serial, known)
        shelf._in_order = None if self._in_order is None else Serials(self._in_order)
        shelf._newest, shelf._gaps = self._newest, self._gaps
        return shelf

    def add(self, thing: ThingT) -> None:
        """Put a thing on the shelf."""
        serial = thing.serial
        assert serial not in self._by_serial, "a thing lies on a shelf once"
        if self._in_order is not None:
            self._in_order.add(serial)
        elif serial < self._newest:
            self._sorted().add(serial)
        else:
            self._newest = serial
        self._by_serial[serial] = thing

    def remove(self, thing: ThingT) -> None:
        """Take a thing off the shelf."""
        del self._by_serial[thing.serial]
        if self._in_order is not None:
            self._in_order.remove(thing.serial)
            return
        self._gaps += 1
        if self._gaps > _MIDDLE + len(self._by_serial):
            self._by_serial = dict(self._by_serial)  # a dictionary walks over the gaps of what was taken out
            self._gaps = 0

    def _sorted(self) -> "SortedList[int] | Serials":
        if self._in_order is None:
            self._in_order = SortedList(self._by_serial)
        return self._in_order

    def __len__(self) -> int:
        return len(self._by_serial)

    def __contains__(self, thing: object) -> bool:
        return self._by_serial.get(getattr(thing, "serial", -1)) is thing

    def __iter__(self) -> Iterator[ThingT]:
        """Walk all, oldest first; the shelf must not change meanwhile."""
        if self._in_order is None:
            return iter(self._by_serial.values())
        return (self._by_serial[serial] for serial in self._in_order)

    def page(self, start: int, size: int) -> list[ThingT]:
        """Give up to ``size`` things, oldest first, behind the first ``start``."""
        if self._in_order is None and start + self._gaps <= _MIDDLE:
            return list(islice(self._by_serial.values(), start, start + size))
        return [self._by_serial[serial] for serial in self._sorted()[start : start + size]]

    def page_after(self, serial: int, size: int) -> list[ThingT]:
        """Give up to ``size`` things, oldest first, that were born after a serial."""
        if serial < 0:
            return self.page(0, size)
        found = self._sorted().irange(serial, inclusive=(False, True))
        return [self._by_serial[later] for later in islice(found, size)]
