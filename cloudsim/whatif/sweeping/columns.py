"""Columns: the figures of a variant's runs, one column a figure, eight bytes a number.

A figure that a run does not name did not happen in it: nothing was ever refused with that code, or tried in that
vSwitch. For what is counted that is 0, for whether it happened no, and a time did not come.
"""

from array import array
from collections.abc import Iterator, Mapping
from math import isnan, nan
from typing import Final

_COUNTED: Final = ("offered", "accepted", "rejected", "pending", "calls", "peak_calls")
_YES_OR_NO: Final = "p_any_"


class Columns:
    """The figures of some runs of one variant."""

    def __init__(self) -> None:
        self.count = 0
        """How many runs there are."""
        self._columns: dict[str, array[float]] = {}

    def add(self, figures: Mapping[str, int | float | None]) -> None:
        """Add a run."""
        columns, count = self._columns, self.count
        for name, value in figures.items():
            column = columns.get(name)
            if column is None:
                column = columns[name] = array("d")
            if len(column) < count:
                column.extend([nan] * (count - len(column)))
            column.append(nan if value is None else value)
        self.count += 1

    def __iter__(self) -> Iterator[str]:
        """List the figures that any run has, in the order of their first coming."""
        return iter(self._columns)

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def values(self, name: str) -> list[float | None]:
        """Give a figure, a value for each run; None where a run has none."""
        absent = absent_value(name)
        column = self._columns.get(name, ())
        known = [absent if isnan(value) else value for value in column]
        return known + [absent] * (self.count - len(known))

    def numbers(self, name: str) -> list[float]:
        """Give a figure that is counted."""
        assert absent_value(name) is not None, f"{name} may be missing"
        return [value for value in self.values(name) if value is not None]


def absent_value(name: str) -> float | None:
    """Say what a figure is of a run that does not name it."""
    base = name.partition("@")[0]
    return 0.0 if base.partition(".")[0] in _COUNTED or base.startswith(_YES_OR_NO) else None
