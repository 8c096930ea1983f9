"""Series: how a run goes over time, looked at on a fixed grid of instants. For plots; no figure comes from here.

The run stops just before each instant of the grid, is looked at, and goes on: nothing is put into it, so its figures
and its digest are the same with series and without. What the grid jumps over is not seen; peaks are figures of their
own.

Price: a look at each vSwitch for each instant, and as many numbers.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import msgspec

from cloudsim.values.duration import SECOND, Ns
from cloudsim.whatif.running.books import Books
from cloudsim.whatif.running.callbook import CallBook
from cloudsim.whatif.running.census import Census

INSTANTS: Final = 200
"""Cells of the grid unless something else is asked for: more than a plot can show are of no use."""


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """One run over time. Lists by instant have one number more than there are cells between the instants."""

    instants: list[float]
    """Seconds from the beginning: 0, and the end of each cell."""
    in_use: dict[str, list[int]]
    """By vSwitch: addresses neither free nor reserved, just before each instant, and at the end of the last."""
    size: dict[str, list[int]]
    """By vSwitch: addresses without the reserved ones."""
    zones: dict[str, str]
    """The zone of each vSwitch."""
    holders: list[int]
    """Live items at each instant."""
    refused: dict[str, list[int]]
    """By code: final refusals within each cell, of items that arrive in the measured time."""
    calls: dict[str, list[int]]
    """By action: calls within each cell, in the measured time."""


class Recorder:
    """Takes the series of a run.

    Args:
        horizon_ns: the end of the run.
        cells: into how many equal parts the time is cut, at least 1.
        census: has the addresses.
        books: have refusals and live items.
        calls: made so far.
    """

    def __init__(self, *, horizon_ns: Ns, cells: int, census: Census, books: Books, calls: CallBook) -> None:
        assert cells >= 1, "a grid has a cell"
        self._grid = [horizon_ns * place // cells for place in range(cells + 1)]
        self._census, self._books, self._made = census, books, calls
        self._in_use: dict[str, list[int]] = {}
        self._size: dict[str, list[int]] = {}
        self._live: list[int] = []
        self._refused: list[Counter[str]] = []
        self._calls: list[Counter[str]] = []

    def pauses(self) -> Iterator[Ns]:
        """Give the instants to run to, one after the other; each is looked at when the next one is asked for."""
        for instant_ns in self._grid:
            yield instant_ns
            if instant_ns != self._grid[-1]:
                self._look()

    def series(self) -> Series:
        """Look a last time, at the end of the run, and give all."""
        self._look()
        zones = {name: self._census.zone_of(name) for name in self._in_use}
        return Series(
            instants=[instant_ns / SECOND for instant_ns in self._grid],
            in_use=self._in_use,
            size=self._size,
            zones=zones,
            holders=self._live,
            refused=_by_cell(self._refused),
            calls=_by_cell(self._calls),
        )

    def _look(self) -> None:
        self._census.settle()
        seen = len(self._live)
        for name, watched in self._census.watched.items():
            # A vSwitch that an event adds was not there before: nothing of it was in use, and it had no size.
            self._in_use.setdefault(name, [0] * seen).append(watched.in_use)
            self._size.setdefault(name, [0] * seen).append(watched.size)
        self._live.append(self._books.living)
        self._refused.append(self._books.refusals())
        self._calls.append(self._made.counts())


def _by_cell(totals: list[Counter[str]]) -> dict[str, list[int]]:
    """Turn totals at the instants into counts within the cells between them."""
    return {name: [after[name] - before[name] for before, after in pairwise(totals)] for name in sorted(totals[-1])}
