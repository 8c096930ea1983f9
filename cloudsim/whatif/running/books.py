"""The books of a run: what was offered, accepted, refused and called, and by whom, where and with which code.

An item is counted if it arrives within the measured time; its refusal is the final one. Each item counts for the whole,
for its workload, for the vSwitch that was tried last and for that vSwitch's zone.

Source: experiments.md, "Figures".
"""

from collections import Counter
from dataclasses import dataclass

from cloudsim.values.duration import SECOND, Ns
from cloudsim.whatif.arrivals.items import Item

NO_NODE = "NoNode"
"""The code of items that are refused without any call."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item was tried last."""

    vswitch: str
    zone: str


class Books:
    """Counts of one run.

    Args:
        warmup_ns: items that arrive before it are not counted.
    """

    def __init__(self, warmup_ns: Ns) -> None:
        self._warmup_ns = warmup_ns
        self.offered: Counter[str] = Counter()
        """By scope: empty for the whole, else ``@`` and a name."""
        self.accepted: Counter[str] = Counter()
        self.rejected: Counter[str] = Counter()
        self.by_code: dict[str, Counter[str]] = {}
        """For each scope how many were refused by which code."""
        self.calls: Counter[str] = Counter()
        """Calls by action, of the measured time."""
        self.first_rejection: dict[str, Ns] = {}
        """By scope, from the beginning on, whatever is measured."""

    def is_counted(self, item: Item) -> bool:
        """Whether an item arrives within the measured time; what is there at the beginning does not arrive."""
        return item.at_ns >= self._warmup_ns and not item.is_initial

    def accept(self, item: Item, place: Place) -> None:
        """An item has got what it wants."""
        if self.is_counted(item):
            for scope in scopes_of(item, place):
                self.offered[scope] += 1
                self.accepted[scope] += 1

    def reject(self, now_ns: Ns, item: Item, place: Place, code: str) -> None:
        """An item was refused for good."""
        for scope in scopes_of(item, place):
            self.first_rejection.setdefault(scope, now_ns)
            if self.is_counted(item):
                self.offered[scope] += 1
                self.rejected[scope] += 1
                self.by_code.setdefault(scope, Counter())[code] += 1

    def leave_pending(self, item: Item, place: Place) -> None:
        """An item still waits at the end."""
        if self.is_counted(item):
            for scope in scopes_of(item, place):
                self.offered[scope] += 1

    def note_call(self, now_ns: Ns, action: str) -> None:
        """A call was made."""
        if now_ns >= self._warmup_ns:
            self.calls[action] += 1


def scopes_of(item: Item, place: Place) -> tuple[str, ...]:
    """Name the scopes that an item counts for."""
    return ("", f"@{item.workload}", f"@{place.vswitch}", f"@{place.zone}")


def in_seconds(instant_ns: Ns) -> float:
    """Give an instant as figures tell it."""
    return instant_ns / SECOND
