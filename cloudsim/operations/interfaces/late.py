"""What DescribeNetworkInterfaces shows late, in runs whose consistency is eventual.

An ENI that is too new is left out, and everything is counted as if it were not there; it is always among the newest, so
that this costs no more than there are such. Of addresses that were taken off, those that linger are added; security
groups that were changed are shown as they were.

See :mod:`cloudsim.resources.consistency`.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

import msgspec

from cloudsim.api.responses import NetworkInterfaceSet
from cloudsim.resources.consistency import Lag
from cloudsim.resources.interface import NetworkInterface
from cloudsim.resources.shelf import Shelf
from cloudsim.values.ids import EniId

_FIELDS: Final = {
    (False, False): "private_ip_addresses",
    (False, True): "ipv4_prefixes",
    (True, False): "ipv6_addresses",
    (True, True): "ipv6_prefixes",
}
"""What shows a text of IPv6 or not, that is a prefix or not."""


class SeenShelf(Shelf[NetworkInterface]):
    """A shelf without its newest things, for as long as it does not change.

    Args:
        shelf: the whole shelf.
        unseen: what is not to be seen, oldest first, at least one; some may lie on other shelves.
    """

    __slots__ = ("_first", "_hidden", "_shelf")

    def __init__(self, shelf: Shelf[NetworkInterface], unseen: Sequence[NetworkInterface]) -> None:
        self._shelf = shelf
        self._first = unseen[0].serial
        self._hidden = sum(eni in shelf for eni in unseen)

    def __len__(self) -> int:
        return len(self._shelf) - self._hidden

    def __iter__(self) -> Iterator[NetworkInterface]:
        return takewhile(lambda eni: eni.serial < self._first, self._shelf)

    def page(self, start: int, size: int) -> list[NetworkInterface]:
        """Give up to ``size`` things, oldest first, behind the first ``start``."""
        return self._shelf.page(start, max(0, min(size, len(self) - start)))

    def page_after(self, serial: int, size: int) -> list[NetworkInterface]:
        """Give up to ``size`` things, oldest first, that were born after a serial."""
        return [eni for eni in self._shelf.page_after(serial, size) if eni.serial < self._first]


def seen(
    found: Shelf[NetworkInterface] | list[NetworkInterface], unseen: Sequence[NetworkInterface]
) -> Shelf[NetworkInterface] | list[NetworkInterface]:
    """Leave out what is not to be seen."""
    if not unseen:
        return found
    if isinstance(found, Shelf):
        return SeenShelf(found, unseen)
    return [eni for eni in found if eni.serial < unseen[0].serial]


def with_lingering(lag: Lag, shown: NetworkInterfaceSet) -> NetworkInterfaceSet:
    """Add what has left an ENI and is still to be seen on it, and show the groups that it is still to be seen in."""
    added: dict[str, tuple[str, ...]] = {}
    groups = lag.shown_groups(EniId(shown.network_interface_id))
    if groups is not None:
        added["security_group_ids"] = groups
    for text in lag.lingering(EniId(shown.network_interface_id)):
        where = _FIELDS[":" in text, "/" in text]
        had: tuple[str, ...] = getattr(shown, where)
        if text not in had:  # it may be back
            added[where] = (*added.get(where, had), text)
    return msgspec.structs.replace(shown, **added) if added else shown
