"""The indexes of an estate's ENIs: for each filter of DescribeNetworkInterfaces, the ENIs that have a value.

An index is made when its filter is first used, from all ENIs that exist, and kept up from then on. So a run that never
asks for tags never pays for them, in time or in memory, and one that does pays at the first question what the creates
had saved. After that a question with one filter costs its page, and one with several the smallest of its indexes.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Final

from cloudsim.resources.interface import EniType, NetworkInterface
from cloudsim.resources.layers import Layer
from cloudsim.resources.shelf import Shelf
from cloudsim.values.ids import EniId
from cloudsim.values.members import quick_members


@quick_members
class By(StrEnum):
    """What ENIs can be found by."""

    ALL = "all"
    VSWITCH = "vswitch"
    VPC = "vpc"
    INSTANCE = "instance"
    GROUP = "group"
    """Secondary ENIs only, as the filter of DescribeNetworkInterfaces has it."""
    TAG_KEY = "tag-key"
    TAG = "tag"
    """Key and value, as :func:`tag_value` joins them."""
    STATUS = "status"
    TYPE = "type"
    NAME = "name"
    RESOURCE_GROUP = "resource-group"
    PRIMARY_ADDRESS = "primary-address"
    ADDRESS = "address"
    IPV6_ADDRESS = "ipv6-address"
    SERVICE_MANAGED = "service-managed"
    """``true`` or ``false``."""


def tag_value(key: str, value: str) -> str:
    """Join a tag's key and value, which hold no line feed between them that could be taken for this one."""
    return f"{len(key)}\n{key}\n{value}"


_VALUES: Final[dict[By, Callable[[NetworkInterface], Iterable[str]]]] = {
    By.ALL: lambda _: ("",),
    By.VSWITCH: lambda eni: (eni.vswitch.id,),
    By.VPC: lambda eni: (eni.vswitch.vpc.id,),
    By.INSTANCE: lambda eni: () if eni.instance is None else (eni.instance,),
    By.GROUP: lambda eni: () if eni.type is EniType.PRIMARY else eni.security_group_ids,
    By.TAG_KEY: lambda eni: [key for key, _ in eni.tags],
    By.TAG: lambda eni: [tag_value(key, value) for key, value in eni.tags],
    By.STATUS: lambda eni: (eni.status,),
    By.TYPE: lambda eni: (eni.type,),
    By.NAME: lambda eni: (eni.name,) if eni.name else (),
    By.RESOURCE_GROUP: lambda eni: (eni.resource_group,),
    By.PRIMARY_ADDRESS: lambda eni: (eni.primary_ip_address,),
    By.ADDRESS: lambda eni: eni.private_ip_addresses,
    By.IPV6_ADDRESS: lambda eni: () if eni.extras is None else eni.extras.ipv6_addresses,
    By.SERVICE_MANAGED: lambda eni: ("true" if eni.is_service_managed else "false",),
}

_NOBODY: Final[Shelf[NetworkInterface]] = Shelf()


class InterfaceIndex:
    """The indexes that have been asked for so far.

    Args:
        interfaces: all ENIs of the estate, oldest first; the estate's own table.
    """

    __slots__ = ("_interfaces", "_shelves")

    def __init__(self, interfaces: Mapping[EniId, NetworkInterface]) -> None:
        self._interfaces = interfaces
        self._shelves: dict[By, dict[str, Shelf[NetworkInterface]]] = {}

    def over(
        self,
        interfaces: Mapping[EniId, NetworkInterface],
        known: Callable[[NetworkInterface], NetworkInterface],
    ) -> "InterfaceIndex":
        """Give an index over this one, which nobody changes any more.

        Args:
            interfaces: the table of the estate that it is for.
            known: gives the ENI there that one here is.
        """
        index = InterfaceIndex(interfaces)
        index._shelves = {by: Layer(shelves, lambda shelf: shelf.over(known)) for by, shelves in self._shelves.items()}
        return index

    @property
    def is_used(self) -> bool:
        """Whether any index has been asked for."""
        return bool(self._shelves)

    def shelf(self, by: By, value: str) -> Shelf[NetworkInterface]:
        """Give the ENIs that have a value; they are the index's own, and change with it."""
        shelves = self._shelves.get(by)
        if shelves is None:
            shelves = self._shelves[by] = {}
            for eni in self._interfaces.values():
                _put(shelves, _VALUES[by](eni), eni)
        return shelves.get(value, _NOBODY)

    def add(self, eni: NetworkInterface) -> None:
        """Take an ENI in, which is in the estate's table by now."""
        for by, shelves in self._shelves.items():
            _put(shelves, _VALUES[by](eni), eni)

    def remove(self, eni: NetworkInterface) -> None:
        """Let an ENI go, as it was when it came in or last changed."""
        for by, shelves in self._shelves.items():
            _take(shelves, _VALUES[by](eni), eni)

    def values_of(self, eni: NetworkInterface) -> dict[By, tuple[str, ...]]:
        """Say what an ENI is found by now, for :meth:`update` after a change."""
        return {by: tuple(_VALUES[by](eni)) for by in self._shelves}

    def update(self, eni: NetworkInterface, before: Mapping[By, tuple[str, ...]]) -> None:
        """Take note of a change.

        Args:
            eni: as it is now.
            before: what :meth:`values_of` said before the change.
        """
        for by, old in before.items():
            new = tuple(_VALUES[by](eni))
            if new != old:
                shelves = self._shelves[by]
                _take(shelves, [value for value in old if value not in new], eni)
                _put(shelves, [value for value in new if value not in old], eni)

    def check(self) -> None:
        """Hold every index against the ENIs that exist.

        Raises:
            AssertionError: one lacks an ENI, or has one too many, or is out of order.
        """
        for by, shelves in self._shelves.items():
            wanted: dict[str, list[NetworkInterface]] = {}
            for eni in self._interfaces.values():
                for value in _VALUES[by](eni):
                    wanted.setdefault(value, []).append(eni)
            had = {value: list(shelf) for value, shelf in shelves.items() if len(shelf)}
            assert had == wanted, f"the index of ENIs by {by} is not what the ENIs say"


def _put(shelves: dict[str, Shelf[NetworkInterface]], values: Iterable[str], eni: NetworkInterface) -> None:
    for value in dict.fromkeys(values):
        shelf = shelves.get(value)
        if shelf is None:
            shelf = shelves[value] = Shelf()
        shelf.add(eni)


def _take(shelves: dict[str, Shelf[NetworkInterface]], values: Iterable[str], eni: NetworkInterface) -> None:
    for value in dict.fromkeys(values):
        shelf = shelves[value]
        shelf.remove(eni)
        if not len(shelf):
            del shelves[value]
