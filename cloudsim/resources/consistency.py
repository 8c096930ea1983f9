"""Eventual consistency: what descriptions show late, as a dial. By default nothing is late.

What is late is only what is *shown*. Operations see the truth at once: an ENI that is not in the list yet can be
attached, modified, deleted and asked for by DescribeNetworkInterfaceAttribute; an address that lingers on an ENI in the
list is free in its vSwitch, and no filter finds the ENI by it; nor by a security group that it is shown in and has
left, whose place is free already; a vSwitch that shows addresses has none for who asks for one. This is what clients
guard themselves against by asking again after each change.

Everything is kept for the length of its lag and no longer, and nothing is kept of what is not late.

Source: eni_api.md section 4, "Eventual consistency" (what is seen), section 9 (stale AvailableIpAddressCount). How long
it takes is not published: the named setting ``eventual`` is our guess.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from cloudsim.errors.own import SettingError, did_you_mean
from cloudsim.resources.ledger import Counted, Ledger
from cloudsim.values.duration import Ns, as_duration
from cloudsim.values.ids import EniId, SecurityGroupId, VSwitchId

if TYPE_CHECKING:
    from cloudsim.resources.interface import NetworkInterface


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency:
    """How late descriptions are, as an argument of a simulation: durations as text or nanoseconds, kept as the latter.

    Args:
        eni_after_create: how long a new ENI is missing from DescribeNetworkInterfaces.
        address_after_unassign: how long an address, IPv6 address or prefix that was taken off an ENI is shown on it.
        group_change: how long DescribeNetworkInterfaces shows the security groups that an ENI was in before
            ModifyNetworkInterfaceAttribute gave it others.
        available_count: how old the AvailableIpAddressCount of a vSwitch is.

    Raises:
        DurationError: one of them is no duration.
    """

    eni_after_create: str | Ns = 0
    address_after_unassign: str | Ns = 0
    group_change: str | Ns = 0
    available_count: str | Ns = 0

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, as_duration(getattr(self, field.name)))


IMMEDIATE: Final = Consistency()
EVENTUAL: Final = Consistency(
    eni_after_create="1s", address_after_unassign="2s", group_change="2s", available_count="5s"
)
CONSISTENCIES: Final = {"immediate": IMMEDIATE, "eventual": EVENTUAL}
"""The settings that have a name."""


def consistency_named(name: str) -> Consistency:
    """Look a setting up.

    Raises:
        SettingError: there is none of that name.
    """
    if name not in CONSISTENCIES:
        raise SettingError(f"there is no consistency {name!r}; {did_you_mean(name, CONSISTENCIES)}")
    return CONSISTENCIES[name]


class Lag:
    """What one cloud shows late, for as long as it does.

    Args:
        how: how late.
        ledger: of the cloud.
    """

    __slots__ = (
        "_born", "_counts", "_groups", "_leaving", "_lingering", "count_ns", "eni_ns", "group_ns", "how", "ledger",
        "unassign_ns",
    )  # fmt: skip

    def __init__(self, how: Consistency, ledger: Ledger) -> None:
        self.how = how
        self.eni_ns = as_duration(how.eni_after_create)
        self.unassign_ns = as_duration(how.address_after_unassign)
        self.group_ns = as_duration(how.group_change)
        self.count_ns = as_duration(how.available_count)
        self.ledger = ledger
        self._born: dict[str, deque[NetworkInterface]] = {}
        """ENIs that are not to be seen yet, oldest first, by the list that they belong to."""
        self._lingering: dict[EniId, dict[str, Ns]] = {}
        """Addresses and prefixes that have left an ENI and are still to be seen on it, and until when."""
        self._leaving: deque[tuple[Ns, EniId, str]] = deque()
        self._groups: deque[tuple[Ns, EniId, tuple[SecurityGroupId, ...]]] = deque()
        """Groups that an ENI was in and is still shown in, and until when, oldest change first."""
        self._counts: dict[VSwitchId, deque[tuple[Ns, int]]] = {}
        """Instants of change, and how many addresses were free before each, oldest first."""

    def twin(self, ledger: Ledger) -> Lag:
        """Give the same lag for another cloud; its new ENIs are still those of this one, see :meth:`adopt`.

        Args:
            ledger: of that cloud.
        """
        twin = Lag(self.how, ledger)
        for name in ("_born", "_lingering", "_counts"):
            setattr(twin, name, {key: copy(late) for key, late in getattr(self, name).items()})
        for name in ("_leaving", "_groups"):
            setattr(twin, name, copy(getattr(self, name)))
        return twin

    def adopt(self, known: Callable[[NetworkInterface], NetworkInterface]) -> None:
        """Put the ENIs of this cloud in the place of those of the cloud that it was copied from.

        Args:
            known: gives the ENI here that one there is.
        """
        self._born = {list_key: deque([known(eni) for eni in born]) for list_key, born in self._born.items()}

    # -- new ENIs

    def note_born(self, list_key: str, eni: NetworkInterface) -> None:
        """Take note of an ENI that begins to exist; the list that it belongs to will not show it for a while."""
        if self.eni_ns:
            self.unseen(list_key)
            self._born.setdefault(list_key, deque()).append(eni)

    def unseen(self, list_key: str) -> Sequence[NetworkInterface]:
        """Give the ENIs that a list does not show yet: its newest ones, oldest first, some perhaps gone meanwhile."""
        born = self._born.get(list_key, _NOBODY)
        seen_ns = self.ledger.now_ns - self.eni_ns
        while born and born[0].created_ns <= seen_ns:
            born.popleft()
        return born

    # -- addresses that were taken off

    def note_unassigned(self, eni: EniId, gone: Sequence[str]) -> None:
        """Take note of addresses and prefixes that were taken off an ENI."""
        if not self.unassign_ns:
            return
        until_ns = self.ledger.now_ns + self.unassign_ns
        lingering = self._lingering.setdefault(eni, {})
        for text in gone:
            if lingering.get(text) != until_ns:  # else it came and went twice in this instant
                lingering[text] = until_ns
                self._leaving.append((until_ns, eni, text))

    def lingering(self, eni: EniId) -> Sequence[str]:
        """Give what has left an ENI and is still to be seen on it; some of it may be back."""
        now_ns = self.ledger.now_ns
        while self._leaving and self._leaving[0][0] <= now_ns:
            until_ns, whose, text = self._leaving.popleft()
            left = self._lingering[whose]
            if left[text] == until_ns:  # else it was taken off once more
                del left[text]
            if not left:
                del self._lingering[whose]
        return tuple(self._lingering.get(eni, ()))

    # -- security groups

    def note_groups(self, eni: EniId, before: tuple[SecurityGroupId, ...]) -> None:
        """Take note of the groups that an ENI was in, just after it was given others."""
        if self.group_ns:
            self._forget_groups()
            self._groups.append((self.ledger.now_ns + self.group_ns, eni, before))

    def shown_groups(self, eni: EniId) -> tuple[SecurityGroupId, ...] | None:
        """Give the groups that an ENI is shown in; None for those that it is in. O(changes within the lag)."""
        self._forget_groups()
        return next((before for _, whose, before in self._groups if whose == eni), None)

    def _forget_groups(self) -> None:
        while self._groups and self._groups[0][0] <= self.ledger.now_ns:
            self._groups.popleft()

    # -- free addresses

    def note_count(self, vswitch: Counted) -> None:
        """Take note of how many addresses are free, just before that changes."""
        if self.count_ns:
            counts = self._recent(vswitch.id)
            if not counts or counts[-1][0] != self.ledger.now_ns:
                counts.append((self.ledger.now_ns, vswitch.available_count()))

    def shown_count(self, vswitch: Counted) -> int:
        """How many addresses were free a while ago; of those that cool down, the ones that have meanwhile."""
        counts = self._recent(vswitch.id)
        return counts[0][1] if counts else vswitch.available_count()

    def _recent(self, vswitch: VSwitchId) -> deque[tuple[Ns, int]]:
        counts = self._counts.setdefault(vswitch, deque())
        while counts and counts[0][0] <= self.ledger.now_ns - self.count_ns:
            counts.popleft()
        return counts


_NOBODY: Final[deque[NetworkInterface]] = deque()
